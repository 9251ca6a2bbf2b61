"""Applications, memberships and transfers, for tests: each gets to a state by the steps that people take."""

from datetime import timedelta
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.users import User
from niangjia.kernel.workflow import Transition
from niangjia.membership import queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import ApplicationState, MemberState, TransferState
from niangjia.membership.models import Member, MembershipApplication, Transfer
from niangjia.membership.workflow import applications, stays, transfers
from tests.cast import Tree, who
from tests.families import a_worker, an_id_number

REASON = {"remark": "请写清现在的工作单位和岗位"}
LONG_AGO = "2025-06-01"


def a_stranger(name: str = "许安然") -> Actor:
    """Somebody with an account whom no register knows."""
    user = User(username=f"stranger-{User.objects.count()}", name=name)
    user.set_unusable_password()
    user.save()
    return Actor.of(user)


def an_application(**given: Any) -> dict[str, Any]:
    return {
        "name": "许安然",
        "id_number": an_id_number(),
        "workplace": "青禾纺织厂",
        "occupation": "挡车工",
        "consents_to_register": True,
    } | given


def step_on(step: Transition, row: Any, actor: Actor, data: dict[str, Any]) -> Any:
    """The clock comes the day after the last day."""
    if not actor.is_clock:
        return step(row, actor=actor, **data)
    with clock.at(row.due_on + timedelta(days=1)):
        return step(row, actor=actor)


class Joining:
    """How an application to a union gets to each state, and who takes each step."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.unit = tree.mill
        self.worker = a_stranger()
        self.clerk = who(MEMBERSHIP_CLERK, tree.mill)
        self.county = who(MEMBERSHIP_CLERK, tree.east)

    def to(self, state: str) -> MembershipApplication:
        row: MembershipApplication
        if state == ApplicationState.POOLED:
            data = an_application(region=self.tree.willow.region.code)
            row = applications.apply_to_pool(actor=self.worker, **data)
            return row
        row = applications.apply(actor=self.worker, **an_application(unit=self.unit.number))
        steps: dict[str, tuple[Transition, Actor, dict[str, Any]]] = {
            ApplicationState.RETURNED: (applications.ask_for_more, self.clerk, REASON),
            ApplicationState.ADMITTED: (applications.approve, self.clerk, {}),
            ApplicationState.DECLINED: (applications.decline, self.clerk, REASON),
            ApplicationState.WITHDRAWN: (applications.withdraw, self.worker, {}),
        }
        if state in steps:
            step, actor, given = steps[state]
            step_on(step, row, actor, given)
        assert row.state == state
        return row


class Staying:
    """How a membership gets to each state."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.unit = tree.mill
        self.worker = a_worker(tree.mill)
        self.clerk = who(MEMBERSHIP_CLERK, tree.mill)

    def to(self, state: str) -> Member:
        person = queries.person_of(self.worker)
        assert person is not None
        member = queries.current_membership(person)
        assert member is not None
        steps: dict[str, tuple[Transition, Actor, dict[str, Any]]] = {
            MemberState.RETENTION_ASKED: (stays.ask_to_retain, self.worker, {"reason": "retired"}),
            MemberState.RETAINED: (stays.retain, self.clerk, {"reason": "unemployed"}),
            MemberState.WARNED: (stays.warn, self.clerk, {"inactive_since": LONG_AGO}),
            MemberState.LEFT: (stays.end, self.clerk, {"reason": "resigned"}),
        }
        if state in steps:
            step, actor, given = steps[state]
            step_on(step, member, actor, given)
        assert member.state == state
        return member


class Moving:
    """How a transfer from the mill to the quarry in the other district gets to each state."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.worker = a_worker(tree.mill)
        self.old = who(MEMBERSHIP_CLERK, tree.mill)
        self.new = who(MEMBERSHIP_CLERK, tree.quarry)

    def to(self, state: str) -> Transfer:
        row: Transfer = transfers.ask(
            actor=self.worker, to_unit=self.tree.quarry.number, workplace="石泉采石场"
        )
        early: dict[str, tuple[Transition, Actor, dict[str, Any]]] = {
            TransferState.RETURNED: (transfers.ask_for_more, self.old, REASON),
            TransferState.CANCELLED: (transfers.cancel, self.worker, {}),
            TransferState.REFUSED: (transfers.refuse, self.old, REASON),
        }
        if state in early:
            step, actor, given = early[state]
            step_on(step, row, actor, given)
        elif state in (TransferState.RELEASED, TransferState.RECEIVED):
            transfers.release(row, actor=self.old)
            if state == TransferState.RECEIVED:
                transfers.receive(row, actor=self.new)
        assert row.state == state
        return row


def counted(tree: Tree) -> dict[str, tuple[int, int]]:
    """Per union whose counter is wrong: what it says, and how many members there are."""
    found = {}
    for union in tree.all:
        union.refresh_from_db()
        actual = Member.objects.filter(unit=union, left_on=None).count()
        if union.member_count != actual:
            found[union.name] = (union.member_count, actual)
    return found
