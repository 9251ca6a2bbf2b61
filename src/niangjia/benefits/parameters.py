"""Days that the region decides."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from niangjia.organisation.parameters import Measure, Parameter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OWN_PROPOSAL = _("本系统建议值")


def _working_days(name: str, label: "StrOrPromise", default: int) -> str:
    return Parameter(name, label, Measure.WORKING_DAY, default, OWN_PROPOSAL, minimum=1, maximum=60).name


OPENING_DAYS = _working_days("benefits.opening_days", _("待遇项目开办复核"), 5)
CHECK_DAYS = _working_days("benefits.check_days", _("待遇申请受理"), 5)
ASSESS_DAYS = _working_days("benefits.assess_days", _("待遇核定"), 5)
CONFIRM_DAYS = _working_days("benefits.confirm_days", _("待遇审批"), 5)
CORRECTION_DAYS = _working_days("benefits.correction_days", _("待遇申请补正"), 15)
NOTICE_DAYS = _working_days("benefits.publicity_days", _("待遇公示期"), 5)
APPEAL_DAYS = _working_days("benefits.appeal_days", _("待遇复议申请期限"), 15)
ANSWER_DAYS = _working_days("benefits.answer_days", _("待遇复议答复"), 10)
