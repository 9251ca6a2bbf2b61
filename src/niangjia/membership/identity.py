"""Identity numbers by GB 11643: resident cards (also legacy 15 digits), residence permits, foreigners.

The region in a number is the place and time of issue, long renamed perhaps: an unknown one is a warning only.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from operator import mul

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
# The first two digits of GB/T 2260 for every province that issues resident cards.
PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
    for code in range(first, last + 1)
)
WRITTEN_OUT = re.compile(r"[0-9]{17}[0-9X]")
# What a spreadsheet makes of eighteen digits in a number cell: 1.10101E+17, or digits with a fraction.
SPREADSHEET_NUMBER = re.compile(r"\d+\.\d+(E\+?\d+)?|\d+E\+?\d+")


class IdentityKind(models.TextChoices):
    RESIDENT = "resident", _("居民身份证")
    HMT_PERMIT = "hmt_permit", _("港澳台居民居住证")
    FOREIGN_PERMIT = "foreign_permit", _("外国人永久居留身份证")


@dataclass(frozen=True)
class IdentityNumber:
    """A valid number in its 18-place form; `sex` is "male" or "female", `warnings` are for the clerk."""

    number: str = field(repr=False)
    kind: IdentityKind
    born_on: date = field(repr=False)
    sex: str
    region_code: str
    warnings: tuple[object, ...] = ()


def normalise(number: str) -> str:
    """The 18-place form that people are found by. Says nothing about whether the number holds."""
    text = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number)).upper()
    if re.fullmatch("[0-9]{15}", text):
        body = f"{text[:6]}19{text[6:]}"
        return body + check_digit(body)
    return text


def check_digit(body: str) -> str:
    return CHECK_DIGITS[sum(map(mul, WEIGHTS, map(int, body))) % 11]


def parse(number: str | int | float) -> IdentityNumber:
    """The number taken apart; `Invalid` says what is wrong and where to look."""
    text = str(number)
    if not isinstance(number, str) or not WRITTEN_OUT.fullmatch(text):
        text = unicodedata.normalize("NFKC", text).strip().upper()
        if not isinstance(number, str) or SPREADSHEET_NUMBER.fullmatch(text):
            raise _number_cell()
        text = normalise(text)
        _check_form(text)
    born_on = _birth_date(text)
    if check_digit(text[:17]) != text[17]:
        if text.endswith("000"):
            raise _number_cell()
        raise Invalid(_("身份证号校验位不对，请核对最后一位；若最后一位无误，请逐位核对前 17 位。"))
    kind = _kind(text)
    return IdentityNumber(
        number=text,
        kind=kind,
        born_on=born_on,
        sex="male" if int(text[16]) % 2 else "female",
        region_code=text[:6],
        warnings=_warnings(kind, text),
    )


def _number_cell() -> Invalid:
    return Invalid(
        _("证件号码列须为文本格式：表格已把号码存成数字，末几位已丢失。请把该列设为文本后重新填写。")
    )


def _check_form(text: str) -> None:
    if not text:
        raise Invalid(_("请填写证件号码。"))
    if len(text) != 18:
        raise Invalid(
            _("证件号码应为 18 位（旧号 15 位），现为 %(length)s 位，请核对是否漏填或多填。")
            % {"length": len(text)}
        )
    if not WRITTEN_OUT.fullmatch(text):
        raise Invalid(_("证件号码只能是数字，最后一位可以是 X，请核对是否混入了其他字符。"))


def _birth_date(text: str) -> date:
    try:
        born_on = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise Invalid(_("证件号码中的出生日期不存在，请核对第 7 至 14 位。")) from None
    if born_on > clock.today():
        raise Invalid(_("证件号码中的出生日期晚于今天，请核对第 7 至 14 位。"))
    if born_on.year < 1900:
        raise Invalid(_("证件号码中的出生日期早于 1900 年，请核对第 7 至 14 位。"))
    return born_on


def _kind(text: str) -> IdentityKind:
    # A foreigner's number goes on with the province that issued it, and no province begins with 9: 99 is invented.
    if text[0] == "9" and text[1] != "9":
        return IdentityKind.FOREIGN_PERMIT
    return IdentityKind.HMT_PERMIT if text[:2] in {"81", "82", "83"} else IdentityKind.RESIDENT


def _warnings(kind: IdentityKind, text: str) -> tuple[object, ...]:
    if kind == IdentityKind.RESIDENT and text[:2] not in PROVINCES:
        return (_("证件号码前两位不是已知的省份代码，请核对；确实无误可以继续。"),)
    return ()
