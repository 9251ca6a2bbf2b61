"""Reads of background work: everyone sees the jobs they asked for."""

from collections.abc import Callable
from functools import cache

from django.db import connection
from django.db.models import QuerySet

from niangjia.kernel.access import Actor
from niangjia.kernel.jobs.models import Job, State
from niangjia.kernel.jobs.registry import kinds
from niangjia.kernel.prepared import NOBODY, compiled


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """Own jobs, newest first; the clock sees those that nobody asked for."""
    return Job.objects.filter(asked_by=actor.user).order_by("-id")


def ended_unseen(actor: Actor) -> QuerySet[Job]:
    """Own long work that has ended, well or not, and whose result nobody has looked at since; the newest first."""
    return _unseen(jobs_visible_to(actor))


def latest_ended_unseen(actor: Actor, most: int) -> list[Job]:
    """The newest of them, for the home page of all staff: the query is written once."""
    return _latest_unseen(most, connection.vendor)(actor.account.pk)


@cache
def _latest_unseen(most: int, _vendor: str) -> Callable[[int], list[Job]]:
    return compiled(_unseen(Job.objects.filter(asked_by=NOBODY).order_by("-id"))[:most])


def _unseen(rows: QuerySet[Job]) -> QuerySet[Job]:
    long = [kind.name for kind in kinds().values() if kind.is_long]
    return rows.filter(name__in=long, state__in=(State.DONE, State.FAILED), seen_at=None)
