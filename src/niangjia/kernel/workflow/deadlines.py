"""How long a stage may take: a number of days, fixed or a dated parameter of the unit's region."""

from dataclasses import dataclass
from datetime import date, timedelta

from niangjia.kernel import access, calendar


@dataclass(frozen=True)
class Deadline:
    """`amount` is a number of days or the name of a parameter that holds one."""

    amount: int | str
    working: bool

    def days(self, unit_id: int, on: date) -> int:
        if isinstance(self.amount, int):
            return self.amount
        return int(access.directory().parameter(self.amount, unit_id, on))

    def falls_on(self, start: date, unit_id: int) -> date:
        """The last day; the day of the start does not count."""
        days = self.days(unit_id, start)
        return calendar.add_working_days(start, days) if self.working else start + timedelta(days=days)


class Calendar:
    """Last days by stage and unit, each worked out once in a batch."""

    def __init__(self, start: date) -> None:
        self._start = start
        self._known: dict[tuple[Deadline, int], date] = {}

    def last_day(self, deadline: Deadline | None, unit_id: int) -> date | None:
        if deadline is None:
            return None
        if (deadline, unit_id) not in self._known:
            self._known[deadline, unit_id] = deadline.falls_on(self._start, unit_id)
        return self._known[deadline, unit_id]


def working_days(amount: int | str) -> Deadline:
    return Deadline(amount, working=True)


def calendar_days(amount: int | str) -> Deadline:
    return Deadline(amount, working=False)
