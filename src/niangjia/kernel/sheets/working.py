"""The three long runs over an upload: look through, take in, undo. Killed at any point, each goes on where it was.

Looking through writes nothing but its result, so it simply begins again. Taking in and undoing work in transactions
short enough for other writers; each writes, with its effects, how far it got.
"""

import gc
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from niangjia.kernel import clock, collector, files
from niangjia.kernel.access import Actor
from niangjia.kernel.figures import refresh
from niangjia.kernel.files import StoredFile
from niangjia.kernel.files.kinds import XLSX
from niangjia.kernel.jobs import Progress, daily, job
from niangjia.kernel.sheets.declaration import Effect, Importer, Row, Verdict
from niangjia.kernel.sheets.models import WORKING, Batch, BatchChunk, State, changed
from niangjia.kernel.sheets.prepared import Keeper, kept_rows
from niangjia.kernel.sheets.reading import REMARKS_TITLE, Opened, Unreadable, opened
from niangjia.kernel.sheets.workbooks import Writer
from niangjia.kernel.users import User

KEPT = timedelta(days=30)
# The page shows no more problems, or rows that could not be undone, than this; the workbook that comes back shows all.
MOST_SHOWN = 500
FIRST_CHUNK, SMALLEST_CHUNK, LARGEST_CHUNK = 100, 50, 2_000
LONGEST_CHUNK_SECONDS = 0.12
# Between two pieces of undoing, which follow at once: SQLite has no queue, whoever waits to write looks now and then.
REST_SECONDS = 0.03

# After so many rows the figures of past months have changed, and nobody should wait for the night.
MANY_ROWS = 1000


@job(label=gettext_lazy("核对上传的表格"), long=True, name="kernel.sheets.check")
def check(progress: Progress, *, batch_id: int, user_id: int) -> None:
    batch, importer = _begun(batch_id, user_id)
    if batch.state != State.READING:
        return
    with override(batch.language), _collector_seldom():
        try:
            found, problems, prepared = _looked_through(progress, batch, importer)
            marked = _marked(progress, batch, problems, _("标出问题")) if problems else None
        except Unreadable as refusal:
            _finish(progress, batch, state=State.REFUSED, error=str(refusal))
            return
        shown = [[number, *problem] for number, row in problems.items() for problem in row]
        _finish(
            progress,
            batch,
            state=State.CHECKED,
            found=dict(found),
            problems=_told(shown[:MOST_SHOWN]),
            problem_count=len(shown),
            prepared=prepared,
            marked=marked,
        )


@job(label=gettext_lazy("导入上传的表格"), long=True, name="kernel.sheets.accept")
def accept(progress: Progress, *, batch_id: int, user_id: int) -> None:
    batch, importer = _begun(batch_id, user_id)
    if batch.state != State.ACCEPTING or batch.prepared is None:
        return
    with override(batch.language), _collector_seldom():
        progress.total, progress.done = batch.total, 0
        for rows in _chunks(progress, batch, importer):
            progress.advance(len(rows))
        problems = _left_out(batch)
        rest = _marked(progress, batch, problems, _("退回的行"), only=True) if problems else None
        _finish(progress, batch, state=State.ACCEPTED, rest=rest)


@job(label=gettext_lazy("撤销导入的表格"), long=True, name="kernel.sheets.undo")
def undo(progress: Progress, *, batch_id: int, user_id: int) -> None:
    """The newest chunk first, each from its end."""
    batch, importer = _begun(batch_id, user_id)
    if batch.state != State.UNDOING:
        return
    with override(batch.language), _collector_seldom():
        pace = _Pace()
        progress.total, progress.done = sum(batch.done.values()), 0
        for chunk in batch.chunks.filter(undone_at=None).order_by("-number"):
            effects = [Effect(*effect) for effect in json.loads(chunk.effects or "[]")]
            # What was wrong with rows that were left out, nobody asks for any more.
            stay = json.loads(chunk.problems or "[]") if chunk.undone else []
            while chunk.undone_at is None:
                left = len(effects) - chunk.undone
                piece = effects[max(0, left - pace.size) : left]
                with pace.measured(len(piece)), progress.commit():
                    stay += importer.undo(piece)
                    chunk.undone += len(piece)
                    chunk.undone_at = clock.now() if chunk.undone == len(effects) else None
                    chunk.problems = _told(stay)
                    chunk.save(update_fields=["undone", "undone_at", "problems"])
                progress.advance(len(piece))
                time.sleep(REST_SECONDS)
        kept = _problems_of_chunks(batch)
        rest = _marked(progress, batch, _by_row(kept), _("没有撤销的行"), only=True) if kept else None
        _finish(
            progress,
            batch,
            state=State.UNDONE,
            kept=_told(kept[:MOST_SHOWN]),
            kept_count=len(kept),
            rest=rest,
        )


@job(label=gettext_lazy("清除过期的上传内容"), every=daily("03:55"), name="kernel.sheets.forget")
def forget(progress: Progress) -> dict[str, int]:
    """Files and earlier values do not outlive the time in which a batch may be undone."""
    old = Batch.objects.filter(wiped_at=None, state_since__lt=clock.now() - KEPT)
    wiped = 0
    for batch in old.order_by("pk").iterator(100):
        with transaction.atomic():
            if batch.state in WORKING:
                changed(batch, state=State.ACCEPTED if batch.done else State.CANCELLED)
            wipe(batch)
        wiped += 1
        progress.advance()
    return {"wiped": wiped}


def wipe(batch: Batch) -> None:
    """In the caller's transaction. The counts stay, and what became of the rows stands in their own trails."""
    _drop(batch, "file", "prepared", "marked", "rest", problems="", kept="", wiped_at=clock.now())
    batch.chunks.all().delete()


def _drop(batch: Batch, *files: str, **fields: Any) -> None:
    """Let go of files; housekeeping takes their content away."""
    stored = [pk for name in files if (pk := getattr(batch, f"{name}_id"))]
    changed(batch, **dict.fromkeys(files), **fields)
    StoredFile.objects.filter(pk__in=stored).delete()


@contextmanager
def _collector_seldom() -> Iterator[None]:
    """Millions of cells come and go without a ring among them; looking for rings would cost a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _begun(batch_id: int, user_id: int) -> tuple[Batch, Importer]:
    related = ("unit", "uploaded_by", "file", "prepared", "job")
    batch = Batch.objects.select_related(*related).get(pk=batch_id)
    actor = Actor.of(User.objects.get(pk=user_id))
    return batch, batch.declared.importer(actor=actor, batch=batch)


Problems = dict[int, list[tuple[str, str]]]


def _looked_through(
    progress: Progress, batch: Batch, importer: Importer
) -> tuple[Counter[str], Problems, StoredFile]:
    assert batch.file is not None
    found: Counter[str] = Counter()
    problems: Problems = {}
    keeper = Keeper(batch)
    with opened(batch.declared, batch.file) as book:
        progress.total, progress.done = book.total, 0
        for rows in book.rows:
            of_cells = [list(row.problems) for row in rows]
            importer.prepare(rows)
            importer.compare([row for row in rows if not row.problems])
            keeper.add(rows, of_cells)
            for row in rows:
                found[row.verdict or Verdict.WRONG] += 1
                if row.problems:
                    problems[row.number] = row.problems
            progress.advance(len(rows))
    if not found:
        raise Unreadable(_("标题行下面没有任何数据。请填写后重新上传。"))
    return found, problems, keeper.stored()


def _marked(
    progress: Progress, batch: Batch, problems: Problems, what: str, *, only: bool = False
) -> StoredFile:
    """The file again as a workbook, with what is wrong said; `only` the rows with something wrong."""
    assert batch.file is not None
    with opened(batch.declared, batch.file) as book, Writer(batch.declared, *_columns(book)) as writer:
        for rows in book.rows:
            for row in rows:
                row.problems = problems.get(row.number, [])
                if row.problems or not only:
                    writer.add(row)
            progress.check()
    return _stored(batch, writer.target, what)


def _left_out(batch: Batch) -> Problems:
    """What was wrong with the rows that were not taken in, by this run and by those before it."""
    return dict(_problems_of_chunks(batch))


def _problems_of_chunks(batch: Batch) -> list[Any]:
    told = batch.chunks.filter(problems__isnull=False).order_by("number")
    return [one for chunk in told for one in json.loads(chunk.problems)]


def _by_row(kept: Sequence[tuple[int, str]]) -> Problems:
    """What is said of rows as wholes, of no column."""
    found: Problems = {}
    for number, why in kept:
        found.setdefault(number, []).append(("", why))
    return found


def _told(rows: Sequence[Any]) -> str:
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _chunks(progress: Progress, batch: Batch, importer: Importer) -> Iterator[list[Row]]:
    """Take rows in, transaction by transaction, leaving out what earlier runs have done."""
    last = batch.chunks.order_by("number").last()
    number, last_row = (last.number, last.last_row) if last else (0, 0)
    pace = _Pace()
    for rows in _regrouped(kept_rows(batch), pace):
        # Prepared even when already taken in: later rows are told what stood here before.
        importer.prepare(rows)
        waiting = [row for row in rows if row.number > last_row]
        if waiting:
            number += 1
            importer.make_ready([row for row in waiting if not row.problems])
            with pace.measured(len(waiting)), progress.commit():
                _take_in(batch, importer, waiting, number)
        yield rows


def _take_in(batch: Batch, importer: Importer, rows: list[Row], number: int) -> None:
    effects = importer.write([row for row in rows if not row.problems])
    done = Counter(batch.done)
    done.update(str(row.verdict or Verdict.WRONG) for row in rows)
    told = [(one.number, one.verdict, one.object_id, one.before) for one in effects]
    left_out = [(row.number, row.problems) for row in rows if row.problems]
    BatchChunk.objects.create(
        batch=batch,
        number=number,
        last_row=rows[-1].number,
        effects=json.dumps(told, ensure_ascii=False),
        problems=_told(left_out),
    )
    changed(batch, done=dict(done))


def _regrouped(read: Iterator[list[Row]], pace: "_Pace") -> Iterator[list[Row]]:
    """Lists of the size that the pace asks for at the moment."""
    waiting: list[Row] = []
    for rows in read:
        waiting += rows
        while len(waiting) >= pace.size:
            chunk, waiting = waiting[: pace.size], waiting[pace.size :]
            yield chunk
    if waiting:
        yield waiting


class _Pace:
    """How many rows one transaction takes, so that no other writer waits long.

    Nor is it left to wait while rings are looked for, which takes a tenth of a second: that is done in between.
    """

    def __init__(self) -> None:
        self.size = FIRST_CHUNK

    @contextmanager
    def measured(self, rows: int) -> Iterator[None]:
        began = time.perf_counter()
        with collector.at_rest():
            yield
            elapsed = max(time.perf_counter() - began, 0.001)
        wanted = int(rows * LONGEST_CHUNK_SECONDS / elapsed)
        self.size = max(SMALLEST_CHUNK, min(LARGEST_CHUNK, wanted, self.size * 2))


def _columns(book: Opened) -> tuple[list[str], list[Any]]:
    """Titles and columns without the remarks that an earlier marked workbook carried."""
    kept = [place for place, title in enumerate(book.titles) if title != REMARKS_TITLE]
    while kept and not book.titles[kept[-1]]:
        kept.pop()
    width = kept[-1] + 1 if kept else 0
    return book.titles[:width], book.columns[:width]


def _stored(batch: Batch, content: IO[bytes] | BytesIO, what: str) -> StoredFile:
    actor = Actor.of(batch.uploaded_by)
    name = f"{batch.declared.label} {batch.number} {what}.xlsx"
    return files.store(content, actor=actor, unit=batch.unit, name=name, allowed={XLSX}, limit=1 << 30)


def _finish(progress: Progress, batch: Batch, **fields: Any) -> None:
    """Once, and only if nobody has given the batch up meanwhile."""
    with progress.commit():
        still = Batch.objects.select_for_update().filter(pk=batch.pk, state=batch.state).exists()
        if still:
            if fields["state"] == State.UNDONE:
                _drop(batch, "rest")
            changed(batch, **fields)
            if fields["state"] == State.ACCEPTED:
                _drop(batch, "prepared")
            if fields["state"] in (State.ACCEPTED, State.UNDONE) and batch.total >= MANY_ROWS:
                refresh.enqueue(key="import", whole=True)
        progress.finish()
