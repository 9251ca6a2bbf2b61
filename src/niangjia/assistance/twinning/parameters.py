"""Which counties are key counties, dated and with the document that says so, and how long the desks may take."""

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.parameters import OWN_PROPOSAL
from niangjia.organisation.parameters import Measure, Parameter

KEY_COUNTY = Parameter(
    "twinning.key_county",
    _("扶贫开发重点县"),
    Measure.YES_OR_NO,
    False,
    _("漳州：云霄、诏安、平和 3 个省级扶贫开发重点县；按公布的名单逐县填写，写明文件依据"),
).name
APPROVAL_DAYS = Parameter(
    "twinning.approval_days",
    _("县区结对审批"),
    Measure.WORKING_DAY,
    10,
    OWN_PROPOSAL,
    minimum=1,
    maximum=60,
).name
CONFIRM_DAYS = Parameter(
    "twinning.confirm_days",
    _("受助工会确认到账或落实"),
    Measure.WORKING_DAY,
    10,
    OWN_PROPOSAL,
    minimum=1,
    maximum=60,
).name
