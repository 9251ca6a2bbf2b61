"""Twinnings 县区结对, the help between unions, and projects of key counties 一县一项目 over the API."""

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router, Schema

from niangjia.assistance.twinning import giving, queries
from niangjia.assistance.twinning import projects as county_projects
from niangjia.assistance.twinning.giving import twinning_help
from niangjia.assistance.twinning.kinds import MILESTONES
from niangjia.assistance.twinning.projects import county_project
from niangjia.assistance.twinning.workflow import twinning
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.web.api import papers, rows, schemas
from niangjia.web.api.door import actor_of
from niangjia.web.api.plans import case_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.api.workflows import router_for

HELP_PAPER, PROJECT_PAPER = "api:help-paper", "api:project-paper"


class Twinning(rows.Case):
    """`unit` is the union above both."""

    helper: rows.Unit
    helped: rows.Unit
    from_on: date
    until_on: date


class WholeTwinning(Twinning):
    basis: str
    approved_on: date | None
    ended_on: date | None
    steps: list[rows.Step]
    history: list[rows.Moment]


class Help(rows.Case):
    """`amount` is what was planned, null for advice; `arrived_amount` what the union helped has confirmed."""

    twinning: str
    helper: rows.Unit
    helped: rows.Unit
    kind: str
    purpose: str
    planned_on: date
    amount: str | None
    arrived_amount: str | None
    confirmed_on: date | None


class WholeHelp(Help):
    detail: str
    given_on: date | None
    papers: list[rows.Attachment]
    steps: list[rows.Step]
    history: list[rows.Moment]


class Milestone(Schema):
    """`by`: planned for; `first_by`: planned for before it was put off, null if it never was; `on`: reached."""

    label: str
    by: date
    first_by: date | None
    on: date | None


class Funding(Schema):
    """`twinning`: the number of the twinning under which a twin pays."""

    kind: str
    payer: str
    amount: str
    twinning: str | None


class Project(rows.Case):
    name: str
    kind: str
    place: str
    total_amount: str
    milestones: list[Milestone]


class WholeProject(Project):
    funding: list[Funding]
    papers: list[rows.Attachment]
    steps: list[rows.Step]
    history: list[rows.Moment]


class KeyCounty(Schema):
    """`fewest` to `most` helpers would be even, and `even_amount` of money; the amounts are of the year asked for."""

    union: rows.Unit
    helpers: list[rows.Unit]
    fewest: int
    most: int
    planned_amount: str
    arrived_amount: str
    even_amount: str
    project: str | None


def _unit(union: Any) -> dict[str, Any]:
    return {"number": union.number, "name": union.name}


def _twinning(row: Any) -> dict[str, Any]:
    return {
        **case_of(row),
        "helper": _unit(row.helper),
        "helped": _unit(row.helped),
        "from_on": row.from_on,
        "until_on": row.until_on,
    }


def _whole_twinning(row: Any, actor: Actor) -> dict[str, Any]:
    return {"basis": row.basis, "approved_on": row.approved_on, "ended_on": row.ended_on}


def _help(row: Any) -> dict[str, Any]:
    return {
        **case_of(row),
        "twinning": row.twinning.number,
        "helper": _unit(row.twinning.helper),
        "helped": _unit(row.twinning.helped),
        "kind": row.kind,
        "purpose": row.purpose,
        "planned_on": row.planned_on,
        "amount": _money(row.amount),
        "arrived_amount": _money(row.arrived_amount),
        "confirmed_on": row.confirmed_on,
    }


def _whole_help(row: Any, actor: Actor) -> dict[str, Any]:
    shown = [papers.shown(paper, HELP_PAPER) for paper in queries.papers_of(row)]
    return {"detail": row.detail, "given_on": row.given_on, "papers": shown}


def _project(row: Any) -> dict[str, Any]:
    first = queries.first_planned(row)
    return {
        **case_of(row),
        "name": row.name,
        "kind": row.kind,
        "place": row.place,
        "total_amount": str(row.total_amount),
        "milestones": [
            {
                "label": str(label),
                "by": getattr(row, planned),
                "first_by": first.get(planned),
                "on": getattr(row, reached),
            }
            for label, planned, reached in MILESTONES
        ],
    }


def _whole_project(row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "funding": [
            {
                "kind": one.kind,
                "payer": one.payer,
                "amount": str(one.amount),
                "twinning": one.twinning and one.twinning.number,
            }
            for one in queries.funding_of(row)
        ],
        "papers": [papers.shown(paper, PROJECT_PAPER) for paper in queries.papers_of(row)],
    }


def _money(amount: Any) -> str | None:
    return None if amount is None else str(amount)


twinnings = router_for(twinning, row=Twinning, whole=WholeTwinning, summary=_twinning, detail=_whole_twinning)
helps = router_for(twinning_help, row=Help, whole=WholeHelp, summary=_help, detail=_whole_help)
projects = router_for(
    county_project, row=Project, whole=WholeProject, summary=_project, detail=_whole_project
)
others = Router(tags=[cast(str, twinning.label)])

papers.add_attaching(helps, twinning_help, giving.attach, HELP_PAPER, summary=_("添加凭证"))
papers.add_attaching(projects, county_project, county_projects.attach, PROJECT_PAPER)


@others.get(
    "/key-counties/",
    operation_id="key-counties",
    summary=_("重点县"),
    description=_("每个重点县有谁帮扶、一年里计划和到账多少、项目到了哪一步；帮扶最少的在前。"),
    response=list[KeyCounty],
)
def key_counties(
    request: HttpRequest, year: Annotated[int, Query(ge=0, le=9998)] = 0
) -> list[dict[str, Any]]:
    found = queries.overview(actor_of(request), year or clock.today().year)
    return [
        {
            "union": _unit(row.union),
            "helpers": [_unit(helper) for helper in row.helpers],
            "fewest": row.fewest,
            "most": row.most,
            "planned_amount": str(row.planned),
            "arrived_amount": str(row.arrived),
            "even_amount": str(row.even),
            "project": row.project and row.project.number,
        }
        for row in found
    ]


@others.get(
    "/help-papers/{uuid:public_id}/",
    operation_id="help-paper",
    summary=_("下载材料"),
    url_name="help-paper",
    openapi_extra=schemas.DOWNLOAD,
)
def help_paper(request: HttpRequest, public_id: UUID) -> StreamingHttpResponse:
    return papers.fetched(queries.help_paper(actor_of(request), public_id))


@others.get(
    "/project-papers/{uuid:public_id}/",
    operation_id="project-paper",
    summary=_("下载材料"),
    url_name="project-paper",
    openapi_extra=schemas.DOWNLOAD,
)
def project_paper(request: HttpRequest, public_id: UUID) -> StreamingHttpResponse:
    return papers.fetched(queries.project_paper(actor_of(request), public_id))
