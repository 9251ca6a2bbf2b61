"""首页与我的事: what I have applied for, where it stands, what I am asked to do, and applying itself."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from niangjia.assistance import actions, queries
from niangjia.assistance import category as rules
from niangjia.assistance.circumstances import queries as circumstances
from niangjia.assistance.circumstances.actions import end_member as end
from niangjia.assistance.circumstances.actions import may_state
from niangjia.assistance.kinds import CLOSED_STATES, PaperKind, State
from niangjia.assistance.workflow import apply, hardship
from niangjia.benefits.kinds import Finding
from niangjia.benefits.proposals import queries as proposals
from niangjia.kernel.access import Actor
from niangjia.kernel.audit import Happening, happenings
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.workflow.engine import offers
from niangjia.membership import queries as membership
from niangjia.notices.queries import line_of, line_on_notice
from niangjia.web.portal.benefits import own_benefits
from niangjia.web.portal.forms import PaperForm, PhotosForm
from niangjia.web.portal.register import own_cases
from niangjia.web.shell import circumstances as circumstances_pages
from niangjia.web.shell import steps
from niangjia.web.shell.cases import story, task_of, tone, whose_desk
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Step
from niangjia.web.templatetags.niangjia import blank_fields

# The stations of the way: each is passed when the file arrives at this state.
STATIONS = (
    (gettext_lazy("提交申请"), State.APPLIED),
    (gettext_lazy("初审"), State.REVIEWED),
    (gettext_lazy("入户核查"), State.VISITED),
    (gettext_lazy("经济状况核对"), State.CHECKED),
    (gettext_lazy("公示"), State.CLEARED),
    (gettext_lazy("审批"), State.APPROVED),
    (gettext_lazy("建档"), State.FILED),
)
# How many stations lie behind a file in each state.
PASSED = {
    State.FOUND: 0,
    State.RETURNED: 0,
    State.APPLIED: 1,
    State.REVIEWED: 2,
    State.VISITED: 3,
    State.CHECKED: 4,
    State.ON_NOTICE: 4,
    State.CLEARED: 5,
    State.APPROVED: 6,
    State.TAKEN_OVER: 6,
    State.FILED: 7,
    State.RENEWAL: 7,
    State.EXIT_PROPOSED: 7,
    State.STRIKE_OFF_PROPOSED: 7,
}


# Under this name a phone keeps what was typed of an application; done, it is forgotten.
DRAFT = "apply"


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    actor = _actor(request)
    person = membership.person_of(actor)
    running = [file for file in queries.own_files(actor) if file.state not in CLOSED_STATES]
    context = {
        "person": person,
        "member": membership.current_membership(person) if person else None,
        "matters": [(file, way(file, happenings(file))) for file in running],
        "to_correct": [file for file in running if file.state == State.RETURNED],
        "entitled": sum(one.finding == Finding.ENTITLED for one in proposals.own_proposals(actor)),
    }
    return render(request, "portal/home.html", context)


def apply_page(request: ActorRequest) -> HttpResponse:
    """Applying, with photos: the application is kept even when a photo cannot be read."""
    actor = _actor(request)
    form, photos = apply.form(actor=actor), PhotosForm()
    if request.method == "POST":
        try:
            public_id = steps.open_once(request, apply, actor)
        except Invalid as problem:
            form = steps.filled(apply.form, request, None, actor, problem)
        else:
            file = hardship.find(public_id, actor)
            _attach_all(request, file, actor)
            messages.success(request, _("申请已提交，编号%s。") % file.number, extra_tags=DRAFT)
            return redirect("portal_matter", public_id)
    elif running := _running(actor):
        messages.info(request, _("您家已有一份申请或档案，进度如下。"))
        return redirect("portal_matter", running.public_id)
    context = {"form": form, "photos": photos, "draft": DRAFT, "key": request.POST.get("key") or uuid.uuid4()}
    return render(request, "portal/apply.html", context, status=422 if form.errors else 200)


@require_safe
def matters(request: ActorRequest) -> HttpResponse:
    files = [(file, tone(hardship, file.state)) for file in queries.own_files(_actor(request))]
    cases = own_cases(_actor(request)) + own_benefits(_actor(request))
    return render(request, "portal/matters.html", {"files": files, "cases": cases})


@require_safe
def matter(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    file = hardship.find(public_id, actor)
    papers = queries.papers_visible_to(actor, file)
    happened = happenings(file)
    offered = offers(hardship, file, actor, happened)
    open_steps = [offer.transition for offer in offered if not offer.refusal]
    context = {
        "file": file,
        "tone": tone(hardship, file.state),
        "steps": way(file, happened),
        "story": story(hardship, file, happened),
        "workflow": hardship,
        "shows_reason": file.state in (State.RETURNED, State.DECLINED),
        "may_apply_again": file.state in CLOSED_STATES and _running(actor) is None,
        "desk": whose_desk(task_of(hardship, file)),
        "to_do": [step for step in open_steps if step.to not in CLOSED_STATES],
        "ways_out": [step for step in open_steps if step.to in CLOSED_STATES],
        "topics": circumstances.topics(actor, file),
        "members": circumstances.members(file),
        "may_state": may_state(file, actor),
        "explained": rules.explanation(file.decision) if file.decision else "",
        "attachments": papers,
        "line": line_on_notice(file),
        "last_line": line_of(file),
        "missing": queries.papers_missing(actor, file, papers)
        if file.state in actions.OPEN_TO_PAPERS
        else [],
        "paper_fields": blank_fields(PaperForm) if file.state in actions.OPEN_TO_PAPERS else None,
    }
    return render(request, "portal/matter.html", context)


def step(request: ActorRequest, public_id: uuid.UUID, slug: str) -> HttpResponse:
    return steps.step(request, hardship.name, public_id, slug, template="portal/step.html", url_of=_url)


def topic(request: ActorRequest, public_id: uuid.UUID, topic: str) -> HttpResponse:
    """One topic a screen; saved, it goes on to the next that nothing is known of."""
    return circumstances_pages.topic_page(
        request,
        public_id,
        topic,
        url=_url,
        next_url=lambda file: _next_topic(request, file, topic),
        template="portal/act.html",
    )


def _next_topic(request: ActorRequest, file: Any, topic: str) -> str:
    names = [one.name for one in circumstances.topics(_actor(request), file)]
    after = names[names.index(topic) + 1 :]
    return reverse("portal_topic", args=[file.public_id, after[0]]) if after else _url(file)


def add_member(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    return circumstances_pages.member_page(request, public_id, url=_url, template="portal/act.html")


@require_POST
def end_member(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    member = circumstances.member(public_id, actor)
    end(member, actor=actor)
    messages.success(request, _("已移出。"))
    return redirect(_url(member.file))


@require_POST
def add_paper(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    file = hardship.find(public_id, actor)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Invalid(next(iter(form.errors.values()))[0])
    kind = form.cleaned_data["kind"]
    _attach_each(request, file, actor, ((kind, upload) for upload in form.cleaned_data["uploads"]))
    return redirect(_url(file))


@require_POST
def void_paper(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    paper = queries.attachment(public_id, actor)
    actions.void_attachment(paper, actor=actor)
    messages.success(request, _("这份材料已去掉。"))
    return redirect(_url(paper.file))


def way(file: Any, happened: Sequence[Happening]) -> list[Step]:
    """The file's way as a parcel shows it: done with its day, where it is, what is still to come."""
    reached = {one.to_state: one.at for one in happened}
    if file.state in CLOSED_STATES:
        behind = [Step(str(label), "done", reached[door]) for label, door in STATIONS if door in reached]
        kind: Any = "done" if file.state == State.EXITED else "stopped"
        return [*behind, Step(file.get_state_display(), kind, file.state_since)]
    passed = PASSED[State(file.state)]
    steps_done = [Step(str(label), "done", reached.get(door)) for label, door in STATIONS[:passed]]
    ahead = [Step(str(label), "todo") for label, _door in STATIONS[passed:]]
    if ahead:
        ahead[0] = Step(ahead[0].label, "current", note=_note(file))
    return steps_done + ahead


def _note(file: Any) -> str:
    if file.state == State.RETURNED:
        return _("请按退回的理由补正")
    if file.due_on is None:
        return ""
    return _("预计%s前办完") % write_day(file.due_on)


def _attach_all(request: ActorRequest, file: Any, actor: Actor) -> None:
    papers = ((kind, upload) for kind in PaperKind.values for upload in request.FILES.getlist(kind))
    _attach_each(request, file, actor, papers)


def _attach_each(request: ActorRequest, file: Any, actor: Actor, papers: Iterable[tuple[str, Any]]) -> None:
    added = 0
    for kind, upload in papers:
        try:
            actions.attach(file, actor=actor, kind=kind, upload=upload)
            added += 1
        except Refused as refusal:
            messages.warning(
                request, _("“%(name)s”没有收下：%(why)s") % {"name": upload.name, "why": refusal}
            )
    if added:
        messages.success(request, _("收到 %d 份材料。") % added)


def _running(actor: Actor) -> Any:
    person = membership.person_of(actor)
    household = membership.current_household(person) if person else None
    file = queries.running_file(household) if household else None
    # Another family member's file shows only that there is one; the refusal on sending says so.
    return file if file and file.person_id == (person.pk if person else None) else None


def _url(file: Any) -> str:
    return reverse("portal_matter", args=[file.public_id])


def _actor(request: ActorRequest) -> Any:
    return request.actor
