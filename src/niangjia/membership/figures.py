"""What is counted of membership: members, who joined and left, and how many of the staff are members (入会率)."""

from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import calendar
from niangjia.kernel.figures import Dimension, Measure, Period, Ratio, Unit
from niangjia.membership.kinds import LeavingReason, NewEmployment, Sex
from niangjia.membership.models import Member
from niangjia.membership.queries import PURPOSE
from niangjia.organisation.figures import STAFF, column, operating
from niangjia.organisation.kinds import Industry, UnionKind

# The first age of each band.
BANDS = {
    "16": _("25 岁以下"),
    "25": _("25—34 岁"),
    "35": _("35—44 岁"),
    "45": _("45—54 岁"),
    "55": _("55 岁及以上"),
}


def _band(period: Period) -> Any:
    """By age on the last day of the period."""
    turned = [(first, _born_by(period.last, int(first))) for first in BANDS]
    youngest, *older = turned
    cases = [When(person__born_on__lte=day, then=Value(first)) for first, day in reversed(older)]
    return Case(*cases, default=Value(youngest[0]))


def _born_by(day: date, age: int) -> date:
    return calendar.add_months(day, -12 * age)


SEX = column("sex", _("性别"), dict(Sex.choices), "person__sex")
AGE = Dimension("age", _("年龄"), _band, BANDS)
INDUSTRY = column("industry", _("行业"), dict(Industry.choices), "employer__industry")
UNION_KIND = column("union_kind", _("工会类型"), dict(UnionKind.choices), "unit__kind")
NEW_EMPLOYMENT = column("new_employment", _("新就业形态"), {"": _("不属于"), **dict(NewEmployment.choices)})
REASON = column("reason", _("离会原因"), dict(LeavingReason.choices))


def _stays() -> "QuerySet[Member]":
    """Every stay in a union that was ever valid."""
    return Member.objects.exclude(reason=LeavingReason.VOIDED)


def _members(period: Period) -> "QuerySet[Member]":
    still = Q(left_on__isnull=True) | Q(left_on__gt=period.last)
    return _stays().filter(still, joined_on__lte=period.last)


def _at_work(period: Period) -> "QuerySet[Member]":
    return _members(period).filter(employer__in=operating(period).values("employer"))


def _retained(period: Period) -> "QuerySet[Member]":
    return _members(period).filter(retained_on__lte=period.last)


def _begun(period: Period) -> "QuerySet[Member]":
    return _stays().filter(joined_on__range=(period.first, period.last))


def _joined(period: Period) -> "QuerySet[Member]":
    return _begun(period).filter(stint=1)


def _arrived(period: Period) -> "QuerySet[Member]":
    return _begun(period).filter(stint__gt=1)


def _ended(period: Period) -> "QuerySet[Member]":
    return _stays().filter(left_on__range=(period.first, period.last))


def _left(period: Period) -> "QuerySet[Member]":
    return _ended(period).exclude(reason=LeavingReason.TRANSFERRED)


def _departed(period: Period) -> "QuerySet[Member]":
    return _ended(period).filter(reason=LeavingReason.TRANSFERRED)


def _people(
    name: str, label: Any, definition: Any, rows: Any, *dimensions: Dimension, **more: Any
) -> Measure:
    return Measure(name, label, Unit.PERSON, definition, PURPOSE, rows, dimensions=dimensions, **more)


MEMBERS = _people(
    "membership.members",
    _("会员"),
    _("期末在册的会员，含保留会籍；当日离会的和登记作废的不计。"),
    _members,
    SEX,
    AGE,
    INDUSTRY,
    UNION_KIND,
    NEW_EMPLOYMENT,
)
AT_WORK = _people(
    "membership.at_work",
    _("在岗会员"),
    _("其中工作单位正常经营的会员。没有单位的灵活就业会员不计，以便与职工人数相比。"),
    _at_work,
    INDUSTRY,
)
RETAINED = _people(
    "membership.retained",
    _("保留会籍"),
    _("其中期末保留会籍的会员：退休、失业、单位关闭、脱产学习或长期病休。"),
    _retained,
    UNION_KIND,
)
JOINED = _people(
    "membership.joined",
    _("入会"),
    _("入会日期在本月、第一次入会的会员；接转来的另计。"),
    _joined,
    SEX,
    UNION_KIND,
    is_flow=True,
)
ARRIVED = _people(
    "membership.arrived",
    _("转入"),
    _("本月从其他工会接转来的会员，含辖区内互转。"),
    _arrived,
    UNION_KIND,
    is_flow=True,
)
LEFT = _people(
    "membership.left",
    _("离会"),
    _("离会日期在本月的会员；转往其他工会的另计。"),
    _left,
    REASON,
    UNION_KIND,
    is_flow=True,
)
DEPARTED = _people(
    "membership.departed",
    _("转出"),
    _("本月转往其他工会的会员，含辖区内互转。"),
    _departed,
    UNION_KIND,
    is_flow=True,
)
DENSITY = Ratio(
    "membership.density",
    _("入会率"),
    _("在岗会员 ÷ 职工。职工为正常经营单位登记的职工人数之和；与建会率分开计算，不能互相代替。"),
    AT_WORK,
    STAFF,
)
