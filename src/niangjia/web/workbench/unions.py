"""工会组织: the tree, one union, and what its administrator does to it."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.membership import queries as membership
from niangjia.organisation import actions, authority, forms, queries
from niangjia.organisation.access import ADMINISTRATOR, PURPOSE
from niangjia.organisation.queries import committees as bodies
from niangjia.web.shell import keyset
from niangjia.web.shell.acts import Act, act_page, quoted, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened, to_address, words_asked
from niangjia.web.workbench.happenings import happenings

MOST_EMPLOYERS = 20


@require_http_methods(["GET", "HEAD", "POST"])
def unions(request: ActorRequest) -> HttpResponse:
    """Where the actor's view of the tree begins, or what a search finds."""
    actor = opened(request, PURPOSE)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    tops = list(queries.tops(actor))
    if not words and len(tops) == 1:
        return redirect("union", tops[0].public_id)
    rows = queries.unions_matching(actor, words) if words else queries.tops(actor).select_related("region")
    context = {"page": keyset.page(rows, after=request.GET.get("after", "")), "words": words}
    return render(request, "workbench/unions.html", context | {"export": {"name": "unions"}})


@require_safe
def union(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries.union_visible_to(actor, public_id=public_id)
    scopes = actor.scopes(PURPOSE)
    totals = queries.member_totals_below(found)
    children = list(queries.children(found))
    for child in children:
        child.member_total = totals.get(child.path, 0)  # type: ignore[attr-defined]
    employers = list(queries.employers_of(found)[: MOST_EMPLOYERS + 1])
    context = {
        "union": found,
        "above": [
            one for one in queries.ancestors(found) if any(one.path.startswith(path) for path in scopes)
        ],
        "children": children,
        "member_total": found.member_count + sum(totals.values()),
        "sees_members": bool(queries.scopes_beneath(actor, membership.PURPOSE, found)),
        "today": clock.today(),
        "bodies": bodies.in_office(found),
        "organiser": bodies.organiser_of(found),
        "may_keep": authority.keeps_registers(found, actor) and not found.is_dissolved,
        "posts": queries.posts_at(found, clock.today()),
        "employers": employers[:MOST_EMPLOYERS],
        "has_more_employers": len(employers) > MOST_EMPLOYERS,
        "may_change": bool(actor.grants_for(ADMINISTRATOR, found.path)) and not found.is_dissolved,
        "may_place": found.parent is not None and bool(actor.grants_for(ADMINISTRATOR, found.parent.path)),
        "story": happenings(found),
        "export": {"name": "unions", "filters": {"unit": found.number}},
    }
    return render(request, "workbench/union.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def union_found(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, parent = _for_administrator(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.FoundUnionForm(
            data,
            actor=actor,
            initial={"region": quoted(parent.region, parent.region.code), "founded_on": clock.today()},
        )
        del form.fields["parent"]
        suggested(form, "region", reverse("regions_suggested"))
        suggested(form, "industry_parent", reverse("unions_suggested"))
        return form

    def run(data: dict[str, Any]) -> str:
        return _page(actions.found_union(actor=actor, **{**data, "parent": parent.public_id}))

    act = _act(
        parent,
        title=_("在“%s”之下新建工会") % parent.name,
        label=_("新建工会"),
        done=_("已新建。"),
        help=_("批复成立之后在这里登记。编号照上级下发的工会编号填写。"),
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def union_rename(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _for_administrator(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.RenameUnionForm(data, actor=actor, row=found, initial={"name": found.name})

    def run(data: dict[str, Any]) -> str:
        return _page(actions.rename_union(found, actor=actor, **data))

    act = _act(found, title=_("更名"), label=_("更名"), done=_("已更名。"))
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def union_mark(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _for_administrator(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.MarkUnionForm(
            data, actor=actor, row=found, initial={"document_mark": found.document_mark}
        )

    def run(data: dict[str, Any]) -> str:
        return _page(actions.mark_union(found, actor=actor, **data))

    act = _act(
        found,
        title=_("设定发文代字"),
        label=_("设定"),
        done=_("已设定。"),
        help=_("以后开出的文书用新的代字，已经开出的不变。"),
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def union_move(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _for_administrator(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.MoveUnionForm(data, actor=actor, row=found)
        suggested(form, "new_parent", reverse("unions_suggested"))
        return form

    def run(data: dict[str, Any]) -> str:
        actions.move_union(found, actor=actor, **data)
        return _page(found)

    act = _act(
        found,
        title=_("调整上级"),
        label=_("调整上级"),
        done=_("已调整，下级工会随同调整。"),
        help=_("这个工会和它的全部下级一起移到新的上级之下。谁能看到它们，也随之改变。"),
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def union_dissolve(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor, found = _for_administrator(request, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.DissolveUnionForm(data, actor=actor, row=found, initial={"dissolved_on": clock.today()})

    def run(data: dict[str, Any]) -> str:
        return _page(actions.dissolve_union(found, actor=actor, **data))

    act = _act(
        found,
        title=_("撤销“%s”") % found.name,
        label=_("撤销"),
        done=_("已撤销。"),
        help=_("撤销前须先移走下级工会、转出全部会员。撤销后任职全部终止，单位改为未建会，记录由上级保管。"),
        is_danger=True,
    )
    return act_page(request, act, make, run)


@require_safe
def unions_suggested(request: ActorRequest) -> HttpResponse:
    """Options for a box in which a union is typed."""
    actor = opened(request, PURPOSE)
    return _options(request, lambda words: queries.unions_matching(actor, words), lambda row: row.number)


@require_safe
def employers_suggested(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    return _options(request, lambda words: queries.employers_matching(actor, words), lambda row: row.uscc)


@require_safe
def regions_suggested(request: ActorRequest) -> HttpResponse:
    opened(request, PURPOSE)
    return _options(request, queries.regions_matching, lambda row: row.code)


@require_safe
def staff_suggested(request: ActorRequest) -> HttpResponse:
    """Colleagues who already hold some post; others are named by their login name."""
    actor = opened(request, PURPOSE)
    if not actor.has(ADMINISTRATOR):
        return _options(request, lambda words: [], str)
    return _options(request, queries.staff_matching, lambda row: row.username)


def _options(request: ActorRequest, find: Callable[[str], Any], code: Callable[[Any], str]) -> HttpResponse:
    """The first ten rows for the words in the box, whatever its name."""
    words = str(next(iter(request.GET.values()), "")).strip()
    rows = find(words)[:10] if words else []
    options = [(quoted(row, code(row)), row.name) for row in rows]
    return render(request, "web/options.html", {"options": options})


def _for_administrator(request: ActorRequest, public_id: uuid.UUID) -> tuple[Actor, Any]:
    actor = opened(request, PURPOSE)
    return actor, queries.union_visible_to(actor, public_id=public_id)


def _act(found: Any, **words: Any) -> Act:
    return Act(back=_page(found), back_label=found.name, **words)


def _page(found: Any) -> str:
    return reverse("union", args=[found.public_id])
