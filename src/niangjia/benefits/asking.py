"""What an application asks of people, and what comes out of what they say, before it is sent and after."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from niangjia.benefits import decisions, history
from niangjia.benefits.decisions import Assessment
from niangjia.benefits.facts import Case
from niangjia.benefits.forms.fields import question
from niangjia.benefits.kinds import PeriodRule
from niangjia.benefits.models import BenefitApplication, Decision, Scheme
from niangjia.benefits.policies import language
from niangjia.membership import queries as membership
from niangjia.membership.models import Household, Person
from niangjia.policy.convert import plain
from niangjia.policy.notes import LimitNote
from niangjia.policy.trace import Trace


def period_of(scheme: Scheme, on: date) -> str:
    """Within which a scheme gives but once."""
    if scheme.period_rule == PeriodRule.ONCE:
        return "once"
    if scheme.period_rule == PeriodRule.YEARLY:
        return str(on.year)
    if scheme.period_rule == PeriodRule.SEASON and scheme.opens_on is not None:
        return f"season-{scheme.opens_on.isoformat()}"
    return on.isoformat()


def assess(
    scheme: Scheme,
    on: date,
    person: Person,
    household: Household | None,
    said: Mapping[str, Any],
    *,
    lifted: Mapping[str, str] | None = None,
) -> Assessment:
    """The case as it stands: registers, what was received before, and what people said."""
    case = Case(person.pk, household.pk if household else None)
    also = [history.provider(scheme)]
    return decisions.assess_scheme(scheme, on, case, given=said, lifted=lifted, also=also)


def assess_application(row: BenefitApplication, *, lifted: Mapping[str, str] | None = None) -> Assessment:
    household = row.household or membership.current_household(row.person)
    return assess(row.scheme, row.on, row.person, household, said_of(row), lifted=lifted)


def said_of(row: BenefitApplication) -> dict[str, Any]:
    return dict(json.loads(row.said)) if row.said else {}


def written(said: Mapping[str, Any]) -> str:
    """As an application keeps it."""
    return json.dumps({name: decisions.plain(value) for name, value in said.items()}, ensure_ascii=False)


def questions_of(row: BenefitApplication, *, told: Collection[str] = ()) -> dict[str, forms.Field]:
    """The field for each input that was asked of people in an application, is still missing, or is `told` now."""
    return _questions(assess_application(row), {*said_of(row), *told})


def _questions(assessment: Assessment, asked: Collection[str]) -> dict[str, forms.Field]:
    """By input, in the order of the policy; what has a default is asked too, unless a register knows it."""
    notes, wanted = assessment.program.compiled.notes, {*assessment.missing, *asked}
    return {
        given.name: question(notes.inputs[given.name], given)
        for given in assessment.program.compiled.program.inputs
        if given.name in wanted or (given.default is not None and given.name not in assessment.facts)
    }


def answered(cleaned: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What was answered, as JSON keeps it."""
    return {name: decisions.plain(cleaned[name]) for name in names if cleaned.get(name) not in (None, "")}


class Questions(forms.Form):
    """What the system does not know and the rule needs: made for one scheme and one person."""

    def __init__(self, data: Mapping[str, Any] | None, assessment: Assessment) -> None:
        super().__init__(data)
        self.fields.update(_questions(assessment, data or ()))

    def said(self) -> dict[str, Any]:
        return answered(self.cleaned_data, self.fields)


def silent(assessment: Assessment) -> list[str]:
    """What is missing and nobody can answer: the rule itself leaves it open. In words."""
    answerable = {given.name for given in assessment.program.compiled.program.inputs}
    gaps = [gap for gap in assessment.trace.missing if gap.name not in answerable]
    lines = assessment.explanation(changes=False).missing
    return [line for gap, line in zip(assessment.trace.missing, lines, strict=True) if gap in gaps]


@dataclass(frozen=True)
class Ceiling:
    """A cap "in principle" that holds this case down: what would come out without it."""

    step: str
    label: str
    at: str
    before: str


def ceilings(decision: Decision) -> list[Ceiling]:
    """The caps in principle that bind in a decision and are not lifted yet."""
    again = decisions.assessment_of(decision)
    return [] if again.status != "decided" else _binding(again.trace)


def _binding(trace: Trace) -> list[Ceiling]:
    found = []
    for plan in trace.tracer.plans:
        if plan.note.frame:
            continue
        for limit, before, at in plan.limits:
            if _is_liftable(limit) and before(trace.columns) > at(trace.columns):
                name = plan.note.step.name
                step = f"{plan.note.alias}{name}" if plan.note.alias else name
                shape = limit.shape
                found.append(
                    Ceiling(
                        step,
                        plan.note.step.label[language()],
                        plain(at(trace.columns), shape),
                        plain(before(trace.columns), shape),
                    )
                )
    return found


def _is_liftable(limit: LimitNote) -> bool:
    return limit.kind == "cap" and limit.limit.in_principle and not limit.lifted


def refusal_of(assessment: Assessment) -> str:
    """Why a case cannot be decided yet."""
    lines = assessment.explanation(changes=False).missing
    return _("还不能核定，缺少：%s。") % _("；").join(lines)
