"""The table of stored files."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField


class StoredFile(models.Model):
    """附件. Content lies sealed in the vault at `address`; a picture also has a preview there.

    Personal data: whatever was photographed, and the original name, which is sealed. Kept as long as a domain
    row refers to it; the domain's own class of retention applies.
    """

    public_id = models.UUIDField(_("公开标识"), default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="stored_files", verbose_name=_("所属单位")
    )
    address = models.CharField(_("存放地址"), max_length=64, db_index=True)
    preview_address = models.CharField(_("缩略图地址"), max_length=64, blank=True, db_index=True)
    name = EncryptedTextField(_("文件名"))
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stored_files",
        verbose_name=_("上传人"),
    )
    uploaded_at = models.DateTimeField(_("上传时间"), default=clock.now, editable=False, db_index=True)

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        constraints = [
            models.CheckConstraint(name="stored_file_is_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")
