"""What must hold for every step of union building, asked of each."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor, Duty
from niangjia.kernel.calendar import add_working_days
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.workflow import Transition
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.kernel.workflow.timed import run_due
from niangjia.organisation.access import ADMINISTRATOR, BUILDING_APPROVER, UNION_ORGANISER
from niangjia.organisation.building import workflow
from niangjia.organisation.building.kinds import State
from niangjia.organisation.building.workflow import building
from tests.building import ASSEMBLY, DAY, REASON, VISIT, Path
from tests.cast import Tree, who
from tests.families import a_worker

TODAY = DAY.isoformat()
TOMORROW = (DAY + timedelta(days=1)).isoformat()
NO_REASON = {"remark": ""}
VISIT_TODAY = {**VISIT, "visited_on": TODAY}
VERIFIED = {"name": "新禾制造厂", "kind": "grassroots_union", "staff_count": 60, "women_count": 22}
FOUNDED = {"union_name": "新禾制造厂工会", "number": "XJ-900001", "founded_on": TODAY}
HELD = {**ASSEMBLY, "held_on": TODAY}
LATER = {"put_off_until": (DAY + timedelta(days=30)).isoformat(), "remark": "正在搬迁，下月再谈"}
PREPARED = {"prepared_on": TODAY}
GIVEN_UP = {"given_up_for": "closed", "remark": "营业执照已经注销"}


@dataclass(frozen=True)
class Case:
    step: Transition
    source: State
    doer: str
    data: dict[str, Any] = field(default_factory=dict)
    next_duty: Duty | None = None
    days: int | None = None
    bad: dict[str, Any] | None = None


ORG, APP = UNION_ORGANISER, BUILDING_APPROVER
CASES = [
    Case(workflow.record_visit, State.LEAD, "organiser", VISIT_TODAY, ORG, 10, {**VISIT_TODAY, "visited_on": TOMORROW}),
    Case(workflow.visit_again, State.MET, "organiser", VISIT_TODAY, ORG, 10, {**VISIT_TODAY, "findings": ""}),
    Case(workflow.verify, State.MET, "organiser", VERIFIED, APP, 5, {**VERIFIED, "women_count": 61}),
    Case(workflow.urge, State.LEAD, "approver", REASON, None, 15, NO_REASON),
    Case(workflow.urge, State.MET, "approver", REASON, None, 15, NO_REASON),
    Case(workflow.resume_talks, State.URGED, "organiser", REASON, ORG, 10, NO_REASON),
    Case(workflow.approve_preparation, State.VERIFIED, "approver", PREPARED, ORG, 60, {"prepared_on": TOMORROW}),
    Case(workflow.return_to_verification, State.VERIFIED, "approver", REASON, ORG, 10, NO_REASON),
    Case(workflow.hold_assembly, State.PREPARING, "organiser", HELD, APP, 10, {**HELD, "present_count": 61}),
    Case(workflow.send_back, State.ELECTED, "approver", REASON, ORG, 60, NO_REASON),
    Case(workflow.contest, State.ELECTED, "organiser", REASON, APP, 10, NO_REASON),
    Case(workflow.dismiss_objection, State.CONTESTED, "approver", REASON, APP, 10, NO_REASON),
    Case(workflow.uphold_objection, State.CONTESTED, "approver", REASON, ORG, 60, NO_REASON),
    Case(workflow.ratify, State.ELECTED, "approver", {}, ORG, 30),
    Case(workflow.found, State.RATIFIED, "organiser", FOUNDED, None, None, {**FOUNDED, "number": "?"}),
    Case(workflow.put_off, State.LEAD, "organiser", LATER, None, -30, {**LATER, "put_off_until": TODAY}),
    Case(workflow.put_off, State.PREPARING, "organiser", LATER, None, -30, {**LATER, "put_off_until": "2030-01-01"}),
    Case(workflow.resume, State.PUT_OFF, "organiser", {}, ORG, 10),
    Case(workflow.give_up, State.MET, "organiser", GIVEN_UP, None, None, {**GIVEN_UP, "given_up_for": ""}),
    Case(workflow.give_up, State.PUT_OFF, "organiser", GIVEN_UP, None, None, NO_REASON),
    Case(workflow.absorb, State.LEAD, "organiser", {"into": "other"}, None, None, {"into": "JH0"}),
    Case(workflow.hand_on, State.LEAD, "another_organiser", {"unit": "maple"}, ORG, 10, {"unit": "nobody"}),
]  # fmt: skip
each = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.step.name}-{case.source}")
TIMED = {workflow.hear_nothing, workflow.take_up_again}


def ready(path: Path, tree: Tree, case: Case) -> tuple[Any, dict[str, Any]]:
    """The row in its state, with what the step needs beside its form."""
    row, data = path.to(case.source), dict(case.data)
    if case.step == workflow.urge and case.source == State.LEAD:
        # A lead that was visited, urged without answer and came back.
        path.step(workflow.record_visit, row, path.organiser, **VISIT_TODAY)
        path.step(workflow.urge, row, path.approver, **REASON)
        path.step(workflow.hear_nothing, row, CLOCK)
    if case.step == workflow.hold_assembly:
        path.elect(row)
    if case.step == workflow.found:
        path.make_ready(row)
    if case.step == workflow.absorb:
        data["into"] = path.begin().number
    if case.step == workflow.hand_on:
        data["unit"] = tree.maple.number
    return row, data


def doer(path: Path, case: Case) -> Actor:
    actor: Actor = getattr(path, case.doer)
    return actor


def test_every_step_is_listed_here() -> None:
    assert {case.step for case in CASES} | TIMED == set(building.transitions.values())


@each
def test_it_does_it_and_hands_over(path: Path, tree: Tree, case: Case) -> None:
    row, data = ready(path, tree, case)
    before = audit.history(row).count()
    case.step(row, actor=doer(path, case), **data)

    row.refresh_from_db()
    assert row.state == case.step.to
    [entry] = list(audit.history(row))[before:]
    assert (entry.action, entry.from_state, entry.to_state) == (case.step.name, case.source, case.step.to)
    assert entry.actor_id == doer(path, case).user_id

    deadline = None
    if case.days is not None:
        deadline = DAY - timedelta(days=case.days) if case.days < 0 else add_working_days(DAY, case.days)
    assert row.due_on == deadline
    task = open_task_of(building.name, row.pk)
    if case.next_duty is None:
        assert task is None
    else:
        assert task is not None
        assert (task.duty, task.due_on) == (case.next_duty.name, deadline)
        assert task.is_return == case.step.is_return


@each
def test_the_wrong_duty_may_not(path: Path, tree: Tree, case: Case) -> None:
    row, data = ready(path, tree, case)
    with pytest.raises(NotAllowed, match=str(case.step.label)):
        case.step(row, actor=who(ADMINISTRATOR, tree.province), **data)
    row.refresh_from_db()
    assert row.state == case.source


@each
def test_the_right_duty_elsewhere_may_not(path: Path, tree: Tree, case: Case) -> None:
    row, data = ready(path, tree, case)
    assert case.step.duty is not None
    with pytest.raises(NotAllowed):
        case.step(row, actor=who(case.step.duty, tree.west), **data)


@each
def test_not_from_a_wrong_state(path: Path, tree: Tree, case: Case) -> None:
    row = path.to(State.FOUNDED)
    with pytest.raises(WrongState, match="已建会"):
        case.step(row, actor=doer(path, case), **case.data)


@each
def test_bad_input_is_refused_in_words(path: Path, tree: Tree, case: Case) -> None:
    if case.bad is None:
        return
    row, _data = ready(path, tree, case)
    with pytest.raises(Invalid) as refused:
        case.step(row, actor=doer(path, case), **case.bad)
    assert refused.value.problems and all(sentence for sentence in refused.value.problems.values())
    row.refresh_from_db()
    assert row.state == case.source


@each
def test_a_stranger_does_not_even_find_it(path: Path, tree: Tree, case: Case) -> None:
    row, _data = ready(path, tree, case)
    for stranger in (
        a_worker(tree.willow),
        who(UNION_ORGANISER, tree.spring),
        who(ADMINISTRATOR, tree.province),
    ):
        with pytest.raises(Missing):
            building.find(row.public_id, stranger)


@each
def test_a_page_that_went_stale_is_told_who_was_faster(path: Path, tree: Tree, case: Case) -> None:
    row, data = ready(path, tree, case)
    with pytest.raises(WrongState, match="刷新"):
        case.step(row, actor=doer(path, case), version=row.version - 1, **data)


def test_the_clock_takes_up_again_what_was_put_off_on_the_day_after(path: Path) -> None:
    row = path.to(State.PUT_OFF)
    assert row.due_on == row.put_off_until == DAY + timedelta(days=60)
    with clock.at(row.due_on):
        assert run_due() == []
    with clock.at(row.due_on + timedelta(days=1)):
        assert [outcome.refusal for outcome in run_due()] == [None]
    row.refresh_from_db()
    assert (row.state, row.put_off_until) == (State.LEAD, None)


def test_an_opinion_that_nobody_answers_comes_back(path: Path) -> None:
    row = path.to(State.URGED)
    assert row.opinion_number == "工建意〔2026〕1号"
    path.step(workflow.hear_nothing, row, CLOCK)
    assert row.state == State.LEAD


def test_no_opinion_before_the_place_allows_it(path: Path) -> None:
    row = path.begin()
    with pytest.raises(Refused, match="开业日期"):
        workflow.urge(row, actor=path.approver, **REASON)
    path.step(workflow.record_visit, row, path.organiser, **{**VISIT_TODAY, "operating_since": "2025-10-01"})
    with pytest.raises(Refused, match="2026-04-01"):
        workflow.urge(row, actor=path.approver, **REASON)
    with clock.at(DAY.replace(month=4, day=2)):
        workflow.urge(row, actor=path.approver, **REASON)


def test_whoever_verified_or_counted_does_not_approve(path: Path, tree: Tree) -> None:
    """One colleague with both duties: each approval goes to somebody else."""
    from tests.cast import a_post

    both = path.organiser.account
    a_post(BUILDING_APPROVER, tree.east, both)
    jack = Actor.of(both)
    row = path.to(State.VERIFIED)
    with pytest.raises(NotAllowed, match="另一人"):
        workflow.approve_preparation(row, actor=jack, prepared_on=TODAY)
    row = path.to(State.ELECTED)
    with pytest.raises(NotAllowed, match="另一人"):
        workflow.ratify(row, actor=jack)
    row = path.to(State.CONTESTED)
    with pytest.raises(NotAllowed, match="另一人"):
        workflow.dismiss_objection(row, actor=jack, **REASON)


def test_an_unwilling_employer_is_not_reported_as_ready(path: Path) -> None:
    row = path.begin()
    path.step(workflow.record_visit, row, path.organiser, **{**VISIT_TODAY, "willingness": "hesitant"})
    with pytest.raises(Refused, match="愿意"):
        workflow.verify(row, actor=path.organiser, **VERIFIED)


def test_the_day_of_opening_is_learned_once_and_stays_known(path: Path) -> None:
    row = path.begin(path.employer(opened_on=DAY.replace(year=2023)))
    assert row.operating_since == DAY.replace(year=2023)
    row = path.to(State.VERIFIED)
    assert str(row.operating_since) == VISIT["operating_since"]
