"""The table of background work."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock


class State(models.TextChoices):
    QUEUED = "queued", _("排队")
    RUNNING = "running", _("进行中")
    WAITING = "waiting", _("等待重试")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


DUE = (State.QUEUED, State.WAITING)
UNFINISHED = (State.QUEUED, State.WAITING, State.RUNNING)
FINISHED = (State.DONE, State.FAILED, State.CANCELLED)


def ending(state: State) -> dict[str, Any]:
    """What changes on the row when a job reaches its end."""
    return {"state": state, "finished_at": clock.now(), "lease_until": None}


class Job(models.Model):
    """后台作业. `arguments` and `result` hold ids and counts, never personal values; kept 30 days.

    `token` rises with every claim: whoever writes for a run must still hold the token it was claimed with.
    """

    public_id = models.UUIDField(_("公开标识"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=120)
    arguments = models.JSONField(_("参数"), default=dict)
    key = models.CharField(_("防重键"), max_length=200, blank=True)
    slot = models.DateTimeField(_("计划时刻"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.QUEUED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("发起人"),
    )
    created_at = models.DateTimeField(_("创建时间"), default=clock.now, editable=False)
    run_at = models.DateTimeField(_("最早开始"), default=clock.now)
    claimed_at = models.DateTimeField(_("领取时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    attempt = models.PositiveIntegerField(_("第几次"), default=0)
    token = models.PositiveIntegerField(_("令牌"), default=0)
    owner = models.CharField(_("执行者"), max_length=120, blank=True)
    lease_until = models.DateTimeField(_("租约到期"), null=True, blank=True)
    cancel_asked = models.BooleanField(_("要求取消"), default=False)
    total = models.PositiveBigIntegerField(_("总数"), null=True, blank=True)
    done = models.PositiveBigIntegerField(_("已完成数"), default=0)
    done_before = models.PositiveBigIntegerField(_("本次开始前已完成数"), default=0)
    mark = models.JSONField(_("进度标记"), null=True, blank=True)
    result = models.JSONField(_("结果"), null=True, blank=True)
    result_file = models.ForeignKey(
        "kernel.StoredFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("结果文件"),
    )
    error = models.TextField(_("错误"), blank=True)
    seen_at = models.DateTimeField(_("结果看过的时间"), null=True)

    class Meta:
        verbose_name = _("后台作业")
        verbose_name_plural = _("后台作业")
        constraints = [
            models.UniqueConstraint(
                name="one_unfinished_job_per_key",
                fields=["name", "key"],
                condition=Q(state__in=UNFINISHED) & ~Q(key=""),
            ),
            models.UniqueConstraint(name="one_job_per_slot", fields=["name", "slot"]),
            models.CheckConstraint(
                name="running_job_has_a_lease",
                condition=Q(state=State.RUNNING, lease_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="finished_job_has_its_time",
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(name="failed_job_says_why", condition=~Q(state=State.FAILED, error="")),
        ]
        indexes = [
            models.Index(name="due_jobs", fields=["run_at", "id"], condition=Q(state__in=DUE)),
            models.Index(name="leased_jobs", fields=["lease_until"], condition=Q(state=State.RUNNING)),
            models.Index(name="finished_jobs", fields=["finished_at"], condition=Q(state__in=FINISHED)),
            models.Index(name="jobs_of_a_user", fields=["asked_by", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.public_id}"

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def has_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None while the total is unknown."""
        if not self.total:
            return None
        return min(self.done / self.total, 1.0)

    @property
    def remaining(self) -> timedelta | None:
        """How long this run still takes at the pace it has had so far; None while that cannot be told."""
        if self.state != State.RUNNING or not self.total or not self.claimed_at:
            return None
        since_claim = self.done - self.done_before
        if since_claim <= 0:
            return None
        elapsed = clock.now() - self.claimed_at
        return elapsed * (max(self.total - self.done, 0) / since_claim)
