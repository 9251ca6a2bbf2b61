"""What concerns the caller: who they are, what is on their desk, the background work they asked for."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from ninja import Router

from niangjia.kernel import files
from niangjia.kernel.errors import Missing
from niangjia.kernel.forms import cleaned
from niangjia.kernel.jobs.actions import cancel as cancel_job
from niangjia.kernel.jobs.queries import jobs_visible_to
from niangjia.kernel.jobs.registry import KINDS
from niangjia.kernel.workflow import tasks as desk
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import Listed, actor_of, do_once, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.jobs import export_list
from niangjia.web.shell import exports, keyset
from niangjia.web.shell.cases import Desk, desks
from niangjia.web.shell.posts import held_by

router = Router(tags=[_("我的")])


class ExportForm(forms.Form):
    """A list, and the filters of its page."""

    list = forms.ChoiceField(
        label=gettext_lazy("列表"), choices=[(one.name, one.label) for one in exports.EXPORTS.values()]
    )
    unit = forms.CharField(label=gettext_lazy("工会编号"), max_length=30, required=False)
    only = forms.CharField(label=gettext_lazy("只看哪些单位"), max_length=20, required=False)
    state = forms.CharField(label=gettext_lazy("状态"), max_length=20, required=False)
    overdue = forms.CharField(label=gettext_lazy("只看已超期的，填 1"), max_length=1, required=False)


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


@router.get(
    "/jobs/{uuid:public_id}/file/",
    operation_id="job-file",
    summary=_("下载后台作业的结果"),
    description=_("保留 30 天。"),
    openapi_extra=schemas.DOWNLOAD,
)
def job_file(request: HttpRequest, public_id: UUID) -> StreamingHttpResponse:
    found = jobs_visible_to(actor_of(request)).filter(public_id=public_id).first()
    if found is None or found.result_file is None:
        raise Missing(gettext("没有找到这个文件。后台作业的结果保留 30 天，过期请重新办理。"))
    download = files.download(found.result_file)
    return StreamingHttpResponse(download.stream, headers=download.headers)


@router.post(
    "/exports/",
    operation_id="export",
    summary=_("导出列表"),
    description=_(
        "在后台生成工作簿，完成后从作业下载。证件号码和手机号只有掩码；范围和筛选同列表页，会记入审计记录。"
    ),
    response=rows.Job,
    openapi_extra=schemas.body(schemas.of_form(ExportForm)),
)
def export(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    asked = cleaned(ExportForm(fields_of(ExportForm, json_body(request))))
    found = exports.export_named(asked["list"], actor)
    given = {name: asked[name] for name in (*found.filters, "unit") if asked.get(name)}
    exports.asked_by(found, actor, given)
    return _job(
        do_once(
            request,
            lambda: export_list.enqueue(actor, name=found.name, given=given),
            lambda public_id: jobs_visible_to(actor).get(public_id=public_id),
        )
    )


@router.post(
    "/jobs/{uuid:public_id}/cancel/",
    operation_id="job-cancel",
    summary=_("取消后台作业"),
    description=_("还没开始的立即取消，进行中的在能停的地方停下。"),
    response=rows.Job,
)
def cancel(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _job(cancel_job(public_id, actor=actor_of(request)))
