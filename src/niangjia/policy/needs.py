"""Which missing facts matter to this case: one that only a branch not taken would need is not asked for.

A flag that is false is traced back to its causes. What an unsettled gate or output reaches that way is missing;
the conditions on the way become columns, so that every runner lists the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from niangjia.policy import ir, typed
from niangjia.policy.layout import UNIT, Layout

Asked = tuple[ir.Expr, ...]
"""All of these hold; none means always."""
_BOOL = ir.Shape("bool")


def gaps(layout: Layout, needed: typed.Known) -> tuple[ir.Gap, ...]:
    """The gaps that may matter, each with a flag that is false only where it does. `needed`: what settles a case."""
    asked = _Demand(layout, UNIT, sorted(needed)).asked
    made = []
    for name, found in layout.gaps.items():
        parts = [_settled(gap.flag, asked[gap.flag]) for gap in found if gap.flag in asked]
        if parts:
            made.append(ir.Gap(name, _column(layout, name, parts), found[0].kind))
    return tuple(made)


def _settled(flag: str, ways: list[Asked]) -> ir.Expr:
    """Known, or not asked for in any way."""
    known = ir.Ref(flag)
    return known if () in ways else ir.Or((known, ir.Not(_any(ways))))


def _column(layout: Layout, name: str, parts: list[ir.Expr]) -> str:
    whole = _all(parts)
    if isinstance(whole, ir.Ref):
        return whole.name
    return layout.define(UNIT, ir.Definition(f"asked·{name}", whole, _BOOL, "need")).name


def _all(items: Iterable[ir.Expr]) -> ir.Expr:
    made = tuple(dict.fromkeys(items))
    return made[0] if len(made) == 1 else ir.And(made)


def _any(ways: Iterable[Asked]) -> ir.Expr:
    made = tuple(dict.fromkeys(_all(way) for way in ways))
    return made[0] if len(made) == 1 else ir.Or(made)


class _Demand:
    """`asked`: each flag of one frame, or seen from it, with the ways in which it is asked for."""

    def __init__(self, layout: Layout, frame: str, start: Iterable[str]) -> None:
        self.layout = layout
        self.frame = frame
        self.asked: dict[str, list[Asked]] = {flag: [()] for flag in start}
        self._of_rows: dict[str, _Demand] = {}
        for flag in self._users_first():
            self._hand_down(flag)

    def leaves(self) -> Iterator[tuple[str, list[Asked]]]:
        for flag, ways in self.asked.items():
            if (self.frame, flag) not in self.layout.causes:
                yield flag, ways

    def _users_first(self) -> list[str]:
        done: dict[str, None] = {}

        def visit(flag: str) -> None:
            if flag not in done:
                for part in self._parts(flag):
                    visit(part)
                done[flag] = None

        for flag in self.asked:
            visit(flag)
        return list(reversed(done))

    def _parts(self, flag: str) -> list[str]:
        rows = self._rows(flag)
        if rows is not None:
            return [self.layout.gathered(rows.frame, leaf) for leaf, _ in rows.leaves()]
        causes = self.layout.causes.get((self.frame, flag), ())
        return [part for cause in causes for part in sorted(cause.known)]

    def _hand_down(self, flag: str) -> None:
        """What makes this flag false is asked for whenever the flag is."""
        rows = self._rows(flag)
        causes = self.layout.causes.get((self.frame, flag), ())
        if rows is None and not causes:
            return
        above = self._once(flag)
        if rows is not None:
            for leaf, ways in rows.leaves():
                some = self._some_row(rows, leaf, ways)
                self._ask(self.layout.gathered(rows.frame, leaf), (*above, some))
        for cause in causes:
            for part in sorted(cause.known):
                self._ask(part, (*above, ir.Not(ir.Ref(flag)), *cause.guards))

    def _ask(self, flag: str, way: Asked) -> None:
        self.asked.setdefault(flag, []).append(way)

    def _once(self, flag: str) -> Asked:
        """The ways in which a flag is asked for as one column, however many parts it has."""
        ways = self.asked[flag]
        if () in ways:
            return ()
        name = self.layout.free_name(f"asked·{flag}")
        return (self.layout.define(self.frame, ir.Definition(name, _any(ways), _BOOL, "need")),)

    # From the unit into its rows

    def _rows(self, flag: str) -> _Demand | None:
        """For a flag that says "in every row", what it asks of a row; None when it is no such flag."""
        made = self.layout.aggregates.get(flag) if self.frame == UNIT else None
        if made is None or not isinstance(made.value, ir.Ref):
            return None
        inner = made.value.name
        if (made.relation, inner) not in self.layout.causes:
            return None
        if flag not in self._of_rows:
            self._of_rows[flag] = _Demand(self.layout, made.relation, [inner])
        return self._of_rows[flag]

    def _some_row(self, rows: _Demand, leaf: str, ways: list[Asked]) -> ir.Ref:
        """Whether some row asks for the leaf and does not have it."""
        lacks = ir.And((ir.Not(ir.Ref(leaf)), _any(ways)))
        self.layout.lacking.setdefault((rows.frame, leaf), []).append(lacks)
        return self.layout.gather(ir.Aggregate("", rows.frame, "any", lacks, None, _BOOL), f"asked·{leaf}")
