"""Families by hundreds: what another system knew of households, written as it stands.

One by one, a clerk or the family itself does it with `actions`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from niangjia.kernel import audit, bulk, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.fields import found_by_hashes, hashes_of_many
from niangjia.membership import newcomers
from niangjia.membership.actions import Enrolment, reaches
from niangjia.membership.identity import IdentityNumber
from niangjia.membership.models import Household, HouseholdMembership, Person
from niangjia.organisation.models import UnionBody

MEMBERSHIP = ("id", "household", "person", "relation", "from_on")


def people_numbered(numbers: Collection[str], *, is_locking: bool = False) -> dict[str, Person]:
    """Whoever is registered anywhere in the tree, by 18-place number; callers must answer neutrally."""
    wanted = hashes_of_many(Person, "id_number", list(numbers))
    people = Person.objects.filter(found_by_hashes(Person, "id_number", wanted)).order_by("pk")
    if is_locking:
        people = people.select_for_update(of=("self",), no_key=True)
    return {str(person.id_number): person for person in people.prefetch_related("unit__region", "user")}


def places_of(people: Iterable[Person]) -> dict[int, HouseholdMembership]:
    """Where each lives today, by the person's id; who lives nowhere is left out."""
    ids = [person.pk for person in people]
    rows = HouseholdMembership.objects.filter(person__in=ids, until_on=None)
    return {row.person_id: row for row in rows}


def form_many(heads: Sequence[tuple[Person, str]], *, actor: Actor) -> list[tuple[int, int]]:
    """A household around each, at the address beside; ids of households and of the heads' places in them."""
    for unit in {person.unit for person, _address in heads}:
        if not reaches(actor, unit):
            raise NotAllowed(_("%s不在您的辖区。请由其所属工会办理。") % unit)
    ids = bulk.reserve(Household, len(heads))
    public_ids = list(bulk.public_ids(len(heads)))
    address = Household._meta.get_field("address")
    sealed = address.seal_many([one.bytes for one in public_ids], [text for _person, text in heads])
    units = [person.unit_id for person, _address in heads]
    columns = ("id", "unit", "public_id", "address")
    bulk.insert(Household, columns, zip(ids, units, public_ids, sealed, strict=True))
    audit.append_new(Household, ids, "form", [{"head": person.pk} for person, _text in heads], actor=actor)
    places = _place(
        [
            (pk, person.pk, HouseholdMembership.Relation.HEAD.value)
            for pk, (person, _text) in zip(ids, heads, strict=True)
        ]
    )
    return list(zip(ids, places, strict=True))


def move_in(rows: Sequence[tuple[int, int, str]], *, actor: Actor) -> list[int]:
    """Household, person and relation, of people who live nowhere yet; the ids of their places, in the same order."""
    found = _place(rows)
    together: dict[int, list[int]] = {}
    for household, person, _relation in rows:
        together.setdefault(household, []).append(person)
    _tell(together, "add_person", actor)
    return found


def move_out(places: Collection[int], *, actor: Actor) -> None:
    """End them today; the rows stay as history."""
    rows = HouseholdMembership.objects.select_for_update(no_key=True).filter(pk__in=places, until_on=None)
    together: dict[int, list[int]] = {}
    for row in rows.order_by("pk"):
        together.setdefault(row.household_id, []).append(row.person_id)
    HouseholdMembership.objects.filter(pk__in=places, until_on=None).update(until_on=clock.today())
    _tell(together, "remove_person", actor)


def register(people: Sequence[tuple[str, IdentityNumber, UnionBody]], *, actor: Actor) -> list[int]:
    """People nobody knows yet, by name, number and the union that registers them; their ids in the same order."""
    today = clock.today()
    return newcomers.register([Enrolment(*one, joined_on=today) for one in people], actor=actor)


def _place(rows: Sequence[tuple[int, int, str]]) -> list[int]:
    ids, today = bulk.reserve(HouseholdMembership, len(rows)), clock.today()
    bulk.insert(
        HouseholdMembership, MEMBERSHIP, ((pk, *row, today) for pk, row in zip(ids, rows, strict=True))
    )
    return ids


def _tell(people: Mapping[int, list[int]], action: str, actor: Actor) -> None:
    """One entry a person; an object gets one at a time."""
    rows = Household.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    waiting = [(row, people[row.pk]) for row in rows]
    while waiting:
        audit.append([audit.Link(row, action, {"person": some[0]}) for row, some in waiting], actor=actor)
        waiting = [(row, some[1:]) for row, some in waiting if some[1:]]
