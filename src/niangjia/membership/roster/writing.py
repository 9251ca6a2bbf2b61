"""Rows of the roster into the register: people, memberships, their audit trails and the unions' counts."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from niangjia.kernel import audit, bulk, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.sheets import Effect, Row, Verdict
from niangjia.kernel.sheets.models import Batch
from niangjia.membership import newcomers
from niangjia.membership.kinds import MemberState
from niangjia.membership.models import Member, Person
from niangjia.membership.roster.rows import OF_PERSON, Facts

PERSON = (*newcomers.PERSON, *OF_PERSON[1:])
MEMBER = (
    "id", "public_id", "unit", "person", "number", "joined_on", "employer", "occupation", "employment",
    "new_employment", "is_migrant",
)  # fmt: skip

Changes = Callable[[Facts], tuple[dict[str, Any], dict[str, Any]]]


@dataclass(frozen=True)
class Trail:
    """Who does it, for whom, by which batch: what every audit entry says."""

    actor: Actor
    principal_id: int | None
    batch: Batch

    def append(self, links: Sequence[audit.Link]) -> None:
        audit.append(links, actor=self.actor)

    def link(self, row: Person | Member, action: str, changes: Mapping[str, Any]) -> audit.Link:
        return audit.Link(row, action, {**changes, "batch": self.batch.number}, self.principal_id)

    def append_new(self, model: type[Any], ids: Sequence[int], action: str, units: Sequence[int]) -> None:
        number = self.batch.number
        changes = [{"unit": unit, "batch": number} for unit in units]
        audit.append_new(
            model, ids, action, changes, actor=self.actor, principal_id=self.principal_id,
            to_state=MemberState.ACTIVE.value if model is Member else "",
        )  # fmt: skip


def seal(people: Sequence[Facts]) -> None:
    """Make the costly columns of new people, before any lock is taken."""
    named = [(facts.name, facts.number.number, facts.person.get("phone", "")) for facts in people]
    for facts, columns in zip(people, newcomers.sealed(named), strict=True):
        facts.sealed = columns


def enrol(rows: Sequence[Row], trail: Trail, changes: Changes) -> list[Effect]:
    """New memberships; whoever is not registered yet is registered first."""
    if not rows:
        return []
    strangers = [row.known for row in rows if row.known.found is None]
    ids = dict(zip(map(id, strangers), _register(strangers, trail), strict=True))
    returning = [row for row in rows if row.known.found is not None]
    told = _change_people(returning, trail, changes)
    _take_over([row.known for row in returning], trail)
    members = bulk.reserve(Member, len(rows))
    numbers = numbering.draw("member", len(rows))
    lines = []
    public_ids = bulk.public_ids(len(rows))
    for row, pk, public_id, number in zip(rows, members, public_ids, numbers, strict=True):
        facts: Facts = row.known
        person_id = ids[id(facts)] if facts.found is None else facts.found["pk"]
        work = facts.member
        lines.append((
            pk, public_id, facts.unit_id, person_id, f"HY{number:09d}", facts.joined_on,
            work.get("employer"), work.get("occupation", ""), work.get("employment", ""),
            work.get("new_employment", ""), work.get("is_migrant", False),
        ))  # fmt: skip
    bulk.insert(Member, MEMBER, lines)
    trail.append_new(Member, members, "admit", [line[2] for line in lines])
    newcomers.count(Counter(line[2] for line in lines))
    return [
        Effect(row.number, Verdict.NEW, pk, {"person": told.get(row.number, {})})
        for row, pk in zip(rows, members, strict=True)
    ]


def change(rows: Sequence[Row], trail: Trail, changes: Changes) -> list[Effect]:
    """What the file says otherwise than the register does, about members of the union it names."""
    told = _change_people(rows, trail, changes)
    members = Member.objects.in_bulk([row.known.current["pk"] for row in rows])
    links, effects, written = [], [], []
    for row in rows:
        facts: Facts = row.known
        member = members[facts.current["pk"]]
        before = {}
        for name, value in changes(facts)[1].items():
            column = "employer_id" if name == "employer" else name
            before[column] = [getattr(member, column), value]
            setattr(member, column, value)
        if before:
            written.append((member, [name.removesuffix("_id") for name in before]))
            links.append(trail.link(member, "correct", {name: pair[1] for name, pair in before.items()}))
        effects.append(
            Effect(
                row.number, Verdict.CHANGED, member.pk, {"person": told.get(row.number, {}), "member": before}
            )
        )
    bulk.update_each(written)
    trail.append(links)
    return effects


def _register(strangers: Sequence[Facts], trail: Trail) -> list[int]:
    if not strangers:
        return []
    # Whoever was registered when the file was looked through, and is no more.
    seal([facts for facts in strangers if not facts.sealed])
    ids = bulk.reserve(Person, len(strangers))
    bulk.insert(Person, PERSON, (_person(facts, pk) for facts, pk in zip(strangers, ids, strict=True)))
    trail.append_new(Person, ids, "register", [facts.unit_id for facts in strangers])
    return ids


def _take_over(returning: Sequence[Facts], trail: Trail) -> None:
    """Whoever has the membership answers for the person's entry."""
    moving = {
        facts.found["pk"]: facts.unit_id for facts in returning if facts.found["unit_id"] != facts.unit_id
    }
    links, moved = [], []
    for person in Person.objects.filter(pk__in=moving):
        person.unit_id = moving[person.pk]
        moved.append((person, ["unit"]))
        links.append(trail.link(person, "move_register", {"unit": person.unit_id}))
    bulk.update_each(moved)
    trail.append(links)


def _person(facts: Facts, pk: int) -> list[Any]:
    number = facts.number
    about = [facts.person.get(name, "") for name in OF_PERSON[1:]]
    return [
        pk, facts.unit_id, facts.name, number.sex, number.born_on, number.kind.value,
        *facts.sealed, *about,
    ]  # fmt: skip


def _change_people(rows: Sequence[Row], trail: Trail, changes: Changes) -> dict[int, dict[str, list[Any]]]:
    """By row, what was there before and what is there now."""
    wanted = {row.number: found for row in rows if (found := changes(row.known)[0])}
    ids = {row.number: row.known.found["pk"] for row in rows if row.number in wanted}
    people = Person.objects.in_bulk(list(ids.values()))
    links, told, written = [], {}, []
    for row_number, found in wanted.items():
        person = people[ids[row_number]]
        told[row_number] = {name: [str(getattr(person, name)), value] for name, value in found.items()}
        for name, value in found.items():
            setattr(person, name, value)
        written.append((person, list(found)))
        links.append(trail.link(person, "correct", found))
    bulk.update_each(written)
    trail.append(links)
    return told
