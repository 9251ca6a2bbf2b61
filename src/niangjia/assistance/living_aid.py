"""What is counted of 生活救助 for migrant workers: how many of the households on file got it, and how much each."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.exits import on_file
from niangjia.assistance.models import AidMeasure, HardshipFile
from niangjia.assistance.plans.kinds import AidKind, MeasureState
from niangjia.kernel.figures import Average, Measure, Period, Ratio, Unit
from niangjia.membership import figures as members


def _migrants(period: Period) -> "QuerySet[HardshipFile]":
    stays = members.MEMBERS.rows(period).filter(person=OuterRef("person"), is_migrant=True)
    return on_file(period.last).filter(Exists(stays))


def _living_aid(period: Period) -> "QuerySet[AidMeasure]":
    """Of the year so far, for households that are on file at its end."""
    given = AidMeasure.objects.filter(
        kind=AidKind.LIVING,
        state=MeasureState.DONE,
        amount__isnull=False,
        done_on__range=(date(period.first.year, 1, 1), period.last),
    )
    return given.filter(plan__file__in=_migrants(period))


def _aided(period: Period) -> "QuerySet[HardshipFile]":
    return _migrants(period).filter(pk__in=_living_aid(period).values("plan__file"))


MIGRANTS = Measure(
    "hardship.migrants",
    _("农民工建档户"),
    Unit.HOUSEHOLD,
    _("期末在册、申请人登记为农民工的困难职工家庭。"),
    ASSISTANCE,
    _migrants,
)
LIVING_AIDED = Measure(
    "hardship.migrants_aided",
    _("得到生活救助的农民工户"),
    Unit.HOUSEHOLD,
    _("其中今年落实过生活救助措施、写明金额的家庭，每户只计一次。"),
    ASSISTANCE,
    _aided,
)
LIVING_AID = Measure(
    "hardship.migrants_living_aid",
    _("农民工户生活救助金额"),
    Unit.YUAN,
    _("这些家庭今年已落实的生活救助措施的金额合计。"),
    ASSISTANCE,
    _living_aid,
    total="amount",
)
AIDED_SHARE = Ratio(
    "hardship.migrants_aided_share",
    _("农民工户生活救助覆盖率"),
    _("得到生活救助的农民工户 ÷ 农民工建档户，同一批家庭。"),
    LIVING_AIDED,
    MIGRANTS,
)
AID_PER_HOUSEHOLD = Average(
    "hardship.living_aid_per_household",
    _("户均生活救助"),
    _("农民工户生活救助金额 ÷ 得到生活救助的农民工户。"),
    LIVING_AID,
    LIVING_AIDED,
)
