"""驻村帮扶: the lists of villages, of cadres posted there and of dividends, and one of each."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.assistance.access import ASSISTANCE, CENTRE_CLERK, VILLAGES
from niangjia.assistance.twinning.queries import Asked
from niangjia.assistance.villages import queries
from niangjia.assistance.villages.dividends import record, village_dividend
from niangjia.assistance.villages.kinds import (
    DividendState,
    IndustryState,
    PostingRole,
    PostingState,
    VillageState,
)
from niangjia.assistance.villages.postings import propose, village_posting
from niangjia.assistance.villages.workflow import (
    pair,
    paired_village,
    record_funding,
    record_industry,
    record_survey,
)
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.workflow import Transition
from niangjia.kernel.workflow.engine import refusal_of
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice, Tone
from niangjia.web.workbench.case_pages import Fact
from niangjia.web.workbench.entrance import opened_by_any
from niangjia.web.workbench.plans import begin_url
from niangjia.web.workbench.union_cases import (
    ListPage,
    case_page,
    days,
    list_page,
    money,
    state_and_deadline,
    whose,
    years,
)

PURPOSES = (ASSISTANCE, VILLAGES)
VILLAGE_TONES: dict[str, Tone] = {VillageState.HELPED: "good", VillageState.HELP_ENDED: ""}
POSTING_TONES: dict[str, Tone] = {
    PostingState.TO_APPROVE: "waiting",
    PostingState.POSTED: "good",
    PostingState.RELIEVED: "",
    PostingState.TURNED_DOWN: "bad",
}
DIVIDEND_TONES: dict[str, Tone] = {
    DividendState.TO_CONFIRM: "waiting",
    DividendState.CERTIFIED: "good",
    DividendState.DISALLOWED: "bad",
}
INDUSTRY_TONES: dict[str, Tone] = {
    IndustryState.PLANNED: "waiting",
    IndustryState.RUNNING: "good",
    IndustryState.STOPPED: "",
}
CASES[paired_village.name] = CasePages("paired_village", str, VILLAGE_TONES)
CASES[village_posting.name] = CasePages(
    "village_posting", lambda row: f"{row.officer} · {row.village}", POSTING_TONES
)
CASES[village_dividend.name] = CasePages(
    "village_dividend", lambda row: f"{row.village} {row.year}", DIVIDEND_TONES
)
# Of what was done in a village, the page shows the latest.
LATEST = 20


def ways(current: str) -> list[Choice]:
    """The tabs that these pages share."""
    pages = (
        (_("帮扶村"), "paired_villages"),
        (_("驻村干部"), "village_postings"),
        (_("村集体分红"), "village_dividends"),
    )
    return [Choice(label, reverse(route), route == current) for label, route in pages]


def _village_columns() -> list[Column]:
    return [
        whose(paired_village, _("帮扶村")),
        Column(_("帮扶工会"), lambda row: row.unit),
        Column(_("第一书记"), lambda row: row.secretary or _("没有")),
        Column(_("产业面积（亩）"), lambda row: row.area or 0, "amount"),
        Column(_("本年度资金"), lambda row: money(row.given), "amount"),
        Column(_("本年度分红"), lambda row: money(row.shared), "amount"),
        *state_and_deadline(paired_village),
    ]


def _posting_columns() -> list[Column]:
    return [
        whose(village_posting, _("驻村干部和村")),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("派出工会"), lambda row: row.unit),
        Column(_("驻村职务"), lambda row: row.get_role_display()),
        Column(_("任期开始"), lambda row: write_day(row.from_on), "number"),
        *state_and_deadline(village_posting),
    ]


def _dividend_columns() -> list[Column]:
    return [
        whose(village_dividend, _("帮扶村和年度")),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("分红金额"), lambda row: money(row.amount), "amount"),
        Column(_("分红户数"), lambda row: row.households, "amount"),
        *state_and_deadline(village_dividend),
    ]


def _totals(request: ActorRequest, actor: Actor, asked: Asked) -> dict[str, Any]:
    year = asked.year or clock.today().year
    return {
        "totals": queries.totals(actor, year, asked.unit),
        "years": years(request, year),
    }


PAIRED = ListPage(
    paired_village,
    "paired_villages",
    pair,
    VillageState.choices,
    queries.villages_chosen,
    _village_columns,
    gettext_lazy("帮扶村编号，或村、乡镇名称"),
    gettext_lazy("还没有帮扶村"),
    gettext_lazy("由帮扶中心按结对安排登记，再选派驻村干部。"),
    ways,
    PURPOSES,
    "workbench/paired_villages.html",
    _totals,
)
POSTINGS = ListPage(
    village_posting,
    "village_postings",
    propose,
    PostingState.choices,
    queries.postings_chosen,
    _posting_columns,
    gettext_lazy("驻村编号，或村名、干部姓名"),
    gettext_lazy("还没有驻村干部"),
    gettext_lazy("由帮扶中心提出人选，审批人批准以后到任。"),
    ways,
    PURPOSES,
)
DIVIDENDS = ListPage(
    village_dividend,
    "village_dividends",
    record,
    DividendState.choices,
    queries.dividends_chosen,
    _dividend_columns,
    gettext_lazy("分红编号，或村名"),
    gettext_lazy("还没有村集体分红"),
    gettext_lazy("帮扶中心登记一村一年的合计，另一人核对以后计入统计。"),
    ways,
    PURPOSES,
)


@require_http_methods(["GET", "HEAD", "POST"])
def paired_villages(request: ActorRequest) -> HttpResponse:
    return list_page(request, PAIRED)


@require_http_methods(["GET", "HEAD", "POST"])
def village_postings(request: ActorRequest) -> HttpResponse:
    return list_page(request, POSTINGS)


@require_http_methods(["GET", "HEAD", "POST"])
def village_dividends(request: ActorRequest) -> HttpResponse:
    return list_page(request, DIVIDENDS)


@require_safe
def one_village(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened_by_any(request, *PURPOSES)
    row = paired_village.find(public_id, actor)

    def step(transition: Transition) -> str:
        may = refusal_of(transition, row, actor) is None
        return reverse("step", args=[paired_village.name, row.public_id, transition.slug]) if may else ""

    is_clerk = row.state == VillageState.HELPED and actor.grants_for(CENTRE_CLERK, row.unit.path)
    dividends = queries.dividends_visible_to(actor).filter(village=row).order_by("-year", "-pk")
    facts = [
        Fact(_("帮扶工会"), row.unit),
        Fact(_("所在乡镇"), row.town),
        Fact(_("距县城"), _("%d 公里") % row.distance_km if row.distance_km is not None else "", "number"),
        Fact(_("文件依据"), row.basis),
        *days(
            (_("帮扶开始"), row.from_on),
            (_("帮扶到期"), row.until_on),
            (_("结束日期"), row.ended_on),
            (_("调研日期"), row.surveyed_on),
        ),
        Fact(_("全村户数"), row.households, "number"),
        Fact(_("调研情况"), row.findings, "wide"),
    ]
    more = {
        "postings": [(one, POSTING_TONES[one.state]) for one in queries.postings_of(row)],
        "propose_url": begin_url(propose, village=row.number) if is_clerk else "",
        "industries": [(one, INDUSTRY_TONES[one.state]) for one in row.industries.all()],
        "industry_url": step(record_industry),
        "dividends": [(one, DIVIDEND_TONES[one.state]) for one in dividends],
        "dividend_url": begin_url(record, village=row.number) if is_clerk else "",
        "funding": row.funding.all(),
        "funding_url": step(record_funding),
        "work": queries.work_of(row)[:LATEST],
        "survey_url": step(record_survey) if row.surveyed_on else "",
    }
    # Once surveyed, what grows there comes next; the survey is corrected from its card.
    but = [record_survey] if row.surveyed_on else []
    return case_page(request, paired_village, row, str(row), facts, PAIRED, more, but)


@require_safe
def one_posting(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened_by_any(request, *PURPOSES)
    row = village_posting.find(public_id, actor)
    facts = [
        Fact(_("帮扶村"), row.village, url=CASES[paired_village.name].url(row.village)),
        Fact(_("驻村干部"), row.officer),
        Fact(_("驻村职务"), row.get_role_display()),
        Fact(_("派出工会"), row.unit),
        Fact(_("文件依据"), row.basis),
        *days(
            (_("任期开始"), row.from_on),
            (_("任期届满"), row.until_on),
            (_("批准日期"), row.approved_on),
            (_("离任日期"), row.ended_on),
        ),
        *_neighbours(row),
    ]
    is_clerk = row.state == PostingState.POSTED and actor.grants_for(CENTRE_CLERK, row.unit.path)
    follows = row.role == PostingRole.FIRST_SECRETARY and is_clerk
    more = {
        "work": row.work.select_related("posting__officer"),
        "successor_url": begin_url(propose, village=row.village.number, role=row.role) if follows else "",
    }
    return case_page(request, village_posting, row, str(row.officer), facts, POSTINGS, more)


def _neighbours(row: Any) -> list[Fact]:
    """Who was first secretary before, and who came after."""
    known = ((_("前任"), getattr(row, "predecessor", None)), (_("接任"), row.successor))
    url = CASES[village_posting.name].url
    return [Fact(label, one.officer, url=url(one)) for label, one in known if one]


@require_safe
def one_dividend(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened_by_any(request, *PURPOSES)
    row = village_dividend.find(public_id, actor)
    facts = [
        Fact(_("帮扶村"), row.village, url=CASES[paired_village.name].url(row.village)),
        Fact(_("分红年度"), row.year, "number"),
        Fact(_("分红金额"), money(row.amount), "number"),
        Fact(_("分红户数"), row.households, "number"),
        Fact(_("核对依据"), row.evidence),
        *days((_("确认日期"), row.confirmed_on)),
    ]
    title = f"{row.village} {row.year}"
    return case_page(request, village_dividend, row, title, facts, DIVIDENDS, {})
