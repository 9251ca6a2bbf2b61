"""Puts twenty schemes to the register of the city that the environment names; prints seconds and counts as JSON.

The policies are shipped ones. What no register of ours holds (bills, admissions, certificates) comes from a provider
of the benchmark, for everybody who lives in one of 60,000 households: a value drawn from each input's own range.
"""

import json
import random
import resource
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import cycle
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402

from niangjia.benefits import facts, policies  # noqa: E402
from niangjia.benefits.facts import Fact, Provider, Row, Subject  # noqa: E402
from niangjia.benefits.kinds import Basis, FundSource, PeriodRule, SchemeState  # noqa: E402
from niangjia.benefits.models import Proposal, Scheme  # noqa: E402
from niangjia.benefits.proposals import finding  # noqa: E402
from niangjia.kernel import bulk, clock  # noqa: E402
from niangjia.kernel.access import CLOCK  # noqa: E402
from niangjia.membership.models import Household, HouseholdMembership, Person  # noqa: E402
from niangjia.organisation.models import UnionBody  # noqa: E402
from niangjia.policy import ir  # noqa: E402

HOUSEHOLDS = 60_000
# Different sets of what the benchmark's own register answers.
HANDS = 9973
# How often a truth that is drawn is yes: most people are in no case that a scheme is for.
RARELY = 0.15
ON = date(2026, 11, 2)
POLICIES = (
    "350600/serious_illness", "350600/certificate_reward", "350600/festival_relief", "321100/medical_relief",
    "321100/charity_relief", "321100/fee_waiver", "321100/mutual_cover", "321100/medical_layers",
    "511500/mutual_aid", "511523/mutual_aid", "511526/enterprise_mutual_aid", "340000/welfare_caps",
    "420800/relief_caps", "320700/insured_loan", "420600/start_up_loan", "350982/floor_wage",
    "000000/assistance_caps", "410400/assistance_caps", "370000/hardship_recognition", "370200/hardship_exit",
)  # fmt: skip
TYPES = {"money": "money", "int": "int", "rate": "rate", "number": "number", "bool": "bool", "date": "date"}


def settle(count: int) -> None:
    """Households of three, until there are so many."""
    missing = count - Household.objects.count()
    if missing <= 0:
        return
    living = set(HouseholdMembership.objects.filter(until_on=None).values_list("person_id", flat=True))
    free = (
        row
        for row in Person.objects.order_by("pk").values_list("pk", "unit_id").iterator()
        if row[0] not in living
    )
    start = max(Household.objects.values_list("pk", flat=True), default=0) + 1
    homes, places = [], []
    for number in range(start, start + missing):
        trio = [next(free) for _ in range(3)]
        homes.append((number, uuid.uuid4(), trio[0][1], clock.now()))
        places += [
            (number, one[0], relation, date(2015, 1, 1))
            for one, relation in zip(trio, ("head", "spouse", "child"), strict=True)
        ]
    with transaction.atomic():
        bulk.insert(Household, ["id", "public_id", "unit", "created_at"], homes)
        bulk.insert(HouseholdMembership, ["household", "person", "relation", "from_on"], places)


def schemes() -> list[Scheme]:
    """One for each policy, open, run by the city; made once."""
    city = UnionBody.objects.get(level="city")
    for number, policy in enumerate(POLICIES):
        found = policies.shelf().program(policy, ON)
        Scheme.objects.get_or_create(
            number=f"BENCH{number}",
            defaults={
                "unit": city, "title": policy, "policy": policy, "state": SchemeState.OPEN, "legal_source": "bench",
                "basis": Basis.HOUSEHOLD if found.policy.unit == "household" else Basis.PERSON,
                "period_rule": PeriodRule.YEARLY, "fund": FundSource.OWN,
                "output": found.compiled.program.outputs[0].name,
            },
        )  # fmt: skip
    return finding.open_schemes(ON)


def feed(asked: Sequence[Scheme]) -> None:
    """Registers who answers what nobody else does, in the meaning of the first policy that asks."""
    for subject in Subject:
        wanted: dict[str, ir.Input | ir.Relation] = {}
        for scheme in asked:
            if (scheme.basis == Basis.HOUSEHOLD) == (subject == Subject.HOUSEHOLD):
                program = policies.shelf().program(scheme.policy, ON).compiled.program
                wanted |= {
                    one.name: one
                    for one in (*program.relations, *program.inputs)
                    if one.name not in facts.FACTS | wanted
                }
        given = tuple(Fact(name, _type(one), "bench") for name, one in wanted.items())
        facts.register(Provider(f"bench {subject}", subject, "bench", given, _Feed(subject, wanted)))


def _type(given: ir.Input | ir.Relation) -> Any:
    return "list" if isinstance(given, ir.Relation) else TYPES.get(given.shape.type, "text")


class _Feed:
    def __init__(self, subject: Subject, wanted: dict[str, Any]) -> None:
        self.subject, self.wanted = subject, wanted

    def __call__(self, names: Sequence[str], ids: Sequence[int] | None, on: date) -> Iterator[Row]:
        rows = HouseholdMembership.objects.filter(until_on=None)
        column = "person_id" if self.subject == Subject.PERSON else "household_id"
        draw = random.Random(1)
        # Drawn beforehand: dealing them out costs less than any register that would answer.
        hands = [[_value(self.wanted[name], draw) for name in names] for _ in range(HANDS)]
        ids = rows.order_by(column).values_list(column, flat=True).distinct().iterator()
        return (Row(id, hand, on) for id, hand in zip(ids, cycle(hands), strict=False))


def _value(given: ir.Input | ir.Relation, draw: random.Random) -> Any:
    if isinstance(given, ir.Relation):
        return [
            {field.name: _value(field, draw) for field in given.fields} for _ in range(draw.randint(1, 4))
        ]
    shape = given.shape
    if shape.type == "bool":
        return draw.random() < RARELY
    if shape.type == "choice":
        return draw.choice(shape.choices)
    if shape.type == "date":
        return date(draw.randint(2015, 2026), draw.randint(1, 10), draw.randint(1, 28))
    number = draw.randint(max(shape.low, 0), min(shape.high, 10**shape.scale * 60_000))
    return Decimal(number).scaleb(-shape.scale) if shape.scale else number


def seconds(asked: Sequence[Scheme]) -> tuple[float, float, dict[str, finding.Tally]]:
    wall, cpu = time.perf_counter(), time.process_time()
    tallies = finding.find(asked, ON, actor=CLOCK)
    return time.perf_counter() - wall, time.process_time() - cpu, tallies


if __name__ == "__main__":
    settle(HOUSEHOLDS)
    asked = schemes()
    feed(asked)
    first, first_cpu, tallies = seconds(asked)
    again, again_cpu, quiet = seconds(asked)
    told = {
        "schemes": len(asked),
        "people": Person.objects.count(),
        "households": Household.objects.count(),
        "first": first,
        "first_cpu": first_cpu,
        "again": again,
        "again_cpu": again_cpu,
        "proposals": Proposal.objects.count(),
        "refused": [tally.refusal for tally in tallies.values() if tally.refusal],
        "written_again": sum(sum(tally.counts.values()) for tally in quiet.values()),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told, ensure_ascii=False))
