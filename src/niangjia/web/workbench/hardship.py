"""困难职工档案: list, detail, papers."""

import uuid
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.assistance import actions, queries
from niangjia.assistance import category as rules
from niangjia.assistance.access import ASSISTANCE, CENTRE_CLERK
from niangjia.assistance.circumstances import queries as circumstances
from niangjia.assistance.circumstances.actions import end_member as end
from niangjia.assistance.circumstances.actions import may_state
from niangjia.assistance.facts import Known
from niangjia.assistance.finding import found
from niangjia.assistance.forms import AttachForm
from niangjia.assistance.kinds import State
from niangjia.assistance.overlooked import Overlooked
from niangjia.assistance.plans.incomes import track
from niangjia.assistance.spot_checks import queries as spot_checks
from niangjia.assistance.visits import queries as visits
from niangjia.assistance.workflow import hardship, take_in
from niangjia.kernel import clock, files
from niangjia.kernel.access import Actor
from niangjia.kernel.audit import happenings
from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.kernel.forms import cleaned
from niangjia.kernel.order import first
from niangjia.kernel.workflow.engine import offers
from niangjia.membership import queries as membership
from niangjia.notices.queries import line_of
from niangjia.web.shell import circumstances as circumstances_pages
from niangjia.web.shell import keyset
from niangjia.web.shell.bulk import steps_in_bulk
from niangjia.web.shell.cases import (
    CASES,
    CasePages,
    arrival,
    first_on_desk,
    story,
    task_of,
    tone,
    whose_desk,
)
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.templatetags.niangjia import badge, blank_fields, deadline
from niangjia.web.workbench.case_pages import chips, next_step, ticks
from niangjia.web.workbench.entrance import place, to_address, words_asked
from niangjia.web.workbench.plans import help_for

TONES: dict[str, Tone] = {
    State.FOUND: "waiting",
    State.APPLIED: "active",
    State.RETURNED: "waiting",
    State.REVIEWED: "active",
    State.VISITED: "active",
    State.CHECKED: "active",
    State.ON_NOTICE: "waiting",
    State.CLEARED: "active",
    State.APPROVED: "active",
    State.FILED: "good",
    State.DECLINED: "bad",
    State.WITHDRAWN: "",
    State.RENEWAL: "active",
    State.EXPIRED: "bad",
    State.EXIT_PROPOSED: "active",
    State.STRIKE_OFF_PROPOSED: "active",
    State.EXITED: "good",
    State.STRUCK_OFF: "",
    State.TAKEN_OVER: "active",
    State.NOT_TAKEN_OVER: "",
}

# So many visits, checks and papers stand on a page; the earlier ones of a long story are a click away.
RECENT, RECENT_PAPERS = 3, 12

CASES[hardship.name] = CasePages("hardship_file", lambda file: file.person.name, TONES, queries.listed)


@require_http_methods(["GET", "HEAD", "POST"])
def hardship_files(request: ActorRequest) -> HttpResponse:
    actor = _actor(request)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    only = request.GET.get("only", "")
    where = place(request, actor, ASSISTANCE)
    rows = queries.files_chosen(actor, words=words, state=state, overdue=overdue, only=only, unit=where.unit)
    page = keyset.page(queries.listed(rows), after=request.GET.get("after", ""))
    in_bulk = steps_in_bulk(hardship, state, actor) if state else []
    context = {
        "page": page,
        "listing": Listing(([ticks(hardship)] if in_bulk else []) + _columns(), page.rows),
        "choices": chips(
            "hardship_files",
            State.choices,
            state=state,
            overdue=overdue,
            kept={"unit": where.unit.number if where.unit else ""},
            lists=Overlooked.choices,
            only=only,
        ),
        "is_filtered": bool(state or overdue or only or words or where.unit),
        "words": words,
        "place": where,
        "in_bulk": in_bulk,
        "export": {
            "name": "hardship-files",
            "filters": {"state": state, "overdue": "1" if overdue else "", "only": only},
        },
        "take_in_url": reverse("begin", args=[hardship.name, take_in.slug]) if _may_take_in(actor) else "",
        "works_at_centre": actor.has(CENTRE_CLERK),
        "found_url": reverse("begin", args=[hardship.name, found.slug]) if _may_take_in(actor) else "",
    }
    return render(request, "workbench/hardship_files.html", context)


@require_safe
def hardship_file(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    file = hardship.find(public_id, actor)
    happened = happenings(file)
    offered = offers(hardship, file, actor, happened)
    takeable = [offer for offer in offered if not offer.refusal]
    next_offer = next_step(hardship, file, takeable)
    task, papers = task_of(hardship, file), queries.papers_visible_to(actor, file)
    was_sent_back = task is not None and task.is_return
    is_whole = "whole" in request.GET
    recent = None if is_whole else RECENT
    visited, checked = queries.bare_visits(file), queries.checks(file)
    stated, line = circumstances.statements(file), line_of(file)
    context = {
        "file": file,
        "tone": tone(hardship, file.state),
        "id_number": mask_id_number(file.person.id_number),
        "phone": mask_phone(file.person.phone),
        "next": next_offer,
        "offers": offered,
        "coming": first_on_desk(actor, hardship) if not takeable else None,
        "sent_back": arrival(hardship, file, happened) if takeable and was_sent_back else None,
        "desk": "" if next_offer else whose_desk(task),
        "today": clock.today(),
        "story": story(hardship, file, happened),
        "visits": [
            (visit, [paper for paper in papers if paper.visit_id == visit.pk]) for visit in visited[:recent]
        ],
        "has_more_visits": len(visited) > len(visited[:recent]),
        "half_sent": visits.half_sent(file),
        "checks": checked[:recent],
        "has_more_checks": len(checked) > len(checked[:recent]),
        "line": line,
        "lines": [line] if line else [],
        "spot_results": spot_checks.results_of(actor, file) if file.filed_on else [],
        "topics": circumstances.topics(actor, file, stated),
        "members": circumstances.members(file),
        "statements": stated[:20],
        "may_allow_help": actions.may_allow_help(file, actor),
        "may_state": may_state(file, actor),
        "by_rules": rules.told(file, Known(file, first(stated), first(visited), first(checked))),
        "household": membership.family(file.household_id),
        "help": help_for(file, actor),
        "incomes": track(file, [*visited, *checked]) if file.filed_on else [],
        "attachments": papers if is_whole else papers[-RECENT_PAPERS:],
        "has_more_papers": not is_whole and len(papers) > RECENT_PAPERS,
        "missing": queries.papers_missing(actor, file, papers)
        if file.state in actions.OPEN_TO_PAPERS
        else [],
        "hides_medical": not queries.sees_health(actor, file),
        "attach_fields": blank_fields(AttachForm) if file.state in actions.OPEN_TO_PAPERS else None,
    }
    return render(request, "workbench/hardship_file.html", context)


def topic(request: ActorRequest, public_id: uuid.UUID, topic: str) -> HttpResponse:
    url = CASES[hardship.name].url
    return circumstances_pages.topic_page(
        request, public_id, topic, url=url, next_url=url, template="web/act.html"
    )


def add_member(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    url = CASES[hardship.name].url
    return circumstances_pages.member_page(request, public_id, url=url, template="web/act.html")


@require_POST
def end_member(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    member = circumstances.member(public_id, actor)
    end(member, actor=actor)
    messages.success(request, _("已移出。"))
    return redirect(CASES[hardship.name].url(member.file))


@require_POST
def temporary_help(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    file = hardship.find(public_id, actor)
    actions.allow_temporary_help(file, actor=actor)
    messages.success(request, _("已同意先行临时帮扶。"))
    return redirect(CASES[hardship.name].url(file))


@require_POST
def attach(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    file = hardship.find(public_id, actor)
    actions.attach(file, actor=actor, **cleaned(AttachForm(request.POST, request.FILES)))
    messages.success(request, _("材料已添加。"))
    return redirect(CASES[hardship.name].url(file))


@require_POST
def void_attachment(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    attachment = queries.attachment(public_id, actor)
    actions.void_attachment(attachment, actor=actor)
    messages.success(request, _("材料已作废，仍留有记录。"))
    return redirect(CASES[hardship.name].url(attachment.file))


@require_safe
def attachment(request: ActorRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    """The paper itself, for whoever sees its file and may see its kind."""
    found = queries.attachment(public_id, _actor(request))
    inline: Literal["inline", "attachment"] = "attachment" if "save" in request.GET else "inline"
    return _streamed(files.download(found.stored, disposition=inline))


@require_safe
def attachment_preview(request: ActorRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    return _streamed(files.preview(queries.attachment(public_id, _actor(request)).stored))


def _streamed(download: files.Download) -> StreamingHttpResponse:
    return StreamingHttpResponse(download.stream, headers=download.headers)


def _columns() -> list[Column]:
    url = CASES[hardship.name].url
    return [
        Column(_("申请人"), lambda file: main_link(url(file), file.person.name), names_cells=False),
        Column(_("编号"), lambda file: file.number, "number"),
        Column(_("承办工会"), lambda file: file.unit),
        Column(_("致困原因"), lambda file: file.get_cause_display()),
        Column(_("状态"), lambda file: badge(file.get_state_display(), TONES[file.state])),
        Column(_("期限"), lambda file: deadline(file.due_on)),
        Column(_("申请日期"), lambda file: write_day(file.applied_on), "number"),
    ]


def _may_take_in(actor: Actor) -> bool:
    return take_in.duty is not None and actor.has(take_in.duty)


def _actor(request: ActorRequest) -> Any:
    return request.actor
