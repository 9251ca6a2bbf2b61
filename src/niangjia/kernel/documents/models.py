"""The table of issued documents."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.documents.declaration import LETTERS
from niangjia.kernel.fields import EncryptedTextField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class IssuedDocument(models.Model):
    """发文: a document with a number, as it was issued. Printed again it says the same; a wrong one is voided.

    Personal data: the facts it states, sealed. Kept as long as the row it is about.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="issued_documents", verbose_name=_("发文工会")
    )
    letter = models.CharField(_("文种"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年"))
    number = models.PositiveIntegerField(_("序号"))
    text = models.CharField(_("字号"), max_length=60)
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    facts = EncryptedTextField(_("内容"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    issued_at = models.DateTimeField(_("发文时间"), default=clock.now, editable=False)
    voided_at = models.DateTimeField(_("作废时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("发文")
        verbose_name_plural = _("发文")
        constraints = [
            models.UniqueConstraint(fields=["unit", "letter", "year", "number"], name="issued_number_once"),
        ]
        indexes = [models.Index(fields=["object_type", "object_id"], name="issued_about")]

    def __str__(self) -> str:
        return self.text

    @property
    def label(self) -> "StrOrPromise":
        letter = LETTERS.get(self.letter)
        return letter.label if letter else self.letter
