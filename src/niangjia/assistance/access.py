"""Duties of assistance. Grassroots posts often belong to the employer's own staff, so they do not open health data."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Duty

ASSISTANCE = "assistance"
HEALTH = "health"
# Looking after a household opens that household by the pairing itself; the purpose only opens the pages.
PAIRING = "pairing"
# Living in a village opens that village; the purpose only opens the pages.
VILLAGES = "villages"
# A minor's case is opened to nobody whose post does not work on it.
SCHOOLING = "schooling"

REVIEWER = Duty("assistance_reviewer", _("帮扶初审员"), frozenset({ASSISTANCE, "organisation"}))
VISITOR = Duty("assistance_visitor", _("入户核查员"), frozenset({ASSISTANCE, "organisation"}))
CENTRE_CLERK = Duty("assistance_clerk", _("帮扶中心经办"), frozenset({ASSISTANCE, HEALTH, "organisation"}))
APPROVER = Duty(
    "assistance_approver",
    _("帮扶审批人"),
    frozenset({ASSISTANCE, HEALTH, SCHOOLING, "organisation"}),
    strong=True,
)
ARCHIVIST = Duty("assistance_archivist", _("帮扶档案员"), frozenset({ASSISTANCE, HEALTH, "organisation"}))
PAIRED_LEADER = Duty("assistance_leader", _("挂钩领导"), frozenset({PAIRING}))
PAIRED_CADRE = Duty("assistance_cadre", _("结对干部"), frozenset({PAIRING}))
VILLAGE_OFFICER = Duty("assistance_village_officer", _("驻村干部"), frozenset({VILLAGES}))
SCHOOL_WORKER = Duty("assistance_school_worker", _("劝学专干"), frozenset({SCHOOLING}))
SPOT_CHECKER = Duty(
    "assistance_spot_checker", _("档案抽查员"), frozenset({ASSISTANCE, HEALTH, "organisation"}), strong=True
)
