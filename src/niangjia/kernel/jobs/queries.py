"""Reads of background work: everyone sees the jobs they asked for."""

from django.db.models import QuerySet

from niangjia.kernel.access import Actor
from niangjia.kernel.jobs.models import Job


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """Own jobs, newest first; the clock sees those that nobody asked for."""
    return Job.objects.filter(asked_by=actor.user).order_by("-id")
