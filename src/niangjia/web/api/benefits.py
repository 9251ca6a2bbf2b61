"""Schemes and applications over the API; looking at what would come out before anything is sent."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.benefits import actions, asking, decisions, queries, telling
from niangjia.benefits.workflow import application, scheme
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing
from niangjia.membership import queries as membership
from niangjia.web.api import papers, rows
from niangjia.web.api.bodies import json_body
from niangjia.web.api.door import actor_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.api.workflows import router_for

# Gives the content of a paper out.
PAPER = "benefit_paper"


class Scheme(rows.Case):
    title: str
    policy: str
    basis: str
    period_rule: str
    fund: str
    opens_on: date | None
    closes_on: date | None
    notice: str


class WholeScheme(Scheme):
    """`parameters` and `mapping` by name, as text; amounts as text."""

    title_en: str
    output: str
    order: str
    budget_amount: str | None
    granted_amount: str
    parameters: dict[str, Any]
    mapping: dict[str, Any]
    papers: list[str]
    is_medical: bool
    legal_source: str
    excludes: list[str]
    steps: list[rows.Step]
    history: list[rows.Moment]


class Fact(Schema):
    """Masked where the caller may not see it."""

    name: str
    label: str
    value: str
    source: str
    as_of: str
    known_at: str


class Outcome(Schema):
    """What a policy says of a case. `explanation` is null where the caller may not see the facts in it."""

    policy: str
    version: str
    status: str
    amount: str | None
    missing: list[str]
    explanation: dict[str, Any] | None


class BenefitApplication(rows.Case):
    scheme: str
    person: str
    period: str
    applied_on: date


class WholeBenefitApplication(BenefitApplication):
    payee: str
    on: date
    origin: str
    facts: list[Fact]
    decision: Outcome | None
    granted_amount: str | None
    settled_on: date | None
    appeal_until: date | None
    papers: list[rows.Attachment]
    steps: list[rows.Step]
    history: list[rows.Moment]


def _case(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "number": row.number,
        "state": row.state,
        "state_label": row.get_state_display(),
        "version": row.version,
        "due_on": row.due_on,
        "unit": {"number": row.unit.number, "name": row.unit.name},
    }


def _scheme(row: Any) -> dict[str, Any]:
    names = ("policy", "basis", "period_rule", "fund", "opens_on", "closes_on", "notice")
    return _case(row) | {"title": row.title} | {name: getattr(row, name) for name in names}


def _whole_scheme(row: Any, actor: Actor) -> dict[str, Any]:
    names = ("title_en", "output", "order", "parameters", "mapping", "papers", "is_medical", "legal_source")
    budget = row.budget_amount
    return {name: getattr(row, name) for name in names} | {
        "budget_amount": None if budget is None else str(budget),
        "granted_amount": str(queries.granted_from(row)),
        "excludes": [other.number for other in row.excludes.order_by("pk")],
    }


def _application(row: Any) -> dict[str, Any]:
    return _case(row) | {
        "scheme": row.scheme.number,
        "person": row.person.name,
        "period": row.period,
        "applied_on": row.applied_on,
    }


def _whole_application(row: Any, actor: Actor) -> dict[str, Any]:
    sees, grant = queries.sees_sealed(actor, row), row.grants.filter(voided_on=None).first()
    return {
        "payee": row.payee.name,
        "on": row.on,
        "origin": row.origin,
        "facts": [vars(fact) for fact in telling.facts(row, actor)],
        "decision": _outcome(decisions.assessment_of(row.decision), row.decision.output, sees)
        if row.decision
        else None,
        "granted_amount": str(grant.amount) if grant else None,
        "settled_on": row.settled_on,
        "appeal_until": row.appeal_until,
        "papers": [papers.shown(paper, PAPER) for paper in queries.papers_visible_to(actor, row)],
    }


def _outcome(assessment: Any, output: str, sees: bool) -> dict[str, Any]:
    amount = assessment.amount(output)
    return {
        "policy": assessment.program.policy.id,
        "version": assessment.program.policy.version,
        "status": assessment.status,
        "amount": None if amount is None else str(amount),
        "missing": assessment.missing,
        "explanation": assessment.explanation().json() if sees else None,
    }


schemes = router_for(scheme, row=Scheme, whole=WholeScheme, summary=_scheme, detail=_whole_scheme)
applications = router_for(
    application,
    row=BenefitApplication,
    whole=WholeBenefitApplication,
    summary=_application,
    detail=_whole_application,
)
others = Router(tags=[_("待遇申请")])


@others.post(
    "/schemes/{number}/look/",
    operation_id="scheme-look",
    summary=_("先看结果"),
    description=_("按已知的和请求体里的情况（名称到值）算一次，只给本人看，什么也不留下。"),
    response=Outcome,
)
def look(request: HttpRequest, number: str) -> dict[str, Any]:
    person = membership.person_of(actor_of(request))
    found = queries.schemes_for(person).filter(number=number.upper()).first() if person else None
    if person is None or found is None:
        raise Missing(_("没有这个待遇项目，或它现在不收申请。"))
    household = membership.current_household(person)
    assessment = asking.assess(found, clock.today(), person, household, json_body(request))
    return _outcome(assessment, found.output, True)


papers.add_attaching(applications, application, actions.attach, PAPER)
