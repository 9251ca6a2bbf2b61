"""The border of a program: what an input's declaration means in integers – range, default, neutral value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from niangjia.policy import calendar, ir, units
from niangjia.policy.errors import PolicyError
from niangjia.policy.model import Input, Scalar, Type


def scale_of(type_: Type) -> int:
    if type_.name == "money":
        return 2
    return type_.digits or 0 if type_.name in ("rate", "number") else 0


def border(made: Input, column: str) -> ir.Input:
    """Raises PolicyError when a bound is missing, upside down, or not of the input's type."""
    shape = _shape(made)
    default = None if made.default is None else encode(made.default, shape)
    if made.default is not None and default is None:
        raise PolicyError("默认值不在允许范围内。", "The default is outside the range.")
    neutral = default if default is not None else max(min(0, shape.high), shape.low)
    return ir.Input(made.name, column, f"known·{column}", shape, default, neutral)


def _shape(made: Input) -> ir.Shape:
    type_ = made.type
    unit = units.show(units.parse(type_.unit)) if type_.unit else ""
    if type_.name == "bool":
        return ir.Shape("bool")
    if type_.name == "choice":
        return ir.Shape("choice", 0, 0, len(type_.choices) - 1, "", type_.choices)
    scale = scale_of(type_)
    low, high = (_bound(value, type_, scale) for value in _bounds(made))
    if low > high:
        raise PolicyError("“min”大于“max”。", "'min' is above 'max'.")
    return ir.Shape(type_.name, scale, low, high, unit)  # type: ignore[arg-type]


def _bounds(made: Input) -> tuple[Scalar, Scalar]:
    low, high = made.low, made.high
    if made.type.name == "rate":
        low, high = Decimal(0) if low is None else low, Decimal(1) if high is None else high
    if made.type.name == "date":
        low = calendar.day(calendar.EARLIEST) if low is None else low
        high = calendar.day(calendar.LATEST) if high is None else high
    if low is None or high is None:
        raise PolicyError("数字输入要写“min”和“max”。", "A numeric input needs 'min' and 'max'.")
    return low, high


def _bound(value: Scalar, type_: Type, scale: int) -> int:
    code = encode(value, ir.Shape(type_.name, scale, -(2**63) + 1, 2**63 - 1))  # type: ignore[arg-type]
    if code is None:
        raise PolicyError(f"界限“{value}”不符合类型。", f"The bound '{value}' is not of the input's type.")
    return code


def encode(value: Scalar, shape: ir.Shape) -> int | None:
    """The integer of a value, or None when it is of another type, not exact, or out of range."""
    code: int | None = None
    if shape.type == "bool":
        return int(value) if isinstance(value, bool) else None
    if shape.type == "choice":
        return shape.choices.index(value) if isinstance(value, str) and value in shape.choices else None
    if shape.type == "date":
        code = calendar.number(value) if isinstance(value, date) else None
    elif isinstance(value, Decimal):
        scaled = value.scaleb(shape.scale)
        code = int(scaled) if scaled == scaled.to_integral_value() else None
    return code if code is not None and shape.low <= code <= shape.high else None
