"""用人单位: the register, one employer, entering one."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access import Actor
from niangjia.organisation import actions, forms, queries
from niangjia.organisation.access import ADMINISTRATOR, PURPOSE
from niangjia.web.shell import keyset
from niangjia.web.shell.acts import Act, act_page, quoted, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked
from niangjia.web.workbench.happenings import happenings


@require_http_methods(["GET", "HEAD", "POST"])
def employers(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    where = place(request, actor, PURPOSE)
    without = request.GET.get("without") == "1"
    rows = (
        queries.employers_matching(actor, words, where.unit)
        if words
        else queries.employers_visible_to(actor, where.unit)
    )
    if without:
        rows = rows.filter(union__isnull=True)
    context = {
        "page": keyset.page(rows, after=request.GET.get("after", "")),
        "place": where,
        "words": words,
        "choices": _choices(request, without),
        "is_filtered": bool(words or where.unit or without),
        "may_register": actor.has(ADMINISTRATOR),
    }
    return render(request, "workbench/employers.html", context)


@require_safe
def employer(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries.employer_visible_to(actor, public_id)
    return render(request, "workbench/employer.html", {"employer": found, "story": happenings(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def employer_register(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    unit = _unit(request, actor)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        initial = (
            {"unit": quoted(unit, unit.number), "region": quoted(unit.region, unit.region.code)}
            if unit
            else {}
        )
        form = forms.EmployerForm(data, actor=actor, initial=initial)
        for name in ("unit", "union"):
            suggested(form, name, reverse("unions_suggested"))
        suggested(form, "region", reverse("regions_suggested"))
        form.fields["is_operating"].widget = django_forms.Select(
            choices=[("true", _("正常经营")), ("false", _("停业、注销"))]
        )
        return form

    def run(data: dict[str, Any]) -> str:
        made = actions.register_employer(actor=actor, **data)
        return reverse("employer", args=[made.public_id])

    act = Act(
        title=_("登记单位"),
        label=_("登记单位"),
        done=_("已登记。"),
        help=_("照营业执照填写。没有建会的单位也要登记，归口工会负责跟进。"),
        back=reverse("employers"),
        back_label=_("用人单位"),
    )
    return act_page(request, act, make, run)


def _unit(request: ActorRequest, actor: Actor) -> Any:
    if number := request.GET.get("unit"):
        return queries.union_visible_to(actor, number=number)
    tops = list(queries.tops(actor).select_related("region")[:2])
    return tops[0] if len(tops) == 1 else None


def _choices(request: ActorRequest, without: bool) -> list[Choice]:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("without", None)
    everything = f"{request.path}?{query.urlencode()}" if query else request.path
    query["without"] = "1"
    return [
        Choice(_("全部"), everything, not without),
        Choice(_("没有建会"), f"{request.path}?{query.urlencode()}", without),
    ]
