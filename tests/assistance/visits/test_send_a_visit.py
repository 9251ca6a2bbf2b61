"""A visit that comes from a phone: part by part, recorded once, and what happens when two visits meet."""

import uuid
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from niangjia.assistance.access import VISITOR
from niangjia.assistance.kinds import PaperKind, State
from niangjia.assistance.models import DraftPart, HardshipFile, HomeVisit, VisitDraft
from niangjia.assistance.visits import actions, queries
from niangjia.assistance.visits.kinds import Choice, Outcome, Way
from niangjia.assistance.workflow import record_check, record_visit, return_to_visit, withdraw
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.jobs import run_until_idle
from tests.assistance.visits.conftest import ANSWERS, PHOTO, picture, receive, send
from tests.cast import Tree, a_post, a_user, who
from tests.families import CHECK, DAY, Path

pytestmark = pytest.mark.django_db


def told(file: HardshipFile, action: str) -> list[str]:
    return [one.remark for one in audit.happenings(file) if one.action == action]


def another_visitor(path: Path) -> Actor:
    user = a_user("叶听澜")
    a_post(VISITOR, path.unit, user)
    return Actor.of(user)


def recorded_by_another(path: Path, file: HardshipFile) -> HardshipFile:
    """Somebody else was there first; what the phone knows of the file is older."""
    known = HardshipFile.objects.get(pk=file.pk)
    record_visit(file, actor=another_visitor(path), **{**ANSWERS, "household_size": 4})
    return known


# Taken along


def test_what_waits_is_taken_along_and_leaves_a_trace(path: Path, file: HardshipFile) -> None:
    assert [one.pk for one in actions.take_along(actor=path.visitor)] == [file.pk]
    assert told(file, "take_along") == [""]


def test_nobody_takes_along_what_is_not_on_the_desk(path: Path, file: HardshipFile, tree: Tree) -> None:
    with pytest.raises(NotAllowed, match="入户核查员"):
        actions.take_along(actor=path.reviewer)
    assert actions.take_along(actor=who(VISITOR, tree.spring)) == []


def test_who_reviewed_a_file_does_not_take_it_along(path: Path, file: HardshipFile) -> None:
    a_post(VISITOR, path.unit, path.reviewer.account)
    assert actions.take_along(actor=Actor.of(path.reviewer.account)) == []


# Once and only once


def test_a_visit_with_its_parts_is_recorded(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    receive(key, file, path.visitor, expected=2)
    receive(key, file, path.visitor, "visited", expected=2, upload=picture("black", "PNG"))
    assert send(key, file, path.visitor, PHOTO, "visited").draft.outcome == Outcome.RECORDED
    file.refresh_from_db()
    visit = file.visits.get()
    assert (file.state, visit.came_by, visit.client_key) == (State.VISITED, Way.PHONE, key)
    assert {paper.kind for paper in visit.papers.all()} == {PaperKind.VISIT, PaperKind.SIGNATURE}
    assert not DraftPart.objects.exists()


def test_sent_again_it_is_the_same_visit(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    receive(key, file, path.visitor)
    for _ in range(3):
        sent = send(key, file, path.visitor, PHOTO)
        assert (sent.draft.outcome, sent.is_same) == (Outcome.RECORDED, True)
        receive(key, file, path.visitor)
    assert file.visits.count() == 1
    assert file.attachments.count() == 1


def test_what_was_changed_after_it_was_recorded_is_not_said_to_be_there(
    path: Path, file: HardshipFile, key: uuid.UUID
) -> None:
    send(key, file, path.visitor)
    assert not send(key, file, path.visitor, household_size=5).is_same
    assert file.visits.get().household_size == ANSWERS["household_size"]


def test_the_same_photo_again_is_one_photo_and_a_better_one_takes_its_place(
    path: Path, file: HardshipFile, key: uuid.UUID
) -> None:
    first = receive(key, file, path.visitor).parts.get().stored_id
    assert receive(key, file, path.visitor).parts.get().stored_id == first
    assert receive(key, file, path.visitor, upload=picture("blue")).parts.get().stored_id != first


def test_before_all_parts_came_nothing_is_recorded(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    receive(key, file, path.visitor, expected=2)
    with pytest.raises(Refused, match="还有 1 件"):
        send(key, file, path.visitor, PHOTO, "visited")
    file.refresh_from_db()
    assert (file.state, file.visits.count()) == (State.REVIEWED, 0)
    [half] = queries.half_sent(file)
    assert (half.come, half.expected) == (1, 2)


def test_a_photo_taken_back_does_not_join_the_papers(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    receive(key, file, path.visitor)
    send(key, file, path.visitor)
    assert file.visits.count() == 1
    assert not file.attachments.exists()


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_record_one_visit(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    start, outcomes = Barrier(2), []

    def run() -> None:
        with clock.at(DAY):
            start.wait()
            outcomes.append(send(key, file, path.visitor).draft.outcome)
        connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Outcome.RECORDED, Outcome.RECORDED]
    assert HomeVisit.objects.count() == 1


def test_half_sent_visits_are_let_go_of_in_time(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    receive(key, file, path.visitor)
    actions.forget.enqueue()
    run_until_idle()
    assert VisitDraft.objects.exists()
    with clock.at(DAY + timedelta(days=31)):
        actions.forget.enqueue()
        run_until_idle()
    assert not VisitDraft.objects.exists()


# Refused


@pytest.mark.parametrize(
    ("bad", "where"),
    [
        ({"visited_on": (DAY + timedelta(days=1)).isoformat()}, "visited_on"),
        ({"visited_on": (DAY - timedelta(days=1)).isoformat()}, "visited_on"),
        ({"findings": "短"}, "findings"),
        ({"has_none": False}, "has_none"),
        ({"has_vehicle": True}, "has_none"),
        ({"housing": "castle"}, "housing"),
    ],
)
def test_what_does_not_hold_is_refused_and_the_parts_stay(
    path: Path, file: HardshipFile, key: uuid.UUID, bad: dict[str, Any], where: str
) -> None:
    receive(key, file, path.visitor)
    with pytest.raises(Invalid) as refused:
        send(key, file, path.visitor, PHOTO, **bad)
    assert where in refused.value.problems
    assert DraftPart.objects.count() == 1
    assert send(key, file, path.visitor, PHOTO).draft.outcome == Outcome.RECORDED


@pytest.mark.parametrize("slot", ["../etc", "photo-", "photo-ABC DEF", "seal"])
def test_a_part_must_bear_a_known_name(path: Path, file: HardshipFile, key: uuid.UUID, slot: str) -> None:
    with pytest.raises(Invalid):
        receive(key, file, path.visitor, slot)


def test_too_many_parts_are_refused(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    with pytest.raises(Invalid, match="最多"):
        receive(key, file, path.visitor, expected=actions.MOST_PARTS + 1)


def test_the_wrong_duty_sends_nothing(path: Path, file: HardshipFile, key: uuid.UUID, tree: Tree) -> None:
    for actor in (path.reviewer, path.clerk, path.worker, who(VISITOR, tree.spring)):
        with pytest.raises(NotAllowed):
            receive(key, file, actor)
        with pytest.raises(NotAllowed):
            send(key, file, actor)
    assert not VisitDraft.objects.exists()


def test_who_reviewed_does_not_visit(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    a_post(VISITOR, path.unit, path.reviewer.account)
    with pytest.raises(NotAllowed, match="另一人"):
        send(key, file, Actor.of(path.reviewer.account))
    file.refresh_from_db()
    assert file.state == State.REVIEWED


def test_anothers_key_opens_nothing(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    receive(key, file, path.visitor)
    other = another_visitor(path)
    assert queries.draft_of(other, key) is None
    with pytest.raises(Missing):
        receive(key, file, other)
    with pytest.raises(Missing):
        send(key, file, other)


def test_one_key_serves_one_file(path: Path, file: HardshipFile, key: uuid.UUID, tree: Tree) -> None:
    receive(key, file, path.visitor)
    second = Path(tree)
    other = second.to(State.REVIEWED)
    with pytest.raises(Missing):
        send(key, other, path.visitor)


def test_a_file_withdrawn_meanwhile_is_told_and_nothing_is_recorded(
    path: Path, file: HardshipFile, key: uuid.UUID
) -> None:
    known = HardshipFile.objects.get(pk=file.pk)
    withdraw(file, actor=path.worker)
    with pytest.raises(WrongState, match="已撤回"):
        send(key, known, path.visitor)
    assert not HomeVisit.objects.exists()


# Conflicts


def test_a_file_that_changed_is_shown_before_the_visit_is_recorded(
    path: Path, file: HardshipFile, key: uuid.UUID
) -> None:
    known = HardshipFile.objects.get(pk=file.pk)
    file = path.step(record_visit, file, another_visitor(path), **ANSWERS)
    file = path.step(return_to_visit, file, path.clerk, remark="请再核实收入来源")
    met = send(key, known, path.visitor)
    assert isinstance(met, actions.Conflict)
    assert (met.may, met.file.version) == ((Choice.STILL,), file.version)
    sent = send(key, known, path.visitor, version=file.version, choice="still")
    assert sent.draft.outcome == Outcome.RECORDED
    assert "看过档案的变动" in told(file, "record_visit")[-1]


def test_two_visits_meet_and_both_are_kept(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    known = recorded_by_another(path, file)
    receive(key, known, path.visitor)
    met = send(key, known, path.visitor, PHOTO)
    assert isinstance(met, actions.Conflict) and met.theirs is not None
    assert (met.theirs.household_size, met.may) == (4, actions.BESIDE)
    assert HomeVisit.objects.count() == 1
    sent = send(key, known, path.visitor, PHOTO, version=met.file.version, choice="mine")
    assert sent.draft.outcome == Outcome.ADDED
    assert [visit.household_size for visit in file.visits.order_by("pk")] == [4, 3]
    assert told(file, "add_visit") == ["两份都留，我的作为补充。"]
    assert file.attachments.get().visit == sent.draft.visit


def test_a_combined_visit_is_a_third_word_beside_the_first(
    path: Path, file: HardshipFile, key: uuid.UUID
) -> None:
    known = recorded_by_another(path, file)
    met = send(key, known, path.visitor)
    again = {"version": met.file.version, "choice": "combined", "household_size": 4}
    assert send(key, known, path.visitor, **again).draft.outcome == Outcome.COMBINED
    assert "逐项选定" in told(file, "add_visit")[0]


def test_taking_theirs_drops_the_own_one_with_a_trace(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    known = recorded_by_another(path, file)
    receive(key, known, path.visitor)
    assert send(key, known, path.visitor, PHOTO, choice="theirs").draft.outcome == Outcome.DROPPED
    assert (file.visits.count(), DraftPart.objects.count()) == (1, 0)
    assert told(file, "drop_visit") == ["采用对方的，放弃我的。"]


def test_nobody_is_overtaken_while_choosing(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    known = recorded_by_another(path, file)
    met = send(key, known, path.visitor)
    seen = met.file.version
    second = uuid.uuid4()
    other = another_visitor(path)
    send(second, known, other, version=seen, choice="mine", household_size=2)
    again = send(key, known, path.visitor, version=seen, choice="mine")
    assert isinstance(again, actions.Conflict) and again.theirs is not None
    assert again.theirs.household_size == 2


def test_once_the_family_is_checked_only_theirs_can_be_taken(
    path: Path, file: HardshipFile, key: uuid.UUID
) -> None:
    known = recorded_by_another(path, file)
    file.refresh_from_db()
    record_check(file, actor=path.clerk, **CHECK, checked_on=DAY.isoformat())
    met = send(key, known, path.visitor)
    assert isinstance(met, actions.Conflict) and met.may == (Choice.THEIRS,)
    again = send(key, known, path.visitor, version=met.file.version, choice="mine")
    assert isinstance(again, actions.Conflict)
    assert send(key, known, path.visitor, choice="theirs").draft.outcome == Outcome.DROPPED


def test_theirs_cannot_be_taken_where_there_is_none(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    with pytest.raises(Refused, match="没有别人的核查"):
        send(key, file, path.visitor, choice="theirs")


def test_the_reviewer_of_a_file_cannot_add_a_visit(path: Path, file: HardshipFile, key: uuid.UUID) -> None:
    known = recorded_by_another(path, file)
    a_post(VISITOR, path.unit, path.reviewer.account)
    reviewer = Actor.of(path.reviewer.account)
    met = send(key, known, reviewer)
    with pytest.raises(NotAllowed):
        send(key, known, reviewer, version=met.file.version, choice="mine")
