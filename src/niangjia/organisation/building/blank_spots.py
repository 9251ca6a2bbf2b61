"""空白点: operating employers without a union, as a list at any time and as the month's release that becomes leads."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import (
    Count,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from niangjia.kernel import audit, calendar, clock
from niangjia.kernel.access import CLOCK, Actor, within
from niangjia.kernel.errors import Refused
from niangjia.kernel.jobs import Progress
from niangjia.organisation import parameters
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import BUILDING
from niangjia.organisation.building import queries
from niangjia.organisation.building.kinds import State
from niangjia.organisation.building.parameters import BLANK_FROM, RELEASE_DAY, REST_MONTHS
from niangjia.organisation.building.workflow import take_from_list
from niangjia.organisation.kinds import UnionLevel
from niangjia.organisation.models import (
    BlankSpot,
    BlankSpotRelease,
    BuildingEmployer,
    Employer,
    UnionBody,
)

# Whose month's list it is: the federation of the district, or above where there is none.
RELEASING = (UnionLevel.COUNTY, UnionLevel.CITY, UnionLevel.PROVINCE)
# So many employers become leads in one transaction.
CHUNK = 50


def blank_spots(on: date) -> "QuerySet[Employer]":
    """Operating, without a union, and as many staff as the employer's own region counts from."""
    wanted = parameters.by_region(BLANK_FROM, on)
    return Employer.objects.alias(counted_from=wanted).filter(
        union__isnull=True, is_operating=True, staff_count__gte=F("counted_from")
    )


def blank_spots_visible_to(
    actor: Actor, *, unit: UnionBody | None = None, followed: str = "", staff_from: int = 0, words: str = ""
) -> "QuerySet[Employer]":
    """The list as a clerk looks at it, the largest employers first; with what is known of each.

    `followed`: "yes" only those in a running case, "no" only those in none, "never" those nobody ever visited.
    """
    rows = blank_spots(clock.today()).select_related("unit", "region").order_by("-staff_count", "id")
    rows = organisation.in_scopes(rows, organisation.scopes_beneath(actor, BUILDING, unit))
    links = BuildingEmployer.objects.filter(employer=OuterRef("pk"))
    running = links.filter(released_at=None)
    rows = rows.annotate(
        case_number=Subquery(running.values("building__number")[:1]),
        case_id=Subquery(running.values("building__public_id")[:1]),
        case_state=Subquery(running.values("building__state")[:1]),
        last_contact_on=Subquery(
            links.exclude(building__last_contact_on=None)
            .order_by("-building__last_contact_on")
            .values("building__last_contact_on")[:1],
            output_field=DateField(),
        ),
    )
    if followed == "yes":
        rows = rows.filter(case_number__isnull=False)
    elif followed == "no":
        rows = rows.filter(case_number__isnull=True)
    elif followed == "never":
        rows = rows.filter(last_contact_on__isnull=True)
    if staff_from:
        rows = rows.filter(staff_count__gte=staff_from)
    if words:
        rows = rows.filter(Q(uscc=words.upper()) | organisation.starting("name", words))
    return rows


def blank_counts(actor: Actor, unit: UnionBody | None = None) -> tuple[int, int]:
    """How many blank spots there are, and of those how many are in a running case."""
    rows: QuerySet[Any] = blank_spots_visible_to(actor, unit=unit).order_by()
    return rows.count(), rows.filter(case_number__isnull=False).count()


def releases_visible_to(actor: Actor) -> "QuerySet[BlankSpotRelease]":
    """The lists already made, newest first, each with how many stand on it and how many became cases by it."""
    rows = BlankSpotRelease.objects.select_related("unit")
    rows = organisation.in_scopes(rows, actor.scopes(BUILDING))
    counted = BlankSpot.objects.filter(release=OuterRef("pk")).order_by().values("release")
    return rows.annotate(
        spot_count=Coalesce(
            Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
        founded_count=Coalesce(
            Subquery(
                counted.filter(employer__union__isnull=False).annotate(n=Count("pk")).values("n"),
                output_field=IntegerField(),
            ),
            0,
        ),
    ).order_by("-month", "unit__path", "id")


# The month's release


def release_due(progress: Progress | None = None) -> int:
    """Make the lists that are due this month and not made yet, and turn them into leads; how many leads.

    Safe to repeat: a list is made once a month, a spot handled once. What a killed run left is taken up.
    """
    today, opened = clock.today(), 0
    for unit in _releasing_unions():
        if today.day >= parameters.value(RELEASE_DAY, unit, today):
            opened += release_of(unit, progress)
    return opened


def release_of(unit: UnionBody, progress: Progress | None = None) -> int:
    """This month's list of one federation, made if it is not there, and followed up."""
    return _follow_up(_released(unit, clock.today().replace(day=1)), progress)


def _releasing_unions() -> list[UnionBody]:
    alive = UnionBody.objects.filter(dissolved_on__isnull=True, level__in=RELEASING)
    return list(alive.select_related("region").order_by("path"))


def _released(unit: UnionBody, month: date) -> BlankSpotRelease:
    """The list with all its spots in one transaction: there is none without them."""
    with transaction.atomic():
        release, is_new = BlankSpotRelease.objects.get_or_create(unit=unit, month=month)
        if is_new:
            rows = _spots_of(unit).order_by("pk").values_list("pk", "staff_count")
            spots = [
                BlankSpot(release=release, employer_id=employer, staff_count=staff)
                for employer, staff in rows.iterator(2000)
            ]
            BlankSpot.objects.bulk_create(spots, batch_size=500)
            audit.record(release, "release", actor=CLOCK, changes={"month": month, "spots": len(spots)})
    return release


def _spots_of(unit: UnionBody) -> "QuerySet[Employer]":
    """Those beneath the union and beneath no releasing union of its own below."""
    rows = blank_spots(clock.today()).filter(within([unit.path]))
    below = UnionBody.objects.filter(
        within([unit.path], ""), level__in=RELEASING, dissolved_on__isnull=True
    ).exclude(pk=unit.pk)
    lower = list(below.values_list("path", flat=True))
    if lower:
        rows = rows.exclude(within(_outermost(lower)))
    return rows


def _outermost(found: list[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(found):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def _follow_up(release: BlankSpotRelease, progress: Progress | None) -> int:
    """Each spot that no case follows becomes a lead; those given up lately are left in peace."""
    opened = 0
    while True:
        with transaction.atomic():
            waiting = BlankSpot.objects.select_for_update(no_key=True).filter(
                release=release, handled_at=None
            )
            spots = list(waiting.order_by("pk")[:CHUNK])
            if not spots:
                return opened
            opened += sum(_handle(spot) for spot in spots)
        if progress is not None:
            progress.advance(len(spots))


def _handle(spot: BlankSpot) -> bool:
    employer = Employer.objects.select_for_update(no_key=True).get(pk=spot.employer_id)
    running = queries.running_case(employer)
    is_new = running is None and employer.union_id is None and not _rests(employer)
    if is_new:
        try:
            with transaction.atomic():
                running = take_from_list(actor=CLOCK, employer=employer)
        except Refused:
            # Its union was dissolved or it was organised meanwhile; the next list will say so.
            is_new = False
    spot.building, spot.handled_at = running, clock.now()
    spot.save(update_fields=["building", "handled_at"])
    return is_new


def _rests(employer: Employer) -> bool:
    months = parameters.value(REST_MONTHS, employer.region, clock.today())
    since = clock.midnight(calendar.add_months(clock.today(), -months))
    return BuildingEmployer.objects.filter(
        employer=employer,
        voided_at=None,
        building__state=State.GIVEN_UP,
        building__state_since__gte=since,
    ).exists()
