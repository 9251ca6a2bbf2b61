"""What must hold for every step of plans, measures, pairings and drop-out cases, asked of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from niangjia.assistance.access import APPROVER, CENTRE_CLERK, SCHOOL_WORKER
from niangjia.assistance.pairing import workflow as pairings
from niangjia.assistance.pairing.kinds import PairingState
from niangjia.assistance.plans import measures, workflow
from niangjia.assistance.plans.kinds import MeasureState, PlanState
from niangjia.assistance.schooling import workflow as schooling
from niangjia.assistance.schooling.kinds import SchoolState
from niangjia.kernel import audit
from niangjia.kernel.access import Actor, Duty
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.kernel.workflow import WORKFLOWS, Transition
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, who
from tests.families import a_worker
from tests.plans import REASON, PairPath, SchoolPath, day


@dataclass(frozen=True)
class Case:
    step: Transition
    source: str
    doer: str
    data: dict[str, Any] | Callable[[], dict[str, Any]] = field(default_factory=dict)
    next_duty: Duty | None = None
    bad: dict[str, Any] | None = None
    over: str = ""

    def facts(self) -> dict[str, Any]:
        return self.data() if callable(self.data) else self.data


REVIEWED = {
    "household_size": "3",
    "yearly_income_amount": "52000",
    "source": "入户核实",
    "remark": "爱人已上岗，收入见涨。",
}
NO_REASON = {"remark": ""}


def _finished() -> dict[str, Any]:
    return {"done_on": day(), "result": "已上岗，月薪三千二。", "evidence": "合同复印件在档案盒"}


def _visit() -> dict[str, Any]:
    return {"visited_on": day(), "manner": "at_home", "discussed": "爱人想找近一点的活。", "next_steps": ""}


def _persuaded() -> dict[str, Any]:
    return {"visited_on": day(), "team": "班主任", "answer": "wavers", "said": "孩子说跟不上功课。"}


def _left_again() -> dict[str, Any]:
    return {"left_on": day(), "circumstances": "住校不习惯，又回了家。"}


def _money() -> dict[str, Any]:
    return {"kind": "rent", "amount": "3600", "source": "助学专项", "from_on": day(), "until_on": day(300)}


P, M, R, S = PlanState, MeasureState, PairingState, SchoolState
CASES = [
    Case(workflow.abandon, P.DRAFTED, "clerk", REASON, None, NO_REASON),
    Case(workflow.agree, P.OFFERED, "worker", {}, APPROVER),
    Case(workflow.agree, P.OFFERED, "clerk", {"signed_paper": "A-03"}, APPROVER, {"signed_paper": ""}),
    Case(workflow.ask_for_change, P.OFFERED, "worker", REASON, CENTRE_CLERK, NO_REASON),
    Case(workflow.approve, P.AGREED, "approver", {}, CENTRE_CLERK),
    Case(workflow.return_to_draft, P.AGREED, "approver", REASON, CENTRE_CLERK, NO_REASON),
    Case(workflow.review, P.IN_FORCE, "clerk", REVIEWED, CENTRE_CLERK, {**REVIEWED, "source": ""}),
    Case(workflow.revise, P.IN_FORCE, "clerk", REASON, CENTRE_CLERK, NO_REASON),
    Case(
        measures.start,
        M.PLANNED,
        "clerk",
        lambda: {"begun_on": day()},
        CENTRE_CLERK,
        {"begun_on": "2999-01-01"},
    ),
    Case(
        measures.finish, M.UNDER_WAY, "clerk", _finished, None, {"done_on": "2026-03-02", "result": "已上岗"}
    ),
    Case(measures.drop, M.SUGGESTED, "clerk", REASON, None, NO_REASON),
    Case(measures.drop, M.PLANNED, "clerk", REASON, None, NO_REASON),
    Case(measures.drop, M.UNDER_WAY, "clerk", REASON, None, NO_REASON),
    Case(pairings.record_visit, R.PAIRED, "cadre", _visit, None, {"manner": "at_home"}),
    Case(pairings.record_visit, R.PAIRED, "clerk", _visit, None, {"manner": "at_home"}),
    Case(pairings.end, R.PAIRED, "clerk", {"remark": "全家迁往外地"}, None, NO_REASON),
    Case(schooling.persuade, S.OUT_OF_SCHOOL, "worker", _persuaded, SCHOOL_WORKER, {"team": "班主任"}),
    Case(schooling.persuade, S.PERSUADING, "worker", _persuaded, SCHOOL_WORKER, {"team": "班主任"}),
    Case(
        schooling.return_to_school,
        S.PERSUADING,
        "worker",
        lambda: {"returned_on": day(), "school": "青禾中学", "grade": "eighth"},
        SCHOOL_WORKER,
        {"returned_on": "2999-01-01", "school": "青禾中学", "grade": "eighth"},
    ),
    Case(schooling.support, S.BACK, "approver", _money, SCHOOL_WORKER, {"kind": "rent", "amount": "0"}),
    Case(schooling.support, S.SUPPORTED, "approver", _money, SCHOOL_WORKER, {"kind": "rent", "amount": "0"}),
    Case(schooling.drop_out_again, S.BACK, "worker", _left_again, SCHOOL_WORKER, {"left_on": "2999-01-01"}),
    Case(schooling.drop_out_again, S.SUPPORTED, "worker", _left_again, SCHOOL_WORKER, {"left_on": ""}),
    Case(
        schooling.let_go,
        S.OUT_OF_SCHOOL,
        "worker",
        {"reason": "moved", "remark": "全家迁往外地"},
        None,
        {"reason": "tired", "remark": "全家迁往外地"},
    ),
]
# These ask for something first or for a day that is still to come; their own tests take them.
ELSEWHERE = {workflow.offer, workflow.conclude, measures.release, pairings.hand_over, schooling.follow_up}
FINAL = {
    "aid-plan": P.ABANDONED,
    "aid-measure": M.DROPPED,
    "pairing": R.UNPAIRED,
    "schooling": S.LET_GO,
}
each = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.step.name}-{case.source}-{case.doer}")


class Ways:
    """The row in a state, and who acts, for any of the four workflows."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.way = PairPath(tree)
        self.school = SchoolPath(tree)

    def row(self, name: str, state: str) -> Any:
        makers: dict[str, Callable[[str], Any]] = {
            "aid-plan": self.way.plan_to,
            "aid-measure": self.way.measure_to,
            "pairing": self.way.pairing_to,
            "schooling": self.school.case_to,
        }
        return makers[name](state)

    def doer(self, case: Case) -> Actor:
        actor: Actor = getattr(self.school if case.step.workflow.name == "schooling" else self.way, case.doer)
        return actor


@pytest.fixture
def ways(tree: Tree) -> Ways:
    return Ways(tree)


def test_every_step_is_taken_here_or_in_a_test_of_its_own() -> None:
    declared = {step for name in FINAL for step in WORKFLOWS[name].transitions.values()}
    assert {case.step for case in CASES} | ELSEWHERE == declared


@each
def test_it_does_it_and_hands_over(ways: Ways, case: Case) -> None:
    row = ways.row(case.step.workflow.name, case.source)
    before, actor = audit.history(row).count(), ways.doer(case)
    case.step(row, actor=actor, **case.facts())

    row.refresh_from_db()
    assert row.state == case.step.to
    [entry] = [one for one in list(audit.history(row))[before:] if one.action == case.step.name]
    assert (entry.from_state, entry.to_state, entry.actor_id) == (case.source, case.step.to, actor.user_id)
    task = open_task_of(case.step.workflow.name, row.pk)
    if not case.step.workflow.stage(row.state).has_task:
        assert task is None
    else:
        assert task is not None
        assert (task.duty, task.due_on) == (case.next_duty.name if case.next_duty else "", row.due_on)
        assert row.due_on is not None


@each
def test_the_wrong_duty_may_not(ways: Ways, case: Case, tree: Tree) -> None:
    row = ways.row(case.step.workflow.name, case.source)
    with pytest.raises(NotAllowed, match=str(case.step.label)):
        case.step(row, actor=who(ADMINISTRATOR, tree.province), **case.facts())
    row.refresh_from_db()
    assert row.state == case.source


@each
def test_the_right_duty_elsewhere_may_not(ways: Ways, case: Case, tree: Tree) -> None:
    row = ways.row(case.step.workflow.name, case.source)
    assert case.step.duty is not None
    with pytest.raises(NotAllowed):
        case.step(row, actor=who(case.step.duty, tree.west), **case.facts())


@each
def test_not_from_a_wrong_state(ways: Ways, case: Case) -> None:
    row = ways.row(case.step.workflow.name, FINAL[case.step.workflow.name])
    with pytest.raises(WrongState, match="刷新"):
        case.step(row, actor=ways.doer(case), **case.facts())


@each
def test_bad_input_is_refused_in_words(ways: Ways, case: Case) -> None:
    if case.bad is None:
        return
    row = ways.row(case.step.workflow.name, case.source)
    with pytest.raises(Invalid) as refused:
        case.step(row, actor=ways.doer(case), **case.bad)
    assert refused.value.problems
    row.refresh_from_db()
    assert row.state == case.source


@pytest.mark.parametrize(
    ("name", "state"),
    [("aid-plan", P.IN_FORCE), ("aid-measure", M.PLANNED), ("pairing", R.PAIRED), ("schooling", S.BACK)],
)
def test_a_stranger_gets_404(ways: Ways, name: str, state: str, tree: Tree) -> None:
    row = ways.row(name, state)
    strangers = [
        a_worker(tree.willow),
        who(CENTRE_CLERK, tree.west),
        who(SCHOOL_WORKER, tree.west),
        who(ADMINISTRATOR, tree.province),
    ]
    for stranger in strangers:
        with pytest.raises(Missing):
            WORKFLOWS[name].find(row.public_id, stranger)
