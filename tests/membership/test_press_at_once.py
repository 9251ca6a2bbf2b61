"""Two people act on one membership at the same moment: one wins, the other gets a sentence, nobody is counted twice."""

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused, WrongState
from niangjia.membership import queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import ApplicationState, TransferState
from niangjia.membership.models import Member, MembershipApplication, Person, Transfer
from niangjia.membership.workflow import applications, stays, transfers
from tests.assistance.test_press_at_once import at_once
from tests.cast import Tree, a_post, a_tree, a_user
from tests.families import DAY, an_id_number
from tests.memberships import Joining, Moving, a_stranger, an_application, counted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tree() -> Tree:
    return a_tree()


def a_colleague(unit: object) -> Actor:
    return Actor.of(a_post(MEMBERSHIP_CLERK, unit, a_user("许安然")).user)  # type: ignore[arg-type]


def test_one_of_two_clerks_admits(tree: Tree) -> None:
    with clock.at(DAY):
        way = Joining(tree)
        row = way.to(ApplicationState.SUBMITTED)
    other = a_colleague(tree.mill)
    outcomes = at_once(
        *(
            lambda actor=actor: applications.approve(
                MembershipApplication.objects.get(pk=row.pk), actor=actor
            )
            for actor in (way.clerk, other)
        )
    )
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert isinstance(refusal, WrongState) and "同意入会" in str(refusal)
    assert Member.objects.count() == 1 and counted(tree) == {}


def test_one_of_two_clerks_receives(tree: Tree) -> None:
    with clock.at(DAY):
        way = Moving(tree)
        row = way.to(TransferState.RELEASED)
    other = a_colleague(tree.quarry)
    outcomes = at_once(
        *(
            lambda actor=actor: transfers.receive(Transfer.objects.get(pk=row.pk), actor=actor)
            for actor in (way.new, other)
        )
    )
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    assert Member.objects.filter(left_on=None).count() == 1 and counted(tree) == {}


def test_receiving_and_cancelling_do_not_both_happen(tree: Tree) -> None:
    with clock.at(DAY):
        way = Moving(tree)
        row = way.to(TransferState.RELEASED)
    at_once(
        lambda: transfers.receive(Transfer.objects.get(pk=row.pk), actor=way.new),
        lambda: transfers.cancel(Transfer.objects.get(pk=row.pk), actor=way.worker),
    )
    row.refresh_from_db()
    [member] = Member.objects.filter(left_on=None)
    assert member.unit == (tree.quarry if row.state == TransferState.RECEIVED else tree.mill)
    assert counted(tree) == {}


def test_asking_to_move_and_leaving_do_not_both_happen(tree: Tree) -> None:
    with clock.at(DAY):
        way = Moving(tree)
    person = queries.person_of(way.worker)
    assert person is not None
    member = queries.current_membership(person)
    outcomes = at_once(
        lambda: transfers.ask(actor=way.worker, to_unit=tree.quarry.number),
        lambda: stays.resign(Member.objects.get(pk=member.pk), actor=way.worker, is_certain=True),  # type: ignore[union-attr]
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    has_left = Member.objects.get().left_on is not None
    assert has_left != Transfer.objects.exists()
    assert counted(tree) == {}


def test_moves_in_opposite_directions_do_not_stop_each_other(tree: Tree) -> None:
    with clock.at(DAY):
        there, back = Moving(tree), Moving(tree)
        one = there.to(TransferState.RELEASED)
        two = back.to(TransferState.RECEIVED)
        home = transfers.ask(actor=back.worker, to_unit=tree.mill.number)
        transfers.release(home, actor=back.new)
    assert two.state == TransferState.RECEIVED
    outcomes = at_once(
        lambda: transfers.receive(Transfer.objects.get(pk=one.pk), actor=there.new),
        lambda: transfers.receive(Transfer.objects.get(pk=home.pk), actor=there.old),
    )
    assert all(isinstance(outcome, Transfer) for outcome in outcomes)
    assert counted(tree) == {}


def test_one_identity_number_registers_once(tree: Tree) -> None:
    number = an_id_number()
    with clock.at(DAY):
        strangers = [a_stranger(), a_stranger()]
    outcomes = at_once(
        *(
            lambda actor=actor, unit=unit: applications.apply(
                actor=actor, **an_application(unit=unit.number, id_number=number)
            )
            for actor, unit in zip(strangers, (tree.mill, tree.quarry), strict=True)
        )
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert Person.objects.count() == 1 and MembershipApplication.objects.count() == 1
