"""The tables of what went out. A record holds no data of its own beyond who was in the file."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.membership.consents.purposes import PURPOSES


class DataProvision(models.Model):
    """对外提供记录: one file that left the house. Basis: the authorisation of each person in it.

    The file itself is not kept; `digest` (SHA-256) tells whether a file somebody holds is the one that went out.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="+", verbose_name=_("提供工会")
    )
    receiver = models.CharField(_("接收机构"), max_length=80)
    purpose = models.CharField(_("用途"), max_length=60)
    fields = models.CharField(_("提供的内容"), max_length=200)
    row_count = models.PositiveIntegerField(_("行数"))
    digest = models.CharField(_("文件摘要"), max_length=64)
    files = models.ManyToManyField(
        "assistance.HardshipFile", related_name="provisions", verbose_name=_("档案")
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提供人")
    )
    sent_at = models.DateTimeField(_("提供时间"), default=clock.now)

    class Meta:
        verbose_name = _("对外提供记录")
        verbose_name_plural = _("对外提供记录")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.receiver} {self.sent_at:%Y-%m-%d}"

    @property
    def purpose_label(self) -> str:
        purpose = PURPOSES.get(self.purpose)
        return str(purpose.label) if purpose else self.purpose


class ProvidedPerson(models.Model):
    """提供名单: a person whose data was in the file, or who was in the one before and is in it no more."""

    provision = models.ForeignKey(
        DataProvision, models.PROTECT, related_name="people", verbose_name=_("对外提供记录")
    )
    person = models.ForeignKey(
        "membership.Person", models.PROTECT, related_name="provided", verbose_name=_("人员")
    )
    is_taken_off = models.BooleanField(_("已从名单移除"), default=False)

    class Meta:
        verbose_name = _("提供名单")
        verbose_name_plural = _("提供名单")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.provision} {self.person_id}"
