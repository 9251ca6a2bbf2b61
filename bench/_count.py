"""Counts the figures of the city that the environment names; prints, as JSON, how long it took and writers waited."""

import json
import time
from contextlib import contextmanager
from typing import Any

import django

django.setup()

from niangjia.kernel.figures import refresh  # noqa: E402
from niangjia.kernel.figures.models import Edition, Figure  # noqa: E402
from niangjia.kernel.jobs import Progress  # noqa: E402
from niangjia.kernel.jobs.running import run_next  # noqa: E402

held: list[float] = []
_commit = Progress.commit


@contextmanager
def _timed(self: Progress, *given: Any, **named: Any) -> Any:
    with _commit(self, *given, **named):
        begun = time.perf_counter()
        yield
    held.append(time.perf_counter() - begun)


def seconds(**given: Any) -> float:
    """One run of the job itself, from the queue to its end."""
    refresh.enqueue(**given)
    begun = time.perf_counter()
    run_next([refresh.name])
    return time.perf_counter() - begun


if __name__ == "__main__":
    Progress.commit = _timed  # type: ignore[method-assign, assignment]
    whole = seconds(whole=True)
    night = seconds(months=1)
    found = {
        "whole": whole,
        "night": night,
        "held": max(held) * 1000,
        "figures": Figure.objects.count(),
        "editions": Edition.objects.count(),
    }
    print(json.dumps(found))
