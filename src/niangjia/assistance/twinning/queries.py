"""Every read of twinning: open to assistance duties over the union that helps, the one helped, and the one above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.models import (
    CountyProject,
    HelpPaper,
    ProjectFunding,
    ProjectPaper,
    Twinning,
    TwinningHelp,
)
from niangjia.assistance.twinning.kinds import (
    RUNNING,
    UNFINISHED,
    HelpKind,
    HelpState,
    ProjectState,
    Purpose,
    TwinningState,
)
from niangjia.assistance.twinning.parameters import KEY_COUNTY
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, Row, scoped, within
from niangjia.kernel.errors import Missing
from niangjia.kernel.money import yuan
from niangjia.organisation import queries as organisation
from niangjia.organisation.kinds import UnionLevel
from niangjia.organisation.models import UnionBody
from niangjia.organisation.parameters import by_region, value
from niangjia.organisation.paths import ancestors

SIDES = ("unit", "helper", "helped")


def twinnings_visible_to(actor: Actor) -> "QuerySet[Twinning]":
    return Twinning.objects.select_related(*SIDES).filter(_between(actor.scopes(ASSISTANCE)))


def help_visible_to(actor: Actor) -> "QuerySet[TwinningHelp]":
    rows = TwinningHelp.objects.select_related("unit", *(f"twinning__{side}" for side in SIDES))
    return rows.filter(_between(actor.scopes(ASSISTANCE), "twinning__"))


def projects_visible_to(actor: Actor) -> "QuerySet[CountyProject]":
    """Those of the actor's counties, and those into which a union of theirs pays as a twin."""
    scopes = actor.scopes(ASSISTANCE)
    paid = ProjectFunding.objects.filter(_between(scopes, "twinning__"), project=OuterRef("pk"))
    rows = CountyProject.objects.select_related("unit").prefetch_related("delays")
    return rows.filter(within(scopes) | Q(Exists(paid)))


def _between(paths: Sequence[str], lookup: str = "") -> Q:
    found = Q(pk__in=[])
    for side in SIDES:
        found |= within(paths, f"{lookup}{side}")
    return found


@dataclass(frozen=True)
class Asked:
    """How a list is cut down; of help also by the year in which it was confirmed, and by its purpose."""

    words: str = ""
    state: str = ""
    overdue: bool = False
    unit: UnionBody | None = None
    year: int | None = None
    purpose: str = ""


def twinnings_chosen(actor: Actor, asked: Asked) -> "QuerySet[Twinning]":
    names = Q(helper__name__startswith=asked.words) | Q(helped__name__startswith=asked.words)
    return chosen(twinnings_visible_to(actor), asked, names, ("helper", "helped"))


def help_chosen(actor: Actor, asked: Asked) -> "QuerySet[TwinningHelp]":
    names = Q(twinning__helper__name__startswith=asked.words) | Q(
        twinning__helped__name__startswith=asked.words
    )
    rows = chosen(help_visible_to(actor), asked, names, ("twinning__helper", "twinning__helped"))
    if asked.year:
        rows = rows.filter(confirmed_on__year=asked.year)
    return rows.filter(purpose=asked.purpose) if asked.purpose else rows


def projects_chosen(actor: Actor, asked: Asked) -> "QuerySet[CountyProject]":
    return chosen(projects_visible_to(actor), asked, Q(name__contains=asked.words), ("unit",))


def chosen(rows: "QuerySet[Any]", asked: Asked, names: Q, sides: Sequence[str]) -> "QuerySet[Any]":
    rows = rows.order_by("-pk")
    if asked.words:
        rows = rows.filter(Q(number=asked.words.upper()) | names)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.overdue:
        rows = rows.filter(due_on__lt=clock.today())
    if asked.unit is None:
        return rows
    beneath = Q(pk__in=[])
    for side in sides:
        beneath |= within([asked.unit.path], side)
    return rows.filter(beneath)


def is_key(union: UnionBody, on: date) -> bool:
    return bool(value(KEY_COUNTY, union, on))


def counties() -> "QuerySet[UnionBody]":
    return UnionBody.objects.filter(level=UnionLevel.COUNTY)


def key_counties(on: date) -> "QuerySet[UnionBody]":
    """County unions, living on a day, of regions that are marked as key counties that day."""
    living = Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on)
    marked = counties().alias(is_key=by_region(KEY_COUNTY, on))
    return marked.filter(living, is_key=1, founded_on__lte=on)


def counties_visible_to(actor: Actor) -> "QuerySet[UnionBody]":
    return organisation.unions_visible_to(actor).filter(level=UnionLevel.COUNTY, dissolved_on=None)


def superior_of_both(helper: UnionBody, helped: UnionBody) -> UnionBody:
    """The nearest union above both; one of the two themselves where it stands above the other."""
    shared = set(ancestors(helper.path)) & set(ancestors(helped.path))
    return UnionBody.objects.get(path=max(shared, key=len))


def running_with(*unions: UnionBody) -> "QuerySet[Twinning]":
    """Twinnings, proposed or in force, that any of the unions is part of."""
    rows = Twinning.objects.filter(state__in=RUNNING)
    return rows.filter(Q(helper__in=unions) | Q(helped__in=unions))


def in_force(on: date) -> "QuerySet[Twinning]":
    until = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return Twinning.objects.filter(until, approved_on__lte=on)


def unfinished_project(county: UnionBody) -> CountyProject | None:
    return CountyProject.objects.filter(unit=county, state__in=UNFINISHED).first()


def funding_of(project: CountyProject) -> "QuerySet[ProjectFunding]":
    return project.funding.select_related("twinning__helper")


def funded_amount(project: CountyProject) -> Decimal:
    return project.funding.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def first_planned(project: CountyProject) -> dict[str, date]:
    """By the column of the planned day: for which day it was planned before it was ever put off."""
    first: dict[str, date] = {}
    for delay in project.delays.all():
        first.setdefault(delay.planned, delay.before_on)
    return first


def papers_of(case: Any) -> "QuerySet[Any]":
    rows: QuerySet[Any] = case.papers.filter(voided_at=None).select_related("stored", "added_by")
    return rows


def help_paper(actor: Actor, public_id: UUID | str) -> HelpPaper:
    rows = HelpPaper.objects.filter(help__in=help_visible_to(actor))
    return _found(rows.select_related("stored", *(f"help__twinning__{side}" for side in SIDES)), public_id)


def project_paper(actor: Actor, public_id: UUID | str) -> ProjectPaper:
    rows = ProjectPaper.objects.filter(project__in=projects_visible_to(actor))
    return _found(rows.select_related("stored", "project__unit"), public_id)


def _found(rows: "QuerySet[Row]", public_id: UUID | str) -> Row:
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这份材料，或您的岗位看不到它。"))
    return found


@dataclass(frozen=True)
class KeyCounty:
    """What reaches one key county: its helpers today, the year's money, its project."""

    union: UnionBody
    helpers: tuple[UnionBody, ...]
    planned: Decimal
    arrived: Decimal
    project: CountyProject | None
    fewest: int
    most: int
    # What would have arrived in the year if all key counties in sight had got the same.
    even: Decimal

    @property
    def share_of_even(self) -> int | None:
        """In percent; None in a year that brought nothing to anybody."""
        return round(self.arrived * 100 / self.even) if self.even else None

    @property
    def has_few(self) -> bool:
        return len(self.helpers) < self.fewest

    @property
    def has_many(self) -> bool:
        return len(self.helpers) > self.most


def overview(actor: Actor, year: int, unit: UnionBody | None = None) -> list[KeyCounty]:
    """Every key county in sight, fewest helpers first. Even: as many helpers as the others, or one more."""
    seen = scoped(key_counties(clock.today()), actor, ASSISTANCE, unit="")
    found = list(seen.filter(within([unit.path], "")) if unit else seen)
    running = twinnings_visible_to(actor).filter(state=TwinningState.TWINNED, helped__in=found)
    helpers: dict[int, list[UnionBody]] = {union.pk: [] for union in found}
    for row in running.order_by("helper__path"):
        helpers[row.helped_id].append(row.helper)
    year_of_plan, year_of_arrival = Q(planned_on__year=year), Q(confirmed_on__year=year)
    planned = _by_county(found, year_of_plan & ~Q(state=HelpState.WITHDRAWN), "amount")
    arrived = _by_county(found, year_of_arrival, "arrived_amount")
    projects = CountyProject.objects.filter(unit__in=found).exclude(state=ProjectState.HALTED)
    latest = {project.unit_id: project for project in projects.order_by("pk")}
    fewest, rest = divmod(sum(map(len, helpers.values())), len(found) or 1)
    even = yuan(sum(arrived.values(), Decimal(0)) / (len(found) or 1))
    rows = [
        KeyCounty(
            union,
            tuple(helpers[union.pk]),
            planned.get(union.pk, Decimal(0)),
            arrived.get(union.pk, Decimal(0)),
            latest.get(union.pk),
            max(fewest, 1),
            max(fewest + bool(rest), 1),
            even,
        )
        for union in found
    ]
    return sorted(rows, key=lambda row: (len(row.helpers), row.union.path))


def arrived_by_purpose(
    actor: Actor, counties: Sequence[KeyCounty], year: int
) -> list[tuple[Purpose, Decimal]]:
    """The money that reached these counties in a year, the most first."""
    helped = [county.union for county in counties]
    rows = help_visible_to(actor).filter(
        kind=HelpKind.MONEY, confirmed_on__year=year, twinning__helped__in=helped
    )
    sums = rows.values("purpose").annotate(sum=Sum("arrived_amount")).order_by("-sum", "purpose")
    return [(Purpose(purpose), amount) for purpose, amount in sums.values_list("purpose", "sum")]


def _by_county(unions: Sequence[UnionBody], which: Q, column: str) -> Mapping[int, Decimal]:
    rows = TwinningHelp.objects.filter(which, twinning__helped__in=unions).order_by()
    sums = rows.values("twinning__helped").annotate(sum=Sum(column)).values_list("twinning__helped", "sum")
    return {pk: amount or Decimal(0) for pk, amount in sums}


def nobody(rows: Sequence[Any]) -> Mapping[int, set[int]]:
    """Twinning is between unions; no person is a party to it."""
    return {}
