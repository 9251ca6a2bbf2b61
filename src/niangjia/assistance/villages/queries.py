"""Every read of help for villages: open to assistance duties over the union, and to the cadre posted to the village."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from niangjia.assistance.access import ASSISTANCE, VILLAGE_OFFICER
from niangjia.assistance.models import (
    PairedVillage,
    PostingWork,
    VillageDividend,
    VillageFunding,
    VillageIndustry,
    VillagePosting,
)
from niangjia.assistance.twinning.queries import Asked, chosen
from niangjia.assistance.villages.kinds import (
    RUNNING,
    DividendState,
    PostingRole,
    PostingState,
    VillageState,
)
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, within
from niangjia.kernel.users import User
from niangjia.organisation import queries as organisation
from niangjia.organisation.models import Region, UnionBody

OF_VILLAGE = ("unit", "town")


def through_village() -> tuple[str, ...]:
    """What sentences about a village need, asked from what belongs to it."""
    return tuple(f"village__{name}" for name in OF_VILLAGE)


def villages_visible_to(actor: Actor) -> "QuerySet[PairedVillage]":
    rows = PairedVillage.objects.select_related(*OF_VILLAGE)
    return rows.filter(within(actor.scopes(ASSISTANCE)) | _lives_there(actor, OuterRef("pk")))


def postings_visible_to(actor: Actor) -> "QuerySet[VillagePosting]":
    rows = VillagePosting.objects.select_related("unit", "officer", *through_village())
    own = Q(officer=actor.user_id) if actor.user_id else Q(pk__in=[])
    return rows.filter(within(actor.scopes(ASSISTANCE)) | own)


def dividends_visible_to(actor: Actor) -> "QuerySet[VillageDividend]":
    rows = VillageDividend.objects.select_related("unit", *through_village())
    return rows.filter(within(actor.scopes(ASSISTANCE)) | _lives_there(actor, OuterRef("village")))


def _lives_there(actor: Actor, village: OuterRef) -> Q:
    if actor.user_id is None:
        return Q(pk__in=[])
    return Q(Exists(_in_office().filter(village=village, officer=actor.user_id)))


def villages_chosen(actor: Actor, asked: Asked) -> "QuerySet[PairedVillage]":
    """With who is first secretary, what runs, and what the year asked for (else this one) brought."""
    rows = chosen(villages_visible_to(actor), asked, _named(asked.words), ("unit",))
    secretary = _in_office().filter(role=PostingRole.FIRST_SECRETARY, village=OuterRef("pk"))
    year = asked.year or clock.today().year
    told: QuerySet[PairedVillage] = rows.annotate(
        secretary=Subquery(secretary.values("officer__name")[:1]),
        area=_sum(running_industries(clock.today()), "area_mu"),
        given=_sum(VillageFunding.objects.filter(given_on__year=year), "amount"),
        shared=_sum(certified_dividends().filter(year=year), "amount"),
    )
    return told


def postings_chosen(actor: Actor, asked: Asked) -> "QuerySet[VillagePosting]":
    names = _named(asked.words, "village__") | Q(officer__name=asked.words)
    return chosen(postings_visible_to(actor), asked, names, ("unit",))


def dividends_chosen(actor: Actor, asked: Asked) -> "QuerySet[VillageDividend]":
    rows = chosen(dividends_visible_to(actor), asked, _named(asked.words, "village__"), ("unit",))
    return rows.filter(year=asked.year) if asked.year else rows


def _named(words: str, lookup: str = "") -> Q:
    return Q(**{f"{lookup}name__startswith": words}) | Q(**{f"{lookup}town__name__startswith": words})


def _sum(rows: "QuerySet[Any]", column: str) -> Subquery:
    mine = rows.filter(village=OuterRef("pk")).order_by().values("village")
    return Subquery(mine.annotate(sum=Sum(column)).values("sum"))


def helped_village(union: UnionBody, town: Region, name: str) -> PairedVillage | None:
    rows = PairedVillage.objects.filter(unit=union, town=town, name=name, state=VillageState.HELPED)
    return rows.select_related("town").first()


def held(village: PairedVillage) -> PairedVillage:
    """The village, so that two at once cannot both find room in it."""
    rows = PairedVillage.objects.select_for_update(no_key=True, of=("self",)).select_related(*OF_VILLAGE)
    return rows.get(pk=village.pk)


def may_be_posted(officer: User, union: UnionBody) -> bool:
    """Whether a colleague holds the post of a village cadre at the union today."""
    holders = organisation.holders(VILLAGE_OFFICER, union, clock.today())
    return holders.filter(pk=officer.pk).exists()


def running_posting_of(officer: User) -> VillagePosting | None:
    return VillagePosting.objects.filter(officer=officer, state__in=RUNNING).first()


def running_postings(village: PairedVillage) -> "QuerySet[VillagePosting]":
    return village.postings.filter(state__in=RUNNING)


def first_secretary(village: PairedVillage) -> VillagePosting | None:
    return _in_office().filter(village=village, role=PostingRole.FIRST_SECRETARY).first()


def proposed_first_secretary(village: PairedVillage) -> VillagePosting | None:
    rows = village.postings.filter(state=PostingState.TO_APPROVE, role=PostingRole.FIRST_SECRETARY)
    return rows.select_related("officer").first()


def dividend_of(village: PairedVillage, year: int) -> VillageDividend | None:
    return village.dividends.filter(year=year).exclude(state=DividendState.DISALLOWED).first()


def _in_office() -> "QuerySet[VillagePosting]":
    return VillagePosting.objects.filter(state=PostingState.POSTED)


def helped_on(day: date) -> "QuerySet[PairedVillage]":
    until = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return PairedVillage.objects.filter(until, from_on__lte=day)


def posted_on(day: date) -> "QuerySet[VillagePosting]":
    until = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return VillagePosting.objects.filter(until, approved_on__lte=day)


def running_industries(day: date) -> "QuerySet[VillageIndustry]":
    """Those that have started and not stopped, of villages helped that day."""
    until = Q(stopped_on__isnull=True) | Q(stopped_on__gt=day)
    return VillageIndustry.objects.filter(until, started_on__lte=day, village__in=helped_on(day))


def certified_dividends() -> "QuerySet[VillageDividend]":
    return VillageDividend.objects.filter(state=DividendState.CERTIFIED)


def postings_of(village: PairedVillage) -> "QuerySet[VillagePosting]":
    return village.postings.select_related("officer", "successor__officer").order_by("-pk")


def work_of(village: PairedVillage) -> "QuerySet[PostingWork]":
    return PostingWork.objects.filter(posting__village=village).select_related("posting__officer")


def work_by_role(posting: VillagePosting) -> "QuerySet[Any]":
    """Tuples of role and how many pieces of work."""
    return (
        posting.work.order_by("role")
        .values("role")
        .annotate(number=Count("pk"))
        .values_list("role", "number")
    )


@dataclass(frozen=True)
class Totals:
    """What stands today, and the money of one year, in villages since let go, too."""

    villages: int
    officers: int
    industries: int
    area_mu: int
    given: Decimal
    shared: Decimal


def totals(actor: Actor, year: int, unit: UnionBody | None = None) -> Totals:
    seen = villages_visible_to(actor)
    mine = (seen.filter(within([unit.path])) if unit else seen).order_by().values("pk")
    running = running_industries(clock.today()).filter(village__in=mine)
    given = VillageFunding.objects.filter(given_on__year=year, village__in=mine)
    shared = certified_dividends().filter(year=year, village__in=mine)
    return Totals(
        villages=mine.filter(state=VillageState.HELPED).count(),
        officers=_in_office().filter(village__in=mine).count(),
        industries=running.count(),
        area_mu=running.aggregate(sum=Sum("area_mu"))["sum"] or 0,
        given=given.aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
        shared=shared.aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
    )


def officers(rows: Sequence[VillagePosting]) -> Mapping[int, set[int]]:
    """A posting is about the cadre who is posted."""
    return {row.pk: {row.officer_id} for row in rows}


def posted_to(rows: Sequence[PairedVillage]) -> Mapping[int, set[int]]:
    """Who lives and works in each village now."""
    return _posted({row.pk: row.pk for row in rows})


def posted_to_village_of(rows: Sequence[VillageDividend]) -> Mapping[int, set[int]]:
    """The cadres there, whose work is measured by it (回避)."""
    return _posted({row.pk: row.village_id for row in rows})


def _posted(village_of: Mapping[int, int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {village: set() for village in village_of.values()}
    there = _in_office().filter(village__in=found).values_list("village_id", "officer_id")
    for village, officer in there:
        found[village].add(officer)
    return {row: found[village] for row, village in village_of.items()}
