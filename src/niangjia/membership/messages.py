"""What a worker is told by text message about their membership: that something moved, never why."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor
from niangjia.kernel.messages import MessageTemplate, send
from niangjia.membership.models import Person

PURPOSE = "membership"

APPLICATION_TO_CORRECT = MessageTemplate(
    "application-to-correct",
    _("入会申请需要补正"),
    _("您的入会申请 {number} 有一处需要补正，请登录“娘家”查看怎么补。"),
    PURPOSE,
)
APPLICATION_ASSIGNED = MessageTemplate(
    "application-assigned",
    _("入会申请已分配"),
    _("您的入会申请 {number} 已转给{unit}办理。"),
    PURPOSE,
)
APPLICATION_DECLINED = MessageTemplate(
    "application-declined",
    _("入会申请有结果"),
    _("您的入会申请 {number} 已有结果，请登录“娘家”查看理由和办法。"),
    PURPOSE,
)
APPLICATION_LAPSED = MessageTemplate(
    "application-lapsed",
    _("入会申请作罢"),
    _("您的入会申请 {number} 逾期没有补正，已经作罢，可以重新申请。"),
    PURPOSE,
)
ADMITTED = MessageTemplate("admitted", _("已入会"), _("欢迎加入{unit}，您的会员编号是 {number}。"), PURPOSE)
RETAINED = MessageTemplate(
    "membership-retained", _("会籍已保留"), _("您的会籍 {number} 已办理保留，会籍不断。"), PURPOSE
)
RETENTION_DECLINED = MessageTemplate(
    "retention-declined",
    _("保留会籍有结果"),
    _("您保留会籍 {number} 的申请已有结果，请登录“娘家”查看理由。"),
    PURPOSE,
)
WARNED = MessageTemplate(
    "membership-warned", _("会籍催告"), _("{unit}提醒您履行会员义务，请登录“娘家”查看期限和办法。"), PURPOSE
)
LEFT = MessageTemplate(
    "membership-left", _("会籍有变化"), _("您的会籍 {number} 有变化，请登录“娘家”查看。"), PURPOSE
)
TRANSFER_RELEASED = MessageTemplate(
    "transfer-released", _("会籍已转出"), _("您的转会 {number} 原工会已同意，现等{unit}接收。"), PURPOSE
)
TRANSFER_TO_CORRECT = MessageTemplate(
    "transfer-to-correct",
    _("转会需要补正"),
    _("您的转会 {number} 有一处需要补正，请登录“娘家”查看怎么补。"),
    PURPOSE,
)
TRANSFER_RECEIVED = MessageTemplate(
    "transfer-received", _("会籍已转入"), _("您的会籍已转到{unit}，接转编号 {number}。"), PURPOSE
)
TRANSFER_REFUSED = MessageTemplate(
    "transfer-refused", _("转会有结果"), _("您的转会 {number} 已有结果，请登录“娘家”查看理由。"), PURPOSE
)
TRANSFER_LAPSED = MessageTemplate(
    "transfer-lapsed",
    _("转会作罢"),
    _("您的转会 {number} 逾期没有接收，会籍仍在原工会，可以重新申请。"),
    PURPOSE,
)


def tell(person: Person, template: MessageTemplate, *, actor: Actor, **values: Any) -> None:
    """Somebody without an account is told by their clerk instead."""
    if person.user is not None:
        send(person.user, template, actor=actor, **values)
