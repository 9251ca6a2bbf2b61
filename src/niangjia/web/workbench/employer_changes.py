"""What changes about an employer: facts, closing, opening again, merging, whom to call."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel import reveal as full_view
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.fields import mask_phone
from niangjia.organisation import actions, forms, queries
from niangjia.organisation.access import PURPOSE
from niangjia.web.shell.acts import Act, act_page, quoted, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened
from niangjia.web.workbench.people import ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
def employer_change(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _found(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        names = ("name", "industry", "kind", "head", "staff_count")
        initial = {name: getattr(found, name) for name in names}
        initial |= {"region": quoted(found.region, found.region.code), "from_on": clock.today()}
        form = forms.ChangeEmployerForm(data, actor=actor, row=found, initial=initial)
        suggested(form, "region", reverse("regions_suggested"))
        return form

    return _page(
        request,
        found,
        make,
        lambda data: actions.change_employer(found, actor=actor, **data),
        title=_("登记变更"),
        label=_("登记变更"),
        done=_("已登记，原来的情况留在沿革里。"),
        help=_("改要变的几项，写明从哪天起、为什么。职工人数变了也在这里登记。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employer_close(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _found(request, public_id)
    return _page(
        request,
        found,
        _dated(forms.CloseEmployerForm, actor, found),
        lambda data: actions.close_employer(found, actor=actor, **data),
        title=_("登记停业、注销"),
        label=_("登记停业、注销"),
        done=_("已登记。"),
        is_danger=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employer_reopen(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _found(request, public_id)
    return _page(
        request,
        found,
        _dated(forms.ReopenEmployerForm, actor, found),
        lambda data: actions.reopen_employer(found, actor=actor, **data),
        title=_("登记恢复经营"),
        label=_("登记恢复经营"),
        done=_("已登记。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employer_merge(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _found(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = _dated(forms.MergeEmployerForm, actor, found)(data)
        suggested(form, "successor", reverse("employers_suggested"))
        return form

    return _page(
        request,
        found,
        make,
        lambda data: actions.merge_employer(found, actor=actor, **data),
        title=_("登记并入其他单位"),
        label=_("登记并入"),
        done=_("已登记，本单位的记录保留。"),
        help=_("本单位从这一天起停业、注销，由承继单位接续。职工的会籍请另行办理转移。"),
        is_danger=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employer_contact(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _found(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.ContactForm(data, actor=actor, row=found, initial={"contact": found.contact})
        masked = mask_phone(found.contact_phone) or _("空")
        form.fields["contact_phone"].help_text = _("现为 %s，留空则删去。") % masked
        return form

    return _page(
        request,
        found,
        make,
        lambda data: actions.correct_contact(found, actor=actor, **data),
        title=_("更正联系人"),
        label=_("更正"),
        done=_("已更正。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def employer_reveal(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _found(request, public_id)
    form, text = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            text = full_view.reveal(found, "contact_phone", actor=actor, reason=form.cleaned_data["reason"])
        except Invalid as problem:
            form.add_error("reason", str(problem))
    back = reverse("employer", args=[found.public_id])
    context = {"person": found, "label": _("联系电话"), "form": form, "text": text, "back": back}
    response = render(request, "workbench/person_reveal.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _found(request: ActorRequest, public_id: uuid.UUID) -> tuple[Actor, Any]:
    actor = opened(request, PURPOSE)
    return actor, queries.employer_visible_to(actor, public_id)


def _dated(
    form: type[forms.ActionForm], actor: Actor, found: Any
) -> Callable[[Mapping[str, Any] | None], BaseForm]:
    return lambda data: form(data, actor=actor, row=found, initial={"from_on": clock.today()})


def _page(
    request: ActorRequest,
    found: Any,
    make: Callable[[Mapping[str, Any] | None], BaseForm],
    do: Callable[[dict[str, Any]], Any],
    **words: Any,
) -> HttpResponse:
    back = reverse("employer", args=[found.public_id])

    def run(data: dict[str, Any]) -> str:
        do(data)
        return back

    return act_page(request, Act(back=back, back_label=found.name, **words), make, run)
