"""What is counted of the files themselves: who is on file and why, and how many got out (脱困率)."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.help import HELPED
from niangjia.assistance.kinds import EXITS, UNCONFIRMED, UNDER_WAY, Category, Cause, LeavingReason
from niangjia.assistance.models import HardshipFile, HomeVisit
from niangjia.assistance.parameters import EXIT_SHARE
from niangjia.kernel.figures import Measure, Period, Ratio, Unit
from niangjia.membership import figures as members
from niangjia.organisation.figures import column
from niangjia.organisation.models import UnionBody
from niangjia.organisation.parameters import value

AGE = members.AGE
CATEGORY = column("category", _("困难类别"), {"": _("未定"), **dict(Category.choices)})
CAUSE = column("cause", _("致困原因"), dict(Cause.choices))
STAGE = column("stage", _("办理环节"), {state.value: state.label for state in UNDER_WAY}, "state")
REASON = column("reason", _("退出原因"), dict(LeavingReason.choices), "leaving_reason")


def on_file(day: date) -> "QuerySet[HardshipFile]":
    """Filed by that day and not left by it."""
    still = Q(left_on__isnull=True) | Q(left_on__gt=day)
    return HardshipFile.objects.filter(still, filed_on__lte=day).exclude(state__in=UNCONFIRMED)


def _kept(period: Period) -> "QuerySet[HardshipFile]":
    return on_file(period.last)


def _at_start_of_year(period: Period) -> "QuerySet[HardshipFile]":
    """Fixed for the whole year, whatever is filed or left in it."""
    return on_file(date(period.first.year - 1, 12, 31))


def _left(since: Callable[[Period], date]) -> Callable[[Period], "QuerySet[HardshipFile]"]:
    return lambda period: HardshipFile.objects.filter(
        leaving_reason__in=EXITS, left_on__range=(since(period), period.last)
    )


def _under_way(period: Period) -> "QuerySet[HardshipFile]":
    return HardshipFile.objects.filter(state__in=UNDER_WAY, applied_on__lte=period.last)


def _visited(period: Period) -> "QuerySet[HomeVisit]":
    return HomeVisit.objects.filter(visited_on__range=(period.first, period.last))


def _households(name: str, label: Any, definition: Any, rows: Any, **more: Any) -> Measure:
    return Measure(name, label, Unit.HOUSEHOLD, definition, ASSISTANCE, rows, **more)


KEPT = _households(
    "hardship.kept",
    _("建档户"),
    _("期末在册的困难职工家庭：已建档，还没有脱困或注销。"),
    _kept,
    dimensions=(CATEGORY, CAUSE, AGE, HELPED),
)
UNDER_REVIEW = _households(
    "hardship.under_way",
    _("在办申请"),
    _("已申请、还没有建档的家庭，按统计当时的办理环节分。"),
    _under_way,
    dimensions=(STAGE,),
)
LEFT = _households(
    "hardship.exits",
    _("脱困户"),
    _("本月批准脱困的家庭，按原因分；注销的不计。"),
    _left(lambda period: period.first),
    dimensions=(REASON,),
    is_flow=True,
)
VISITED = Measure(
    "hardship.visits",
    _("入户核查"),
    Unit.CASE,
    _("入户日期在本月的入户核查，一户去几次计几次。"),
    ASSISTANCE,
    _visited,
    place="file__unit",
    is_flow=True,
)
LEFT_THIS_YEAR = _households(
    "hardship.exits_of_year",
    _("本年脱困户"),
    _("今年 1 月 1 日起批准脱困的家庭，含当年新建档的。"),
    _left(lambda period: date(period.first.year, 1, 1)),
)
YEAR_START = _households(
    "hardship.year_start",
    _("年初建档户"),
    _("上年 12 月 31 日在册的家庭；全年不变，作脱困率的分母。"),
    _at_start_of_year,
)
EXIT_RATE = Ratio(
    "hardship.exit_rate",
    _("脱困率"),
    _("本年脱困户 ÷ 年初建档户；漳州要求每年不低于 30%。"),
    LEFT_THIS_YEAR,
    YEAR_START,
)


def exits_wanted(year_start: int, share: Decimal) -> int:
    """How many households must get out in a year, rounded up: 30 % of 4543 are 1363."""
    return int((year_start * share).to_integral_value(ROUND_CEILING))


def least_share(unit: UnionBody, on: date) -> Decimal:
    found: Decimal = value(EXIT_SHARE, unit, on)
    return found
