"""届期: terms that end, are over, or have no chair; one body with who sits on it; renewing it."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.fields import mask_phone
from niangjia.membership.queries.women import unions_without_womens_committee
from niangjia.organisation import actions, authority, forms, parameters, queries
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.forms.committees import years_allowed
from niangjia.organisation.kinds import CommitteeKind
from niangjia.organisation.queries import committees as bodies
from niangjia.web.shell import keyset
from niangjia.web.shell.acts import Act, act_page
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice
from niangjia.web.workbench.entrance import opened, place
from niangjia.web.workbench.happenings import happenings

VIEWS = ("ending", "overdue", "vacant", "missing", "women", "all")


@require_safe
def committees(request: ActorRequest) -> HttpResponse:
    """What falls due, each kind of lack in a tab of its own."""
    actor = opened(request, PURPOSE)
    where = place(request, actor, PURPOSE)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "ending"
    home = where.unit or queries.tops(actor).select_related("region").first()
    days = parameters.value("organisation.term_notice_days", home, clock.today())
    find: dict[str, Callable[[], Any]] = {
        "ending": lambda: bodies.terms_ending(actor, days, where.unit),
        "overdue": lambda: bodies.terms_overdue(actor, where.unit),
        "vacant": lambda: bodies.chairs_vacant(actor, where.unit),
        "missing": lambda: bodies.unions_without_committee(actor, where.unit),
        "women": lambda: unions_without_womens_committee(actor, where.unit),
        "all": lambda: bodies.committees_visible_to(actor, where.unit).filter(ended_on__isnull=True),
    }
    page: Any = keyset.page(find[view](), after=request.GET.get("after", ""))
    if view == "vacant":
        for committee in page.rows:
            committee.fill_by = bodies.fill_chair_by(committee, committee.vacant_since)
    if view == "missing":
        for union in page.rows:
            union.must_have = union.member_count >= parameters.value(
                "organisation.committee_members", union, clock.today()
            )
    context = {
        "page": page,
        "place": where,
        "view": view,
        "days": days,
        "tabs": _tabs(request, view, days),
        "today": clock.today(),
    }
    return render(request, "workbench/committees.html", context)


def _tabs(request: ActorRequest, current: str, days: int) -> list[Choice]:
    labels = {
        "ending": _("%s 天内届满") % days,
        "overdue": _("超期未换届"),
        "vacant": _("主席空缺"),
        "missing": _("没有委员会"),
        "women": _("应设女职工委员会"),
        "all": _("全部在任"),
    }
    kept = {"unit": request.GET["unit"]} if request.GET.get("unit") else {}
    return [
        Choice(label, f"{request.path}?{urlencode({'view': view, **kept})}", view == current)
        for view, label in labels.items()
    ]


@require_safe
def committee(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = bodies.committee_visible_to(actor, public_id)
    is_congress = found.kind in CommitteeKind.congresses()
    seats: Any = found.representatives if is_congress else found.officers
    rows = list(seats.order_by("until_on", "id")[:500])
    for seat in rows:
        seat.masked = mask_phone(seat.phone) if seat.phone else ""
    context = {
        "committee": found,
        "is_congress": is_congress,
        "book": "representatives" if is_congress else "officers",
        "serving": [seat for seat in rows if seat.until_on is None],
        "gone": [seat for seat in rows if seat.until_on is not None],
        "terms": bodies.terms_of(found),
        "is_overdue": found.is_overdue_on(clock.today()),
        "may_keep": found.ended_on is None and authority.keeps_registers(found.unit, actor),
        "story": happenings(found),
    }
    return render(request, "workbench/committee.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_establish(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    unit = queries.union_visible_to(actor, public_id=public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        today = clock.today()
        initial = {"number": 1, "from_on": today, "term_years": years_allowed(unit, today)[-1]}
        return forms.EstablishForm(data, actor=actor, row=unit, initial=initial)

    def run(data: dict[str, Any]) -> str:
        return _page(actions.establish(unit, actor=actor, **data))

    act = Act(
        title=_("设立机构"),
        label=_("登记"),
        done=_("已登记，请接着登记成员。"),
        help=_("选举产生的委员会、代表大会，以及工会小组。已经在任的，照本届的届次和任期填。"),
        back=reverse("union", args=[unit.public_id]),
        back_label=unit.name,
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_renew(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _kept(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        today = clock.today()
        initial = {"from_on": today, "term_years": years_allowed(found.unit, today)[-1]}
        return forms.TermForm(data, actor=actor, row=found, initial=initial)

    def run(data: dict[str, Any]) -> str:
        return _page(actions.renew(found, actor=actor, **data))

    act = _act(
        found,
        title=_("换届"),
        label=_("登记换届"),
        done=_("已换届，请登记新一届的成员。"),
        help=_("本届及其全部成员到新一届任期起的前一天为止，记录保留。连任的人请在新一届重新登记。"),
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_disband(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _kept(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.DisbandForm(data, actor=actor, row=found, initial={"ended_on": clock.today()})

    def run(data: dict[str, Any]) -> str:
        return _page(actions.disband(found, actor=actor, **data))

    act = _act(
        found,
        title=_("撤销机构"),
        label=_("撤销"),
        done=_("已撤销，记录保留。"),
        help=_("成员随之离任。只是到期的，请办理换届。"),
        is_danger=True,
    )
    return act_page(request, act, make, run)


def _kept(request: ActorRequest, public_id: uuid.UUID) -> tuple[Actor, Any]:
    actor = opened(request, PURPOSE)
    return actor, bodies.committee_visible_to(actor, public_id)


def _act(found: Any, **words: Any) -> Act:
    return Act(back=_page(found), back_label=f"{found.unit} · {found}", **words)


def _page(found: Any) -> str:
    return reverse("committee", args=[found.public_id])
