"""How many files are drawn, and how long looking into them may take."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.parameters import OWN_PROPOSAL
from niangjia.organisation.parameters import Measure, Parameter

SHARE = Parameter(
    "hardship.spot_check_share",
    _("每年抽查困难职工档案的最低比例"),
    Measure.RATIO,
    Decimal("0.30"),
    _("湖南：每年抽查不少于档案总数的 30%"),
    minimum=0,
    maximum=1,
).name
CHECK_DAYS = Parameter(
    "hardship.spot_check_days",
    _("困难职工档案抽查"),
    Measure.WORKING_DAY,
    60,
    OWN_PROPOSAL,
    minimum=5,
    maximum=200,
).name
CONFIRM_DAYS = Parameter(
    "hardship.spot_check_confirm_days",
    _("抽查结果审定"),
    Measure.WORKING_DAY,
    10,
    OWN_PROPOSAL,
    minimum=1,
    maximum=60,
).name
