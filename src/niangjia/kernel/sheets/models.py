"""Uploaded files of rows, and what each did."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.sheets.declaration import SHEETS, Sheet


class State(models.TextChoices):
    READING = "reading", _("核对中")
    CHECKED = "checked", _("待接收")
    ACCEPTING = "accepting", _("导入中")
    ACCEPTED = "accepted", _("已导入")
    UNDOING = "undoing", _("撤销中")
    UNDONE = "undone", _("已撤销")
    REFUSED = "refused", _("不能读取")
    CANCELLED = "cancelled", _("已取消")


WORKING = (State.READING, State.ACCEPTING, State.UNDOING)


class Batch(models.Model):
    """上传批次: one uploaded file of rows, from the dry run to the undoing.

    Personal data: the file, its rows, the marked workbook, the problems, what was there before; all sealed. They are
    wiped `KEPT` days after the last step; the counts and the audit trail stay. Basis: that of the register they fill.
    """

    public_id = models.UUIDField(_("公开标识"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("批次号"), max_length=20, unique=True)
    sheet = models.CharField(_("表格"), max_length=40)
    unit = models.ForeignKey(
        settings.UNIT_MODEL, models.PROTECT, related_name="batches", verbose_name=_("上传工会")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), default=clock.now, editable=False)
    # In which language the problems are told.
    language = models.CharField(_("语言"), max_length=10)
    file = models.ForeignKey(
        "kernel.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("上传的文件")
    )
    prepared = models.ForeignKey(
        "kernel.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("核对过的行")
    )
    marked = models.ForeignKey(
        "kernel.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("标出问题的表")
    )
    rest = models.ForeignKey(
        "kernel.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("退回的行")
    )
    sha256 = models.CharField(_("文件指纹"), max_length=64)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("同一文件的上一批")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.READING)
    state_since = models.DateTimeField(_("进入本状态时间"), default=clock.now, editable=False)
    job = models.ForeignKey(
        "kernel.Job", models.SET_NULL, null=True, related_name="+", verbose_name=_("后台作业")
    )
    found = models.JSONField(_("核对结果"), default=dict, help_text="verdict → rows")
    done = models.JSONField(_("导入结果"), default=dict, help_text="verdict → rows")
    problems = EncryptedTextField(_("问题"), blank=True, default="")
    problem_count = models.PositiveIntegerField(_("问题数"), default=0)
    kept = EncryptedTextField(_("未能撤销的行"), blank=True, default="")
    kept_count = models.PositiveIntegerField(_("未能撤销的行数"), default=0)
    error = models.TextField(_("不能读取的原因"), blank=True)
    wiped_at = models.DateTimeField(_("内容清除时间"), null=True)

    class Meta:
        verbose_name = _("上传批次")
        verbose_name_plural = _("上传批次")
        indexes = [
            models.Index(fields=["unit", "sheet", "-id"], name="batches_of_a_unit"),
            models.Index(fields=["sha256"], name="batches_of_a_file"),
            models.Index(
                fields=["state_since"], condition=Q(wiped_at__isnull=True), name="batches_with_content"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="batch_refused_says_why", condition=~Q(state=State.REFUSED, error="")
            ),
            models.CheckConstraint(
                name="batch_wiped_has_no_file", condition=Q(wiped_at__isnull=True) | Q(file__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def declared(self) -> Sheet:
        return SHEETS[self.sheet]

    @property
    def total(self) -> int:
        return sum(self.found.values())

    @property
    def good(self) -> int:
        return sum(self.found.get(verdict, 0) for verdict in ("new", "changed", "same"))

    @property
    def bad(self) -> int:
        return self.total - self.good

    @property
    def is_working(self) -> bool:
        """Whether a job is at it. A batch that should be worked on and is not has stopped, and can go on."""
        return self.state in WORKING and self.job is not None and not self.job.is_finished

    @property
    def has_stopped(self) -> bool:
        return self.state in WORKING and not self.is_working


class BatchChunk(models.Model):
    """批次分段: what one transaction of a batch did, in the same transaction: so nothing is done twice.

    `problems`: the rows that were not taken in, each with what is wrong; once undoing has begun, those not taken back.
    Personal data: values before a change and what was wrong with a row, sealed; wiped with the batch.
    """

    public_id = models.UUIDField(_("公开标识"), default=uuid.uuid4, unique=True, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="chunks", verbose_name=_("上传批次"))
    number = models.PositiveIntegerField(_("第几段"))
    last_row = models.PositiveIntegerField(_("最后一行"))
    effects = EncryptedTextField(_("所做的事"), blank=True, default="")
    problems = EncryptedTextField(_("退回的行的问题"), blank=True, default="")
    undone = models.PositiveIntegerField(_("已撤销数"), default=0)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = _("批次分段")
        verbose_name_plural = _("批次分段")
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_chunk_once")]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"


def changed(batch: Batch, **fields: Any) -> Batch:
    """Write some columns; a new state is dated."""
    if "state" in fields:
        fields["state_since"] = clock.now()
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(fields))
    return batch
