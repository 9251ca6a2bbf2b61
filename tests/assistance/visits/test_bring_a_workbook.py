"""The visits that wait as a workbook: out with locked columns, filled in, taken in; again it changes nothing."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile, HomeVisit
from niangjia.assistance.visits.kinds import Way
from niangjia.assistance.visits.workbook import HOME_VISITS, export
from niangjia.assistance.workflow import return_to_review, review, withdraw
from niangjia.kernel import audit, files
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.kernel.sheets import actions, sheet_named
from niangjia.kernel.sheets.models import Batch
from tests.families import DAY, REVIEW, Path, a_worker
from tests.membership.rosters import worked

pytestmark = pytest.mark.django_db

GOOD = [
    DAY.isoformat(),
    "叶听澜",
    3,
    35500,
    "租住房屋",
    "机动车、经营实体",
    "房屋租住，与邻居反映一致，收入属实。",
    "情况属实",
]


@pytest.fixture
def second(path: Path, file: HardshipFile) -> HardshipFile:
    path.worker = a_worker(path.unit)
    return path.to(State.REVIEWED)


def exported(actor: Actor) -> Any:
    return openpyxl.load_workbook(io.BytesIO(export(actor=actor).read()))


def filled(actor: Actor, *lines: list[Any]) -> SimpleUploadedFile:
    book = exported(actor)
    page = book.worksheets[0]
    for height, line in enumerate(lines, 2):
        for place, value in enumerate(line, 8):
            page.cell(height, place, value)
    return saved(book)


def saved(book: Any) -> SimpleUploadedFile:
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("入户核查.xlsx", content.getvalue())


def checked(path: Path, upload: Any) -> Batch:
    return worked(actions.upload(HOME_VISITS, upload=upload, unit=path.unit, actor=path.visitor))


def taken_in(path: Path, upload: Any) -> Batch:
    return worked(actions.accept(checked(path, upload), actor=path.visitor))


def test_what_waits_goes_out_with_what_finds_it_again_locked(path: Path, file: HardshipFile) -> None:
    page = exported(path.visitor).worksheets[0]
    known = [file.number, str(file.version), file.person.name]
    assert [page.cell(2, place).value for place in (1, 2, 3)] == known
    assert page.protection.sheet
    assert page.cell(2, 1).protection.locked and not page.cell(2, 8).protection.locked
    assert [one.action for one in audit.happenings(file)][-1] == "take_along"


def test_filled_in_it_is_checked_and_taken_in(path: Path, file: HardshipFile, second: HardshipFile) -> None:
    upload = filled(path.visitor, GOOD)
    batch = checked(path, upload)
    assert batch.found == {"new": 1, "same": 1}
    assert not HomeVisit.objects.exists()
    done = worked(actions.accept(batch, actor=path.visitor))
    assert done.done == {"new": 1, "same": 1}
    visit = HomeVisit.objects.get()
    assert (visit.came_by, visit.housing, visit.conclusion) == (Way.WORKBOOK, "rented", "true")
    assert visit.has_vehicle and visit.has_business and not visit.has_spare_home
    assert {one.state for one in HardshipFile.objects.all()} == {State.VISITED, State.REVIEWED}


def test_the_same_workbook_again_changes_nothing(path: Path, file: HardshipFile) -> None:
    upload = filled(path.visitor, GOOD)
    content = upload.read()
    taken_in(path, SimpleUploadedFile("a.xlsx", content))
    again = checked(path, SimpleUploadedFile("a.xlsx", content))
    assert again.found == {"same": 1}
    worked(actions.accept(again, actor=path.visitor))
    assert HomeVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (0, "2026-03-03", "不能晚于今天"),
        (1, None, "必填"),
        (4, None, "必填"),
        (5, "游艇", "不在主要财产的选项里"),
        (5, "均无、机动车", "矛盾"),
        (6, "好", "至少 10 个字"),
    ],
)
def test_a_wrong_cell_comes_back_marked(
    path: Path, file: HardshipFile, place: int, value: Any, sentence: str
) -> None:
    line = [*GOOD]
    line[place] = value
    batch = checked(path, filled(path.visitor, line))
    assert batch.found == {"wrong": 1}
    assert batch.marked is not None
    marked = openpyxl.load_workbook(io.BytesIO(b"".join(files.open_stream(batch.marked)))).worksheets[0]
    assert sentence in str(marked.cell(2, 16).value) or sentence == "必填"
    assert marked.cell(2, 8 + place).comment is not None
    assert not HomeVisit.objects.exists()


def test_a_file_that_moved_on_is_not_recorded(path: Path, file: HardshipFile) -> None:
    upload = filled(path.visitor, GOOD)
    withdraw(file, actor=path.worker)
    batch = checked(path, upload)
    assert batch.found == {"wrong": 1} and "已撤回" in batch.problems


def test_a_file_that_changed_is_exported_again_first(path: Path, file: HardshipFile) -> None:
    upload = filled(path.visitor, GOOD)
    return_to_review(file, actor=path.visitor, remark="初审漏了收入证明")
    file.refresh_from_db()
    review(file, actor=path.reviewer, **{**REVIEW, "category": "deep"})
    batch = checked(path, upload)
    assert batch.found == {"wrong": 1} and "重新导出" in batch.problems


def test_a_file_is_named_once(path: Path, file: HardshipFile) -> None:
    book = exported(path.visitor)
    page = book.worksheets[0]
    for height in (2, 3):
        for place in range(1, 8):
            page.cell(height, place, page.cell(2, place).value)
        for place, value in enumerate(GOOD, 8):
            page.cell(height, place, value)
    batch = checked(path, saved(book))
    assert batch.found == {"new": 1, "twice": 1}


def test_what_was_recorded_is_not_undone_in_bulk(path: Path, file: HardshipFile) -> None:
    batch = taken_in(path, filled(path.visitor, GOOD))
    undone = worked(actions.undo(batch, actor=path.visitor))
    assert undone.kept_count == 1 and HomeVisit.objects.count() == 1


def test_the_wrong_duty_neither_takes_nor_brings(path: Path, file: HardshipFile) -> None:
    with pytest.raises(NotAllowed):
        export(actor=path.reviewer)
    with pytest.raises(Missing):
        sheet_named("home-visits", path.reviewer)
    with pytest.raises(NotAllowed):
        actions.upload(HOME_VISITS, upload=filled(path.visitor, GOOD), unit=path.unit, actor=path.clerk)
