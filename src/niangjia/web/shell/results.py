"""Where the result of long work is looked at: a page of its own, or the list of one's background work."""

from collections.abc import Callable

from django.urls import reverse

from niangjia.kernel.jobs import Job

# By kind of job. Such a page notes its job as seen (`jobs.actions.note_seen`), as the list does for all others.
RESULT_PAGES: dict[str, Callable[[Job], str]] = {}


def result_address(job: Job) -> str:
    page = RESULT_PAGES.get(job.name)
    return page(job) if page else reverse("account")
