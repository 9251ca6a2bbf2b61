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
PARAMETER_KEEPER = Duty("parameter_keeper", _("参数管理员"), purposes=frozenset({PURPOSE}), strong=True)
# Reads what assistance decided, so that a trail leads to its papers; health data stays shut.
AUDITOR = Duty("auditor", _("经审员"), purposes=frozenset({PURPOSE, AUDIT, "assistance"}), strong=True)
