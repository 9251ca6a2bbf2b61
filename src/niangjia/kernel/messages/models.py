"""The table of messages."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField


class State(models.TextChoices):
    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    WITHHELD = "withheld", _("未发送")
    FAILED = "failed", _("发送失败")


class Message(models.Model):
    """消息. Personal data: address and body, sealed, wiped a day after the end; the rest is kept 2 years.

    Lawful basis: the login or matter that the person opened; their consent where `purpose` asks for it.
    """

    public_id = models.UUIDField(_("公开标识"), default=uuid.uuid4, unique=True, editable=False)
    template = models.CharField(_("模板"), max_length=100)
    purpose = models.CharField(_("用途"), max_length=50)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("收件人"),
    )
    address = EncryptedTextField(_("地址"), blank=True)
    body = EncryptedTextField(_("正文"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.QUEUED)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("发件人"),
    )
    created_at = models.DateTimeField(_("创建时间"), default=clock.now, editable=False)
    valid_until = models.DateTimeField(_("有效期至"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    reference = models.CharField(_("通道回执"), max_length=100, blank=True)
    error = models.TextField(_("原因"), blank=True)

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        constraints = [
            models.CheckConstraint(
                name="message_ends_once",
                condition=Q(state=State.QUEUED, ended_at__isnull=True)
                | (~Q(state=State.QUEUED) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="unsent_message_says_why",
                condition=~Q(state__in=[State.WITHHELD, State.FAILED], error=""),
            ),
        ]
        indexes = [
            models.Index(name="queued_messages", fields=["valid_until"], condition=Q(state=State.QUEUED)),
            models.Index(name="ended_messages", fields=["ended_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.public_id}"
