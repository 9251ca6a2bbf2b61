"""Days that the region decides. Defaults are the proposals of the field; a region's own rule overrides them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from niangjia.organisation.parameters import Measure, Parameter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OWN_PROPOSAL = _("本系统建议值")


def _working_days(name: str, label: "StrOrPromise", default: int) -> str:
    return Parameter(name, label, Measure.WORKING_DAY, default, OWN_PROPOSAL, minimum=1, maximum=90).name


REVIEW_DAYS = _working_days("member.review_days", _("入会申请审批"), 10)
ASSIGN_DAYS = _working_days("member.assign_days", _("周转库分配工会"), 5)
CORRECTION_DAYS = _working_days("member.correction_days", _("入会、接转申请补正，入会申请逾期作罢"), 15)
RELEASE_DAYS = _working_days("member.release_days", _("会籍转出"), 5)
RECEIVE_DAYS = _working_days("member.receive_days", _("会籍转入，逾期留在原工会"), 20)
RETENTION_DAYS = _working_days("member.retention_days", _("保留会籍核准"), 5)
LAPSE_MONTHS = Parameter(
    "member.lapse_months",
    _("连续不缴会费、不参加活动满几个月可以催告（0：不实行自动退会）"),
    Measure.MONTH,
    6,
    _("工会章程：连续六个月不缴会费、不参加组织生活，经教育拒不改正，视为自动退会"),
    minimum=0,
    maximum=60,
).name
WARNING_DAYS = Parameter(
    "member.warning_days", _("催告后自动退会"), Measure.CALENDAR_DAY, 30, OWN_PROPOSAL, minimum=1, maximum=366
).name
