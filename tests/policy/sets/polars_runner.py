"""The second opinion: the same IR through Polars expressions, for tests only. Its floor division and null
rules differ.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars
from polars import col, lit, when

from niangjia.policy import ir

Frame = polars.DataFrame
Facts = Mapping[str, Sequence[Any]]


def run(program: ir.Program, units: Facts, rows: Mapping[str, Facts]) -> Frame:
    """`units` and `rows[relation]` hold each input's column and flag, settled, and "key". Gives the unit
    frame.
    """
    frame = polars.DataFrame(units, schema_overrides=_types(program.inputs), strict=True)
    frames = {
        relation.name: polars.DataFrame(
            rows[relation.name], schema_overrides=_types(relation.fields), strict=True
        )
        for relation in program.relations
    }
    for relation in program.relations:
        frame = _counted(frame, frames[relation.name], relation)
    for stage in program.stages:
        if isinstance(stage, ir.RowStage):
            one = frames[stage.relation]
            if stage.carried:
                one = one.join(frame.select("key", *stage.carried), on="key", how="inner")
            frames[stage.relation] = _layers(one, stage.layers)
        else:
            for relation in program.relations:
                asked = [one for one in stage.aggregates if one.relation == relation.name]
                frame = _grouped(frame, frames[relation.name], relation, asked) if asked else frame
            frame = _layers(frame, stage.layers)
    return frame


def _types(inputs: Sequence[ir.Input]) -> dict[str, Any]:
    types: dict[str, Any] = {"key": polars.Int64}
    for one in inputs:
        types[one.column] = polars.Boolean if one.shape.type == "bool" else polars.Int64
        types[one.flag] = polars.Boolean
    return types


def _layers(frame: Frame, layers: Sequence[ir.Layer]) -> Frame:
    for layer in layers:
        frame = frame.with_columns(**{one.name: expression(one.expr) for one in layer})
    return frame


def _counted(frame: Frame, rows: Frame, relation: ir.Relation) -> Frame:
    counts = rows.group_by("key").agg(polars.len().cast(polars.Int64).alias("#" + relation.name))
    frame = frame.join(counts, on="key", how="left").with_columns(col("#" + relation.name).fill_null(0))
    inside = col("#" + relation.name).is_between(relation.min_count, relation.max_count)
    return frame.with_columns(inside.alias(relation.flag))


def _grouped(frame: Frame, rows: Frame, relation: ir.Relation, asked: Sequence[ir.Aggregate]) -> Frame:
    few = rows.join(
        frame.filter(col("#" + relation.name) <= relation.max_count).select("key"), on="key", how="semi"
    )
    sums = few.group_by("key").agg(**{one.name: _aggregate(one) for one in asked})
    frame = frame.join(sums, on="key", how="left")
    over = col("#" + relation.name) > relation.max_count
    filled = {}
    for one in asked:
        empty = {"any": lit(False), "all": ~over}.get(one.kind, lit(0, polars.Int64))
        filled[one.name] = col(one.name).fill_null(empty)
    return frame.with_columns(**filled)


def _aggregate(one: ir.Aggregate) -> polars.Expr:
    where = expression(one.where) if one.where is not None else lit(True)
    value = expression(one.value) if one.value is not None else lit(True)
    match one.kind:
        case "sum":
            return when(where).then(value).otherwise(lit(0, polars.Int64)).sum()
        case "count":
            return (where & value & col("key").is_not_null()).sum().cast(polars.Int64)
        case "any":
            return (where & value).any()
        case _:
            return (~where | value).all()


def expression(expr: ir.Expr) -> polars.Expr:
    return EXPRESSIONS[type(expr)](expr)


def _divide(expr: ir.Div) -> polars.Expr:
    left, right = expression(expr.left), expression(expr.right)
    if expr.mode == "floor":
        return left // right
    return when(left < 0).then(-((-left + right // 2) // right)).otherwise((left + right // 2) // right)


def _choose(expr: ir.If) -> polars.Expr:
    result = expression(expr.otherwise)
    for condition, value in reversed(expr.branches):
        result = when(expression(condition)).then(expression(value)).otherwise(result)
    return result


def _fold(items: Sequence[ir.Expr], start: bool, combine: Callable[[Any, Any], Any]) -> polars.Expr:
    result = lit(start)
    for item in items:
        result = combine(result, expression(item))
    return result


COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
EXPRESSIONS: dict[type, Callable[[Any], polars.Expr]] = {
    ir.Const: lambda expr: lit(expr.value, polars.Int64),
    ir.Truth: lambda expr: lit(expr.value),
    ir.Ref: lambda expr: col(expr.name),
    ir.Add: lambda expr: expression(expr.left) + expression(expr.right),
    ir.Sub: lambda expr: expression(expr.left) - expression(expr.right),
    ir.Mul: lambda expr: expression(expr.left) * expression(expr.right),
    ir.Div: _divide,
    ir.Min: lambda expr: polars.min_horizontal(*map(expression, expr.items)),
    ir.Max: lambda expr: polars.max_horizontal(*map(expression, expr.items)),
    ir.If: _choose,
    ir.Compare: lambda expr: COMPARISONS[expr.sign](expression(expr.left), expression(expr.right)),
    ir.In: lambda expr: expression(expr.item).is_in(list(expr.values)),
    ir.And: lambda expr: _fold(expr.items, True, lambda left, right: left & right),
    ir.Or: lambda expr: _fold(expr.items, False, lambda left, right: left | right),
    ir.Not: lambda expr: ~expression(expr.item),
}
