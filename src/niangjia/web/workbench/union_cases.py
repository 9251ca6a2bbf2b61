"""The lists and pages that unions helping unions and unions helping villages have in common."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.assistance.access import ASSISTANCE, CENTRE_CLERK
from niangjia.assistance.twinning.queries import Asked
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.money import formatted
from niangjia.kernel.workflow import Opening, Transition, Workflow
from niangjia.web.shell import keyset
from niangjia.web.shell.cases import CASES
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice
from niangjia.web.templatetags.niangjia import badge, deadline
from niangjia.web.workbench.case_pages import Fact, case_context, chips
from niangjia.web.workbench.entrance import opened_by_any, place, to_address, words_asked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YEAR = re.compile(r"[12]\d{3}", re.ASCII)
FILTERS = ("state", "overdue", "year", "purpose")


@dataclass(frozen=True)
class ListPage:
    """What the lists do not share. `above` gives what a template of its own shows over the rows."""

    workflow: Workflow
    route: str
    opening: Opening
    states: Sequence[tuple[str, Any]]
    chosen: Callable[[Actor, Asked], Any]
    columns: Callable[[], list[Column]]
    placeholder: "StrOrPromise"
    none: "StrOrPromise"
    how: "StrOrPromise"
    ways: Callable[[str], list[Choice]]
    purposes: tuple[str, ...] = (ASSISTANCE,)
    template: str = "workbench/cases.html"
    above: Callable[[ActorRequest, Actor, Asked], dict[str, Any]] = lambda _request, _actor, _asked: {}


def list_page(request: ActorRequest, shown: ListPage) -> HttpResponse:
    actor = opened_by_any(request, *shown.purposes)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    where = place(request, actor, ASSISTANCE)
    asked = asked_of(request.GET, words, where.unit)
    page = keyset.page(shown.chosen(actor, asked), after=request.GET.get("after", ""))
    kept = {"unit": where.unit.number if where.unit else "", "q": words}
    kept |= {"year": str(asked.year or ""), "purpose": asked.purpose}
    context = {
        "workflow": shown.workflow,
        "title": shown.workflow.label,
        "ways": shown.ways(shown.route),
        "page": page,
        "listing": Listing(shown.columns(), page.rows),
        "choices": chips(shown.route, shown.states, state=asked.state, overdue=asked.overdue, kept=kept),
        "is_filtered": asked != Asked(),
        "words": words,
        "place": where,
        "placeholder": shown.placeholder,
        "begin": [shown.opening] if actor.has(CENTRE_CLERK) else [],
        "export": {
            "name": shown.route.replace("_", "-"),
            "filters": {name: request.GET.get(name, "") for name in FILTERS},
        }
        if actor.scopes(ASSISTANCE)
        else None,
        "none": shown.none,
        "how": shown.how,
        **shown.above(request, actor, asked),
    }
    return render(request, shown.template, context)


def asked_of(given: Mapping[str, str], words: str, unit: Any) -> Asked:
    """From an address or an export: `?year=2026` and the state; anything else is as if nothing were asked."""
    year = YEAR.fullmatch(given.get("year", ""))
    return Asked(
        words,
        given.get("state", ""),
        given.get("overdue") == "1",
        unit,
        int(year[0]) if year else None,
        given.get("purpose", ""),
    )


def years(request: ActorRequest, current: int) -> list[Choice]:
    """The last three, whatever else the address says kept."""
    this_year, found = clock.today().year, []
    for year in range(this_year, this_year - 3, -1):
        query = request.GET.copy()
        query["year"] = str(year)
        found.append(Choice(str(year), f"?{query.urlencode()}", year == current))
    return found


def whose(workflow: Workflow, label: str) -> Column:
    pages = CASES[workflow.name]
    return Column(label, lambda row: main_link(pages.url(row), pages.whose(row)), names_cells=False)


def state_and_deadline(workflow: Workflow) -> list[Column]:
    return [
        Column(_("状态"), lambda row: badge(row.get_state_display(), CASES[workflow.name].tones[row.state])),
        Column(_("期限"), lambda row: deadline(row.due_on)),
    ]


def case_page(
    request: ActorRequest,
    workflow: Workflow,
    row: Any,
    title: str,
    facts: Sequence[Fact],
    home: ListPage,
    more: Mapping[str, Any],
    but: Collection[Transition] = (),
) -> HttpResponse:
    assert request.actor is not None
    context = {
        **case_context(workflow, row, request.actor, but=but),
        "title": title,
        "heading": workflow.label,
        "list_url": reverse(home.route),
        "facts": [fact for fact in facts if fact.value],
        **more,
    }
    return render(request, f"workbench/{CASES[workflow.name].route}.html", context)


def days(*known: tuple[str, Any]) -> list[Fact]:
    return [Fact(label, write_day(day), "number") for label, day in known if day]


def money(amount: Any) -> str:
    return "" if amount is None else formatted(amount)
