"""What stands in the workbench's side bar and the portal's tab bar, by what the actor's posts open.

An entry shows once its module serves the route, so a domain that is not installed leaves no dead link.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kernel.access import Actor
from niangjia.kernel.sheets import sheets_of
from niangjia.notices.queries import is_open_to

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, eq=False)
class Entry:
    """`purpose` is the kind of data the page shows, `duties` name who works there; neither: all staff.
    `shown_to` decides by itself.

    `pages` are route names that belong under this entry, so that it stays marked on them.
    """

    label: "StrOrPromise"
    route: str
    icon: str
    purpose: str = ""
    duties: tuple[str, ...] = ()
    shown_to: Callable[[Actor], bool] | None = None
    pages: tuple[str, ...] = ()
    url: str = ""
    is_current: bool = False
    count: int | None = None

    def is_open_to(self, actor: Actor) -> bool:
        if self.shown_to:
            return self.shown_to(actor)
        if self.purpose:
            return bool(actor.scopes(self.purpose))
        if self.duties:
            return any(grant.duty.name in self.duties for grant in actor.grants)
        return bool(actor.grants)


WORKBENCH = (
    Entry(_("待办"), "inbox", "inbox"),
    Entry(_("困难职工档案"), "hardship_files", "file", purpose="assistance"),
    Entry(_("对外提供"), "data_provisions", "swap", purpose="health", pages=("data_provision",)),
    Entry(_("待遇申请"), "benefits", "apply", purpose="benefits"),
    Entry(_("政策找人"), "proposals", "search", purpose="benefits", pages=("proposal",)),
    Entry(
        _("待遇项目"),
        "schemes",
        "sliders",
        shown_to=lambda actor: bool(actor.scopes("schemes") or actor.scopes("benefits")),
        pages=("ready_made", "scheme_adopt"),
    ),
    Entry(_("公示"), "notices", "apply", shown_to=is_open_to),
    Entry(_("公示异议"), "objections", "alert", purpose="objections", pages=("objection_reveal",)),
    Entry(_("入户核查"), "home_visits", "home", duties=("assistance_visitor",)),
    Entry(
        _("帮扶方案"),
        "aid_plans",
        "parcel",
        purpose="assistance",
        pages=("aid_plan", "aid_measures", "aid_measure", "plan_add"),
    ),
    Entry(
        _("结对"),
        "pairings",
        "people",
        shown_to=lambda actor: bool(actor.scopes("assistance") or actor.scopes("pairing")),
        pages=("pairing", "unpaired_files", "pairing_cadres", "pairing_reveal"),
    ),
    Entry(
        _("档案抽查"),
        "spot_checks",
        "search",
        duties=("assistance_spot_checker", "assistance_approver", "auditor"),
        pages=("spot_check",),
    ),
    Entry(
        _("县区结对"),
        "key_counties",
        "swap",
        duties=("assistance_clerk", "assistance_approver", "auditor"),
        pages=(
            "twinnings",
            "twinning",
            "twinning_helps",
            "twinning_help",
            "county_projects",
            "county_project",
        ),
    ),
    Entry(
        _("驻村帮扶"),
        "paired_villages",
        "home",
        duties=("assistance_clerk", "assistance_approver", "assistance_village_officer", "auditor"),
        pages=(
            "paired_village",
            "village_postings",
            "village_posting",
            "village_dividends",
            "village_dividend",
        ),
    ),
    Entry(_("劝学"), "schooling_cases", "person", purpose="schooling", pages=("schooling_case",)),
    Entry(
        _("会员"),
        "members",
        "people",
        purpose="membership",
        pages=(
            "realname",
            "realname_incomplete",
            "duplicates",
            "duplicate",
            "duplicate_dismiss",
            "person_merge",
            "member",
            "person",
            "person_correct",
            "person_reveal",
            "household_form",
            "household_add",
        ),
    ),
    Entry(
        pgettext_lazy("many", "入会申请"),
        "join_applications",
        "apply",
        purpose="membership",
        pages=("join_application",),
    ),
    Entry(pgettext_lazy("many", "会籍接转"), "transfers", "swap", purpose="membership", pages=("transfer",)),
    Entry(_("工会组织"), "unions", "union", purpose="organisation", pages=("post_end",)),
    Entry(
        _("干部与届期"),
        "committees",
        "person",
        purpose="organisation",
        pages=("seat_leave", "seat_phone", "seat_reveal"),
    ),
    Entry(_("用人单位"), "employers", "employer", purpose="organisation"),
    Entry(
        _("统计"),
        "figures",
        "chart",
        purpose="organisation",
        pages=(
            "organisation_figures",
            "membership_figures",
            "hardship_figures",
            "plan_figures",
            "twinning_figures",
            "village_figures",
            "figure_rows",
        ),
    ),
    Entry(
        _("建会"),
        "union_buildings",
        "home",
        purpose="union_building",
        pages=("blank_spots", "blank_spot_releases", "building_funnel", "building_moved"),
    ),
    Entry(pgettext_lazy("many", "工会工作队"), "teams", "people", purpose="organisation"),
    Entry(pgettext_lazy("many", "服务阵地"), "points", "home", purpose="organisation"),
    Entry(pgettext_lazy("many", "网格"), "cells", "sliders", purpose="organisation"),
    Entry(_("批量上传"), "uploads", "upload", shown_to=lambda actor: bool(sheets_of(actor))),
    Entry(_("代办"), "delegations", "swap", pages=("post_delegate",)),
    Entry(_("参数"), "parameters", "sliders", purpose="organisation"),
    Entry(_("节假日"), "holidays", "calendar", purpose="organisation"),
    Entry(_("审计"), "audit", "shield", purpose="audit"),
)

PORTAL = (
    Entry(
        _("首页"),
        "portal_home",
        "home",
        pages=("portal_card", "portal_membership", "portal_transfer", "portal_entitled"),
    ),
    Entry(_("办申请"), "portal_apply", "apply", pages=("portal_benefits", "portal_benefit_apply")),
    Entry(
        _("我的事"),
        "portal_matters",
        "parcel",
        pages=(
            "portal_case",
            "portal_case_step",
            "portal_plan",
            "portal_schooling",
            "portal_benefit",
            "portal_benefit_step",
        ),
    ),
    Entry(_("我"), "portal_me", "person", pages=("portal_consents",)),
)


@cache
def address(route: str) -> str | None:
    """The route's address, or None while nobody serves it."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return None


NOBODY = UUID(int=0)


@lru_cache(maxsize=2048)
def _pattern(route: str, words: tuple[str, ...], place: int) -> str:
    return reverse(route, args=[*words[:place], NOBODY, *words[place:]])


def row_address(route: str, public_id: UUID, words: tuple[str, ...] = (), place: int = 0) -> str:
    """The address of one row's page. A list asks once a row, so the pattern is found only once.

    `words` are what else stands in the address, and the row before the one at `place`.
    """
    return _pattern(route, words, place).replace(str(NOBODY), str(public_id))


@cache
def served(entries: tuple[Entry, ...]) -> list[Entry]:
    found = ((entry, address(entry.route)) for entry in entries)
    return [replace(entry, url=url) for entry, url in found if url]


def marked(entries: Sequence[Entry], request: HttpRequest) -> list[Entry]:
    """The entry whose page this is, by route name or else by the longest address the path begins with."""
    match = request.resolver_match
    name = match.url_name if match else None
    for entry in entries:
        if name and (name == entry.route or name in entry.pages):
            return _mark(entries, entry)
    beneath = [entry for entry in entries if request.path.startswith(entry.url)]
    return _mark(entries, max(beneath, key=lambda entry: len(entry.url), default=None))


def _mark(entries: Sequence[Entry], current: Entry | None) -> list[Entry]:
    return [replace(entry, is_current=True) if entry is current else entry for entry in entries]


def workbench(request: HttpRequest, actor: Actor | None) -> list[Entry]:
    if actor is None:
        return []
    return marked([entry for entry in served(WORKBENCH) if entry.is_open_to(actor)], request)


def portal(request: HttpRequest) -> list[Entry]:
    return marked(served(PORTAL), request)
