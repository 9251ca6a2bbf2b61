"""How many households a cadre looks after, and how often they call in a year: the region decides, dated."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.pairing.kinds import Role
from niangjia.assistance.parameters import OWN_PROPOSAL
from niangjia.organisation.parameters import Measure, Parameter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ZHANGZHOU_LEADERS = _("漳州：领导班子成员每人挂钩 1 至 2 户，每年指导检查 1 至 2 次")
ZHANGZHOU_STAFF = _("漳州：市、县两级工作人员每人结对 1 户，一户一法")


def _number(name: str, label: "StrOrPromise", default: int, source: "StrOrPromise", minimum: int = 1) -> str:
    return Parameter(name, label, Measure.NUMBER, default, source, minimum=minimum, maximum=50).name


FEWEST_HOUSEHOLDS = {
    Role.LEADER: _number("pairing.leader_fewest_households", _("领导挂钩最少户数"), 1, ZHANGZHOU_LEADERS, 0),
    Role.STAFF: _number("pairing.staff_fewest_households", _("干部结对最少户数"), 1, ZHANGZHOU_STAFF, 0),
}
MOST_HOUSEHOLDS = {
    Role.LEADER: _number("pairing.leader_most_households", _("领导挂钩最多户数"), 2, ZHANGZHOU_LEADERS),
    Role.STAFF: _number("pairing.staff_most_households", _("干部结对最多户数"), 1, ZHANGZHOU_STAFF),
}
VISITS_A_YEAR = {
    Role.LEADER: _number("pairing.leader_visits_a_year", _("领导每年看望次数"), 1, ZHANGZHOU_LEADERS),
    Role.STAFF: _number("pairing.staff_visits_a_year", _("干部每年看望次数"), 4, OWN_PROPOSAL),
}
