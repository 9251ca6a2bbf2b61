"""Entering years: the published ones at first start, each new one from the State Council's notice."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.calendar.counting import forget
from niangjia.kernel.calendar.days import CalendarDay, CalendarYear
from niangjia.kernel.errors import Invalid

Kind = CalendarDay.Kind
FIRST_YEAR, LAST_YEAR = 1950, 2100
# A year is complete once each of these is named.
STATUTORY = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
DATE = r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?"
LINE = re.compile(rf"{DATE}(?:\s*[至~]\s*{DATE})?\s*(休|班)\s*(\S.*)", re.ASCII)


@dataclass(frozen=True)
class Day:
    date: date
    kind: str
    name: str


def read_days(year: int, text: str) -> list[Day]:
    """One line per day or span: `2027-01-01 休 元旦`, `2月5日至2月12日 休 春节`, `2027-02-14 班 春节调休`."""
    days: list[Day] = []
    for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), start=1):
        if line.strip():
            days += _read_line(year, number, line.strip())
    return days


def _read_line(year: int, number: int, line: str) -> list[Day]:
    match = LINE.fullmatch(line)
    if match is None:
        raise Invalid(
            _("第 %(line)s 行看不懂。请写成“2027-01-01 休 元旦”或“2月5日至2月12日 休 春节”，调休上班写“班”。")
            % {"line": number}
        )
    first_year, first_month, first_day, last_year, last_month, last_day, mark, name = match.groups()
    try:
        first = date(int(first_year or year), int(first_month), int(first_day))
        last = date(int(last_year or year), int(last_month), int(last_day)) if last_month else first
    except ValueError:
        raise Invalid(_("第 %(line)s 行的日期不存在，请核对。") % {"line": number}) from None
    if not first <= last <= first + timedelta(days=31):
        raise Invalid(_("第 %(line)s 行的起止日期颠倒或相隔过长，请核对。") % {"line": number})
    kind = Kind.HOLIDAY if mark == "休" else Kind.WORKDAY
    return [Day(first + timedelta(days=n), kind, name.strip()) for n in range((last - first).days + 1)]


def set_year(year: int, days: Sequence[Day], *, source: str, actor: Actor) -> CalendarYear:
    """Enter a year, or replace it as a whole. The caller has checked that the actor keeps the calendar."""
    _check(year, days, source)
    text = "\n".join(f"{day.date} {day.kind} {day.name}" for day in sorted(days, key=lambda day: day.date))
    with transaction.atomic():
        row = CalendarYear.objects.select_for_update().filter(year=year).first()
        if row is None:
            row = CalendarYear(year=year, revision=0)
        row.source, row.is_complete = source.strip(), _is_complete(days)
        row.revision += 1
        row.save()
        row.days.all().delete()
        _write(row, days)
        audit.record(row, "set_year", actor=actor, changes={"source": row.source, "days": text})
    forget()
    return row


def seed_calendar() -> int:
    """Enter each published year not there yet and say how many; an entered year is never touched."""
    from chinese_calendar import __version__, constants

    published: dict[int, list[Day]] = {}
    for kind, table in ((Kind.HOLIDAY, constants.holidays), (Kind.WORKDAY, constants.workdays)):
        for day, name in table.items():
            published.setdefault(day.year, []).append(Day(day, kind, constants.Holiday(name).chinese))
    known = set(CalendarYear.objects.values_list("year", flat=True))
    source = f"国务院办公厅节假日安排（chinesecalendar {__version__}）"
    with transaction.atomic():
        for year in sorted(set(published) - known):
            row = CalendarYear.objects.create(year=year, source=source, is_complete=True)
            _write(row, published[year])
    forget()
    return len(set(published) - known)


def _write(row: CalendarYear, days: Iterable[Day]) -> None:
    CalendarDay.objects.bulk_create(
        [CalendarDay(year=row, date=day.date, kind=day.kind, name=day.name) for day in days]
    )


def _is_complete(days: Iterable[Day]) -> bool:
    names = "、".join(day.name for day in days if day.kind == Kind.HOLIDAY)
    return all(holiday in names for holiday in STATUTORY)


def _check(year: int, days: Sequence[Day], source: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(_("年度应在 %(first)s 至 %(last)s 之间。") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    if not source.strip():
        raise Invalid(_("请填写依据，例如国务院办公厅通知的文号。"))
    if not days:
        raise Invalid(_("请至少填写一个放假日。"))
    seen: set[date] = set()
    for day in days:
        if day.date.year != year:
            raise Invalid(
                _("%(day)s 不在 %(year)s 年，请写到它所属的年度。") % {"day": day.date, "year": year}
            )
        if day.date in seen:
            raise Invalid(_("%(day)s 写了两次，请删去一处。") % {"day": day.date})
        if day.kind == Kind.WORKDAY and day.date.weekday() < 5:
            raise Invalid(_("%(day)s 本来就是工作日，不需要写成调休上班，请核对日期。") % {"day": day.date})
        seen.add(day.date)
