"""How long a stage may take: a number of days, fixed or a dated parameter of the unit's region."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

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


@dataclass(frozen=True)
class NamedDay:
    """A last day that a person chose for this row: the field of the row that holds it."""

    field: str


class Calendar:
    """Last days by stage and unit, each worked out once in a batch."""

    def __init__(self, start: date) -> None:
        self._start = start
        self._known: dict[tuple[Deadline, int], date] = {}

    def last_day(self, deadline: Deadline | NamedDay | None, row: Any) -> date | None:
        if deadline is None:
            return None
        if isinstance(deadline, NamedDay):
            named: date | None = getattr(row, deadline.field)
            return named
        key = (deadline, row.unit_id)
        if key not in self._known:
            self._known[key] = deadline.falls_on(self._start, row.unit_id)
        return self._known[key]


def working_days(amount: int | str) -> Deadline:
    return Deadline(amount, working=True)


def named_day(field: str) -> NamedDay:
    return NamedDay(field)


def calendar_days(amount: int | str) -> Deadline:
    return Deadline(amount, working=False)
