"""Between a case's values and the integers of the program: exact or not at all, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from typing import Any

from niangjia.policy import calendar, ir

_EXACT = Context(prec=40, traps=[Inexact, InvalidOperation, Overflow])


def _scaler(scale: int) -> Callable[[Any], int | None]:
    power: int = 10**scale
    factor = Decimal(power)

    def scaled(value: Any) -> int | None:
        """The value × 10**scale, or None when it is no number or has more digits than that."""
        try:
            if type(value) is int:
                return int(value) * power
            if type(value) is str:
                value = Decimal(value)
            if not isinstance(value, Decimal):
                return None
            product = _EXACT.multiply(value, factor)
            whole = int(product)
        except (DecimalException, ValueError, OverflowError):
            return None
        return whole if whole == product else None

    return scaled


SCALED: tuple[Callable[[Any], int | None], ...] = tuple(_scaler(scale) for scale in range(7))


def day(value: Any) -> int | None:
    """A date, or its ISO text, as YYYYMMDD. A moment is not a day."""
    if type(value) is str:
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    return calendar.number(value) if type(value) is date else None


def value(code: Any, shape: ir.Shape) -> Any:
    """The program's integer as Decimal, int, bool, date or label."""
    if isinstance(code, list):
        return [value(each, shape) for each in code]
    if shape.type == "bool":
        return bool(code)
    if shape.type == "choice":
        return shape.choices[code]
    if shape.type == "date":
        return calendar.day(code)
    return Decimal(code).scaleb(-shape.scale) if shape.scale else code


def plain(code: int, shape: ir.Shape) -> str:
    """For JSON and tests: 4556.96, true, 2024-07-01, the label."""
    if shape.type == "bool":
        return "true" if code else "false"
    if shape.type == "choice":
        return shape.choices[code]
    if shape.type == "date":
        return f"{code // 10000:04d}-{code // 100 % 100:02d}-{code % 100:02d}"
    return digits(code, shape.scale)


def digits(code: int, scale: int) -> str:
    if not scale:
        return str(code)
    if code < 0:
        return "-" + _FORMS[scale] % divmod(-code, _POWERS[scale])
    return _FORMS[scale] % divmod(code, _POWERS[scale])


_POWERS: tuple[int, ...] = tuple(10**scale for scale in range(19))
_FORMS: tuple[str, ...] = tuple(f"%d.%0{scale}d" for scale in range(19))
