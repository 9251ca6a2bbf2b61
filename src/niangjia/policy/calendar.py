"""Days as integers YYYYMMDD, and the arithmetic on them in IR: completed years and months, differences in
days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from niangjia.policy import ir
from niangjia.policy.typed import NUMBER, Typed, checked

EARLIEST, LATEST = 19000101, 21991231


def number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def day(number_: int) -> date:
    return date(number_ // 10000, number_ // 100 % 100, number_ % 100)


def _floor(expr: ir.Expr, by: int, nonnegative: bool = True) -> ir.Expr:
    return ir.Div(expr, ir.Const(by), "floor", nonnegative)


def _times(expr: ir.Expr, by: int) -> ir.Expr:
    return ir.Mul(expr, ir.Const(by))


def _made(expr: ir.Expr, low: int, high: int) -> Typed:
    return checked(Typed(expr, NUMBER, 0, low, high))


def year(value: Typed) -> Typed:
    return _made(_floor(value.expr, 10000), value.low // 10000, value.high // 10000)


def month(value: Typed) -> Typed:
    above = _times(_floor(value.expr, 10000), 100)
    return _made(ir.Sub(_floor(value.expr, 100), above), 1, 12)


def years(start: Typed, end: Typed) -> Typed:
    """Completed years from start to end; below zero when end comes first."""
    low, high = (end.low - start.high) // 10000, (end.high - start.low) // 10000
    return _made(_floor(ir.Sub(end.expr, start.expr), 10000, nonnegative=False), low, high)


def _month_number(expr: ir.Expr) -> ir.Expr:
    """year × 12 + month: YYYYMM - 88 × YYYY."""
    return ir.Sub(_floor(expr, 100), _times(_floor(expr, 10000), 88))


def _day_of_month(expr: ir.Expr) -> ir.Expr:
    return ir.Sub(expr, _times(_floor(expr, 100), 100))


def months(start: Typed, end: Typed) -> Typed:
    """Completed months: one less while the day of the month is not reached."""
    short = ir.Compare("<", _day_of_month(end.expr), _day_of_month(start.expr))
    span = ir.Sub(_month_number(end.expr), _month_number(start.expr))
    expr = ir.Sub(span, ir.If(((short, ir.Const(1)),), ir.Const(0)))

    def at(value: int) -> int:
        return value // 100 - 88 * (value // 10000)

    return _made(expr, at(end.low) - at(start.high) - 1, at(end.high) - at(start.low))


def _day_number(expr: ir.Expr) -> ir.Expr:
    """Days since a fixed day: the year begins in March, so that the leap day comes last."""
    year_, month_ = _floor(expr, 10000), ir.Sub(_floor(expr, 100), _times(_floor(expr, 10000), 100))
    early = ir.Compare("<=", month_, ir.Const(2))
    turned = ir.Sub(year_, ir.If(((early, ir.Const(1)),), ir.Const(0)))
    shifted = ir.Add(month_, ir.If(((early, ir.Const(9)),), ir.Const(-3)))
    within = _floor(ir.Add(_times(shifted, 153), ir.Const(2)), 5)
    leaps = ir.Add(ir.Sub(_floor(turned, 4), _floor(turned, 100)), _floor(turned, 400))
    return ir.Add(ir.Add(ir.Add(_times(turned, 365), leaps), within), _day_of_month(expr))


def days(start: Typed, end: Typed) -> Typed:
    low = day(end.low).toordinal() - day(start.high).toordinal()
    high = day(end.high).toordinal() - day(start.low).toordinal()
    return _made(ir.Sub(_day_number(end.expr), _day_number(start.expr)), low, high)


FUNCTIONS: dict[str, Callable[..., Typed]] = {
    "year": year,
    "month": month,
    "years": years,
    "months": months,
    "days": days,
}
