"""Jobs that only the tests know. Every effect is a row of the outbox under the topic `effect`."""

import os
import signal
import time

from niangjia.kernel.errors import Refused
from niangjia.kernel.jobs import Job, Progress, job
from niangjia.kernel.jobs.running import reap
from niangjia.kernel.outbox import Event


def effect(name: object) -> None:
    Event.objects.create(topic="effect", key=str(name))


def effects() -> list[str]:
    return list(Event.objects.filter(topic="effect").order_by("pk").values_list("key", flat=True))


@job(label="写一行", retries=2)
def write(progress: Progress, *, name: str) -> dict[str, str]:
    effect(name)
    return {"wrote": name}


@job(label="分步写", retries=5, lease=2)
def write_steps(
    progress: Progress, *, steps: int, pause: float = 0, die_inside: int = -1, die_after: int = -1
) -> int:
    """One effect per step. In its first attempt it may kill its own process, before a commit or after one."""
    progress.total = steps
    progress.done = progress.mark or 0
    attempt = Job.objects.get(pk=progress.job_id).attempt
    for step in range(progress.mark or 0, steps):
        with progress.commit(mark=step + 1):
            effect(step)
            if step == die_inside and attempt == 1:
                os.kill(os.getpid(), signal.SIGKILL)
        if step == die_after and attempt == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        progress.advance()
        time.sleep(pause)
    return steps


@job(label="一笔写完", lease=2, atomic=True)
def write_at_once(progress: Progress, *, name: str, die: bool = False) -> None:
    effect(name)
    if die and Job.objects.get(pk=progress.job_id).attempt == 1:
        os.kill(os.getpid(), signal.SIGKILL)


@job(label="比租约长", lease=1)
def outlast_the_lease(progress: Progress) -> int:
    """How many runs a reaper finds lost while this one is well alive."""
    time.sleep(2)
    return reap()


@job(label="先失败", retries=2)
def fail(progress: Progress, *, times: int) -> str:
    if Job.objects.get(pk=progress.job_id).attempt <= times:
        raise ValueError("110101199003071234 must not be kept")
    return "at last"


@job(label="不予办理", retries=5)
def refuse(progress: Progress) -> None:
    raise Refused("名单为空，请先导入。")


@job(label="慢慢写", long=True)
def write_long(progress: Progress, *, name: str, seconds: float) -> None:
    time.sleep(seconds)
    effect(name)
