"""实名资料: how complete the register is, union by union, and the members to whom something is still to be added."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.figures import queries as figures
from niangjia.membership import actions, queries
from niangjia.membership import realname as facts
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.figures import MEMBERS
from niangjia.organisation import queries as organisation
from niangjia.web.shell import keyset
from niangjia.web.shell.charts import as_of, percent, written
from niangjia.web.shell.listing import Column, Listing, main_link, tick
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.navigation import row_address
from niangjia.web.shell.parts import Choice
from niangjia.web.workbench.entrance import opened, place

MOST_UNITS = 200
MOST_CHECKED = 200


@dataclass(frozen=True)
class Line:
    """One union with everything below it."""

    name: str
    url: str
    members: str
    to_do: str
    to_do_url: str
    score: str
    shares: list[str]


@require_safe
def realname(request: ActorRequest) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    where = place(request, actor, queries.PURPOSE)
    tops = [where.unit] if where.unit else list(organisation.tops(actor, queries.PURPOSE))
    units = [*tops, *(child for top in tops for child in organisation.children(top)[:MOST_UNITS])]
    edition = figures.latest_edition()
    asked = sorted({fact for unit in tops for fact in _required(unit)}, key=list(facts.Fact).index)
    context = {
        "place": where,
        "as_of": as_of(edition),
        "asked": [fact.label for fact in asked],
        "lines": _lines(units, asked, edition) if edition else [],
    }
    return render(request, "workbench/realname.html", context)


@require_safe
def incomplete(request: ActorRequest) -> HttpResponse:
    """Members to whom something is to be added, and what."""
    actor = opened(request, queries.PURPOSE)
    where = place(request, actor, queries.PURPOSE)
    fact = request.GET.get("missing", "")
    rows = facts.incomplete(queries.members_visible_to(actor, where.unit), fact)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    checks = fact == facts.Fact.IDENTITY and actor.has(MEMBERSHIP_CLERK)
    context = {
        "page": page,
        "listing": Listing(_columns(ticked=checks), page.rows),
        "place": where,
        "choices": _choices(where.unit, fact),
        "checks": checks,
        "here": request.get_full_path(),
    }
    return render(request, "workbench/realname_incomplete.html", context)


@require_POST
def check(request: ActorRequest) -> HttpResponse:
    """The documents of the ticked members were compared."""
    actor = opened(request, queries.PURPOSE)
    members = queries.members_named(actor, request.POST.getlist("id")[:MOST_CHECKED])
    done = actions.check_identities(members, actor=actor)
    messages.success(request, _("已记下 %d 人的证件核验。") % done)
    there = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return redirect(there if is_ours else reverse("realname"))


def _required(unit: Any) -> tuple[facts.Fact, ...]:
    return facts.required(unit, clock.today())


def _lines(units: list[Any], asked: list[facts.Fact], edition: Any) -> list[Line]:
    measures = [MEMBERS, facts.COMPLETE, *facts.FACTS.values()]
    counted = figures.across(units, measures, edition)
    return [_line(unit, counted[unit.pk], asked) for unit in units]


def _line(unit: Any, counted: dict[str, Any], asked: list[facts.Fact]) -> Line:
    members = counted[MEMBERS.name].value
    whole = counted[facts.COMPLETE.name].value
    there = {fact: counted[measure.name].value for fact, measure in facts.FACTS.items()}
    own = _required(unit)
    to_do = None if members is None or whole is None else members - whole
    return Line(
        unit.name,
        f"{reverse('realname')}?{urlencode({'unit': unit.number})}",
        "—" if members is None else written(members),
        "—" if to_do is None else written(to_do),
        _list_url(unit, "") if to_do else "",
        percent(facts.score(there, members, own)),
        [
            percent(there[fact] * 100 / members if members and there[fact] is not None else None)
            if fact in own
            else _("不要求")
            for fact in asked
        ],
    )


def _list_url(unit: Any, fact: str) -> str:
    query = {"unit": unit.number if unit else "", "missing": fact}
    return (
        f"{reverse('realname_incomplete')}?{urlencode({key: value for key, value in query.items() if value})}"
    )


def _choices(unit: Any, fact: str) -> list[Choice]:
    return [
        Choice(_("缺任何一项"), _list_url(unit, ""), is_current=not fact),
        *(
            Choice(_("缺%s") % one.label, _list_url(unit, one), is_current=fact == one)
            for one in (_required(unit) if unit else facts.Fact)
        ),
    ]


def _columns(*, ticked: bool) -> list[Column]:
    asked: dict[int, tuple[facts.Fact, ...]] = {}

    def lacks(member: Any) -> str:
        region = member.unit.region_id
        if region not in asked:
            asked[region] = _required(member.unit)
        return _("、").join(str(fact.label) for fact in facts.missing(member, asked[region]))

    ticks = Column(
        _("选中"),
        lambda member: tick(member.public_id, f"{member.person.name} {member.number}"),
        names_cells=False,
    )
    return [
        *([ticks] if ticked else []),
        Column(
            _("姓名"),
            lambda member: main_link(row_address("person", member.person.public_id), member.person.name),
            names_cells=False,
        ),
        Column(_("会员编号"), lambda member: member.number, "number"),
        Column(_("所属工会"), lambda member: member.unit),
        Column(_("缺"), lacks),
    ]


def may_check(actor: Actor, member: Any) -> Any:
    """The current membership, where the actor may still note that its person's document was seen."""
    if member is None or member.person.identity_checked_on is not None:
        return None
    return member if actor.grants_for(MEMBERSHIP_CLERK, member.unit.path) else None
