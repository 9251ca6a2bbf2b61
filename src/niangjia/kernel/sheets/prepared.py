"""Rows as the dry run read them, kept sealed until they are taken in: the file is not opened a second time.

Only the reading is kept. What else was found out about a row is found out again, since the register may have changed.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel import files
from niangjia.kernel.access import Actor
from niangjia.kernel.files.kinds import LINES
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.sheets.declaration import Column, Kind, Row
from niangjia.kernel.sheets.models import Batch

# JSON has neither days nor exact amounts.
READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.DATE: lru_cache(maxsize=20_000)(date.fromisoformat),
    Kind.AMOUNT: Decimal,
}


class Keeper:
    """Takes the rows of the dry run, some hundred to a line; `stored` seals them."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._content = BytesIO()
        self._names = [column.name for column in batch.declared.columns]

    def add(self, rows: Sequence[Row], of_cells: Sequence[list[tuple[str, str]]]) -> None:
        """`of_cells`: what was wrong with the cells themselves, before anything else was looked at."""
        lines = [
            (row.number, [row.cells.get(name) for name in self._names], problems, row.verdict)
            for row, problems in zip(rows, of_cells, strict=True)
        ]
        text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"), default=str)
        self._content.write(text.encode() + b"\n")

    def stored(self) -> StoredFile:
        batch = self.batch
        return files.keep(
            self._content, LINES, actor=Actor.of(batch.uploaded_by), unit=batch.unit, name=_("核对过的行")
        )


def kept_rows(batch: Batch) -> Iterator[list[Row]]:
    """In lists as they were added, without the cells as they stood in the file."""
    assert batch.prepared is not None
    columns = batch.declared.columns
    reading = [
        (place, READERS[column.kind]) for place, column in enumerate(columns) if column.kind in READERS
    ]
    for line in _lines(files.open_stream(batch.prepared)):
        yield [_row(columns, reading, *kept) for kept in json.loads(line)]


def _row(
    columns: Sequence[Column],
    reading: Sequence[tuple[int, Callable[[str], Any]]],
    number: int,
    cells: list[Any],
    problems: list[list[str]],
    verdict: str | None,
) -> Row:
    for place, read in reading:
        if cells[place] is not None:
            cells[place] = read(cells[place])
    row = Row(number, [], {column.name: cell for column, cell in zip(columns, cells, strict=True)})
    row.expected = verdict
    for name, sentence in problems:
        row.wrong(name, sentence)
    return row


def _lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    for block in blocks:
        *whole, rest = block.split(b"\n")
        for line in whole:
            yield b"".join([*waiting, line])
            waiting = []
        waiting.append(rest)
