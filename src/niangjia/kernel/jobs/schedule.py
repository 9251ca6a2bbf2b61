"""When periodic work is due. A slot is the moment a run stands for; a missed one is made up once."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from niangjia.kernel import clock


class Schedule(Protocol):
    def slot(self, now: datetime) -> datetime:
        """The latest slot that has begun by now; the same for every worker that asks."""


@dataclass(frozen=True)
class Minutes:
    count: int

    def slot(self, now: datetime) -> datetime:
        period = self.count * 60
        return datetime.fromtimestamp(int(now.timestamp()) // period * period, tz=clock.CHINA)


@dataclass(frozen=True)
class Daily:
    at: time

    def slot(self, now: datetime) -> datetime:
        today = datetime.combine(now.astimezone(clock.CHINA).date(), self.at, tzinfo=clock.CHINA)
        return today if today <= now else today - timedelta(days=1)


def minutes(count: int) -> Schedule:
    """Every so many minutes, at most a day."""
    if not 0 < count <= 24 * 60:
        raise ValueError("a period is between one minute and a day")
    return Minutes(count)


def daily(at: str) -> Schedule:
    """Once a day at a time of China, as "02:10"."""
    return Daily(time.fromisoformat(at))
