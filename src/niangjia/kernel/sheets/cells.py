"""What stands in one cell, read as its column wants it; a sentence says what is wrong and what now."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel.sheets.declaration import Column, Kind


class Wrong(Exception):
    """The sentence for the cell."""


# Day 0 of the workbook's own calendar, for days that lost their format.
FIRST_DAY = date(1899, 12, 30)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read(column: Column, value: Any) -> Any:
    """The value: text, date, Decimal or int; None for an empty cell. Raises `Wrong`."""
    if value is None or value == "":
        if column.is_required:
            raise Wrong(_("“%s”必填，请补上。") % column.titles[0])
        return None
    return READERS[column.kind](column, value)


def _text(column: Column, value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    if column.words and text in column.words:
        return text
    if len(text) > column.longest:
        raise Wrong(
            _("内容过长（%(length)d 个字），最多 %(most)d 个字，请缩短。")
            % {"length": len(text), "most": column.longest}
        )
    if not text.isprintable():
        raise Wrong(_("含有看不见的控制字符或换行，请删去后重填。"))
    if column.words and text not in column.words:
        raise Wrong(_("“%(column)s”只能填：%(words)s。请从下拉中选择。") % {
            "column": column.titles[0],
            "words": _("、").join(column.words[:12]) + ("……" if len(column.words) > 12 else ""),
        })  # fmt: skip
    return text


def _id(column: Column, value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong(
            _("证件号码列须为文本格式：这一格是数字，末几位可能已丢失。请把该列设为文本，重新填写号码。")
        )
    return unicodedata.normalize("NFKC", value).strip()


def _phone(column: Column, value: Any) -> str:
    # Eleven digits lose nothing as a number.
    return str(value) if isinstance(value, str | int) else _text(column, value)


def _date(column: Column, value: Any) -> date:
    if isinstance(value, int) and 20_000 <= value <= 80_000:
        return FIRST_DAY + timedelta(days=value)
    text = unicodedata.normalize("NFKC", str(value)).strip()
    found = DAY.fullmatch(text) or EIGHT_DIGITS.fullmatch(text)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise Wrong(_("“%s”不是有效的日期，请写成 2026-03-01 的样子。") % column.titles[0])


def _amount(column: Column, value: Any) -> Decimal:
    text = unicodedata.normalize("NFKC", str(value)).replace(",", "").removeprefix("¥").strip()
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount >= 10**12:
        raise Wrong(_("“%s”应是不小于 0 的金额，例如 1234.50。") % column.titles[0])
    rounded = amount.quantize(Decimal("0.01"))
    # A number cell may carry the noise of binary fractions, typed text may not.
    if abs(rounded - amount) > Decimal("0.000001"):
        raise Wrong(_("“%s”最多两位小数，请更正。") % column.titles[0])
    return rounded


def _number(column: Column, value: Any) -> int:
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if not re.fullmatch(r"\d{1,12}", text):
        raise Wrong(_("“%s”应是不小于 0 的整数，请更正。") % column.titles[0])
    return int(text)


READERS: dict[Kind, Callable[[Column, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.ID: _id,
    Kind.PHONE: _phone,
    Kind.DATE: _date,
    Kind.AMOUNT: _amount,
    Kind.NUMBER: _number,
}
