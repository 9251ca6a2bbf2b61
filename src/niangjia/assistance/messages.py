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

FOUND = MessageTemplate(
    "hardship-found",
    _("工会为您准备了帮扶申请"),
    _("工会了解到您家可能有困难，为您准备了申请 {number}，请登录“娘家”确认或谢绝。"),
    PURPOSE,
)
RENEWAL = MessageTemplate(
    "hardship-renewal",
    _("档案开始复核"),
    _("您的困难职工档案 {number} 开始年度复核，请留意工会联系。"),
    PURPOSE,
)
TAKEN_OVER = MessageTemplate(
    "hardship-taken-over",
    _("原有档案已移入"),
    _("您原来的困难职工档案已移入“娘家”，编号 {number}，有效期不变；有不对的请告诉工会。"),
    PURPOSE,
)
LEFT = MessageTemplate(
    "hardship-left",
    _("档案已办结"),
    _("您的困难职工档案 {number} 已办结，请登录“娘家”查看结果；再有困难可以重新申请。"),
    PURPOSE,
)


def tell(file: HardshipFile, template: MessageTemplate, *, actor: Actor, **values: Any) -> None:
    """Somebody without an account is told by their clerk instead."""
    if file.person.user is not None:
        send(file.person.user, template, actor=actor, number=file.number, **values)
