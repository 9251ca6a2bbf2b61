"""参数: what rules leave to a place and a time. A domain declares it, a region sets it, the nearest wins.

Declared once, `Parameter("hardship.publicity_days", _("公示天数"), Measure.WORKING_DAY, 5, _("各地做法"))`,
read anywhere, `value("hardship.publicity_days", union, clock.today())`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid
from niangjia.organisation import regions
from niangjia.organisation.kinds import RegionLevel
from niangjia.organisation.models import ParameterValue, Region, UnionBody

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Setting = int | Decimal | Fraction | bool | str

# Outside a transaction a reading may be this many seconds old; inside one it is always the truth.
REMEMBERED_SECONDS = 2
MOST_DIGITS = 15
SHARE = re.compile(r"\d{1,4}/\d{1,4}", re.ASCII)
_memory = LocMemCache("parameters", {"OPTIONS": {"MAX_ENTRIES": 5000}})


class Measure(TextChoices):
    WORKING_DAY = "working_day", _("个工作日")
    CALENDAR_DAY = "calendar_day", _("日")
    MONTH = "month", _("个月")
    YEAR = "year", _("年")
    YUAN = "yuan", _("元")
    YUAN_PER_MONTH = "yuan_per_month", _("元/月")
    RATIO = "ratio", _("比例")
    PERSON = "person", _("人")
    NUMBER = "number", _("个")
    YES_OR_NO = "yes_or_no", _("是否")
    WORD = "word", _("文字")
    LIST = "list", _("（各项用顿号隔开）")


@dataclass(frozen=True)
class Parameter:
    """`default` gives the type: int, Decimal, Fraction, bool or str. It holds where no region says otherwise."""

    name: str
    label: "StrOrPromise"
    unit: Measure
    default: Setting
    source: "StrOrPromise"
    minimum: int | Decimal | Fraction | None = None
    maximum: int | Decimal | Fraction | None = None

    def __post_init__(self) -> None:
        if PARAMETERS.setdefault(self.name, self) != self:
            raise ValueError(f"parameter {self.name} is declared twice")

    def read(self, stored: Any) -> Setting:
        """From input or from the table, in the type of the default; raises Invalid with a sentence."""
        try:
            found: Setting = _READERS[type(self.default)](stored)
        except (TypeError, ValueError, ArithmeticError):
            raise Invalid(self._wanted(), {"value": [str(self._wanted())]}) from None
        if not isinstance(found, bool | str) and not self._is_within_limits(found):
            sentence = _("“%(label)s”须在 %(minimum)s 与 %(maximum)s 之间，请改正。") % {
                "label": self.label,
                "minimum": "-∞" if self.minimum is None else self.minimum,
                "maximum": "+∞" if self.maximum is None else self.maximum,
            }
            raise Invalid(sentence, {"value": [str(sentence)]})
        return found

    def written(self, value: Setting) -> int | bool | str:
        """As JSON keeps it: a Decimal or Fraction as text, so that no digit is lost."""
        return str(value) if isinstance(value, Decimal | Fraction) else value

    def _is_within_limits(self, number: int | Decimal | Fraction) -> bool:
        exact = Fraction(number)  # a Decimal and a Fraction do not compare
        return (self.minimum is None or exact >= Fraction(self.minimum)) and (
            self.maximum is None or exact <= Fraction(self.maximum)
        )

    def _wanted(self) -> "StrOrPromise":
        kind = _KINDS[type(self.default)]
        return _("“%(label)s”要填%(kind)s，请改正。") % {"label": self.label, "kind": kind}


PARAMETERS: dict[str, Parameter] = {}


def _whole(stored: Any) -> int:
    number = _finite(stored)
    # Before `int`, which would write all digits of 1e999999999 out.
    if number.adjusted() > MOST_DIGITS or number != int(number):
        raise ValueError(stored)
    return int(number)


def _finite(stored: Any) -> Decimal:
    number = Decimal(str(stored))
    if not number.is_finite():
        raise ValueError(stored)
    return number


def _truth(stored: Any) -> bool:
    words = {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}
    try:
        return words[str(stored).lower()]
    except KeyError:
        raise ValueError(stored) from None


def _share(stored: Any) -> Fraction:
    """2/3 stays two thirds: no number of decimals says it."""
    if not SHARE.fullmatch(str(stored)):
        raise ValueError(stored)
    return Fraction(str(stored))


_READERS: dict[type, Any] = {int: _whole, Decimal: _finite, Fraction: _share, bool: _truth, str: str}
_KINDS = {int: _("整数"), Decimal: _("数"), Fraction: _("分数，例如 2/3"), bool: _("是或否"), str: _("文字")}


def declared(name: str) -> Parameter:
    """A name that nobody declared is a fault of the program, not of the input."""
    return PARAMETERS[name]


def value(name: str, place: Region | UnionBody | None, on: date) -> Any:
    """As it stands at a place on a day: the town's, county's … nation's, everybody's, else the default."""
    region_id = place.region_id if isinstance(place, UnionBody) else place.pk if place else None
    return _remembered(f"{name}:{region_id}:{on:%Y%m%d}", name, lambda: region_id, on)


def value_for_unit(name: str, unit_id: int | None, on: date) -> Any:
    """As `value` gives it for the region of a union that is known by its id only."""

    def region_id() -> int | None:
        return UnionBody.objects.values_list("region_id", flat=True).get(pk=unit_id) if unit_id else None

    return _remembered(f"{name}:unit-{unit_id}:{on:%Y%m%d}", name, region_id, on)


def forget() -> None:
    """A value was set: this process reads anew at once, others when their memory fades."""
    _memory.clear()


def _remembered(key: str, name: str, region_id: Callable[[], int | None], on: date) -> Any:
    if transaction.get_connection().in_atomic_block:
        return _resolved(name, region_id, on)
    return _memory.get_or_set(key, lambda: _resolved(name, region_id, on), REMEMBERED_SECONDS)


# What `values_on` says, in SQL: every deadline asks, and most parameters are set nowhere or in very few places.
SETTINGS = """
SELECT region_id, value FROM organisation_parametervalue
WHERE name = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
"""


def _resolved(name: str, region_id: Callable[[], int | None], on: date) -> Setting:
    parameter = declared(name)
    stored: Any = ParameterValue._meta.get_field("value")
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS, [name, on, on])
        found = {place: stored.from_db_value(value, None, connection) for place, value in cursor.fetchall()}
    # Only where some place has its own value does it matter which place is asked for.
    place = region_id() if found.keys() - {None} else None
    for above in (*(regions.chain(place) if place else ()), None):
        if above in found:
            return parameter.read(found[above])
    return parameter.default


def by_region(name: str, on: date, region: str = "region") -> Combinable:
    """A whole number, or a yes as 1, as it stands for each row's own region, for lists that cross regions.

    `region` is the lookup from the row. As many conditions as there are settings, none where there is no setting.
    """
    parameter = declared(name)
    above = "__parent"
    choices, everywhere = [], int(parameter.default)
    rows = values_on(name, on).select_related("region")
    # The smaller region decides: a town's own setting before its county's.
    for row in sorted(rows, key=lambda row: -_DEPTHS[row.region.level] if row.region else 1):
        found = int(parameter.read(row.value))
        if row.region is None:
            everywhere = found
            continue
        beneath = Q()
        for steps in range(len(_DEPTHS) - _DEPTHS[row.region.level]):
            beneath |= Q(**{region + above * steps: row.region})
        choices.append(When(beneath, then=Value(found)))
    return Case(*choices, default=Value(everywhere), output_field=IntegerField())


_DEPTHS = {level: depth for depth, level in enumerate(RegionLevel.values)}


def values_on(name: str, on: date) -> Any:
    """The rows of one parameter that hold on a day, all regions."""
    return ParameterValue.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), name=name, valid_from__lte=on
    )


DELEGATION_DAYS = Parameter(
    "organisation.delegation_days",
    _("代办最长天数"),
    Measure.CALENDAR_DAY,
    30,
    _("平台默认，各级可另定"),
    minimum=1,
    maximum=366,
)

SHORT_TERM_YEARS = Parameter(
    "organisation.short_term_years",
    _("基层工会任期（短）"),
    Measure.YEAR,
    3,
    _("工会法第十六条"),
    minimum=1,
    maximum=10,
)
LONG_TERM_YEARS = Parameter(
    "organisation.long_term_years",
    _("基层工会任期（长）"),
    Measure.YEAR,
    5,
    _("工会法第十六条"),
    minimum=1,
    maximum=10,
)
FEDERATION_TERM_YEARS = Parameter(
    "organisation.federation_term_years",
    _("地方工会任期"),
    Measure.YEAR,
    5,
    _("工会法第十六条"),
    minimum=1,
    maximum=10,
)
TERM_NOTICE_DAYS = Parameter(
    "organisation.term_notice_days",
    _("换届提前提醒天数"),
    Measure.CALENDAR_DAY,
    90,
    _("平台默认，各级可另定"),
    minimum=1,
    maximum=366,
)
VACANCY_MONTHS = Parameter(
    "organisation.vacancy_months",
    _("主席空缺补选期限"),
    Measure.MONTH,
    3,
    _("重庆等地工会条例，各地可另定"),
    minimum=1,
    maximum=24,
)
COMMITTEE_MEMBERS = Parameter(
    "organisation.committee_members",
    _("应建立委员会的会员人数"),
    Measure.PERSON,
    25,
    _("工会法第十一条"),
    minimum=1,
)
WOMEN_COMMITTEE_MEMBERS = Parameter(
    "organisation.women_committee_members",
    _("应建立女职工委员会的女会员人数"),
    Measure.PERSON,
    10,
    _("工会女职工委员会工作条例，待核实"),
    minimum=1,
)
MANAGED_FROM_STAFF = Parameter(
    "organisation.managed_from_staff",
    _("上级代管工会干部的企业职工人数"),
    Measure.PERSON,
    400,
    _("各地做法"),
    minimum=1,
)
