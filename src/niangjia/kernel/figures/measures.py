"""What is counted: declared once by the domain whose rows it counts, with the sentence that defines it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Count, Q, QuerySet, Sum, TextChoices
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import access, calendar
from niangjia.kernel.errors import Missing
from niangjia.kernel.money import from_fen, yuan

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Modules of an application where measures are declared.
HOME = "figures"


class Unit(TextChoices):
    """In what something is counted."""

    PERSON = "person", _("人")
    HOUSEHOLD = "household", _("户")
    CASE = "case", _("件")
    BODY = "body", _("个")
    EMPLOYER = "employer", _("家")
    DAY = "day", _("天")
    MU = "mu", _("亩")
    # The number itself is whole fen: sums are exact.
    YUAN = "yuan", _("元")


@dataclass(frozen=True)
class Period:
    """The part of a month that a figure covers, both days inclusive."""

    first: date
    last: date

    @classmethod
    def of(cls, month: date, today: date) -> "Period":
        """The month of a first day, as far as it has passed."""
        return cls(month, min(ended(month), today))


def ended(month: date) -> date:
    """The last day of the month that begins on a day."""
    return calendar.add_months(month, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Dimension:
    """One way to divide a measure. `value(period)` is a column or expression of its rows that gives a short code.

    `labels` name the codes in the order to show them; a row without a code counts as `NONE`.
    """

    name: str
    label: "StrOrPromise"
    value: Callable[[Period], Any]
    labels: Mapping[str, "StrOrPromise"]

    def label_of(self, code: str) -> str:
        return str(self.labels.get(code, UNKNOWN))


NONE = ""
UNKNOWN = _("未填")


@dataclass(frozen=True)
class Part:
    """One slice of a measure, such as sex = female."""

    dimension: Dimension
    code: str

    @property
    def label(self) -> str:
        return self.dimension.label_of(self.code)


@dataclass(frozen=True)
class Measure:
    """`rows(period)` are what is counted, `place` the lookup to their unit ("" where the row is the unit itself).

    `total` names a column to add up instead of counting rows. `is_flow`: what happened in the month; else what there
    was at its end. Rows are dated, so that a month before the first report can be reconstructed. `purpose` is the kind
    of data that must be open to whoever reads it.

    One made by `share` counts those of the rows of its `whole` for which `having(period)` holds.
    """

    name: str
    label: "StrOrPromise"
    unit: Unit
    definition: "StrOrPromise"
    purpose: str
    rows: Callable[[Period], "QuerySet[Any]"]
    place: str = "unit"
    total: str = ""
    dimensions: Sequence[Dimension] = ()
    is_flow: bool = False
    whole: "Measure | None" = None
    having: Callable[[Period], Q] | None = None

    def __post_init__(self) -> None:
        if MEASURES.setdefault(self.name, self) is not self:
            raise ValueError(f"measure {self.name} is declared twice")

    @property
    def is_money(self) -> bool:
        return self.unit == Unit.YUAN

    def dimension(self, name: str) -> Dimension:
        for found in self.dimensions:
            if found.name == name:
                return found
        raise Missing(_("这个指标没有这样的分组。请从统计页面进入。"))

    def beneath(self, path: str, period: Period, part: Part | None = None) -> "QuerySet[Any]":
        """Exactly the rows that a unit's figure counts, in no order yet."""
        rows: QuerySet[Any] = self.rows(period).order_by()
        if path != ROOT:
            rows = rows.filter(access.within([path], self.place))
        if part is None:
            return rows
        code = f"{ALIAS}{part.dimension.name}"
        rows = rows.alias(**{code: part.dimension.value(period)})
        wanted = Q(**{code: part.code})
        return rows.filter(wanted | Q(**{f"{code}__isnull": True}) if part.code == NONE else wanted)

    def counted(self, rows: "QuerySet[Any]") -> int:
        """What the rows come to: their number, or the sum of a column."""
        if not self.total:
            return rows.order_by().count()
        return int(rows.order_by().aggregate(sum=self._sum)["sum"] or 0)

    @property
    def _sum(self) -> Sum:
        """Of money: its fen."""
        return Sum(self.total, output_field=BigIntegerField())

    def groups(self, period: Period) -> "QuerySet[Any]":
        """Tuples of unit id, one code per dimension, and count: all in one query, so that parts add up."""
        unit = self.place or "pk"
        codes = {f"{ALIAS}{dimension.name}": dimension.value(period) for dimension in self.dimensions}
        count = self._sum if self.total else Count("pk")
        rows: QuerySet[Any] = self.rows(period).order_by().annotate(**codes).values(unit, *codes)
        counted: QuerySet[Any] = rows.annotate(**{COUNT: count}).values_list(unit, *codes, COUNT)
        return counted

    def share(
        self, name: str, label: "StrOrPromise", definition: "StrOrPromise", having: Callable[[Period], Q]
    ) -> "Measure":
        """Declares those of the rows for which something holds, to be counted in one pass with its like."""

        def rows(period: Period) -> "QuerySet[Any]":
            return self.rows(period).filter(having(period))

        return Measure(
            name, label, self.unit, definition, self.purpose, rows, self.place, whole=self, having=having
        )

    def shares(self) -> "list[Measure]":
        return [measure for measure in measures().values() if measure.whole is self]

    def groups_of_shares(self, period: Period) -> "QuerySet[Any]":
        """Tuples of unit id and one count per share."""
        counts = {
            f"{ALIAS}{place}": Count("pk", filter=share.having(period))
            for place, share in enumerate(self.shares())
            if share.having
        }
        unit = self.place or "pk"
        rows: QuerySet[Any] = self.rows(period).order_by().values(unit).annotate(**counts)
        return rows.values_list(unit, *counts)


@dataclass(frozen=True)
class Ratio:
    """One measure as a share of another. Never stored; shown only beside both."""

    name: str
    label: "StrOrPromise"
    definition: "StrOrPromise"
    over: Measure
    under: Measure

    def __post_init__(self) -> None:
        if RATIOS.setdefault(self.name, self) is not self:
            raise ValueError(f"ratio {self.name} is declared twice")

    def of(self, over: int | None, under: int | None) -> float | None:
        """In percent; None where nothing is known or there is nothing to share."""
        return None if over is None or not under else over * 100 / under


@dataclass(frozen=True)
class Average:
    """An amount of money for each of those who are counted. Never stored; shown only beside both."""

    name: str
    label: "StrOrPromise"
    definition: "StrOrPromise"
    over: Measure
    under: Measure

    def __post_init__(self) -> None:
        if not self.over.is_money:
            raise ValueError(f"average {self.name} is not of money")
        if AVERAGES.setdefault(self.name, self) is not self:
            raise ValueError(f"average {self.name} is declared twice")

    def of(self, over: int | None, under: int | None) -> Decimal | None:
        """In yuan, of fen; None where nothing is known or there is nobody to share."""
        return None if over is None or not under else yuan(from_fen(over) / under)


# Before names in queries, so that a dimension may be called as a column is.
ALIAS = "by_"
COUNT = "number_counted"
ROOT = "0" * access.ROOT_LENGTH
MEASURES: dict[str, Measure] = {}
RATIOS: dict[str, Ratio] = {}
AVERAGES: dict[str, Average] = {}


@cache
def _discover() -> None:
    autodiscover_modules(HOME)


def measures() -> dict[str, Measure]:
    """Every measure of every installed application."""
    _discover()
    return MEASURES


def ratios() -> dict[str, Ratio]:
    _discover()
    return RATIOS


def averages() -> dict[str, Average]:
    _discover()
    return AVERAGES


def declared(name: str) -> Measure:
    """From an address: a name that nobody declared is Missing."""
    found = measures().get(name)
    if found is None:
        raise Missing(_("没有这个统计指标。请从统计页面进入。"))
    return found
