"""The tables of spot checks: one draw in a district, and each file that was drawn."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.spot_checks.kinds import Discrepancy, Result, SpotState
from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.workflow import WorkflowRow


class SpotCheck(WorkflowRow):
    """抽查: files of one district drawn by the union above it. No personal data: numbers of files.

    A later round of the year draws from files that could not be drawn before.
    """

    number = models.CharField(_("抽查编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=20, choices=SpotState.choices, default=SpotState.DRAWN)
    district = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="+", verbose_name=_("被抽查工会")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    round = models.PositiveSmallIntegerField(_("第几次"))
    drawn_on = models.DateField(_("抽取日期"), default=clock.today)
    share = models.DecimalField(_("抽查比例"), max_digits=7, decimal_places=6)
    seed = models.CharField(_("随机种子"), max_length=64, editable=False)
    # Numbers of all files that could be drawn, so that the lot can be drawn again.
    population = models.JSONField(_("参加抽取的档案"), default=list, editable=False)
    confirmed_on = models.DateField(_("审定日期"), null=True)

    class Meta:
        verbose_name = _("档案抽查")
        verbose_name_plural = _("档案抽查")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "district", "year", "round"], name="spot_check_round_once"
            ),
            models.CheckConstraint(condition=Q(state__in=SpotState.values), name="spot_check_state_known"),
            models.CheckConstraint(
                condition=~Q(state=SpotState.CONFIRMED) | Q(confirmed_on__isnull=False),
                name="spot_check_confirmed_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="spot_check_state_due")]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(SpotState(self.state).label)


class SampledFile(models.Model):
    """抽中档案: what looking into one file came to. Personal data: what does not hold about a family, sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    spot_check = models.ForeignKey(
        SpotCheck, models.PROTECT, related_name="sampled", verbose_name=_("档案抽查")
    )
    file = models.ForeignKey(
        "assistance.HardshipFile", models.PROTECT, related_name="spot_checks", verbose_name=_("档案")
    )
    position = models.PositiveIntegerField(_("抽取顺序"))
    result = models.CharField(_("抽查结果"), max_length=20, choices=Result.choices, blank=True)
    discrepancy = models.CharField(_("不符之处"), max_length=20, choices=Discrepancy.choices, blank=True)
    findings = EncryptedTextField(_("核实情况"), blank=True, default="")
    checked_on = models.DateField(_("核实日期"), null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("抽查人")
    )

    class Meta:
        verbose_name = _("抽中档案")
        verbose_name_plural = _("抽中档案")
        ordering = ["spot_check", "position"]
        constraints = [
            models.UniqueConstraint(fields=["spot_check", "file"], name="sampled_file_once"),
            models.CheckConstraint(
                condition=Q(result="")
                | Q(checked_on__isnull=False, recorded_by__isnull=False, result__in=Result.values),
                name="sampled_result_has_day_and_who",
            ),
            models.CheckConstraint(
                condition=Q(result=Result.DISCREPANT) & ~Q(discrepancy="")
                | ~Q(result=Result.DISCREPANT) & Q(discrepancy=""),
                name="sampled_discrepancy_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spot_check_id} {self.position}"
