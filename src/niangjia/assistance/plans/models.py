"""The tables of a plan: the plan, what the household needs, the measures with their evidence, its income over time."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.plans.kinds import (
    OVER,
    PAST_AGREEMENT,
    PAST_APPROVAL,
    AidKind,
    EvidenceKind,
    Intensity,
    MeasureState,
    PlanResult,
    PlanState,
)
from niangjia.kernel import clock, papers
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.money import MoneyField
from niangjia.kernel.papers import Paper
from niangjia.kernel.workflow import WorkflowRow


class AidPlan(WorkflowRow):
    """帮扶方案: one running plan per hardship file.

    Personal data: what a family aims at, sealed. Basis: the household's agreement; kept as long as the file.
    """

    number = models.CharField(_("方案编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=20, choices=PlanState.choices, default=PlanState.DRAFTED)
    file = models.ForeignKey(
        "assistance.HardshipFile", models.PROTECT, related_name="plans", verbose_name=_("档案")
    )
    goal = EncryptedTextField(_("帮扶目标"))
    drafted_on = models.DateField(_("拟定日期"), default=clock.today)
    agreed_on = models.DateField(_("家庭确认日期"), null=True)
    signed_paper = models.CharField(_("签字件存放处"), max_length=60, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)
    review_on = models.DateField(_("下次复核"), null=True)
    concluded_on = models.DateField(_("办结日期"), null=True)
    result = models.CharField(_("结果"), max_length=20, choices=PlanResult.choices, blank=True)

    class Meta:
        verbose_name = _("帮扶方案")
        verbose_name_plural = _("帮扶方案")
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=~Q(state__in=OVER), name="aid_plan_one_running_per_file"
            ),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="aid_plan_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=PAST_AGREEMENT) | Q(agreed_on__isnull=False),
                name="aid_plan_follows_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PAST_APPROVAL) | Q(approved_on__isnull=False, review_on__isnull=False),
                name="aid_plan_in_force_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.CONCLUDED) | (Q(concluded_on__isnull=False) & ~Q(result="")),
                name="aid_plan_concluded_has_result",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="aid_plan_state_due")]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(PlanState(self.state).label)


class HouseholdNeed(models.Model):
    """家庭需求: one kind of need and how pressing it is. Personal data: what a family lacks; the words are sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(AidPlan, models.PROTECT, related_name="needs", verbose_name=_("帮扶方案"))
    kind = models.CharField(_("需求类别"), max_length=20, choices=AidKind.choices)
    intensity = models.PositiveSmallIntegerField(_("紧急程度"), choices=Intensity.choices)
    note = EncryptedTextField(_("说明"), blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("家庭需求")
        verbose_name_plural = _("家庭需求")
        ordering = ["-intensity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"], condition=Q(voided_at=None), name="need_kind_once_per_plan"
            ),
            models.CheckConstraint(condition=Q(intensity__in=Intensity.values), name="need_intensity_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_intensity_display()}"


class AidMeasure(WorkflowRow):
    """帮扶措施: one thing that somebody does for the household, from when until when.

    Personal data: what is done for whom; the words are sealed. Basis: the agreed plan; kept as long as the file.
    """

    number = models.CharField(_("措施编号"), max_length=40, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=MeasureState.choices, default=MeasureState.SUGGESTED
    )
    plan = models.ForeignKey(AidPlan, models.PROTECT, related_name="measures", verbose_name=_("帮扶方案"))
    kind = models.CharField(_("帮扶类别"), max_length=20, choices=AidKind.choices)
    detail = EncryptedTextField(_("具体做法"))
    beneficiary = models.ForeignKey(
        "membership.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("受帮扶人")
    )
    provider = models.CharField(_("落实单位"), max_length=60)
    begins_on = models.DateField(_("计划开始"))
    ends_on = models.DateField(_("计划完成"))
    amount = MoneyField(_("金额"), null=True)
    source = models.CharField(_("资金来源"), max_length=60, blank=True)
    begun_on = models.DateField(_("开始日期"), null=True)
    done_on = models.DateField(_("完成日期"), null=True)
    result = EncryptedTextField(_("落实结果"), blank=True, default="")
    evidence = models.CharField(_("凭证说明"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("帮扶措施")
        verbose_name_plural = _("帮扶措施")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MeasureState.values), name="aid_measure_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="aid_measure_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | (Q(amount__gt=0) & ~Q(source="")),
                name="aid_measure_money_has_source",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeasureState.DONE) | Q(done_on__isnull=False),
                name="aid_measure_done_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="aid_measure_state_due"),
            models.Index(fields=["done_on", "kind"], name="aid_measure_done_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(MeasureState(self.state).label)


class MeasureEvidence(Paper):
    """措施凭证: one paper that shows that a measure was carried out."""

    CASE = "measure"

    measure = models.ForeignKey(AidMeasure, models.PROTECT, related_name="papers", verbose_name=_("帮扶措施"))
    kind = models.CharField(_("类别"), max_length=20, choices=EvidenceKind.choices)

    class Meta(Paper.Meta):
        verbose_name = _("措施凭证")
        verbose_name_plural = _("措施凭证")
        constraints = [papers.once("measure", "evidence_once_per_measure")]

    def __str__(self) -> str:
        return f"{self.measure.number} {self.get_kind_display()}"


class IncomeRecord(models.Model):
    """收入记录: what a household lived on as of a day. Personal data: a family's income; kept as long as the file."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(
        "assistance.HardshipFile", models.PROTECT, related_name="incomes", verbose_name=_("档案")
    )
    as_of = models.DateField(_("截至日期"))
    household_size = models.PositiveSmallIntegerField(_("共同生活人数"))
    yearly_income_amount = MoneyField(_("家庭年收入"))
    source = models.CharField(_("依据"), max_length=60)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("收入记录")
        verbose_name_plural = _("收入记录")
        ordering = ["as_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "as_of"], condition=Q(voided_at=None), name="income_once_per_day"
            ),
            models.CheckConstraint(condition=Q(household_size__gte=1), name="income_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.file.number} {self.as_of}"
