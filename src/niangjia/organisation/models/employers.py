"""用人单位: who employs the workers, with or without a union."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import OrderedCharField
from niangjia.organisation.kinds import EmployerKind, Industry
from niangjia.organisation.models.columns import public_id
from niangjia.organisation.models.regions import Region
from niangjia.organisation.models.tree import UnionBody


class Employer(models.Model):
    """用人单位, with or without a union. No personal data but the staff count."""

    public_id = public_id()
    name = OrderedCharField(_("单位名称"), max_length=120)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="employers", verbose_name=_("所在区划"))
    # The union that founded the record answers for it until the employer has a union of its own.
    unit = models.ForeignKey(
        UnionBody, models.PROTECT, related_name="employers_kept", verbose_name=_("归口工会")
    )
    union = models.ForeignKey(
        UnionBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employers",
        verbose_name=_("所建工会"),
    )
    industry = models.CharField(_("行业"), max_length=1, choices=Industry.choices)
    kind = models.CharField(_("单位性质"), max_length=3, choices=EmployerKind.choices)
    staff_count = models.PositiveIntegerField(_("职工人数"), default=0)
    is_operating = models.BooleanField(_("正常经营"), default=True)

    class Meta:
        verbose_name = _("用人单位")
        verbose_name_plural = _("用人单位")
        ordering = ["id"]
        indexes = [models.Index(fields=["name"], name="employer_name")]

    def __str__(self) -> str:
        return self.name
