"""The tables of pairing: household and cadre, who held it from when until when, the visits."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.pairing.kinds import Manner, PairingState, Role
from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.workflow import WorkflowRow


class Pairing(WorkflowRow):
    """结对: one household, one cadre today. A household may have a leader and a member of staff, one of each.

    Personal data: who looks after whom. Basis: the union's duty to the filed household; kept as long as the file.
    """

    number = models.CharField(_("结对编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=PairingState.choices, default=PairingState.PAIRED
    )
    file = models.ForeignKey(
        "assistance.HardshipFile", models.PROTECT, related_name="pairings", verbose_name=_("档案")
    )
    cadre = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="pairings", verbose_name=_("结对人")
    )
    role = models.CharField(_("结对身份"), max_length=10, choices=Role.choices)
    office_phone = models.CharField(_("办公电话"), max_length=20)
    paired_on = models.DateField(_("结对日期"), default=clock.today)
    visit_due_on = models.DateField(_("下次看望"), null=True)
    last_visit_on = models.DateField(_("最近看望"), null=True)
    ended_on = models.DateField(_("结束日期"), null=True)

    class Meta:
        verbose_name = _("结对")
        verbose_name_plural = _("结对")
        constraints = [
            models.UniqueConstraint(
                fields=["file", "role"],
                condition=Q(state=PairingState.PAIRED),
                name="pairing_one_of_each_role",
            ),
            models.CheckConstraint(condition=Q(state__in=PairingState.values), name="pairing_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PairingState.PAIRED) | Q(visit_due_on__isnull=False),
                name="pairing_has_next_visit",
            ),
            models.CheckConstraint(
                condition=~Q(state=PairingState.UNPAIRED) | Q(ended_on__isnull=False),
                name="pairing_ended_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="pairing_state_due"),
            models.Index(fields=["cadre", "state"], name="pairing_cadre"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.cadre}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(PairingState(self.state).label)


class PairingStint(models.Model):
    """结对经历: who held a pairing from a day until a day, both inclusive. Personal data: who looked after whom."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="stints", verbose_name=_("结对"))
    cadre = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("结对人")
    )
    from_on = models.DateField(_("开始日期"), default=clock.today)
    until_on = models.DateField(_("结束日期"), null=True)

    class Meta:
        verbose_name = _("结对经历")
        verbose_name_plural = _("结对经历")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing"], condition=Q(until_on=None), name="pairing_one_open_stint"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="pairing_stint_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.from_on}"


class PairVisit(models.Model):
    """看望记录: one call on a household by its cadre. Personal data: what a family said; the words are sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="visits", verbose_name=_("结对"))
    cadre = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("看望人")
    )
    visited_on = models.DateField(_("看望日期"))
    manner = models.CharField(_("方式"), max_length=10, choices=Manner.choices)
    discussed = EncryptedTextField(_("谈了什么"))
    next_steps = EncryptedTextField(_("下一步"), blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("看望记录")
        verbose_name_plural = _("看望记录")
        ordering = ["-visited_on", "-pk"]
        indexes = [models.Index(fields=["visited_on"], name="pair_visit_day")]

    def __str__(self) -> str:
        return f"{self.pairing.number} {self.visited_on}"
