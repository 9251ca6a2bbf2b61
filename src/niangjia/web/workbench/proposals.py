"""政策找人: whom the open schemes have something for, why, telling them, and looking again."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from niangjia.benefits.access import BENEFITS, RECEIVER, SCHEME_KEEPER
from niangjia.benefits.kinds import Finding
from niangjia.benefits.policies import language
from niangjia.benefits.proposals import actions, jobs, queries
from niangjia.policy import rendering
from niangjia.web.shell import keyset
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link, tick
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.navigation import row_address
from niangjia.web.shell.parts import Choice, Tone
from niangjia.web.templatetags.niangjia import badge, money
from niangjia.web.workbench.entrance import opened, place

TONES: dict[str, Tone] = {Finding.ENTITLED: "good", Finding.NEARLY: "waiting", Finding.LAPSED: ""}
MOST_TOLD = 200


@require_safe
def proposals(request: ActorRequest) -> HttpResponse:
    actor = opened(request, BENEFITS)
    where = place(request, actor, BENEFITS)
    asked = {name: request.GET.get(name, "") for name in ("scheme", "finding", "untold")}
    rows = queries.proposals_chosen(
        actor,
        scheme=asked["scheme"],
        finding=asked["finding"],
        untold=asked["untold"] == "1",
        unit=where.unit,
    )
    page = keyset.page(rows, after=request.GET.get("after", ""))
    kept = {**asked, "unit": where.unit.number if where.unit else ""}
    may_tell = actor.has(RECEIVER)
    context = {
        "page": page,
        "listing": Listing(_columns(ticked=may_tell), page.rows),
        "place": where,
        "findings": _choices(kept, "finding", [(one, one.label) for one in _SHOWN]),
        "schemes": _choices(
            kept, "scheme", [(one.number, one.name) for one in queries.schemes_with_proposals(actor)]
        ),
        "is_filtered": any(kept.values()),
        "may_tell": may_tell,
        "may_look": may_tell or actor.has(SCHEME_KEEPER),
        "looked_at": jobs.looked_at(),
        "is_looking": jobs.is_looking(),
        "here": request.get_full_path(),
    }
    return render(request, "workbench/proposals.html", context)


@require_safe
def proposal(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """Why: drawn anew from the register, since nothing of it is kept."""
    actor = opened(request, BENEFITS)
    row = queries.proposal(public_id, actor)
    made = queries.assessment_of(row)
    notes = made.program.compiled.notes.inputs
    context = {
        "row": row,
        "tone": TONES[row.finding],
        "wanting": queries.wanting_label(row),
        "explanation": mark_safe(rendering.html(made.explanation())),
        "known": [
            (notes[name].label[language()], _(fact.source), fact.as_of)
            for name, fact in made.facts.items()
            if name in notes and not fact.is_sealed
        ],
        "may_tell": row.told_at is None and bool(actor.grants_for(RECEIVER, row.unit.path)),
    }
    return render(request, "workbench/proposal.html", context)


@require_POST
def proposals_tell(request: ActorRequest) -> HttpResponse:
    actor = opened(request, BENEFITS)
    rows = queries.proposals_named(actor, request.POST.getlist("id")[:MOST_TOLD])
    told = actions.tell(rows, actor=actor)
    messages.success(request, ngettext("已告知 %d 人。", "已告知 %d 人。", told) % told)
    if told < len(rows):
        messages.warning(
            request,
            _("%d 人没有账号或已经告知过，没有再发；没有账号的请当面或打电话告诉。") % (len(rows) - told),
        )
    return redirect("proposals")


@require_POST
def proposals_look(request: ActorRequest) -> HttpResponse:
    """All open schemes that the actor may look for; the page says when it is done."""
    actor = opened(request, BENEFITS)
    actions.look_now(queries.schemes_to_look_for(actor), actor=actor)
    messages.success(request, _("正在按政策查找，几分钟后刷新本页就能看到新找到的人。"))
    return redirect("proposals")


_SHOWN = (Finding.ENTITLED, Finding.NEARLY)


def _choices(kept: dict[str, str], name: str, values: list[tuple[str, Any]]) -> list[Choice]:
    """One chip for all and one for each value; the other filters stay."""

    def url(value: str) -> str:
        query = {key: one for key, one in {**kept, name: value}.items() if one}
        return f"{reverse('proposals')}?{urlencode(query)}" if query else reverse("proposals")

    chosen = kept[name]
    return [
        Choice(_("全部"), url(""), is_current=not chosen),
        *(Choice(str(label), url(value), is_current=chosen == value) for value, label in values),
    ]


def _columns(*, ticked: bool) -> list[Column]:
    ticks = Column(
        _("选中"),
        lambda row: tick(row.public_id, f"{row.person.name} {row.scheme}"),
        names_cells=False,
    )
    return [
        *([ticks] if ticked else []),
        Column(
            _("姓名"),
            lambda row: main_link(row_address("proposal", row.public_id), row.person.name),
            names_cells=False,
        ),
        Column(_("待遇项目"), lambda row: row.scheme.name),
        Column(_("结论"), lambda row: badge(row.get_finding_display(), TONES[row.finding])),
        Column(_("金额"), lambda row: money(row.amount), "amount"),
        Column(_("还差"), queries.wanting_label),
        Column(_("登记工会"), lambda row: row.unit),
        Column(_("发现日期"), lambda row: write_day(row.changed_on), "number"),
        Column(_("告知本人"), lambda row: write_day(row.told_at.date()) if row.told_at else ""),
    ]
