"""待遇核定表: what was decided, step by step, and how to object."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.benefits import decisions, queries
from niangjia.benefits.models import BenefitApplication
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Template
from niangjia.kernel.errors import Missing
from niangjia.kernel.fields import mask_id_number
from niangjia.kernel.money import in_words
from niangjia.policy.rendering import sentence


@dataclass(frozen=True)
class DecisionFacts:
    """Empty where nothing is decided yet: then it is a form to be filled in by hand."""

    unit: str
    number: str
    scheme: str
    name: str
    payee: str
    id_number: str
    period: str
    applied_on: date
    known: str
    verdict: str
    steps: str
    amount: Decimal | None
    amount_words: str
    policy: str
    decided_on: date | None
    appeal_until: date | None


def _facts(row: BenefitApplication, copy: Copy) -> DecisionFacts:
    decision = row.decision
    told = decisions.explain(decision) if decision else None
    lines = [sentence(line, "zh") for line in told.steps] if told else []
    known = decisions.facts_of(decision) if decision else {}
    return DecisionFacts(
        unit=row.unit.name,
        number=row.number,
        scheme=row.scheme.title,
        name=row.person.name,
        payee=row.payee.name,
        id_number=row.person.id_number if copy.in_full else mask_id_number(row.person.id_number),
        period=row.period,
        applied_on=row.applied_on,
        known="\n".join(
            f"{name}：{_plain(fact['value'])}（{fact['source']}）" for name, fact in known.items()
        ),
        verdict="\n".join(told.verdict) if told else "",
        steps="\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)),
        amount=decision.amount if decision else None,
        amount_words=in_words(decision.amount) if decision and decision.amount is not None else "",
        policy=f"{decision.policy} {decision.version}" if decision else "",
        decided_on=decision.made_at.date() if decision else None,
        appeal_until=row.appeal_until,
    )


def _plain(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def _find(public_id: UUID, actor: Actor) -> BenefitApplication:
    rows = queries.applications_visible_to(actor).select_related("decision__edition", "household")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这件申请，或您的岗位看不到它。"))
    return found


DECISION_NOTICE = Template(
    name="benefit-decision",
    label=_("待遇核定表"),
    folder=Path(__file__).parent,
    model=BenefitApplication,
    find=_find,
    facts=_facts,
    # It says every fact, so only those who see them all may print it.
    may_print=lambda row, actor: bool(actor.grants) and queries.sees_sealed(actor, row),
    subject=lambda row: row.payee.user_id,
)
