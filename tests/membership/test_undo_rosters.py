"""A whole upload is taken back: voided, never deleted, and what others have built on stays and is named."""

import gc
import io
import json
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from niangjia.kernel import audit, clock, files
from niangjia.kernel.access import Actor
from niangjia.kernel.audit.verify import verify
from niangjia.kernel.errors import Refused, WrongState
from niangjia.kernel.files import StoredFile
from niangjia.kernel.sheets import Effect, actions, working
from niangjia.kernel.sheets.models import Batch, BatchChunk
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.actions import correct
from niangjia.membership.kinds import LeavingReason
from niangjia.membership.models import Member, Person
from niangjia.membership.roster.importer import Roster
from niangjia.membership.workflow.stays import retain
from tests.cast import Tree, who
from tests.families import DAY
from tests.membership.rosters import TITLES, a_line, taken_in, workbook, worked


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(MEMBERSHIP_CLERK, tree.east)


def undone(batch: Batch, clerk: Actor) -> Batch:
    return worked(actions.undo(batch, actor=clerk))


def kept(batch: Batch) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(batch.kept or "[]")
    return found


def test_new_members_are_voided_and_stay_on_record(tree: Tree, clerk: Actor, own_anchors: None) -> None:
    lines = [a_line(number, unit=tree.mill.name) for number in range(60)]
    batch = undone(taken_in(workbook(lines), unit=tree.east, actor=clerk), clerk)
    assert (batch.state, kept(batch)) == ("undone", [])
    assert (Person.objects.count(), Member.objects.count()) == (60, 60)
    assert set(Member.objects.values_list("state", "reason", "left_on")) == {
        ("left", LeavingReason.VOIDED, DAY)
    }
    tree.mill.refresh_from_db()
    assert tree.mill.member_count == 0
    member = Member.objects.first()
    assert member is not None
    assert [entry.action for entry in audit.history(member)] == ["admit", "end"]
    assert batch.number in audit.history(member).last().remark.text  # type: ignore[union-attr]
    assert verify().is_sound


def test_the_same_file_comes_in_again_after_it_was_undone(tree: Tree, clerk: Actor) -> None:
    upload = workbook([a_line(number, unit=tree.mill.name) for number in range(5)])
    undone(taken_in(upload, unit=tree.east, actor=clerk), clerk)
    upload.seek(0)
    batch = taken_in(upload, unit=tree.east, actor=clerk)
    assert (batch.done, batch.same_as) == ({"new": 5}, None)
    assert (Person.objects.count(), Member.objects.filter(left_on=None).count()) == (5, 5)


def test_corrections_are_set_back(tree: Tree, clerk: Actor) -> None:
    taken_in(workbook([a_line(1, unit=tree.mill.name)]), unit=tree.east, actor=clerk)
    line = a_line(1, unit=tree.mill.name, phone="15412345678", ethnicity="回族")
    batch = undone(taken_in(workbook([line]), unit=tree.east, actor=clerk), clerk)
    person = Person.objects.get()
    assert (person.phone, person.ethnicity, batch.kept_count) == ("15400000001", "01", 0)
    assert Member.objects.get().state == "active"


def test_what_was_built_on_stays_and_is_named(tree: Tree, clerk: Actor) -> None:
    lines = [a_line(number, unit=tree.mill.name) for number in range(4)]
    batch = taken_in(workbook(lines), unit=tree.east, actor=clerk)
    retained = Member.objects.get(person=Person.objects.order_by("pk")[1])
    retain(retained, actor=clerk, reason="retired")
    a_file_for(Person.objects.order_by("pk")[2], tree)
    batch = undone(batch, clerk)
    assert dict(kept(batch)).keys() == {3, 4}
    assert "困难职工档案" in dict(kept(batch))[4]
    assert sorted(Member.objects.values_list("state", flat=True)) == ["active", "left", "left", "retained"]


def test_of_many_rows_that_stay_the_first_are_told_and_all_come_back_as_a_workbook(
    tree: Tree, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "MOST_SHOWN", 2)
    lines = [a_line(number, unit=tree.mill.name) for number in range(4)]
    batch = taken_in(workbook([*lines, a_line(9, "1")]), unit=tree.east, actor=clerk)
    left_out = batch.rest_id
    for person in Person.objects.order_by("pk")[:3]:
        retain(Member.objects.get(person=person), actor=clerk, reason="retired")
    batch = undone(batch, clerk)
    assert (batch.kept_count, [row for row, _why in kept(batch)]) == (3, [2, 3])
    assert batch.rest is not None and not StoredFile.objects.filter(pk=left_out).exists()
    content = io.BytesIO(b"".join(files.open_stream(batch.rest)))
    _titles, *rows = openpyxl.load_workbook(content).active.values  # type: ignore[union-attr]
    assert len(rows) == 3
    assert all("没有撤销" in str(row[len(TITLES)]) for row in rows)
    assert {row[1] for row in rows} == {line[1] for line in lines[:3]}


def test_pieces_become_smaller_until_no_writer_waits_long_and_nobody_waits_for_the_collector(
    tree: Tree, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = taken_in(workbook([a_line(number) for number in range(220)]), unit=tree.mill, actor=clerk)
    pieces: list[tuple[int, bool]] = []

    def slow(_importer: object, effects: Sequence[Effect]) -> list[tuple[int, str]]:
        pieces.append((len(effects), gc.isenabled()))
        time.sleep(0.004 * len(effects))
        return []

    monkeypatch.setattr(Roster, "undo", slow)
    assert undone(batch, clerk).state == "undone"
    chunks = [len(json.loads(chunk.effects)) for chunk in BatchChunk.objects.order_by("-number")]
    assert sum(size for size, _collects in pieces) == sum(chunks) == 220
    assert pieces[0][0] == min(working.FIRST_CHUNK, chunks[0])
    assert all(size <= working.SMALLEST_CHUNK for size, _collects in pieces[1:])
    assert not any(collects for _size, collects in pieces) and gc.isenabled()


def test_a_correction_made_since_is_not_overwritten(tree: Tree, clerk: Actor) -> None:
    taken_in(workbook([a_line(1, unit=tree.mill.name)]), unit=tree.east, actor=clerk)
    line = a_line(1, unit=tree.mill.name, phone="15412345678")
    batch = taken_in(workbook([line]), unit=tree.east, actor=clerk)
    correct(Person.objects.get(), actor=clerk, name="苏晓禾", phone="15487654321")
    batch = undone(batch, clerk)
    assert Person.objects.get().phone == "15487654321"
    assert "手机号" in kept(batch)[0][1]


def test_it_is_undone_once(tree: Tree, clerk: Actor) -> None:
    batch = taken_in(workbook([a_line(1, unit=tree.mill.name)]), unit=tree.east, actor=clerk)
    actions.undo(batch, actor=clerk)
    with pytest.raises(WrongState, match="撤销中"):
        actions.undo(batch, actor=clerk)
    assert worked(batch).state == "undone"


def test_contents_are_wiped_after_their_time_and_undoing_ends_with_them(tree: Tree, clerk: Actor) -> None:
    batch = taken_in(workbook([a_line(1, unit=tree.mill.name), a_line(2, "1")]), unit=tree.east, actor=clerk)
    with clock.at(DAY + working.KEPT + timedelta(days=1)):
        working.forget.enqueue()
        batch = worked(batch)
        assert (batch.file, batch.marked, batch.rest, batch.problems) == (None, None, None, "")
        assert StoredFile.objects.count() == BatchChunk.objects.count() == 0
        assert batch.done == {"new": 1, "wrong": 1}
        with pytest.raises(Refused, match="已清除"):
            actions.undo(batch, actor=clerk)


def a_file_for(person: Person, tree: Tree) -> None:
    from niangjia.assistance.access import REVIEWER
    from niangjia.assistance.workflow import take_in
    from tests.families import APPLICATION

    take_in(actor=who(REVIEWER, tree.mill), id_number=str(person.id_number), **APPLICATION)
