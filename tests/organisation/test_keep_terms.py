"""Bodies of a union, their terms, who sits on them, and what the law asks of all three."""

from datetime import date
from typing import Any

import pytest

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.organisation import actions
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR, ORGANISATION_CLERK, PARAMETER_KEEPER
from niangjia.organisation.models import Committee, Officer, UnionBody
from niangjia.organisation.queries import committees as queries
from tests.cast import Tree, who

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.at(DAY):
        yield


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(ORGANISATION_CLERK, tree.east)


def a_committee(unit: UnionBody, clerk: Actor, **given: Any) -> Committee:
    words = {"kind": "union_committee", "number": 1, "from_on": "2024-03-02", "term_years": 3}
    return actions.establish(unit, actor=clerk, **words | given)


def words(**given: Any) -> dict[str, Any]:
    return {
        "name": "苏晓禾",
        "role": "chair",
        "route": "elected",
        "from_on": "2024-03-02",
        "phone": "139 0000 0101",
        "declares_no_kinship": True,
        **given,
    }


def test_a_term_of_three_years_ends_the_day_before_its_third_birthday(tree: Tree, clerk: Actor) -> None:
    committee = a_committee(tree.mill, clerk)
    assert (committee.from_on, committee.until_on) == (date(2024, 3, 2), date(2027, 3, 1))
    assert [entry.action for entry in audit.history(committee)] == ["establish"]


@pytest.mark.parametrize(("unit", "years"), [("mill", 4), ("willow", 3), ("mill", 6)])
def test_a_term_that_the_law_does_not_know_is_refused(
    tree: Tree, clerk: Actor, unit: str, years: int
) -> None:
    with pytest.raises(Invalid, match="工会法第十六条") as refusal:
        a_committee(getattr(tree, unit), clerk, term_years=years)
    assert list(refusal.value.problems) == ["term_years"]


def test_a_place_may_set_other_terms_from_a_day_on(tree: Tree, clerk: Actor) -> None:
    actions.set_parameter(
        actor=who(PARAMETER_KEEPER, tree.city),
        name="organisation.short_term_years",
        region=tree.city.region.code,
        value="4",
        valid_from="2026-01-01",
        source="市总工会规定",
        evidence="decision",
    )
    assert a_committee(tree.mill, clerk, from_on="2026-01-05", term_years=4).until_on == date(2030, 1, 4)
    with pytest.raises(Invalid):
        a_committee(tree.logistics, clerk, from_on="2025-12-01", term_years=4)


def test_a_body_in_office_is_not_set_up_twice_but_groups_are_many(tree: Tree, clerk: Actor) -> None:
    a_committee(tree.mill, clerk)
    with pytest.raises(Invalid, match="换届"):
        a_committee(tree.mill, clerk)
    with pytest.raises(Invalid, match="小组名称"):
        a_committee(tree.mill, clerk, kind="union_group")
    for name in ("一车间小组", "二车间小组"):
        a_committee(tree.mill, clerk, kind="union_group", name=name)
    assert queries.in_office(tree.mill).count() == 3


def test_a_renewal_ends_the_old_term_and_its_seats_the_day_before(tree: Tree, clerk: Actor) -> None:
    old = a_committee(tree.mill, clerk, from_on="2020-05-04", term_years=5)
    chair = actions.seat_officer(old, actor=clerk, **words(from_on="2020-05-04"))
    new = actions.renew(old, actor=clerk, from_on="2026-03-02", term_years=5)
    chair.refresh_from_db()
    old.refresh_from_db()
    assert (new.number, new.kind, new.from_on) == (2, old.kind, DAY)
    assert old.ended_on == date(2026, 3, 1)
    assert (chair.until_on, chair.end_reason) == (date(2026, 3, 1), "term")
    with pytest.raises(WrongState, match="第 1 届已于"):
        actions.renew(old, actor=clerk, from_on="2026-03-02", term_years=5)
    with pytest.raises(WrongState):
        actions.seat_officer(old, actor=clerk, **words())


def test_a_near_relative_of_the_head_may_not_sit(tree: Tree, clerk: Actor) -> None:
    committee = a_committee(tree.mill, clerk)
    with pytest.raises(Invalid, match="近亲属") as refusal:
        actions.seat_officer(committee, actor=clerk, **words(declares_no_kinship=False))
    assert list(refusal.value.problems) == ["declares_no_kinship"]
    women = a_committee(tree.mill, clerk, kind="women_committee")
    actions.seat_officer(women, actor=clerk, **words(role="director", declares_no_kinship=False))
    assert Officer.objects.count() == 1


def test_a_committee_has_one_chair(tree: Tree, clerk: Actor) -> None:
    committee = a_committee(tree.mill, clerk)
    first = actions.seat_officer(committee, actor=clerk, **words())
    with pytest.raises(Invalid, match="主席现为“苏晓禾”"):
        actions.seat_officer(committee, actor=clerk, **words(name="程远舟"))
    actions.end_officer(first, actor=clerk, until_on="2026-02-01", end_reason="transferred")
    actions.seat_officer(committee, actor=clerk, **words(name="程远舟", from_on="2026-02-02"))
    with pytest.raises(WrongState, match="离任"):
        actions.end_officer(first, actor=clerk, until_on="2026-02-03", end_reason="resigned")


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        ({}, "请填写票数"),
        ({"votes_for": 50, "votes_of": 100}, "过半数"),
        ({"votes_for": 101, "votes_of": 100}, "核对"),
    ],
)
def test_a_chair_is_removed_only_by_more_than_half_of_all(
    tree: Tree, clerk: Actor, votes: dict[str, int], sentence: str
) -> None:
    chair = actions.seat_officer(a_committee(tree.mill, clerk), actor=clerk, **words())
    removal = {"until_on": "2026-03-01", "end_reason": "removed"}
    with pytest.raises(Invalid, match=sentence):
        actions.end_officer(chair, actor=clerk, **removal, **votes)
    chair = actions.end_officer(chair, actor=clerk, **removal, votes_for=51, votes_of=100)
    assert chair.until_on == date(2026, 3, 1)


def test_a_union_too_small_for_a_committee_has_one_organiser(tree: Tree, clerk: Actor) -> None:
    given = words(role="organiser", route="appointed")
    organiser = actions.seat_officer(tree.mill, actor=clerk, **given)
    assert queries.organiser_of(tree.mill) == organiser
    with pytest.raises(Invalid, match="已有组织员"):
        actions.seat_officer(tree.mill, actor=clerk, **given)
    UnionBody.objects.filter(pk=tree.logistics.pk).update(member_count=25)
    tree.logistics.refresh_from_db()
    with pytest.raises(Invalid, match="满 25 人应建立委员会"):
        actions.seat_officer(tree.logistics, actor=clerk, **given)


def test_representatives_sit_in_a_congress_only(tree: Tree, clerk: Actor) -> None:
    congress = a_committee(tree.mill, clerk, kind="member_congress")
    given = {"name": "柳青萍", "constituency": "一车间", "from_on": "2024-03-02"}
    seat = actions.seat_representative(congress, actor=clerk, **given)
    assert list(congress.representatives.all()) == [seat]
    with pytest.raises(Invalid):
        actions.seat_officer(congress, actor=clerk, **words())
    with pytest.raises(WrongState, match="没有代表"):
        actions.seat_representative(a_committee(tree.mill, clerk), actor=clerk, **given)


def test_what_falls_due_is_listed_in_the_actors_subtree_only(tree: Tree, clerk: Actor) -> None:
    administrator = who(ADMINISTRATOR, tree.city)
    soon = a_committee(tree.mill, clerk, from_on="2023-04-03")
    late = a_committee(tree.logistics, clerk, from_on="2022-03-02")
    a_committee(tree.market, clerk)
    elsewhere = a_committee(tree.quarry, administrator, from_on="2023-04-03")
    assert list(queries.terms_ending(clerk, 90)) == [soon]
    assert list(queries.terms_ending(clerk, 20)) == []
    assert list(queries.terms_overdue(clerk)) == [late]
    assert set(queries.terms_ending(administrator, 90)) == {soon, elsewhere}
    assert list(queries.unions_without_committee(clerk)) == [tree.compound]
    with pytest.raises(Missing):
        queries.committee_visible_to(clerk, elsewhere.public_id)


def test_a_vacant_chair_is_to_be_filled_within_three_months(tree: Tree, clerk: Actor) -> None:
    committee = a_committee(tree.mill, clerk)
    chair = actions.seat_officer(committee, actor=clerk, **words())
    assert not queries.chairs_vacant(clerk).exists()
    actions.end_officer(chair, actor=clerk, until_on="2025-11-30", end_reason="retired")
    found = queries.chairs_vacant(clerk).get()
    since = found.vacant_since  # type: ignore[attr-defined]
    assert (found, since) == (committee, date(2025, 11, 30))
    assert queries.fill_chair_by(found, since) == date(2026, 2, 28)


def test_who_only_looks_keeps_nothing_and_the_phone_is_sealed(tree: Tree, clerk: Actor) -> None:
    with pytest.raises(NotAllowed, match="组织建设干事"):
        a_committee(tree.mill, who(AUDITOR, tree.east))
    with pytest.raises(NotAllowed):
        a_committee(tree.quarry, clerk)
    officer = actions.seat_officer(a_committee(tree.mill, clerk), actor=clerk, **words())
    stored = Officer.objects.filter(pk=officer.pk).values_list("phone", flat=True).get()
    assert "13900000101" not in repr(stored)
    officer.refresh_from_db()
    assert officer.phone == "13900000101"


def test_a_dissolved_union_has_no_bodies(tree: Tree, clerk: Actor) -> None:
    chair = actions.seat_officer(a_committee(tree.mill, clerk), actor=clerk, **words())
    administrator = who(ADMINISTRATOR, tree.city)
    actions.dissolve_union(tree.mill, actor=administrator, dissolved_on="2026-03-01", remark="单位终止")
    chair.refresh_from_db()
    assert chair.until_on == date(2026, 3, 1)
    assert not queries.in_office(tree.mill).exists()
    tree.mill.refresh_from_db()
    with pytest.raises(WrongState, match="撤销"):
        a_committee(tree.mill, clerk)


def test_a_kind_of_union_stands_only_where_it_may(tree: Tree) -> None:
    administrator = who(ADMINISTRATOR, tree.city)
    given = {
        "name": "青禾纺织厂工会一分会",
        "number": "GH-700001",
        "level": "grassroots",
        "region": tree.willow.region.code,
        "founded_on": "2026-03-01",
    }
    with pytest.raises(Invalid, match="其下不设") as refusal:
        actions.found_union(actor=administrator, parent=tree.mill.number, kind="market_union", **given)
    assert list(refusal.value.problems) == ["kind"]
    branch = actions.found_union(actor=administrator, parent=tree.mill.number, kind="branch_union", **given)
    with pytest.raises(Invalid, match="其下不设"):
        actions.move_union(branch, actor=administrator, new_parent=tree.willow.number)
