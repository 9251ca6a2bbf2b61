"""What a form says: dataclasses of text, days, money, ticks, codes and pictures, written out the Chinese way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from niangjia.kernel import clock, money

# What neither XML nor a reader can do anything with.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
BOXES = {True: "☑", False: "☐"}


@dataclass(frozen=True)
class Tick:
    """One choice with its box. PDF draws the box, which the embedded font lacks."""

    label: str
    is_ticked: bool


@dataclass(frozen=True)
class QrCode:
    """A code that a phone reads."""

    content: str


@dataclass(frozen=True)
class Picture:
    """A JPEG, of so many pixels."""

    content: bytes
    width: int
    height: int


def ticked(choices: Iterable[tuple[Any, Any]], chosen: object) -> tuple[Tick, ...]:
    """Every choice of a list, the chosen one ticked."""
    return tuple(Tick(str(label), value == chosen) for value, label in choices)


def written(facts: object, code: Any) -> Any:
    """Facts as plain values for a template: text, lists, dictionaries, truth; `code` draws codes and pictures.

    Official forms are Chinese whatever language the page is in.
    """
    with translation.override("zh-hans"):
        return _written(facts, code)


def field_names(facts: object) -> list[str]:
    """What a template may ask for."""
    if isinstance(facts, dict):
        return list(facts)
    return [field.name for field in fields(facts)]  # type: ignore[arg-type]  # a dataclass by declaration


def write_day(day: date | datetime) -> str:
    if isinstance(day, datetime):
        day = day.astimezone(clock.CHINA).date()
    return f"{day.year}年{day.month}月{day.day}日"


def _written(value: Any, code: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return value
        case str() | Promise():
            return INVISIBLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
        case QrCode() | Picture():
            return code(value)
        case Tick():
            return {
                "label": _written(value.label, code),
                "is_ticked": value.is_ticked,
                "box": BOXES[value.is_ticked],
            }
        case Decimal():
            return money.formatted(value)
        case date():
            return write_day(value)
        case int():
            return str(value)
        case dict():
            return {str(name): _written(one, code) for name, one in value.items()}
        case list() | tuple():
            return [_written(one, code) for one in value]
    if is_dataclass(value):
        return {name: _written(getattr(value, name), code) for name in field_names(value)}
    raise TypeError(f"a form cannot say {type(value).__name__}")
