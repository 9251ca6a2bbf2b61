"""A sheet that only the tests of the kernel have, with every kind of column; nothing is written for its rows."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from niangjia.kernel.access import CLOCK, Duty
from niangjia.kernel.files import store
from niangjia.kernel.files.kinds import CSV, XLS, XLSX
from niangjia.kernel.sheets import Column, Effect, Kind, Row, Sheet
from niangjia.kernel.sheets.declaration import SHEETS
from niangjia.kernel.sheets.reading import opened

LIST_KEEPER = Duty("list_keeper_in_tests", "名单员", frozenset({"organisation"}))


class Lists:
    """Implements `niangjia.kernel.sheets.Importer` for whoever only reads."""

    def __init__(self, **_given: Any) -> None: ...

    def prepare(self, rows: Sequence[Row]) -> None: ...

    def compare(self, rows: Sequence[Row]) -> None: ...

    def make_ready(self, rows: Sequence[Row]) -> None: ...

    def write(self, rows: Sequence[Row]) -> list[Effect]:
        return []

    def undo(self, effects: Sequence[Effect]) -> list[tuple[int, str]]:
        return []


LIST = Sheet(
    name="list-in-tests",
    label="名单",
    duty=LIST_KEEPER,
    columns=(
        Column("name", "姓名", is_required=True, note="与证件一致。", example="苏晓禾", longest=20),
        Column("id_number", "证件号码", Kind.ID, is_required=True, aliases=("身份证号",)),
        Column("phone", "手机号", Kind.PHONE),
        Column("sex", "性别", choices=("男", "女")),
        Column("long", "选一个", choices=tuple(f"第{number}种说法" for number in range(80))),
        Column("on", "日期", Kind.DATE),
        Column("amount", "金额", Kind.AMOUNT),
        Column("count", "人数", Kind.NUMBER),
    ),
    importer=Lists,
)
# Pages list every sheet there is.
del SHEETS[LIST.name]


def book(lines: Sequence[Sequence[Any]], **options: Any) -> io.BytesIO:
    """A workbook as an office program writes it."""
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content, {"strings_to_formulas": False, **options})
    page = made.add_worksheet("名单")
    for height, line in enumerate(lines):
        for place, value in enumerate(line):
            page.write(height, place, value)
    made.close()
    content.seek(0)
    return content


def patched(
    content: io.BytesIO, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml"
) -> io.BytesIO:
    """The same package with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == part:
                assert old in body
                body = body.replace(old, new)
            target.writestr(entry, body)
    made.seek(0)
    return made


def rows_of(content: io.BytesIO, unit: Any, sheet: Sheet = LIST) -> list[Row]:
    stored = store(content, actor=CLOCK, unit=unit, name="名单", allowed={XLSX, XLS, CSV}, limit=1 << 30)
    with opened(sheet, stored) as found:
        return [row for rows in found.rows for row in rows]
