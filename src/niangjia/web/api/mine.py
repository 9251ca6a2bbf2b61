"""What concerns the caller: who they are, what is on their desk, the background work they asked for."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from ninja import Router

from niangjia.kernel.errors import Missing
from niangjia.kernel.jobs.actions import cancel as cancel_job
from niangjia.kernel.jobs.queries import jobs_visible_to
from niangjia.kernel.jobs.registry import KINDS
from niangjia.kernel.workflow import tasks as desk
from niangjia.web.api import rows
from niangjia.web.api.door import Listed, actor_of, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset
from niangjia.web.shell.cases import Desk, desks
from niangjia.web.shell.posts import held_by

router = Router(tags=[_("我的")])


def _task(line: Desk) -> dict[str, Any]:
    return {
        "workflow": line.workflow.name,
        "workflow_label": str(line.workflow.label),
        "case": line.row.public_id,
        "number": line.row.number,
        "whose": line.whose,
        "state": line.task.state,
        "state_label": line.state_label,
        "due_on": line.task.due_on,
        "is_return": line.task.is_return,
        "url": reverse(f"api:{line.workflow.name}-detail", args=[line.row.public_id]),
    }


def _job(job: Any) -> dict[str, Any]:
    return {
        "id": job.public_id,
        "name": job.name,
        "label": str(KINDS[job.name].label) if job.name in KINDS else job.name,
        "state": job.state,
        "state_label": job.get_state_display(),
        "share": job.share,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "error": job.error,
    }


@router.get(
    "/me/",
    operation_id="me",
    summary=_("我是谁"),
    description=_("账号，以及今天以哪些岗位办事。用手机验证码登录的人不带任何岗位。"),
    response=rows.Me,
)
def me(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "username": actor.account.username,
        "name": actor.account.name,
        "has_posts": bool(actor.grants),
        "posts": [
            {"duty": post.duty, "unit": post.unit, "acting_for": post.acting_for} for post in held_by(actor)
        ],
    }


@router.get(
    "/tasks/",
    operation_id="task-list",
    summary=_("待办"),
    description=_("轮到我办的事，先来的在前。"),
    response=Listed[rows.Task],
)
def tasks(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    actor = actor_of(request)
    page = keyset.page(desk.on_desk_of(actor).order_by("pk"), after=after, size=size_of(size))
    return {"rows": [_task(line) for line in desks(page.rows, actor)], "after": page.after}


@router.get(
    "/jobs/",
    operation_id="job-list",
    summary=_("我的后台作业"),
    description=_("新的在前。"),
    response=Listed[rows.Job],
)
def jobs(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = jobs_visible_to(actor_of(request))
    return listed(keyset.page(found, after=after, size=size_of(size)), _job)


@router.get(
    "/jobs/{uuid:public_id}/",
    operation_id="job-detail",
    summary=_("后台作业详情"),
    response=rows.Job,
)
def job(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = jobs_visible_to(actor_of(request)).filter(public_id=public_id).first()
    if found is None:
        raise Missing(gettext("没有找到这项作业。"))
    return _job(found)


@router.post(
    "/jobs/{uuid:public_id}/cancel/",
    operation_id="job-cancel",
    summary=_("取消后台作业"),
    description=_("还没开始的立即取消，进行中的在能停的地方停下。"),
    response=rows.Job,
)
def cancel(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _job(cancel_job(public_id, actor=actor_of(request)))
