"""Days that the region decides. Defaults are the proposals of the field; a region's own rule overrides them."""

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
PUBLISH_DAYS = _working_days("hardship.publish_days", _("核查后发起公示"), 3, OWN_PROPOSAL)
NOTICE_DAYS = _working_days(
    "hardship.publicity_days", _("困难职工档案公示期"), 5, _("多地办法：公示不少于 5 个工作日")
)
APPROVAL_DAYS = _working_days("hardship.approval_days", _("困难职工档案审批"), 5, OWN_PROPOSAL)
FILING_DAYS = _working_days("hardship.filing_days", _("困难职工档案归档"), 5, OWN_PROPOSAL)
CORRECTION_DAYS = _working_days("hardship.correction_days", _("申请人补正"), 15, OWN_PROPOSAL)

VISIT_OFFLINE_DAYS = Parameter(
    "hardship.visit_offline_days",
    _("核查资料在手机上保留"),
    Measure.CALENDAR_DAY,
    7,
    OWN_PROPOSAL,
    minimum=1,
    maximum=30,
).name
