"""Duties of assistance. Grassroots posts often belong to the employer's own staff, so they do not open health data."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Duty

ASSISTANCE = "assistance"
HEALTH = "health"

REVIEWER = Duty("assistance_reviewer", _("帮扶初审员"), frozenset({ASSISTANCE, "organisation"}))
VISITOR = Duty("assistance_visitor", _("入户核查员"), frozenset({ASSISTANCE, "organisation"}))
CENTRE_CLERK = Duty("assistance_clerk", _("帮扶中心经办"), frozenset({ASSISTANCE, HEALTH, "organisation"}))
APPROVER = Duty(
    "assistance_approver", _("帮扶审批人"), frozenset({ASSISTANCE, HEALTH, "organisation"}), strong=True
)
ARCHIVIST = Duty("assistance_archivist", _("帮扶档案员"), frozenset({ASSISTANCE, HEALTH, "organisation"}))
