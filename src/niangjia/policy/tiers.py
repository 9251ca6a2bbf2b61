"""Tier tables in IR: whole (the row's rate hits the whole amount) and marginal (each slice its own rate)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from niangjia.policy import ir, typed, units
from niangjia.policy.errors import PolicyError
from niangjia.policy.hosts import Mark
from niangjia.policy.model import Tier, TierRow
from niangjia.policy.records import replace
from niangjia.policy.typed import NUMBER, Typed

_FEN = Decimal("0.01")


def check_rows(rows: Sequence[TierRow]) -> None:
    """Every row but the last is bounded, bounds rise strictly, the last is open."""
    bounds = [row.bound for row in rows]
    if bounds[-1] is not None or any(bound is None for bound in bounds[:-1]):
        raise PolicyError(
            "除最后一行外，每行都要写 lt（小于）或 le（含）；最后一行不写，表示以上全部。",
            "Every row but the last says lt or le; the last says neither and takes all that is above.",
        )
    for before, bound in pairwise(bounds[:-1]):
        if before is not None and bound is not None and bound <= before:
            raise PolicyError(
                f"档位有重叠：{bound} 不大于上一行的 {before}。",
                f"Tiers overlap: {bound} is not above {before}.",
            )
    if any(value is not None and _digits(value) > 6 for row in rows for value in (row.bound, row.rate)):
        raise PolicyError("档位里的数最多 6 位小数。", "Numbers in a tier have at most 6 decimals.")
    if any(row.amount is not None and row.amount != row.amount.quantize(_FEN) for row in rows):
        raise PolicyError("定额最多到分。", "An amount is exact to the fen.")


def lower(tier: Tier, rows: Sequence[TierRow], argument: Typed, kind: str) -> Typed:
    """The amount for `argument` (a column or constant). `kind` whole or marginal."""
    check_rows(rows)
    _check_unit(tier, rows, argument)
    scale = max([argument.scale, *(_digits(row.bound) for row in rows if row.bound is not None)])
    aligned = typed.rescale(argument, scale)
    parts = list(_marginal(tier, rows, aligned) if kind == "marginal" else _whole(rows, aligned))
    values = [typed.rescale(part, 2) for part in parts]
    branches = tuple(
        (_inside(row, aligned), value.expr) for row, value in zip(rows[:-1], values, strict=False)
    )
    expr = ir.If(branches, values[-1].expr) if branches else values[-1].expr
    low, high = min(value.low for value in values), max(value.high for value in values)
    return typed.checked(Typed(expr, NUMBER, 2, low, high, units.parse(tier.gives), known=argument.known))


def _check_unit(tier: Tier, rows: Sequence[TierRow], argument: Typed) -> None:
    if not units.agree(argument.unit, units.parse(tier.unit)):
        raise PolicyError(
            f"档位“{tier.name}”按{tier.unit}分档，这里给的是{units.show(argument.unit)}。",
            f"The tier '{tier.name}' is in {tier.unit}, but gets {units.show_en(argument.unit)}.",
        )
    if tier.gives != tier.unit and any(row.rate is not None for row in rows):
        raise PolicyError(
            "单位不同于“gives”的档位只能写定额 amount。",
            "A tier whose 'gives' differs from its unit has amounts only.",
        )


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _scaled(value: Decimal, scale: int) -> int:
    return int(value.scaleb(scale))


def _inside(row: TierRow, argument: Typed) -> ir.Expr:
    assert row.bound is not None
    sign = "<=" if row.inclusive else "<"
    return ir.Compare(sign, argument.expr, ir.Const(_scaled(row.bound, argument.scale)))


def _ranges(rows: Sequence[TierRow], argument: Typed) -> Iterator[tuple[TierRow, Typed]]:
    """Each row with the argument narrowed to it, for tight bounds."""
    floor = argument.low
    for row in rows:
        top = argument.high if row.bound is None else min(argument.high, _scaled(row.bound, argument.scale))
        low, high = min(floor, argument.high), max(top, min(floor, argument.high))
        yield row, replace(argument, low=low, high=high)
        floor = max(floor, top)


def _fixed(amount: Decimal) -> Typed:
    return typed.rescale(replace(typed.constant(amount.quantize(_FEN)), unit=None), 2)


def _whole(rows: Sequence[TierRow], argument: Typed) -> Iterator[Typed]:
    for row, inside in _ranges(rows, argument):
        if row.rate is None:
            yield _fixed(row.amount or Decimal(0))
        else:
            yield typed.rounded(typed.multiply(inside, typed.constant(row.rate)), 2)


def _marginal(tier: Tier, rows: Sequence[TierRow], argument: Typed) -> Iterator[Typed]:
    """An amount row sets the sum reached so far; a rate row adds its share of what lies above the row
    before.
    """
    reached, bound = Decimal(0), Decimal(0)
    for row, inside in _ranges(rows, argument):
        if row.rate is None:
            reached = row.amount or Decimal(0)
            yield _fixed(reached)
        else:
            above = typed.add(replace(inside, unit=None), typed.constant(bound), -1)
            share = typed.multiply(above, typed.constant(row.rate))
            if tier.round_each:
                share = typed.rounded(share, 2)
            yield typed.rounded(typed.add(share, typed.constant(reached)), 2)
            if row.bound is not None:
                slice_ = (row.bound - bound) * row.rate
                reached += slice_.quantize(_FEN, ROUND_HALF_UP) if tier.round_each else slice_
        bound = row.bound if row.bound is not None else bound


def mark(tier: Tier, rows: Sequence[TierRow], argument: Typed) -> Mark:
    """Which row applies, and what each row says in words."""
    scale = max([argument.scale, *(_digits(row.bound) for row in rows if row.bound is not None)])
    aligned = typed.rescale(argument, scale)
    branches = tuple((_inside(row, aligned), ir.Const(at)) for at, row in enumerate(rows[:-1]))
    row = ir.If(branches, ir.Const(len(rows) - 1)) if branches else ir.Const(0)
    bounds = tuple(_scaled(each.bound, scale) for each in rows if each.bound is not None)
    return Mark(tier.name, row, rules(tier, rows), aligned, bounds)


def rules(tier: Tier, rows: Sequence[TierRow]) -> tuple[tuple[str, str], ...]:
    """What each row says, in Chinese and English."""
    return tuple(_rule(rows, at, tier) for at in range(len(rows)))


def _rule(rows: Sequence[TierRow], at: int, tier: Tier) -> tuple[str, str]:
    row, before = rows[at], rows[at - 1] if at else None
    zh, en, unit = [], [], units.english(tier.unit)
    if before is not None and before.bound is not None:
        zh.append(f"{'超过' if before.inclusive else '达到'} {plain(before.bound)} {tier.unit}")
        en.append(f"{'above' if before.inclusive else 'from'} {plain(before.bound)} {unit}")
    if row.bound is not None:
        zh.append(f"{'不超过' if row.inclusive else '低于'} {plain(row.bound)} {tier.unit}")
        en.append(f"{'up to' if row.inclusive else 'below'} {plain(row.bound)} {unit}")
    if row.rate is not None:
        pays = pays_en = f"{plain(row.rate * 100)}%"
    else:
        amount = plain(row.amount or Decimal(0))
        pays, pays_en = f"{amount} {tier.gives}", f"{amount} {units.english(tier.gives)}"
    return ("、".join(zh) or "全部") + f" → {pays}", (", ".join(en) or "everything") + f" → {pays_en}"


def plain(value: Decimal) -> str:
    """30000.00 → 30000; 0.150 → 0.15; never an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
