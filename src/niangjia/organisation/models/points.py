"""服务阵地: where workers find the union: centres, rest stations, grid stations; their hours and what is there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import OrderedCharField
from niangjia.organisation.kinds import Facility, GridRole, PointKind
from niangjia.organisation.models.columns import period_holds, public_id
from niangjia.organisation.models.regions import Region
from niangjia.organisation.models.seats import Seat, seat_constraints
from niangjia.organisation.models.tree import UnionBody


class ServicePoint(models.Model):
    """服务阵地: open to whoever comes, so all of it is public, its telephone too. No personal data.

    Positions are GCJ-02, as every map sold in China has them. `hours`: see `organisation.hours`.
    """

    public_id = public_id()
    unit = models.ForeignKey(
        UnionBody, models.PROTECT, related_name="service_points", verbose_name=_("主管工会")
    )
    name = OrderedCharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=20, choices=PointKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("上级站点")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="service_points", verbose_name=_("所在区划")
    )
    address = models.CharField(_("地址"), max_length=120)
    phone = models.CharField(_("公开电话"), max_length=30, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    hours = models.JSONField(_("开放时间"), default=dict)
    opened_on = models.DateField(_("启用日期"))
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("服务阵地")
        verbose_name_plural = _("服务阵地")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(closed_on__isnull=True), name="point_name_once"
            ),
            period_holds("point_period_holds", "opened_on", "closed_on"),
            models.CheckConstraint(
                name="point_position_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=3, latitude__lte=54, longitude__gte=73, longitude__lte=136),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PointFacility(models.Model):
    """阵地设施: one thing that one may use at a point. No personal data."""

    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="facilities", verbose_name=_("阵地"))
    kind = models.CharField(_("设施"), max_length=20, choices=Facility.choices)

    class Meta:
        verbose_name = _("阵地设施")
        verbose_name_plural = _("阵地设施")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["point", "kind"], name="facility_once")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class SpecialHours(models.Model):
    """特别开放时间: some days on which a point keeps other hours, or none; the newest holds. No personal data."""

    public_id = public_id()
    point = models.ForeignKey(
        ServicePoint, models.PROTECT, related_name="special_hours", verbose_name=_("阵地")
    )
    from_on = models.DateField(_("开始日期"))
    # No last day: until further notice.
    until_on = models.DateField(_("结束日期"), null=True, blank=True)
    hours = models.CharField(_("开放时间"), max_length=60, blank=True)
    reason = models.CharField(_("原因"), max_length=60)

    class Meta:
        verbose_name = _("特别开放时间")
        verbose_name_plural = _("特别开放时间")
        ordering = ["id"]
        constraints = [period_holds("special_hours_period_holds", "from_on", "until_on")]

    def __str__(self) -> str:
        return self.reason


class GridCell(models.Model):
    """网格: a piece of ground for which grid workers answer, with the station they work from. No personal data."""

    public_id = public_id()
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="grid_cells", verbose_name=_("所属工会"))
    number = models.CharField(_("网格编号"), max_length=30, unique=True)
    name = models.CharField(_("网格名称"), max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="grid_cells", verbose_name=_("所在区划"))
    station = models.ForeignKey(
        ServicePoint,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grid_cells",
        verbose_name=_("网格工作站"),
    )
    boundary = models.CharField(_("四至范围"), max_length=200, blank=True)
    from_on = models.DateField(_("划定日期"))
    ended_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("网格")
        verbose_name_plural = _("网格")
        ordering = ["number"]
        constraints = [period_holds("grid_cell_period_holds", "from_on", "ended_on")]

    def __str__(self) -> str:
        return self.name


class GridWorker(Seat):
    """网格员: who answers for a grid cell, dated."""

    cell = models.ForeignKey(GridCell, models.PROTECT, related_name="workers", verbose_name=_("网格"))
    role = models.CharField(_("职责"), max_length=10, choices=GridRole.choices)

    class Meta:
        verbose_name = _("网格员")
        verbose_name_plural = _("网格员")
        ordering = ["id"]
        constraints = [
            *seat_constraints("grid_worker"),
            models.UniqueConstraint(
                fields=["cell"],
                condition=Q(until_on__isnull=True, role=GridRole.HEAD),
                name="grid_cell_one_head",
            ),
        ]
