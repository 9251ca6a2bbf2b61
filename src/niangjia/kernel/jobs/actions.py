"""What the person who asked for a job may do with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing, WrongState
from niangjia.kernel.jobs.models import DUE, UNFINISHED, Job, State, ending
from niangjia.kernel.jobs.queries import ended_unseen, jobs_visible_to


def cancel(public_id: UUID, *, actor: Actor) -> Job:
    """Stop before it starts, or ask it to stop where it can do so cleanly."""
    with transaction.atomic():
        job = _locked(public_id, actor)
        if job.is_finished:
            raise WrongState(_("这项作业已经结束，无需取消。"))
        changes = ending(State.CANCELLED) if job.state in DUE else {"cancel_asked": True}
        return _changed(job, changes)


def retry(public_id: UUID, *, actor: Actor) -> Job:
    """Run a failed or cancelled job again, from its last mark."""
    with transaction.atomic():
        job = _locked(public_id, actor)
        if job.state not in (State.FAILED, State.CANCELLED):
            raise WrongState(_("只有失败或已取消的作业可以重试；请刷新页面查看它的最新状态。"))
        if job.key and Job.objects.filter(name=job.name, key=job.key, state__in=UNFINISHED).exists():
            raise WrongState(_("同样的作业已经在排队或进行中，请等待它完成。"))
        return _changed(
            job,
            {
                "state": State.QUEUED,
                "attempt": 0,
                "error": "",
                "cancel_asked": False,
                "finished_at": None,
                "seen_at": None,
                "run_at": clock.now(),
            },
        )


def note_seen(actor: Actor, key: str | None = None) -> None:
    """Whoever asked is looking at what came of their work; `key`: of this work alone."""
    unseen = ended_unseen(actor) if key is None else ended_unseen(actor).filter(key=key)
    # A look first: on SQLite even an empty update takes the write lock.
    if ids := list(unseen.values_list("pk", flat=True)):
        Job.objects.filter(pk__in=ids).update(seen_at=clock.now())


def _locked(public_id: UUID, actor: Actor) -> Job:
    job = jobs_visible_to(actor).select_for_update().filter(public_id=public_id).first()
    if job is None:
        raise Missing(_("没有找到这项作业。"))
    return job


def _changed(job: Job, changes: Mapping[str, Any]) -> Job:
    for field, value in changes.items():
        setattr(job, field, value)
    job.save(update_fields=list(changes))
    return job
