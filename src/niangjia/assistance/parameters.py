"""Days that the region decides. Defaults are the proposals of the field; a region's own rule overrides them."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from niangjia.organisation.parameters import Measure, Parameter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OWN_PROPOSAL = _("本系统建议值")


def _working_days(name: str, label: "StrOrPromise", default: int, source: "StrOrPromise") -> str:
    return Parameter(name, label, Measure.WORKING_DAY, default, source, minimum=1, maximum=60).name


REVIEW_DAYS = _working_days(
    "hardship.review_days", _("困难职工申请初审"), 5, _("义乌：单位工会在申请后 5 日内完成调查")
)
VISIT_DAYS = _working_days("hardship.visit_days", _("入户核查"), 10, OWN_PROPOSAL)
CHECK_DAYS = _working_days("hardship.check_days", _("家庭经济状况核对"), 15, OWN_PROPOSAL)
PUBLISH_DAYS = _working_days("hardship.publish_days", _("核对后发起公示"), 3, OWN_PROPOSAL)
NOTICE_DAYS = _working_days(
    "hardship.publicity_days", _("困难职工档案公示期"), 5, _("多地办法：公示不少于 5 个工作日")
)
APPROVAL_DAYS = _working_days("hardship.approval_days", _("困难职工档案审批"), 5, OWN_PROPOSAL)
FILING_DAYS = _working_days("hardship.filing_days", _("困难职工档案归档"), 5, OWN_PROPOSAL)
CORRECTION_DAYS = _working_days("hardship.correction_days", _("申请人补正"), 15, OWN_PROPOSAL)
CONFIRM_DAYS = _working_days("hardship.confirm_days", _("主动发现后本人确认"), 20, OWN_PROPOSAL)
LEAVING_DAYS = _working_days("hardship.leaving_days", _("脱困、注销审批"), 10, OWN_PROPOSAL)
CLOSING_DAYS = _working_days("hardship.closing_days", _("过期档案注销"), 20, OWN_PROPOSAL)
TAKE_OVER_DAYS = _working_days("hardship.take_over_days", _("存量档案移入确认"), 10, OWN_PROPOSAL)
RENEWAL_MONTHS = Parameter(
    "hardship.renewal_months",
    _("困难职工档案复核周期"),
    Measure.MONTH,
    12,
    _("多地办法：每年至少全面复核一次；建档超过一年的重新申请或注销"),
    minimum=1,
    maximum=60,
).name
RENEWAL_LEAD_DAYS = Parameter(
    "hardship.renewal_lead_days",
    _("到期前多少天开始复核"),
    Measure.CALENDAR_DAY,
    30,
    OWN_PROPOSAL,
    minimum=1,
    maximum=180,
).name
TEMPORARY_HELP = Parameter(
    "hardship.temporary_help",
    _("建档前可否先行临时帮扶"),
    Measure.YES_OR_NO,
    False,
    _("部分地区办法：情况紧急的，可先帮扶、后建档"),
).name
VISIT_OFFLINE_DAYS = Parameter(
    "hardship.visit_offline_days",
    _("核查资料在手机上保留"),
    Measure.CALENDAR_DAY,
    7,
    OWN_PROPOSAL,
    minimum=1,
    maximum=30,
).name
EXIT_SHARE = Parameter(
    "hardship.exit_ratio_min",
    _("每年脱困户数占年初建档户数的最低比例"),
    Measure.RATIO,
    Decimal("0.30"),
    _("漳州：每年解困脱困户数不低于建档数的 30%"),
    minimum=0,
    maximum=1,
).name
ROSTER_CATEGORIES = Parameter(
    "hardship.roster_categories",
    _("医院识别名单包括的困难类别"),
    Measure.LIST,
    "深度困难、低保户",
    _("镇江：特困职工及家庭成员由医院自动识别、减免费用"),
).name
