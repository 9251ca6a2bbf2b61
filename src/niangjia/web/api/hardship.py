"""Hardship files over the API."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import File, Form, UploadedFile

from niangjia.assistance import actions, queries
from niangjia.assistance.workflow import hardship
from niangjia.kernel.access import Actor
from niangjia.web.api.door import actor_of
from niangjia.web.api.workflows import router_for


def summary(file: Any) -> dict[str, Any]:
    return {
        "id": str(file.public_id),
        "number": file.number,
        "state": file.state,
        "state_label": file.get_state_display(),
        "due_on": file.due_on and file.due_on.isoformat(),
        "person": file.person.name,
        "unit": {"number": file.unit.number, "name": file.unit.name},
        "cause": file.cause,
        "category": file.category,
        "applied_on": file.applied_on.isoformat(),
    }


def detail(file: Any, actor: Actor) -> dict[str, Any]:
    return {
        "household_size": file.household_size,
        "yearly_income_amount": str(file.yearly_income_amount),
        "rigid_spending_amount": str(file.rigid_spending_amount),
        "statement": file.statement,
        "notice_from": file.notice_from and file.notice_from.isoformat(),
        "notice_until": file.notice_until and file.notice_until.isoformat(),
        "approved_on": file.approved_on and file.approved_on.isoformat(),
        "filed_on": file.filed_on and file.filed_on.isoformat(),
        "shelf_mark": file.shelf_mark,
        "visits": [
            {
                "visited_on": visit.visited_on.isoformat(),
                "household_size": visit.household_size,
                "yearly_income_amount": str(visit.yearly_income_amount),
                "findings": visit.findings,
            }
            for visit in queries.visits(file)
        ],
        "attachments": [_attachment(paper) for paper in queries.attachments_visible_to(actor, file)],
    }


def _attachment(paper: Any) -> dict[str, Any]:
    return {
        "id": str(paper.public_id),
        "kind": paper.kind,
        "kind_label": paper.get_kind_display(),
        "url": reverse("attachment", args=[paper.public_id]),
    }


router = router_for(hardship, summary=summary, detail=detail)


@router.post("/{uuid:public_id}/attachments/", operation_id="hardship-file-attach")
def attach(
    request: HttpRequest, public_id: str, kind: Form[str], upload: File[UploadedFile]
) -> dict[str, Any]:
    """Add one photo or document (multipart). Sending the same one again changes nothing."""
    actor = actor_of(request)
    return _attachment(actions.attach(hardship.find(public_id, actor), actor=actor, kind=kind, upload=upload))
