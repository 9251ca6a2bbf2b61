"""A visit on its way from a phone: it is recorded once all its parts have come."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.visits.kinds import Outcome
from niangjia.kernel import clock
from niangjia.kernel.files.models import StoredFile


class VisitDraft(models.Model):
    """上报中的核查: what a phone has begun to send under a key of its own, and what became of it.

    Personal data: photos and signatures that wait, sealed in the vault; let go of 30 days after they came.
    """

    key = models.UUIDField(_("手机端键"), unique=True, editable=False)
    file = models.ForeignKey(
        "assistance.HardshipFile", models.PROTECT, related_name="visit_drafts", verbose_name=_("档案")
    )
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("核查人")
    )
    expected = models.PositiveSmallIntegerField(_("应到件数"))
    begun_at = models.DateTimeField(_("开始上报时间"), default=clock.now)
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome.choices, blank=True)
    visit = models.ForeignKey(
        "assistance.HomeVisit", models.PROTECT, null=True, related_name="+", verbose_name=_("入户核查")
    )
    fingerprint = models.CharField(_("内容指纹"), max_length=64, blank=True)
    done_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        verbose_name = _("上报中的核查")
        verbose_name_plural = _("上报中的核查")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", done_at=None) | (~Q(outcome="") & Q(done_at__isnull=False)),
                name="visit_draft_done_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", Outcome.DROPPED]) | Q(visit__isnull=False),
                name="visit_draft_recorded_has_visit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}"

    @property
    def come(self) -> int:
        """How many photos and signatures are there."""
        return len(self.parts.all())

    @property
    def outcome_label(self) -> Any:
        return Outcome(self.outcome).label


class DraftPart(models.Model):
    """核查附件分件: one photo or signature that has come. `slot` is the phone's own name for it."""

    draft = models.ForeignKey(
        VisitDraft, models.CASCADE, related_name="parts", verbose_name=_("上报中的核查")
    )
    slot = models.CharField(_("件名"), max_length=60)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    came_at = models.DateTimeField(_("收到时间"), default=clock.now)

    class Meta:
        verbose_name = _("核查附件分件")
        verbose_name_plural = _("核查附件分件")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "slot"], name="draft_part_once")]

    def __str__(self) -> str:
        return self.slot
