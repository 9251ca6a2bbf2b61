"""Every step of an objection: it does it, and what it is against waits, goes on or goes."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from niangjia.assistance.kinds import State
from niangjia.assistance.workflow import publish, take_down
from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor, Duty
from niangjia.kernel.calendar import add_working_days
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.workflow import Transition, timed
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.notices import queries, workflow
from niangjia.notices.access import ANSWERER, RECEIVER
from niangjia.notices.actions import hold_cleared
from niangjia.notices.kinds import NoticeState, ObjectionState, Standing
from niangjia.notices.models import Objection
from niangjia.notices.workflow import objection
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, a_post, a_user, who
from tests.families import DAY, Path, a_worker
from tests.notices.lists import FINDING, REASON, Listing, day_after, hear_the_news, last_minute, now

REMARK = {"remark": FINDING}


@dataclass(frozen=True)
class Case:
    step: Transition
    source: ObjectionState
    doer: str
    data: dict[str, Any] = field(default_factory=dict)
    next_duty: Duty | None = None
    days: int | None = None


CASES = [
    Case(workflow.accept, ObjectionState.LODGED, "receiver", {}, ANSWERER, 5),
    Case(workflow.turn_away, ObjectionState.LODGED, "receiver", REMARK),
    Case(workflow.dismiss, ObjectionState.INQUIRY, "answerer", REMARK),
    Case(workflow.uphold, ObjectionState.INQUIRY, "answerer", REMARK),
]
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.step.name)


def doer(listing: Listing, case: Case) -> Actor:
    actor: Actor = getattr(listing, case.doer)
    return actor


def test_every_step_is_listed_here() -> None:
    assert {case.step for case in CASES} == set(objection.transitions.values())


@each
def test_it_does_it_and_hands_over(listing: Listing, case: Case) -> None:
    row = listing.objection(case.source)
    before = audit.history(row).count()
    case.step(row, actor=doer(listing, case), **case.data)
    row.refresh_from_db()
    assert row.state == case.step.to
    [entry] = list(audit.history(row))[before:]
    assert (entry.action, entry.actor_id) == (case.step.name, doer(listing, case).user_id)
    task = open_task_of(objection.name, row.pk)
    assert (task.duty if task else None) == (case.next_duty.name if case.next_duty else None)
    assert row.due_on == (add_working_days(DAY, case.days) if case.days else None)


@each
def test_the_wrong_duty_may_not(listing: Listing, case: Case) -> None:
    row = listing.objection(case.source)
    for other in (who(ADMINISTRATOR, listing.tree.province), listing.path.clerk):
        with pytest.raises(NotAllowed, match=str(case.step.label)):
            case.step(row, actor=other, **case.data)


@each
def test_not_from_a_wrong_state(listing: Listing, case: Case) -> None:
    row = listing.objection(ObjectionState.DISMISSED)
    with pytest.raises(WrongState, match="异议不成立"):
        case.step(row, actor=doer(listing, case), **case.data)


@each
def test_an_answer_without_words_is_refused(listing: Listing, case: Case) -> None:
    row = listing.objection(case.source)
    if case.data:
        with pytest.raises(Invalid):
            case.step(row, actor=doer(listing, case), remark="")


@each
def test_a_stranger_does_not_even_find_it(listing: Listing, case: Case, tree: Tree) -> None:
    row = listing.objection(case.source)
    strangers = [a_worker(tree.willow), who(RECEIVER, tree.west), listing.path.clerk, listing.path.worker]
    for stranger in strangers:
        with pytest.raises(Missing):
            objection.find(row.public_id, stranger)


def test_triage_is_due_in_two_working_days(listing: Listing) -> None:
    row = listing.objection(ObjectionState.LODGED)
    task = open_task_of(objection.name, row.pk)
    assert task is not None
    assert (task.duty, row.due_on) == (RECEIVER.name, add_working_days(DAY, 2))


def jack(listing: Listing, *duties: Duty) -> Actor:
    user = a_user("许安然")
    for duty in duties:
        a_post(duty, listing.tree.east, user)
    return Actor.of(user)


def test_who_accepted_it_does_not_answer_it(listing: Listing) -> None:
    both = jack(listing, RECEIVER, ANSWERER)
    row = listing.objection(ObjectionState.LODGED)
    workflow.accept(row, actor=both)
    with pytest.raises(NotAllowed, match="另一人"):
        workflow.dismiss(row, actor=both, **REMARK)
    workflow.dismiss(row, actor=listing.answerer, **REMARK)


def test_who_published_it_neither_accepts_nor_answers(listing: Listing) -> None:
    for duty in (RECEIVER, ANSWERER):
        a_post(duty, listing.tree.east, listing.path.clerk.user)
    clerk = Actor.of(listing.path.clerk.account)
    row = listing.objection(ObjectionState.LODGED)
    with pytest.raises(NotAllowed, match="原经办人"):
        workflow.accept(row, actor=clerk)
    workflow.accept(row, actor=listing.receiver)
    with pytest.raises(NotAllowed, match="原经办人"):
        workflow.dismiss(row, actor=clerk, **REMARK)


def test_whom_it_is_about_never_sees_it_whatever_their_posts(listing: Listing) -> None:
    line = listing.line(listing.published())
    worker = listing.path.worker
    for duty in (RECEIVER, ANSWERER):
        a_post(duty, listing.tree.province, worker.account)
    himself = Actor.of(worker.account)
    for whole in (False, True):
        row = listing.object_to(line, name="叶听澜", phone="13900000001", whole=whole)
        with pytest.raises(Missing):
            objection.find(row.public_id, himself)
    another = listing.objection(ObjectionState.LODGED)
    assert list(queries.objections_visible_to(himself)) == [another]


def test_an_objection_stops_its_line_and_no_other(listing: Listing) -> None:
    one, other = listing.published(), listing.published(Path(listing.tree))
    listing.object_to(listing.line(one))
    assert listing.line(one).standing == Standing.STOPPED
    assert listing.line(other).standing == Standing.LISTED
    with clock.at(day_after(listing.line(one))):
        timed.run_due()
    assert (now(one).state, now(other).state) == (State.ON_NOTICE, State.CLEARED)


def test_an_objection_to_the_procedure_stops_the_list(listing: Listing) -> None:
    one, other = listing.published(), listing.published(Path(listing.tree))
    row = listing.object_to(listing.line(one), whole=True)
    notice = listing.line(one).notice
    assert notice.state == NoticeState.STOPPED
    assert listing.line(other).standing == Standing.STOPPED
    with clock.at(day_after(listing.line(one))):
        timed.run_due()
        assert {now(one).state, now(other).state} == {State.ON_NOTICE}
        listing.bring(row, ObjectionState.DISMISSED)
        assert {listing.line(file).standing for file in (one, other)} == {Standing.CLEARED}
        timed.run_due()
        assert {now(one).state, now(other).state} == {State.CLEARED}
        notice.refresh_from_db()
        assert notice.state == NoticeState.ENDED


def test_of_two_objections_to_the_procedure_both_must_be_answered(listing: Listing) -> None:
    line = listing.line(listing.published())
    first, second = (listing.object_to(line, whole=True) for _ in range(2))
    listing.bring(first, ObjectionState.DISMISSED)
    assert listing.line(now_of(line)).notice.state == NoticeState.STOPPED
    listing.bring(second, ObjectionState.TURNED_AWAY)
    assert listing.line(now_of(line)).notice.state == NoticeState.ON_NOTICE


def now_of(line: Any) -> Any:
    from niangjia.assistance.models import HardshipFile

    return HardshipFile.objects.get(pk=line.object_id)


@pytest.mark.parametrize("answer", [ObjectionState.DISMISSED, ObjectionState.TURNED_AWAY])
def test_a_dismissed_objection_lets_the_line_go_on(listing: Listing, answer: ObjectionState) -> None:
    file = listing.published()
    row = listing.object_to(listing.line(file))
    listing.bring(row, answer)
    assert listing.line(file).standing == Standing.LISTED
    with clock.at(day_after(listing.line(file))):
        timed.run_due()
    assert now(file).state == State.CLEARED


def test_dismissed_after_the_window_the_line_clears_at_once(listing: Listing) -> None:
    file = listing.published()
    row = listing.object_to(listing.line(file))
    with clock.at(listing.line(file).notice.until_on + timedelta(days=3)):
        timed.run_due()
        assert listing.line(file).notice.state == NoticeState.ENDED
        assert now(file).state == State.ON_NOTICE
        listing.bring(row, ObjectionState.DISMISSED)
        assert listing.line(file).standing == Standing.CLEARED
        timed.run_due()
        assert now(file).state == State.CLEARED


def test_an_upheld_objection_takes_the_line_off_and_the_file_back_with_the_reason(listing: Listing) -> None:
    file, other = listing.published(), listing.published(Path(listing.tree))
    listing.bring(listing.object_to(listing.line(file)), ObjectionState.UPHELD)
    hear_the_news()
    file = now(file)
    assert (listing.line(file).standing, file.state) == (Standing.REMOVED, State.CHECKED)
    last = list(audit.history(file))[-1]
    assert (last.action, last.remark.text) == ("lose_notice", f"异议成立：{FINDING}")
    task = open_task_of("hardship-file", file.pk)
    assert task is not None and task.is_return
    assert now(other).state == State.ON_NOTICE
    publish(file, actor=listing.path.clerk)
    assert listing.line(file).standing == Standing.LISTED


def test_an_upheld_objection_to_the_procedure_takes_everybody_back(listing: Listing) -> None:
    files = [listing.published(Path(listing.tree)) for _ in range(2)]
    row = listing.object_to(listing.line(files[0]), whole=True)
    listing.bring(row, ObjectionState.UPHELD)
    hear_the_news()
    assert {now(file).state for file in files} == {State.CHECKED}
    assert listing.line(files[0]).notice.state == NoticeState.REVOKED


def test_taking_the_file_down_does_not_get_around_an_objection(listing: Listing) -> None:
    file = listing.published()
    row = listing.object_to(listing.line(file))
    take_down(file, actor=listing.path.clerk, remark="单位名称有误，更正后重新公示")
    with pytest.raises(Refused, match="还有一件异议没有答复"):
        publish(file, actor=listing.path.clerk)
    listing.bring(row, ObjectionState.DISMISSED)
    publish(file, actor=listing.path.clerk)
    assert now(file).state == State.ON_NOTICE


def test_one_may_object_until_the_last_minute_and_no_later(listing: Listing) -> None:
    file = listing.published()
    line = listing.line(file)
    with clock.at(last_minute(line)):
        listing.object_to(line)
    with clock.at(day_after(line)):
        timed.run_due()
        with pytest.raises(Refused, match="已经期满"):
            listing.object_to(line)
        with pytest.raises(Refused, match="还没有答复"):
            hold_cleared(file)
    assert now(file).state == State.ON_NOTICE


def test_a_clerk_records_who_came_to_the_counter(listing: Listing) -> None:
    line = listing.line(listing.published())
    row = workflow.record(
        actor=listing.receiver, notice=line.notice.number, line=line.position, reason=REASON
    )
    assert (row.channel, row.line, row.state) == ("desk", line, ObjectionState.LODGED)
    with pytest.raises(NotAllowed):
        workflow.record(actor=listing.path.clerk, notice=line.notice.number, reason=REASON)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"reason": "有车"}, "reason"),
        ({"reason": ""}, "reason"),
        ({"name": "叶听澜"}, "phone"),
        ({"phone": "13900000001"}, "name"),
        ({"name": "叶听澜", "phone": "12345"}, "phone"),
    ],
)
def test_bad_words_are_refused_beside_their_field(listing: Listing, said: dict[str, str], wrong: str) -> None:
    line = listing.line(listing.published())
    with pytest.raises(Invalid) as refused:
        listing.object_to(line, **said)
    assert wrong in refused.value.problems
    assert not Objection.objects.exists()


def test_a_line_that_is_not_there_or_off_the_list_takes_no_objection(listing: Listing) -> None:
    file = listing.published()
    line = listing.line(file)
    with pytest.raises(Refused, match="没有第 9 行"):
        workflow.lodge(actor=CLOCK, notice=line.notice, line=9, reason=REASON)
    take_down(file, actor=listing.path.clerk, remark="单位名称有误，更正后重新公示")
    with pytest.raises(Refused, match="已经撤下"):
        listing.object_to(line)


def test_the_trail_and_the_table_hold_nobodys_name(listing: Listing) -> None:
    row = listing.objection(ObjectionState.LODGED, name="叶听澜", phone="13900000001")
    entries = list(audit.history(row))
    assert not [
        entry for entry in entries if "叶听澜" in str(entry.changes) or "13900000001" in str(entry.changes)
    ]
    stored = Objection.objects.filter(pk=row.pk).values_list("name", "phone", "reason").get()
    assert "叶听澜" not in repr(stored) and REASON not in repr(stored)
