"""Very many people who are new to the register, and their memberships, written without an object for each."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from niangjia.kernel import audit, bulk, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.fields import index_of
from niangjia.membership import names
from niangjia.membership.kinds import MemberState
from niangjia.membership.models import Member, Person
from niangjia.organisation.models import UnionBody

if TYPE_CHECKING:
    from niangjia.membership.actions import Enrolment

SEALED = (
    "public_id", "pinyin", "initials", "id_number", "id_number_index", "id_number_index_next",
    "phone", "phone_index", "phone_index_next",
)  # fmt: skip
PERSON = ("id", "unit", "name", "sex", "born_on", "id_kind", *SEALED)
ABOUT = (
    "email", "ethnicity", "political_status", "education", "marital_status", "residency", "skill_level",
)  # fmt: skip
MEMBER = ("id", "public_id", "unit", "person", "number", "joined_on", "employer")
WORK = {"occupation": "", "employment": "", "new_employment": "", "is_migrant": False}


def sealed(people: Sequence[tuple[str, str, str]]) -> list[list[Any]]:
    """The costly columns of new people by name, number and phone, as `SEALED` names them."""
    public_ids = list(bulk.public_ids(len(people)))
    places = [public_id.bytes for public_id in public_ids]
    columns: list[Any] = []
    for source, texts in (("id_number", [one[1] for one in people]), ("phone", [one[2] for one in people])):
        index = index_of(Person, source)
        columns += [index.source.seal_many(places, texts), index.columns_of_many(texts)]
    return [
        [public_id, *names.readings(person[0]), number, *number_index, phone, *phone_index]
        for person, public_id, number, number_index, phone, phone_index in zip(
            people, public_ids, *columns, strict=True
        )
    ]


def register(rows: Sequence["Enrolment"], *, actor: Actor) -> list[int]:
    """Their people, in the order of the rows."""
    ids = bulk.reserve(Person, len(rows))
    columns = sealed([(row.name, row.id_number.number, row.phone) for row in rows])
    bulk.insert(Person, (*PERSON, *ABOUT), map(_person, ids, rows, columns))
    audit.append_new(Person, ids, "register", [{}] * len(rows), actor=actor)
    return ids


def enrol(people: Sequence[int], rows: Sequence["Enrolment"], *, actor: Actor) -> None:
    """Their memberships; the counts of the unions follow."""
    ids = bulk.reserve(Member, len(rows))
    numbers = numbering.draw("member", len(rows))
    public_ids = bulk.public_ids(len(rows))
    lines = [_member(*line) for line in zip(ids, public_ids, people, numbers, rows, strict=True)]
    bulk.insert(Member, (*MEMBER, *WORK), lines)
    changes = [{"unit": row.unit.pk} for row in rows]
    audit.append_new(Member, ids, "enrol", changes, actor=actor, to_state=MemberState.ACTIVE.value)


def count(joined: Mapping[int, int]) -> None:
    """Members more, or fewer, by union: in order, so that two lists never wait in a ring."""
    table, quote = UnionBody._meta.db_table, connection.ops.quote_name
    statement = f"UPDATE {quote(table)} SET member_count = member_count + %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(joined[pk], pk) for pk in sorted(joined)])


def _person(pk: int, row: "Enrolment", columns: list[Any]) -> list[Any]:
    number = row.id_number
    about = [_plain(row.about.get(name, "")) for name in ABOUT]
    return [pk, row.unit.pk, row.name, number.sex, number.born_on, number.kind.value, *columns, *about]


def _member(pk: int, public_id: UUID, person: int, number: int, row: "Enrolment") -> list[Any]:
    employer = row.employer.pk if row.employer else None
    work = [_plain(row.work.get(name, usual)) for name, usual in WORK.items()]
    return [
        pk, public_id, row.unit.pk, person, f"HY{number:09d}", row.joined_on, employer, *work,
    ]  # fmt: skip


def _plain(value: Any) -> Any:
    """A choice as its own text: database libraries do not know enumerations."""
    return value.value if isinstance(value, Enum) else value
