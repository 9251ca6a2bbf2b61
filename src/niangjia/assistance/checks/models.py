"""对外提供: which families' data went to whom, when and for what; kept at least three years."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock


class DataProvision(models.Model):
    """One request file that left the house. Basis: the signed authorisation of each family in it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="+", verbose_name=_("提供工会")
    )
    receiver = models.CharField(_("接收机构"), max_length=80)
    fields = models.CharField(_("提供的内容"), max_length=200)
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
