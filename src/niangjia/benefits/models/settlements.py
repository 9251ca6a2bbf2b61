"""结算清单: what a visit to hospital cost, line by line, as the hospital or the insurance sent it."""

import json
import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody


class Settlement(models.Model):
    """医疗费结算单: one bill of one person.

    Personal data: that somebody was treated, where and for how much; the lines are sealed. Basis: the consent to have
    the application checked; kept as long as the application that rests on it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="+", verbose_name=_("导入工会"))
    number = models.CharField(_("结算单号"), max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="settlements", verbose_name=_("人员"))
    settled_on = models.DateField(_("结算日期"))
    # Fee → amount as text, JSON; with the hospital's name.
    lines = EncryptedTextField(_("费用明细"))
    imported_at = models.DateTimeField(_("导入时间"), default=clock.now)
    voided_on = models.DateField(_("作废日期"), null=True)

    class Meta:
        verbose_name = _("医疗费结算单")
        verbose_name_plural = _("医疗费结算单")
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(voided_on=None), name="settlement_number_once"
            )
        ]
        indexes = [models.Index(fields=["person", "settled_on"], name="settlement_person_day")]

    def __str__(self) -> str:
        return self.number

    @property
    def fees(self) -> dict[str, Decimal]:
        return {name: Decimal(amount) for name, amount in json.loads(self.lines)["fees"].items()}
