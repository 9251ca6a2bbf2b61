"""What must hold for every step of the hardship file, asked of each."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from niangjia.assistance import finding, renewal, workflow
from niangjia.assistance.access import APPROVER, ARCHIVIST, CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.kinds import State
from niangjia.assistance.takeover import workflow as takeover
from niangjia.assistance.workflow import hardship
from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor, Duty
from niangjia.kernel.calendar import add_working_days
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.kernel.workflow import Transition
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, who
from tests.families import APPLICATION, CHECK, DAY, VISIT, Path, a_worker

REASON = {"remark": "材料与实际不符，请核对收入证明"}


@dataclass(frozen=True)
class Case:
    step: Transition
    source: State
    doer: str
    data: dict[str, Any] = field(default_factory=dict)
    next_duty: Duty | None = None
    days: int | date | None = None
    bad: dict[str, Any] | None = None


VISIT_TODAY = {**VISIT, "visited_on": DAY.isoformat()}
CHECK_TODAY = {**CHECK, "checked_on": DAY.isoformat()}
NO_REASON = {"remark": ""}
EXIT = {**REASON, "leaving_reason": "found_work"}
STRIKE_OFF = {**REASON, "leaving_reason": "died"}
RENEWED = {
    "household_size": 3,
    "yearly_income_amount": "38000",
    "rigid_spending_amount": "20000",
    "category": "relative",
}
# A year after the day on which it was filed or renewed, less the lead.
WHEN_RENEWED = date(2027, 1, 31)
WHEN_EXPIRED = date(2027, 3, 2)
# Thirty days before the former file expires.
WHEN_TAKEN_OVER_IS_RENEWED = date(2026, 8, 31)
APPLICATION_WITHOUT_CONSENT = {**APPLICATION, "consents_to_check": False}

CASES = [
    Case(finding.confirm, State.FOUND, "worker", APPLICATION, REVIEWER, 5, APPLICATION_WITHOUT_CONSENT),
    Case(finding.set_aside, State.FOUND, "worker", REASON, None, None, NO_REASON),
    Case(
        workflow.review,
        State.APPLIED,
        "reviewer",
        {"category": "deep", "accepts_missing": True},
        VISITOR,
        10,
        {"category": "rich"},
    ),
    Case(workflow.ask_for_more, State.APPLIED, "reviewer", REASON, None, 15, NO_REASON),
    Case(workflow.resubmit, State.RETURNED, "worker", APPLICATION, REVIEWER, 5, APPLICATION_WITHOUT_CONSENT),
    Case(
        workflow.record_visit,
        State.REVIEWED,
        "visitor",
        VISIT_TODAY,
        CENTRE_CLERK,
        15,
        {**VISIT_TODAY, "findings": ""},
    ),
    Case(workflow.return_to_review, State.REVIEWED, "visitor", REASON, REVIEWER, 5, NO_REASON),
    Case(
        workflow.record_check,
        State.VISITED,
        "clerk",
        CHECK_TODAY,
        CENTRE_CLERK,
        3,
        {**CHECK_TODAY, "homes": ""},
    ),
    Case(workflow.publish, State.CHECKED, "clerk", {}, None, 5),
    Case(workflow.return_to_check, State.CHECKED, "clerk", REASON, CENTRE_CLERK, 15, NO_REASON),
    Case(
        workflow.add_visit,
        State.VISITED,
        "visitor",
        VISIT_TODAY,
        CENTRE_CLERK,
        15,
        {**VISIT_TODAY, "has_vehicle": True},
    ),
    Case(workflow.return_to_visit, State.VISITED, "clerk", REASON, VISITOR, 10, NO_REASON),
    Case(workflow.take_down, State.ON_NOTICE, "clerk", REASON, CENTRE_CLERK, 3, NO_REASON),
    Case(workflow.approve, State.CLEARED, "approver", {"category": "deep"}, ARCHIVIST, 5, {"category": ""}),
    Case(workflow.decline, State.CLEARED, "approver", REASON, None, None, NO_REASON),
    Case(workflow.return_to_centre, State.CLEARED, "approver", REASON, CENTRE_CLERK, 3, NO_REASON),
    Case(
        workflow.file_away,
        State.APPROVED,
        "archivist",
        {"shelf_mark": "A-03"},
        None,
        WHEN_RENEWED,
        {"shelf_mark": ""},
    ),
    Case(workflow.return_to_approval, State.APPROVED, "archivist", REASON, APPROVER, 5, NO_REASON),
    Case(workflow.withdraw, State.APPLIED, "worker"),
    Case(workflow.withdraw, State.VISITED, "worker"),
    Case(renewal.renew, State.RENEWAL, "clerk", RENEWED, None, WHEN_RENEWED, {**RENEWED, "category": ""}),
    Case(renewal.propose_exit, State.FILED, "clerk", EXIT, APPROVER, 10, NO_REASON),
    Case(renewal.confirm_exit, State.EXIT_PROPOSED, "approver"),
    Case(renewal.propose_strike_off, State.FILED, "clerk", STRIKE_OFF, APPROVER, 10, NO_REASON),
    Case(renewal.confirm_strike_off, State.STRIKE_OFF_PROPOSED, "approver"),
    Case(
        renewal.return_to_renewal,
        State.EXIT_PROPOSED,
        "approver",
        REASON,
        CENTRE_CLERK,
        WHEN_EXPIRED,
        NO_REASON,
    ),
    Case(renewal.strike_off_expired, State.EXPIRED, "clerk"),
    Case(takeover.confirm_take_over, State.TAKEN_OVER, "approver", {}, None, WHEN_TAKEN_OVER_IS_RENEWED),
    Case(takeover.decline_take_over, State.TAKEN_OVER, "approver", REASON, None, None, NO_REASON),
    Case(takeover.void_take_over, State.TAKEN_OVER, "clerk", REASON, None, None, NO_REASON),
]
each = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.step.name}-{case.source}")


def doer(path: Path, case: Case) -> Actor:
    actor: Actor = getattr(path, case.doer)
    return actor


def test_every_step_is_listed_here() -> None:
    by_itself = {
        workflow.end_notice,
        workflow.lose_notice,
        workflow.supersede,
        renewal.begin_renewal,
        renewal.expire,
    }
    assert {case.step for case in CASES} | by_itself == set(hardship.transitions.values())


@each
def test_it_does_it_and_hands_over(path: Path, case: Case) -> None:
    file = path.to(case.source)
    today = clock.today()
    before = audit.history(file).count()
    case.step(file, actor=doer(path, case), **case.data)

    file.refresh_from_db()
    assert file.state == case.step.to
    [entry] = list(audit.history(file))[before:]
    assert (entry.action, entry.from_state, entry.to_state) == (case.step.name, case.source, case.step.to)
    assert entry.actor_id == doer(path, case).user_id
    if "remark" in case.data:
        assert entry.remark.text == case.data["remark"]

    deadline = add_working_days(today, case.days) if isinstance(case.days, int) else case.days
    assert file.due_on == deadline
    task = open_task_of(hardship.name, file.pk)
    if case.next_duty is None and not hardship.stage(file.state).has_task:
        assert task is None
    else:
        assert task is not None
        assert (task.duty, task.due_on) == (case.next_duty.name if case.next_duty else "", deadline)
        assert task.is_return == case.step.is_return


@each
def test_the_wrong_duty_may_not(path: Path, case: Case, tree: Tree) -> None:
    file = path.to(case.source)
    with pytest.raises(NotAllowed, match=str(case.step.label)):
        case.step(file, actor=who(ADMINISTRATOR, tree.province), **case.data)
    file.refresh_from_db()
    assert file.state == case.source


@each
def test_the_right_duty_elsewhere_may_not(path: Path, case: Case, tree: Tree) -> None:
    file = path.to(case.source)
    other = who(case.step.duty, tree.west) if case.step.duty else a_worker(tree.spring)
    with pytest.raises(NotAllowed):
        case.step(file, actor=other, **case.data)


@each
def test_not_from_a_wrong_state(path: Path, case: Case) -> None:
    file = path.to(State.WITHDRAWN)
    with pytest.raises(WrongState, match="已撤回"):
        case.step(file, actor=doer(path, case), **case.data)


@each
def test_bad_input_is_refused_in_words(path: Path, case: Case) -> None:
    if case.bad is None:
        return
    file = path.to(case.source)
    with pytest.raises(Invalid) as refused:
        case.step(file, actor=doer(path, case), **case.bad)
    assert refused.value.problems and all(sentence for sentence in refused.value.problems.values())
    file.refresh_from_db()
    assert file.state == case.source


@each
def test_a_stranger_does_not_even_find_it(path: Path, case: Case, tree: Tree) -> None:
    file = path.to(case.source)
    for stranger in (a_worker(tree.willow), who(REVIEWER, tree.spring)):
        with pytest.raises(Missing):
            hardship.find(file.public_id, stranger)


@each
def test_a_page_that_went_stale_is_told_who_was_faster(path: Path, case: Case) -> None:
    file = path.to(case.source)
    with pytest.raises(WrongState, match="刷新"):
        case.step(file, actor=doer(path, case), version=file.version - 1, **case.data)


def test_a_further_visit_leaves_the_deadline_of_the_check_where_it_was(path: Path) -> None:
    """Nobody is handed anything; or whoever visits again would make a late check punctual."""
    file = path.to(State.VISITED)
    due, since = file.due_on, file.state_since
    with clock.at(DAY + timedelta(days=7)):
        visit = {**VISIT_TODAY, "visited_on": clock.today().isoformat()}
        workflow.add_visit(file, actor=path.visitor, **visit)
    file.refresh_from_db()
    task = open_task_of(hardship.name, file.pk)
    assert (file.due_on, file.state_since) == (due, since) and task is not None and task.due_on == due


def test_the_clock_ends_a_notice_on_the_day_after(path: Path) -> None:
    file = path.to(State.ON_NOTICE)
    assert file.notice_until == add_working_days(DAY, 5)
    with clock.at(file.notice_until), pytest.raises(WrongState, match="期限未满"):
        workflow.end_notice(file, actor=CLOCK)
    with pytest.raises(NotAllowed, match="任何人不能提前"):
        workflow.end_notice(file, actor=path.approver)
