"""The worker process: two lanes of work, a ticker for the schedule, a reaper for the dead."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.jobs.alone import alone
from niangjia.kernel.jobs.models import UNFINISHED, Job
from niangjia.kernel.jobs.registry import kinds
from niangjia.kernel.jobs.running import reap, run_next

log = logging.getLogger("niangjia.jobs")

POLL = 0.5
KEEPING = 10.0


class Worker:
    """Runs jobs until told to stop; a job that has begun is finished first."""

    def __init__(self, poll: float = POLL) -> None:
        self.poll = poll
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        """Quick and long work side by side, so that neither waits for the other."""
        with alone(), ThreadPoolExecutor(max_workers=2, thread_name_prefix="lane") as lanes:
            keep(at_start=True)
            running = [lanes.submit(self._lane, is_long) for is_long in (False, True)]
            try:
                self._watch(running)
            finally:
                self.stop()
        for lane in running:
            lane.result()

    def run_until_idle(self, limit: int | None = None) -> int:
        """Run what is due now on this thread and return how many; `limit` stops earlier."""
        with alone():
            keep(at_start=True)
            names = list(kinds())
            count = 0
            while not self._stopping.is_set() and (limit is None or count < limit) and run_next(names):
                count += 1
        return count

    def _watch(self, lanes: "list[Future[None]]") -> None:
        while not self._stopping.wait(KEEPING) and not any(lane.done() for lane in lanes):
            with self._patience():
                keep()

    def _lane(self, is_long: bool) -> None:
        names = [kind.name for kind in kinds().values() if kind.is_long == is_long]
        try:
            while not self._stopping.is_set():
                worked = False
                with self._patience():
                    worked = run_next(names)
                if not worked:
                    self._stopping.wait(self.poll)
        finally:
            connection.close()

    @contextmanager
    def _patience(self) -> Iterator[None]:
        """A database that is away for a while stops nothing for good."""
        close_old_connections()
        try:
            yield
        except (OperationalError, InterfaceError):
            log.warning("the database does not answer; trying again", exc_info=True)
            connection.close()
            self._stopping.wait(KEEPING / 2)


def keep(at_start: bool = False) -> None:
    """Give up lost runs and plan what the schedule asks for."""
    reap(everything=at_start and connection.vendor == "sqlite")
    for kind in kinds().values():
        if kind.every:
            plan(kind.name, kind.every.slot(clock.now()))


def plan(name: str, slot: datetime) -> None:
    """One job for the slot, whoever asks first; none while the job of an earlier slot is unfinished."""
    covers = Q(slot=slot) | Q(slot__isnull=False, state__in=UNFINISHED)
    if Job.objects.filter(covers, name=name).exists():
        return
    try:
        with transaction.atomic():
            Job.objects.create(name=name, slot=slot, run_at=clock.now())
    except IntegrityError:
        log.debug("slot %s of %s was planned by another worker", slot, name)
