"""我的账号: tokens for other systems, background work I asked for, the way to login safety."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from niangjia.kernel import clock, files, tokens
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.jobs import actions as job_actions
from niangjia.kernel.jobs.queries import jobs_visible_to
from niangjia.kernel.jobs.registry import kinds
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.workbench.entrance import staff

SHOWN = 20
TONES: dict[str, Tone] = {
    "queued": "waiting",
    "waiting": "waiting",
    "running": "active",
    "done": "good",
    "failed": "bad",
}


class TokenForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=60,
        help_text=gettext_lazy("哪个系统用它，例如“市人社局数据交换”。"),
    )
    days = forms.IntegerField(
        label=gettext_lazy("有效天数"), min_value=1, max_value=tokens.LONGEST_DAYS, initial=90
    )


@require_safe
def account(request: ActorRequest) -> HttpResponse:
    return _page(request, staff(request), TokenForm())


@require_POST
def token_issue(request: ActorRequest) -> HttpResponse:
    """The token is shown in this one answer and never again, so the answer leaves no copy and no address."""
    actor = staff(request)
    form, text = TokenForm(request.POST), ""
    if form.is_valid():
        try:
            text = tokens.issue(actor=actor, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(None, str(problem))
    response = _page(request, actor, form if form.errors else TokenForm(), text)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def token_revoke(request: ActorRequest, number: int) -> HttpResponse:
    actor = staff(request)
    token = tokens.tokens_of(actor).filter(pk=number).first()
    if token is None:
        raise Missing(_("没有找到这个令牌。"))
    tokens.revoke(token, actor=actor)
    messages.success(request, _("已吊销，用它的系统即刻不能再登录。"))
    return redirect("account")


@require_POST
def job_cancel(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    job_actions.cancel(public_id, actor=staff(request))
    messages.success(request, _("已要求取消，做完手头这一步就停。"))
    return redirect("account")


@require_safe
def job_file(request: ActorRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    """What a job made for whoever asked."""
    job = jobs_visible_to(staff(request)).filter(public_id=public_id).first()
    if job is None or job.result_file is None:
        raise Missing(_("没有找到这个文件。后台作业的结果保留 30 天，过期请重新办理。"))
    found = files.download(job.result_file)
    return StreamingHttpResponse(found.stream, headers=found.headers)


@require_POST
def job_retry(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    job_actions.retry(public_id, actor=staff(request))
    messages.success(request, _("已重新排队，从上次停下的地方继续。"))
    return redirect("account")


def _page(request: ActorRequest, actor: Actor, form: TokenForm, text: str = "") -> HttpResponse:
    job_actions.note_seen(actor)
    jobs = list(jobs_visible_to(actor).select_related("result_file")[:SHOWN])
    for job in jobs:
        kind = kinds().get(job.name)
        job.label, job.tone = kind.label if kind else job.name, TONES.get(job.state, "")  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "tokens": tokens.tokens_of(actor),
        "jobs": jobs,
        "is_working": any(not job.is_finished for job in jobs),
        "form": form,
        "text": text,
        "today": clock.today(),
    }
    return render(request, "workbench/account.html", context, status=422 if form.errors else 200)
