"""我家的帮扶方案: what the union will do, by when, and whom to call; and a child's case for its guardian."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.assistance.pairing.queries import own_contacts
from niangjia.assistance.plans import queries
from niangjia.assistance.plans.incomes import track
from niangjia.assistance.plans.workflow import aid_plan
from niangjia.assistance.schooling import queries as schooling_queries
from niangjia.assistance.schooling.workflow import schooling
from niangjia.kernel.errors import Missing
from niangjia.kernel.workflow import Workflow
from niangjia.kernel.workflow.declaration import NOT_FOUND
from niangjia.kernel.workflow.engine import offers
from niangjia.web.shell.cases import story, task_of, tone, whose_desk
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.plans import MEASURE_TONES


@require_safe
def plan(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor: Any = request.actor
    row = _own(aid_plan, queries.own_plans(actor), public_id)
    context = {
        **_case(aid_plan, row, actor),
        "measures": [(one, MEASURE_TONES[one.state]) for one in queries.measures(actor, row)],
        "needs": queries.needs(actor, row),
        "contacts": own_contacts(actor),
        "incomes": track(row.file),
    }
    return render(request, "portal/plan.html", context)


@require_safe
def schooling_case(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor: Any = request.actor
    row = _own(schooling, schooling_queries.own_cases(actor), public_id)
    context = {**_case(schooling, row, actor), "supports": row.supports.all()}
    return render(request, "portal/schooling.html", context)


def _own(workflow: Workflow, rows: Any, public_id: uuid.UUID) -> Any:
    """The phone shows one's own matters, whatever posts the account holds."""
    row = rows.select_related(*workflow.related).filter(public_id=public_id).first()
    if row is None:
        raise Missing(NOT_FOUND)
    return row


def _case(workflow: Workflow, row: Any, actor: Any) -> dict[str, Any]:
    to_do = [
        offer.transition
        for offer in offers(workflow, row, actor)
        if not offer.refusal and offer.transition.by_subject
    ]
    return {
        "workflow": workflow,
        "row": row,
        "tone": tone(workflow, row.state),
        "to_do": [step for step in to_do if not step.is_return],
        "ways_out": [step for step in to_do if step.is_return],
        "desk": whose_desk(task_of(workflow, row)),
        "story": story(workflow, row),
    }
