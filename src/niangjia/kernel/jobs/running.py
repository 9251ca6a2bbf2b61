"""Claiming, running, reaping. Who runs a job holds its lease; who holds its token may write for it."""

import contextvars
import logging
import os
import random
import socket
import threading
import traceback
from datetime import timedelta
from types import TracebackType
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.errors import Refused
from niangjia.kernel.jobs.alone import alone
from niangjia.kernel.jobs.models import DUE, Job, State, ending
from niangjia.kernel.jobs.progress import Cancelled, LostLease, Progress
from niangjia.kernel.jobs.registry import KINDS, JobKind, kinds

log = logging.getLogger("niangjia.jobs")

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
CLAIMED = ("state", "attempt", "token", "owner", "claimed_at", "lease_until", "done_before")


def run_until_idle(limit: int = 10_000) -> int:
    """Run what is due, here and now, and what that makes due; how many ran. For tests and the demo."""
    names = list(kinds())
    count = 0
    with alone():
        while count < limit and run_next(names):
            count += 1
    return count


def run_next(names: list[str]) -> bool:
    """Claim and run the next due job of these kinds; False when there is none."""
    claimed = claim(names)
    if claimed is None:
        return False
    run(claimed)
    return True


def claim(names: list[str]) -> Job | None:
    """Take the next due job under a lease and a new token.

    A look outside any transaction comes first: on SQLite even an empty claim would take the write lock.
    """
    due = Job.objects.filter(state__in=DUE, run_at__lte=clock.now(), name__in=names).order_by("run_at", "id")
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state = State.RUNNING
        job.attempt += 1
        job.token += 1
        job.owner = f"{socket.gethostname()}:{os.getpid()}:{threading.get_native_id()}"
        job.claimed_at = clock.now()
        job.lease_until = clock.now() + timedelta(seconds=KINDS[job.name].lease)
        job.done_before = job.done
        job.save(update_fields=CLAIMED)
        return job


def run(job: Job) -> None:
    """Run a claimed job to one of its ends, whatever its body does."""
    if job.cancel_asked:
        _change(job, **ending(State.CANCELLED))
        return
    kind = KINDS[job.name]
    progress = Progress(job)
    with _Attempt(job, kind), _Heartbeat(job, kind.lease):
        if kind.atomic:
            with progress.commit():
                progress.finish(kind.body(progress, **job.arguments))
            return
        result = kind.body(progress, **job.arguments)
        if not progress.is_final:
            progress.finish(result)


def reap(everything: bool = False) -> int:
    """Give up the runs whose lease ran out: their worker is dead or cut off; how many.

    `everything` is for a worker that knows itself alone (SQLite): no run can be alive when it starts.
    A row that a live transaction holds is skipped, so a run is never declared dead in the middle of a commit.
    """
    with transaction.atomic():
        running = Job.objects.select_for_update(skip_locked=True).filter(state=State.RUNNING)
        lost = list(running if everything else running.filter(lease_until__lt=clock.now()))
        for job in lost:
            _give_up(job)
    return len(lost)


def _give_up(job: Job) -> None:
    kind = KINDS.get(job.name)
    log.warning("job %s lost its worker %s in attempt %d", job, job.owner, job.attempt)
    if kind and job.attempt > kind.retries:
        _change(
            job, **ending(State.FAILED), error=_("执行中断 %d 次，已停止重试；请联系管理员。") % job.attempt
        )
    else:
        _change(
            job, state=State.WAITING, lease_until=None, run_at=clock.now(), error=_("执行中断，将自动继续。")
        )


def _change(job: Job, **fields: Any) -> None:
    """Write for a run that still holds its token; otherwise another run answers for the job now."""
    if not Job.objects.filter(pk=job.pk, token=job.token, state=State.RUNNING).update(**fields):
        log.warning("job %s: the outcome of attempt %d is refused, its lease was lost", job, job.attempt)


def delay(attempt: int) -> timedelta:
    """Doubling from ten seconds to an hour, spread by half so that failures do not return together."""
    seconds = min(FIRST_DELAY * 2 ** min(attempt - 1, 20), LONGEST_DELAY).total_seconds()
    return timedelta(seconds=seconds * random.uniform(0.5, 1.5))


class _Attempt:
    """Turns whatever ends a body into the state of its row."""

    def __init__(self, job: Job, kind: JobKind[Any]) -> None:
        self.job = job
        self.kind = kind

    def __enter__(self) -> None:
        log.info("job %s: attempt %d", self.job, self.job.attempt)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            return False
        if not isinstance(error, Exception):
            return False  # the process is being stopped; the lease runs out and the job resumes
        if isinstance(error, LostLease):
            log.warning("job %s: attempt %d lost its lease and was stopped", self.job, self.job.attempt)
        elif isinstance(error, Cancelled):
            _change(self.job, **ending(State.CANCELLED))
        elif isinstance(error, Refused):
            _change(self.job, **ending(State.FAILED), error=str(error))
        else:
            self._failed(error)
        return True

    def _failed(self, error: Exception) -> None:
        log.error("job %s: attempt %d failed", self.job, self.job.attempt, exc_info=error)
        if self.job.attempt > self.kind.retries:
            _change(self.job, **ending(State.FAILED), error=_sentence(error))
        else:
            _change(
                self.job,
                state=State.WAITING,
                lease_until=None,
                run_at=clock.now() + delay(self.job.attempt),
                error=_sentence(error),
            )


def _sentence(error: Exception) -> str:
    """Where it happened, never the message: that may hold somebody's data."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
    return _("程序出错（%(kind)s，%(place)s）；请联系管理员查看日志。") % {
        "kind": type(error).__name__,
        "place": place,
    }


class _Heartbeat:
    """Extends the lease from a thread of its own, on a connection of its own."""

    def __init__(self, job: Job, lease: int) -> None:
        self.job = job
        self.lease = lease
        self._stop = threading.Event()
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._beat,), daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_ended: object) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(self.lease / 3):
            try:
                if not self._extend():
                    return
            except (DatabaseError, InterfaceError):
                log.warning("job %s: the lease could not be extended, trying again", self.job, exc_info=True)
            finally:
                connection.close()

    def _extend(self) -> bool:
        """False once the lease is lost. A row that the body's own commit has locked is not reaped anyway."""
        mine = Job.objects.filter(pk=self.job.pk, token=self.job.token, state=State.RUNNING)
        with transaction.atomic():
            held = mine.select_for_update(skip_locked=True).values_list("pk", flat=True).first()
            if held:
                mine.update(lease_until=clock.now() + timedelta(seconds=self.lease))
        return bool(held) or mine.exists()
