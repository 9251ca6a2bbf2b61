"""What an applicant is told by text message: that something moved, never what it holds."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import BenefitApplication
from niangjia.kernel.access import Actor
from niangjia.kernel.messages import MessageTemplate, send

PURPOSE = "benefits"

TO_CORRECT = MessageTemplate(
    "benefit-to-correct",
    _("待遇申请需要补正"),
    _("您的申请 {number} 有一处需要补正，请登录“娘家”查看怎么补。"),
    PURPOSE,
)
SETTLED = MessageTemplate(
    "benefit-settled",
    _("待遇申请有结果"),
    _("您的申请 {number} 已有结果，请登录“娘家”查看怎样核定的；有异议可在 {date} 前申请复议。"),
    PURPOSE,
)
ANSWERED = MessageTemplate(
    "benefit-appeal-answered",
    _("复议有答复"),
    _("您对申请 {number} 的复议已有答复，请登录“娘家”查看。"),
    PURPOSE,
)


def tell(row: BenefitApplication, template: MessageTemplate, *, actor: Actor, **values: Any) -> None:
    """Somebody without an account is told by their clerk instead."""
    if row.payee.user is not None:
        send(row.payee.user, template, actor=actor, number=row.number, **values)
