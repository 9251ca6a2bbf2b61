"""The tables of the organisation. Rows elsewhere belong to a union body; only this package knows the tree."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import access, clock
from niangjia.kernel.fields import OrderedCharField
from niangjia.organisation import paths
from niangjia.organisation.kinds import (
    EmployerKind,
    Evidence,
    Industry,
    RegionLevel,
    UnionKind,
    UnionLevel,
)
from niangjia.organisation.paths import PathField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["Delegation", "Employer", "ParameterValue", "Post", "Region", "UnionBody"]


def _public_id() -> Any:
    return models.UUIDField(_("公开标识"), default=uuid.uuid4, unique=True, editable=False)


def _period_holds(name: str, first: str, last: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        violation_error_message=_("结束日期不能早于开始日期。"),
    )


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
            _period_holds("region_period_holds", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return self.name


class UnionBody(models.Model):
    """工会组织: one node of the tree. `number` is what people quote, `path` its place. No personal data."""

    public_id = _public_id()
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
            _period_holds("union_period_holds", "founded_on", "dissolved_on"),
        ]
        indexes = [models.Index(fields=["name"], name="union_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_dissolved(self) -> bool:
        return self.dissolved_on is not None


class Employer(models.Model):
    """用人单位, with or without a union. No personal data but the staff count."""

    public_id = _public_id()
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


class Post(models.Model):
    """任职: a user holds one duty over one union's subtree from a day until a day, both inclusive.

    Personal data: who worked where; kept as long as the audit trail, needed for the union's administration.
    """

    public_id = _public_id()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("账号")
    )
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="posts", verbose_name=_("任职工会"))
    duty = models.CharField(_("岗位职责"), max_length=60)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    from_on = models.DateField(_("任职起"), default=clock.today)
    until_on = models.DateField(_("任职止"), null=True, blank=True)
    # Taken back at once, whatever the last day says: somebody who leaves today must not act this afternoon.
    ended_at = models.DateTimeField(_("提前终止时间"), null=True, blank=True, editable=False)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("任命人"),
    )

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "duty", "from_on"],
                condition=Q(ended_at__isnull=True),
                name="post_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "duty"],
                condition=Q(until_on__isnull=True, ended_at__isnull=True),
                name="post_one_open",
            ),
            _period_holds("post_period_holds", "from_on", "until_on"),
        ]
        indexes = [models.Index(fields=["duty", "unit"], name="post_by_duty")]

    def __str__(self) -> str:
        return f"{self.user} {self.unit} {self.duty_label}"

    @property
    def duty_label(self) -> "StrOrPromise":
        """The duty's Chinese name; a duty that is gone from the code keeps showing its own name."""
        duty = access.DUTIES.get(self.duty)
        return duty.label if duty else self.duty

    def is_held_on(self, day: date) -> bool:
        if self.ended_at is not None:
            return False
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Delegation(models.Model):
    """代办: a colleague acts for the holder of a post, dated at both ends (inclusive), never beyond the post.

    Personal data: who acted for whom; kept as long as the audit trail.
    """

    public_id = _public_id()
    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", verbose_name=_("任职"))
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations", verbose_name=_("代办人")
    )
    from_on = models.DateField(_("代办起"), default=clock.today)
    until_on = models.DateField(_("代办止"))
    ended_at = models.DateTimeField(_("提前终止时间"), null=True, blank=True, editable=False)
    reason = models.CharField(_("事由"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人")
    )

    class Meta:
        verbose_name = _("代办")
        verbose_name_plural = _("代办")
        ordering = ["-from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "delegate", "from_on"],
                condition=Q(ended_at__isnull=True),
                name="delegation_once_a_day",
            ),
            _period_holds("delegation_period_holds", "from_on", "until_on"),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} → {self.post}"


class ParameterValue(models.Model):
    """参数: a dated number in one region (none: everywhere) from a day until a day. No personal data."""

    public_id = _public_id()
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
            _period_holds("parameter_period_holds", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from:%Y-%m-%d}"
