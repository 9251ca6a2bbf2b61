"""One box for everything: results by kind, only what the actor sees, ten of each at most."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.assistance import queries as assistance
from niangjia.benefits import queries as benefits
from niangjia.benefits.access import BENEFITS
from niangjia.kernel.access import Actor
from niangjia.membership import queries as membership
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import BUILDING
from niangjia.organisation.building import queries as buildings
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.workbench.benefits import TONES as BENEFIT_TONES
from niangjia.web.workbench.buildings import TONES as BUILDING_TONES
from niangjia.web.workbench.entrance import is_personal, staff, to_address, words_asked
from niangjia.web.workbench.hardship import TONES

MOST = 10


@dataclass(frozen=True)
class Hit:
    url: str
    title: str
    number: str
    where: str
    state: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Group:
    label: str
    hits: list[Hit]
    more_url: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: ActorRequest) -> HttpResponse:
    actor = staff(request)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    groups = _groups(actor, words) if words else []
    shown = "" if is_personal(words) else words
    context = {"query": shown, "words": words, "groups": [group for group in groups if group.hits]}
    return render(request, "workbench/search.html", context)


def _groups(actor: Actor, words: str) -> list[Group]:
    return [
        _files(actor, words),
        _benefits(actor, words),
        _members(actor, words),
        _unions(actor, words),
        _employers(actor, words),
        _buildings(actor, words),
    ]


def _files(actor: Actor, words: str) -> Group:
    rows = assistance.files_matching(actor, words)[:MOST]
    hits = [
        Hit(
            reverse("hardship_file", args=[file.public_id]),
            file.person.name,
            file.number,
            file.unit.name,
            file.get_state_display(),
            TONES[file.state],
        )
        for file in rows
    ]
    return Group(_("困难职工档案"), hits)


def _benefits(actor: Actor, words: str) -> Group:
    rows = benefits.applications_matching(actor, words)[:MOST] if actor.scopes(BENEFITS) else []
    hits = [
        Hit(
            reverse("benefit", args=[row.public_id]),
            row.person.name,
            row.number,
            row.scheme.name,
            row.get_state_display(),
            BENEFIT_TONES[row.state],
        )
        for row in rows
    ]
    return Group(_("待遇申请"), hits, _more("benefits", words, hits))


def _members(actor: Actor, words: str) -> Group:
    rows = membership.members_matching(actor, words)[:MOST]
    hits = [
        Hit(reverse("person", args=[row.person.public_id]), row.person.name, row.number, row.unit.name)
        for row in rows
    ]
    return Group(_("会员"), hits, _more("members", words, hits))


def _unions(actor: Actor, words: str) -> Group:
    rows = organisation.unions_matching(actor, words)[:MOST]
    hits = [
        Hit(reverse("union", args=[row.public_id]), row.name, row.number, row.region.name) for row in rows
    ]
    return Group(_("工会组织"), hits, _more("unions", words, hits))


def _employers(actor: Actor, words: str) -> Group:
    rows = organisation.employers_matching(actor, words)[:MOST]
    hits = [Hit(reverse("employer", args=[row.public_id]), row.name, row.uscc, row.unit.name) for row in rows]
    return Group(_("用人单位"), hits, _more("employers", words, hits))


def _buildings(actor: Actor, words: str) -> Group:
    rows = buildings.buildings_matching(actor, words)[:MOST] if actor.scopes(BUILDING) else []
    hits = [
        Hit(
            reverse("union_building", args=[row.public_id]),
            row.name,
            row.number,
            row.unit.name,
            row.get_state_display(),
            BUILDING_TONES[row.state],
        )
        for row in rows
    ]
    return Group(_("建会工作"), hits, _more("union_buildings", words, hits))


def _more(route: str, words: str, hits: list[Hit]) -> str:
    """Where all results of one kind are; none for a personal number, which stays out of addresses."""
    if len(hits) < MOST or is_personal(words):
        return ""
    return f"{reverse(route)}?{urlencode({'q': words})}"
