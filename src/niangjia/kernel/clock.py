"""The one clock. Everything asks here what time it is, so that tests and the demo city can live on another day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

CHINA = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """The calendar day in China, which deadlines are counted in."""
    return now().astimezone(CHINA).date()


def midnight(day: date) -> datetime:
    """When a day begins in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


@contextmanager
def at(moment: datetime | date) -> Iterator[datetime]:
    """Live at another moment; a bare date means nine in the morning in China."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 9, tzinfo=CHINA)
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)
