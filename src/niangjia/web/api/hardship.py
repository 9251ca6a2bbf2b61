"""Hardship files over the API, and the papers that belong to them."""

from typing import Any, Literal, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Field, Router

from niangjia.assistance import actions, queries
from niangjia.assistance import category as rules
from niangjia.assistance.overlooked import cut_down
from niangjia.assistance.plans.incomes import found_about, track
from niangjia.assistance.visits.kinds import BELONGINGS
from niangjia.assistance.workflow import hardship
from niangjia.kernel.access import Actor
from niangjia.web.api import papers, rows, schemas
from niangjia.web.api.door import actor_of
from niangjia.web.api.plans import income_row
from niangjia.web.api.schemas import lazily as _
from niangjia.web.api.workflows import Chosen, router_for

# Gives the content of a paper out.
ATTACHMENT = "api:attachment"


def summary(file: Any) -> dict[str, Any]:
    return {
        "id": file.public_id,
        "number": file.number,
        "state": file.state,
        "state_label": file.get_state_display(),
        "version": file.version,
        "due_on": file.due_on,
        "person": file.person.name,
        "unit": {"number": file.unit.number, "name": file.unit.name},
        "cause": file.cause,
        "category": file.category,
        "applied_on": file.applied_on,
    }


def detail(file: Any, actor: Actor) -> dict[str, Any]:
    return {
        "origin": file.origin,
        "former_number": file.former_number,
        "second_cause": file.second_cause,
        "predecessor": file.predecessor.number if file.predecessor else None,
        "household_size": file.household_size,
        "yearly_income_amount": str(file.yearly_income_amount),
        "rigid_spending_amount": str(file.rigid_spending_amount),
        "statement": file.statement,
        "notice_from": file.notice_from,
        "notice_until": file.notice_until,
        "approved_on": file.approved_on,
        "filed_on": file.filed_on,
        "shelf_mark": file.shelf_mark,
        "page_count": file.page_count,
        "expires_on": file.expires_on,
        "renewed_on": file.renewed_on,
        "leaving_reason": file.leaving_reason,
        "left_on": file.left_on,
        "temporary_help_on": file.temporary_help_on,
        "visits": [visit_row(visit) for visit in queries.visits(file)],
        "checks": [_check(check) for check in queries.checks(file)],
        "by_rules": _by_rules(file, actor),
        "category_reason": file.category_reason if queries.works_on(file, actor) else "",
        "incomes": [income_row(one) for one in track(file, found_about(file, actor))],
        "attachments": [papers.shown(paper, ATTACHMENT) for paper in queries.papers_visible_to(actor, file)],
    }


def visit_row(visit: Any) -> dict[str, Any]:
    return {
        "id": visit.public_id,
        "visited_on": visit.visited_on,
        "companion": visit.companion,
        "household_size": visit.household_size,
        "yearly_income_amount": str(visit.yearly_income_amount),
        "housing": visit.housing,
        **{name: getattr(visit, name) for name in BELONGINGS},
        "findings": visit.findings,
        "conclusion": visit.conclusion,
        "came_by": visit.came_by,
        "recorded_by": str(visit.recorded_by),
        "recorded_at": visit.recorded_at,
    }


def _check(check: Any) -> dict[str, Any]:
    return {
        "checked_on": check.checked_on,
        "yearly_income_amount": str(check.yearly_income_amount),
        "deposits_amount": str(check.deposits_amount),
        "investments_amount": str(check.investments_amount),
        "homes": check.homes,
        "has_car": check.has_car,
        "has_business": check.has_business,
        "receives_relief": check.receives_relief,
        "note": check.note,
    }


def _by_rules(file: Any, actor: Actor) -> dict[str, Any] | None:
    """How it stands today is the union's to see; what was settled, the family's too."""
    found = rules.told(file) if queries.works_on(file, actor) else rules.settled(file)
    if found is None:
        return None
    return {
        "category": found.category,
        "verdict": found.verdict,
        "missing": found.missing,
        "explanation": found.text,
    }


class ChosenFiles(Chosen):
    only: Literal["", "unchanged", "unhelped"] = Field(
        "", description=_("一年未更新，或从未得到帮扶的在册档案")
    )

    def narrow(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        return cut_down(super().narrow(rows), self.only)


router = router_for(
    hardship,
    row=rows.HardshipFile,
    whole=rows.WholeHardshipFile,
    summary=summary,
    detail=detail,
    chosen=ChosenFiles,
)
attachments = Router(tags=[cast(str, hardship.label)])


papers.add_attaching(router, hardship, actions.attach, ATTACHMENT, path="attachments")


@router.post(
    "/{uuid:public_id}/temporary-help/",
    operation_id="hardship-file-temporary-help",
    summary=_("同意先行临时帮扶"),
    description=_("情况紧急的，审批人可以同意建档前先帮扶；要本地区规定允许。"),
    response=rows.HardshipFile,
)
def allow_temporary_help(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    file = hardship.find(public_id, actor)
    actions.allow_temporary_help(file, actor=actor)
    return summary(file)


@attachments.get(
    "/{uuid:public_id}/",
    operation_id="attachment-download",
    summary=_("下载材料"),
    description=_("病情材料只给有权查看的人。"),
    url_name="attachment",
    openapi_extra=schemas.DOWNLOAD,
)
def download(request: HttpRequest, public_id: UUID) -> StreamingHttpResponse:
    return papers.fetched(queries.attachment(public_id, actor_of(request)))


@attachments.post(
    "/{uuid:public_id}/void/",
    operation_id="attachment-void",
    summary=_("作废材料"),
    description=_("传错的材料作废后不再显示，仍留有记录。"),
    response=rows.Attachment,
)
def void(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    paper = queries.attachment(public_id, actor)
    actions.void_attachment(paper, actor=actor)
    return papers.shown(paper, ATTACHMENT)
