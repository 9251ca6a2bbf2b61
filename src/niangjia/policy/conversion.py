"""Values of the file and results of formulas, fitted to a declared type; nothing is rounded silently."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from niangjia.policy import calendar, ir, typed, units
from niangjia.policy.errors import PolicyError
from niangjia.policy.model import Dated, Entry, Scalar, Type
from niangjia.policy.records import replace
from niangjia.policy.typed import BOOL, CHOICE, DATE, NUMBER, Typed


def empty(type_: Type) -> Scalar:
    """A harmless value for what print leaves open: 1, so that a divisor stays above zero."""
    if type_.name == "bool":
        return False
    if type_.name == "choice":
        return type_.choices[0]
    return calendar.day(calendar.EARLIEST) if type_.name == "date" else Decimal(1)


def nearest(values: Dated[Scalar], entry: Entry[Scalar], type_: Type) -> Scalar:
    """A value to stand in for one that print leaves open; harmless where nothing was ever printed."""
    known = [each for each in values if each.value is not None]
    if not known:
        return empty(type_)
    before = [each for each in known if each.start <= entry.start]
    found = (before[-1] if before else known[0]).value
    assert found is not None
    return found


WANTED = {
    "money": ("金额（元，最多 2 位小数）", "an amount in yuan with at most 2 decimals"),
    "int": ("整数", "a whole number"),
    "rate": ("0 至 1 之间的比例，如 0.15", "a share from 0 to 1, like 0.15"),
    "number": ("最多 6 位小数的数", "a number with at most 6 decimals"),
    "bool": ("true 或 false", "true or false"),
    "date": ("日期，如 2025-10-01", "a day, like 2025-10-01"),
}


def setting(value: object, type_: Type, printed: Dated[Scalar]) -> Scalar:
    """Another value for a parameter: of its type, a share within 0 and 1, and below zero only where print is too."""
    made = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    zh, en = WANTED.get(type_.name) or ("、".join(type_.choices), "one of " + ", ".join(type_.choices))
    wrong = PolicyError(
        f"不能设为“{value}”，应是{zh}。", f"It cannot be set to '{value}'; it should be {en}."
    )
    if not isinstance(made, Decimal | bool | str | date):
        raise wrong
    try:
        literal(made, type_)
    except PolicyError:
        raise wrong from None
    if type_.name == "rate" and not 0 <= made <= 1:  # type: ignore[operator]
        raise wrong
    below = [each.value for each in printed if isinstance(each.value, Decimal) and each.value < 0]
    if isinstance(made, Decimal) and made < 0 and not below:
        raise PolicyError(f"不能设为负数“{value}”。", f"It cannot be set to '{value}', below zero.")
    return made


def literal(value: Scalar, type_: Type) -> Typed:
    """A value of the file as a constant of the declared type."""
    wrong = PolicyError(
        f"值“{value}”不符合类型 {type_.name}。", f"The value '{value}' is not of type {type_.name}."
    )
    if type_.name == "bool":
        if not isinstance(value, bool):
            raise wrong
        return Typed(ir.Truth(value), BOOL)
    if type_.name == "choice":
        if not isinstance(value, str):
            raise wrong
        return typed.as_label(Typed(ir.Const(0), CHOICE, label=value), type_.choices)
    if type_.name == "date":
        if not isinstance(value, date):
            raise wrong
        day = calendar.number(value)
        return Typed(ir.Const(day), DATE, 0, day, day)
    if not isinstance(value, Decimal):
        raise wrong
    made = typed.constant(value, units.parse(type_.unit))
    digits = {"money": 2, "int": 0}.get(type_.name, 6)
    if made.scale > digits:
        raise PolicyError(
            f"“{value}”最多 {digits} 位小数。", f"'{value}' may have at most {digits} decimals."
        )
    return typed.rescale(made, 2) if type_.name == "money" else made


def as_type(value: Typed, type_: Type) -> Typed:
    """A formula's result as the declared type: digits, unit and labels must fit; nothing is rounded
    silently.
    """
    if type_.name in ("bool", "date"):
        return typed.need(value, type_.name)
    if type_.name == "choice":
        if value.label is not None:
            return typed.as_label(value, type_.choices)
        if typed.need(value, CHOICE).choices != type_.choices:
            raise PolicyError("选项列表与公式的不同。", "The list of labels differs from the formula's.")
        return value
    typed.need(value, NUMBER)
    digits = {"money": 2, "int": 0}.get(type_.name, type_.digits if type_.digits is not None else 6)
    if value.scale > digits:
        raise PolicyError(
            f"结果有 {value.scale} 位小数，请写 round(…, {digits})。",
            f"The result has {value.scale} decimals; write round(…, {digits}).",
        )
    unit = units.parse(type_.unit)
    if not units.agree(value.unit, unit):
        raise PolicyError(
            f"结果的单位是{units.show(value.unit)}，而步骤写的是{units.show(unit)}。",
            f"The result is in {units.show_en(value.unit)}, but {units.show_en(unit)} is declared.",
        )
    return replace(typed.rescale(value, digits), unit=unit)
