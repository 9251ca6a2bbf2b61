"""重复登记: pairs that may be one person, the two side by side, and the merge as a case."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.workflow.engine import offers
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates import actions, merging, queries
from niangjia.membership.duplicates.forms import DismissForm
from niangjia.membership.duplicates.kinds import MergeState
from niangjia.membership.duplicates.workflow import chosen_words, person_merge, propose
from niangjia.web.shell import keyset, steps
from niangjia.web.shell.acts import Act, act_page
from niangjia.web.shell.cases import CASES, CasePages, story, task_of, tone, whose_desk
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.navigation import row_address
from niangjia.web.shell.parts import Tone
from niangjia.web.templatetags.niangjia import badge
from niangjia.web.workbench.entrance import opened, place

TONES: dict[str, Tone] = {
    MergeState.PROPOSED: "active",
    MergeState.MERGED: "good",
    MergeState.REJECTED: "",
    MergeState.UNDONE: "waiting",
}
CASES[person_merge.name] = CasePages("person_merge", lambda row: row.kept.name, TONES, queries.listed)
MERGES_SHOWN = 10


@require_safe
def duplicates(request: ActorRequest) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    where = place(request, actor, queries.PURPOSE)
    page = keyset.page(queries.pairs_visible_to(actor, where.unit), after=request.GET.get("after", ""))
    context = {
        "page": page,
        "listing": Listing(_columns(actor), page.rows),
        "place": where,
        "may_look": actor.has(MEMBERSHIP_CLERK),
        "merges": [
            (row, tone(person_merge, row.state))
            for row in queries.merges_visible_to(actor).order_by("-pk")[:MERGES_SHOWN]
        ],
    }
    return render(request, "workbench/duplicates.html", context)


@require_POST
def look(request: ActorRequest) -> HttpResponse:
    actions.look(actor=opened(request, queries.PURPOSE))
    messages.success(request, _("已开始全库比对，通常几分钟内完成。稍后刷新本页看结果。"))
    return redirect("duplicates")


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """The two side by side; a POST proposes the merge."""
    actor = opened(request, queries.PURPOSE)
    form = propose.form(actor=actor)
    if request.method == "POST":
        try:
            merge_id = steps.open_once(request, propose, actor)
        except Invalid as problem:
            form = steps.filled(propose.form, request, None, actor, problem)
        else:
            messages.success(request, _("已提出合并，等另一位同事复核。"))
            return redirect("person_merge", merge_id)
    pair = queries.pair_visible_to(actor, public_id)
    context = {
        "pair": pair,
        "form": form,
        "key": request.POST.get("key") or uuid.uuid4(),
        "may_decide": queries.may_decide(actor, pair),
        **_sides(actor, pair),
    }
    return render(request, "workbench/duplicate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    pair = queries.pair_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return DismissForm(data)

    def run(data: dict[str, Any]) -> str:
        actions.dismiss(pair, actor=actor, **data)
        return reverse("duplicates")

    act = Act(
        title=_("不是同一个人"),
        label=_("排除"),
        done=_("已排除，今后不再提示这一对。"),
        help=_("两条登记各自保留，不作改动。"),
        back=reverse("duplicate", args=[pair.public_id]),
        back_label=_("重复登记"),
    )
    return act_page(request, act, make, run)


@require_POST
def escalate(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    actions.escalate(queries.pair_visible_to(actor, public_id), actor=actor)
    messages.success(request, _("已提请上级核对，排在上级列表的最前面。"))
    return redirect("duplicates")


@require_safe
def person_merge_page(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    row = person_merge.find(public_id, actor)
    task = task_of(person_merge, row)
    context = {
        "merge": row,
        "tone": tone(person_merge, row.state),
        "offers": offers(person_merge, row, actor),
        "desk": whose_desk(task),
        "rows": queries.compared(row.kept, row.gone),
        "chosen": chosen_words(row),
        "is_proposed": row.state == MergeState.PROPOSED,
        "problems": merging.problems(row.kept, row.gone) if row.state == MergeState.PROPOSED else [],
        "follows": queries.hanging_on(row.gone) if row.state == MergeState.PROPOSED else [],
        "story": story(person_merge, row),
    }
    return render(request, "workbench/person_merge.html", context)


def _sides(actor: Actor, pair: Any) -> dict[str, Any]:
    """Both sides for whoever sees both; else the one in sight, and of the other that it is there."""
    if queries.sees_both(actor, pair):
        return {
            "sees_both": True,
            "rows": queries.compared(pair.first, pair.second),
            "follows": [queries.hanging_on(person) for person in (pair.first, pair.second)],
            "problems": merging.problems(pair.first, pair.second),
        }
    return {"sees_both": False, "own": pair.first if queries.sees(actor, pair.first) else pair.second}


def _columns(actor: Actor) -> list[Column]:
    def name(pair: Any) -> Any:
        seen = [person.name for person in (pair.first, pair.second) if queries.sees(actor, person)]
        return main_link(row_address("duplicate", pair.public_id), _("、").join(dict.fromkeys(seen)))

    def unions(pair: Any) -> str:
        return _(" / ").join(
            str(person.unit) if queries.sees(actor, person) else _("不在您辖区的工会")
            for person in (pair.first, pair.second)
        )

    return [
        Column(_("姓名"), name, names_cells=False),
        Column(_("登记工会"), unions),
        # Whoever sees one side is not told what the other looks like.
        Column(_("相似之处"), lambda pair: pair.reasons if queries.sees_both(actor, pair) else ""),
        Column(_("提请"), lambda pair: badge(_("下级提请"), "waiting") if pair.is_escalated else ""),
    ]
