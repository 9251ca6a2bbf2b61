"""用人单位: who employs the workers, with or without a union."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField, OrderedCharField, SealedModel
from niangjia.organisation.kinds import EmployerKind, Industry
from niangjia.organisation.models.columns import period_holds, public_id
from niangjia.organisation.models.regions import Region
from niangjia.organisation.models.tree import UnionBody


class Employer(SealedModel):
    """用人单位, with or without a union, as it is today; what it was stands in its periods.

    Personal data: the head's name, the contact's name and phone (sealed), for the union's administration.
    """

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
    # Since when the union knows of it, which the blank spots are counted from.
    known_on = models.DateField(_("掌握日期"), default=clock.today, editable=False)
    is_operating = models.BooleanField(_("正常经营"), default=True)
    # When the business began, which the time to found a union in is counted from.
    opened_on = models.DateField(_("开业日期"), null=True, blank=True)
    head = models.CharField(_("负责人"), max_length=50, blank=True, default="")
    contact = models.CharField(_("联系人"), max_length=50, blank=True, default="")
    contact_phone = EncryptedTextField(_("联系电话"), blank=True, default="")
    # Merged into, where it went on under another name and code.
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("承继单位")
    )

    class Meta:
        verbose_name = _("用人单位")
        verbose_name_plural = _("用人单位")
        ordering = ["id"]
        indexes = [models.Index(fields=["name"], name="employer_name")]

    def __str__(self) -> str:
        return self.name


class EmployerPeriod(models.Model):
    """单位沿革: what an employer was from a day until a day, both inclusive, and why it changed.

    The one open period says what the employer's own row says. Personal data: the head's name.
    """

    public_id = public_id()
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="periods", verbose_name=_("用人单位"))
    from_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期"), null=True, blank=True)
    name = models.CharField(_("单位名称"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("所在区划"))
    industry = models.CharField(_("行业"), max_length=1, choices=Industry.choices)
    kind = models.CharField(_("单位性质"), max_length=3, choices=EmployerKind.choices)
    head = models.CharField(_("负责人"), max_length=50, blank=True, default="")
    staff_count = models.PositiveIntegerField(_("职工人数"))
    is_operating = models.BooleanField(_("正常经营"))
    reason = models.CharField(_("变更事由"), max_length=200)

    # What an employer is on a day; the rest of its row has no history.
    FACTS = ("name", "region", "industry", "kind", "head", "staff_count", "is_operating")

    class Meta:
        verbose_name = _("单位沿革")
        verbose_name_plural = _("单位沿革")
        ordering = ["employer", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "from_on"], name="employer_period_once_a_day"),
            models.UniqueConstraint(
                fields=["employer"], condition=Q(until_on__isnull=True), name="employer_period_one_open"
            ),
            period_holds("employer_period_holds", "from_on", "until_on"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.from_on:%Y-%m-%d}"
