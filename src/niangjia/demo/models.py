"""The mark that tells a demo database from a real one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock


class DemoCity(models.Model):
    """演示城市: one row (`pk=1`), written before the first invented person, finished when the last one stands."""

    seed = models.PositiveIntegerField(_("种子"))
    started_at = models.DateTimeField(_("开始时间"), default=clock.now, editable=False)
    finished_at = models.DateTimeField(_("完成时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("演示城市")
        verbose_name_plural = _("演示城市")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="demo_city_only_one")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.seed}"
