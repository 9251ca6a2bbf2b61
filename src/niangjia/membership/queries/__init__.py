"""Every read of membership. Each starts from what the actor may see."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor, scoped
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.fields import found_by
from niangjia.kernel.order import first
from niangjia.kernel.prepared import Children
from niangjia.membership.kinds import MemberState, Sex
from niangjia.membership.models import Household, HouseholdMembership, Member, Person
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import AUDIT
from niangjia.organisation.models import UnionBody

PURPOSE = "membership"
# A search shows so many at most; whoever wants fewer types more.
MOST_MATCHES = 50
SEX_LABELS = dict(Sex.choices)


def people_visible_to(actor: Actor) -> "QuerySet[Person]":
    """People registered in the actor's subtrees, each once."""
    return scoped(Person.objects.filter(merged_into=None), actor, PURPOSE)


def members_visible_to(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[Member]":
    """Memberships in the actor's subtrees, in the order lists are read: by place in the tree, then by age.

    `beneath` cuts the view down to one union's subtree.
    """
    rows = Member.objects.select_related("person", "unit", "employer").order_by("unit__path", "pk")
    return organisation.in_scopes(rows, organisation.scopes_beneath(actor, PURPOSE, beneath))


def standing(members: "QuerySet[Member]", state: str = "") -> "QuerySet[Member]":
    """The memberships that last, or those in one state; raises Invalid for a state there is not."""
    if not state:
        return members.filter(left_on=None)
    if state not in MemberState.values:
        raise Invalid(_("没有这种状态，请从列表上方的选项中选择。"))
    return members.filter(state=state)


def listed(members: "QuerySet[Member]") -> "QuerySet[Member]":
    """With only what lists show of a membership; anything else costs a query of its own."""
    return members.only(
        "public_id", "number", "joined_on", "person", "unit", "employer",
        "person__public_id", "person__name", "person__id_number", "person__phone", "person__pinyin",
        "unit__name", "unit__path", "employer__name",
    )  # fmt: skip


def member_visible_to(actor: Actor, public_id: UUID) -> Member:
    """One membership, or Missing, whether it exists or not."""
    found = members_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这位会员，或您的岗位看不到。"))
    return found


def members_named(actor: Actor, public_ids: Iterable[str]) -> list[Member]:
    """Several memberships, ticked in a list; one that is out of sight is Missing, whether it exists or not."""
    try:
        wanted = {UUID(text) for text in public_ids}
    except ValueError:
        raise Missing(_("没有找到这位会员，或您的岗位看不到。")) from None
    found = list(members_visible_to(actor).filter(public_id__in=wanted))
    if len(found) < len(wanted):
        raise Missing(_("没有找到这位会员，或您的岗位看不到。"))
    return found


def person_visible_to(actor: Actor, public_id: UUID) -> Person:
    """One person, registered or enrolled in the actor's subtrees, or Missing, whether they exist or not."""
    found = Person.objects.select_related("unit").filter(public_id=public_id).first()
    if found is None or not sees(actor, found):
        raise Missing(_("没有找到这个人，或您的岗位看不到。"))
    return found


def person_or_self(public_id: UUID, actor: Actor) -> Person:
    """One person as `person_visible_to` shows, or oneself."""
    own = person_of(actor)
    return own if own and own.public_id == public_id else person_visible_to(actor, public_id)


def member_or_own(public_id: UUID, actor: Actor) -> Member:
    """One membership as `member_visible_to` shows, or one of one's own."""
    own = Member.objects.filter(public_id=public_id, person__user=actor.user_id) if actor.user else None
    found = own.select_related("person", "unit", "employer").first() if own is not None else None
    return found or member_visible_to(actor, public_id)


def sees(actor: Actor, person: Person) -> bool:
    """Whether somebody is registered in the actor's subtrees, or is or was a member there."""
    if any(person.unit.path.startswith(path) for path in actor.scopes(PURPOSE)):
        return True
    return members_visible_to(actor).filter(person=person).exists()


def households_visible_to(actor: Actor) -> "QuerySet[Household]":
    return scoped(Household.objects.all(), actor, PURPOSE)


def person_of(actor: Actor) -> Person | None:
    """The natural person behind an account, if there is one."""
    return person_behind(actor.user_id) if actor.user_id else None


def person_behind(user_id: int) -> Person | None:
    return first(_people_behind.of(user_id))


_people_behind = Children(Person, "user")


def current_membership(person: Person) -> Member | None:
    return first(_lasting_memberships.of(person))


_lasting_memberships = Children(
    Member, "person", lambda rows: rows.filter(left_on=None).select_related("unit", "employer")
)


def is_migrant(person: Person) -> bool:
    """农民工, by the membership that lasts."""
    return bool(_migrant_memberships.of(person.pk))


_migrant_memberships = Children(Member, "person", lambda rows: rows.filter(left_on=None, is_migrant=True))


def memberships_of(person: Person) -> "QuerySet[Member]":
    """Every stay of one person, the newest first."""
    return person.memberships.select_related("person", "unit").order_by("-joined_on", "-pk")


def person_by_phone(phone: str) -> Person | None:
    """For signing in: the one active person with this phone; two people on one phone cannot use it to sign in."""
    people = Person.objects.select_related("user").filter(merged_into=None)
    found = list(people.filter(found_by(Person, "phone", phone))[:2])
    return found[0] if len(found) == 1 else None


def person_signing_in(person_id: int) -> Person | None:
    """The person whom a login code was made for."""
    return Person.objects.select_related("user").filter(pk=person_id).first()


def person_by_id_number(number: str) -> Person | None:
    """Across the whole tree and regardless of sight: callers must answer neutrally."""
    for found in Person.objects.filter(found_by(Person, "id_number", number))[:1]:
        # Asked apart: hardly anybody was registered twice, and a join would build everybody twice.
        return found.merged_into or found
    return None


def current_place(person: Person) -> HouseholdMembership | None:
    """Where and as what the person lives today."""
    return person.households.filter(until_on=None).select_related("household__unit").first()


def keeps(actor: Actor, household: Household) -> bool:
    """Whether the household is kept by a union in the actor's subtrees."""
    return any(household.unit.path.startswith(path) for path in actor.scopes(PURPOSE))


def current_household(person: Person) -> Household | None:
    return first([place.household for place in _present_places.of(person.pk)])


_present_places = Children(
    HouseholdMembership, "person", lambda rows: rows.filter(until_on=None).select_related("household")
)


def hold(row: Person | Household | Member) -> None:
    """Lock a row until the transaction ends: two requests about it go one after the other."""
    # Without locks of rows (SQLite), the transaction holds the whole database already.
    if not connection.features.has_select_for_update:
        return
    list(type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk).values_list("pk"))


def current_members(household: Household | int) -> "QuerySet[HouseholdMembership]":
    """The family, by its row or its id, with what lists show of a person."""
    return _family_in(HouseholdMembership.objects.filter(household=household)).order_by("pk")


def family(household: int) -> list[HouseholdMembership]:
    """The same, for a page that reads them all."""
    return _family.of(household)


def _family_in(rows: "QuerySet[HouseholdMembership]") -> "QuerySet[HouseholdMembership]":
    shown = ("relation", "person__public_id", "person__name", "person__born_on")
    return rows.filter(until_on=None).select_related("person").only(*shown)


_family = Children(HouseholdMembership, "household", _family_in)


# In SQL, since every page of a case asks, and the ORM needs longer to write the question than the database to answer.
HOUSEMATES = """
SELECT mine.person_id, mate.user_id
FROM membership_householdmembership mine
JOIN membership_householdmembership theirs ON theirs.household_id = mine.household_id AND theirs.until_on IS NULL
JOIN membership_person mate ON mate.id = theirs.person_id
WHERE mine.until_on IS NULL AND mate.user_id IS NOT NULL AND mine.person_id IN ({places})
"""


def housemates(people: Iterable[Person]) -> dict[int, set[int]]:
    """Per person's id, the accounts of everybody in the same household today, their own included (回避)."""
    found = {person.pk: {person.user_id} if person.user_id else set() for person in people}
    if found:
        with connection.cursor() as cursor:
            cursor.execute(HOUSEMATES.format(places=", ".join(["%s"] * len(found))), list(found))
            for person, user in cursor.fetchall():
                found[person].add(user)
    return found


def members_matching(actor: Actor, words: str, beneath: UnionBody | None = None) -> "QuerySet[Member]":
    """Search: full ID number or phone by keyed hash, member number, or a prefix of name, pinyin or initials.

    At most `MOST_MATCHES` for each way of reading the words, in the order of names. Each way walks its own index and
    stops there, so a search costs the same however large the table is.
    """
    words = words.strip()
    if not words:
        return members_visible_to(actor, beneath)
    rows = Member.objects.select_related("person", "unit", "employer")
    found = _numbered(words) if _is_number(words) else called(actor, words, beneath)
    rows = rows.filter(pk__in=found).order_by("person__pinyin", "pk")
    return organisation.in_scopes(rows, organisation.scopes_beneath(actor, PURPOSE, beneath))


def _is_number(words: str) -> bool:
    return any(character.isdigit() for character in words)


def _numbered(words: str) -> set[int]:
    """Memberships by full ID number, phone or member number, regardless of sight."""
    ways = (Q(number=words.upper()), Q(person__in=people_numbered(words)))
    return {
        pk for way in ways for pk in Member.objects.filter(way).values_list("pk", flat=True)[:MOST_MATCHES]
    }


def people_numbered(words: str) -> list[int]:
    """The ids of people by full ID number or phone, regardless of sight."""
    # One by one: in an OR, a planner may prefer to read the table.
    rows = (Person.objects.filter(found_by(Person, source, words)) for source in ("id_number", "phone"))
    found = [pk for people in rows for pk in people.values_list("pk", flat=True)[:MOST_MATCHES]]
    # A second registration that was merged leads to the one kept.
    kept = Person.objects.filter(pk__in=found).values_list(Coalesce("merged_into", "pk"), flat=True)
    return list(kept) if found else []


# In SQL, since a search asks once for each reading, and the ORM needs longer to write that than the database to answer.
CALLED = """
SELECT member.id
FROM membership_member member JOIN membership_person person ON person.id = member.person_id
WHERE person.{column} >= %s AND person.{column} < %s AND {within}
ORDER BY person.{column}, person.id LIMIT %s
"""
LAST = "\U0010ffff"


def called(actor: Actor, words: str, beneath: UnionBody | None = None) -> set[int]:
    """The first memberships within sight whose person's name begins with the words."""
    scopes = organisation.scopes_beneath(actor, PURPOSE, beneath)
    if not scopes:
        return set()
    within, bounds = organisation.in_scopes_sql(scopes)
    found: set[int] = set()
    with connection.cursor() as cursor:
        for column, prefix in _readings(words):
            cursor.execute(
                CALLED.format(column=column, within=within), [prefix, prefix + LAST, *bounds, MOST_MATCHES]
            )
            found.update(pk for (pk,) in cursor.fetchall())
    return found


def traced(actor: Actor, number: str) -> list[Member | Person]:
    """What an auditor may look into under a member number: the membership and the person."""
    members = scoped(Member.objects.select_related("person").filter(number=number), actor, AUDIT)
    return [row for member in members for row in (member, member.person)]


def named(words: str, prefix: str = "") -> Q:
    """People whose name, pinyin or initials begin with the words, as ranges that an index serves."""
    condition = Q(pk__in=[])
    for column, beginning in _readings(words):
        condition |= organisation.starting(prefix + column, beginning)
    return condition


def _readings(words: str) -> list[tuple[str, str]]:
    """Which columns may begin with the words, written as they are kept."""
    if not words.isascii():
        return [("name", words)]
    letters = words.lower().replace(" ", "")
    return [("initials", letters), ("pinyin", letters)]
