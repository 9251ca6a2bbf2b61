"""What every seat has in common: somebody holds a place in a body of the union from a day until a day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import EncryptedTextField, OrderedCharField, SealedModel
from niangjia.organisation.kinds import SeatEnd
from niangjia.organisation.models.columns import period_holds
from niangjia.organisation.models.tree import UnionBody


class Seat(SealedModel):
    """The name is the union's own record of who acts for it; an account, where there is one, is only a link.

    Personal data: name, phone (sealed). Basis: the union's administration under its law; kept with the register.
    """

    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="+", verbose_name=_("所属工会"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("账号"),
    )
    name = OrderedCharField(_("姓名"), max_length=50)
    phone = EncryptedTextField(_("手机号"), blank=True, default="")
    from_on = models.DateField(_("任职起"))
    # The last day; empty: still there.
    until_on = models.DateField(_("任职止"), null=True, blank=True)
    end_reason = models.CharField(_("离任原因"), max_length=20, choices=SeatEnd.choices, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def is_held_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def seat_constraints(name: str) -> list[Any]:
    return [
        period_holds(f"{name}_period_holds", "from_on", "until_on"),
        models.CheckConstraint(
            name=f"{name}_leaves_for_a_reason",
            condition=models.Q(until_on__isnull=True, end_reason="")
            | (models.Q(until_on__isnull=False) & ~models.Q(end_reason="")),
        ),
    ]
