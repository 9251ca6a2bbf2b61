"""用人单位: the register, one employer, entering one."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access import Actor
from niangjia.kernel.fields import mask_phone
from niangjia.organisation import actions, authority, forms, queries
from niangjia.organisation.access import ADMINISTRATOR, ORGANISATION_CLERK, PURPOSE
from niangjia.organisation.queries import histories
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
    only = request.GET.get("only", "without" if request.GET.get("without") == "1" else "")
    rows = chosen(actor, words, only, where.unit)
    context = {
        "page": keyset.page(rows, after=request.GET.get("after", "")),
        "place": where,
        "words": words,
        "choices": _choices(request, only),
        "is_filtered": bool(words or where.unit or only),
        "export": {"name": "employers", "filters": {"only": only}},
        "may_register": actor.has(ADMINISTRATOR) or actor.has(ORGANISATION_CLERK),
    }
    return render(request, "workbench/employers.html", context)


def chosen(actor: Actor, words: str, only: str, unit: Any) -> "QuerySet[Any]":
    """The list as its reader cuts it down."""
    rows = (
        queries.employers_matching(actor, words, unit) if words else queries.employers_visible_to(actor, unit)
    )
    if only == "without":
        return rows.filter(union__isnull=True)
    if only == "closed":
        return rows.filter(is_operating=False)
    if only == "large":
        home = unit or queries.tops(actor).select_related("region").first()
        return histories.large_private_employers(rows, home)
    return rows


@require_safe
def employer(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries.employer_visible_to(actor, public_id)
    day = parse_date(request.GET.get("day", "")) if request.GET.get("day") else None
    context = {
        "employer": found,
        "phone": mask_phone(found.contact_phone) if found.contact_phone else "",
        "periods": histories.periods_of(found),
        "day": day,
        "then": histories.employer_on(found, day) if day else None,
        "managed_since": histories.managed_since(found),
        "may_keep": authority.keeps_registers(found.unit, actor),
        "story": happenings(found),
    }
    return render(request, "workbench/employer.html", context)


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


def _choices(request: ActorRequest, only: str) -> list[Choice]:
    kept = {name: request.GET[name] for name in ("q", "unit") if request.GET.get(name)}
    labels = {
        "": _("全部"),
        "without": _("没有建会"),
        "large": _("上级代管的非公企业"),
        "closed": _("停业、注销"),
    }
    queries_of = {key: {**kept, **({"only": key} if key else {})} for key in labels}
    return [
        Choice(label, f"{request.path}?{urlencode(queries_of[key])}".rstrip("?"), only == key)
        for key, label in labels.items()
    ]
