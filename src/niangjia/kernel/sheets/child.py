"""Reads one workbook in a process of its own, run as a script: no Django, no keys, no database, little memory.

Input: the file on descriptor 0 and, as JSON in the one argument, the limits and the titles to look for. Output: JSON
lines, first `{"titles", "row", "total"}`, then lists of `[row number, cells]`, at last `{"end": rows}`; or one line
`{"refused": reason, …}`. A crash, a kill or the limits of the system end it without harm to anybody.
"""

import codecs
import csv
import io
import json
import os
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

BATCH = 500
# How far down the titles may stand: above them are a heading and a remark or two.
TITLES_WITHIN = 20
BLOCK = 1 << 20
# A cell far out makes any reader allocate everything up to there: beyond column ZZ, or from row 200,000 on.
FAR_OUT = re.compile(rb""" r=["'](?:[A-Z]{3}|[A-Z]{0,2}(?:[2-9]\d{5}|\d{7}))""")
OVERLAP = 64


class Refusal(Exception):
    """Why the file is not read; the parent has the sentence."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.facts = {"refused": reason, **facts}


def main() -> None:
    order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source = os.fdopen(0, "rb")
    try:
        for line in lines(source, order):
            say(line)
    except Refusal as refusal:
        say(refusal.facts)
    except MemoryError:
        say({"refused": "large"})


def say(line: object) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def lines(source: Any, order: dict[str, Any]) -> Iterator[object]:
    head = source.read(8)
    source.seek(0)
    if head.startswith(b"PK\x03\x04"):
        scan(source, order)
        sheets = workbook(source, order)
    elif head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        sheets = workbook(source, order)
    else:
        sheets = iter([(text_rows(source.read()), None)])
    yield from found_rows(sheets, order)


def found_rows(
    sheets: Iterable[tuple[Iterator[list[Any]], int | None]], order: dict[str, Any]
) -> Iterator[object]:
    """The rows of the first sheet that has the titles."""
    wanted = [set(names) for names in order["titles"]]
    best: set[str] = set()
    for rows, total in sheets:
        for number, cells in enumerate(rows, start=1):
            titles = [tidy(cell) for cell in cells]
            found = {title.rstrip("*＊") for title in titles}
            if all(names & found for names in wanted):
                yield {
                    "titles": titles,
                    "row": number,
                    "total": None if total is None else max(total - number, 0),
                }
                yield from batches(rows, number, order)
                return
            if sum(bool(names & found) for names in wanted) > sum(bool(names & best) for names in wanted):
                best = found
            if number >= TITLES_WITHIN:
                break
    missing = [names[0] for names in order["titles"] if not best & set(names)]
    raise Refusal("titles", missing=missing)


def batches(rows: Iterator[list[Any]], after: int, order: dict[str, Any]) -> Iterator[object]:
    batch: list[object] = []
    count = 0
    for number, cells in enumerate(rows, start=after + 1):
        if len(cells) > order["columns"]:
            raise Refusal("wide", most=order["columns"])
        values = [plain(cell) for cell in cells]
        if not any(value not in ("", None) for value in values):
            continue
        count += 1
        if count > order["rows"]:
            raise Refusal("long", most=order["rows"])
        batch.append([number, values])
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
    yield {"end": count}


def tidy(cell: Any) -> str:
    return re.sub(r"\s+", "", cell) if isinstance(cell, str) else str(plain(cell) or "")


def plain(cell: Any) -> Any:
    """What JSON can hold: text, whole numbers as such, days as ISO writes them."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return cell


def scan(source: Any, order: dict[str, Any]) -> None:
    """Every part of the package is unpacked once, counted, and the sheets searched for cells that are far out."""
    try:
        with zipfile.ZipFile(source) as package:
            entries = package.infolist()
            if len(entries) > order["entries"]:
                raise Refusal("large")
            left = order["unpacked"]
            for entry in entries:
                left = scan_entry(package, entry, left)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refusal("damaged") from None
    except (EOFError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise Refusal("damaged") from None
    source.seek(0)


def scan_entry(package: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    is_sheet = entry.filename.lower().startswith("xl/worksheets/")
    tail = b""
    with package.open(entry) as part:
        while block := part.read(BLOCK):
            left -= len(block)
            if left < 0:
                raise Refusal("large")
            if is_sheet:
                if FAR_OUT.search(tail + block):
                    raise Refusal("far")
                tail = block[-OVERLAP:]
    return left


def workbook(source: Any, order: dict[str, Any]) -> Iterator[tuple[Iterator[list[Any]], int | None]]:
    """Each visible sheet, as the office program shows them from left to right."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(source)
        for place, about in enumerate(book.sheets_metadata):
            if about.typ == calamine.SheetTypeEnum.WorkSheet and "Hidden" not in str(about.visible):
                sheet = book.get_sheet_by_index(place)
                if sheet.width > order["columns"]:
                    raise Refusal("wide", most=order["columns"])
                yield sheet.iter_rows(), sheet.total_height
    except calamine.PasswordError:
        raise Refusal("password") from None
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, ValueError, OSError, IndexError):
        raise Refusal("damaged") from None


def text_rows(content: bytes) -> Iterator[list[Any]]:
    """CSV in any of the encodings that offices save: UTF-8, GB18030, UTF-16 with its mark."""
    text = decoded(content)
    if "\0" in text:
        raise Refusal("binary")
    csv.field_size_limit(100_000)
    first = text[:20_000].partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [guarded(cell) for cell in cells]
    except csv.Error:
        raise Refusal("damaged") from None


def decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("encoding")


def guarded(cell: str) -> str:
    """Without the marks by which people keep Excel from reading a number: ="0123", a tab, an apostrophe."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"') and len(text) > 3:
        return text[2:-1]
    return text.removeprefix("'")


if __name__ == "__main__":
    main()
