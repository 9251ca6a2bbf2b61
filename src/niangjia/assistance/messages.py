"""What a worker is told by text message while their file is on its way: that something moved, never what it holds."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.models import HardshipFile
from niangjia.kernel.access import Actor
from niangjia.kernel.messages import MessageTemplate, send

PURPOSE = "hardship"

TO_CORRECT = MessageTemplate(
    "hardship-to-correct",
    _("申请需要补正"),
    _("您的申请 {number} 有一处需要补正，请登录“娘家”查看怎么补。"),
    PURPOSE,
)
ON_NOTICE = MessageTemplate(
    "hardship-on-notice", _("开始公示"), _("您的申请 {number} 已开始公示，到 {date} 为止。"), PURPOSE
)
OFF_NOTICE = MessageTemplate(
    "hardship-off-notice",
    _("公示已撤下"),
    _("您的申请 {number} 的公示已撤下，请登录“娘家”查看原因。"),
    PURPOSE,
)
DECLINED = MessageTemplate(
    "hardship-declined",
    _("申请未通过"),
    _("您的申请 {number} 已有结果，请登录“娘家”查看理由和办法。"),
    PURPOSE,
)
FILED = MessageTemplate("hardship-filed", _("已建档"), _("您的申请 {number} 已经建档。"), PURPOSE)


def tell(file: HardshipFile, template: MessageTemplate, *, actor: Actor, **values: Any) -> None:
    """Somebody without an account is told by their clerk instead."""
    if file.person.user is not None:
        send(file.person.user, template, actor=actor, number=file.number, **values)
