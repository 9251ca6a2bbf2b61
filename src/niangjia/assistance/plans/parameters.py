"""Days and months of a plan that the region decides."""

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.parameters import OWN_PROPOSAL
from niangjia.organisation.parameters import Measure, Parameter


def _days(name: str, label: object, default: int) -> str:
    return Parameter(
        name, label, Measure.WORKING_DAY, default, OWN_PROPOSAL, minimum=1, maximum=60  # type: ignore[arg-type]
    ).name  # fmt: skip


DRAFT_DAYS = _days("aid_plan.draft_days", _("拟定帮扶方案"), 10)
CONSENT_DAYS = _days("aid_plan.consent_days", _("家庭确认帮扶方案"), 10)
APPROVAL_DAYS = _days("aid_plan.approval_days", _("帮扶方案审批"), 5)
REVIEW_MONTHS = Parameter(
    "aid_plan.review_months",
    _("帮扶方案复核间隔"),
    Measure.MONTH,
    12,
    _("各地办法：困难职工档案每年至少全面复核一次"),
    minimum=1,
    maximum=24,
).name
