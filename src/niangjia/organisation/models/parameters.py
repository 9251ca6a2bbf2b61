"""参数: the dated numbers that rules leave to a place and a time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.organisation.kinds import Evidence
from niangjia.organisation.models.columns import period_holds, public_id
from niangjia.organisation.models.regions import Region


class ParameterValue(models.Model):
    """参数: a dated number in one region (none: everywhere) from a day until a day. No personal data."""

    public_id = public_id()
    name = models.CharField(_("参数"), max_length=60)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parameter_values",
        verbose_name=_("适用区划"),
    )
    value = models.JSONField(_("数值"))
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)
    evidence = models.CharField(_("依据类别"), max_length=10, choices=Evidence.choices)

    class Meta:
        verbose_name = _("参数")
        verbose_name_plural = _("参数")
        ordering = ["name", "valid_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["name", "region", "valid_from"], name="parameter_once_a_day"),
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                condition=Q(region__isnull=True),
                name="parameter_once_a_day_everywhere",
            ),
            models.UniqueConstraint(
                fields=["name", "region"], condition=Q(valid_to__isnull=True), name="parameter_one_open"
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(region__isnull=True, valid_to__isnull=True),
                name="parameter_one_open_everywhere",
            ),
            period_holds("parameter_period_holds", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from:%Y-%m-%d}"
