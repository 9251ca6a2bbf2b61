"""What the clock does to memberships and transfers, and what the worker is told at each turn."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from niangjia.kernel import calendar, clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Invalid, NotAllowed, Refused, WrongState
from niangjia.kernel.messages.models import Message
from niangjia.kernel.workflow.timed import run_due
from niangjia.membership.kinds import ApplicationState, MemberState, TransferState
from niangjia.membership.models import Member
from niangjia.membership.workflow import applications, stays, transfers
from niangjia.organisation.models import ParameterValue
from tests.cast import Tree
from tests.families import DAY
from tests.memberships import LONG_AGO, REASON, Joining, Moving, Staying, an_application, counted


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


def test_what_is_not_received_in_time_stays_with_the_old_union(tree: Tree) -> None:
    row = Moving(tree).to(TransferState.RELEASED)
    assert row.due_on == calendar.add_working_days(DAY, 20)
    with clock.at(row.due_on):
        assert not run_due()
    with pytest.raises(NotAllowed, match="任何人不能提前"):
        transfers.lapse(row, actor=Moving(tree).new)
    with clock.at(row.due_on + timedelta(days=1)):
        run_due()
    row.refresh_from_db()
    assert row.state == TransferState.CANCELLED
    assert Member.objects.get(pk=row.member_id).unit == tree.mill
    assert Message.objects.latest("pk").template == "transfer-lapsed"


def test_an_application_that_nobody_corrects_is_over_and_may_be_made_anew(tree: Tree) -> None:
    way = Joining(tree)
    row = way.to(ApplicationState.RETURNED)
    assert row.due_on == calendar.add_working_days(DAY, 15)
    with clock.at(row.due_on):
        assert not run_due()
    with pytest.raises(NotAllowed, match="任何人不能提前"):
        applications.lapse(row, actor=way.clerk)
    with clock.at(row.due_on + timedelta(days=1)):
        run_due()
        row.refresh_from_db()
        assert row.state == ApplicationState.WITHDRAWN
        assert Message.objects.latest("pk").template == "application-lapsed"
        again = applications.apply(actor=way.worker, **an_application(unit=tree.mill.number))
    assert again.state == ApplicationState.SUBMITTED


def test_a_warned_membership_lapses_after_its_days(tree: Tree) -> None:
    member = Staying(tree).to(MemberState.WARNED)
    assert member.due_on == DAY + timedelta(days=30)
    with pytest.raises(WrongState, match="期限未满"):
        stays.lapse(member, actor=CLOCK)
    with clock.at(member.due_on + timedelta(days=1)):
        run_due()
    member.refresh_from_db()
    assert (member.state, member.reason, member.left_on) == ("left", "lapsed", DAY + timedelta(days=31))
    assert counted(tree) == {}


def test_where_the_region_has_no_such_rule_nobody_is_warned(tree: Tree) -> None:
    ParameterValue.objects.create(
        name="member.lapse_months", value=0, valid_from=DAY, source="本地决定", evidence="decision"
    )
    way = Staying(tree)
    with pytest.raises(Invalid, match="不实行自动退会"):
        stays.warn(way.to(MemberState.ACTIVE), actor=way.clerk, inactive_since=LONG_AGO)


def test_a_membership_on_its_way_neither_ends_nor_is_warned(tree: Tree) -> None:
    way = Moving(tree)
    member = way.to(TransferState.RELEASED).member
    for step, actor, data in (
        (stays.end, way.old, {"reason": "died"}),
        (stays.resign, way.worker, {"is_certain": True}),
        (stays.warn, way.old, {"inactive_since": LONG_AGO}),
    ):
        with pytest.raises(Refused, match="正在接转"):
            step(member, actor=actor, **data)


def test_nobody_moves_a_membership_out_by_itself(tree: Tree) -> None:
    way = Staying(tree)
    with pytest.raises(NotAllowed, match="不能单独办理"):
        stays.move_out(way.to(MemberState.ACTIVE), actor=way.clerk)


def test_the_old_union_still_sees_until_when_somebody_was_its_member(tree: Tree) -> None:
    way = Moving(tree)
    row = way.to(TransferState.RECEIVED)
    old = stays.membership.find(row.member.public_id, way.old)
    assert (old.unit, old.state, old.left_on, old.reason) == (tree.mill, "left", DAY, "transferred")
    new = row.received_as
    assert (new.unit, new.number, new.stint, new.joined_on) == (tree.quarry, old.number, 2, DAY)
    assert new.person.unit == tree.quarry


def test_without_a_union_at_work_it_waits_where_the_worker_lives(tree: Tree) -> None:
    row = transfers.ask(actor=Moving(tree).worker, residence="西岭区石泉街道")
    assert (row.to_unit, row.is_at_residence) == (tree.spring, True)


TOLD: list[tuple[Any, str, Any, str, dict[str, Any], str]] = [
    (Joining, ApplicationState.SUBMITTED, applications.approve, "clerk", {}, "admitted"),
    (Joining, ApplicationState.SUBMITTED, applications.decline, "clerk", REASON, "application-declined"),
    (
        Joining,
        ApplicationState.SUBMITTED,
        applications.ask_for_more,
        "clerk",
        REASON,
        "application-to-correct",
    ),
    (Staying, MemberState.RETENTION_ASKED, stays.decline_retention, "clerk", REASON, "retention-declined"),
    (Staying, MemberState.ACTIVE, stays.retain, "clerk", {"reason": "retired"}, "membership-retained"),
    (Moving, TransferState.REQUESTED, transfers.release, "old", {}, "transfer-released"),
    (Moving, TransferState.REQUESTED, transfers.ask_for_more, "old", REASON, "transfer-to-correct"),
    (Moving, TransferState.RELEASED, transfers.receive, "new", {}, "transfer-received"),
    (Moving, TransferState.RELEASED, transfers.refuse, "new", REASON, "transfer-refused"),
]


@pytest.mark.parametrize(("path", "state", "step", "doer", "data", "said"), TOLD)
def test_the_worker_is_told_and_never_why(
    tree: Tree, path: Any, state: str, step: Any, doer: str, data: dict[str, Any], said: str
) -> None:
    way = path(tree)
    step(way.to(state), actor=getattr(way, doer), **data)
    message = Message.objects.latest("pk")
    assert (message.template, message.to) == (said, way.worker.user)
    assert REASON["remark"] not in str(message.body)
