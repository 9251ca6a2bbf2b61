"""What a running job holds: its count, its mark, its right to write.

The right is the fencing token: once the lease went to another worker, every write of the old run is refused.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.jobs.models import Job, State, ending

if TYPE_CHECKING:
    from niangjia.kernel.files import StoredFile

# How often, in seconds, the count is written and a wish to cancel is looked for.
PACE = 1.0

_KEEP = object()


class Cancelled(Exception):
    """The user asked to stop; raised by `Progress.check` where the body can stop cleanly."""


class LostLease(Exception):
    """Another worker took this job over; nothing of this run may be written any more."""


class Progress:
    """The first argument of every job body.

    `total` and `done` are what the user sees; a body that resumes from its `mark` sets `done` to match it.
    """

    def __init__(self, job: Job) -> None:
        self.job_id = job.pk
        self.total = job.total
        self.done = job.done
        self.mark = job.mark
        self._token = job.token
        self._written_at = time.monotonic()
        self._is_final = False

    @property
    def is_final(self) -> bool:
        """Whether the completion was already committed, together with the effect."""
        return self._is_final

    def actor(self) -> Actor:
        """Whoever asked for the job, with the rights of this day; the clock where nobody did."""
        asked = Job.objects.select_related("asked_by").get(pk=self.job_id).asked_by
        return Actor.of(asked) if asked else CLOCK

    def advance(self, count: int = 1) -> None:
        """So many more are done. Written once a second; stops the body when cancelled or fenced off."""
        self.done += count
        self.check()

    def check(self) -> None:
        """Raises `Cancelled` or `LostLease` within about a second of the cause."""
        if time.monotonic() - self._written_at < PACE:
            return
        self._write()
        if Job.objects.filter(pk=self.job_id, cancel_asked=True).exists():
            raise Cancelled

    @contextmanager
    def commit(self, mark: Any = _KEEP) -> Iterator[None]:
        """One transaction for an effect and the mark that tells of it, refused once the lease is lost.

        A body that skips what its `mark` says is done has each effect exactly once, whenever it is killed.
        """
        with transaction.atomic():
            self._hold()
            yield
            if mark is not _KEEP:
                self.mark = mark
            if not self._is_final:
                self._write(mark=self.mark)

    def attach(self, stored: "StoredFile") -> None:
        """The file that the job made for whoever asked."""
        self._update(result_file=stored)

    def finish(self, result: Any = None) -> None:
        """Complete the job; inside `commit` the effect and the completion are one."""
        self._update(result=result, done=self.done, total=self.total, error="", **ending(State.DONE))
        self._is_final = True

    def _hold(self) -> None:
        """Lock the row: while it is locked nobody can declare this run dead."""
        mine = Job.objects.select_for_update().filter(pk=self.job_id, token=self._token, state=State.RUNNING)
        if not mine.values("pk").first():
            raise LostLease

    def _write(self, **fields: Any) -> None:
        self._update(done=self.done, total=self.total, **fields)
        self._written_at = time.monotonic()

    def _update(self, **fields: Any) -> None:
        mine = Job.objects.filter(pk=self.job_id, token=self._token, state=State.RUNNING)
        if not mine.update(**fields):
            raise LostLease
