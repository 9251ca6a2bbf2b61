"""岗位职责 of the organisation."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Duty

PURPOSE = "organisation"
AUDIT = "audit"

ADMINISTRATOR = Duty(
    "organisation_administrator", _("组织管理员"), purposes=frozenset({PURPOSE}), strong=True
)
# Keeps officers, employers, service points and grids; gives nobody a right and moves no union.
ORGANISATION_CLERK = Duty("organisation_clerk", _("组织建设干事"), purposes=frozenset({PURPOSE}))
# Cases of union building hold workers' hints, so they are opened to who builds unions and to nobody else.
BUILDING = "union_building"
UNION_ORGANISER = Duty("union_organiser", _("建会专干"), purposes=frozenset({PURPOSE, BUILDING}))
BUILDING_APPROVER = Duty(
    "union_building_approver", _("建会审批人"), purposes=frozenset({PURPOSE, BUILDING}), strong=True
)
PARAMETER_KEEPER = Duty("parameter_keeper", _("参数管理员"), purposes=frozenset({PURPOSE}), strong=True)
# Reads what assistance decided, so that a trail leads to its papers; health data stays shut.
AUDITOR = Duty("auditor", _("经审员"), purposes=frozenset({PURPOSE, AUDIT, "assistance"}), strong=True)
