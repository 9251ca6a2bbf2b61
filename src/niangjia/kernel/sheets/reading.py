"""Rows out of an uploaded file. The file itself is only ever opened by `child`, in a process with little to lose."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from niangjia.kernel import files
from niangjia.kernel.errors import Refused
from niangjia.kernel.files import StoredFile
from niangjia.kernel.files.kinds import MOST_ENTRIES, MOST_UNPACKED
from niangjia.kernel.sheets import cells
from niangjia.kernel.sheets.declaration import Column, Kind, Row, Sheet, plain_title

MOST_ROWS = 150_000
MOST_COLUMNS = 100
MOST_BYTES = 50 * 2**20
# Of each column, so many different cells are remembered while a file is read.
MOST_KNOWN = 5_000
_UNKNOWN = object()
MEMORY = 512 * 2**20
SECONDS = 120
CHILD = Path(__file__).with_name("child.py")
# What the marked workbook says beside each row; a workbook that comes back still has it.
REMARKS_TITLE = "问题说明"


class Unreadable(Refused):
    """The file as a whole is not taken: nothing of it was."""

    status = 422


@dataclass(frozen=True)
class Opened:
    """A file whose titles were found. `columns` tells, place by place, which column stands there."""

    titles: list[str]
    columns: list[Column | None]
    total: int | None
    rows: Iterator[list[Row]]


@contextmanager
def opened(sheet: Sheet, stored: StoredFile) -> Iterator[Opened]:
    """Read the file; `rows` gives lists of some hundred. Raises `Unreadable` at any time while reading."""
    with _plain(stored) as content, _child(sheet, content) as child:
        assert child.stdout is not None
        about = _line(child, child.stdout)
        if not isinstance(about, dict) or "titles" not in about:
            raise _refusal({"refused": "damaged"})
        columns = _columns(sheet, about["titles"])
        total = about["total"]
        if total is not None and total > MOST_ROWS:
            # Formatted rows without content count here, so the child decides about the limit.
            total = None
        yield Opened(about["titles"], columns, total, _rows(child, child.stdout, sheet, columns))


def _rows(
    child: "subprocess.Popen[bytes]", lines: IO[bytes], sheet: Sheet, columns: list[Column | None]
) -> Iterator[list[Row]]:
    places = [(place, column, _known(column)) for place, column in enumerate(columns) if column is not None]
    while True:
        batch = _line(child, lines)
        if isinstance(batch, dict):
            if "end" in batch:
                return
            raise _refusal(batch)
        yield [_row(number, values, places) for number, values in batch]


def _row(number: int, values: list[Any], places: list[tuple[int, Column, dict[Any, Any]]]) -> Row:
    row = Row(number, values, {})
    count = len(values)
    for place, column, known in places:
        value = values[place] if place < count else None
        found = known.get(value, _UNKNOWN)
        row.cells[column.name] = _cell(row, column, value, known) if found is _UNKNOWN else found
    return row


def _cell(row: Row, column: Column, value: Any, known: dict[Any, Any]) -> Any:
    try:
        found = cells.read(column, value)
    except cells.Wrong as wrong:
        row.wrong(column.name, wrong)
        return None
    if isinstance(value, str) and len(known) < MOST_KNOWN and column.kind not in (Kind.ID, Kind.PHONE):
        known[value] = found
    return found


def _known(column: Column) -> dict[Any, Any]:
    """How cells of the column read: most repeat what stood above them, or are empty."""
    words: dict[Any, Any] = dict(zip(column.words, column.words, strict=True))
    return words if column.is_required else {**words, None: None, "": None}


def _columns(sheet: Sheet, titles: list[str]) -> list[Column | None]:
    """Which column stands where; titles we do not know are carried along, a title twice is refused."""
    found = [sheet.by_title.get(plain_title(title)) for title in titles]
    for column in sheet.columns:
        if found.count(column) > 1:
            raise Unreadable(
                _("“%s”列出现了两次，不知该用哪一列。请删去多余的一列，重新上传。") % column.titles[0]
            )
    return found


@contextmanager
def _plain(stored: StoredFile) -> Iterator[int]:
    """The content in memory that no path leads to; it is gone with the descriptor."""
    descriptor = os.memfd_create("sheet", os.MFD_CLOEXEC)
    try:
        for block in files.open_stream(stored):
            view = memoryview(block)
            while view:
                view = view[os.write(descriptor, view) :]
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _child(sheet: Sheet, content: int) -> Iterator["subprocess.Popen[bytes]"]:
    order = {
        "titles": [column.titles for column in sheet.columns if column.is_required],
        "rows": MOST_ROWS,
        "columns": MOST_COLUMNS,
        "memory": MEMORY,
        "seconds": SECONDS,
        "entries": MOST_ENTRIES,
        "unpacked": MOST_UNPACKED,
    }
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), json.dumps(order)],
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
    )
    # The limit of CPU seconds does not see a child that only waits; we wait for the rows in between ourselves.
    with child:
        try:
            yield child
        finally:
            child.kill()


def _line(child: "subprocess.Popen[bytes]", lines: IO[bytes]) -> Any:
    # A child that neither works nor answers is ended; while it works, the limit of CPU seconds ends it.
    watch = threading.Timer(SECONDS, child.kill)
    watch.daemon = True
    watch.start()
    try:
        line = lines.readline()
    finally:
        watch.cancel()
    if not line.endswith(b"\n"):
        child.wait()
        reason = "slow" if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else "large"
        raise _refusal({"refused": reason})
    found = json.loads(line)
    if isinstance(found, dict) and "refused" in found:
        raise _refusal(found)
    return found


def _refusal(about: dict[str, Any]) -> Unreadable:
    most = about.get("most", 0)
    missing = _("、").join(f"“{title}”" for title in about.get("missing", ()))
    sentences = {
        "titles": _("没有找到标题行，缺少%s列。请下载模板，照模板的标题填写后重新上传。") % missing,
        "wide": _("表格超过 %d 列。请删去多余的列（包括看似空白的列），重新上传。") % most,
        "long": _("表格超过 %d 行。请拆成几个文件，分次上传。") % most,
        "far": _("表格在很远的地方（数百列或二十万行以外）有内容，不予读取。请新建表格，只粘贴数据后上传。"),
        "large": _("这个文件解压后过大，不予读取。请新建表格，只粘贴数据，或拆成几个文件上传。"),
        "slow": _("读取这个文件用时过长，已停止。请新建表格，只粘贴数据后重新上传。"),
        "password": _("文件设有打开密码，无法读取。请去掉密码后重新上传。"),
        "encoding": _("认不出文件的文字编码。请另存为 .xlsx，或编码为 UTF-8 的 .csv，再上传。"),
        "binary": _("这个文件不是表格。请上传 .xlsx、.xls 或 .csv 文件。"),
        "damaged": _("这个文件已损坏，无法读取。请在电脑上打开、另存为 .xlsx 后重新上传。"),
    }
    return Unreadable(sentences.get(str(about["refused"]), sentences["damaged"]))
