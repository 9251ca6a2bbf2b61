"""What a worker is told when somebody begins to look after their household, or somebody else does."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.messages import PURPOSE
from niangjia.assistance.models import Pairing
from niangjia.kernel.access import Actor
from niangjia.kernel.messages import MessageTemplate, send

PAIRED = MessageTemplate(
    "pairing-begun",
    _("有了结对联系人"),
    _("工会为您家安排了结对联系人，姓名和办公电话请登录“娘家”查看。"),
    PURPOSE,
)
HANDED_OVER = MessageTemplate(
    "pairing-handed-over",
    _("结对联系人更换"),
    _("您家的结对联系人从 {date} 起换了一位同事，姓名和办公电话请登录“娘家”查看。"),
    PURPOSE,
)


def tell(pairing: Pairing, template: MessageTemplate, *, actor: Actor, **values: Any) -> None:
    user = pairing.file.person.user
    if user is not None:
        send(user, template, actor=actor, **values)
