"""Reads of background work: everyone sees the jobs they asked for."""

from django.db.models import QuerySet

from niangjia.kernel.access import Actor
from niangjia.kernel.jobs.models import Job, State
from niangjia.kernel.jobs.registry import kinds


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """Own jobs, newest first; the clock sees those that nobody asked for."""
    return Job.objects.filter(asked_by=actor.user).order_by("-id")


def ended_unseen(actor: Actor) -> QuerySet[Job]:
    """Own long work that has ended, well or not, and whose result nobody has looked at since; the newest first."""
    long = [kind.name for kind in kinds().values() if kind.is_long]
    return jobs_visible_to(actor).filter(name__in=long, state__in=(State.DONE, State.FAILED), seen_at=None)
