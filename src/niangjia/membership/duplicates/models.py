"""The tables of duplicates: pairs that look like one person, merges, and every row that moved with one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.workflow import WorkflowRow
from niangjia.membership.duplicates.kinds import RUNNING, MergeState, Why


class DuplicatePair(models.Model):
    """疑似重复: two registrations that may be one person, the earlier one first, and why.

    Personal data: that two rows resemble each other. Open pairs are found anew each night; a dismissed one stays, so
    that it is never proposed again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(
        "membership.Person", models.PROTECT, related_name="+", verbose_name=_("较早登记")
    )
    second = models.ForeignKey(
        "membership.Person", models.PROTECT, related_name="+", verbose_name=_("较晚登记")
    )
    why = models.JSONField(_("相似之处"), default=list)
    strength = models.PositiveSmallIntegerField(_("相似程度"))
    found_at = models.DateTimeField(_("发现时间"), default=clock.now)
    seen_at = models.DateTimeField(_("最近一次比对"), default=clock.now)
    is_escalated = models.BooleanField(_("下级提请"), default=False)
    dismissed_at = models.DateTimeField(_("排除时间"), null=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("排除人")
    )

    class Meta:
        verbose_name = _("疑似重复")
        verbose_name_plural = _("疑似重复")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_ordered"),
            models.CheckConstraint(
                condition=Q(dismissed_at=None, dismissed_by=None)
                | Q(dismissed_at__isnull=False, dismissed_by__isnull=False),
                name="duplicate_dismissed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-is_escalated", "-strength", "id"],
                condition=Q(dismissed_at=None),
                name="duplicate_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def reasons(self) -> str:
        return str(_("、")).join(str(Why(word).label) for word in self.why)


class PersonMerge(WorkflowRow):
    """人员合并: two registrations become one. `unit` is the lowest union that has both in its subtree.

    `taken` are the groups of data that the kept registration took from the other; the other took its in exchange, so
    nothing is lost and taking them back undoes it. `afterwards` says how things stood when it was done: a change since
    then is something built on it. Personal data: that two rows are one person. Kept as long as the person.
    """

    number = models.CharField(_("合并编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=MergeState.choices, default=MergeState.PROPOSED
    )
    pair = models.ForeignKey(DuplicatePair, models.PROTECT, related_name="merges", verbose_name=_("疑似重复"))
    kept = models.ForeignKey(
        "membership.Person", models.PROTECT, related_name="+", verbose_name=_("保留的登记")
    )
    gone = models.ForeignKey(
        "membership.Person", models.PROTECT, related_name="+", verbose_name=_("并入的登记")
    )
    taken = models.JSONField(_("取自并入登记的资料"), default=list)
    afterwards = models.JSONField(_("合并时的情形"), default=dict, editable=False)
    proposed_on = models.DateField(_("提出日期"), default=clock.today)
    merged_on = models.DateField(_("合并日期"), null=True)

    class Meta:
        verbose_name = _("人员合并")
        verbose_name_plural = _("人员合并")
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(state__in=RUNNING), name="merge_one_running_per_person"
            ),
            models.UniqueConstraint(
                fields=["pair"], condition=Q(state__in=RUNNING), name="merge_one_running_per_pair"
            ),
            models.CheckConstraint(condition=Q(state__in=MergeState.values), name="merge_state_known"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            models.CheckConstraint(
                condition=~Q(state=MergeState.MERGED) | Q(merged_on__isnull=False), name="merge_done_has_day"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(MergeState(self.state).label)


class MovedRow(models.Model):
    """随迁记录: one row that followed a person in a merge, and a keyed digest of it then. No personal data."""

    merge = models.ForeignKey(PersonMerge, models.PROTECT, related_name="moved", verbose_name=_("人员合并"))
    kind = models.CharField(_("类别"), max_length=80)
    object_id = models.BigIntegerField(_("行号"))
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("随迁记录")
        verbose_name_plural = _("随迁记录")
        constraints = [
            models.UniqueConstraint(fields=["merge", "kind", "object_id"], name="moved_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.object_id}"
