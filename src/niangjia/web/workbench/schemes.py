"""待遇项目: the list, one scheme, and the ready-made ones that a union adopts."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.benefits import actions, policies, queries, ready_made
from niangjia.benefits.access import SCHEME_KEEPER
from niangjia.benefits.forms.schemes import ExcludeForm
from niangjia.benefits.kinds import PaperKind, SchemeState
from niangjia.benefits.policies import Reading
from niangjia.benefits.workflow import scheme
from niangjia.benefits.workflow.schemes import set_up
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.money import formatted
from niangjia.web.shell import keyset, steps
from niangjia.web.shell.acts import Act, act_page, suggesting
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.templatetags.niangjia import badge
from niangjia.web.workbench.case_pages import Fact, case_context, chips
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked

TONES: dict[str, Tone] = {
    SchemeState.DRAFT: "waiting",
    SchemeState.OPEN: "good",
    SchemeState.CLOSED: "",
}
CASES[scheme.name] = CasePages("scheme", lambda row: row.name, TONES)
PURPOSES = ("schemes", "benefits")


@require_http_methods(["GET", "HEAD", "POST"])
def schemes(request: ActorRequest) -> HttpResponse:
    actor = opened(request, *PURPOSES)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, where = request.GET.get("state", ""), place(request, actor, "organisation")
    rows = queries.schemes_chosen(actor, words=words, state=state, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    context = {
        "title": _("待遇项目"),
        "placeholder": _("名称 / 项目编号"),
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "choices": chips(
            "schemes",
            SchemeState.choices,
            state=state,
            overdue=None,
            kept={"unit": where.unit.number if where.unit else ""},
        ),
        "is_filtered": bool(state or words or where.unit),
        "words": words,
        "place": where,
        "workflow": scheme,
        "ready_made": actor.has(SCHEME_KEEPER),
        "begin": [set_up] if actor.has(SCHEME_KEEPER) else [],
        "none": _("还没有待遇项目"),
        "how": _("从现成的项目里采用一个，填上资金和期间，由另一人复核开办，职工就能申请。"),
    }
    return render(request, "workbench/schemes.html", context)


@require_safe
def scheme_page(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, *PURPOSES)
    row = scheme.find(public_id, actor)
    excludes = list(row.excludes.order_by("pk"))
    context = {
        **case_context(scheme, row, actor),
        "title": row.name,
        "heading": _("待遇项目"),
        "list_url": reverse("schemes"),
        "facts": _facts(row),
        "excludes": excludes,
        "may_exclude": bool(actor.grants_for(SCHEME_KEEPER, row.unit.path)),
        **_policy(row),
    }
    return render(request, "workbench/scheme.html", context)


def _policy(row: Any) -> dict[str, Any]:
    """What the policy asks for, what may be lifted, and what print leaves open today."""
    try:
        program = policies.shelf().program(
            row.policy, row.opens_on or clock.today(), Reading(row.parameters, row.order)
        )
    except Invalid as problem:
        return {"problem": str(problem)}
    language, notes = policies.language(), program.compiled.notes
    return {
        "inputs": [made.label[language] for made in notes.inputs.values()],
        "ceilings": [
            note.step.label[language]
            for note in notes.steps
            if any(limit.limit.in_principle for limit in note.limits)
        ],
        "unknowns": [
            label
            for name, label in ready_made.unknowns(program.policy, clock.today())
            if name not in row.parameters
        ],
        "notes": program.policy.notes[language] if program.policy.notes else "",
    }


@require_safe
def ready_made_schemes(request: ActorRequest) -> HttpResponse:
    _keeper(request)
    today, language = clock.today(), policies.language()
    offered = [
        (template, template.found(today), policy.title[language] if (policy := template.found(today)) else "")
        for template in ready_made.TEMPLATES
    ]
    context = {
        "offered": [
            (
                template,
                title,
                [label for _name, label in ready_made.unknowns(policy, today)] if policy else [],
            )
            for template, policy, title in offered
            if policy is not None
        ],
        "past": [template for template, policy, _title in offered if policy is None],
    }
    return render(request, "workbench/ready_made.html", context)


def scheme_adopt(request: ActorRequest, name: str) -> HttpResponse:
    """The form of a new scheme, filled from a ready-made one."""
    actor = _keeper(request)
    template = ready_made.template_named(name)
    units = [grant.unit_name for grant in actor.grants if grant.duty == SCHEME_KEEPER]
    initial = ready_made.draft(template, clock.today()) | {"unit": units[0] if units else ""}
    form, draft = set_up.form(actor=actor, initial=initial), f"scheme-{name}"
    if request.method == "POST":
        try:
            public_id = steps.open_once(request, set_up, actor)
        except Invalid as problem:
            form = steps.filled(set_up.form, request, None, actor, problem)
        else:
            messages.success(request, _("已采用，等另一位管理员复核开办。"), extra_tags=draft)
            return redirect("scheme", public_id)
    policy = template.found(clock.today())
    context = {
        "form": suggesting(form),
        "step": set_up,
        "draft": draft,
        "key": request.POST.get("key") or uuid.uuid4(),
        "unknowns": ready_made.unknowns(policy, clock.today()) if policy else [],
        "notes": policy.notes[policies.language()] if policy and policy.notes else "",
    }
    return render(request, "workbench/scheme_adopt.html", context, status=422 if form.errors else 200)


def scheme_exclude(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _keeper(request)
    row = scheme.find(public_id, actor)
    back = CASES[scheme.name].url(row)
    act = Act(
        _("设为不得兼得"),
        _("设定"),
        _("已设为不得兼得。"),
        back,
        row.name,
        _("同一个人或同一家庭，一年里只能享受其中一项。"),
    )

    def run(data: dict[str, Any]) -> str:
        actions.exclude(row, actor=actor, number=data.get("number", ""))
        return back

    return act_page(request, act, lambda data: ExcludeForm(data), run)


@require_POST
def scheme_include(request: ActorRequest, public_id: uuid.UUID, number: str) -> HttpResponse:
    actor = _keeper(request)
    row = scheme.find(public_id, actor)
    actions.include(row, actor=actor, number=number)
    messages.success(request, _("已取消不得兼得。"))
    return redirect(CASES[scheme.name].url(row))


def _keeper(request: ActorRequest) -> Actor:
    actor = opened(request, "schemes")
    if not actor.has(SCHEME_KEEPER):
        raise Refused(_("待遇项目由“%s”管理，您没有这个岗位。") % SCHEME_KEEPER.label)
    return actor


def _facts(row: Any) -> list[Fact]:
    papers = dict(PaperKind.choices)
    pairs, means = _pairs(row)
    given = queries.granted_from(row)
    return [
        Fact(_("承办工会"), row.unit),
        Fact(_("政策"), row.policy, "number"),
        Fact(_("核定对象"), row.get_basis_display()),
        Fact(_("享受次数"), row.get_period_rule_display()),
        Fact(_("申请时间"), _window(row)),
        Fact(_("资金来源"), row.get_fund_display()),
        Fact(
            _("预算"), formatted(row.budget_amount) if row.budget_amount is not None else _("不限"), "number"
        ),
        Fact(_("已批准"), formatted(given), "number"),
        Fact(_("金额取自"), row.output),
        Fact(_("公示"), row.get_notice_display()),
        Fact(_("所需材料"), _("、").join(str(papers[kind]) for kind in row.papers)),
        Fact(_("参数"), pairs, "wide"),
        Fact(_("层次顺序"), row.order, "wide"),
        Fact(_("事实对应"), means, "wide"),
        Fact(_("依据"), row.legal_source, "wide"),
    ]


def _pairs(row: Any) -> tuple[str, str]:
    """The scheme's own parameters, and which facts answer which inputs, in the words of the policy."""
    try:
        program = policies.shelf().program(
            row.policy, row.opens_on or clock.today(), Reading(row.parameters, row.order)
        )
    except Invalid:
        return "", ""
    language, policy = policies.language(), program.policy
    words = policy.english if language == "en" else {}
    parameters = [
        f"{policy.parameters[name].label[language]} = {words.get(str(value), value)}"
        for name, value in row.parameters.items()
        if name in policy.parameters
    ]
    notes = program.compiled.notes.inputs
    means = [
        f"{notes[name].label[language]}{'' if language == 'en' else f' = {fact}'}"
        for name, fact in row.mapping.items()
        if name in notes
    ]
    return _("；").join(parameters), _("；").join(means)


def _window(row: Any) -> str:
    if row.opens_on is None and row.closes_on is None:
        return _("常年")
    days = {
        "from": write_day(row.opens_on) if row.opens_on else _("即日"),
        "until": write_day(row.closes_on) if row.closes_on else _("不限"),
    }
    return _("%(from)s 至 %(until)s") % days


def _columns() -> list[Column]:
    url = CASES[scheme.name].url
    return [
        Column(_("名称"), lambda row: main_link(url(row), row.name), names_cells=False),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("承办工会"), lambda row: row.unit),
        Column(_("资金来源"), lambda row: row.get_fund_display()),
        Column(_("享受次数"), lambda row: row.get_period_rule_display()),
        Column(_("申请时间"), _window),
        Column(_("状态"), lambda row: badge(row.get_state_display(), TONES[row.state])),
    ]
