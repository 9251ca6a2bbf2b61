"""批量上传: files of rows of any kind: the list, the template, sending a file, what was found, taking in, undoing."""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import files
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing, NotAllowed, Refused
from niangjia.kernel.jobs import actions as job_actions
from niangjia.kernel.sheets import (
    Sheet,
    Verdict,
    actions,
    queries,
    sheet_named,
    sheets_of,
    template,
    working,
)
from niangjia.organisation.forms import UnionField
from niangjia.organisation.queries import unions_visible_to
from niangjia.web.shell import keyset
from niangjia.web.shell.acts import do_once, explained, suggested
from niangjia.web.shell.formats import write_moment
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.navigation import row_address
from niangjia.web.shell.parts import Choice, Tone
from niangjia.web.shell.results import RESULT_PAGES
from niangjia.web.templatetags.niangjia import badge

TONES: dict[str, Tone] = {
    "reading": "active",
    "checked": "waiting",
    "accepting": "active",
    "accepted": "good",
    "undoing": "active",
    "undone": "",
    "refused": "bad",
    "cancelled": "",
}
# The key of these jobs is the upload's public id.
for work in (working.check, working.accept, working.undo):
    RESULT_PAGES[work.name] = lambda job: row_address("upload", uuid.UUID(job.key))

NO_FILE = gettext_lazy("请选择要上传的文件（.xlsx、.xls 或 .csv）。")


class UploadForm(forms.Form):
    unit = UnionField(
        None,
        label=gettext_lazy("上传工会"),
        to_field_name="number",
        widget=forms.TextInput,
        help_text=gettext_lazy("表里的工会、档案须在它的辖区内。"),
        error_messages={"invalid_choice": gettext_lazy("您看不到这个工会。请从列表中选择，或输入工会编号。")},
    )
    upload = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy(".xlsx、.xls 或 .csv，不超过 50 MB、15 万行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": NO_FILE, "invalid": NO_FILE, "missing": NO_FILE},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = unions_visible_to(actor)  # type: ignore[attr-defined]
        suggested(self, "unit", reverse("unions_suggested"))


@require_safe
def uploads(request: ActorRequest) -> HttpResponse:
    actor = _uploader(request)
    rows = queries.batches_visible_to(actor)
    everybody = request.GET.get("of") == "all"
    if not everybody:
        rows = rows.filter(uploaded_by=actor.user_id)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    home = reverse("uploads")
    context = {
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "tabs": [
            Choice(_("我上传的"), home, not everybody),
            Choice(_("辖区内全部"), f"{home}?of=all", everybody),
        ],
        "sheets": sheets_of(actor),
    }
    return render(request, "workbench/uploads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_new(request: ActorRequest, sheet: str) -> HttpResponse:
    actor = _uploader(request)
    declared = sheet_named(sheet, actor)
    form: forms.BaseForm = UploadForm(actor=actor, initial={"unit": _home(actor, declared)})
    status = 200
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, actor=actor)
        if form.is_valid():
            given = form.cleaned_data
            try:
                url = do_once(request, lambda: {"url": _sent(declared, actor, given)})["url"]
            except (Missing, NotAllowed):
                raise
            except Refused as refusal:
                form, status = explained(form, refusal), refusal.status
            else:
                return redirect(url)
        else:
            status = 422
    context = {"sheet": declared, "form": form, "key": request.POST.get("key") or uuid.uuid4()}
    return render(request, "workbench/upload_new.html", context, status=status)


@require_safe
def upload_template(request: ActorRequest, sheet: str) -> FileResponse:
    declared = sheet_named(sheet, _uploader(request))
    return FileResponse(template(declared), as_attachment=True, filename=f"{declared.label}.xlsx")


@require_safe
def upload(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """The whole page, or for a page that waits for the work to end, the part that changes."""
    actor = _uploader(request)
    batch = queries.batch_visible_to(actor, public_id)
    sheet = batch.declared
    job_actions.note_seen(actor, key=str(batch.public_id))
    told = json.loads(batch.problems) if batch.problems else []
    kept = json.loads(batch.kept) if batch.kept else []
    context = {
        "batch": batch,
        "sheet": sheet,
        "tone": TONES[batch.state],
        "found": _counted(batch.found),
        "done": _counted(batch.done),
        "problems": [(row, _title(sheet, column), what) for row, column, what in told],
        "kept": kept,
        "job": batch.job,
        "remaining": _remaining(batch.job.remaining) if batch.job else "",
        "verb": {"reading": _("正在核对"), "accepting": _("正在导入"), "undoing": _("正在撤销")}.get(
            batch.state, ""
        ),
    }
    is_part = request.headers.get("HX-Request") == "true" and batch.is_working
    return render(request, "workbench/upload_progress.html" if is_part else "workbench/upload.html", context)


@require_safe
def upload_file(request: ActorRequest, public_id: uuid.UUID, which: str) -> StreamingHttpResponse:
    batch = queries.batch_visible_to(_uploader(request), public_id)
    stored = {"original": batch.file, "marked": batch.marked, "rest": batch.rest}.get(which)
    if stored is None:
        raise Missing(_("没有这个文件，或已过保留期。"))
    found = files.download(stored)
    return StreamingHttpResponse(found.stream, headers=found.headers)


@require_POST
def upload_accept(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    return _done(request, public_id, actions.accept, _("已开始导入。可以离开本页，办完会留在这里。"))


@require_POST
def upload_undo(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    return _done(request, public_id, actions.undo, _("已开始撤销。已有后续办理的行会留下，并逐行说明。"))


@require_POST
def upload_cancel(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    return _done(request, public_id, actions.cancel, _("已停下。"))


@require_POST
def upload_go_on(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    return _done(request, public_id, actions.go_on, _("已从停下的地方继续。"))


def _done(request: ActorRequest, public_id: uuid.UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    """Pressed twice, the second press finds the batch moved on; it is shown, not scolded."""
    actor = _uploader(request)
    batch = queries.batch_visible_to(actor, public_id)
    act(batch, actor=actor)
    messages.success(request, said)
    return redirect("upload", public_id)


def _uploader(request: ActorRequest) -> Actor:
    if request.actor is None or not sheets_of(request.actor):
        raise NotAllowed(_("您的岗位不包含批量上传。确有需要，请联系本单位的组织管理员调整任职。"))
    return request.actor


def _sent(sheet: Sheet, actor: Actor, given: dict[str, Any]) -> str:
    batch = actions.upload(sheet, upload=given["upload"], unit=given["unit"], actor=actor)
    return reverse("upload", args=[batch.public_id])


def _home(actor: Actor, sheet: Sheet) -> str:
    """The union of the actor's own post, which is what most files are for."""
    grants = sorted(
        (grant for grant in actor.grants if grant.duty == sheet.duty),
        key=lambda grant: (grant.principal_id is not None, len(grant.path)),
    )
    unit = unions_visible_to(actor).filter(pk=grants[0].unit_id).first()
    return f"{unit.name} {unit.number}" if unit else ""


def _columns() -> list[Column]:
    return [
        Column(_("批次号"), _numbered, "number", names_cells=False),
        Column(_("表格"), lambda batch: batch.declared.label),
        Column(_("上传工会"), lambda batch: batch.unit),
        Column(_("上传人"), lambda batch: batch.uploaded_by),
        Column(_("上传时间"), lambda batch: write_moment(batch.uploaded_at), "number"),
        Column(_("行数"), lambda batch: f"{batch.total:,}" if batch.found else "", "number"),
        Column(_("有问题"), lambda batch: f"{batch.bad:,}" if batch.found else "", "number"),
        Column(_("状态"), lambda batch: badge(batch.get_state_display(), TONES[batch.state])),
    ]  # fmt: skip


def _numbered(batch: Any) -> str:
    return main_link(row_address("upload", batch.public_id), batch.number)


def _counted(found: dict[str, int]) -> list[tuple[str, int, str]]:
    """Every verdict in the same order, as label, count and tone; none of a kind is said too."""
    if not found:
        return []
    tones = {Verdict.NEW: "good", Verdict.CHANGED: "good", Verdict.SAME: ""}
    return [
        (
            str(Verdict(verdict).label),
            found.get(verdict, 0),
            tones.get(Verdict(verdict), "bad" if found.get(verdict) else ""),
        )
        for verdict in Verdict.values
    ]


def _title(sheet: Sheet, name: str) -> str:
    return next((column.titles[0] for column in sheet.columns if column.name == name), name)


def _remaining(left: timedelta | None) -> str:
    if left is None:
        return ""
    seconds = int(left.total_seconds())
    if seconds < 60:
        return _("约剩不到一分钟")
    minutes = (seconds + 59) // 60
    return ngettext("约剩 %(n)d 分钟", "约剩 %(n)d 分钟", minutes) % {"n": minutes}
