"""行政区划: the places of the country, each code with its period."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.organisation.kinds import RegionLevel
from niangjia.organisation.models.columns import period_holds


class Region(models.Model):
    """行政区划 by GB/T 2260 and town codes: a row per code and period, so an old code is still found.

    Both dates are inclusive; no `valid_from`: before the records begin; no `valid_to`: still in use.
    No personal data.
    """

    code = models.CharField(_("区划代码"), max_length=12)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=10, choices=RegionLevel.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级区划")
    )
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("后继区划")
    )
    is_invented = models.BooleanField(_("虚构"), default=False)

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="region_code_once_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_from__isnull=True), name="region_one_earliest_per_code"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="region_one_current_per_code"
            ),
            models.CheckConstraint(
                name="region_invented_has_own_prefix", condition=Q(is_invented=Q(code__startswith="99"))
            ),
            period_holds("region_period_holds", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return self.name
