"""Duties of membership."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Duty

MEMBERSHIP_CLERK = Duty(
    "membership_clerk", _("会员管理员"), purposes=frozenset({"membership", "organisation"})
)
