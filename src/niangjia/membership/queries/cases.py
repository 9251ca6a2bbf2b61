"""Reads of what happens to memberships: applications, transfers, and the memberships themselves as cases."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor, within
from niangjia.kernel.errors import Missing
from niangjia.membership import queries
from niangjia.membership.kinds import APPLICATIONS_CLOSED, TRANSFERS_CLOSED, ApplicationState, TransferState
from niangjia.membership.models import Member, MembershipApplication, Person, Transfer
from niangjia.organisation import regions
from niangjia.organisation.kinds import UnionKind
from niangjia.organisation.models import Employer, Region, UnionBody
from niangjia.organisation.paths import ROOT

PURPOSE = queries.PURPOSE
FEDERATIONS = (
    UnionKind.TOWN_FEDERATION,
    UnionKind.COUNTY_FEDERATION,
    UnionKind.CITY_FEDERATION,
    UnionKind.PROVINCIAL_FEDERATION,
)
# Unions of unions: people join one beneath them.
OF_UNIONS = (UnionKind.NATIONAL_FEDERATION, *FEDERATIONS[1:], UnionKind.INDUSTRY_UNION)
# Fewer would list whatever there is.
FEWEST_LETTERS, MOST_UNIONS = 2, 10


def stays_visible_to(actor: Actor) -> "QuerySet[Member]":
    """Memberships in the actor's subtrees, and the actor's own, each union's that ever was."""
    rows = Member.objects.select_related("person", "unit", "employer")
    scopes = actor.scopes(PURPOSE)
    if ROOT in scopes:
        return rows
    # As ids, so that a list of the actor's subtrees stays a range of the tree.
    mine = (
        list(Member.objects.filter(person__user=actor.user_id).values_list("pk", flat=True))
        if actor.user
        else []
    )
    if not mine:
        return rows.filter(within(scopes)) if scopes else rows.none()
    return rows.filter(within(scopes) | Q(pk__in=mine)) if scopes else rows.filter(pk__in=mine)


def applications_visible_to(actor: Actor) -> "QuerySet[MembershipApplication]":
    """Applications on the desks of the actor's subtrees, and the actor's own."""
    rows = MembershipApplication.objects.select_related("person", "unit", "employer", "pool", "region")
    return _in_sight(rows, actor, "unit")


def transfers_visible_to(actor: Actor) -> "QuerySet[Transfer]":
    """Transfers out of and into the actor's subtrees, and the actor's own."""
    rows = Transfer.objects.select_related("member__person", "unit", "from_unit", "to_unit", "employer")
    return _in_sight(rows, actor, "from_unit", "to_unit", person="member__person")


def _in_sight(rows: "QuerySet[Any]", actor: Actor, *units: str, person: str = "person") -> "QuerySet[Any]":
    own = Q(**{f"{person}__user": actor.user_id}) if actor.user else Q(pk__in=[])
    scopes = actor.scopes(PURPOSE)
    if ROOT in scopes:
        return rows
    for unit in units if scopes else ():
        own |= within(scopes, unit)
    return rows.filter(own)


def applications_chosen(
    actor: Actor, *, words: str = "", state: str = "", overdue: bool = False, unit: UnionBody | None = None
) -> "QuerySet[MembershipApplication]":
    """The list as a clerk cuts it down; newest first."""
    rows = applications_visible_to(actor).order_by("-pk")
    rows = _matching(rows, words, "person")
    if state in ApplicationState.values:
        rows = rows.filter(state=state)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    return rows.filter(within([unit.path])) if unit else rows


def transfers_chosen(
    actor: Actor,
    *,
    words: str = "",
    state: str = "",
    overdue: bool = False,
    way: str = "",
    unit: UnionBody | None = None,
) -> "QuerySet[Transfer]":
    """The list as a clerk cuts it down; `way` is "out" or "in", of the unit or of all that the actor sees."""
    rows = transfers_visible_to(actor).order_by("-pk")
    rows = _matching(rows, words, "member__person")
    if state in TransferState.values:
        rows = rows.filter(state=state)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    paths = [unit.path] if unit else actor.scopes(PURPOSE)
    leaving, arriving = within(paths, "from_unit"), within(paths, "to_unit")
    if way in ("out", "in"):
        return rows.filter(leaving if way == "out" else arriving)
    return rows.filter(leaving | arriving) if unit else rows


def _matching(rows: "QuerySet[Any]", words: str, person: str) -> "QuerySet[Any]":
    words = words.strip()
    if not words:
        return rows
    if not any(character.isdigit() for character in words):
        return rows.filter(queries.named(words, f"{person}__"))
    return rows.filter(Q(number=words.upper()) | Q(**{f"{person}__in": queries.people_numbered(words)}))


def own_applications(actor: Actor) -> "QuerySet[MembershipApplication]":
    rows = MembershipApplication.objects.filter(person__user=actor.user_id)
    return rows.select_related("person", "unit").order_by("-pk")


def own_transfers(actor: Actor) -> "QuerySet[Transfer]":
    rows = Transfer.objects.filter(member__person__user=actor.user_id)
    return rows.select_related("member__person", "unit", "from_unit", "to_unit").order_by("-pk")


def stays_of(person: Person) -> "QuerySet[Member]":
    """Every union the person was a member of, the latest first."""
    return person.memberships.select_related("unit", "employer").order_by("-joined_on", "-pk")


def running_application(person: Person) -> MembershipApplication | None:
    return person.applications.exclude(state__in=APPLICATIONS_CLOSED).select_related("unit").first()


def running_transfer(member: Member) -> Transfer | None:
    # All of them, since a list of memberships has fetched them together; there are hardly ever two.
    return next((one for one in member.transfers.all() if one.state not in TRANSFERS_CLOSED), None)


def takes_members(union: UnionBody) -> bool:
    return union.kind not in OF_UNIONS and not union.is_dissolved


def unions_to_join(words: str) -> list[UnionBody]:
    """For whoever looks for the union of their work: those that a part of their own name, or an employer's, leads to.

    Anybody may ask, so a union is found and never an employer, nor who or how many are in it.
    """
    words = words.strip()
    if len(words) < FEWEST_LETTERS:
        return []
    employers = Employer.objects.filter(name__icontains=words, is_operating=True, union__isnull=False)
    rows = UnionBody.objects.filter(Q(name__icontains=words) | Q(pk__in=employers.values("union")))
    rows = rows.filter(dissolved_on=None).exclude(kind__in=OF_UNIONS).select_related("region")
    return list(rows.order_by("name", "pk")[:MOST_UNIONS])


def union_to_join(number: str) -> UnionBody:
    """By the number in its join address, which anybody may open; Missing for what is dissolved or no union."""
    found = UnionBody.objects.filter(number=number.upper(), dissolved_on=None).first()
    if found is None:
        raise Missing(_("没有找到这个工会，它可能已经撤销。请向工会索取新的二维码。"))
    return found


def federation_of(region: Region, *kinds: str) -> UnionBody | None:
    """The nearest living federation of a region: its own, else that of the region above."""
    found = UnionBody.objects.filter(
        region__in=regions.chain(region.pk), kind__in=kinds or FEDERATIONS, dissolved_on=None
    )
    return found.order_by("-path").first()


def is_in_the_tree(region: Region) -> bool:
    """Whether the place, or the county it lies in, has a federation of its own."""
    return federation_of(region, *FEDERATIONS[:2]) is not None


def pool_of(region: Region) -> UnionBody | None:
    """The county whose pool takes people from this region; where no county has a federation, the one above it."""
    return federation_of(region, *FEDERATIONS[1:])


def subjects(members: Sequence[Member]) -> Mapping[int, set[int]]:
    return _accounts((row.pk, row.person) for row in members)


def kept_out(members: Sequence[Member]) -> Mapping[int, set[int]]:
    return _households([(row.pk, row.person) for row in members])


def application_subjects(rows: Sequence[MembershipApplication]) -> Mapping[int, set[int]]:
    return _accounts((row.pk, row.person) for row in rows)


def application_conflicts(rows: Sequence[MembershipApplication]) -> Mapping[int, set[int]]:
    return _households([(row.pk, row.person) for row in rows])


def transfer_subjects(rows: Sequence[Transfer]) -> Mapping[int, set[int]]:
    return _accounts((row.pk, row.member.person) for row in rows)


def transfer_conflicts(rows: Sequence[Transfer]) -> Mapping[int, set[int]]:
    return _households([(row.pk, row.member.person) for row in rows])


def _accounts(people: Iterable[tuple[int, Person]]) -> dict[int, set[int]]:
    """Per case, the account of the person it is about."""
    return {pk: {person.user_id} for pk, person in people if person.user_id is not None}


def _households(people: Sequence[tuple[int, Person]]) -> dict[int, set[int]]:
    """Per case, the accounts of the person and everybody in their household (回避)."""
    housemates = queries.housemates(person for _pk, person in people)
    return {pk: housemates[person.pk] for pk, person in people}
