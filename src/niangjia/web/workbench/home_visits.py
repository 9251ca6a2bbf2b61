"""入户核查: the visits that wait for me, and the ways to make them: on the phone, on paper, as a workbook."""

from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from niangjia.assistance import papers
from niangjia.assistance.visits import queries
from niangjia.assistance.visits.workbook import export
from niangjia.assistance.workflow import hardship, record_visit
from niangjia.kernel.errors import Invalid
from niangjia.kernel.forms import cleaned
from niangjia.web.shell.cases import CASES
from niangjia.web.shell.documents import file_response
from niangjia.web.shell.listing import Column, Listing, main_link, tick
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.qr import qr
from niangjia.web.templatetags.niangjia import deadline


class RoundForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("打印事由"),
        max_length=200,
        help_text=gettext_lazy("至少 4 个字，例如“三月第一轮入户”。会记入每份档案。"),
    )


@require_safe
def home_visits(request: ActorRequest) -> HttpResponse:
    return _page(request, RoundForm())


@require_POST
def print_round(request: ActorRequest) -> HttpResponse:
    """The forms of the homes that are ticked, or of all; with address and phone in full."""
    actor = request.actor
    assert actor is not None
    waiting = queries.waiting_visits(actor)
    chosen = [file for file in waiting if str(file.public_id) in request.POST.getlist("id")]
    form = RoundForm(request.POST)
    try:
        printed = papers.print_round(chosen or list(waiting), actor=actor, reason=cleaned(form)["reason"])
    except Invalid as problem:
        if form.is_valid():
            form.add_error("reason", str(problem))
        return _page(request, form, status=422)
    return file_response(printed, is_shown=False)


@require_POST
def workbook(request: ActorRequest) -> FileResponse:
    assert request.actor is not None
    name = _("入户核查") + ".xlsx"
    response = FileResponse(export(actor=request.actor), as_attachment=True, filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(request: ActorRequest, form: forms.Form, status: int = 200) -> HttpResponse:
    actor = request.actor
    assert actor is not None
    address = request.build_absolute_uri(reverse("field_visits"))
    context = {
        "days": queries.days_kept(actor),
        "listing": Listing(_columns(), list(queries.waiting_visits(actor)[: queries.MOST_TAKEN])),
        "half_sent": queries.half_sent_by(actor),
        "form": form,
        "address": address,
        "code": qr(address),
    }
    return render(request, "workbench/home_visits.html", context, status=status)


def _columns() -> list[Column]:
    url = CASES[hardship.name].url

    def step(file: Any) -> str:
        return main_link(
            reverse("step", args=[hardship.name, file.public_id, record_visit.slug]), _("在线登记")
        )

    return [
        Column(
            _("选中"),
            lambda file: tick(file.public_id, f"{file.person.name} {file.number}"),
            names_cells=False,
        ),
        Column(_("申请人"), lambda file: main_link(url(file), file.person.name), names_cells=False),
        Column(_("编号"), lambda file: file.number, "number"),
        Column(_("承办工会"), lambda file: file.unit),
        Column(_("致困原因"), lambda file: file.get_cause_display()),
        Column(_("期限"), lambda file: deadline(file.due_on)),
        Column(_("登记"), step),
    ]
