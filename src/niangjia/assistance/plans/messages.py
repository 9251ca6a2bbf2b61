"""What a worker is told by text message about their plan: that something moved, never what it holds."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.messages import PURPOSE
from niangjia.assistance.models import AidPlan
from niangjia.kernel.access import Actor
from niangjia.kernel.messages import MessageTemplate, send

TO_CONFIRM = MessageTemplate(
    "aid-plan-to-confirm",
    _("请确认帮扶方案"),
    _("工会为您家拟好了帮扶方案 {number}，请登录“娘家”看一看，同意就点确认。"),
    PURPOSE,
)
IN_FORCE = MessageTemplate(
    "aid-plan-in-force", _("帮扶方案开始实施"), _("您家的帮扶方案 {number} 已批准，开始实施。"), PURPOSE
)
CONCLUDED = MessageTemplate(
    "aid-plan-concluded",
    _("帮扶方案办结"),
    _("您家的帮扶方案 {number} 已办结，请登录“娘家”查看。"),
    PURPOSE,
)


def tell(plan: AidPlan, template: MessageTemplate, *, actor: Actor, **values: Any) -> None:
    user = plan.file.person.user
    if user is not None:
        send(user, template, actor=actor, number=plan.number, **values)
