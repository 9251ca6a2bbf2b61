"""What is counted of membership: members, who joined and left, and how many of the staff are members (入会率)."""

from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import calendar
from niangjia.kernel.figures import Dimension, Measure, Period, Ratio, Unit
from niangjia.membership.kinds import Sex
from niangjia.membership.models import Member
from niangjia.membership.queries import PURPOSE
from niangjia.organisation.figures import STAFF, column
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


def _members(period: Period) -> "QuerySet[Member]":
    still = Q(left_on__isnull=True) | Q(left_on__gt=period.last)
    return Member.objects.filter(still, joined_on__lte=period.last)


def _at_work(period: Period) -> "QuerySet[Member]":
    return _members(period).filter(employer__is_operating=True)


def _joined(period: Period) -> "QuerySet[Member]":
    return Member.objects.filter(joined_on__range=(period.first, period.last))


def _left(period: Period) -> "QuerySet[Member]":
    return Member.objects.filter(left_on__range=(period.first, period.last))


MEMBERS = Measure(
    "membership.members",
    _("会员"),
    Unit.PERSON,
    _("期末在册的会员；当日离会的不计。"),
    PURPOSE,
    _members,
    dimensions=(SEX, AGE, INDUSTRY, UNION_KIND),
)
AT_WORK = Measure(
    "membership.at_work",
    _("在岗会员"),
    Unit.PERSON,
    _("其中工作单位正常经营的会员。没有单位的灵活就业会员不计，以便与职工人数相比。"),
    PURPOSE,
    _at_work,
    dimensions=(INDUSTRY,),
    is_dated=False,
)
JOINED = Measure(
    "membership.joined",
    _("入会"),
    Unit.PERSON,
    _("入会日期在本月的会员。"),
    PURPOSE,
    _joined,
    dimensions=(SEX, UNION_KIND),
    is_flow=True,
)
LEFT = Measure(
    "membership.left",
    _("离会"),
    Unit.PERSON,
    _("离会日期在本月的会员。"),
    PURPOSE,
    _left,
    dimensions=(SEX, UNION_KIND),
    is_flow=True,
)
DENSITY = Ratio(
    "membership.density",
    _("入会率"),
    _("在岗会员 ÷ 职工。职工为正常经营单位登记的职工人数之和；与建会率分开计算，不能互相代替。"),
    AT_WORK,
    STAFF,
)
