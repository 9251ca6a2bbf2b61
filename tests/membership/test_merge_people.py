"""Two registrations become one by two people's hands; nothing is lost, and a mistake is undone to the last byte."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.assistance.kinds import State
from niangjia.assistance.workflow import ask_for_more, take_in
from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.workflow import tasks
from niangjia.membership import actions, queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates.following import followers
from niangjia.membership.duplicates.kinds import GROUPS, MergeState
from niangjia.membership.duplicates.models import DuplicatePair, PersonMerge
from niangjia.membership.duplicates.workflow import merge, propose, reject, undo
from niangjia.membership.models import Person
from tests.cast import Tree, a_post, an_actor, who
from tests.families import APPLICATION, Path
from tests.twins import a_permit_number, a_registration, look, twins

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(MEMBERSHIP_CLERK, tree.city)


@pytest.fixture
def colleague(tree: Tree) -> Actor:
    return an_actor(MEMBERSHIP_CLERK, tree.city)


def proposed(pair: DuplicatePair, actor: Actor, keep: str = "first", **chosen: Any) -> PersonMerge:
    found: PersonMerge = propose(
        actor=actor, pair=str(pair.public_id), keep=keep, remark="与本人核对过两张证件", **chosen
    )
    return found


def people(row: PersonMerge) -> tuple[Person, Person]:
    return Person.objects.get(pk=row.kept_id), Person.objects.get(pk=row.gone_id)


def everything(*persons: Person) -> dict[str, Any]:
    """Every value of some people and of every row about them, sealed ones opened."""
    found: dict[str, Any] = {}
    for person in Person.objects.filter(pk__in=[person.pk for person in persons]).order_by("pk"):
        for field in person._meta.concrete_fields:
            if "index" not in field.name:
                found[f"{person.pk}.{field.name}"] = getattr(person, field.attname)
        for follower in followers():
            found[f"{person.pk}/{follower.kind}"] = list(
                follower.rows_of(person).values_list("pk", flat=True)
            )
    return found


def total() -> dict[str, int]:
    return {follower.kind: follower.model._base_manager.count() for follower in followers()}


def test_both_numbers_lead_to_the_kept_registration(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill, tree.quarry)
    numbers = [pair.first.id_number, pair.second.id_number]
    row = merge(proposed(pair, clerk), actor=colleague)
    kept, gone = people(row)
    assert (row.state, row.merged_on, gone.merged_into) == (MergeState.MERGED, clock.today(), kept)
    assert [queries.person_by_id_number(number) for number in numbers] == [kept, kept]
    assert [queries.people_numbered(number) for number in numbers] == [[kept.pk], [kept.pk]]
    assert not queries.people_visible_to(clerk).filter(pk=gone.pk).exists()
    assert [audit.history(person).last().action for person in (kept, gone)] == ["merge_in", "merge_away"]  # type: ignore[union-attr]


def test_chosen_data_are_exchanged_and_nothing_is_lost(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill, tree.quarry)
    first, second = pair.first, pair.second
    row = merge(proposed(pair, clerk, "first", identity="second", unit="second"), actor=colleague)
    kept, gone = people(row)
    assert (kept.id_number, kept.id_kind, kept.unit) == (second.id_number, "hmt_permit", tree.quarry)
    assert (gone.id_number, gone.id_kind, gone.unit) == (first.id_number, "resident", tree.mill)
    assert kept.phone == first.phone and queries.person_by_phone(first.phone) == kept


def test_what_hangs_on_the_lesser_follows(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill, tree.quarry)
    household = actions.form_household(pair.second, actor=clerk)
    file = take_in(actor=Path(tree, tree.quarry).reviewer, id_number=pair.second.id_number, **APPLICATION)
    before = total()
    row = merge(proposed(pair, clerk), actor=colleague)
    kept, gone = people(row)
    file.refresh_from_db()
    assert file.person == kept and queries.current_household(kept) == household
    assert total() == before and all(not follower.rows_of(gone).exists() for follower in followers())
    assert audit.history(file).last().action == "follow"  # type: ignore[union-attr]


def test_nobody_carries_out_what_they_proposed(tree: Tree, clerk: Actor) -> None:
    row = proposed(twins(tree.mill, tree.quarry), clerk)
    with pytest.raises(NotAllowed, match="另一人"):
        merge(row, actor=clerk)


def test_whoever_sees_one_side_can_neither_propose_nor_merge(tree: Tree, clerk: Actor) -> None:
    pair = twins(tree.mill, tree.quarry)
    for unit in (tree.mill, tree.quarry, tree.east):
        with pytest.raises(NotAllowed):
            proposed(pair, who(MEMBERSHIP_CLERK, unit))
    with pytest.raises(Missing):
        proposed(pair, who(MEMBERSHIP_CLERK, tree.market))
    row = proposed(pair, clerk)
    assert row.unit == tree.city
    with pytest.raises(NotAllowed):
        merge(row, actor=who(MEMBERSHIP_CLERK, tree.east))


def test_the_proposal_waits_on_a_colleagues_desk_and_has_a_deadline(tree: Tree, clerk: Actor) -> None:
    colleague = an_actor(MEMBERSHIP_CLERK, tree.city)
    row = proposed(twins(tree.mill, tree.quarry), clerk)
    assert row.due_on is not None and row.due_on > clock.today()
    assert [task.object_id for task in tasks.on_desk_of(colleague)] == [row.pk]
    assert not tasks.on_desk_of(clerk).exists()


def test_two_memberships_two_households_and_two_files_are_settled_first(
    tree: Tree, clerk: Actor, colleague: Actor
) -> None:
    pair = twins(tree.mill, tree.quarry)
    actions.enrol(
        actor=clerk,
        name=pair.second.name,
        id_number=pair.second.id_number,
        unit=tree.quarry.number,
        joined_on="2025-02-03",
    )
    for person in (pair.first, pair.second):
        actions.form_household(person, actor=clerk)
    for person, unit in ((pair.first, tree.mill), (pair.second, tree.quarry)):
        take_in(actor=Path(tree, unit).reviewer, id_number=person.id_number, **APPLICATION)
    row = proposed(pair, clerk)
    before = everything(pair.first, pair.second)
    with pytest.raises(Refused) as refusal:
        merge(row, actor=colleague)
    for word in ("会籍", "家庭", "一户一档", tree.mill.name, tree.quarry.name):
        assert word in str(refusal.value)
    assert everything(pair.first, pair.second) == before and row.state == MergeState.PROPOSED


def test_a_rejected_pair_may_be_proposed_again(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill, tree.quarry)
    row = proposed(pair, clerk)
    with pytest.raises((Missing, WrongState)):
        proposed(pair, clerk)
    reject(row, actor=colleague, remark="请先与本人核对")
    assert proposed(pair, clerk).pk != row.pk


def test_undoing_restores_everything(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill, tree.quarry)
    actions.form_household(pair.second, actor=clerk)
    before = everything(pair.first, pair.second)
    row = merge(proposed(pair, clerk, identity="second", phone="second", unit="second"), actor=colleague)
    assert everything(pair.first, pair.second) != before
    undo(row, actor=clerk, remark="原来是两个人")
    assert everything(pair.first, pair.second) == before
    assert queries.person_by_id_number(pair.second.id_number) == pair.second


def test_what_was_built_on_a_merge_holds_it(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    def done(number: int) -> PersonMerge:
        pair = twins(tree.mill, name="许安然", number=number)
        return merge(proposed(pair, clerk), actor=colleague)  # type: ignore[no-any-return]

    corrected = done(1)
    actions.correct(people(corrected)[0], actor=clerk, name="许安染", phone="")
    housed = done(2)
    actions.form_household(people(housed)[0], actor=clerk)
    for row in (corrected, housed):
        with pytest.raises(Refused, match="合并之后"):
            undo(row, actor=clerk, remark="原来是两个人")


def test_a_row_that_moved_and_changed_holds_the_merge(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill)
    path = Path(tree, tree.mill)
    file = take_in(actor=path.reviewer, id_number=pair.second.id_number, **APPLICATION)
    row = merge(proposed(pair, clerk), actor=colleague)
    file.refresh_from_db()
    ask_for_more(file, actor=path.reviewer, remark="请补收入证明")
    with pytest.raises(Refused, match="随迁的“困难职工档案”"):
        undo(row, actor=clerk, remark="原来是两个人")


def test_one_account_goes_on_and_its_work_waits_for_it(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill)
    old = actions.open_account(pair.second, actor=CLOCK)
    path = Path(tree, tree.mill)
    file = take_in(actor=path.reviewer, id_number=pair.second.id_number, **APPLICATION)
    ask_for_more(file, actor=path.reviewer, remark="请补收入证明")
    new = actions.open_account(pair.first, actor=CLOCK)
    row = merge(proposed(pair, clerk), actor=colleague)
    old.refresh_from_db()
    assert not old.is_active and people(row)[0].user == new
    assert [task.object_id for task in tasks.on_desk_of(Actor(new))] == [file.pk]
    undo(row, actor=clerk, remark="原来是两个人")
    old.refresh_from_db()
    assert old.is_active and [task.object_id for task in tasks.on_desk_of(Actor(old))] == [file.pk]
    assert file.state == State.RETURNED


def test_the_only_account_comes_along(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill)
    account = actions.open_account(pair.second, actor=CLOCK)
    row = merge(proposed(pair, clerk), actor=colleague)
    kept, gone = people(row)
    assert (kept.user, gone.user) == (account, None)
    assert queries.person_of(Actor(account)) == kept


def test_a_colleague_does_not_decide_about_themselves(tree: Tree, clerk: Actor) -> None:
    pair = twins(tree.mill)
    oneself = actions.open_account(pair.second, actor=CLOCK)
    a_post(MEMBERSHIP_CLERK, tree.city, oneself)
    with pytest.raises(NotAllowed, match="回避"):
        merge(proposed(pair, clerk), actor=Actor.of(oneself))


def test_a_tombstone_of_a_tombstone_points_to_who_is_kept(tree: Tree, clerk: Actor, colleague: Actor) -> None:
    pair = twins(tree.mill)
    first = merge(proposed(pair, clerk, "second"), actor=colleague)
    third = a_registration(tree.mill, pair.first.name, a_permit_number(77, pair.first.born_on))
    look()
    again = DuplicatePair.objects.get(first=first.kept, second=third)
    second = merge(proposed(again, clerk, "second"), actor=colleague)
    assert {person.merged_into_id for person in Person.objects.filter(merged_into__isnull=False)} == {
        third.pk
    }
    undo(second, actor=clerk, remark="第三个是别人")
    assert queries.person_by_id_number(pair.first.id_number) == first.kept
    undo(first, actor=clerk, remark="前两个也是")
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_bad_input_is_refused_in_words(tree: Tree, clerk: Actor) -> None:
    pair = twins(tree.mill)
    wrong: list[dict[str, Any]] = [
        {"pair": "x", "keep": "first"},
        {"pair": str(pair.public_id), "keep": "both"},
    ]
    for data in wrong:
        with pytest.raises(Invalid):
            propose(actor=clerk, **data)


CHOICES = st.fixed_dictionaries(
    {}, optional={group: st.sampled_from(["first", "second", ""]) for group in GROUPS}
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=CHOICES, keep=st.sampled_from(["first", "second"]), extras=st.sets(st.sampled_from("hfua")))
def test_whatever_is_chosen_no_row_is_lost_and_undoing_restores(
    tree: Tree, chosen: dict[str, str], keep: str, extras: set[str]
) -> None:
    """The law of merging: rows are only re-pointed, values only exchanged, and undo is the inverse."""
    number = Person.objects.count() + 1
    clerk, colleague = who(MEMBERSHIP_CLERK, tree.city), an_actor(MEMBERSHIP_CLERK, tree.city)
    pair = twins(tree.mill, tree.quarry, "唐明溪", number)
    if "h" in extras:
        actions.form_household(pair.second, actor=clerk)
    if "f" in extras:
        take_in(actor=Path(tree, tree.quarry).reviewer, id_number=pair.second.id_number, **APPLICATION)
    if "u" in extras:
        actions.open_account(pair.first, actor=CLOCK)
    if "a" in extras:
        actions.open_account(pair.second, actor=CLOCK)
    before, counted = everything(pair.first, pair.second), total()
    values = sorted(str(value) for value in before.values())
    row = merge(proposed(pair, clerk, keep, **chosen), actor=colleague)
    during = everything(pair.first, pair.second)
    assert total() == counted
    for column in ("id_number", "phone", "name", "unit", "email", "born_on"):
        ids = (pair.first.pk, pair.second.pk)
        assert sorted(str(before[f"{pk}.{column}"]) for pk in ids) == sorted(
            str(during[f"{pk}.{column}"]) for pk in ids
        )
    undo(row, actor=colleague, remark="原来是两个人")
    assert everything(pair.first, pair.second) == before and total() == counted
    assert sorted(str(value) for value in everything(pair.first, pair.second).values()) == values
