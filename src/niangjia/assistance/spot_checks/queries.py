"""Every read of spot checks: for whoever may see the files of the union that checks, or of the district it checks."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from niangjia.assistance import queries as files
from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.exits import on_file
from niangjia.assistance.models import HardshipFile, SampledFile, SpotCheck
from niangjia.assistance.spot_checks.drawing import sample
from niangjia.assistance.spot_checks.kinds import Result
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, within
from niangjia.organisation.models import UnionBody


def checks_visible_to(actor: Actor) -> "QuerySet[SpotCheck]":
    scopes = actor.scopes(ASSISTANCE)
    rows = SpotCheck.objects.select_related("unit", "district")
    return rows.filter(within(scopes) | within(scopes, "district"))


def checks_chosen(
    actor: Actor, *, words: str = "", state: str = "", overdue: bool = False, unit: UnionBody | None = None
) -> "QuerySet[SpotCheck]":
    rows, words = checks_visible_to(actor).order_by("-pk"), words.strip()
    if words:
        rows = rows.filter(Q(number=words.upper()) | Q(district__name__startswith=words))
    if state:
        rows = rows.filter(state=state)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    return rows.filter(within([unit.path], "district")) if unit else rows


def still_to_draw(district: UnionBody, unit: UnionBody, on: date) -> list[str]:
    """Numbers of the files of a district on record that day that the union could not yet have drawn this year."""
    drawn: set[str] = set()
    for population in earlier(district, unit, on.year).values_list("population", flat=True):
        drawn.update(population)
    numbers = on_file(on).filter(within([district.path])).order_by("number").values_list("number", flat=True)
    return [number for number in numbers if number not in drawn]


def earlier(district: UnionBody, unit: UnionBody, year: int) -> "QuerySet[SpotCheck]":
    return SpotCheck.objects.filter(district=district, unit=unit, year=year)


def sampled(check: SpotCheck) -> "QuerySet[SampledFile]":
    """In the order of the lot."""
    return check.sampled.select_related("file__unit", "recorded_by")


def tally(check: SpotCheck) -> dict[str, int]:
    """How many were drawn, looked into, found not to hold."""
    counts: dict[str, int] = check.sampled.aggregate(
        drawn=Count("pk"),
        checked=Count("pk", filter=~Q(result="")),
        discrepant=Count("pk", filter=Q(result=Result.DISCREPANT)),
    )
    return counts


def drawn_again(check: SpotCheck) -> bool:
    """Whether the lot, drawn again from what is kept, gives the files that are kept as drawn."""
    kept = list(check.sampled.order_by("position").values_list("file__number", flat=True))
    return kept == sample(check.population, check.share, check.seed)


def results_of(actor: Actor, file: HardshipFile) -> "QuerySet[SampledFile]":
    """What spot checks found in a file, the latest first."""
    found = SampledFile.objects.filter(file=file, spot_check__in=checks_visible_to(actor)).exclude(result="")
    return found.select_related("spot_check__unit").order_by("-pk")


def sampled_visible_to(actor: Actor, check: SpotCheck) -> "QuerySet[HardshipFile]":
    """The drawn files that the actor sees."""
    return files.files_visible_to(actor).filter(spot_checks__spot_check=check)


def nobody(rows: Sequence[SpotCheck]) -> Mapping[int, set[int]]:
    """A draw is about a union's work; who must keep out is asked file by file."""
    return {}
