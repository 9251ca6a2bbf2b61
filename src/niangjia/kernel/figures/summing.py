"""From the groups of one query to a number for every unit and its subtree: each row is added once on its way up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from niangjia.kernel import access
from niangjia.kernel.figures.measures import NONE, Measure, Period

STEP = access.ROOT_LENGTH
CHUNK = 2000


@dataclass
class Cell:
    """`parts`: per dimension and code. They add up to the value in every dimension."""

    value: int = 0
    parts: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, count: int, codes: Iterable[tuple[str, str]]) -> None:
        self.value += count
        for dimension, code in codes:
            counts = self.parts.setdefault(dimension, {})
            counts[code] = counts.get(code, 0) + count

    def include(self, other: "Cell") -> None:
        self.value += other.value
        for dimension, theirs in other.parts.items():
            counts = self.parts.setdefault(dimension, {})
            for code, count in theirs.items():
                counts[code] = counts.get(code, 0) + count


# By unit id; units without anything to count are left out.
Sums = Mapping[int, Cell]


@dataclass(frozen=True)
class Tree:
    """Where every unit stands today."""

    paths: Mapping[int, str]
    ids: Mapping[str, int]

    @classmethod
    def read(cls) -> "Tree":
        units = apps.get_model(settings.UNIT_MODEL)
        paths = dict(units._default_manager.order_by().values_list("pk", "path"))
        return cls(paths, {path: pk for pk, path in paths.items()})

    def sums(self, measure: Measure, period: Period) -> Sums:
        return self.rolled_up(self.own(_told(measure.groups(period)), measure))

    def sums_of_shares(self, whole: Measure, period: Period) -> dict[str, Sums]:
        """By the name of the share."""
        shares = whole.shares()
        cells: list[dict[str, Cell]] = [{} for _share in shares]
        for unit, *counts in _told(whole.groups_of_shares(period)):
            for place, count in enumerate(counts):
                if unit in self.paths and count:
                    cells[place].setdefault(self.paths[unit], Cell()).add(int(count), ())
        return {share.name: self.rolled_up(own) for share, own in zip(shares, cells, strict=True)}

    def own(self, groups: Iterable[Any], measure: Measure) -> dict[str, Cell]:
        """By path, without what lies below. A unit founded since the tree was read waits for the next edition."""
        names = [dimension.name for dimension in measure.dimensions]
        cells: dict[str, Cell] = {}
        for unit, *codes, count in groups:
            if unit in self.paths and count:
                cell = cells.setdefault(self.paths[unit], Cell())
                cell.add(
                    int(count), zip(names, (NONE if code is None else code for code in codes), strict=True)
                )
        return cells

    def rolled_up(self, cells: dict[str, Cell]) -> Sums:
        """The deepest first, so that a unit is whole before it goes into the one above."""
        levels: dict[int, list[str]] = {}
        for path in cells:
            levels.setdefault(len(path), []).append(path)
        for length in range(max(levels, default=0), STEP, -STEP):
            for path in levels.get(length, []):
                above = path[:-STEP]
                if above not in cells:
                    cells[above] = Cell()
                    levels.setdefault(len(above), []).append(above)
                cells[above].include(cells[path])
        return {self.ids[path]: cells[path] for path in sorted(cells)}


def _told(rows: "QuerySet[Any]") -> Iterator[Sequence[Any]]:
    """As the database says it, a part at a time: Django would look at each number of each row for a converter.

    Ids and texts need none; a sum comes as a decimal from some.
    """
    compiler = rows.query.get_compiler(connection=connection)
    for some in compiler.execute_sql(chunked_fetch=True, chunk_size=CHUNK) or ():
        yield from some
