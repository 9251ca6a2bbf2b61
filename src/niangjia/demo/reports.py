"""The figures of the demo city, reported as they would have been: on every first of the month, by the job itself."""

from collections.abc import Callable
from datetime import date
from functools import partial

from niangjia.demo.agenda import Agenda
from niangjia.kernel import calendar
from niangjia.kernel.access import Actor
from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs.running import run_next
from niangjia.membership.figures import MEMBERS
from niangjia.organisation.actions import publish_figure
from niangjia.organisation.figures import EMPLOYERS, ORGANISED, UNIONS
from niangjia.organisation.models import UnionBody

PUBLISHED = (EMPLOYERS, ORGANISED, UNIONS, MEMBERS)


def plan(
    agenda: Agenda, administrator: Callable[[], Actor], city: UnionBody, first: date, today: date
) -> None:
    """Nothing is reconstructed: a month that began before the city has no report. The city shows some to everybody."""
    month = calendar.add_months(first.replace(day=1), 2)
    while month <= today:
        agenda.add(month, _report)
        month = calendar.add_months(month, 1)
    agenda.add(today, _report)
    agenda.add(today, partial(_publish, administrator, city))


def _report() -> None:
    refresh.enqueue(months=2)
    run_next([refresh.name])


def _publish(administrator: Callable[[], Actor], city: UnionBody) -> None:
    for measure in PUBLISHED:
        publish_figure(measure, city, actor=administrator())
