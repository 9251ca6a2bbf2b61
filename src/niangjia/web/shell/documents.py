"""打印与文书: any row's official forms as PDF and Word; letters issued, printed again, voided.

GET never writes: it gives the masked copy, or their own to whom it is about. Whatever shows more is a POST with a
reason. The pages are the staff's; workers come by links of their own.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import audit, documents
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed
from niangjia.kernel.files.kinds import XLSX
from niangjia.kernel.forms import cleaned
from niangjia.notices.queries import line_of
from niangjia.web.shell.acts import Act, act_page
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.navigation import row_address

# Where the page of a row is, by the kind of row.
PAGES: dict[str, Callable[[Any], str]] = {
    "assistance.aidplan": lambda plan: row_address("aid_plan", plan.public_id),
    "benefits.benefitapplication": lambda row: row_address("benefit", row.public_id),
    "assistance.hardshipfile": lambda file: row_address("hardship_file", file.public_id),
    "membership.member": lambda member: row_address("member", member.public_id),
    "membership.person": lambda person: row_address("person", person.public_id),
    "notices.publicnotice": lambda notice: row_address("notice", notice.public_id),
    "notices.noticeline": lambda line: row_address("notice", line.notice.public_id),
    "organisation.unionbody": lambda union: row_address("union", union.public_id),
    "organisation.unionbuilding": lambda case: row_address("union_building", case.public_id),
}
# Rows whose forms stand on another row's page too.
ALSO: dict[str, Callable[[Any], list[Any]]] = {
    "assistance.hardshipfile": lambda file: [line for line in [line_of(file)] if line],
    "membership.member": lambda member: [member.person],
    "membership.membershipapplication": lambda application: [application.person],
}


class PrintForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("打印事由"),
        max_length=200,
        help_text=gettext_lazy("至少 4 个字，例如“存入纸质档案”。事由会记入审计记录。"),
    )


class VoidForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("作废原因"), min_length=4, max_length=200)


@dataclass(frozen=True)
class Offered:
    """What the part on a row's page shows: forms to print, letters to issue, letters issued."""

    row: Any
    templates: list[documents.Template]
    letters: list[documents.Letter]
    issued: list[documents.IssuedDocument]


def offered(
    row: Any, actor: Actor, *, alone: bool = False, also: Sequence[Any] | None = None
) -> list[Offered]:
    """Of the row, and unless alone of what belongs on its page too; those without anything are left out.

    `also`: what belongs there, if the page has read it already.
    """
    if alone:
        also = ()
    elif also is None:
        also = ALSO.get(audit.object_type(row), lambda row: [])(row)
    rows = [row, *also]
    found = [
        Offered(
            one,
            documents.templates_for(one, actor),
            documents.letters_for(one, actor),
            documents.issued_about(one),
        )
        for one in rows
    ]
    return [one for one in found if one.templates or one.letters or one.issued]


@require_http_methods(["GET", "HEAD", "POST"])
def print_page(request: ActorRequest, name: str, public_id: uuid.UUID) -> HttpResponse:
    """Which copy; by POST the one that says everything."""
    actor = _actor(request)
    template = documents.template_named(name)
    row = template.find(public_id, actor)
    if not template.is_open_to(row, actor):
        raise NotAllowed(_("您的岗位不能打印“%s”，请联系本单位的组织管理员调整任职。") % template.label)

    def run(form: documents.Form, reason: str) -> documents.Printed:
        copy = documents.Copy(in_full=True, site=site_of(request))
        return documents.print_out(template, row, form, actor=actor, copy=copy, reason=reason)

    context = {
        "title": template.label,
        "row": row,
        "free": [
            (form.label, reverse("print_copy", args=[name, public_id, form.suffix]))
            for form in documents.forms_of(template)
        ],
        "forms": documents.forms_of(template),
        "asks_reason": documents.needs_reason(template, row, actor),
        "back": _back(row),
    }
    return _answer(request, context, run)


@require_safe
def print_copy(request: ActorRequest, name: str, public_id: uuid.UUID, suffix: str) -> HttpResponse:
    """The masked copy; to whom the row is about, everything."""
    actor = _actor(request)
    template = documents.template_named(name)
    row = template.find(public_id, actor)
    copy = documents.Copy(site=site_of(request))
    return file_response(
        documents.print_out(template, row, documents.Form.of(suffix), actor=actor, copy=copy), is_shown=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
def issue_page(request: ActorRequest, name: str, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    letter = documents.letter_named(name)
    form = letter.form
    if form is None:
        raise Missing(_("没有这种表单。"))
    row = letter.find(public_id, actor)
    if not letter.may_issue(row, actor):
        raise NotAllowed(_("您的岗位不能开具“%s”，请由该工会的经办人办理。") % letter.label)

    def run(data: dict[str, Any]) -> str:
        made = documents.issue(letter, row, actor=actor, **cleaned(form(data)))
        return reverse("issued", args=[made.public_id])

    act = Act(
        title=_("开具%s") % letter.label,
        label=_("编号并开具"),
        done=_("已开具，编号已留底。"),
        help=str(letter.help),
        back=_back(row),
        back_label=str(row),
    )
    return act_page(request, act, lambda data: form(data), run)


@require_http_methods(["GET", "HEAD", "POST"])
def issued(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """One issued letter: printed again, or voided."""
    actor = _actor(request)
    document, letter, row = documents.issued_document(public_id, actor)

    def run(form: documents.Form, reason: str) -> documents.Printed:
        return documents.reprint(document, form, actor=actor, reason=reason)

    asks_reason = documents.asks_reason(document, actor)
    context = {
        "title": letter.label,
        "document": document,
        "row": row,
        "free": []
        if asks_reason
        else [(form.label, reverse("issued_copy", args=[public_id, form.suffix])) for form in documents.Form],
        "asks_reason": asks_reason,
        "may_void": document.voided_at is None and letter.may_issue(row, actor),
        "back": _back(row),
    }
    return _answer(request, context, run)


@require_safe
def issued_copy(request: ActorRequest, public_id: uuid.UUID, suffix: str) -> HttpResponse:
    """For whom it is about, and on the day for who issued it; others give a reason first."""
    actor = _actor(request)
    document, _letter, _row = documents.issued_document(public_id, actor)
    if documents.asks_reason(document, actor):
        return redirect("issued", public_id)
    return file_response(documents.reprint(document, documents.Form.of(suffix), actor=actor), is_shown=True)


@require_http_methods(["GET", "HEAD", "POST"])
def issued_void(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    document, letter, row = documents.issued_document(public_id, actor)
    there = reverse("issued", args=[public_id])
    if not letter.may_issue(row, actor):
        raise NotAllowed(_("您的岗位不能作废“%s”，请由该工会的经办人办理。") % letter.label)

    def run(data: dict[str, Any]) -> str:
        documents.void(document, actor=actor, reason=cleaned(VoidForm(data))["reason"])
        return there

    act = Act(
        title=_("作废%s") % document.text,
        label=_("作废"),
        done=_("已作废，编号保留，不再使用。"),
        help=_("作废后不能再打印，编号不会给别的文书。纸质的请收回。"),
        back=there,
        back_label=document.text,
        is_danger=True,
    )
    return act_page(request, act, VoidForm, run)


def _answer(
    request: ActorRequest,
    context: dict[str, Any],
    run: Callable[[documents.Form, str], documents.Printed],
) -> HttpResponse:
    form = PrintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return file_response(
                run(documents.Form.of(request.POST.get("form", "")), form.cleaned_data["reason"]),
                is_shown=False,
            )
        except Invalid as problem:
            form.add_error("reason", str(problem))
    context = {"forms": list(documents.Form), **context, "form": form}
    return render(request, "web/document.html", context, status=422 if form.errors else 200)


def file_response(printed: documents.Printed, *, is_shown: bool) -> HttpResponse:
    """PDF is shown, to be printed from there; Word is saved."""
    is_saved = not is_shown or printed.media_type != documents.Form.PDF.media_type
    response = HttpResponse(printed.content, content_type=printed.media_type)
    response["Content-Disposition"] = content_disposition_header(is_saved, printed.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook that was made just now, to be saved."""
    return file_response(documents.Printed(name, XLSX.media_type, content), is_shown=False)


def _back(row: Any) -> str:
    return PAGES[audit.object_type(row)](row)


def site_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _actor(request: ActorRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[assignment]  # a login is asked of every page
    return actor
