"""工会组织: the nodes of the tree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import OrderedCharField
from niangjia.organisation import paths
from niangjia.organisation.kinds import UnionKind, UnionLevel
from niangjia.organisation.models.columns import period_holds, public_id
from niangjia.organisation.models.regions import Region
from niangjia.organisation.paths import PathField


class UnionBody(models.Model):
    """工会组织: one node of the tree. `number` is what people quote, `path` its place. No personal data."""

    public_id = public_id()
    name = OrderedCharField(_("名称"), max_length=100)
    number = models.CharField(_("编号"), max_length=30, unique=True)
    kind = models.CharField(_("类型"), max_length=30, choices=UnionKind.choices)
    level = models.CharField(_("层级"), max_length=12, choices=UnionLevel.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级工会")
    )
    path = PathField(_("位置"), editable=False)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="unions", verbose_name=_("所在区划"), db_index=True
    )
    founded_on = models.DateField(_("成立日期"))
    dissolved_on = models.DateField(_("撤销日期"), null=True, blank=True)
    # A label for reports: an industry union's second superior gains no right to see anything.
    industry_parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="industry_children",
        verbose_name=_("产业上级工会"),
    )
    # The 南工 of 南工介〔2026〕12号; small unions have none.
    document_mark = models.CharField(_("发文代字"), max_length=10, blank=True)
    # Members of this union alone, kept by membership; lists choose their query form by it.
    member_count = models.PositiveIntegerField(_("会员数"), default=0, editable=False)

    class Meta:
        verbose_name = _("工会组织")
        verbose_name_plural = _("工会组织")
        ordering = ["path"]
        constraints = [
            # As a constraint, not `unique=True`: that would add a second, useless index on PostgreSQL.
            models.UniqueConstraint(fields=["path"], name="union_path_once"),
            models.CheckConstraint(
                name="union_one_root",
                condition=Q(parent__isnull=True, path=paths.ROOT)
                | (Q(parent__isnull=False) & ~Q(path=paths.ROOT)),
            ),
            period_holds("union_period_holds", "founded_on", "dissolved_on"),
        ]
        indexes = [models.Index(fields=["name"], name="union_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_dissolved(self) -> bool:
        return self.dissolved_on is not None
