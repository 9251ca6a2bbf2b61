"""What is counted of help for villages: villages, cadres posted, industries and their area, money, dividends."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.models import VillageFunding
from niangjia.assistance.villages import queries
from niangjia.assistance.villages.kinds import IndustryKind, PostingRole
from niangjia.kernel.figures import Measure, Period, Unit
from niangjia.organisation.figures import column

ROLE = column("role", _("驻村职务"), dict(PostingRole.choices))
KIND = column("kind", _("产业类别"), dict(IndustryKind.choices))
IN_VILLAGE = "village__unit"


def _industries(period: Period) -> Any:
    return queries.running_industries(period.last)


VILLAGES = Measure(
    "villages.villages",
    _("帮扶村"),
    Unit.BODY,
    _("期末在帮扶中的村，按帮扶工会计。"),
    ASSISTANCE,
    lambda period: queries.helped_on(period.last),
)
OFFICERS = Measure(
    "villages.officers",
    _("驻村干部"),
    Unit.PERSON,
    _("期末已批准、没有离任的驻村干部，按驻村职务分。"),
    ASSISTANCE,
    lambda period: queries.posted_on(period.last),
    dimensions=(ROLE,),
)
INDUSTRIES = Measure(
    "villages.industries",
    _("村产业"),
    Unit.BODY,
    _("期末在帮扶村里经营的产业：已投产、没有停办。"),
    ASSISTANCE,
    _industries,
    place=IN_VILLAGE,
    dimensions=(KIND,),
)
AREA = Measure(
    "villages.area",
    _("产业面积"),
    Unit.MU,
    _("期末在经营的村产业的面积，取整到亩。"),
    ASSISTANCE,
    _industries,
    place=IN_VILLAGE,
    total="area_mu",
    dimensions=(KIND,),
)
MONEY = Measure(
    "villages.money",
    _("给村里的资金"),
    Unit.YUAN,
    _("本月工会拨给帮扶村的资金；不含工会之间的结对资金。"),
    ASSISTANCE,
    lambda period: VillageFunding.objects.filter(given_on__range=(period.first, period.last)),
    place=IN_VILLAGE,
    total="amount",
    is_flow=True,
)
DIVIDENDS = Measure(
    "villages.dividends",
    _("村集体分红"),
    Unit.YUAN,
    _("本月经第二人确认的村集体分红，不论是哪一年度的。"),
    ASSISTANCE,
    lambda period: queries.certified_dividends().filter(confirmed_on__range=(period.first, period.last)),
    total="amount",
    is_flow=True,
)
