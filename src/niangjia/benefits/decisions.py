"""Decides a case by policy: gather what is known, add what people said, run, keep. And runs it again years later."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia import __version__
from niangjia.benefits import facts as register
from niangjia.benefits import policies
from niangjia.benefits.facts import Case, Provider, Value
from niangjia.benefits.models import Decision, PolicyEdition, PolicyText, Scheme
from niangjia.benefits.policies import PRINTED, Program, Reading, Shelf
from niangjia.kernel.access import Actor
from niangjia.kernel.documents.printing import in_chinese
from niangjia.kernel.money import exact
from niangjia.membership.models import Household, Person
from niangjia.organisation.models import UnionBody
from niangjia.policy import rendering
from niangjia.policy.explanation import Explanation
from niangjia.policy.explanation import explain as tell
from niangjia.policy.trace import Trace


@dataclass(frozen=True)
class Stated:
    """One fact as a decision rests on it. `source` is for people; dates as far as they are known."""

    value: Any
    source: str
    as_of: date | None = None
    known_at: datetime | None = None
    is_sealed: bool = True

    def json(self) -> dict[str, Any]:
        dates = {"as_of": self.as_of, "known_at": self.known_at}
        said = {name: day.isoformat() for name, day in dates.items() if day is not None}
        return {"value": plain(self.value), "source": self.source, **said}


@dataclass(frozen=True)
class Assessment:
    """A case as the policy sees it now; nothing is kept until `keep`."""

    program: Program
    on: date
    reading: Reading
    case: Case
    facts: Mapping[str, Stated]

    @cached_property
    def trace(self) -> Trace:
        return self.program.engine.explain({name: plain(fact.value) for name, fact in self.facts.items()})

    @property
    def status(self) -> str:
        return self.trace.status

    @property
    def reason(self) -> str:
        gate = self.trace.gate
        return gate.gate.name if gate is not None and self.status == "excluded" else ""

    @property
    def missing(self) -> list[str]:
        return [gap.name for gap in self.trace.missing] if self.status == "incomplete" else []

    @cached_property
    def outputs(self) -> dict[str, Any]:
        outputs: dict[str, Any] = self.trace.json()["outputs"]
        return outputs

    def amount(self, output: str = "") -> Decimal | None:
        """The output that is money to be paid; the policy's principal one when none is named."""
        name = output or next(iter(self.outputs), "")
        shape = next((each.shape for each in self.trace.program.outputs if each.name == name), None)
        if self.status != "decided" or shape is None or shape.type != "money":
            return None
        value = self.outputs[name]
        return sum((exact(part) for part in value), Decimal(0)) if isinstance(value, list) else exact(value)

    def explanation(self, *, changes: bool = True) -> Explanation:
        return tell(self.trace, policies.language(), changes)


def assess(
    policy: str,
    on: date,
    case: Case,
    *,
    given: Mapping[str, Any] | None = None,
    reading: Reading = PRINTED,
    mapping: Mapping[str, str] | None = None,
    also: Sequence[Provider] = (),
    given_by: str = "",
) -> Assessment:
    """What the registers know, and for the rest what people said (`given`), put to the policy of that day.

    `given_by` names who said it. A register's own answer goes before a person's: whoever finds it wrong has the
    register mended.
    """
    program = policies.shelf().program(policy, on, reading)
    [(_case, known)] = register.gather(program.inputs, [case], on, mapping, also)
    facts = {
        name: Stated(fact.value, fact.source, fact.as_of, fact.known_at, fact.fact.sensitive)
        for name, fact in known.items()
    }
    for name, value in (given or {}).items():
        if name in program.inputs and name not in facts and value not in (None, ""):
            facts[name] = Stated(value, given_by or in_chinese(lambda: _("申请人填写")))
    return Assessment(program, on, reading, case, facts)


def assess_scheme(
    scheme: Scheme,
    on: date,
    case: Case,
    *,
    given: Mapping[str, Any] | None = None,
    lifted: Mapping[str, str] | None = None,
    also: Sequence[Provider] = (),
    given_by: str = "",
) -> Assessment:
    reading = Reading(scheme.parameters, scheme.order, lifted or {})
    return assess(
        scheme.policy,
        on,
        case,
        given=given,
        reading=reading,
        mapping=scheme.mapping,
        also=also,
        given_by=given_by,
    )


def keep(
    assessment: Assessment,
    *,
    unit: UnionBody,
    actor: Actor,
    person: Person | None = None,
    household: Household | None = None,
    scheme: Scheme | None = None,
) -> Decision:
    """Writes the decision down with its facts and the texts it was made by."""
    program, output = assessment.program, scheme.output if scheme else ""
    open_facts = {name: fact.json() for name, fact in assessment.facts.items() if not fact.is_sealed}
    sealed = {name: fact.json() for name, fact in assessment.facts.items() if fact.is_sealed}
    with transaction.atomic():
        return Decision.objects.create(
            unit=unit,
            person=person,
            household=household,
            scheme=scheme,
            edition=edition(program),
            policy=program.policy.id,
            version=program.policy.version,
            engine_version=__version__,
            on=assessment.on,
            parameters=dict(assessment.reading.parameters),
            order=assessment.reading.order,
            sealed_lifted=_sealed(assessment.reading.lifted or {}),
            digest=program.compiled.program.digest,
            status=assessment.status,
            reason=assessment.reason,
            missing=assessment.missing,
            outputs=assessment.outputs,
            output=output,
            amount=assessment.amount(output),
            facts=open_facts,
            sealed_facts=_sealed(sealed),
            made_by=actor.user,
        )


def _sealed(content: Mapping[str, Any]) -> str:
    return json.dumps(dict(content), ensure_ascii=False, sort_keys=True) if content else ""


def edition(program: Program) -> PolicyEdition:
    """The texts of a program on record, each once however many decisions rest on it."""
    found = PolicyEdition.objects.filter(sha256=program.digest).first()
    if found is not None:
        return found
    texts = [
        PolicyText.objects.get_or_create(
            sha256=hashlib.sha256(raw).hexdigest(), defaults={"name": name, "text": raw.decode()}
        )[0]
        for name, raw in program.texts.items()
    ]
    made, is_new = PolicyEdition.objects.get_or_create(
        sha256=program.digest,
        defaults={"policy": program.policy.id, "version": program.policy.version},
    )
    if is_new:
        made.texts.set(texts)
    return made


def facts_of(decision: Decision) -> dict[str, dict[str, Any]]:
    """All facts of a decision in the clear, sealed ones too: for running it again, and for those who may see them."""
    sealed = json.loads(decision.sealed_facts) if decision.sealed_facts else {}
    return {**decision.facts, **sealed}


def assessment_of(decision: Decision) -> Assessment:
    """The case once more, from the texts and facts on record alone."""
    reading = Reading(decision.parameters, decision.order, decision.lifted)
    program = _shelf(decision.edition.sha256).program(decision.policy, decision.on, reading)
    facts = {name: Stated(fact["value"], fact["source"]) for name, fact in facts_of(decision).items()}
    case = Case(decision.person_id, decision.household_id)
    return Assessment(program, decision.on, reading, case, facts)


@lru_cache(maxsize=50)
def _shelf(edition: str) -> Shelf:
    texts = PolicyText.objects.filter(editions__sha256=edition)
    return Shelf({text.name: text.text.encode() for text in texts})


def explain(decision: Decision) -> Explanation:
    """Redrawn from the facts, in the reader's language."""
    return assessment_of(decision).explanation()


def explanation_text(decision: Decision) -> str:
    return rendering.text(explain(decision))


@dataclass(frozen=True)
class Rerun:
    """What came out when a decision was made again; `differences` names what is not the same."""

    differences: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return not self.differences


def rerun(decision: Decision) -> Rerun:
    """Makes the decision again, and compares it to the fen."""
    again = assessment_of(decision)
    made = {
        "digest": again.program.compiled.program.digest,
        "status": again.status,
        "reason": again.reason,
        "missing": again.missing,
        "outputs": again.outputs,
        "amount": again.amount(decision.output),
    }
    return Rerun(tuple(name for name, value in made.items() if getattr(decision, name) != value))


def plain(value: Value | Any) -> Any:
    """As JSON keeps it, and as the engine reads it: numbers and days as text, whole numbers and truths as they are."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    return value
