"""Files nobody looked into for a year and families never helped: who is on each list, and who leaves it by what."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from niangjia.assistance import queries, renewal
from niangjia.assistance.circumstances import actions as circumstances
from niangjia.assistance.kinds import KEPT_STATES, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.overlooked import Overlooked
from niangjia.benefits.kinds import State as BenefitState
from niangjia.benefits.models import Grant
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.calendar import add_months
from niangjia.membership.models import HouseholdMembership
from tests.benefits.people import Way
from tests.cast import Tree
from tests.families import DAY, WHY, Path, a_person

pytestmark = pytest.mark.django_db

RENEW = {
    "household_size": 3,
    "yearly_income_amount": "30000",
    "rigid_spending_amount": "9000",
    "category": "deep",
    **WHY,
}
SOON, LATER = add_months(DAY, 13), add_months(DAY, 15)


def numbers(path: Path, only: str) -> list[str]:
    return [file.number for file in queries.files_chosen(path.clerk, only=only)]


def a_grant(tree: Tree) -> Grant:
    Way(tree).to(BenefitState.GRANTED)
    return Grant.objects.get()


@pytest.mark.parametrize("state", State.values)
def test_only_kept_files_are_ever_overlooked(path: Path, state: str) -> None:
    file = path.to(state)
    with clock.at(LATER):
        for only in Overlooked.values:
            assert numbers(path, only) == ([file.number] if state in KEPT_STATES else [])


def test_a_file_is_unchanged_after_a_whole_year_and_not_a_day_before(path: Path) -> None:
    file = path.to(State.FILED)
    assert file.filed_on is not None
    with clock.at(add_months(file.filed_on, 12)):
        assert numbers(path, Overlooked.UNCHANGED) == []
    with clock.at(add_months(file.filed_on, 12) + timedelta(days=1)):
        assert numbers(path, Overlooked.UNCHANGED) == [file.number]


def test_the_clock_changes_nothing_but_a_statement_and_a_renewal_do(path: Path) -> None:
    file = path.to(State.FILED)
    with clock.at(SOON):
        renewal.begin_renewal(file, actor=CLOCK)
        assert numbers(path, Overlooked.UNCHANGED) == [file.number]
        circumstances.state(file, actor=path.clerk, homes=1)
        assert numbers(path, Overlooked.UNCHANGED) == []
        renewal.renew(file, actor=path.clerk, **RENEW)
        assert (file.renewed_on, numbers(path, Overlooked.UNCHANGED)) == (SOON, [])
    with clock.at(add_months(SOON, 12) + timedelta(days=1)):
        assert numbers(path, Overlooked.UNCHANGED) == [file.number]


def test_a_proposal_to_leave_is_something_that_happened(path: Path) -> None:
    file = path.to(State.FILED)
    with clock.at(SOON):
        renewal.propose_exit(file, actor=path.clerk, leaving_reason="found_work", **WHY)
        assert numbers(path, Overlooked.UNCHANGED) == []


@pytest.mark.parametrize("helped", ["household", "worker", "member"])
def test_a_family_is_helped_through_its_household_its_worker_or_a_member(
    path: Path, tree: Tree, helped: str
) -> None:
    file, grant = path.to(State.FILED), a_grant(tree)
    assert numbers(path, Overlooked.UNHELPED) == [file.number]
    give(grant, file, helped)
    assert numbers(path, Overlooked.UNHELPED) == []
    Grant.objects.update(voided_on=DAY)
    assert numbers(path, Overlooked.UNHELPED) == [file.number]


def test_help_for_who_moved_out_is_not_the_familys(path: Path, tree: Tree) -> None:
    file, grant = path.to(State.FILED), a_grant(tree)
    give(grant, file, "member")
    HouseholdMembership.objects.filter(person=grant.person).update(until_on=DAY)
    assert numbers(path, Overlooked.UNHELPED) == [file.number]


def test_a_list_nobody_knows_cuts_nothing_and_a_stranger_sees_none(path: Path, tree: Tree) -> None:
    file, elsewhere = path.to(State.FILED), Path(tree, tree.spring)
    assert numbers(path, "bogus") == [file.number]
    assert not queries.files_chosen(elsewhere.reviewer, only=Overlooked.UNHELPED).exists()


@pytest.mark.parametrize("only", Overlooked.values)
def test_each_list_is_one_query(
    path: Path, tree: Tree, django_assert_num_queries: Callable[..., object], only: str
) -> None:
    for _ in range(3):
        Path(tree).to(State.FILED)
    path.clerk.scopes(queries.ASSISTANCE)
    with clock.at(LATER), django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(numbers(path, only)) == 3


def give(grant: Grant, file: HardshipFile, to: str) -> None:
    member = a_person(file.unit)
    HouseholdMembership.objects.filter(person=member).delete()
    HouseholdMembership.objects.create(
        household=file.household, person=member, relation="child", from_on=file.applied_on
    )
    given = {"household": {"household": file.household}, "worker": {"person": file.person}}
    Grant.objects.filter(pk=grant.pk).update(**given.get(to, {"person": member}))
    grant.refresh_from_db()
