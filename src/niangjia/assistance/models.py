"""The tables of assistance: hardship files, what was found at home, and the papers that belong to them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.circumstances.models import Circumstances, FamilyMember
from niangjia.assistance.kinds import (
    CLOSED_STATES,
    HEALTH_PAPERS,
    ONCE_FILED,
    PAST_NOTICE,
    Category,
    Cause,
    LeavingReason,
    Origin,
    PaperKind,
    State,
)
from niangjia.assistance.pairing.models import Pairing, PairingStint, PairVisit
from niangjia.assistance.plans.models import AidMeasure, AidPlan, HouseholdNeed, IncomeRecord, MeasureEvidence
from niangjia.assistance.provisions.models import DataProvision, ProvidedPerson
from niangjia.assistance.schooling.models import PersuasionVisit, SchoolingCase, SchoolSupport
from niangjia.assistance.spot_checks.models import SampledFile, SpotCheck
from niangjia.assistance.twinning.models import (
    CountyProject,
    HelpPaper,
    MilestoneDelay,
    ProjectFunding,
    ProjectPaper,
    Twinning,
    TwinningHelp,
)
from niangjia.assistance.villages.models import (
    PairedVillage,
    PostingWork,
    VillageDividend,
    VillageFunding,
    VillageIndustry,
    VillagePosting,
)
from niangjia.assistance.visits.kinds import BELONGINGS, NO_BELONGINGS, Conclusion, Housing, Way
from niangjia.assistance.visits.models import DraftPart, VisitDraft
from niangjia.benefits.models import Decision
from niangjia.kernel import clock, papers
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.money import MoneyField
from niangjia.kernel.papers import Paper
from niangjia.kernel.workflow import WorkflowRow
from niangjia.membership.models import Household, Person

__all__ = [
    "AidMeasure",
    "AidPlan",
    "Attachment",
    "Circumstances",
    "CountyProject",
    "DataProvision",
    "DraftPart",
    "FamilyMember",
    "HardshipFile",
    "HelpPaper",
    "HomeVisit",
    "HouseholdNeed",
    "IncomeRecord",
    "MeasureEvidence",
    "MilestoneDelay",
    "PairVisit",
    "PairedVillage",
    "Pairing",
    "PairingStint",
    "PersuasionVisit",
    "PostingWork",
    "ProjectFunding",
    "ProjectPaper",
    "ProvidedPerson",
    "SampledFile",
    "SchoolSupport",
    "SchoolingCase",
    "SpotCheck",
    "Twinning",
    "TwinningHelp",
    "VillageDividend",
    "VillageFunding",
    "VillageIndustry",
    "VillagePosting",
    "VisitDraft",
]


class HardshipFile(WorkflowRow):
    """困难职工档案: one per household, from the application to the archive.

    Personal data: income, cause and story of a family; the story is sealed. Basis: the application and the signed
    consents; kept ten years after the file is closed.
    """

    number = models.CharField(_("档案编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=20, choices=State.choices, default=State.APPLIED)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="hardship_files", verbose_name=_("申请人")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="hardship_files", verbose_name=_("家庭")
    )
    # 返困, or applying anew after expiry: the file this household had before.
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="successors",
        verbose_name=_("上一份档案"),
        db_index=False,
    )
    origin = models.CharField(_("来源"), max_length=10, choices=Origin.choices, default=Origin.ONLINE)
    # Of a file that an earlier system kept: its number there.
    former_number = models.CharField(_("原系统编号"), max_length=40, blank=True, editable=False)
    cause = models.CharField(_("主要致困原因"), max_length=20, choices=Cause.choices)
    second_cause = models.CharField(_("次要致困原因"), max_length=20, choices=Cause.choices, blank=True)
    household_size = models.PositiveSmallIntegerField(_("共同生活人数"))
    yearly_income_amount = MoneyField(_("家庭年收入"))
    rigid_spending_amount = MoneyField(_("年刚性支出"))
    statement = EncryptedTextField(_("困难情况"))
    consents_to_check = models.BooleanField(_("授权核对家庭经济状况"), default=False)
    # When the worker agreed here in person; who signed on paper has the signed sheet among the papers.
    authorised_on = models.DateField(_("授权日期"), null=True)
    consents_to_notice = models.BooleanField(_("同意公示"), default=False)
    shares_health_with_unit = models.BooleanField(_("同意本单位工会查看病情材料"), default=False)
    category = models.CharField(_("困难类别"), max_length=20, choices=Category.choices, blank=True)
    # Why the approver decided otherwise than the rules proposed.
    category_reason = EncryptedTextField(_("类别与测算不同的理由"), blank=True, default="")
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        related_name="hardship_files",
        verbose_name=_("类别测算"),
        db_index=False,
    )
    applied_on = models.DateField(_("申请日期"), default=clock.today)
    notice_from = models.DateField(_("公示起"), null=True)
    notice_until = models.DateField(_("公示止"), null=True)
    approved_on = models.DateField(_("审批日期"), null=True)
    filed_on = models.DateField(_("建档日期"), null=True)
    shelf_mark = models.CharField(_("档案盒号"), max_length=40, blank=True)
    page_count = models.PositiveSmallIntegerField(_("页数"), null=True)
    renewal_on = models.DateField(_("开始复核日"), null=True)
    expires_on = models.DateField(_("有效期止"), null=True)
    renewed_on = models.DateField(_("最近续档日期"), null=True)
    leaving_reason = models.CharField(_("退出原因"), max_length=20, choices=LeavingReason.choices, blank=True)
    left_on = models.DateField(_("退出日期"), null=True)
    temporary_help_on = models.DateField(_("同意临时帮扶日期"), null=True)

    class Meta:
        verbose_name = _("困难职工档案")
        verbose_name_plural = _("困难职工档案")
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=~Q(state__in=CLOSED_STATES), name="hardship_one_per_household"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="hardship_state_known"),
            models.CheckConstraint(condition=Q(household_size__gte=1), name="hardship_household_not_empty"),
            models.CheckConstraint(
                condition=~Q(state=State.ON_NOTICE)
                | Q(consents_to_notice=True, notice_from__isnull=False, notice_until__isnull=False),
                name="hardship_notice_has_consent_and_window",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PAST_NOTICE) | Q(notice_until__isnull=False),
                name="hardship_approval_follows_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPROVED, *ONCE_FILED])
                | (Q(approved_on__isnull=False) & ~Q(category="")),
                name="hardship_approved_has_day_and_category",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ONCE_FILED)
                | (
                    Q(filed_on__isnull=False, renewal_on__isnull=False, expires_on__isnull=False)
                    & ~Q(shelf_mark="")
                ),
                name="hardship_filed_has_days_and_shelf",
            ),
            # What an earlier system did stands in the file before anybody is asked to confirm it.
            models.CheckConstraint(
                condition=~Q(state=State.TAKEN_OVER)
                | (
                    Q(
                        origin=Origin.TAKEN_OVER,
                        notice_until__isnull=False,
                        approved_on__isnull=False,
                        filed_on__isnull=False,
                        renewal_on__isnull=False,
                        expires_on__isnull=False,
                    )
                    & ~Q(category="")
                    & ~Q(shelf_mark="")
                ),
                name="hardship_taken_over_has_its_past",
            ),
            models.CheckConstraint(
                condition=(Q(origin=Origin.TAKEN_OVER) & ~Q(former_number=""))
                | (~Q(origin=Origin.TAKEN_OVER) & Q(former_number="")),
                name="hardship_former_number_of_taken_over",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.EXITED, State.STRUCK_OFF])
                | (Q(left_on__isnull=False) & ~Q(leaving_reason="")),
                name="hardship_left_has_day_and_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="hardship_state_due"),
            models.Index(fields=["unit", "state"], name="hardship_unit_state"),
            models.Index(fields=["predecessor"], name="hardship_predecessor"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person}"

    # Django's own, here and below, translate and hash every choice at each call: a quarter of a list page's CPU.
    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(State(self.state).label)

    def get_cause_display(self) -> str:  # type: ignore[no-redef]
        return str(Cause(self.cause).label)

    @property
    def returned_to_hardship(self) -> bool:
        """返困: this household had got out of hardship before."""
        return self.predecessor is not None and self.predecessor.state == State.EXITED

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED_STATES


class HomeVisit(models.Model):
    """入户核查: what was found at home. Personal data: income and living conditions; the findings are sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(HardshipFile, models.PROTECT, related_name="visits", verbose_name=_("档案"))
    visited_on = models.DateField(_("入户日期"))
    companion = models.CharField(_("同行人"), max_length=50)
    household_size = models.PositiveSmallIntegerField(_("核实人数"))
    yearly_income_amount = MoneyField(_("核实年收入"))
    housing = models.CharField(_("住房情况"), max_length=20, choices=Housing.choices, blank=True)
    has_spare_home = models.BooleanField(BELONGINGS["has_spare_home"], default=False)
    has_vehicle = models.BooleanField(BELONGINGS["has_vehicle"], default=False)
    has_business = models.BooleanField(BELONGINGS["has_business"], default=False)
    has_large_savings = models.BooleanField(BELONGINGS["has_large_savings"], default=False)
    findings = EncryptedTextField(_("核查情况"))
    conclusion = models.CharField(_("核查结论"), max_length=20, choices=Conclusion.choices, blank=True)
    came_by = models.CharField(_("记录方式"), max_length=20, choices=Way.choices, default=Way.ONLINE)
    # The key that a phone gave its draft: the same draft is recorded once.
    client_key = models.UUIDField(_("手机端键"), null=True, unique=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("入户核查")
        verbose_name_plural = _("入户核查")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file.number} {self.visited_on}"

    @property
    def belongings(self) -> list[str]:
        """What the family was seen to own, in words; "none" only where it was asked."""
        found = [str(label) for name, label in BELONGINGS.items() if getattr(self, name)]
        return found or ([str(NO_BELONGINGS)] if self.housing else [])


class EconomicCheck(models.Model):
    """家庭经济状况核对: what the checking office answered about a family that had authorised it.

    Personal data: income and property of a family; the note is sealed. Basis: the signed authorisation.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(HardshipFile, models.PROTECT, related_name="checks", verbose_name=_("档案"))
    checked_on = models.DateField(_("核对日期"))
    yearly_income_amount = MoneyField(_("核对年收入"))
    deposits_amount = MoneyField(_("存款"))
    investments_amount = MoneyField(_("投资净值"))
    homes = models.PositiveSmallIntegerField(_("住房套数"))
    has_car = models.BooleanField(_("有非营运汽车"))
    has_business = models.BooleanField(_("有商铺或雇工"))
    receives_relief = models.BooleanField(_("正享受政府救助"))
    note = EncryptedTextField(_("核对说明"), blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("经济状况核对")
        verbose_name_plural = _("经济状况核对")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file.number} {self.checked_on}"


class Attachment(Paper):
    """附件: one paper of a file. Medical papers are opened only to health duties and the family itself."""

    CASE = "file"

    file = models.ForeignKey(HardshipFile, models.PROTECT, related_name="attachments", verbose_name=_("档案"))
    visit = models.ForeignKey(
        HomeVisit, models.PROTECT, null=True, related_name="papers", verbose_name=_("入户核查")
    )
    kind = models.CharField(_("类别"), max_length=20, choices=PaperKind.choices)

    class Meta(Paper.Meta):
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        constraints = [papers.once("file", "attachment_once_per_file")]

    def __str__(self) -> str:
        return f"{self.file.number} {self.get_kind_display()}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return str(PaperKind(self.kind).label)

    @property
    def is_medical(self) -> bool:
        return self.kind in HEALTH_PAPERS
