"""Workbooks out. Text stays text: nothing typed into a register is ever written as a formula, a link or a number."""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import rustpy_xlsxwriter


def write_rows(
    target: BinaryIO,
    titles: Sequence[str],
    rows: Iterable[Sequence[Any]],
    name: str = "Sheet1",
    about: Sequence[tuple[str, str]] = (),
) -> None:
    """A plain workbook of very many rows, fast and in little memory. Days and amounts should come written as text.

    `about` is said on a second sheet: what this is, of when, by which filter.
    """
    pages: list[tuple[str, Iterable[dict[str, Any]]]] = [
        (name[:31], (dict(zip(titles, row, strict=True)) for row in rows))
    ]
    if about:
        pages.append(("说明", ({"项目": what, "内容": said} for what, said in about)))
    rustpy_xlsxwriter.write_worksheets(
        pages,
        target,
        freeze_panes={title: {"row": 1, "col": 0} for title, _rows in pages},
        bold_headers=True,
        column_width={title: 18.0 for title, _rows in pages},
    )
