"""困难类别 by policy: what the recognition rules of the place and the day make of a file, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import translation

from niangjia.assistance.facts import Known, at_hand, known_of
from niangjia.assistance.kinds import UNDER_WAY, Category, State
from niangjia.assistance.models import HardshipFile
from niangjia.benefits import decisions, policies, queries
from niangjia.benefits.decisions import Assessment
from niangjia.benefits.facts import Case
from niangjia.benefits.kinds import DecisionStatus
from niangjia.benefits.models import Decision
from niangjia.benefits.ready_made import unknowns
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.organisation.models import UnionBody
from niangjia.policy import rendering
from niangjia.policy.errors import PolicyError
from niangjia.policy.explanation import Explanation

SCHEME = "hardship_recognition"
OUTPUT = "困难类别"
# A parameter of the nation's rules: left open where print does not say which categories hold from some year on.
SYSTEM = "类别体系"


@dataclass(frozen=True)
class Proposal:
    """What the rules say. `category` is empty unless they decide for one; `missing` names what they still ask."""

    assessment: Assessment

    @property
    def is_decided(self) -> bool:
        """For a category, or that there is none."""
        return self.assessment.status in ("decided", "excluded")

    @property
    def category(self) -> str:
        return _category(self.assessment.status, self.assessment.outputs)

    @property
    def verdict(self) -> str:
        """In a word, in the reader's language."""
        return _verdict(self.assessment.status, self.category)

    @property
    def missing(self) -> list[str]:
        return list(self._explanation.missing)

    @property
    def text(self) -> str:
        """Step by step, in the reader's language."""
        return rendering.text(self._explanation)

    @cached_property
    def _explanation(self) -> Explanation:
        return self.assessment.explanation(changes=False)


def propose(file: HardshipFile, known: Known | None = None) -> Proposal | None:
    """By what is known about this file, which a page may have read. None where no recognition rules are in force.

    Rules that the union, or one above it, has opened as a scheme go before those that stand for the region.
    """
    case, also = Case(file.person_id, file.household_id), [at_hand(known or known_of(file))]
    today = clock.today()
    opened = queries.recognition(file.unit, today)
    try:
        if opened is not None:
            return Proposal(decisions.assess_scheme(opened, today, case, also=also))
        assessment = decisions.assess(f"{file.unit.region.code}/{SCHEME}", today, case, also=also)
    except Invalid:
        return None
    return Proposal(assessment)


@dataclass(frozen=True)
class Told:
    """What the rules make of a file, or made of it when its category was settled; in the reader's language."""

    category: str
    verdict: str
    missing: list[str]
    text: str


def told(file: HardshipFile, known: Known | None = None) -> Told | None:
    """Of a file under way or under review: as they stand today."""
    if file.state in (*UNDER_WAY, State.RENEWAL) and (found := propose(file, known)) is not None:
        return Told(found.category, found.verdict, found.missing, found.text)
    return settled(file)


def settled(file: HardshipFile) -> Told | None:
    """As it was when the category was last settled."""
    kept = file.decision
    if kept is None:
        return None
    return Told(_category(kept.status, kept.outputs), verdict(kept), [], explanation(kept))


def offered(unit: UnionBody, on: date) -> list[Category]:
    """The categories of the place and the day, two generations of which are in use: those that its rules may come to.

    All of them where no rules are in force, or the rules leave the set open.
    """
    opened = queries.recognition(unit, on)
    rules = opened.policy if opened is not None else f"{unit.region.code}/{SCHEME}"
    try:
        policy = policies.shelf().find(rules, on)
    except PolicyError:
        return list(Category)
    step, system = policy.steps.get(OUTPUT), policy.parameters.get(SYSTEM)
    # A place that writes the step anew has said which categories hold.
    is_asked = step is not None and system is not None and step.origin == system.origin
    is_said = opened is not None and SYSTEM in opened.parameters
    is_open = is_asked and not is_said and any(name == SYSTEM for name, _told in unknowns(policy, on))
    words = step.type.choices if step is not None and not is_open else ()
    codes = _by_label()
    return [Category(codes[word]) for word in words if word in codes] or list(Category)


def keep(proposal: Proposal, file: HardshipFile, *, actor: Actor) -> Decision:
    return decisions.keep(
        proposal.assessment, unit=file.unit, actor=actor, person=file.person, household=file.household
    )


def verdict(decision: Decision) -> str:
    return _verdict(decision.status, _category(decision.status, decision.outputs))


def explanation(decision: Decision) -> str:
    return decisions.explanation_text(decision)


def title(proposal: Proposal) -> str:
    return policies.title(proposal.assessment.program.policy)


def _category(status: str, outputs: Mapping[str, Any]) -> str:
    return _by_label().get(str(outputs.get(OUTPUT)), "") if status == DecisionStatus.DECIDED else ""


def _verdict(status: str, category: str) -> str:
    if category:
        return str(Category(category).label)
    # Whoever is decided on and has no category is as much outside as who is excluded.
    shown = DecisionStatus.INCOMPLETE if status == DecisionStatus.INCOMPLETE else DecisionStatus.EXCLUDED
    return str(shown.label)


def _by_label() -> dict[str, str]:
    """Policies say categories in Chinese, whatever language is on."""
    with translation.override("zh-hans"):
        return {str(one.label): one.value for one in Category}
