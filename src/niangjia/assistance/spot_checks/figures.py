"""What is counted of spot checks: how many of the files on record were looked into this year, and did not hold."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.exits import KEPT, on_file
from niangjia.assistance.models import HardshipFile, SampledFile
from niangjia.assistance.spot_checks.kinds import Result
from niangjia.kernel.figures import Measure, Period, Ratio, Unit


def _checked(period: Period, *, results: tuple[str, ...] = tuple(Result)) -> "QuerySet[HardshipFile]":
    this_year = (date(period.first.year, 1, 1), period.last)
    found = SampledFile.objects.filter(file=OuterRef("pk"), result__in=results, checked_on__range=this_year)
    return on_file(period.last).filter(Exists(found))


def _discrepant(period: Period) -> "QuerySet[HardshipFile]":
    return _checked(period, results=(Result.DISCREPANT,))


CHECKED = Measure(
    "hardship.spot_checked",
    _("今年已抽查的户"),
    Unit.HOUSEHOLD,
    _("期末在册的困难职工家庭中，今年被随机抽中并已核实的。"),
    ASSISTANCE,
    _checked,
)
DISCREPANT = Measure(
    "hardship.spot_discrepant",
    _("抽查不符的户"),
    Unit.HOUSEHOLD,
    _("其中核实结果与档案不符的。"),
    ASSISTANCE,
    _discrepant,
)
CHECKED_SHARE = Ratio(
    "hardship.spot_checked_share",
    _("抽查率"),
    _("今年已抽查的户 ÷ 建档户；湖南要求每年不低于 30%。"),
    CHECKED,
    KEPT,
)
DISCREPANT_SHARE = Ratio(
    "hardship.spot_discrepant_share",
    _("抽查不符率"),
    _("抽查不符的户 ÷ 今年已抽查的户。"),
    DISCREPANT,
    CHECKED,
)
