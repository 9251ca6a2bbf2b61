"""Union building over the API: the cases and what is added to them, the blank spots, the funnel, hints."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from ninja import File, Form, Router, Schema, UploadedFile

from niangjia.kernel import calendar, clock, files
from niangjia.kernel.access import Actor
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import BUILDING
from niangjia.organisation.building import acceptance, actions, blank_spots, forms, funnel, queries
from niangjia.organisation.building.workflow import building
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import Listed, actor_of, do_once, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.api.workflows import router_for
from niangjia.web.shell import keyset
from niangjia.web.shell.limits import spend_hint
from niangjia.web.workbench.building_rows import ADDITIONS


class Case(Schema):
    id: UUID
    number: str
    state: str
    state_label: str
    version: int
    due_on: date | None
    name: str
    kind: str
    source: str
    unit: rows.Unit
    begun_on: date
    last_contact_on: date | None


class Added(Schema):
    """A row of a case; `strike` with its kind and id voids it."""

    id: UUID
    kind: str
    text: str


class Asked(Schema):
    """One demand on a new union; `is_met` by people in the body or by evidence."""

    label: str
    is_required: bool
    is_met: bool


class Paper(Schema):
    id: UUID
    kind: str
    kind_label: str
    url: str


class WholeCase(Case):
    operating_since: date | None
    build_by: date | None
    staff_count: int | None
    women_count: int | None
    willingness: str
    prepared_on: date | None
    fund_from: date | None
    approval_number: str
    approved_on: date | None
    union: str | None
    employers: list[str]
    bodies: list[Asked]
    items: list[Asked]
    added: list[Added]
    contributed: dict[str, str]
    papers: list[Paper]
    papers_missing: list[str]
    steps: list[rows.Step]
    history: list[rows.Moment]


class Spot(Schema):
    name: str
    uscc: str
    staff_count: int
    unit: rows.Unit
    known_on: date
    last_contact_on: date | None
    case: str | None


class StageRow(Schema):
    """Counts are of cases; days are null where no stay ended in the period."""

    state: str
    label: str
    came_in: int
    went_out: int
    now: int
    median_days: float | None
    ninetieth_days: float | None


class Taken(Schema):
    sentence: str


def summary(case: Any) -> dict[str, Any]:
    return {
        "id": case.public_id,
        "number": case.number,
        "state": case.state,
        "state_label": case.get_state_display(),
        "version": case.version,
        "due_on": case.due_on,
        "name": case.name,
        "kind": case.kind,
        "source": case.source,
        "unit": {"number": case.unit.number, "name": case.unit.name},
        "begun_on": case.begun_on,
        "last_contact_on": case.last_contact_on,
    }


def detail(case: Any, actor: Actor) -> dict[str, Any]:
    links = list(queries.employers_in(case))
    kinds = {"employer": links, **{kind: list(found) for kind, found in queries.added_to(case).items()}}
    return {
        "operating_since": case.operating_since,
        "build_by": queries.build_by(case),
        "staff_count": case.staff_count,
        "women_count": case.women_count,
        "willingness": case.willingness,
        "prepared_on": case.prepared_on,
        "fund_from": queries.fund_from(case),
        "approval_number": case.approval_number,
        "approved_on": case.approved_on,
        "union": case.union and case.union.number,
        "employers": [link.employer.uscc for link in links],
        "bodies": [_asked(item) for item in acceptance.bodies(case)],
        "items": [_asked(item) for item in acceptance.to_tick(case)],
        "added": [_added(kind, row) for kind, found in kinds.items() for row in found],
        "contributed": {side.value: str(total or 0) for side, total in queries.contributed(case)},
        "papers": [_paper(paper) for paper in queries.papers(case)],
        "papers_missing": [kind.value for kind in queries.papers_missing(case)],
    }


def _asked(item: acceptance.Item) -> dict[str, Any]:
    return {"label": item.label, "is_required": item.is_required, "is_met": item.is_met}


def _added(kind: str, row: Any) -> dict[str, Any]:
    return {"id": row.public_id, "kind": kind, "text": str(row)}


def _paper(paper: Any) -> dict[str, Any]:
    return {
        "id": paper.public_id,
        "kind": paper.kind,
        "kind_label": paper.get_kind_display(),
        "url": reverse("api:building_paper", args=[paper.public_id]),
    }


router = router_for(building, row=Case, whole=WholeCase, summary=summary, detail=detail)
others = Router(tags=[cast(str, building.label)])


def _offer(kind: str, add: Callable[..., Any], form: Any, title: Any, help: Any) -> None:
    @router.post(
        f"/{{uuid:public_id}}/added/{kind}/",
        operation_id=f"{building.name}-add-{kind}",
        summary=title,
        description=help,
        response=Added,
        openapi_extra=schemas.body(schemas.of_form(form)),
    )
    def made(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
        actor = actor_of(request)
        case = building.find(public_id, actor)
        data = fields_of(form, json_body(request))
        row = do_once(
            request,
            lambda: add(case, actor=actor, **data),
            lambda found: queries.row_visible_to(actor, kind, found),
        )
        return _added(kind, row)


for _kind, _addition in ADDITIONS.items():
    _offer(_kind, _addition.add, _addition.form, _addition.title, _addition.help)


@others.post(
    "/union-building-rows/{kind}/{uuid:public_id}/strike/",
    operation_id="union-building-strike",
    summary=_("作废一行"),
    description=_("移出单位，或作废选举结果、验收项、共建投入；仍留有记录。"),
    response=Added,
)
def strike(request: HttpRequest, kind: str, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    row = queries.row_visible_to(actor, kind, public_id)
    ADDITIONS[kind].strike(row, actor=actor)
    return _added(kind, row)


@router.post(
    "/{uuid:public_id}/papers/",
    operation_id="union-building-attach",
    summary=_("添加材料"),
    description=_("一张照片或一份文件（multipart）。同一份再送一次不会重复。"),
    response=Paper,
)
def attach(
    request: HttpRequest, public_id: UUID, kind: Form[str], upload: File[UploadedFile]
) -> dict[str, Any]:
    actor = actor_of(request)
    case = building.find(public_id, actor)
    return _paper(actions.attach(case, actor=actor, kind=kind, upload=upload))


@others.get(
    "/union-building-papers/{uuid:public_id}/",
    operation_id="union-building-paper",
    summary=_("下载材料"),
    url_name="building_paper",
    openapi_extra=schemas.DOWNLOAD,
)
def download(request: HttpRequest, public_id: UUID) -> StreamingHttpResponse:
    found = files.download(queries.paper_visible_to(actor_of(request), public_id).stored)
    return StreamingHttpResponse(found.stream, headers=found.headers)


@others.get(
    "/blank-spots/",
    operation_id="blank-spot-list",
    summary=_("空白点"),
    description=_("辖区内应建会而没有建会的单位；followed 可填 yes、no、never。"),
    response=Listed[Spot],
)
def spots(
    request: HttpRequest, followed: str = "", after: str = "", size: int = keyset.SIZE
) -> dict[str, Any]:
    found = blank_spots.blank_spots_visible_to(actor_of(request), followed=followed)
    return listed(keyset.page(found, after=after, size=size_of(size)), _spot)


def _spot(employer: Any) -> dict[str, Any]:
    return {
        "name": employer.name,
        "uscc": employer.uscc,
        "staff_count": employer.staff_count,
        "unit": {"number": employer.unit.number, "name": employer.unit.name},
        "known_on": employer.known_on,
        "last_contact_on": employer.last_contact_on,
        "case": employer.case_number,
    }


@others.get(
    "/union-building-funnel/",
    operation_id="union-building-funnel",
    summary=_("建会漏斗"),
    description=_("每个环节期内进入、离开、期末在办的件数和停留天数；不填日期为最近一年。"),
    response=list[StageRow],
)
def stages(request: HttpRequest, first: date | None = None, last: date | None = None) -> list[dict[str, Any]]:
    until = last or clock.today()
    since = first or calendar.add_months(until, -12)
    scopes = organisation.scopes_beneath(actor_of(request), BUILDING, None)
    return [
        {
            "state": stage.state.value,
            "label": str(stage.state.label),
            "came_in": stage.came_in,
            "went_out": stage.went_out,
            "now": stage.now,
            "median_days": stage.median_days,
            "ninetieth_days": stage.ninetieth_days,
        }
        for stage in funnel.figures(scopes, since, until)
    ]


@others.post(
    "/hints/",
    operation_id="hint-leave",
    summary=_("我们单位想建工会"),
    description=_("答复总是一样，不透露单位是否已在办理。"),
    response=Taken,
    openapi_extra=schemas.body(schemas.of_form(forms.HintForm)),
)
def hint(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    data = fields_of(forms.HintForm, json_body(request))
    spend_hint(actor, "")
    do_once(request, lambda: actions.leave_hint(reporter=actor, **data), lambda _found: None)
    return {"sentence": str(_("已收到，所在区县的工会会了解情况。"))}
