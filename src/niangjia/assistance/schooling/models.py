"""The tables of bringing a child back to school: the case, each attempt, each support given."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.schooling.kinds import (
    AT_SCHOOL,
    OVER,
    Answer,
    EndReason,
    Grade,
    SchoolState,
    SupportKind,
)
from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.money import MoneyField
from niangjia.kernel.workflow import WorkflowRow


class SchoolingCase(WorkflowRow):
    """劝学个案: one child of a household, until it stays at school.

    A minor's personal data: school and circumstances are sealed. Basis: the guardian's consent, kept as such and
    noted here with its day and where the paper is, before anything is arranged with a school; kept until the child is
    grown, at most ten years.
    """

    number = models.CharField(_("个案编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=SchoolState.choices, default=SchoolState.OUT_OF_SCHOOL
    )
    household = models.ForeignKey(
        "membership.Household", models.PROTECT, related_name="schooling", verbose_name=_("家庭")
    )
    child = models.ForeignKey(
        "membership.Person", models.PROTECT, related_name="schooling", verbose_name=_("学生")
    )
    guardian = models.ForeignKey(
        "membership.Person", models.PROTECT, related_name="+", verbose_name=_("监护人")
    )
    school = EncryptedTextField(_("学校"))
    grade = models.CharField(_("年级"), max_length=20, choices=Grade.choices)
    left_on = models.DateField(_("离校日期"))
    circumstances = EncryptedTextField(_("离校情况"))
    found_on = models.DateField(_("发现日期"), default=clock.today)
    drop_out_count = models.PositiveSmallIntegerField(_("离校次数"), default=1)
    consented_on = models.DateField(_("监护人同意日期"), null=True)
    consent_paper = models.CharField(_("同意书存放处"), max_length=60, blank=True)
    returned_on = models.DateField(_("复学日期"), null=True)
    follow_up_on = models.DateField(_("回访日期"), null=True)
    closed_on = models.DateField(_("办结日期"), null=True)
    end_reason = models.CharField(_("终止原因"), max_length=20, choices=EndReason.choices, blank=True)

    class Meta:
        verbose_name = _("劝学个案")
        verbose_name_plural = _("劝学个案")
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=~Q(state__in=OVER), name="schooling_one_running_per_child"
            ),
            models.CheckConstraint(condition=Q(state__in=SchoolState.values), name="schooling_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=AT_SCHOOL)
                | Q(returned_on__isnull=False, follow_up_on__isnull=False, consented_on__isnull=False),
                name="schooling_back_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | Q(closed_on__isnull=False), name="schooling_over_has_day"
            ),
            models.CheckConstraint(
                condition=Q(consented_on__isnull=True) | ~Q(consent_paper=""),
                name="schooling_consent_has_paper",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="schooling_state_due")]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(SchoolState(self.state).label)


class PersuasionVisit(models.Model):
    """劝学走访: one attempt of the team. A minor's personal data; the words are sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(SchoolingCase, models.PROTECT, related_name="visits", verbose_name=_("劝学个案"))
    visited_on = models.DateField(_("走访日期"))
    team = models.CharField(_("劝学小分队"), max_length=100)
    answer = models.CharField(_("结果"), max_length=10, choices=Answer.choices)
    said = EncryptedTextField(_("走访情况"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("劝学走访")
        verbose_name_plural = _("劝学走访")
        ordering = ["-visited_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.case.number} {self.visited_on}"


class SchoolSupport(models.Model):
    """就学专项帮扶: what helps the child to stay. A minor's personal data: what the family is given."""

    case = models.ForeignKey(
        SchoolingCase, models.PROTECT, related_name="supports", verbose_name=_("劝学个案")
    )
    kind = models.CharField(_("类别"), max_length=20, choices=SupportKind.choices)
    amount = MoneyField(_("金额"))
    source = models.CharField(_("资金来源"), max_length=60)
    from_on = models.DateField(_("开始日期"))
    until_on = models.DateField(_("截止日期"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人")
    )

    class Meta:
        verbose_name = _("就学专项帮扶")
        verbose_name_plural = _("就学专项帮扶")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="school_support_of_something"),
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="school_support_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.get_kind_display()}"
