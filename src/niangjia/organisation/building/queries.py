"""Every read of union building. Each starts from what the actor may see."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, calendar, clock
from niangjia.kernel.access import Actor, scoped, within
from niangjia.kernel.errors import Missing
from niangjia.organisation import parameters
from niangjia.organisation.access import AUDIT, BUILDING
from niangjia.organisation.building.kinds import CLOSED_STATES, PAPERS_ASKED, BuildingPaperKind, Side
from niangjia.organisation.building.parameters import FUND_FROM, HELP_MONTHS
from niangjia.organisation.models import (
    AcceptanceTick,
    BuildingEmployer,
    BuildingPaper,
    Contribution,
    ElectionResult,
    Employer,
    UnionBody,
    UnionBuilding,
)
from niangjia.organisation.queries import starting


def buildings_visible_to(actor: Actor) -> "QuerySet[UnionBuilding]":
    """Cases of the actor's subtrees. Who gave a hint is not among those who see the case: see `own_hints`."""
    return scoped(UnionBuilding.objects.select_related("unit"), actor, BUILDING)


def own_hints(actor: Actor) -> "QuerySet[UnionBuilding]":
    """What a worker has told, newest first; they are shown how far it came and nothing else."""
    if actor.user_id is None:
        return UnionBuilding.objects.none()
    return UnionBuilding.objects.filter(reporter=actor.user_id).order_by("-pk")


def kept_out(rows: Sequence[UnionBuilding]) -> dict[int, set[int]]:
    """Whoever gave the hint does not work on it (回避)."""
    return {row.pk: {row.reporter_id} for row in rows if row.reporter_id is not None}


def traced(actor: Actor, number: str) -> list[UnionBuilding]:
    return list(scoped(UnionBuilding.objects.filter(number=number), actor, AUDIT))


def buildings_matching(actor: Actor, words: str) -> "QuerySet[UnionBuilding]":
    """Cases by number, else by the beginning of the place's or an employer's name; newest first."""
    words = words.strip()
    rows = buildings_visible_to(actor).order_by("-pk")
    numbered = rows.filter(number=words.upper())
    if numbered.exists():
        return numbered
    links = BuildingEmployer.objects.filter(starting("employer__name", words), building=OuterRef("pk"))
    return rows.filter(starting("name", words) | Q(Exists(links)))


def buildings_chosen(
    actor: Actor,
    *,
    words: str = "",
    state: str = "",
    source: str = "",
    overdue: bool = False,
    unit: UnionBody | None = None,
) -> "QuerySet[UnionBuilding]":
    """The list as a clerk cuts it down, newest first."""
    rows = buildings_matching(actor, words) if words else buildings_visible_to(actor).order_by("-pk")
    if state == "open":
        rows = rows.exclude(state__in=CLOSED_STATES)
    elif state:
        rows = rows.filter(state=state)
    if source:
        rows = rows.filter(source=source)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    return rows.filter(within([unit.path])) if unit else rows


def employers_in(building: UnionBuilding) -> "QuerySet[BuildingEmployer]":
    return building.links.filter(voided_at=None).select_related("employer", "employer__region")


def running_case(employer: Employer) -> UnionBuilding | None:
    """The one case that the employer is in and that is not over."""
    link = BuildingEmployer.objects.filter(employer=employer, released_at=None).select_related("building")
    found = link.first()
    return found.building if found else None


def papers(building: UnionBuilding) -> "QuerySet[BuildingPaper]":
    return building.papers.filter(voided_at=None).select_related("stored", "added_by")


def paper_visible_to(actor: Actor, public_id: UUID | str) -> BuildingPaper:
    found = (
        BuildingPaper.objects.filter(public_id=public_id, building__in=buildings_visible_to(actor).order_by())
        .select_related("building__unit", "stored")
        .first()
    )
    if found is None:
        raise Missing(_("没有找到这份材料，或您的岗位看不到它。"))
    return found


ROWS: dict[str, type[Any]] = {
    "employer": BuildingEmployer,
    "result": ElectionResult,
    "tick": AcceptanceTick,
    "contribution": Contribution,
}


def added_to(building: UnionBuilding) -> "dict[str, QuerySet[Any]]":
    """The rows in force of each kind but the employers."""
    return {
        "result": building.elected.filter(voided_at=None).order_by("pk"),
        "tick": building.ticks.filter(voided_at=None).order_by("pk"),
        "contribution": contributions(building),
    }


def row_visible_to(actor: Actor, what: str, public_id: UUID | str) -> Any:
    """One row that was added to a case the actor sees."""
    if what not in ROWS:
        raise Missing(_("没有找到这一行，或您的岗位看不到它。"))
    rows = ROWS[what].objects.filter(voided_at=None, building__in=buildings_visible_to(actor).order_by())
    found = rows.select_related("building__unit").filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这一行，或您的岗位看不到它。"))
    return found


def papers_missing(building: UnionBuilding) -> list[BuildingPaperKind]:
    """What a case has usually brought by its present stage and this one has not."""
    there = set(papers(building).values_list("kind", flat=True))
    asked: list[BuildingPaperKind] = []
    for stage, kinds in PAPERS_ASKED.items():
        if stage == building.state:
            asked += kinds
            return [kind for kind in asked if kind not in there]
        asked += kinds
    return []


def contributions(building: UnionBuilding) -> "QuerySet[Contribution]":
    return building.contributions.filter(voided_at=None).order_by("given_on", "pk")


def contributed(building: UnionBuilding) -> list[tuple[Side, Decimal | None]]:
    """Per side, in the fixed order of the five, what it gave in all; None: nothing yet."""
    rows = contributions(building).order_by().values("side").annotate(total=Sum("amount"))
    sums = {row["side"]: row["total"] for row in rows}
    return [(side, sums.get(side.value)) for side in Side]


def build_by(building: UnionBuilding) -> date | None:
    """The day by which the law of the place wants a union."""
    if building.operating_since is None:
        return None
    months = parameters.value(HELP_MONTHS, building.unit, clock.today())
    return calendar.add_months(building.operating_since, months)


def fund_from(building: UnionBuilding) -> date | None:
    """From which day on the 筹备金 comes back, as the place words it; None: not yet."""
    rule = str(parameters.value(FUND_FROM, building.unit, clock.today()))
    if "指导" in rule:
        return building.helped_from
    if "筹备组" in rule:
        return building.prepared_on
    reached = build_by(building)
    return None if reached is None else (reached.replace(day=28) + timedelta(days=4)).replace(day=1)


def moved(
    actor: Actor, state: str, movement: str, first: date, last: date, unit: UnionBody | None = None
) -> "QuerySet[UnionBuilding]":
    """The cases behind a number of the funnel: which came into a stage, went out of it, or stood in it at the end."""
    rows = buildings_visible_to(actor).order_by("-pk")
    if unit:
        rows = rows.filter(within([unit.path]))
    entries = audit.AuditEntry.objects.filter(
        object_type=audit.object_type(UnionBuilding), object_id=OuterRef("pk")
    )
    passed = entries.exclude(from_state=F("to_state"))
    start, end = clock.midnight(first), clock.midnight(last + timedelta(days=1))
    if movement == "in":
        return rows.filter(Exists(passed.filter(to_state=state, at__gte=start, at__lt=end)))
    if movement == "out":
        return rows.filter(Exists(passed.filter(from_state=state, at__gte=start, at__lt=end)))
    before = entries.filter(at__lt=end).exclude(to_state="").order_by("-position")
    return rows.alias(stood=before.values("to_state")[:1]).filter(stood=state)
