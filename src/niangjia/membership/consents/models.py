"""The table of consents."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.membership.consents.purposes import PURPOSES


class How(models.TextChoices):
    ONLINE = "online", _("本人在网上")
    PAPER = "paper", _("签字的书面材料")


class Consent(models.Model):
    """同意: one person's yes to one purpose, and when it was taken back. A new yes is a new row.

    Personal data: that somebody agreed to something. Basis: proof of consent; kept as long as the person, and three
    years after it was withdrawn. Two may stand at once after registrations were merged.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        "membership.Person", models.PROTECT, related_name="consents", verbose_name=_("人员")
    )
    purpose = models.CharField(_("事项"), max_length=60)
    how = models.CharField(_("方式"), max_length=10, choices=How.choices)
    given_on = models.DateField(_("同意日期"), default=clock.today)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("记录人")
    )
    withdrawn_on = models.DateField(_("撤回日期"), null=True)

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_period_holds",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "purpose"], condition=Q(withdrawn_on=None), name="consent_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.purpose}"

    @property
    def label(self) -> str:
        purpose = PURPOSES.get(self.purpose)
        return str(purpose.label) if purpose else self.purpose

    def get_how_display(self) -> str:  # type: ignore[no-redef]
        return str(How(self.how).label)
