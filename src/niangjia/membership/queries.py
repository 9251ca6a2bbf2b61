"""Every read of membership. Each starts from what the actor may see."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from niangjia.kernel.access import Actor, scoped
from niangjia.kernel.fields import found_by
from niangjia.membership.models import Household, HouseholdMembership, Member, Person

PURPOSE = "membership"


def people_visible_to(actor: Actor) -> "QuerySet[Person]":
    """People registered in the actor's subtrees."""
    return scoped(Person.objects.all(), actor, PURPOSE)


def members_visible_to(actor: Actor) -> "QuerySet[Member]":
    """Memberships in the actor's subtrees, in the order lists are read: by place in the tree, then by age."""
    return scoped(Member.objects.select_related("person", "unit", "employer"), actor, PURPOSE).order_by(
        "unit__path", "pk"
    )


def households_visible_to(actor: Actor) -> "QuerySet[Household]":
    return scoped(Household.objects.all(), actor, PURPOSE)


def person_of(actor: Actor) -> Person | None:
    """The natural person behind an account, if there is one."""
    return Person.objects.filter(user=actor.user_id).first() if actor.user else None


def current_membership(person: Person) -> Member | None:
    return person.memberships.filter(left_on=None).select_related("unit", "employer").first()


def person_by_phone(phone: str) -> Person | None:
    """For signing in: the one active person with this phone; two people on one phone cannot use it to sign in."""
    found = list(Person.objects.select_related("user").filter(found_by(Person, "phone", phone))[:2])
    return found[0] if len(found) == 1 else None


def person_signing_in(person_id: int) -> Person | None:
    """The person whom a login code was made for."""
    return Person.objects.select_related("user").filter(pk=person_id).first()


def person_by_id_number(number: str) -> Person | None:
    """Across the whole tree and regardless of sight: callers must answer neutrally."""
    return Person.objects.filter(found_by(Person, "id_number", number)).first()


def current_household(person: Person) -> Household | None:
    return Household.objects.filter(memberships__person=person, memberships__until_on=None).first()


def current_members(household: Household) -> "QuerySet[HouseholdMembership]":
    return household.memberships.filter(until_on=None).select_related("person").order_by("pk")


def housemates(person_ids: Iterable[int]) -> dict[int, set[int]]:
    """Per person, the accounts of everybody in the same household today, their own included (回避)."""
    ids = list(person_ids)
    found: dict[int, set[int]] = {
        person: {user}
        for person, user in Person.objects.filter(pk__in=ids, user__isnull=False).values_list("pk", "user")
    }
    pairs = (
        HouseholdMembership.objects.filter(person__in=ids, until_on=None)
        .filter(household__memberships__until_on=None, household__memberships__person__user__isnull=False)
        .values_list("person", "household__memberships__person__user")
    )
    for person, user in pairs:
        if user is not None:
            found.setdefault(person, set()).add(user)
    return found


def members_matching(actor: Actor, words: str) -> "QuerySet[Member]":
    """Search: full ID number or phone by keyed hash, member number, or a prefix of name, pinyin or initials."""
    words = words.strip()
    rows = members_visible_to(actor)
    if not words:
        return rows
    if any(character.isdigit() for character in words):
        known = found_by(Person, "id_number", words, through="person__")
        return rows.filter(
            known | found_by(Person, "phone", words, through="person__") | Q(number=words.upper())
        )
    return rows.filter(named(words, "person__"))


def named(words: str, prefix: str = "") -> Q:
    """People whose name, pinyin or initials begin with the words, as ranges that an index serves."""
    column = prefix + "name"
    if words.isascii():
        words = words.lower().replace(" ", "")
        return starting(prefix + "initials", words) | starting(prefix + "pinyin", words)
    return starting(column, words)


def starting(column: str, words: str) -> Q:
    return Q(**{f"{column}__gte": words, f"{column}__lt": words + "\U0010ffff"})
