"""The one page on which a workflow's step is taken, and the one on which a case begins.

Both are made from the declaration: label, help, form. A hidden key makes a double click or a resend do it once; the
version shows whether somebody was faster.
"""

import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.workflow import WORKFLOWS, Opening, Transition, Workflow
from niangjia.kernel.workflow.declaration import NOT_FOUND
from niangjia.kernel.workflow.engine import refusal_of
from niangjia.kernel.workflow.forms import RemarkForm
from niangjia.web.shell.acts import do_once, suggesting
from niangjia.web.shell.cases import CASES, story, tone
from niangjia.web.shell.limits import spend_identity_check
from niangjia.web.shell.middleware import ActorRequest


def step(
    request: ActorRequest,
    workflow_name: str,
    public_id: uuid.UUID,
    slug: str,
    *,
    template: str = "web/step.html",
    url_of: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Take one step of one case. The portal brings its own template and its own page of the case."""
    actor = request.actor
    assert actor is not None
    workflow = find_workflow(workflow_name)
    row = workflow.find(public_id, actor)
    transition = workflow.step(slug)
    back = (url_of or CASES[workflow.name].url)(row)
    draft = f"{workflow.name}-{slug}-{public_id}"
    form = transition.form(row=row, actor=actor, initial=_known(request, transition.form))
    if request.method == "POST":
        try:
            take(request, transition, row, actor)
        except Invalid as problem:
            form = filled(transition.form, request, row, actor, problem)
        else:
            messages.success(request, _("已办理“%s”。") % transition.label, extra_tags=draft)
            return redirect(back)
    elif refusal := refusal_of(transition, row, actor):
        raise refusal
    context = {
        "workflow": workflow,
        "row": row,
        "step": transition,
        "form": suggesting(form) if url_of is None else form,
        "draft": draft,
        "key": request.POST.get("key") or uuid.uuid4(),
        "whose": CASES[workflow.name].whose(row),
        "back": back,
        "state_label": workflow.state_label(row.state),
        "tone": tone(workflow, row.state),
        "story": story(workflow, row)[:5],
    }
    return render(request, template, context, status=422 if form.errors else 200)


def begin(request: ActorRequest, workflow_name: str, slug: str) -> HttpResponse:
    """Open a new case. What the page one comes from already knows, its address names."""
    actor = request.actor
    assert actor is not None
    workflow = find_workflow(workflow_name)
    opening = find_opening(workflow, slug)
    if own := CASES[workflow.name].begun.get(opening.name):
        return own(request)
    draft = f"{workflow.name}-{slug}-new"
    form = opening.form(actor=actor, initial=_known(request, opening.form))
    if request.method == "POST":
        try:
            public_id = open_once(request, opening, actor)
        except Invalid as problem:
            form = filled(opening.form, request, None, actor, problem)
        else:
            messages.success(request, _("已提交“%s”。") % opening.label, extra_tags=draft)
            return redirect(CASES[workflow.name].route, public_id)
    context = {
        "workflow": workflow,
        "step": opening,
        "form": suggesting(form),
        "draft": draft,
        "key": request.POST.get("key") or uuid.uuid4(),
    }
    return render(request, "web/step.html", context, status=422 if form.errors else 200)


def take(request: HttpRequest, transition: Transition, row: Any, actor: Actor) -> None:
    """The step, done once per hidden key."""
    version = _version(request)

    def run() -> dict[str, Any]:
        transition(
            row,
            actor=actor,
            version=version,
            files=request.FILES,
            **_posted(request, transition.form(row=row, actor=actor).fields),
        )
        return {"version": row.version}

    do_once(request, run)


def open_once(request: HttpRequest, opening: Opening, actor: Actor) -> str:
    """The new case's public id; the same one when the form is sent again."""
    if "id_number" in opening.form.base_fields:
        spend_identity_check(actor)

    def run() -> dict[str, Any]:
        row = opening(actor=actor, files=request.FILES, **_posted(request, opening.form.base_fields))
        return {"public_id": str(row.public_id)}

    return str(do_once(request, run)["public_id"])


def filled(
    form: type[RemarkForm], request: HttpRequest, row: Any, actor: Actor, problem: Invalid
) -> RemarkForm:
    """The form as it was sent, with what is wrong beside each field."""
    bound = form(request.POST, request.FILES, row=row, actor=actor)
    if bound.is_valid():
        bound.add_error(None, str(problem))
    return bound


def find_workflow(name: str) -> Workflow:
    if name not in WORKFLOWS:
        raise Missing(NOT_FOUND)
    return WORKFLOWS[name]


def find_opening(workflow: Workflow, slug: str) -> Opening:
    for opening in workflow.openings.values():
        if opening.slug == slug and opening.is_offered:
            return opening
    raise Missing(NOT_FOUND)


def _version(request: HttpRequest) -> int | None:
    """The version of the row that the page was made from."""
    text = request.POST.get("version", "")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Invalid(_("这一页不完整。请刷新后重新办理。"))
    return int(text)


def _known(request: HttpRequest, form: type[RemarkForm]) -> dict[str, str]:
    """What the page one comes from already knows."""
    return {name: request.GET[name][:120] for name in form.base_fields if name in request.GET}


def _posted(request: HttpRequest, fields: Iterable[str]) -> dict[str, Any]:
    return {name: request.POST[name] for name in fields if name in request.POST}
