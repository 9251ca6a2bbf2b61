"""Files that nobody trusts are read as people mean them, or refused in words, and the server lives on."""

import io
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from niangjia.kernel.errors import Invalid
from niangjia.kernel.sheets import template, write_rows
from niangjia.kernel.sheets.declaration import Row
from niangjia.kernel.sheets.reading import Unreadable
from tests.kernel.lists import LIST, book, patched, rows_of

TITLES = ["姓名*", "证件号码*", "手机号", "性别", "选一个", "日期", "金额", "人数"]
GOOD = ["苏晓禾", "990102199003070015", "15400000001", "女", "第3种说法", "2024-05-06", "1,234.50", 3]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def one(content: io.BytesIO, unit: Any) -> Row:
    [row] = rows_of(content, unit)
    return row


def text(content: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(content.encode(encoding))


def test_cells_become_what_their_columns_hold(unit: Any) -> None:
    row = one(book([TITLES, GOOD]), unit)
    assert (row.number, row.problems) == (2, [])
    assert row.cells == {
        "name": "苏晓禾",
        "id_number": "990102199003070015",
        "phone": "15400000001",
        "sex": "女",
        "long": "第3种说法",
        "on": date(2024, 5, 6),
        "amount": Decimal("1234.50"),
        "count": 3,
    }


@pytest.mark.parametrize("written", ["2024-05-06", "2024/5/6", "2024年5月6日", "20240506", "2024.5.6", 45418])
def test_days_are_read_however_people_write_them(unit: Any, written: object) -> None:
    assert one(book([TITLES, [*GOOD[:5], written]]), unit).cells["on"] == date(2024, 5, 6)


def test_titles_may_stand_lower_in_any_order_under_other_names_beside_other_columns(unit: Any) -> None:
    lines = [["某厂职工名册"], [], ["备注", "身份证号", " 姓 名 "], ["调入", "990102199003070015", "苏晓禾"]]
    row = one(book(lines), unit)
    assert (row.number, row.cells["name"], row.cells["id_number"]) == (4, "苏晓禾", "990102199003070015")


def test_each_wrong_cell_is_told_and_the_others_are_read(unit: Any) -> None:
    bad = ["", 990102199003070015, 15400000001, "猫", "第3种", "2024-02-30", "-1", "1.5"]
    row = one(book([TITLES, bad]), unit)
    told = dict(row.problems)
    assert set(told) == {"name", "id_number", "sex", "long", "on", "amount", "count"}
    assert "必填" in told["name"] and "证件号码列须为文本格式" in told["id_number"]
    assert row.cells["phone"] == "15400000001"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_every_encoding_offices_save(unit: Any, encoding: str) -> None:
    row = one(text('姓名,身份证号\r\n"䶮晓禾","=""990102199003070015"""\r\n', encoding), unit)
    assert (row.cells["name"], row.cells["id_number"]) == ("䶮晓禾", "990102199003070015")


def test_an_old_workbook_is_read(unit: Any) -> None:
    content = (Path(__file__).parent / "old_list.xls").read_bytes()
    assert [row.cells["name"] for row in rows_of(io.BytesIO(content), unit)] == ["苏晓禾", "程远舟"]


def test_empty_rows_do_not_count_and_keep_the_numbers_of_the_others(unit: Any) -> None:
    lines = [TITLES, GOOD, [], [" ", ""], GOOD]
    assert [row.number for row in rows_of(book(lines), unit)] == [2, 5]


def test_the_template_is_read_back_as_it_was_meant(unit: Any) -> None:
    filled = openpyxl.load_workbook(template(LIST))
    page, notes = filled.worksheets[:2]
    assert [cell.value for cell in page[1]][:3] == ["姓名*", "证件号码*", "手机号"]
    assert page["A1"].comment.text.startswith("与证件一致")
    assert page.column_dimensions["B"].width > 20
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists == {"D2": '"男,女"', "E2": "选项!$A$1:$A$80"}
    assert [notes.cell(2, place).value for place in range(1, 5)] == ["姓名", "必填", "与证件一致。", "苏晓禾"]
    assert filled.worksheets[2].sheet_state == "hidden"
    for place, value in enumerate(GOOD, start=1):
        page.cell(2, place, value)
    content = io.BytesIO()
    filled.save(content)
    assert one(content, unit).problems == []


def test_exports_hold_texts_as_texts(unit: Any) -> None:
    target = io.BytesIO()
    write_rows(target, ["姓名", "证件号码"], [["=1+1", "990102199003070015"], ["@cmd", "007"]], "名单")
    page = openpyxl.load_workbook(target).worksheets[0]
    assert [[cell.value for cell in line] for line in page.iter_rows(min_row=2)] == [
        ["=1+1", "990102199003070015"],
        ["@cmd", "007"],
    ]
    assert page["A2"].data_type == "s"


def bomb() -> io.BytesIO:
    """A small file that unpacks to very much."""
    row = b'<row><c t="inlineStr"><is><t>' + b"a" * 1_000 + b"</t></is></c></row>"
    content = patched(book([TITLES]), b"</sheetData>", row * 30_000 + b"</sheetData>")
    assert len(content.getvalue()) < 2**20
    return content


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("files.kinds", "sheets.reading"):
        monkeypatch.setattr(f"niangjia.kernel.{module}.MOST_UNPACKED", 20 * 2**20)


def far(*corner: str) -> io.BytesIO:
    cell = "".join(
        f'<row r="{one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{one}"><v>1</v></c></row>'
        for one in corner
    )
    return patched(book([TITLES]), b"</sheetData>", cell.encode() + b"</sheetData>")


def test_cells_far_out_are_refused_as_fast_as_an_empty_workbook_is_read(unit: Any) -> None:
    hostile, empty = far("XFD1048576"), book([TITLES])
    started = time.perf_counter()
    rows_of(empty, unit)
    between = time.perf_counter()
    with pytest.raises(Unreadable, match="很远的地方"):
        rows_of(hostile, unit)
    assert time.perf_counter() - between < 2 * (between - started) + 0.5


@pytest.mark.parametrize("corner", ["XFD1", "A1048576", "ZZ199999", "SR199999", "AAA2", "XFC200000"])
def test_no_corner_of_a_workbook_takes_the_server_down(unit: Any, corner: str) -> None:
    with pytest.raises(Unreadable):
        rows_of(far(corner), unit)


def test_a_cell_hidden_from_the_search_meets_the_limit_of_memory(unit: Any) -> None:
    hidden = patched(far("XFD1048576"), b' r="XFD1048576"', b'\n r = "XFD1048576"')
    hidden = patched(hidden, b'<row r="1048576">', b"<row>")
    with pytest.raises(Unreadable):
        rows_of(hidden, unit)


@pytest.mark.usefixtures("small_limit")
def test_a_bomb_is_refused(unit: Any) -> None:
    content = bomb()
    with pytest.raises((Unreadable, Invalid), match="解压后过大"):
        rows_of(content, unit)


@pytest.mark.usefixtures("small_limit")
def test_a_bomb_that_lies_about_its_size_is_refused(unit: Any) -> None:
    """The directory of the package says little; what comes out is counted."""
    content = bytearray(bomb().getvalue())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = bytes(content).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(Unreadable):
        rows_of(io.BytesIO(lie), unit)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 not a workbook at all", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "已损坏"),
        ("工号,姓名\n1,苏晓禾\n".encode(), "缺少“证件号码”列"),
        (b"\xff\xd8\xff\xe0 a photo", "不是可接受的类型"),
        ("姓名,证件号码,姓名\n".encode(), "出现了两次"),
        (b"\x81\x00\x82", "不是可接受的类型"),
        ("姓名,证件号码\n苏,\x00\n".encode() * 20, "不是"),
        (b"\x80\xff\xfe\x80" * 40, "编码"),
        (("姓名,证件号码" + ",空" * 120 + "\n" + ",".join(["1"] * 130)).encode(), "超过 100 列"),
    ],
)
def test_what_is_no_list_is_refused_in_words(unit: Any, content: bytes, sentence: str) -> None:
    with pytest.raises((Unreadable, Invalid), match=sentence):
        rows_of(io.BytesIO(content), unit)


def test_rows_beyond_the_limit_are_refused(unit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.kernel.sheets.reading.MOST_ROWS", 3)
    with pytest.raises(Unreadable, match="超过 3 行"):
        rows_of(book([TITLES, *[GOOD] * 4]), unit)
