"""我的会籍: where it stands, keeping and leaving it, moving it; and every application and transfer as a parcel."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from niangjia.assistance.plans.queries import own_plans
from niangjia.assistance.plans.workflow import aid_plan
from niangjia.assistance.schooling.queries import own_cases as own_schooling
from niangjia.assistance.schooling.workflow import schooling
from niangjia.kernel import audit
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.workflow import Workflow
from niangjia.kernel.workflow.engine import offers
from niangjia.membership import queries
from niangjia.membership.kinds import ApplicationState, MemberState, TransferState
from niangjia.membership.queries import cases
from niangjia.membership.workflow import application, membership, transfer
from niangjia.membership.workflow.transfers import ask
from niangjia.web.shell import steps
from niangjia.web.shell.cases import story, task_of, tone, whose_desk
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Step

WORKFLOWS = {workflow.name: workflow for workflow in (application, membership, transfer, aid_plan, schooling)}
# Cases with a page of their own on the phone.
OWN_PAGES = {aid_plan.name: "portal_plan", schooling.name: "portal_schooling"}
# The stations of the way, and how many of them lie behind a case in each state.
STATIONS: dict[str, tuple[Any, ...]] = {
    application.name: (
        (gettext_lazy("提交申请"), (ApplicationState.SUBMITTED, ApplicationState.POOLED)),
        (gettext_lazy("联系合适的工会"), (ApplicationState.SUBMITTED,)),
        (gettext_lazy("工会审批"), (ApplicationState.ADMITTED,)),
    ),
    transfer.name: (
        (gettext_lazy("提交申请"), (TransferState.REQUESTED,)),
        (gettext_lazy("原工会转出"), (TransferState.RELEASED,)),
        (gettext_lazy("新工会接收"), (TransferState.RECEIVED,)),
    ),
}
PASSED = {
    ApplicationState.RETURNED: 0,
    ApplicationState.POOLED: 1,
    ApplicationState.SUBMITTED: 2,
    ApplicationState.ADMITTED: 3,
    TransferState.REQUESTED: 1,
    TransferState.RELEASED: 2,
    TransferState.RECEIVED: 3,
}


@require_safe
def my_membership(request: ActorRequest) -> HttpResponse:
    actor = _actor(request)
    person = queries.person_of(actor)
    stays = list(cases.stays_of(person)) if person else []
    member = next((stay for stay in stays if stay.left_on is None), None)
    running = cases.running_transfer(member) if member else None
    open_steps = (
        [offer.transition for offer in offers(membership, member, actor) if not offer.refusal]
        if member
        else []
    )
    context = {
        "member": member,
        "tone": tone(membership, member.state) if member else "",
        "way": _stay(member) if member else [],
        "transfer": running,
        "transfer_way": way(transfer, running) if running else [],
        "application": cases.running_application(person) if person else None,
        "steps": open_steps,
        "stays": [(stay, tone(membership, stay.state)) for stay in stays],
    }
    return render(request, "portal/membership.html", context)


@require_safe
def case(request: ActorRequest, workflow_name: str, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    workflow = _workflow(workflow_name)
    row = workflow.find(public_id, actor)
    if workflow is membership or workflow.name in OWN_PAGES:
        return redirect(_url(workflow, row))
    open_steps = [offer.transition for offer in offers(workflow, row, actor) if not offer.refusal]
    context = {
        "workflow": workflow,
        "row": row,
        "tone": tone(workflow, row.state),
        "steps": way(workflow, row),
        "facts": _facts(workflow, row),
        "story": story(workflow, row),
        "shows_reason": row.state in ("returned", "declined", "refused"),
        "desk": whose_desk(task_of(workflow, row)),
        "to_do": [step for step in open_steps if step.to not in ("withdrawn", "cancelled")],
        "ways_out": [step for step in open_steps if step.to in ("withdrawn", "cancelled")],
    }
    return render(request, "portal/case.html", context)


def case_step(request: ActorRequest, workflow_name: str, public_id: uuid.UUID, slug: str) -> HttpResponse:
    workflow = _workflow(workflow_name)
    return steps.step(
        request,
        workflow.name,
        public_id,
        slug,
        template="portal/step.html",
        url_of=lambda row: _url(workflow, row),
    )


def ask_transfer(request: ActorRequest) -> HttpResponse:
    """Asking to move; `?to=` names the union at whose door the member stands."""
    actor = _actor(request)
    initial = {"to_unit": request.GET.get("to", "")[:120]}
    form = ask.form(actor=actor, initial=initial)
    if request.method == "POST":
        try:
            public_id = steps.open_once(request, ask, actor)
        except Invalid as problem:
            form = steps.filled(ask.form, request, None, actor, problem)
        else:
            messages.success(request, _("已提交“%s”。") % ask.label, extra_tags="transfer")
            return redirect("portal_case", transfer.name, public_id)
    context = {
        "form": form,
        "opening": ask,
        "draft": "transfer",
        "key": request.POST.get("key") or uuid.uuid4(),
    }
    return render(request, "portal/transfer.html", context, status=422 if form.errors else 200)


def own_cases(actor: Any) -> list[tuple[Any, str, Any, Any, str]]:
    """Cases for the list of matters: row, label, day, tone, address; newest first."""
    found: list[tuple[Any, Workflow, Any]] = [
        *((row, application, row.applied_on) for row in cases.own_applications(actor)),
        *((row, transfer, row.requested_on) for row in cases.own_transfers(actor)),
        *((row, aid_plan, row.drafted_on) for row in own_plans(actor)),
        *((row, schooling, row.found_on) for row in own_schooling(actor)),
    ]
    found.sort(key=lambda one: one[2], reverse=True)
    return [
        (row, str(workflow.label), day, tone(workflow, row.state), _url(workflow, row))
        for row, workflow, day in found
    ]


def way(workflow: Workflow, row: Any) -> list[Step]:
    """Done with its day, where it is, what is still to come; a stop where it ended early."""
    reached = {entry.to_state: entry.at for entry in audit.history(row)}
    stations = [
        one for one in STATIONS[workflow.name] if one[0] != STATIONS[application.name][1][0] or row.pool
    ]
    passed = PASSED.get(row.state)
    if passed is None:
        ahead = [Step(str(stations[0][0]), "done", reached.get(stations[0][1][0]) or row.state_since)]
        is_back = row.state == "returned"
        note = _("请按退回的理由补正") if is_back else ""
        return [
            *ahead,
            Step(row.get_state_display(), "current" if is_back else "stopped", row.state_since, note),
        ]
    missing = len(STATIONS[workflow.name]) - len(stations)
    passed = max(1, passed - missing) if passed else 0
    done = [
        Step(str(label), "done", next((reached[state] for state in states if state in reached), None))
        for label, states in stations[:passed]
    ]
    ahead = [Step(str(label), "todo") for label, _states in stations[passed:]]
    if ahead:
        ahead[0] = Step(ahead[0].label, "current", note=_note(row))
    return done + ahead


def _note(row: Any) -> str:
    if row.state == "returned":
        return _("请按退回的理由补正")
    return _("预计%s前办完") % write_day(row.due_on) if row.due_on else ""


def _stay(member: Any) -> list[Step]:
    joined = _("入会") if member.stint == 1 else _("转入")
    steps_done = [Step(joined, "done", member.joined_on, str(member.unit))]
    notes = {
        MemberState.ACTIVE: "",
        MemberState.RETENTION_ASKED: _("等工会核准"),
        MemberState.RETAINED: _("不缴会费，会籍不断"),
        MemberState.WARNED: _("请在%s前补缴会费或参加活动") % write_day(member.due_on)
        if member.due_on
        else "",
    }
    return [*steps_done, Step(member.get_state_display(), "current", note=notes.get(member.state, ""))]


def _facts(workflow: Workflow, row: Any) -> list[tuple[str, object]]:
    if workflow is application:
        return [
            (_("申请去向"), row.unit),
            (_("工作单位"), row.workplace),
            (_("工种或职务"), row.occupation),
            (_("用工形式"), row.get_employment_display()),
            (_("新就业形态"), row.get_new_employment_display()),
        ]
    return [
        (_("转出工会"), row.from_unit),
        (_("转入工会"), row.to_unit),
        (_("新的工作单位"), row.workplace),
        *([(_("暂存居住地工会"), _("新单位还没有工会，会籍先放在居住地"))] if row.is_at_residence else []),
    ]


def _url(workflow: Workflow, row: Any) -> str:
    if workflow is membership:
        return reverse("portal_membership")
    if workflow.name in OWN_PAGES:
        return reverse(OWN_PAGES[workflow.name], args=[row.public_id])
    return reverse("portal_case", args=[workflow.name, row.public_id])


def _workflow(name: str) -> Workflow:
    if name not in WORKFLOWS:
        raise Missing(_("没有这一页。"))
    return WORKFLOWS[name]


def _actor(request: ActorRequest) -> Any:
    return request.actor
