"""Reads of the summary. Whoever asks has looked the unit up among those they may see; the purpose is checked here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing
from niangjia.kernel.figures.measures import Measure, Part, Period
from niangjia.kernel.figures.models import Edition, Figure, Publication

# So many months a series goes back, the running one included.
HISTORY = 25


class Place(Protocol):
    """A unit of the tree."""

    pk: Any
    path: str


@dataclass(frozen=True)
class Reading:
    """One number as an edition has it. `value` None: nobody counted it then."""

    measure: Measure
    edition: Edition | None
    value: int | None
    parts: Mapping[str, Mapping[str, int]]

    def of(self, part: Part) -> int | None:
        return None if self.value is None else self.parts.get(part.dimension.name, {}).get(part.code, 0)


def may_read(measure: Measure, actor: Actor, unit: Place) -> bool:
    return any(unit.path.startswith(path) for path in actor.scopes(measure.purpose))


def readable(measure: Measure, actor: Actor, unit: Place) -> Measure:
    """The measure, or Missing where the actor's posts do not open its data for the unit's subtree."""
    if not may_read(measure, actor, unit):
        raise Missing(_("没有这个统计数，或您的岗位看不到它。"))
    return measure


def months_back(count: int = HISTORY, until: date | None = None) -> list[date]:
    """First days of months, the oldest first."""
    last = (until or clock.today()).replace(day=1)
    return [calendar.add_months(last, -back) for back in range(count - 1, -1, -1)]


def current_editions(months: Collection[date]) -> dict[date, Edition]:
    """The edition that is read, per month; months that nobody counted are left out."""
    rows = Edition.objects.filter(month__in=months, finished_at__isnull=False).order_by("pk")
    return {edition.month: edition for edition in rows}


def latest_edition() -> Edition | None:
    """The one that is most up to date."""
    return Edition.objects.filter(finished_at__isnull=False).order_by("-month", "-pk").first()


def edition_of(month: date) -> Edition | None:
    return current_editions([month]).get(month)


def series(
    unit: Place, wanted: Iterable[Measure], editions: Mapping[date, Edition]
) -> dict[str, dict[date, Reading]]:
    """Per measure and month, in two queries whatever the number of either."""
    wanted = list(wanted)
    rows = _figures(wanted, editions.values()).filter(unit=unit.pk)
    stored = {(row.edition_id, row.measure): row for row in rows}
    return {
        measure.name: {
            month: _reading(measure, edition, stored.get((edition.pk, measure.name)))
            for month, edition in editions.items()
        }
        for measure in wanted
    }


def across(
    units: Sequence[Place], wanted: Iterable[Measure], edition: Edition
) -> dict[Any, dict[str, Reading]]:
    """Per unit's id and measure, for one edition."""
    wanted = list(wanted)
    rows = _figures(wanted, [edition]).filter(unit__in=[unit.pk for unit in units])
    stored = {(row.unit_id, row.measure): row for row in rows}
    return {
        unit.pk: {
            measure.name: _reading(measure, edition, stored.get((unit.pk, measure.name)))
            for measure in wanted
        }
        for unit in units
    }


def rows_behind(measure: Measure, unit: Place, edition: Edition, part: Part | None = None) -> "QuerySet[Any]":
    """The rows that a figure counts, as the register has them now."""
    return measure.beneath(unit.path, Period.of(edition.month, edition.day), part)


def is_published(measure: Measure, unit: Place) -> bool:
    return Publication.objects.filter(measure=measure.name, unit=unit.pk, withdrawn_at=None).exists()


def publications() -> "QuerySet[Publication]":
    """What unions show to everybody, in the order of the tree."""
    return (
        Publication.objects.filter(withdrawn_at=None)
        .select_related("unit")
        .order_by("unit__path", "measure", "pk")
    )


def _figures(wanted: Sequence[Measure], editions: Iterable[Edition]) -> "QuerySet[Figure]":
    return Figure.objects.filter(
        edition__in=[edition.pk for edition in editions], measure__in=[measure.name for measure in wanted]
    ).order_by()


def _reading(measure: Measure, edition: Edition, row: Figure | None) -> Reading:
    if row is not None:
        return Reading(measure, edition, row.value, row.parts)
    return Reading(measure, edition, 0 if measure.name in edition.measures else None, {})
