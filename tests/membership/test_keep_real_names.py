"""实名制: what is asked for where and when, who lacks it, how much is there; pages and numbers agree."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.kernel.figures import queries as figures
from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs.running import run_next
from niangjia.membership import actions, queries, realname
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.figures import MEMBERS
from niangjia.membership.models import Member, Person
from niangjia.membership.realname import Fact
from niangjia.organisation import actions as organisation
from niangjia.organisation.access import PARAMETER_KEEPER
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, an_employer, who
from tests.families import DAY, a_person, a_worker
from tests.membership.test_show_the_card import signed_in
from tests.questions import questions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """Not the first of a month: then there is nothing yet to count."""
    with clock.at(DAY):
        yield


def a_member(unit: UnionBody, *, phone: bool = True, employer: bool = True, checked: bool = True) -> Member:
    given: dict[str, Any] = {} if phone else {"phone": ""}
    if employer:
        given["employer"] = an_employer(unit).uscc
    member: Member = a_person(unit, **given).memberships.get()
    if checked:
        actions.check_identities([member], actor=who(MEMBERSHIP_CLERK, unit))
    return queries.member_visible_to(who(MEMBERSHIP_CLERK, unit), member.public_id)


def require(tree: Tree, fact: Fact, region: Any, wanted: bool) -> None:
    organisation.set_parameter(
        actor=who(PARAMETER_KEEPER, tree.province),
        name=realname.PARAMETERS[fact],
        region=region.code,
        value="true" if wanted else "false",
        valid_from=clock.today().isoformat(),
        source="本地办法",
        evidence="law",
    )


def lacking(clerk: Actor, fact: str = "") -> set[int]:
    return set(realname.incomplete(queries.members_visible_to(clerk), fact).values_list("pk", flat=True))


def count() -> None:
    refresh.enqueue(months=1)
    run_next([refresh.name])


def test_who_lacks_anything_that_is_asked_for_is_listed(tree: Tree) -> None:
    whole = a_member(tree.mill)
    others = [a_member(tree.mill, **{what: False}) for what in ("phone", "employer", "checked")]
    clerk = who(MEMBERSHIP_CLERK, tree.east)
    assert lacking(clerk) == {member.pk for member in others}
    assert [lacking(clerk, fact) for fact in ("phone", "employer", "identity")] == [{m.pk} for m in others]
    asked = realname.required(tree.mill, clock.today())
    assert [realname.missing(member, asked) for member in (whole, *others)] == [
        [], [Fact.PHONE], [Fact.EMPLOYER], [Fact.IDENTITY],
    ]  # fmt: skip


def test_a_region_asks_for_more_or_less_and_only_there(tree: Tree) -> None:
    here, there = a_member(tree.mill, phone=False), a_member(tree.quarry, phone=False)
    clerk = who(MEMBERSHIP_CLERK, tree.city)
    require(tree, Fact.PHONE, tree.east.region, wanted=False)
    assert lacking(clerk) == {there.pk}
    require(tree, Fact.EDUCATION, tree.east.region, wanted=True)
    assert lacking(clerk) == {here.pk, there.pk}
    Person.objects.filter(pk=here.person_id).update(education="20")
    assert lacking(clerk) == {there.pk}


def test_whoever_works_for_a_platform_needs_no_employer(tree: Tree) -> None:
    member = a_member(tree.logistics, employer=False)
    Member.objects.filter(pk=member.pk).update(new_employment="courier")
    assert lacking(who(MEMBERSHIP_CLERK, tree.east)) == set()


def test_a_document_is_checked_once_by_the_clerk_and_audited(tree: Tree) -> None:
    member = a_member(tree.mill, checked=False)
    clerk = who(MEMBERSHIP_CLERK, tree.mill)
    assert [actions.check_identities([member], actor=clerk) for _ in range(2)] == [1, 0]
    person = Person.objects.get(pk=member.person_id)
    assert person.identity_checked_on == clock.today()
    assert [entry.action for entry in audit.history(person)].count("check_identity") == 1
    with pytest.raises(NotAllowed):
        actions.check_identities([member], actor=who(MEMBERSHIP_CLERK, tree.quarry))


def test_figures_rows_and_score_agree(tree: Tree) -> None:
    for given in ({}, {"phone": False}, {"employer": False, "checked": False}):
        a_member(tree.mill, **given)
    a_member(tree.quarry)
    count()
    edition = figures.latest_edition()
    assert edition is not None
    measures = [MEMBERS, realname.COMPLETE, *realname.FACTS.values()]
    counted = figures.across([tree.east, tree.city], measures, edition)
    east = {name: reading.value for name, reading in counted[tree.east.pk].items()}
    assert (east["membership.members"], east["realname.complete"]) == (3, 1)
    assert [east[f"realname.{fact}"] for fact in ("identity", "phone", "employer")] == [2, 2, 2]
    having = {fact: east[f"realname.{fact}"] for fact in Fact}
    asked = (Fact.IDENTITY, Fact.PHONE, Fact.EMPLOYER)
    assert realname.score(having, 3, asked) == pytest.approx(6 / 9 * 100)
    assert counted[tree.city.pk]["realname.complete"].value == 2
    assert len(lacking(who(MEMBERSHIP_CLERK, tree.east))) == 3 - 1


def test_the_score_of_nobody_is_unknown() -> None:
    assert realname.score({Fact.PHONE: 0}, 0, [Fact.PHONE]) is None
    assert realname.score({Fact.PHONE: None}, 5, [Fact.PHONE]) is None
    assert realname.score({}, 5, []) is None


def test_the_page_leads_from_the_number_to_the_rows_and_the_rows_to_the_fix(tree: Tree) -> None:
    member = a_member(tree.mill, checked=False)
    client = signed_in(who(MEMBERSHIP_CLERK, tree.east))
    assert "还没有汇总" in client.get(reverse("realname")).content.decode()
    count()
    page = client.get(f"{reverse('realname')}?unit={tree.willow.number}").content.decode()
    assert "66.7%" in page and "?unit=" + tree.mill.number in page
    url = f"{reverse('realname_incomplete')}?unit={tree.mill.number}&missing=identity"
    listed = client.get(url).content.decode()
    assert member.person.name in listed and str(member.public_id) in listed
    done = client.post(reverse("realname_check"), {"id": [str(member.public_id)], "next": url})
    assert done.headers["Location"] == url
    assert "资料都齐了" in client.get(url).content.decode()
    assert client.post(reverse("realname_check"), {"id": ["x"]}).status_code == 404


def test_strangers_learn_nothing(tree: Tree) -> None:
    member = a_member(tree.mill, phone=False)
    away = signed_in(who(MEMBERSHIP_CLERK, tree.market))
    assert str(member.public_id) not in away.get(reverse("realname_incomplete")).content.decode()
    assert away.get(f"{reverse('realname')}?unit={tree.mill.number}").status_code == 404
    assert away.post(reverse("realname_check"), {"id": [str(member.public_id)]}).status_code == 404
    assert away.get(f"/api/v1/realname/{tree.mill.number}/").status_code == 404
    with pytest.raises(Missing):
        queries.members_named(who(MEMBERSHIP_CLERK, tree.market), [str(member.public_id)])


def test_the_api_tells_and_checks(tree: Tree) -> None:
    member = a_member(tree.mill, checked=False)
    client = signed_in(who(MEMBERSHIP_CLERK, tree.east))
    count()
    told = client.get(f"/api/v1/realname/{tree.mill.number}/").json()
    assert (told["members"], told["complete"], told["score"]) == (1, 0, pytest.approx(200 / 3))
    [row] = client.get("/api/v1/members/incomplete/").json()["rows"]
    assert row["missing"] == ["identity"]
    assert client.post(f"/api/v1/members/{member.public_id}/check-identity/").json()["missing"] == []
    assert client.get("/api/v1/members/incomplete/?missing=identity").json()["rows"] == []


def test_the_worker_sees_what_is_still_missing(tree: Tree) -> None:
    shown = signed_in(a_worker(tree.mill)).get("/m/me/").content.decode()
    assert "实名资料" in shown and "还缺" in shown and "已有" in shown


def test_the_list_asks_the_database_the_same_whatever_its_length(tree: Tree) -> None:
    for _ in range(6):
        a_member(tree.mill, phone=False)
    client = signed_in(who(MEMBERSHIP_CLERK, tree.east))
    assert questions(client, reverse("realname_incomplete")) <= 16
