"""What must hold for every step of an application, a membership and a transfer, asked of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from niangjia.kernel import audit, calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.kernel.workflow import Transition, Workflow
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import ApplicationState, MemberState, TransferState
from niangjia.membership.workflow import application, applications, membership, stays, transfer, transfers
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, who
from tests.families import DAY, a_worker
from tests.memberships import LONG_AGO, REASON, Joining, Moving, Staying, counted

CLERK = MEMBERSHIP_CLERK.name
NO_REASON = {"remark": ""}
WORK = {"workplace": "青禾纺织厂二车间", "occupation": "保全工"}


@dataclass(frozen=True)
class Case:
    """`desk`: whose task it is afterwards, "" for the worker, None for nobody's; `days`: working days it may take."""

    step: Transition
    source: str
    doer: str
    data: dict[str, Any] = field(default_factory=dict)
    desk: str | None = None
    days: int | None = None
    bad: dict[str, Any] | None = None


AppliedTo, At, On = ApplicationState, MemberState, TransferState
CASES = [
    Case(applications.approve, AppliedTo.SUBMITTED, "clerk", bad={"joined_on": "2031-01-01"}),
    Case(applications.decline, AppliedTo.SUBMITTED, "clerk", REASON, bad=NO_REASON),
    Case(applications.decline, AppliedTo.POOLED, "county", REASON, bad=NO_REASON),
    Case(applications.ask_for_more, AppliedTo.SUBMITTED, "clerk", REASON, "", 15, NO_REASON),
    Case(applications.resubmit, AppliedTo.RETURNED, "worker", WORK, CLERK, 10, {"employment": "unknown"}),
    Case(
        applications.assign, AppliedTo.POOLED, "county", {"unit": "logistics"}, CLERK, 10, {"unit": "quarry"}
    ),
    Case(applications.keep, AppliedTo.POOLED, "county", {"unit": "willow"}, bad={"unit": "mill"}),
    Case(applications.pass_on, AppliedTo.SUBMITTED, "clerk", REASON, CLERK, 5, NO_REASON),
    Case(applications.withdraw, AppliedTo.SUBMITTED, "worker"),
    Case(applications.withdraw, AppliedTo.POOLED, "worker"),
    Case(applications.withdraw, AppliedTo.RETURNED, "worker"),
    Case(stays.ask_to_retain, At.ACTIVE, "worker", {"reason": "retired"}, CLERK, 5, {"reason": "bored"}),
    Case(stays.retain, At.ACTIVE, "clerk", {"reason": "unemployed"}, bad={"reason": ""}),
    Case(stays.retain, At.RETENTION_ASKED, "clerk", {"reason": "retired"}, bad={"reason": ""}),
    Case(stays.decline_retention, At.RETENTION_ASKED, "clerk", REASON, bad=NO_REASON),
    Case(stays.resume, At.RETAINED, "clerk"),
    Case(stays.warn, At.ACTIVE, "clerk", {"inactive_since": LONG_AGO}, bad={"inactive_since": "2025-12-01"}),
    Case(stays.clear, At.WARNED, "clerk"),
    *(Case(stays.resign, state, "worker", {"is_certain": True}, bad={}) for state in stays.LIVING),
    *(
        Case(
            stays.end, state, "clerk", {"reason": "died", "left_on": "2026-02-20"}, bad={"reason": "expelled"}
        )
        for state in stays.LIVING
    ),
    Case(transfers.release, On.REQUESTED, "old", {}, CLERK, 20),
    Case(transfers.ask_for_more, On.REQUESTED, "old", REASON, "", 15, NO_REASON),
    Case(transfers.resubmit, On.RETURNED, "worker", {"to_unit": "quarry"}, CLERK, 5, {"to_unit": "nowhere"}),
    Case(transfers.receive, On.RELEASED, "new", bad={"employer": "没有这个单位"}),
    Case(transfers.send_back, On.RELEASED, "new", REASON, CLERK, 5, NO_REASON),
    Case(transfers.refuse, On.REQUESTED, "old", REASON, bad=NO_REASON),
    Case(transfers.refuse, On.RELEASED, "new", REASON, bad=NO_REASON),
    *(Case(transfers.cancel, state, "worker") for state in (On.REQUESTED, On.RETURNED, On.RELEASED)),
]
each = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.step.workflow.name}-{case.step.name}-{case.source}"
)
WAYS: dict[str, Any] = {application.name: Joining, membership.name: Staying, transfer.name: Moving}
ENDS = {application.name: AppliedTo.DECLINED, membership.name: At.LEFT, transfer.name: On.REFUSED}


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


def begun(tree: Tree, case: Case) -> tuple[Any, Any]:
    way = WAYS[case.step.workflow.name](tree)
    return way, way.to(case.source)


def given(tree: Tree, data: dict[str, Any]) -> dict[str, Any]:
    """Unions by the number that people write."""
    names = {"unit", "to_unit"}
    return {
        name: getattr(tree, text).number if name in names and hasattr(tree, text) else text
        for name, text in data.items()
    }


def do(tree: Tree, way: Any, row: Any, case: Case, actor: Actor | None = None, **more: Any) -> Any:
    return case.step(row, actor=actor or getattr(way, case.doer), **given(tree, case.data), **more)


@pytest.mark.parametrize("workflow", [application, membership, transfer], ids=lambda one: one.name)
def test_every_step_is_listed_here(workflow: Workflow) -> None:
    offered = {
        (step.name, source)
        for step in workflow.transitions.values()
        if step.is_offered
        for source in step.sources
    }
    listed = {(case.step.name, str(case.source)) for case in CASES if case.step.workflow is workflow}
    assert listed == offered


@each
def test_it_does_it_and_hands_over(tree: Tree, case: Case) -> None:
    way, row = begun(tree, case)
    before = audit.history(row).count()
    do(tree, way, row, case)

    row.refresh_from_db()
    assert row.state == case.step.to
    [entry] = list(audit.history(row))[before:]
    assert (entry.action, entry.from_state, entry.to_state) == (case.step.name, case.source, case.step.to)
    assert entry.actor_id == getattr(way, case.doer).user_id
    due_on = None if case.days is None else calendar.add_working_days(DAY, case.days)
    if case.step.to != At.WARNED:
        assert row.due_on == due_on
    task = open_task_of(case.step.workflow.name, row.pk)
    if case.desk is None:
        assert task is None
    else:
        assert task is not None
        assert (task.duty, task.due_on, task.is_return) == (case.desk, due_on, case.step.is_return)
    assert counted(tree) == {}


@each
def test_the_wrong_duty_may_not(tree: Tree, case: Case) -> None:
    way, row = begun(tree, case)
    with pytest.raises(NotAllowed, match=str(case.step.label)):
        do(tree, way, row, case, who(ADMINISTRATOR, tree.province))
    row.refresh_from_db()
    assert row.state == case.source


@each
def test_the_right_duty_elsewhere_may_not(tree: Tree, case: Case) -> None:
    way, row = begun(tree, case)
    elsewhere = who(MEMBERSHIP_CLERK, tree.compound) if case.step.duty else a_worker(tree.spring)
    with pytest.raises(NotAllowed):
        do(tree, way, row, case, elsewhere)


@each
def test_not_from_a_wrong_state(tree: Tree, case: Case) -> None:
    way = WAYS[case.step.workflow.name](tree)
    row = way.to(ENDS[case.step.workflow.name])
    with pytest.raises(WrongState, match="刷新"):
        do(tree, way, row, case)


@each
def test_bad_input_is_refused_in_words(tree: Tree, case: Case) -> None:
    if case.bad is None:
        return
    way, row = begun(tree, case)
    with pytest.raises(Invalid) as refused:
        case.step(row, actor=getattr(way, case.doer), **given(tree, case.bad))
    assert refused.value.problems and all(refused.value.problems.values())
    row.refresh_from_db()
    assert row.state == case.source


@each
def test_a_stranger_does_not_even_find_it(tree: Tree, case: Case) -> None:
    _way, row = begun(tree, case)
    for stranger in (a_worker(tree.mill), who(MEMBERSHIP_CLERK, tree.compound)):
        with pytest.raises(Missing):
            case.step.workflow.find(row.public_id, stranger)


@each
def test_a_page_that_went_stale_is_told_who_was_faster(tree: Tree, case: Case) -> None:
    way, row = begun(tree, case)
    with pytest.raises(WrongState, match="刷新"):
        do(tree, way, row, case, version=row.version - 1)
