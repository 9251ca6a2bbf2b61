"""Taking, leaving and calling a seat: the same pages for officers, representatives and other registers of people."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.fields import mask_phone
from niangjia.organisation import actions, forms, queries
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.queries import committees as bodies
from niangjia.organisation.queries import points, teams
from niangjia.web.shell.acts import Act, act_page, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened
from niangjia.web.workbench.people import ReasonForm


@dataclass(frozen=True)
class Book:
    """One register of people: how a row is found, left, and which page it stands on."""

    find: Callable[[Actor, uuid.UUID], Any]
    form: type[forms.EndSeatForm]
    leave: Callable[..., Any]
    page: Callable[[Any], str]


def _of_committee(seat: Any) -> str:
    if seat.committee is None:
        return reverse("union", args=[seat.unit.public_id])
    return reverse("committee", args=[seat.committee.public_id])


BOOKS = {
    "officers": Book(bodies.officer_visible_to, forms.EndOfficerForm, actions.end_officer, _of_committee),
    "representatives": Book(
        bodies.representative_visible_to, forms.EndSeatForm, actions.end_representative, _of_committee
    ),
    "team-members": Book(
        teams.team_member_visible_to,
        forms.EndSeatForm,
        actions.end_team_member,
        lambda seat: reverse("team", args=[seat.team.public_id]),
    ),
    "grid-workers": Book(
        points.grid_worker_visible_to,
        forms.EndSeatForm,
        actions.end_grid_worker,
        lambda seat: reverse("cell", args=[seat.cell.public_id]),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def officer_seat(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    return _seat(request, actor, bodies.committee_visible_to(actor, public_id), is_union=False)


@require_http_methods(["GET", "HEAD", "POST"])
def organiser_seat(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    return _seat(request, actor, queries.union_visible_to(actor, public_id=public_id), is_union=True)


def _seat(request: ActorRequest, actor: Actor, body: Any, *, is_union: bool) -> HttpResponse:
    """An officer on a committee; on a union, its organiser."""

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.OfficerForm(data, actor=actor, row=body, initial={"from_on": clock.today()})
        if is_union:
            form.initial.update(role="organiser", route="appointed")
            del form.fields["declares_no_kinship"]
        suggested(form, "user", reverse("staff_suggested"))
        return form

    def run(data: dict[str, Any]) -> str:
        seat = actions.seat_officer(body, actor=actor, **data)
        return _of_committee(seat)

    back = reverse("union" if is_union else "committee", args=[body.public_id])
    title = _("登记组织员") if is_union else _("登记成员")
    act = Act(title=title, label=title, done=_("已登记。"), back=back, back_label=str(body))
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def representative_seat(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    body = bodies.committee_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.RepresentativeForm(data, actor=actor, row=body, initial={"from_on": body.from_on})
        suggested(form, "user", reverse("staff_suggested"))
        return form

    def run(data: dict[str, Any]) -> str:
        return _of_committee(actions.seat_representative(body, actor=actor, **data))

    back = reverse("committee", args=[body.public_id])
    act = Act(
        title=_("登记代表"),
        label=_("登记代表"),
        done=_("已登记。"),
        help=_("实行常任制的，代表在两次大会之间继续履职，任期与本届相同。"),
        back=back,
        back_label=str(body),
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_leave(request: ActorRequest, book: str, public_id: uuid.UUID) -> HttpResponse:
    actor, register, seat = _found(request, book, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return register.form(data, actor=actor, row=seat, initial={"until_on": clock.today()})

    def run(data: dict[str, Any]) -> str:
        register.leave(seat, actor=actor, **data)
        return register.page(seat)

    act = _act(
        register,
        seat,
        title=_("登记%(name)s离任") % {"name": seat.name},
        label=_("登记离任"),
        done=_("已登记离任，记录保留。"),
        is_danger=True,
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_phone(request: ActorRequest, book: str, public_id: uuid.UUID) -> HttpResponse:
    actor, register, seat = _found(request, book, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.CorrectPhoneForm(data, actor=actor, row=seat)
        form.fields["phone"].help_text = _("现为 %s，留空则删去。") % (mask_phone(seat.phone) or _("空"))
        return form

    def run(data: dict[str, Any]) -> str:
        actions.correct_phone(seat, actor=actor, **data)
        return register.page(seat)

    act = _act(register, seat, title=_("更正手机号"), label=_("更正"), done=_("已更正。"))
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_reveal(request: ActorRequest, book: str, public_id: uuid.UUID) -> HttpResponse:
    """The phone in the clear, for a reason that is kept."""
    actor, register, seat = _found(request, book, public_id)
    form, text = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            text = full_view.reveal(seat, "phone", actor=actor, reason=form.cleaned_data["reason"])
        except Invalid as problem:
            form.add_error("reason", str(problem))
    context = {
        "person": seat,
        "label": _("手机号"),
        "form": form,
        "text": text,
        "back": register.page(seat),
    }
    response = render(request, "workbench/person_reveal.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _found(request: ActorRequest, book: str, public_id: uuid.UUID) -> tuple[Actor, Book, Any]:
    actor = opened(request, PURPOSE)
    if book not in BOOKS:
        raise Missing(_("没有这一页。"))
    return actor, BOOKS[book], BOOKS[book].find(actor, public_id)


def _act(register: Book, seat: Any, **words: Any) -> Act:
    return Act(back=register.page(seat), back_label=f"{seat.unit} · {seat.name}", **words)
