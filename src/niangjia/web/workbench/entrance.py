"""What the pages of the staff have in common: who comes in, which words are looked for, which part of the tree."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed
from niangjia.organisation import queries as organisation
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice

# Eleven digits and more may be somebody's phone or ID number; they stay out of addresses and logs.
PERSONAL = re.compile(r"\d{11}")


def staff(request: ActorRequest) -> Actor:
    """Whoever holds any post."""
    return _checked(request, bool(request.actor and request.actor.grants))


def opened(request: ActorRequest, *purposes: str) -> Actor:
    """Whoever's posts open one of the purposes; everybody else is told whom to ask."""
    actor = request.actor
    return _checked(request, actor is not None and any(actor.scopes(purpose) for purpose in purposes))


def opened_by_any(request: ActorRequest, *purposes: str) -> Actor:
    """Whoever's posts open at least one of the purposes."""
    return _checked(
        request, any(request.actor.scopes(purpose) for purpose in purposes) if request.actor else False
    )


def _checked(request: ActorRequest, is_open: bool) -> Actor:
    if not is_open or request.actor is None:
        raise NotAllowed(_("您的岗位不包含这项工作。确有需要，请联系本单位的组织管理员调整任职。"))
    return request.actor


def words_asked(request: HttpRequest) -> str:
    """What is looked for: from the address, or from the body where it may be personal."""
    return (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:100]


def is_personal(words: str) -> bool:
    """Whether the words may be somebody's phone or ID number."""
    return bool(PERSONAL.search(re.sub(r"[\s-]", "", words)))


def to_address(request: HttpRequest, words: str) -> HttpResponse | None:
    """Search boxes send by POST. Plain words move into the address, to be shared and gone back to."""
    if request.method != "POST" or is_personal(words):
        return None
    given = {
        name: value
        for name, value in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "q"} and value
    }
    query = urlencode({**given, **({"q": words} if words else {})})
    return redirect(f"{request.path}?{query}" if query else request.path)


@dataclass(frozen=True)
class Place:
    """The part of the tree that a list is cut down to: the union, the way down to it, the unions below it.

    `total` counts the members of the part, where it was asked for.
    """

    unit: Any
    trail: list[Choice]
    below: list[Choice]
    total: int | None = None


# More chips than this are no choice any more; the tree of unions leads further.
MOST_BELOW = 16


def place(request: HttpRequest, actor: Actor, purpose: str, *, counts_members: bool = False) -> Place:
    """From `?unit=`, a union's number. Raises Missing for a union out of sight."""
    number = request.GET.get("unit") or request.POST.get("unit")
    tops = organisation.tops_listed(actor, purpose)
    if not number:
        if len(tops) != 1:
            total = organisation.member_total(actor.scopes(purpose)) if counts_members else None
            return Place(None, [], [_choice(request, union.name, union.number) for union in tops], total)
        return Place(None, [], *_below(request, tops[0], counts_members))
    unit = organisation.union_visible_to(actor, number=number)
    scopes = actor.scopes(purpose)
    above = [
        union for union in organisation.ancestors(unit) if any(union.path.startswith(path) for path in scopes)
    ]
    trail = [_choice(request, _("全部"), "")]
    trail += [
        _choice(request, union.name, union.number) for union in above if union not in tops or len(tops) > 1
    ]
    trail.append(_choice(request, unit.name, unit.number, is_current=True))
    return Place(unit, trail, *_below(request, unit, counts_members))


def _below(request: HttpRequest, unit: Any, counts_members: bool) -> tuple[list[Choice], int | None]:
    """The unions directly below, and the members of the whole subtree where they are counted."""
    children = organisation.standing_below(unit).values_list("name", "number", "path")[:MOST_BELOW]
    if not counts_members:
        return [_choice(request, name, number) for name, number, _path in children], None
    totals = organisation.member_totals_below(unit)
    choices = [_choice(request, name, number, count=totals[path]) for name, number, path in children]
    return choices, unit.member_count + sum(totals.values())


def _choice(
    request: HttpRequest, label: str, number: str, *, is_current: bool = False, count: int | None = None
) -> Choice:
    kept = {name: values for name, values in request.GET.lists() if name not in ("after", "unit")}
    if number:
        kept["unit"] = [number]
    address = f"{request.path}?{urlencode(kept, doseq=True)}" if kept else request.path
    return Choice(label, address, is_current, count)
