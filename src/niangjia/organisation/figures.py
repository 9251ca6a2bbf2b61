"""What is counted of the organisation: unions, employers, and how many employers have a union (建会率)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.figures import Dimension, Measure, Period, Ratio, Unit
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.kinds import EmployerKind, Industry, UnionKind
from niangjia.organisation.models import EmployerPeriod, UnionBody


def column(name: str, label: Any, labels: Mapping[str, Any], lookup: str = "") -> Dimension:
    """A dimension that is a column of the rows, or one a lookup away."""
    return Dimension(name, label, lambda _period: F(lookup or name), labels)


UNION_KIND = column("kind", _("工会类型"), dict(UnionKind.choices))
EMPLOYER_KIND = column("kind", _("单位性质"), dict(EmployerKind.choices))
INDUSTRY = column("industry", _("行业"), dict(Industry.choices))


def _unions(period: Period) -> "QuerySet[UnionBody]":
    living = Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=period.last)
    return UnionBody.objects.filter(living, founded_on__lte=period.last)


def _founded(period: Period) -> "QuerySet[UnionBody]":
    return UnionBody.objects.filter(founded_on__range=(period.first, period.last))


def _dissolved(period: Period) -> "QuerySet[UnionBody]":
    return UnionBody.objects.filter(dissolved_on__range=(period.first, period.last))


def operating(period: Period) -> "QuerySet[EmployerPeriod]":
    """What employers were on the last day, of those that operated then."""
    current = Q(until_on__isnull=True) | Q(until_on__gte=period.last)
    return EmployerPeriod.objects.filter(current, from_on__lte=period.last, is_operating=True)


def _organised(period: Period) -> "QuerySet[EmployerPeriod]":
    return operating(period).filter(employer__union__founded_on__lte=period.last)


def _blank(period: Period) -> "QuerySet[EmployerPeriod]":
    none_yet = Q(employer__union__isnull=True) | Q(employer__union__founded_on__gt=period.last)
    return operating(period).filter(none_yet)


UNIONS = Measure(
    "organisation.unions",
    _("工会组织"),
    Unit.BODY,
    _("期末存续的工会组织，含本级；当日撤销的不计。"),
    PURPOSE,
    _unions,
    place="",
    dimensions=(UNION_KIND,),
)
FOUNDED = Measure(
    "organisation.founded",
    _("新成立工会"),
    Unit.BODY,
    _("成立日期在本月的工会组织。"),
    PURPOSE,
    _founded,
    place="",
    dimensions=(UNION_KIND,),
    is_flow=True,
)
DISSOLVED = Measure(
    "organisation.dissolved",
    _("撤销工会"),
    Unit.BODY,
    _("撤销日期在本月的工会组织。"),
    PURPOSE,
    _dissolved,
    place="",
    dimensions=(UNION_KIND,),
    is_flow=True,
)
EMPLOYERS = Measure(
    "organisation.employers",
    _("用人单位"),
    Unit.EMPLOYER,
    _("期末归口在辖区内、正常经营的用人单位，无论是否建会。"),
    PURPOSE,
    operating,
    place="employer__unit",
    dimensions=(EMPLOYER_KIND, INDUSTRY),
)
ORGANISED = Measure(
    "organisation.organised",
    _("已建会单位"),
    Unit.EMPLOYER,
    _("其中已单独建会或加入联合工会的用人单位。"),
    PURPOSE,
    _organised,
    place="employer__unit",
    dimensions=(EMPLOYER_KIND, INDUSTRY),
)
BLANK = Measure(
    "organisation.blank",
    _("未建会单位"),
    Unit.EMPLOYER,
    _("其中还没有建会的用人单位，即空白点。"),
    PURPOSE,
    _blank,
    place="employer__unit",
    dimensions=(EMPLOYER_KIND, INDUSTRY),
)
STAFF = Measure(
    "organisation.staff",
    _("职工"),
    Unit.PERSON,
    _("期末正常经营单位登记的职工人数之和。"),
    PURPOSE,
    operating,
    place="employer__unit",
    total="staff_count",
    dimensions=(EMPLOYER_KIND, INDUSTRY),
)
COVERAGE = Ratio(
    "organisation.coverage",
    _("建会率"),
    _("已建会单位 ÷ 用人单位。分母只含正常经营的单位；与入会率分开计算，不能互相代替。"),
    ORGANISED,
    EMPLOYERS,
)
