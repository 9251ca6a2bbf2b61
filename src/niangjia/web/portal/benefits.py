"""申请待遇: what I may apply for, what comes out before it is sent, my decision step by step, and appealing."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from niangjia.benefits import actions, queries, telling
from niangjia.benefits.kinds import OPEN_TO_PAPERS, PaperKind, State
from niangjia.benefits.proposals import queries as proposals
from niangjia.benefits.workflow import application
from niangjia.benefits.workflow.applications import accept_proposal, apply
from niangjia.kernel.audit import Happening, happenings
from niangjia.kernel.errors import Invalid, Missing, Refused
from niangjia.kernel.workflow.engine import offers
from niangjia.membership import queries as membership
from niangjia.web.portal.forms import PhotosField
from niangjia.web.shell import steps
from niangjia.web.shell.asking import Asked
from niangjia.web.shell.cases import story, task_of, tone, whose_desk
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Step
from niangjia.web.templatetags.niangjia import blank_fields

STATIONS = (
    (gettext_lazy("提交申请"), State.ASKED),
    (gettext_lazy("受理"), State.CHECKED),
    (gettext_lazy("按政策核定"), State.ASSESSED),
    (gettext_lazy("公示"), State.ON_NOTICE),
    (gettext_lazy("批准"), State.GRANTED),
)
PASSED = {
    State.RETURNED: 0,
    State.ASKED: 1,
    State.CHECKED: 2,
    State.ASSESSED: 3,
    State.LIFT_ASKED: 3,
    State.ON_NOTICE: 3,
    State.GRANTED: 5,
    State.AMOUNT_APPEALED: 5,
}


class PaperForm(forms.Form):
    """One more paper for an application under way."""

    kind = forms.ChoiceField(
        label=gettext_lazy("是什么材料"), choices=[("", gettext_lazy("请选择")), *PaperKind.choices]
    )
    uploads = PhotosField(label=gettext_lazy("照片或文件"))


@require_safe
def schemes(request: ActorRequest) -> HttpResponse:
    person = membership.person_of(_actor(request))
    there = queries.own_schemes(person) if person else set()
    rows = list(queries.schemes_for(person)) if person else []
    context = {"person": person, "schemes": [(row, row.pk in there) for row in rows]}
    return render(request, "portal/benefits.html", context)


def ask(request: ActorRequest, number: str) -> HttpResponse:
    """Answers only what the system does not know; shows what comes out; sends it."""
    actor = _actor(request)
    person = membership.person_of(actor)
    if person is None:
        raise Refused(_("您的账号没有对应的职工登记，请先到所属工会登记。"))
    scheme = queries.schemes_for(person).filter(number=number.upper()).first()
    if scheme is None:
        raise Missing(_("没有这个待遇项目，或它现在不收申请。"))
    asked = Asked(request.POST if request.method == "POST" else None, scheme, person)
    draft = f"benefit-{scheme.number}"
    opening = accept_proposal if proposals.own_for(actor, scheme) else apply
    if public_id := asked.send(request, opening):
        messages.success(request, _("申请已提交。缺的材料请在下面上传。"), extra_tags=draft)
        return redirect("portal_benefit", public_id)
    context = {**asked.context(), "draft": draft, "key": request.POST.get("key") or uuid.uuid4()}
    return render(request, "portal/benefit_apply.html", context, status=asked.status)


@require_safe
def matter(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    row = _own(actor, public_id)
    happened = happenings(row)
    open_steps = [
        offer.transition for offer in offers(application, row, actor, happened) if not offer.refusal
    ]
    takes_papers = row.state in OPEN_TO_PAPERS
    is_told = row.state in (*PASSED, State.DECLINED, State.APPEALED, State.REFUSAL_STANDS)
    context = {
        "row": row,
        "workflow": application,
        "tone": tone(application, row.state),
        "steps": way(row, happened),
        "story": story(application, row, happened),
        "shows_reason": row.state == State.RETURNED,
        "desk": whose_desk(task_of(application, row)),
        "to_do": [step for step in open_steps if step.name == "resubmit"],
        "appeals": [step for step in open_steps if step.name.startswith("appeal")],
        "ways_out": [step for step in open_steps if step.to == State.WITHDRAWN],
        "explanation": mark_safe(telling.explanation_html(row.decision))
        if row.decision and row.settled_on and is_told
        else "",
        "grant": row.grants.filter(voided_on=None).first(),
        "appeal": queries.appeal_of(row),
        "others": telling.other_schemes(row) if row.state == State.DECLINED else [],
        "stated": telling.facts(row, actor),
        "papers": list(queries.papers_visible_to(actor, row)),
        "missing": queries.papers_missing(row) if takes_papers else [],
        "paper_fields": blank_fields(PaperForm) if takes_papers else None,
    }
    return render(request, "portal/benefit.html", context)


def step(request: ActorRequest, public_id: uuid.UUID, slug: str) -> HttpResponse:
    _own(_actor(request), public_id)
    return steps.step(request, application.name, public_id, slug, template="portal/step.html", url_of=_url)


@require_POST
def add_paper(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    row = _own(actor, public_id)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Invalid(next(iter(form.errors.values()))[0])
    added = 0
    for upload in form.cleaned_data["uploads"]:
        try:
            actions.attach(row, actor=actor, kind=form.cleaned_data["kind"], upload=upload)
            added += 1
        except Refused as refusal:
            messages.warning(
                request, _("“%(name)s”没有收下：%(why)s") % {"name": upload.name, "why": refusal}
            )
    if added:
        messages.success(request, _("收到 %d 份材料。") % added)
    return redirect(_url(row))


@require_POST
def void_paper(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    paper = queries.paper(public_id, actor)
    actions.void_paper(paper, actor=actor)
    messages.success(request, _("这份材料已去掉。"))
    return redirect(_url(paper.application))


def own_benefits(actor: Any) -> list[tuple[Any, str, Any, Any, str]]:
    """Own applications for the list of matters: row, label, day, tone, address."""
    return [
        (row, row.scheme.name, row.applied_on, tone(application, row.state), _url(row))
        for row in queries.own_applications(actor)
    ]


def way(row: Any, happened: list[Happening]) -> list[Step]:
    """As a parcel shows it: done with its day, where it is, what is still to come."""
    reached = {one.to_state: one.at for one in happened}
    stations = [one for one in STATIONS if row.scheme.notice or one[1] != State.ON_NOTICE]
    passed = PASSED.get(State(row.state))
    if passed is None:
        behind = [Step(str(label), "done", reached[door]) for label, door in stations if door in reached]
        kind: Any = "current" if row.state == State.APPEALED else "stopped"
        return [*behind, Step(row.get_state_display(), kind, row.state_since)]
    passed = min(passed, len(stations))
    done = [Step(str(label), "done", reached.get(door)) for label, door in stations[:passed]]
    ahead = [Step(str(label), "todo") for label, _door in stations[passed:]]
    if ahead:
        ahead[0] = Step(ahead[0].label, "current", note=_note(row))
    return done + ahead


def _note(row: Any) -> str:
    if row.state == State.RETURNED:
        return _("请按退回的理由补正")
    return _("预计%s前办完") % write_day(row.due_on) if row.due_on else ""


def _own(actor: Any, public_id: uuid.UUID) -> Any:
    row = application.find(public_id, actor)
    if not queries.is_own(actor, row):
        raise Missing(_("没有找到这件申请。"))
    return row


def _url(row: Any) -> str:
    return reverse("portal_benefit", args=[row.public_id])


def _actor(request: ActorRequest) -> Any:
    return request.actor
