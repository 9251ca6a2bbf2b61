"""The tables of twinning: two unions, the help between them, and the one project of a key county. No personal data."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.twinning.kinds import (
    RUNNING,
    UNFINISHED,
    FundingKind,
    HelpKind,
    HelpPaperKind,
    HelpState,
    ProjectKind,
    ProjectPaperKind,
    ProjectState,
    Purpose,
    TwinningState,
)
from niangjia.kernel import clock, papers
from niangjia.kernel.money import MoneyField
from niangjia.kernel.papers import Paper
from niangjia.kernel.workflow import WorkflowRow


def _union(label: Any) -> Any:
    return models.ForeignKey(settings.UNIT_MODEL, models.PROTECT, related_name="+", verbose_name=label)


class Twinning(WorkflowRow):
    """县区结对: one county union helps one of a key county; `unit` is the union above both. No personal data."""

    number = models.CharField(_("县区结对编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=TwinningState.choices, default=TwinningState.TO_APPROVE
    )
    helper = _union(_("帮扶工会"))
    helped = _union(_("受助工会"))
    basis = models.CharField(_("文件依据"), max_length=100)
    from_on = models.DateField(_("结对开始"))
    until_on = models.DateField(_("结对到期"))
    approved_on = models.DateField(_("批准日期"), null=True)
    ended_on = models.DateField(_("结束日期"), null=True)

    class Meta:
        verbose_name = _("县区结对")
        verbose_name_plural = _("县区结对")
        constraints = [
            models.UniqueConstraint(
                fields=["helper", "helped"], condition=Q(state__in=RUNNING), name="twinning_runs_once"
            ),
            models.CheckConstraint(condition=Q(state__in=TwinningState.values), name="twinning_state_known"),
            models.CheckConstraint(condition=~Q(helper=F("helped")), name="twinning_of_two"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="twinning_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=[TwinningState.TWINNED, TwinningState.PARTED])
                | Q(approved_on__isnull=False),
                name="twinning_in_force_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state=TwinningState.PARTED) | Q(ended_on__isnull=False),
                name="twinning_ended_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="twinning_state_due")]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(TwinningState(self.state).label)


class TwinningHelp(WorkflowRow):
    """结对帮助: money or advice from the helping union. `unit` is whose turn it is. No personal data."""

    number = models.CharField(_("帮助编号"), max_length=40, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=20, choices=HelpState.choices, default=HelpState.PROMISED)
    twinning = models.ForeignKey(Twinning, models.PROTECT, related_name="help", verbose_name=_("县区结对"))
    kind = models.CharField(_("帮扶方式"), max_length=10, choices=HelpKind.choices)
    purpose = models.CharField(_("用途"), max_length=20, choices=Purpose.choices)
    detail = models.TextField(_("具体内容"), max_length=1000)
    planned_on = models.DateField(_("计划日期"))
    amount = MoneyField(_("计划金额"), null=True)
    given_on = models.DateField(_("拨付或落实日期"), null=True)
    confirmed_on = models.DateField(_("到账或落实日期"), null=True)
    arrived_amount = MoneyField(_("到账金额"), null=True)

    class Meta:
        verbose_name = _("结对帮助")
        verbose_name_plural = _("结对帮助")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HelpState.values), name="twinning_help_state_known"),
            models.CheckConstraint(
                condition=Q(kind=HelpKind.MONEY, amount__isnull=False, amount__gt=0)
                | Q(kind=HelpKind.ADVICE, amount__isnull=True),
                name="twinning_help_money_has_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[HelpState.GIVEN, HelpState.ARRIVED]) | Q(given_on__isnull=False),
                name="twinning_help_given_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=HelpState.ARRIVED)
                | Q(confirmed_on__isnull=False, kind=HelpKind.ADVICE)
                | Q(confirmed_on__isnull=False, arrived_amount__gt=0, arrived_amount__lte=F("amount")),
                name="twinning_help_confirmed_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="twinning_help_state_due"),
            models.Index(fields=["confirmed_on"], name="twinning_help_confirmed"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(HelpState(self.state).label)


class HelpPaper(Paper):
    """帮助凭证: one paper that shows that help was sent, or that it arrived."""

    CASE = "help"

    help = models.ForeignKey(TwinningHelp, models.PROTECT, related_name="papers", verbose_name=_("结对帮助"))
    kind = models.CharField(_("类别"), max_length=20, choices=HelpPaperKind.choices)

    class Meta(Paper.Meta):
        verbose_name = _("帮助凭证")
        verbose_name_plural = _("帮助凭证")
        constraints = [papers.once("help", "help_paper_once")]

    def __str__(self) -> str:
        return f"{self.help.number} {self.get_kind_display()}"


class CountyProject(WorkflowRow):
    """县项目: the one project of a key county, `unit`, from the plan to its completion. No personal data."""

    number = models.CharField(_("项目编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=ProjectState.choices, default=ProjectState.PLANNING
    )
    name = models.CharField(_("项目名称"), max_length=60)
    kind = models.CharField(_("项目类别"), max_length=20, choices=ProjectKind.choices)
    place = models.CharField(_("建设地点"), max_length=100)
    total_amount = MoneyField(_("总投资"))
    plan_by = models.DateField(_("计划编制期限"))
    fund_by = models.DateField(_("资金安排期限"))
    start_by = models.DateField(_("开工期限"))
    finish_by = models.DateField(_("竣工期限"))
    drafted_on = models.DateField(_("登记日期"), default=clock.today)
    planned_on = models.DateField(_("计划编制日期"), null=True)
    funded_on = models.DateField(_("资金安排日期"), null=True)
    started_on = models.DateField(_("开工日期"), null=True)
    finished_on = models.DateField(_("竣工日期"), null=True)
    abandoned_on = models.DateField(_("终止日期"), null=True)

    class Meta:
        verbose_name = _("县项目")
        verbose_name_plural = _("县项目")
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state__in=UNFINISHED), name="county_project_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProjectState.values), name="county_project_state_known"
            ),
            models.CheckConstraint(condition=Q(total_amount__gt=0), name="county_project_costs_something"),
            models.CheckConstraint(
                condition=Q(
                    fund_by__gte=F("plan_by"), start_by__gte=F("fund_by"), finish_by__gte=F("start_by")
                ),
                name="county_project_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProjectState.FUNDED, ProjectState.STARTED, ProjectState.FINISHED])
                | Q(planned_on__isnull=False, funded_on__isnull=False),
                name="county_project_start_follows_funding",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProjectState.FINISHED)
                | Q(started_on__gte=F("funded_on"), finished_on__gte=F("started_on")),
                name="county_project_end_follows_start",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="county_project_state_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(ProjectState(self.state).label)


class MilestoneDelay(models.Model):
    """节点推迟: one planned day of a project, put off by the union above. No personal data."""

    project = models.ForeignKey(
        CountyProject, models.PROTECT, related_name="delays", verbose_name=_("县项目")
    )
    # The column with the planned day, as `MILESTONES` names it.
    planned = models.CharField(_("节点"), max_length=20, editable=False)
    before_on = models.DateField(_("原定期限"))
    after_on = models.DateField(_("推迟到"))

    class Meta:
        verbose_name = _("节点推迟")
        verbose_name_plural = _("节点推迟")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(after_on__gt=F("before_on")), name="milestone_delay_is_later"),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} {self.before_on} → {self.after_on}"


class ProjectFunding(models.Model):
    """项目资金来源: who pays how much of a project; of a twin, under which twinning (送项目). No personal data."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        CountyProject, models.PROTECT, related_name="funding", verbose_name=_("县项目")
    )
    kind = models.CharField(_("资金来源"), max_length=20, choices=FundingKind.choices)
    payer = models.CharField(_("出资单位"), max_length=100)
    twinning = models.ForeignKey(
        Twinning, models.PROTECT, null=True, related_name="funding", verbose_name=_("县区结对")
    )
    amount = MoneyField(_("金额"))

    class Meta:
        verbose_name = _("项目资金来源")
        verbose_name_plural = _("项目资金来源")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "payer"], name="project_funding_payer_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="project_funding_is_money"),
            models.CheckConstraint(
                condition=Q(kind=FundingKind.TWIN, twinning__isnull=False)
                | ~Q(kind=FundingKind.TWIN) & Q(twinning__isnull=True),
                name="project_funding_twin_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.amount}"


class ProjectPaper(Paper):
    """项目材料: one paper of a project: its plan, its money, its start, its acceptance."""

    CASE = "project"

    project = models.ForeignKey(
        CountyProject, models.PROTECT, related_name="papers", verbose_name=_("县项目")
    )
    kind = models.CharField(_("类别"), max_length=20, choices=ProjectPaperKind.choices)

    class Meta(Paper.Meta):
        verbose_name = _("项目材料")
        verbose_name_plural = _("项目材料")
        constraints = [papers.once("project", "project_paper_once")]

    def __str__(self) -> str:
        return f"{self.project.number} {self.get_kind_display()}"
