"""What is counted of plans, measures and pairing. Households are counted as filed ones (户), each once."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.exits import (
    EXIT_RATE,
    KEPT,
    LEFT,
    LEFT_THIS_YEAR,
    UNDER_REVIEW,
    VISITED,
    YEAR_START,
    on_file,
)
from niangjia.assistance.living_aid import AID_PER_HOUSEHOLD, AIDED_SHARE, LIVING_AID, LIVING_AIDED, MIGRANTS
from niangjia.assistance.models import AidMeasure, AidPlan, HardshipFile, Pairing, PairVisit
from niangjia.assistance.pairing.kinds import Manner, Role
from niangjia.assistance.plans.kinds import RUNGS, AidKind, MeasureState, PlanResult, Rung
from niangjia.assistance.spot_checks import figures as spot_checks
from niangjia.assistance.twinning import figures as twinning
from niangjia.assistance.villages import figures as villages
from niangjia.kernel.figures import Dimension, Measure, Period, Ratio, Unit
from niangjia.organisation.figures import column

__all__ = [
    "AIDED_SHARE",
    "AID_PER_HOUSEHOLD",
    "EXIT_RATE",
    "KEPT",
    "LEFT",
    "LEFT_THIS_YEAR",
    "LIVING_AID",
    "LIVING_AIDED",
    "MIGRANTS",
    "UNDER_REVIEW",
    "VISITED",
    "YEAR_START",
    "spot_checks",
    "twinning",
    "villages",
]

KIND = column("kind", _("帮扶类别"), dict(AidKind.choices))
RESULT = column("result", _("结果"), dict(PlanResult.choices))
ROLE = column("role", _("结对身份"), dict(Role.choices), "pairing__role")
MANNER: Dimension = column("manner", _("方式"), dict(Manner.choices))


def _filed(period: Period) -> "QuerySet[HardshipFile]":
    return on_file(period.last)


def _planned(period: Period) -> "QuerySet[HardshipFile]":
    until = Q(concluded_on__isnull=True) | Q(concluded_on__gt=period.last)
    plans = AidPlan.objects.filter(until, file=OuterRef("pk"), approved_on__lte=period.last)
    return _filed(period).filter(Exists(plans))


def _paired(period: Period) -> "QuerySet[HardshipFile]":
    until = Q(ended_on__isnull=True) | Q(ended_on__gt=period.last)
    pairings = Pairing.objects.filter(until, file=OuterRef("pk"), paired_on__lte=period.last)
    return _filed(period).filter(Exists(pairings))


def _done(period: Period) -> "QuerySet[AidMeasure]":
    return AidMeasure.objects.filter(state=MeasureState.DONE, done_on__range=(period.first, period.last))


def _concluded(period: Period) -> "QuerySet[AidPlan]":
    return AidPlan.objects.filter(concluded_on__range=(period.first, period.last))


def _calls(period: Period) -> "QuerySet[PairVisit]":
    return PairVisit.objects.filter(visited_on__range=(period.first, period.last))


def _on_rung(rung: Rung) -> Callable[[Period], "QuerySet[HardshipFile]"]:
    """Households that were given something of this rung in the year so far; a household may stand on several."""

    def rows(period: Period) -> "QuerySet[HardshipFile]":
        year = Period(period.first.replace(month=1, day=1), period.last)
        given = _done(year).filter(plan__file=OuterRef("pk"), kind__in=RUNGS[rung])
        return HardshipFile.objects.filter(Exists(given))

    return rows


def _households(name: str, label: Any, definition: Any, rows: Any, **more: Any) -> Measure:
    return Measure(name, label, Unit.HOUSEHOLD, definition, ASSISTANCE, rows, **more)


FILED = _households(
    "plans.filed",
    _("建档户（结对与方案口径）"),
    _("期末在册的困难职工家庭：已建档，还没有脱困、注销或过期。"),
    _filed,
)
PLANNED = _households(
    "plans.planned", _("有帮扶方案的户"), _("其中期末有已批准、未办结的帮扶方案的。"), _planned
)
PAIRED = _households("plans.paired", _("有结对人的户"), _("其中期末有结对人的。"), _paired)
DONE = Measure(
    "plans.done",
    _("落实的措施"),
    Unit.CASE,
    _("完成日期在本月的帮扶措施。"),
    ASSISTANCE,
    _done,
    dimensions=(KIND,),
    is_flow=True,
)
CONCLUDED = Measure(
    "plans.concluded",
    _("办结的方案"),
    Unit.CASE,
    _("办结日期在本月的帮扶方案，按结果分。"),
    ASSISTANCE,
    _concluded,
    dimensions=(RESULT,),
    is_flow=True,
)
CALLS = Measure(
    "plans.calls",
    _("看望"),
    Unit.CASE,
    _("看望日期在本月的看望记录，按方式和结对身份分。"),
    ASSISTANCE,
    _calls,
    place="pairing__unit",
    dimensions=(MANNER, ROLE),
    is_flow=True,
)
# 温暖—脱困—致富: counts of stages that overlap, never parts of one sum.
WARMTH, WORK, PROSPERITY = (
    _households(
        f"plans.{rung.value}",
        label,
        _("今年 1 月 1 日起落实过这一阶段措施的家庭，每户只计一次。一户可同时在几个阶段，各阶段不能相加。"),
        _on_rung(rung),
    )
    for rung, label in (
        (Rung.WARMTH, _("“温暖”阶段的户")),
        (Rung.WORK, _("“脱困”阶段的户")),
        (Rung.PROSPERITY, _("“致富”阶段的户")),
    )
)
PLAN_COVERAGE = Ratio("plans.coverage", _("方案覆盖率"), _("有帮扶方案的户 ÷ 建档户。"), PLANNED, FILED)
PAIRING_COVERAGE = Ratio("plans.pairing_coverage", _("结对率"), _("有结对人的户 ÷ 建档户。"), PAIRED, FILED)
