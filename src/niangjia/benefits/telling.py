"""What pages, API and paper say of an application: its facts, its decision, and why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from niangjia.benefits import asking, decisions, queries
from niangjia.benefits.models import BenefitApplication, Decision
from niangjia.benefits.policies import language
from niangjia.kernel.access import Actor
from niangjia.kernel.money import exact, formatted
from niangjia.policy import ir, rendering

MASK = "＊＊＊"


@dataclass(frozen=True)
class FactLine:
    """One fact as it is shown: masked where the reader may not see it."""

    name: str
    label: str
    value: str
    source: str
    as_of: str
    known_at: str


def facts(row: BenefitApplication, actor: Actor) -> list[FactLine]:
    """Those of the decision; before there is one, what is known today."""
    assessment = decisions.assessment_of(row.decision) if row.decision else asking.assess_application(row)
    stated = (
        decisions.facts_of(row.decision)
        if row.decision
        else {name: fact.json() for name, fact in assessment.facts.items()}
    )
    sealed = (
        set(stated) - set(row.decision.facts)
        if row.decision
        else {name for name, fact in assessment.facts.items() if fact.is_sealed}
    )
    hides = not queries.sees_sealed(actor, row)
    notes = assessment.program.compiled.notes
    shapes = {given.name: given.shape for given in assessment.program.compiled.program.inputs}
    return [
        FactLine(
            name,
            notes.inputs[name].label[language()] if name in notes.inputs else name,
            MASK if hides and name in sealed else shown(fact["value"], shapes.get(name)),
            _(str(fact["source"])),
            str(fact.get("as_of", "")),
            str(fact.get("known_at", ""))[:10],
        )
        for name, fact in stated.items()
    ]


def shown(value: Any, shape: ir.Shape | None) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return _("%d 行") % len(value)
    if shape is not None and shape.type == "money":
        return formatted(exact(str(value)))
    return str(value)


def explanation_html(decision: Decision) -> str:
    """A fragment, every text in it escaped."""
    return rendering.html(decisions.explain(decision))


def verdict(decision: Decision) -> str:
    """One line without any fact of the case."""
    if decision.is_decided and decision.amount is not None:
        return _("核定 %s") % formatted(decision.amount)
    return str(decision.get_status_display())


def other_schemes(row: BenefitApplication) -> list[Any]:
    """What else might fit: open schemes the applicant has no application in this year."""
    there = queries.own_schemes(row.payee)
    return [scheme for scheme in queries.schemes_for(row.payee) if scheme.pk not in there]
