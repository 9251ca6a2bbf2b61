"""`@job` turns a function into a kind of job; `enqueue` puts one on the table."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Concatenate, Generic, ParamSpec

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs.models import UNFINISHED, Job
from niangjia.kernel.jobs.progress import Progress
from niangjia.kernel.jobs.schedule import Schedule

P = ParamSpec("P")

KINDS: dict[str, "JobKind[Any]"] = {}

# Modules of an application where jobs, and subscriptions to the outbox, may be declared.
HOMES = ("jobs", "actions", "workflow")


@dataclass(frozen=True)
class JobKind(Generic[P]):
    """One kind of job; `body(progress, **arguments)` returns something JSON can hold, or nothing."""

    name: str
    label: str | Promise
    body: Callable[Concatenate[Progress, P], Any]
    retries: int
    lease: int
    every: Schedule | None
    is_long: bool
    atomic: bool

    def __post_init__(self) -> None:
        if KINDS.setdefault(self.name, self) is not self:
            raise ValueError(f"two kinds of job are called {self.name}")

    def __call__(self, progress: Progress, *args: P.args, **arguments: P.kwargs) -> Any:
        return self.body(progress, *args, **arguments)

    def enqueue(
        self,
        actor: Actor | None = None,
        key: str | None = None,
        run_at: datetime | None = None,
        **arguments: Any,
    ) -> Job:
        """Commits with the surrounding transaction. While one of the key is unfinished, returns that one."""
        inspect.signature(self.body).bind(None, **arguments)
        while True:
            if key and (first := self._unfinished(key)):
                return first
            try:
                with transaction.atomic():
                    return self._create(actor, key, run_at, arguments)
            except IntegrityError:
                # A parallel enqueue committed the key between our look and our insert.
                if not (key and self._unfinished(key)):
                    raise

    def _unfinished(self, key: str) -> Job | None:
        return Job.objects.filter(name=self.name, key=key, state__in=UNFINISHED).first()

    def _create(
        self, actor: Actor | None, key: str | None, run_at: datetime | None, arguments: dict[str, Any]
    ) -> Job:
        return Job.objects.create(
            name=self.name,
            arguments=arguments,
            key=key or "",
            asked_by=actor.user if actor else None,
            run_at=run_at or clock.now(),
        )


def job(
    *,
    label: str | Promise,
    retries: int = 5,
    lease: int = 60,
    every: Schedule | None = None,
    long: bool = False,
    atomic: bool = False,
    name: str = "",
) -> Callable[[Callable[Concatenate[Progress, P], Any]], JobKind[P]]:
    """Declare a job.

    `lease` is in seconds and is extended while the body runs. `long` work has a thread of its own, so that a
    login code never waits behind an import. An `atomic` body and its completion are one transaction: only for
    short bodies.
    """

    def declare(body: Callable[Concatenate[Progress, P], Any]) -> JobKind[P]:
        called = name or f"{body.__module__.removeprefix('niangjia.')}.{body.__name__}"
        return JobKind(called, label, body, retries, lease, every, long, atomic)

    return declare


@cache
def _discover() -> None:
    autodiscover_modules(*HOMES)


def kinds() -> dict[str, JobKind[Any]]:
    """Every kind of job of every installed application."""
    _discover()
    return KINDS
