"""工会工作队: the teams, one team with its members, forming and disbanding."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.fields import mask_phone
from niangjia.organisation import actions, authority, forms, queries
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.queries import teams as queries_of
from niangjia.web.shell import keyset
from niangjia.web.shell.acts import Act, act_page, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened, place
from niangjia.web.workbench.happenings import happenings


@require_safe
def teams(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    where = place(request, actor, PURPOSE)
    rows = queries_of.teams_visible_to(actor, where.unit).filter(ended_on__isnull=True)
    context = {"page": keyset.page(rows, after=request.GET.get("after", "")), "place": where}
    return render(request, "workbench/teams.html", context)


@require_safe
def team(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.team_visible_to(actor, public_id)
    rows: list[Any] = list(found.members.select_related("posted_to").order_by("id")[:500])
    for seat in rows:
        seat.masked = mask_phone(seat.phone) if seat.phone else ""
    context = {
        "team": found,
        "book": "team-members",
        "serving": [seat for seat in rows if seat.until_on is None],
        "gone": [seat for seat in rows if seat.until_on is not None],
        "may_keep": found.ended_on is None and authority.keeps_registers(found.unit, actor),
        "story": happenings(found),
    }
    return render(request, "workbench/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def team_form(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    unit = queries.union_visible_to(actor, public_id=public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.TeamForm(data, actor=actor, row=unit, initial={"from_on": clock.today()})

    def run(data: dict[str, Any]) -> str:
        return _page(actions.form_team(unit, actor=actor, **data))

    act = Act(
        title=_("组建工会工作队"),
        label=_("登记"),
        done=_("已登记，请接着登记队员。"),
        back=reverse("union", args=[unit.public_id]),
        back_label=unit.name,
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def team_disband(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.team_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.DisbandForm(data, actor=actor, row=found, initial={"ended_on": clock.today()})

    def run(data: dict[str, Any]) -> str:
        return _page(actions.disband_team(found, actor=actor, **data))

    act = _act(
        found,
        title=_("解散队伍"),
        label=_("解散"),
        done=_("已解散，记录保留。"),
        help=_("队员随之离任。"),
        is_danger=True,
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def team_member_seat(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.team_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.TeamMemberForm(data, actor=actor, row=found, initial={"from_on": clock.today()})
        suggested(form, "user", reverse("staff_suggested"))
        suggested(form, "posted_to", reverse("unions_suggested"))
        return form

    def run(data: dict[str, Any]) -> str:
        actions.seat_team_member(found, actor=actor, **data)
        return _page(found)

    act = _act(found, title=_("登记队员"), label=_("登记"), done=_("已登记。"))
    return act_page(request, act, make, run)


def _act(found: Any, **words: Any) -> Act:
    return Act(back=_page(found), back_label=found.name, **words)


def _page(found: Any) -> str:
    return reverse("team", args=[found.public_id])
