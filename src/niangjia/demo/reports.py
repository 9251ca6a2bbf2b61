"""The figures of the demo city, reported as they would have been: on every first of the month, by the job itself."""

from datetime import date

from niangjia.demo.agenda import Agenda
from niangjia.kernel import calendar
from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs.running import run_next


def plan(agenda: Agenda, first: date, today: date) -> None:
    """Nothing is reconstructed: a month that began before the city has no report."""
    month = calendar.add_months(first.replace(day=1), 2)
    while month <= today:
        agenda.add(month, _report)
        month = calendar.add_months(month, 1)
    agenda.add(today, _report)


def _report() -> None:
    refresh.enqueue(months=2)
    run_next([refresh.name])
