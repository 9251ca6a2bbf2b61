"""The tables of the summary: editions of a month, the figures in them, and which of them a union publishes."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.figures.measures import ended


class Edition(models.Model):
    """统计期: all measures of one month, counted at one moment. The latest finished one of a month is read.

    `measures` are the names it counted: a figure that is not stored is nought if its measure stands there, else
    unknown. No personal data.
    """

    month = models.DateField(_("月份"))
    as_of = models.DateTimeField(_("汇总时间"), default=clock.now)
    measures = models.JSONField(_("所含指标"), default=list)
    is_reconstructed = models.BooleanField(_("补算"), default=False)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("统计期")
        verbose_name_plural = _("统计期")
        constraints = [
            models.CheckConstraint(name="edition_begins_a_month", condition=Q(month__day=1)),
        ]
        indexes = [models.Index(name="edition_by_month", fields=["month", "-id"])]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.as_of:%Y-%m-%d %H:%M}"

    @property
    def day(self) -> date:
        """The day in China on which it was counted."""
        return self.as_of.astimezone(clock.CHINA).date()

    @property
    def is_closed(self) -> bool:
        """The month was over when it was counted, and counted in time: it stays as it is."""
        return not self.is_reconstructed and self.day > ended(self.month)


class Figure(models.Model):
    """统计数: one measure of one edition for the subtree of one unit; `parts` per dimension and code.

    Money is whole fen. Noughts are not stored. No personal data, but a small count may point at somebody: see
    `disclosure`.
    """

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="figures", verbose_name=_("统计期"), db_index=False
    )
    unit = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="+", verbose_name=_("工会"), db_index=False
    )
    measure = models.CharField(_("指标"), max_length=60)
    value = models.BigIntegerField(_("数值"))
    parts = models.JSONField(_("分组"), default=dict)

    class Meta:
        verbose_name = _("统计数")
        verbose_name_plural = _("统计数")
        constraints = [
            models.UniqueConstraint(name="figure_once", fields=["edition", "unit", "measure"]),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"


class Publication(models.Model):
    """数据公布: a union shows a measure of its own subtree to everybody, from a moment until it withdraws it.

    Personal data: which member of staff decided; kept as long as the audit trail.
    """

    measure = models.CharField(_("指标"), max_length=60)
    unit = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="publications", verbose_name=_("工会")
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("公布人")
    )
    published_at = models.DateTimeField(_("公布时间"), default=clock.now)
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("数据公布")
        verbose_name_plural = _("数据公布")
        constraints = [
            models.UniqueConstraint(
                name="publication_one_open", fields=["unit", "measure"], condition=Q(withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.unit}"
