"""The tables of help for villages: the village, who is posted there, what grows there, money and dividends."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.villages.kinds import (
    RUNNING,
    DividendState,
    IndustryKind,
    IndustryState,
    PostingRole,
    PostingState,
    VillageState,
    WorkRole,
)
from niangjia.kernel import clock
from niangjia.kernel.money import MoneyField
from niangjia.kernel.workflow import WorkflowRow
from niangjia.organisation.models import Region


class PairedVillage(WorkflowRow):
    """帮扶村: a village of a town that one union, `unit`, helps. Villagers are counted only; no personal data."""

    number = models.CharField(_("帮扶村编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=VillageState.choices, default=VillageState.HELPED
    )
    town = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("所在乡镇"))
    name = models.CharField(_("村名"), max_length=30)
    distance_km = models.PositiveSmallIntegerField(_("距县城公里数"), null=True)
    basis = models.CharField(_("文件依据"), max_length=100)
    from_on = models.DateField(_("帮扶开始"))
    until_on = models.DateField(_("帮扶到期"))
    surveyed_on = models.DateField(_("调研日期"), null=True)
    households = models.PositiveIntegerField(_("全村户数"), null=True)
    findings = models.TextField(_("调研情况"), max_length=1000, blank=True)
    ended_on = models.DateField(_("结束日期"), null=True)

    class Meta:
        verbose_name = _("帮扶村")
        verbose_name_plural = _("帮扶村")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "town", "name"],
                condition=Q(state=VillageState.HELPED),
                name="village_helped_once_by_a_union",
            ),
            models.CheckConstraint(condition=Q(state__in=VillageState.values), name="village_state_known"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="village_days_in_order"),
            models.CheckConstraint(
                condition=Q(state=VillageState.HELPED, ended_on=None)
                | Q(state=VillageState.HELP_ENDED, ended_on__isnull=False),
                name="village_ended_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="village_state_due")]

    def __str__(self) -> str:
        return f"{self.town.name}{self.name}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(VillageState(self.state).label)


class VillagePosting(WorkflowRow):
    """驻村任职: a colleague of the union lives and works in a village from a day until a day.

    Personal data: where a colleague works. Basis: the appointment; kept as long as the village's record.
    """

    number = models.CharField(_("驻村编号"), max_length=40, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=PostingState.choices, default=PostingState.TO_APPROVE
    )
    village = models.ForeignKey(
        PairedVillage, models.PROTECT, related_name="postings", verbose_name=_("帮扶村")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("驻村干部")
    )
    role = models.CharField(_("驻村职务"), max_length=20, choices=PostingRole.choices)
    basis = models.CharField(_("文件依据"), max_length=100)
    from_on = models.DateField(_("任期开始"))
    until_on = models.DateField(_("任期届满"))
    approved_on = models.DateField(_("批准日期"), null=True)
    ended_on = models.DateField(_("离任日期"), null=True)
    successor = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="predecessor", verbose_name=_("接任")
    )

    class Meta:
        verbose_name = _("驻村任职")
        verbose_name_plural = _("驻村任职")
        constraints = [
            # One in office and one proposed to follow.
            models.UniqueConstraint(
                fields=["village", "state"],
                condition=Q(role=PostingRole.FIRST_SECRETARY, state__in=RUNNING),
                name="posting_one_first_secretary",
            ),
            models.UniqueConstraint(
                fields=["officer"], condition=Q(state__in=RUNNING), name="posting_in_one_village_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=PostingState.values), name="posting_state_known"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="posting_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=[PostingState.POSTED, PostingState.RELIEVED])
                | Q(approved_on__isnull=False),
                name="posting_in_force_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state=PostingState.RELIEVED) | Q(ended_on__isnull=False),
                name="posting_ended_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="posting_state_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.officer}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(PostingState(self.state).label)


class PostingWork(models.Model):
    """驻村工作记录: what a posted cadre did on a day, in which of the three roles. No villager is named."""

    posting = models.ForeignKey(
        VillagePosting, models.PROTECT, related_name="work", verbose_name=_("驻村任职")
    )
    done_on = models.DateField(_("工作日期"))
    role = models.CharField(_("角色"), max_length=10, choices=WorkRole.choices)
    detail = models.TextField(_("做了什么"), max_length=1000)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("驻村工作记录")
        verbose_name_plural = _("驻村工作记录")
        ordering = ["-done_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.posting.number} {self.done_on}"


class VillageIndustry(models.Model):
    """村产业: what grows or is made in a village; its days tell whether it runs. No personal data."""

    village = models.ForeignKey(
        PairedVillage, models.PROTECT, related_name="industries", verbose_name=_("帮扶村")
    )
    name = models.CharField(_("产业名称"), max_length=40)
    kind = models.CharField(_("产业类别"), max_length=20, choices=IndustryKind.choices)
    area_mu = models.PositiveIntegerField(_("面积（亩）"), default=0)
    households = models.PositiveIntegerField(_("受益户数"), default=0)
    started_on = models.DateField(_("投产日期"), null=True)
    stopped_on = models.DateField(_("停办日期"), null=True)

    class Meta:
        verbose_name = _("村产业")
        verbose_name_plural = _("村产业")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "name"], name="village_industry_once"),
            models.CheckConstraint(
                condition=Q(stopped_on=None) | Q(started_on__isnull=False, stopped_on__gte=F("started_on")),
                name="village_industry_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> IndustryState:
        if self.stopped_on:
            return IndustryState.STOPPED
        return IndustryState.RUNNING if self.started_on else IndustryState.PLANNED


class VillageFunding(models.Model):
    """帮扶村资金: money that the union gave a village, by its document. Not posted to an account. No personal data."""

    village = models.ForeignKey(
        PairedVillage, models.PROTECT, related_name="funding", verbose_name=_("帮扶村")
    )
    given_on = models.DateField(_("拨付日期"))
    amount = MoneyField(_("金额"))
    document = models.CharField(_("拨付文件"), max_length=100)

    class Meta:
        verbose_name = _("帮扶村资金")
        verbose_name_plural = _("帮扶村资金")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "document"], name="village_funding_document_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="village_funding_is_money"),
        ]
        indexes = [models.Index(fields=["given_on"], name="village_funding_given")]

    def __str__(self) -> str:
        return self.document


class VillageDividend(WorkflowRow):
    """村集体分红: what a village's collective shared out in a year; counts once a second person confirmed it."""

    number = models.CharField(_("分红编号"), max_length=40, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=DividendState.choices, default=DividendState.TO_CONFIRM
    )
    village = models.ForeignKey(
        PairedVillage, models.PROTECT, related_name="dividends", verbose_name=_("帮扶村")
    )
    year = models.PositiveSmallIntegerField(_("分红年度"))
    amount = MoneyField(_("分红金额"))
    households = models.PositiveIntegerField(_("分红户数"))
    evidence = models.CharField(_("核对依据"), max_length=100)
    confirmed_on = models.DateField(_("确认日期"), null=True)

    class Meta:
        verbose_name = _("村集体分红")
        verbose_name_plural = _("村集体分红")
        constraints = [
            models.UniqueConstraint(
                fields=["village", "year"],
                condition=~Q(state=DividendState.DISALLOWED),
                name="dividend_once_a_year",
            ),
            models.CheckConstraint(condition=Q(state__in=DividendState.values), name="dividend_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="dividend_is_money"),
            models.CheckConstraint(
                condition=Q(state=DividendState.CERTIFIED, confirmed_on__isnull=False)
                | ~Q(state=DividendState.CERTIFIED) & Q(confirmed_on=None),
                name="dividend_certified_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="dividend_state_due"),
            models.Index(fields=["confirmed_on"], name="dividend_confirmed"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.year}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(DividendState(self.state).label)
