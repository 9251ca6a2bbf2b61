"""建会: a case of building a union, and what belongs to it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock, papers
from niangjia.kernel.fields import EncryptedTextField, OrderedCharField
from niangjia.kernel.money import MoneyField
from niangjia.kernel.papers import Paper
from niangjia.kernel.workflow import WorkflowRow
from niangjia.organisation.building.kinds import (
    BODY_CHOICES,
    BUILDABLE_CHOICES,
    CLOSED_STATES,
    PAST_APPROVAL,
    PAST_ASSEMBLY,
    PAST_PREPARATION,
    ROLE_CHOICES,
    BuildingPaperKind,
    GivingUp,
    Side,
    Source,
    State,
    Willingness,
)
from niangjia.organisation.kinds import OfficerRole
from niangjia.organisation.models.columns import public_id
from niangjia.organisation.models.employers import Employer
from niangjia.organisation.models.tree import UnionBody


class UnionBuilding(WorkflowRow):
    """建会工作: one union on its way, from the lead to the founded union.

    Personal data: who gave the hint and how to reach them, sealed, shown to nobody outside union building; kept two
    years after the case is closed. Basis: the worker's own message.
    """

    number = models.CharField(_("编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=20, choices=State.choices, default=State.LEAD)
    source = models.CharField(_("线索来源"), max_length=20, choices=Source.choices)
    kind = models.CharField(_("拟建类型"), max_length=30, choices=BUILDABLE_CHOICES)
    name = OrderedCharField(_("单位或地点"), max_length=100)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    message = EncryptedTextField(_("线索内容"), blank=True)
    contact = EncryptedTextField(_("反映人联系方式"), blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="union_hints",
        verbose_name=_("反映人"),
    )
    begun_on = models.DateField(_("立项日期"), default=clock.today)
    last_contact_on = models.DateField(_("最近联系"), null=True)
    operating_since = models.DateField(_("开业日期"), null=True)
    willingness = models.CharField(_("意愿"), max_length=20, choices=Willingness.choices, blank=True)
    staff_count = models.PositiveIntegerField(_("职工人数"), null=True)
    women_count = models.PositiveIntegerField(_("女职工人数"), null=True)
    helped_from = models.DateField(_("上级工会开始指导"), null=True)
    opinion_number = models.CharField(_("意见书字号"), max_length=40, blank=True)
    prepared_on = models.DateField(_("筹备组成立"), null=True)
    put_off_until = models.DateField(_("暂缓至"), null=True)
    given_up_for = models.CharField(_("放弃原因"), max_length=20, choices=GivingUp.choices, blank=True)
    absorbed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="absorbed", verbose_name=_("并入")
    )
    approval_number = models.CharField(_("批复字号"), max_length=40, blank=True)
    approved_on = models.DateField(_("批复日期"), null=True)
    union = models.ForeignKey(
        UnionBody, models.PROTECT, null=True, related_name="building", verbose_name=_("所建工会")
    )
    founded_on = models.DateField(_("建会日期"), null=True)

    class Meta:
        verbose_name = _("建会工作")
        verbose_name_plural = _("建会工作")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="building_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=PAST_PREPARATION) | Q(prepared_on__isnull=False),
                name="building_prepared_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PAST_APPROVAL)
                | (Q(approved_on__isnull=False) & ~Q(approval_number="")),
                name="building_approved_has_day_and_number",
            ),
            models.CheckConstraint(
                condition=Q(state=State.FOUNDED, union__isnull=False, founded_on__isnull=False)
                | (~Q(state=State.FOUNDED) & Q(union__isnull=True)),
                name="building_founded_has_union",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUT_OFF) | Q(put_off_until__isnull=False),
                name="building_put_off_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.GIVEN_UP) | ~Q(given_up_for=""), name="building_given_up_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ABSORBED) | Q(absorbed_by__isnull=False),
                name="building_absorbed_has_target",
            ),
            # One union is the outcome of one case.
            models.UniqueConstraint(fields=["union"], name="building_one_per_union"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="building_state_due"),
            models.Index(fields=["unit", "state"], name="building_unit_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(State(self.state).label)

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED_STATES

    @property
    def proposed_union_name(self) -> str:
        return self.name if self.name.endswith("工会") else f"{self.name}工会"

    @property
    def is_past_assembly(self) -> bool:
        return self.state in PAST_ASSEMBLY


class BuildingEmployer(models.Model):
    """建会单位: an employer in a case. While the case runs the employer is in no other. No personal data."""

    public_id = public_id()
    building = models.ForeignKey(
        UnionBuilding, models.PROTECT, related_name="links", verbose_name=_("建会工作")
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="building_links", verbose_name=_("用人单位")
    )
    added_at = models.DateTimeField(_("加入时间"), default=clock.now)
    released_at = models.DateTimeField(_("解除时间"), null=True)
    # Taken out of the case by a clerk, as against released with its end.
    voided_at = models.DateTimeField(_("移出时间"), null=True)

    class Meta:
        verbose_name = _("建会单位")
        verbose_name_plural = _("建会单位")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=Q(released_at=None), name="building_employer_once"
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None) | Q(released_at__isnull=False),
                name="building_employer_void_is_released",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building.number} {self.employer}"


class BuildingVisit(models.Model):
    """走访记录: who was met and what they said. Personal data: the name of whom one spoke to, for the case's length."""

    public_id = public_id()
    building = models.ForeignKey(
        UnionBuilding, models.PROTECT, related_name="visits", verbose_name=_("建会工作")
    )
    visited_on = models.DateField(_("走访日期"))
    spoke_to = models.CharField(_("接待人"), max_length=50)
    willingness = models.CharField(_("意愿"), max_length=20, choices=Willingness.choices)
    findings = models.TextField(_("走访情况"), max_length=1000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("走访记录")
        verbose_name_plural = _("走访记录")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.building.number} {self.visited_on}"


class MemberAssembly(models.Model):
    """会员大会: when the members met, how many there are and how many came. A repeated election has a new one."""

    public_id = public_id()
    building = models.ForeignKey(
        UnionBuilding, models.PROTECT, related_name="assemblies", verbose_name=_("建会工作")
    )
    held_on = models.DateField(_("召开日期"))
    is_of_delegates = models.BooleanField(_("会员代表大会"), default=False)
    entitled_count = models.PositiveIntegerField(_("应到人数"))
    present_count = models.PositiveIntegerField(_("实到人数"))
    term_years = models.PositiveSmallIntegerField(_("任期（年）"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("会员大会")
        verbose_name_plural = _("会员大会")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present_count__lte=models.F("entitled_count")),
                name="assembly_present_are_entitled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.building.number} {self.held_on}"


class Voidable(models.Model):
    """A row of a case that is never removed, only voided."""

    public_id = public_id()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar[Any] = ["pk"]


class ElectionResult(Voidable):
    """选举结果: who was elected or named to which body. Personal data: name and office, published by nature."""

    building = models.ForeignKey(
        UnionBuilding, models.PROTECT, related_name="elected", verbose_name=_("建会工作")
    )
    body = models.CharField(_("机构"), max_length=20, choices=BODY_CHOICES)
    role = models.CharField(_("职务"), max_length=20, choices=ROLE_CHOICES)
    name = models.CharField(_("姓名"), max_length=50)
    # None: named by the committee, not elected by the members.
    vote_count = models.PositiveIntegerField(_("得票"), null=True)

    class Meta(Voidable.Meta):
        verbose_name = _("选举结果")
        verbose_name_plural = _("选举结果")
        constraints = [
            models.UniqueConstraint(
                fields=["building", "body", "name"], condition=Q(voided_at=None), name="elected_once_per_body"
            ),
            models.UniqueConstraint(
                fields=["building", "body"],
                condition=Q(voided_at=None, role__in=OfficerRole.heads()),
                name="elected_one_head",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.name}"


class Contribution(Voidable):
    """共建投入: what one of the five sides gave, in money or in kind. No personal data: sides, not givers."""

    building = models.ForeignKey(
        UnionBuilding, models.PROTECT, related_name="contributions", verbose_name=_("建会工作")
    )
    side = models.CharField(_("哪一方"), max_length=20, choices=Side.choices)
    amount = MoneyField(_("金额或折价"))
    is_in_kind = models.BooleanField(_("实物"), default=False)
    given_on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=200)

    class Meta(Voidable.Meta):
        verbose_name = _("共建投入")
        verbose_name_plural = _("共建投入")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="contribution_is_positive")]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.amount}"


class BuildingPaper(Paper):
    """建会材料: one paper of a case."""

    CASE = "building"

    building = models.ForeignKey(
        UnionBuilding, models.PROTECT, related_name="papers", verbose_name=_("建会工作")
    )
    kind = models.CharField(_("类别"), max_length=20, choices=BuildingPaperKind.choices)

    class Meta(Paper.Meta):
        verbose_name = _("建会材料")
        verbose_name_plural = _("建会材料")
        constraints = [papers.once("building", "building_paper_once")]

    def __str__(self) -> str:
        return f"{self.building.number} {self.get_kind_display()}"


class AcceptanceTick(Voidable):
    """验收事项: one item of the region's list found in order, with its evidence. No personal data."""

    building = models.ForeignKey(
        UnionBuilding, models.PROTECT, related_name="ticks", verbose_name=_("建会工作")
    )
    item = models.CharField(_("验收项"), max_length=60)
    paper = models.ForeignKey(
        BuildingPaper, models.PROTECT, null=True, related_name="+", verbose_name=_("证明材料")
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta(Voidable.Meta):
        verbose_name = _("验收事项")
        verbose_name_plural = _("验收事项")
        constraints = [
            models.UniqueConstraint(
                fields=["building", "item"], condition=Q(voided_at=None), name="acceptance_item_once"
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=False) | ~Q(note=""), name="acceptance_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building.number} {self.item}"
