"""Plans 一户一策, their measures and what is added to them, over the API."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router, Schema

from niangjia.assistance.plans import actions, queries
from niangjia.assistance.plans.incomes import found_about, track
from niangjia.assistance.plans.measures import aid_measure
from niangjia.assistance.plans.workflow import aid_plan
from niangjia.kernel.access import Actor
from niangjia.web.api import papers, rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import actor_of, do_once
from niangjia.web.api.schemas import lazily as _
from niangjia.web.api.workflows import router_for
from niangjia.web.workbench.plan_rows import ADDITIONS

# Gives the content of a paper out.
EVIDENCE = "api:evidence"


class Plan(rows.Case):
    person: str
    file: str
    drafted_on: date
    review_on: date | None
    result: str


class Need(Schema):
    """`intensity`: 1 mild, 2 strong, 3 pressing."""

    id: UUID
    kind: str
    intensity: int
    note: str


class Measure(rows.Case):
    kind: str
    kind_label: str
    plan: str
    person: str
    provider: str
    begins_on: date
    ends_on: date
    amount: str | None
    source: str


class WholePlan(Plan):
    goal: str
    agreed_on: date | None
    signed_paper: str
    approved_on: date | None
    concluded_on: date | None
    needs: list[Need]
    incomes: list[rows.Income]
    measures: list[Measure]
    steps: list[rows.Step]
    history: list[rows.Moment]


class WholeMeasure(Measure):
    detail: str
    beneficiary: str | None
    begun_on: date | None
    done_on: date | None
    result: str
    evidence: str
    papers: list[rows.Attachment]
    steps: list[rows.Step]
    history: list[rows.Moment]


class Added(Schema):
    id: UUID
    kind: str


def case_of(row: Any) -> dict[str, Any]:
    """What every case has."""
    return {
        "id": row.public_id,
        "number": row.number,
        "state": row.state,
        "state_label": row.get_state_display(),
        "version": row.version,
        "due_on": row.due_on,
        "unit": {"number": row.unit.number, "name": row.unit.name},
    }


def _plan(plan: Any) -> dict[str, Any]:
    return {
        **case_of(plan),
        "person": plan.file.person.name,
        "file": plan.file.number,
        "drafted_on": plan.drafted_on,
        "review_on": plan.review_on,
        "result": plan.result,
    }


def _whole_plan(plan: Any, actor: Actor) -> dict[str, Any]:
    return {
        "goal": plan.goal,
        "agreed_on": plan.agreed_on,
        "signed_paper": plan.signed_paper,
        "approved_on": plan.approved_on,
        "concluded_on": plan.concluded_on,
        "needs": [_need(need) for need in queries.needs(actor, plan)],
        "incomes": [income_row(income) for income in track(plan.file, found_about(plan.file, actor))],
        "measures": [_measure(measure) for measure in queries.measures(actor, plan)],
    }


def _need(need: Any) -> dict[str, Any]:
    return {"id": need.public_id, "kind": need.kind, "intensity": need.intensity, "note": need.note}


def income_row(income: Any) -> dict[str, Any]:
    return {
        "id": income.record and income.record.public_id,
        "as_of": income.as_of,
        "household_size": income.household_size,
        "yearly_income_amount": str(income.yearly_income_amount),
        "monthly_amount": str(income.monthly_amount),
        "source": str(income.source),
    }


def _measure(measure: Any) -> dict[str, Any]:
    return {
        **case_of(measure),
        "kind": measure.kind,
        "kind_label": measure.get_kind_display(),
        "plan": measure.plan.number,
        "person": measure.plan.file.person.name,
        "provider": measure.provider,
        "begins_on": measure.begins_on,
        "ends_on": measure.ends_on,
        "amount": None if measure.amount is None else str(measure.amount),
        "source": measure.source,
    }


def _whole_measure(measure: Any, actor: Actor) -> dict[str, Any]:
    return {
        "detail": measure.detail,
        "beneficiary": measure.beneficiary and measure.beneficiary.name,
        "begun_on": measure.begun_on,
        "done_on": measure.done_on,
        "result": measure.result,
        "evidence": measure.evidence,
        "papers": [papers.shown(paper, EVIDENCE) for paper in queries.evidence(measure)],
    }


plans = router_for(aid_plan, row=Plan, whole=WholePlan, summary=_plan, detail=_whole_plan)
measures = router_for(aid_measure, row=Measure, whole=WholeMeasure, summary=_measure, detail=_whole_measure)
others = Router(tags=[cast(str, aid_plan.label)])


def _offer(kind: str, add: Callable[..., Any], form: Any, title: Any, help: Any) -> None:
    @plans.post(
        f"/{{uuid:public_id}}/added/{kind}/",
        operation_id=f"{aid_plan.name}-add-{kind}",
        summary=title,
        description=help,
        response=Added,
        openapi_extra=schemas.body(schemas.of_form(form)),
    )
    def made(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
        actor = actor_of(request)
        plan = aid_plan.find(public_id, actor)
        data = fields_of(form, json_body(request))
        row = do_once(
            request,
            lambda: add(plan, actor=actor, **data),
            lambda found: queries.row_visible_to(actor, kind, found),
        )
        return {"id": row.public_id, "kind": kind}


for _kind, _addition in ADDITIONS.items():
    _offer(_kind, _addition.add, _addition.form, _addition.title, _addition.help)


@others.post(
    "/aid-plan-rows/{kind}/{uuid:public_id}/strike/",
    operation_id="aid-plan-strike",
    summary=_("作废一行"),
    description=_("作废一项需求或一条收入记录；仍留有记录。"),
    response=Added,
)
def strike(request: HttpRequest, kind: str, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    row = queries.row_visible_to(actor, kind, public_id)
    ADDITIONS[kind].strike(row, actor=actor)
    return {"id": row.public_id, "kind": kind}


papers.add_attaching(measures, aid_measure, actions.attach, EVIDENCE, summary=_("添加凭证"))


@others.get(
    "/measure-papers/{uuid:public_id}/",
    operation_id="measure-paper",
    summary=_("下载材料"),
    url_name="evidence",
    openapi_extra=schemas.DOWNLOAD,
)
def download(request: HttpRequest, public_id: UUID) -> StreamingHttpResponse:
    return papers.fetched(queries.evidence_visible_to(actor_of(request), public_id))
