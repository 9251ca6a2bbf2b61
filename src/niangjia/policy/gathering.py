"""sum, count, any and all over the rows of a list: the aggregate, its bounds, and what it needs to be known."""

from __future__ import annotations

import ast

from niangjia.policy import ir, typed
from niangjia.policy.errors import PolicyError
from niangjia.policy.hosts import Host, shape_of
from niangjia.policy.layout import UNIT, Cause
from niangjia.policy.records import replace
from niangjia.policy.typed import BOOL, NUMBER, Typed


class Gathering:
    """Gathers for the step of one host."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.names = host.names

    def relation(self, args: list[ast.expr]) -> str:
        """The one list whose fields the arguments name."""
        bases = {
            part.value.id
            for arg in args
            for part in ast.walk(arg)
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)
        }
        found = {relation for relation in map(self.names.relation_of, sorted(bases)) if relation}
        if len(found) != 1:
            raise PolicyError(
                "这里要用到一个列表的字段，如 sum(成员.月收入)。",
                "This needs fields of one list, like sum(成员.月收入).",
            )
        return found.pop()

    def gather(self, function: str, relation: str, parts: list[Typed]) -> Typed:
        """`parts`: what is gathered in each row and, if there is a second, which rows count."""
        value, where = parts[0], parts[1] if len(parts) > 1 else None
        typed.need(value, NUMBER if function == "sum" else BOOL)
        if where is not None:
            typed.need(where, BOOL)
        if function == "count":
            value, where = typed.ONE, value
        made = self.names.rows_of(relation)
        known = self._known_rows(relation, value, where)
        most = made.high
        low, high = {"sum": (min(value.low * most, 0), max(value.high * most, 0)), "count": (0, most)}.get(
            function, (0, 1)
        )
        kind = BOOL if function in ("any", "all") else NUMBER
        unit = made.unit if function == "count" else value.unit
        scale = value.scale if function == "sum" else 0
        shape = typed.checked(Typed(ir.Const(0), kind, scale, low, high, unit if kind == NUMBER else None))
        name = self._add(function, relation, value.expr, where.expr if where else None, shape)
        whole = replace(shape, expr=ir.Ref(name), known=known | made.known)
        return self._settled(function, relation, value, whole) if kind == BOOL else whole

    def _add(
        self, kind: str, relation: str, value: ir.Expr | None, where: ir.Expr | None, like: Typed
    ) -> str:
        value = None if kind == "count" else value
        made = ir.Aggregate("", relation, kind, value, where, shape_of(like))  # type: ignore[arg-type]
        return self.names.layout.gather(made, self.host.column).name

    def _known_rows(self, relation: str, value: Typed, where: Typed | None) -> typed.Known:
        """Known for the unit when known in every row; rows left out by a known `where` need nothing more."""
        needed = value.known
        if where is not None and not needed <= where.known:
            taken = ir.Or((ir.Not(where.expr), value.known_expr))
            both = ir.And((where.known_expr, taken)) if where.known else taken
            counted = Cause(value.known, (where.known_expr, where.expr))
            needed = self.host.flag_for(both, relation, Cause(where.known), counted)
        elif where is not None:
            needed = where.known
        layout = self.names.layout
        if layout.relations[relation].min_count == 0 and any(
            not layout.is_of_row(relation, flag) for flag in needed
        ):
            # Without rows no row asks for the unit's facts.
            needed = self.host.flag_for(typed.flags(needed), relation, Cause(needed))
        return self.names.row_flags(relation, needed)

    def _settled(self, function: str, relation: str, value: Typed, whole: Typed) -> Typed:
        """any: one row known to hold settles it; all: one row known not to hold."""
        if not value.known:
            return whole
        hit = ir.And((value.known_expr, value.expr if function == "any" else ir.Not(value.expr)))
        one = self._add("any", relation, hit, None, Typed(ir.Truth(False), BOOL))
        settled = ir.Or((ir.Ref(one), whole.known_expr))
        return replace(whole, known=self.host.flag_for(settled, UNIT, Cause(whole.known)))
