"""How long the desks may take over postings and dividends."""

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.parameters import OWN_PROPOSAL
from niangjia.organisation.parameters import Measure, Parameter

APPROVAL_DAYS = Parameter(
    "villages.approval_days",
    _("驻村选派审批"),
    Measure.WORKING_DAY,
    10,
    OWN_PROPOSAL,
    minimum=1,
    maximum=60,
).name
CONFIRM_DAYS = Parameter(
    "villages.confirm_days",
    _("村集体分红核对"),
    Measure.WORKING_DAY,
    10,
    OWN_PROPOSAL,
    minimum=1,
    maximum=60,
).name
