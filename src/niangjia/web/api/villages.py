"""Villages that unions help 帮扶村, cadres posted there 驻村任职 and dividends 村集体分红 over the API."""

from datetime import date
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Query, Router, Schema

from niangjia.assistance.villages import queries
from niangjia.assistance.villages.dividends import village_dividend
from niangjia.assistance.villages.postings import village_posting
from niangjia.assistance.villages.workflow import paired_village
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.web.api import rows
from niangjia.web.api.door import actor_of
from niangjia.web.api.plans import case_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.api.workflows import router_for


class Village(rows.Case):
    """`unit` is the union that helps, `town` the code of the town."""

    town: str
    name: str
    from_on: date
    until_on: date


class Industry(Schema):
    name: str
    kind: str
    state: str
    area_mu: int
    households: int
    started_on: date | None
    stopped_on: date | None


class Funding(Schema):
    given_on: date
    amount: str
    document: str


class WholeVillage(Village):
    basis: str
    distance_km: int | None
    surveyed_on: date | None
    households: int | None
    findings: str
    ended_on: date | None
    industries: list[Industry]
    funding: list[Funding]
    steps: list[rows.Step]
    history: list[rows.Moment]


class Posting(rows.Case):
    """`village`: its number; `officer`: the colleague's name."""

    village: str
    officer: str
    role: str
    from_on: date
    until_on: date
    ended_on: date | None


class Work(Schema):
    done_on: date
    role: str
    detail: str


class WholePosting(Posting):
    """`successor`: the number of the posting that followed by hand-over."""

    basis: str
    approved_on: date | None
    successor: str | None
    work: list[Work]
    steps: list[rows.Step]
    history: list[rows.Moment]


class Dividend(rows.Case):
    """`village`: its number."""

    village: str
    year: int
    amount: str
    households: int
    confirmed_on: date | None


class WholeDividend(Dividend):
    evidence: str
    steps: list[rows.Step]
    history: list[rows.Moment]


class Totals(Schema):
    """What stands today; `given_amount` and `shared_amount` of the year asked for, confirmed dividends alone."""

    villages: int
    officers: int
    industries: int
    area_mu: int
    given_amount: str
    shared_amount: str


def _village(row: Any) -> dict[str, Any]:
    return {
        **case_of(row),
        "town": row.town.code,
        "name": row.name,
        "from_on": row.from_on,
        "until_on": row.until_on,
    }


def _whole_village(row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "basis": row.basis,
        "distance_km": row.distance_km,
        "surveyed_on": row.surveyed_on,
        "households": row.households,
        "findings": row.findings,
        "ended_on": row.ended_on,
        "industries": [_said(one, Industry) for one in row.industries.all()],
        "funding": [{**_said(one, Funding), "amount": str(one.amount)} for one in row.funding.all()],
    }


def _posting(row: Any) -> dict[str, Any]:
    return {
        **case_of(row),
        "village": row.village.number,
        "officer": row.officer.name,
        "role": row.role,
        "from_on": row.from_on,
        "until_on": row.until_on,
        "ended_on": row.ended_on,
    }


def _whole_posting(row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "basis": row.basis,
        "approved_on": row.approved_on,
        "successor": row.successor and row.successor.number,
        "work": [_said(one, Work) for one in row.work.all()],
    }


def _dividend(row: Any) -> dict[str, Any]:
    return {
        **case_of(row),
        "village": row.village.number,
        "year": row.year,
        "amount": str(row.amount),
        "households": row.households,
        "confirmed_on": row.confirmed_on,
    }


def _whole_dividend(row: Any, actor: Actor) -> dict[str, Any]:
    return {"evidence": row.evidence}


def _said(row: Any, schema: type[Schema]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields}


villages = router_for(
    paired_village, row=Village, whole=WholeVillage, summary=_village, detail=_whole_village
)
postings = router_for(
    village_posting, row=Posting, whole=WholePosting, summary=_posting, detail=_whole_posting
)
dividends = router_for(
    village_dividend, row=Dividend, whole=WholeDividend, summary=_dividend, detail=_whole_dividend
)
others = Router(tags=[cast(str, paired_village.label)])


@others.get(
    "/village-totals/",
    operation_id="village-totals",
    summary=_("帮扶村合计"),
    description=_("帮扶村、驻村干部、在经营的村产业和面积，一年里给村里的资金和已确认的分红。"),
    response=Totals,
)
def village_totals(request: HttpRequest, year: Annotated[int, Query(ge=0, le=9998)] = 0) -> dict[str, Any]:
    found = queries.totals(actor_of(request), year or clock.today().year)
    return {
        "villages": found.villages,
        "officers": found.officers,
        "industries": found.industries,
        "area_mu": found.area_mu,
        "given_amount": str(found.given),
        "shared_amount": str(found.shared),
    }
