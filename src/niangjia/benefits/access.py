"""Duties of benefits. Who takes applications in is often the employer's own staff: that post opens no health data."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Duty

BENEFITS = "benefits"
# The same purpose that assistance opens health data for.
HEALTH = "health"

SCHEME_KEEPER = Duty("scheme_keeper", _("待遇项目管理员"), frozenset({"schemes", "organisation"}))
RECEIVER = Duty("benefit_receiver", _("待遇受理员"), frozenset({BENEFITS, "organisation"}))
ASSESSOR = Duty("benefit_assessor", _("待遇核定员"), frozenset({BENEFITS, HEALTH, "organisation"}))
CONFIRMER = Duty(
    "benefit_confirmer", _("待遇审批人"), frozenset({BENEFITS, HEALTH, "organisation"}), strong=True
)
ARBITER = Duty("appeal_arbiter", _("待遇复议员"), frozenset({BENEFITS, HEALTH, "organisation"}))
