"""One step for many cases: choose rows in a list, fill one form, see what became of each."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.workflow import Transition, Workflow
from niangjia.kernel.workflow.declaration import NOT_FOUND
from niangjia.web.shell import acts, steps
from niangjia.web.shell.cases import CASES
from niangjia.web.shell.middleware import ActorRequest

# What a person can still read through afterwards.
MOST = 200


@dataclass(frozen=True)
class Result:
    """What became of one row; `refusal` is empty when it was done."""

    row: Any
    whose: str
    url: str
    refusal: str = ""


@require_POST
def bulk(request: ActorRequest, workflow_name: str, slug: str) -> HttpResponse:
    actor = request.actor
    assert actor is not None
    workflow = steps.find_workflow(workflow_name)
    step = workflow.step(slug)
    if not step.in_bulk:
        raise Missing(NOT_FOUND)
    rows = _chosen(request, workflow, actor)
    form = step.form(actor=actor)
    if "go" in request.POST:
        form = step.form(request.POST, actor=actor)
        if form.is_valid():
            return _done(request, workflow, step, rows, actor)
    context = {
        "workflow": workflow,
        "step": step,
        "form": form,
        "rows": [_shown(workflow, row) for row in rows],
    }
    return render(request, "web/bulk.html", context, status=422 if form.errors else 200)


def steps_in_bulk(workflow: Workflow, state: str, actor: Actor) -> list[Transition]:
    """What a list filtered by this state offers to this actor."""
    return [step for step in workflow.leaving(state) if step.in_bulk and step.duty and actor.has(step.duty)]


def _done(
    request: ActorRequest, workflow: Workflow, step: Transition, rows: list[Any], actor: Actor
) -> HttpResponse:
    # Sent twice, the second finds every row moved on and says so: no key is needed, and each chunk commits by itself.
    outcomes = step.many(rows, actor=actor, **acts.sent(request, step.form(actor=actor)))
    results = [_shown(workflow, one.row, str(one.refusal or "")) for one in outcomes]
    context = {
        "workflow": workflow,
        "step": step,
        "results": sorted(results, key=lambda result: not result.refusal),
        "done": sum(not result.refusal for result in results),
        "refused": sum(bool(result.refusal) for result in results),
    }
    return render(request, "web/bulk_done.html", context)


def _chosen(request: ActorRequest, workflow: Workflow, actor: Actor) -> list[Any]:
    ids = request.POST.getlist("id")
    if not ids:
        raise Invalid(_("还没有选中任何一件。请回到列表，在左侧打勾后再办。"))
    if len(ids) > MOST:
        raise Invalid(_("一次最多办 %d 件，请分几次办。") % MOST)
    rows = workflow.visible_to(actor).select_related(*workflow.related)
    return list(rows.filter(public_id__in=_read(ids)).order_by("pk"))


def _read(ids: list[str]) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(text) for text in ids]
    except ValueError:
        raise Missing(NOT_FOUND) from None


def _shown(workflow: Workflow, row: Any, refusal: str = "") -> Result:
    pages = CASES[workflow.name]
    return Result(row, pages.whose(row), pages.url(row), refusal)
