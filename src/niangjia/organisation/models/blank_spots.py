"""空白点: the monthly lists of employers without a union."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.organisation.models.building import UnionBuilding
from niangjia.organisation.models.columns import public_id
from niangjia.organisation.models.employers import Employer
from niangjia.organisation.models.tree import UnionBody


class BlankSpotRelease(models.Model):
    """空白点名单: one month's list for one federation, made once. No personal data."""

    public_id = public_id()
    unit = models.ForeignKey(
        UnionBody, models.PROTECT, related_name="blank_spot_releases", verbose_name=_("发布工会")
    )
    month = models.DateField(_("月份"), help_text="the first day of the month")
    released_at = models.DateTimeField(_("发布时间"), default=clock.now)

    class Meta:
        verbose_name = _("空白点名单")
        verbose_name_plural = _("空白点名单")
        ordering = ["-month", "unit"]
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="blank_spots_once_a_month")]

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%Y-%m}"


class BlankSpot(models.Model):
    """空白点: an employer on a month's list, as it stood then, and the case that follows it up."""

    release = models.ForeignKey(
        BlankSpotRelease, models.PROTECT, related_name="spots", verbose_name=_("空白点名单")
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="blank_spots", verbose_name=_("用人单位")
    )
    staff_count = models.PositiveIntegerField(_("职工人数"))
    building = models.ForeignKey(
        UnionBuilding, models.PROTECT, null=True, related_name="+", verbose_name=_("建会工作")
    )
    handled_at = models.DateTimeField(_("转办时间"), null=True)

    class Meta:
        verbose_name = _("空白点")
        verbose_name_plural = _("空白点")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["release", "employer"], name="blank_spot_once_a_list")]

    def __str__(self) -> str:
        return f"{self.release} {self.employer}"
