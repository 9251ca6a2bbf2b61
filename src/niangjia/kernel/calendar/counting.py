"""Counting by the Civil Code, articles 200 to 204: the day of the start never counts."""

import time
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from niangjia.kernel.calendar.days import CalendarDay, CalendarYear

# Another process's change is noticed after so long; a page of deadlines asks the database once at most.
REMEMBERED_SECONDS = 2.0
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The whole table in memory: some hundred days."""

    revisions: dict[int, int]
    complete: frozenset[int]
    holidays: frozenset[date]
    workdays: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    @cached_property
    def _exceptions(self) -> tuple[list[date], list[date]]:
        """In order: the days from Monday to Friday that are free, and those of the weekend that are worked."""
        free = sorted(day for day in self.holidays - self.workdays if day.weekday() < 5)
        return free, sorted(day for day in self.workdays if day.weekday() >= 5)

    def working_days_until(self, day: date) -> int:
        """Working days from the first day there is up to and with this one: two such counts give any span."""
        weeks, rest = divmod(day.toordinal(), 7)
        free, worked = self._exceptions
        return weeks * 5 + min(rest, 5) - bisect_right(free, day) + bisect_right(worked, day)


_known: tuple[float, Calendar] | None = None


def forget() -> None:
    """Read the tables again at the next question."""
    global _known
    _known = None


def _calendar() -> Calendar:
    global _known
    now = time.monotonic()
    if _known and now < _known[0]:
        return _known[1]
    years = {year.year: year for year in CalendarYear.objects.all()}
    revisions = {year.year: year.revision for year in years.values()}
    if _known and _known[1].revisions == revisions:
        calendar = _known[1]
    else:
        complete = frozenset(year.year for year in years.values() if year.is_complete)
        calendar = Calendar(revisions, complete, *_days())
    _known = now + REMEMBERED_SECONDS, calendar
    return calendar


def _days() -> tuple[frozenset[date], frozenset[date]]:
    rows = list(CalendarDay.objects.values_list("kind", "date"))
    holidays = frozenset(day for kind, day in rows if kind == CalendarDay.Kind.HOLIDAY)
    return holidays, frozenset(day for kind, day in rows if kind == CalendarDay.Kind.WORKDAY)


def is_working_day(day: date) -> bool:
    return _calendar().is_working_day(day)


def unlike_its_week(day: date) -> CalendarDay.Kind | None:
    """Whether a day is a holiday, or a day of the weekend that is worked instead; None: as its week has it."""
    calendar = _calendar()
    if day in calendar.holidays:
        return CalendarDay.Kind.HOLIDAY
    return CalendarDay.Kind.WORKDAY if day in calendar.workdays else None


def add_working_days(start: date, amount: int) -> date:
    """The last of so many working days after the start; of none, the start itself."""
    if amount < 0:
        raise ValueError("working days are counted forward")
    calendar, day = _calendar(), start
    while amount:
        day += DAY
        amount -= calendar.is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; negative when `end` lies before."""
    if end < start:
        return -working_days_between(end, start)
    calendar = _calendar()
    return calendar.working_days_until(end) - calendar.working_days_until(start)


def add_months(day: date, months: int) -> date:
    """The corresponding day, or the last day of a month that has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_end(start: date, *, days: int = 0, months: int = 0, years: int = 0) -> date:
    """The last day of a period; one that ends on a day of rest ends on the next working day (article 203)."""
    end = add_months(start, months + 12 * years) + DAY * days
    calendar = _calendar()
    while not calendar.is_working_day(end):
        end += DAY
    return end


def missing_years(first: date, last: date) -> list[int]:
    """Years of the span whose holidays nobody has entered in full."""
    complete = _calendar().complete
    return [year for year in range(first.year, last.year + 1) if year not in complete]


def warning_for(*days: date) -> str | None:
    """What to show beside dates that were counted without the holidays of their year."""
    missing = missing_years(min(days), max(days)) if days else []
    if not missing:
        return None
    return _("%(years)s 年的节假日安排尚未录入或不完整，日期暂按周一至周五推算，录入后可能变化。") % {
        "years": _("、").join(str(year) for year in missing)
    }
