"""结对: who looks after which household, who should call, which households nobody looks after, and the colleagues."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.assistance.access import ASSISTANCE, CENTRE_CLERK, PAIRING
from niangjia.assistance.pairing import queries
from niangjia.assistance.pairing.kinds import PairingState
from niangjia.assistance.pairing.workflow import pair, pairing
from niangjia.assistance.plans.queries import plans_of
from niangjia.kernel import reveal as full_view
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed
from niangjia.kernel.fields import mask_phone
from niangjia.web.shell import keyset
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice, Tone
from niangjia.web.templatetags.niangjia import badge, deadline
from niangjia.web.workbench.case_pages import Fact, case_context
from niangjia.web.workbench.entrance import opened, opened_by_any, place, to_address, words_asked
from niangjia.web.workbench.people import ReasonForm
from niangjia.web.workbench.plans import begin_url, ways

TONES: dict[str, Tone] = {PairingState.PAIRED: "good", PairingState.UNPAIRED: ""}
CASES[pairing.name] = CasePages("pairing", lambda row: row.file.person.name, TONES)


@require_http_methods(["GET", "HEAD", "POST"])
def pairings(request: ActorRequest) -> HttpResponse:
    actor = opened_by_any(request, ASSISTANCE, PAIRING)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    asked = {name: request.GET.get(name, "") for name in ("state", "overdue", "mine")}
    where = place(request, actor, ASSISTANCE)
    rows = queries.pairings_chosen(
        actor,
        words=words,
        state=PairingState.UNPAIRED if asked["state"] == PairingState.UNPAIRED else "",
        overdue=asked["overdue"] == "1",
        mine=asked["mine"] == "1",
        unit=where.unit,
    )
    page = keyset.page(rows, after=request.GET.get("after", ""))
    context = {
        "workflow": pairing,
        "title": pairing.label,
        "ways": ways("pairings", actor),
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "choices": _chips(asked),
        "is_filtered": bool(any(asked.values()) or words or where.unit),
        "words": words,
        "place": where,
        "placeholder": _("结对编号，或家庭、结对人的姓名"),
        "begin": [pair] if actor.has(CENTRE_CLERK) else [],
        "export": {"name": "pairings", "filters": {name: text for name, text in asked.items() if text}},
        "none": _("还没有结对"),
        "how": _("帮扶中心为已建档的家庭指定结对人，指定以后就排在这里。"),
    }
    return render(request, "workbench/cases.html", context)


CHIPS = (
    (gettext_lazy("结对中"), "", ""),
    (gettext_lazy("谁该去看望"), "overdue", "1"),
    (gettext_lazy("我的结对"), "mine", "1"),
    (gettext_lazy("已结束结对"), "state", PairingState.UNPAIRED.value),
)


def _chips(asked: dict[str, str]) -> list[Choice]:
    home, nothing = reverse("pairings"), not any(asked.values())
    return [
        Choice(
            str(label),
            f"{home}?{name}={text}" if name else home,
            asked[name] == text if name else nothing,
        )
        for label, name, text in CHIPS
    ]


def _columns() -> list[Column]:
    url = CASES[pairing.name].url
    return [
        Column(_("家庭"), lambda row: main_link(url(row), row.file.person.name), names_cells=False),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("承办工会"), lambda row: row.unit),
        Column(_("结对人"), lambda row: row.cadre),
        Column(_("结对身份"), lambda row: row.get_role_display()),
        Column(_("状态"), lambda row: badge(row.get_state_display(), TONES[row.state])),
        Column(_("最近看望"), lambda row: row.last_visit_on and write_day(row.last_visit_on), "number"),
        Column(_("下次看望"), lambda row: deadline(row.due_on)),
    ]


@require_safe
def one(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened_by_any(request, ASSISTANCE, PAIRING)
    row = pairing.find(public_id, actor)
    is_running = row.state == PairingState.PAIRED
    context = {
        **case_context(pairing, row, actor),
        "title": _("%s家的结对") % row.file.person.name,
        "heading": pairing.label,
        "list_url": reverse("pairings"),
        "facts": _facts(row),
        "desk": _("下次看望由%s负责。") % row.cadre if is_running else "",
        "visits": queries.visits(row),
        "stints": row.stints.select_related("cadre").order_by("-pk"),
        "plans": plans_of(actor, row.file),
    }
    return render(request, "workbench/pairing.html", context)


def _facts(row: Any) -> list[Fact]:
    person, reveals = row.file.person, row.state == PairingState.PAIRED
    full = {name: reverse("pairing_reveal", args=[row.public_id, name]) if reveals else "" for name in SEALED}
    known = [
        Fact(_("家庭"), person.name),
        Fact(_("手机号"), mask_phone(person.phone) if reveals else "", reveal=full["phone"]),
        Fact(
            _("住址"), _("已封存") if reveals and row.file.household.address else "", reveal=full["address"]
        ),
        Fact(_("结对人"), row.cadre),
        Fact(_("结对身份"), row.get_role_display()),
        Fact(_("办公电话"), row.office_phone, "number"),
        Fact(_("结对日期"), write_day(row.paired_on), "number"),
        Fact(_("最近看望"), write_day(row.last_visit_on) if row.last_visit_on else "", "number"),
        Fact(_("结束日期"), write_day(row.ended_on) if row.ended_on else "", "number"),
    ]
    return [fact for fact in known if fact.value]


SEALED = {"phone": gettext_lazy("手机号"), "address": gettext_lazy("住址")}


@require_http_methods(["GET", "HEAD", "POST"])
def pairing_reveal(request: ActorRequest, public_id: uuid.UUID, field: str) -> HttpResponse:
    """Where the household is found, in the clear, for a reason that is kept. Only while the pairing runs."""
    actor = opened_by_any(request, ASSISTANCE, PAIRING)
    if field not in SEALED:
        raise Missing(_("没有这一页，请从结对进入。"))
    row = pairing.find(public_id, actor)
    if row.state != PairingState.PAIRED:
        raise NotAllowed(_("结对已经结束，不能再查看这一家的联系方式。"))
    holder = row.file.person if field == "phone" else row.file.household
    form, text = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            text = full_view.reveal(holder, field, actor=actor, reason=form.cleaned_data["reason"])
        except Invalid as problem:
            form.add_error("reason", str(problem))
    back = CASES[pairing.name].url(row)
    context = {"person": row.file.person, "label": SEALED[field], "form": form, "text": text, "back": back}
    response = render(request, "workbench/person_reveal.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def unpaired_files(request: ActorRequest) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    where = place(request, actor, ASSISTANCE)
    page = keyset.page(
        queries.unpaired_files(actor, where.unit).order_by("pk"), after=request.GET.get("after", "")
    )
    context = {
        "title": _("还没有结对的家庭"),
        "ways": ways("unpaired_files", actor),
        "place": where,
        "page": page,
        "may_pair": actor.has(CENTRE_CLERK),
        "rows": [(file, begin_url(pair, file=file.number)) for file in page.rows],
    }
    return render(request, "workbench/unpaired_files.html", context)


@require_safe
def pairing_cadres(request: ActorRequest) -> HttpResponse:
    """Every colleague's households and visits against what the region asks."""
    actor: Actor = opened(request, ASSISTANCE)
    where = place(request, actor, ASSISTANCE)
    context = {
        "title": _("结对人"),
        "ways": ways("pairing_cadres", actor),
        "place": where,
        "loads": queries.loads(actor, where.unit),
    }
    return render(request, "workbench/pairing_cadres.html", context)
