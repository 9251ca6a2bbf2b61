"""开放时间: hours as people write them, and whether a place is open at a moment, holidays considered.

A week is a text a day, `09:00-12:00 13:30-17:00`; an empty text: closed. A day unlike its week goes by `holiday`, or,
where it is worked instead of a Monday-to-Friday day, by Monday's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from niangjia.kernel import calendar, clock
from niangjia.kernel.calendar import CalendarDay
from niangjia.kernel.errors import Invalid

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOLIDAY = "holiday"
DAYS = (*WEEK, HOLIDAY)
ALL_DAY = "00:00-24:00"
SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
# How far ahead the next opening is looked for.
LOOK_AHEAD = 15

Span = tuple[int, int]


@dataclass(frozen=True)
class Special:
    """Some days with hours of their own; the last of a list holds."""

    from_on: date
    until_on: date | None
    hours: str
    reason: str

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Opening:
    """Open until `changes_at`, or closed until then; None: as far as one can see."""

    is_open: bool
    changes_at: datetime | None
    reason: str = ""


def normalise(text: str) -> str:
    """One way of writing; raises Invalid with a sentence."""
    return " ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans(text))


def spans(text: str) -> list[Span]:
    """Minutes since midnight, in order and apart."""
    plain = re.sub(r"[：﹕]", ":", text.strip())
    plain = re.sub(r"\s*[-－–—~～至]+\s*", "-", plain)
    if plain.lower() in {"24小时", "24 小时", "全天", "24h", "24 h"}:
        plain = ALL_DAY
    parts = [part for part in re.split(r"[\s,，、;；]+", plain) if part]
    found = [_span(part) for part in parts]
    for before, after in pairwise(found):
        if after[0] <= before[1]:
            raise Invalid(_("开放时间前后重叠或次序颠倒：%s。请按先后填写。") % text)
    return found


def hours_on(week: Mapping[str, str], specials: Iterable[Special], day: date) -> tuple[str, str]:
    """What holds on a day, and why if it is not the ordinary week."""
    special = next((one for one in reversed(list(specials)) if one.holds_on(day)), None)
    if special is not None:
        return special.hours, special.reason
    unlike = calendar.unlike_its_week(day)
    if unlike == CalendarDay.Kind.HOLIDAY:
        return week.get(HOLIDAY, ""), _("节假日")
    if unlike == CalendarDay.Kind.WORKDAY:
        return week.get(WEEK[0], ""), _("调休上班")
    return week.get(WEEK[day.weekday()], ""), ""


def opening_at(week: Mapping[str, str], specials: Iterable[Special], moment: datetime) -> Opening:
    """Whether it is open, and when that changes next."""
    specials = list(specials)
    local = moment.astimezone(clock.CHINA)
    today = local.date()
    minute = local.hour * 60 + local.minute
    hours, reason = hours_on(week, specials, today)
    for start, end in spans(hours):
        if start <= minute < end:
            return Opening(True, _closing(week, specials, today, end), reason)
        if minute < start:
            return Opening(False, _moment(today, start), reason)
    for ahead in range(1, LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        if later := spans(hours_on(week, specials, day)[0]):
            return Opening(False, _moment(day, later[0][0]), reason)
    return Opening(False, None, reason)


def _closing(week: Mapping[str, str], specials: list[Special], day: date, end: int) -> datetime | None:
    """Through midnight while the next day begins open; None: it does not close within sight."""
    for _ahead in range(1, LOOK_AHEAD):
        if end < 24 * 60:
            return _moment(day, end)
        day += timedelta(days=1)
        following = spans(hours_on(week, specials, day)[0])
        if not following or following[0][0] > 0:
            return _moment(day, 0)
        end = following[0][1]
    return None


def _span(part: str) -> Span:
    match = SPAN.fullmatch(part)
    if match is None:
        raise Invalid(_("看不懂“%s”。请写成 09:00-17:00，中间休息的写成 09:00-12:00 13:30-17:00。") % part)
    hour, minute, last_hour, last_minute = map(int, match.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or end > 24 * 60 or start >= end:
        raise Invalid(_("“%s”的时间不对：开门要早于关门，最晚 24:00；过夜的请分两天填。") % part)
    return start, end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _moment(day: date, minutes: int) -> datetime:
    if minutes == 24 * 60:
        day, minutes = day + timedelta(days=1), 0
    return datetime.combine(day, time(minutes // 60, minutes % 60), clock.CHINA)
