"""The workbooks of a declared sheet: the template, and the marked one that comes back.

Text stays text: nothing typed into a register is ever written as a formula, a link or a number.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import zip_longest
from math import isfinite
from types import TracebackType
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from niangjia.kernel.files import vault
from niangjia.kernel.sheets.declaration import SOURCE_LANGUAGE, Column, Kind, Row, Sheet
from niangjia.kernel.sheets.reading import MOST_ROWS, REMARKS_TITLE

# Excel becomes slow with more comments than this; the last column says everything anyway.
MOST_COMMENTS = 5_000
LONGEST_LIST = 250
WIDTHS = {Kind.ID: 22, Kind.PHONE: 15, Kind.DATE: 13, Kind.AMOUNT: 13, Kind.NUMBER: 10, Kind.TEXT: 14}
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}


class Writer:
    """A workbook with one sheet of rows under titles, written row by row in little memory.

    Half-written parts lie with the drafts of the vault, which nobody else reads and housekeeping empties.
    """

    def __init__(
        self,
        sheet: Sheet,
        titles: Sequence[str],
        columns: Sequence[Column | None],
        *,
        tells_problems: bool = True,
    ) -> None:
        self.target = BytesIO()
        self.sheet = sheet
        self.columns = columns
        self.titles = titles
        self.book: Workbook = xlsxwriter.Workbook(self.target, {**OPTIONS, "tmpdir": str(vault.drafts())})
        self.page: Worksheet = self.book.add_worksheet(_page_name(sheet))
        self.height = 1
        self._comments = 0
        self._tells_problems = tells_problems

    def __enter__(self) -> "Writer":
        self.formats = Formats(self.book)
        _lay_out(self.page, self.titles, self.columns, self.formats)
        if self._tells_problems:
            self.page.set_column(len(self.titles), len(self.titles), 60)
            self.page.write_string(0, len(self.titles), REMARKS_TITLE, self.formats.title)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            _list_choices(self.book, self.page, self.columns)
        self.book.close()
        self.target.seek(0)

    def add(self, row: Row) -> None:
        """The row as it was read; what is wrong is coloured, commented, and told again in the last column."""
        wrong: dict[str | None, str] = {}
        for name, sentence in row.problems:
            wrong.setdefault(name, sentence)
        for place, value in enumerate(row.raw[: len(self.titles)]):
            column = self.columns[place] if place < len(self.columns) else None
            problem = wrong.get(column.name if column else None)
            style = self.formats.wrong if problem else self.formats.of(column)
            _write(self.page, self.height, place, value, style)
            if problem is not None and self._comments < MOST_COMMENTS:
                self._comments += 1
                self.page.write_comment(self.height, place, problem, {"x_scale": 2, "author": ""})
        if row.problems:
            told = _("；").join(dict.fromkeys(said for _name, said in row.problems))
            self.page.write_string(self.height, len(self.titles), told, self.formats.told)
        self.height += 1


class Formats:
    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format(
            {"bold": True, "bg_color": "#F1F3F5", "border": 1, "border_color": "#C9CCD1"}
        )
        self.required: Format = book.add_format(
            {
                "bold": True,
                "bg_color": "#FBEAEA",
                "font_color": "#A3121A",
                "border": 1,
                "border_color": "#C9CCD1",
            }
        )
        self.text: Format = book.add_format({"num_format": "@", "locked": False})
        self.number: Format = book.add_format({"locked": False})
        self.amount: Format = book.add_format({"num_format": "0.00", "locked": False})
        self.fixed: Format = book.add_format({"num_format": "@", "bg_color": "#F1F3F5"})
        self.wrong: Format = book.add_format(
            {"num_format": "@", "bg_color": "#FFD9D9", "font_color": "#A3121A", "locked": False}
        )
        self.told: Format = book.add_format({"font_color": "#A3121A"})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, column: Column | None) -> Format | None:
        if column is None:
            return None
        if column.is_fixed:
            return self.fixed
        if column.kind == Kind.NUMBER:
            return self.number
        return self.amount if column.kind == Kind.AMOUNT else self.text


def template(sheet: Sheet) -> IO[bytes]:
    """The empty workbook: titles, drop-downs, text columns; behind it a sheet of notes with examples."""
    titles = titles_of(sheet.columns)
    with override(SOURCE_LANGUAGE), Writer(sheet, titles, sheet.columns, tells_problems=False) as writer:
        _write_notes(writer.book.add_worksheet("填表说明"), sheet, writer.formats)
    return writer.target


def prefilled(sheet: Sheet, rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """The template with rows in it, in the order of the columns; what finds them again is locked."""
    titles = titles_of(sheet.columns)
    with override(SOURCE_LANGUAGE), Writer(sheet, titles, sheet.columns, tells_problems=False) as writer:
        for number, row in enumerate(rows, 2):
            writer.add(Row(number, list(row), {}))
        _write_notes(writer.book.add_worksheet("填表说明"), sheet, writer.formats)
    return writer.target


def titles_of(columns: Sequence[Column]) -> list[str]:
    return [column.titles[0] + ("*" if column.is_required else "") for column in columns]


def _lay_out(
    page: Worksheet, titles: Sequence[str], columns: Sequence[Column | None], formats: Formats
) -> None:
    page.freeze_panes(1, 0)
    if any(column and column.is_fixed for column in columns):
        page.protect("", {"format_columns": True, "format_rows": True, "sort": True})
    for place, column in enumerate(columns):
        page.set_column(place, place, WIDTHS[column.kind] if column else 14, formats.of(column))
    for place, (title, column) in enumerate(zip(titles, columns, strict=True)):
        page.write_string(
            0, place, title, formats.required if column and column.is_required else formats.title
        )
        if column and column.note:
            page.write_comment(0, place, str(column.note), {"x_scale": 2, "author": ""})


def _list_choices(book: Workbook, page: Worksheet, columns: Sequence[Column | None]) -> None:
    """Drop-downs. A list too long for a cell's rule stands on a hidden sheet."""
    long = [column for column in columns if column and len(",".join(column.words)) > LONGEST_LIST]
    if long:
        hidden = book.add_worksheet("选项")
        hidden.hide()
        for height, words in enumerate(zip_longest(*(column.words for column in long))):
            for place, word in enumerate(words):
                if word:
                    hidden.write_string(height, place, word)
    for place, column in enumerate(columns):
        if column is None or not column.words:
            continue
        source: Any = list(column.words)
        if column in long:
            letter = xlsxwriter.utility.xl_col_to_name(long.index(column))
            source = f"=选项!${letter}$1:${letter}${len(column.words)}"
        rule = {"validate": "list", "source": source, "error_title": "请从下拉中选择", "ignore_blank": True}
        page.data_validation(1, place, MOST_ROWS, place, rule)


def _write_notes(page: Worksheet, sheet: Sheet, formats: Formats) -> None:
    for place, (title, width) in enumerate((("列名", 18), ("必填", 8), ("填写要求", 60), ("示例", 26))):
        page.set_column(place, place, width)
        page.write_string(0, place, title, formats.title)
    height = 1
    for column in sheet.columns:
        asked = [str(column.note)] if column.note else []
        if column.words:
            asked.append("只能填：" + "、".join(column.words) + "。")
        if column.kind in (Kind.ID, Kind.PHONE):
            asked.append("本列须为文本格式，模板已设好。")
        if column.kind == Kind.DATE:
            asked.append("写成 2026-03-01 的样子。")
        cells = (column.titles[0], "必填" if column.is_required else "选填", "".join(asked), column.example)
        for place, text in enumerate(cells):
            page.write_string(height, place, text, formats.wrapped)
        height += 1
    for note in sheet.notes:
        height += 1
        page.write_string(height, 0, str(note))


def _write(page: Worksheet, height: int, place: int, value: Any, style: Format | None) -> None:
    if value is None or value == "":
        if style is not None:
            page.write_blank(height, place, None, style)
    elif isinstance(value, int | float) and isfinite(value):
        page.write_number(height, place, value, style)
    else:
        page.write_string(height, place, str(value), style)


def _page_name(sheet: Sheet) -> str:
    with override(SOURCE_LANGUAGE):
        return str(sheet.label)[:31]
