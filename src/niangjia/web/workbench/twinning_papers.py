"""Papers of help between unions and of county projects: added, shown, voided, alike for both."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.twinning import forms, giving, projects, queries
from niangjia.kernel import files
from niangjia.kernel.forms import cleaned
from niangjia.kernel.workflow import Workflow
from niangjia.web.shell.cases import CASES
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened


@dataclass(frozen=True)
class Papers:
    workflow: Workflow
    found: Callable[..., Any]
    form: Callable[..., BaseForm]
    attach: Callable[..., Any]
    void: Callable[..., None]


KINDS = {
    "help": Papers(giving.twinning_help, queries.help_paper, forms.HelpPaperForm, giving.attach, giving.void),
    "project": Papers(
        projects.county_project,
        queries.project_paper,
        forms.ProjectPaperForm,
        projects.attach,
        projects.void,
    ),
}


@require_POST
def attach(request: ActorRequest, public_id: uuid.UUID, what: str) -> HttpResponse:
    actor, kind = opened(request, ASSISTANCE), KINDS[what]
    case = kind.workflow.find(public_id, actor)
    kind.attach(case, actor=actor, **cleaned(kind.form(request.POST, request.FILES)))
    messages.success(request, _("材料已添加。"))
    return redirect(CASES[kind.workflow.name].url(case))


@require_safe
def paper(request: ActorRequest, public_id: uuid.UUID, what: str) -> StreamingHttpResponse:
    found = KINDS[what].found(opened(request, ASSISTANCE), public_id)
    inline: Literal["inline", "attachment"] = "attachment" if "save" in request.GET else "inline"
    download = files.download(found.stored, disposition=inline)
    return StreamingHttpResponse(download.stream, headers=download.headers)


@require_POST
def void(request: ActorRequest, public_id: uuid.UUID, what: str) -> HttpResponse:
    actor, kind = opened(request, ASSISTANCE), KINDS[what]
    found = kind.found(actor, public_id)
    kind.void(found, actor=actor)
    messages.success(request, _("材料已作废，仍留有记录。"))
    return redirect(CASES[kind.workflow.name].url(getattr(found, found.CASE)))


def addresses(cases: str, what: str) -> list[URLPattern]:
    papers, known = f"{what}-papers/<uuid:public_id>/", {"what": what}
    return [
        path(f"{cases}/<uuid:public_id>/papers/", attach, known, name=f"{what}_attach"),
        path(papers, paper, known, name=f"{what}_paper"),
        path(f"{papers}void/", void, known, name=f"{what}_paper_void"),
    ]
