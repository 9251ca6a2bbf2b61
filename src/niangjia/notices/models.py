"""The tables of notices: lists, their lines, and objections to them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.money import MoneyField
from niangjia.kernel.workflow import WorkflowRow
from niangjia.membership.models import Person
from niangjia.notices.kinds import KINDS, OPEN, Channel, NoticeState, ObjectionState, Removal, Standing


class PublicNotice(WorkflowRow):
    """公示: one list, begun on one day by one union. `until_on` is the last day on which anybody may read and object.

    Personal data: only in its lines. Kept as long as the cases on it.
    """

    number = models.CharField(_("公示编号"), max_length=60, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=NoticeState.choices, default=NoticeState.ON_NOTICE
    )
    kind = models.CharField(_("公示种类"), max_length=40)
    title = models.CharField(_("标题"), max_length=120)
    basis = models.CharField(_("依据"), max_length=200)
    contact = models.CharField(_("异议电话"), max_length=40)
    from_on = models.DateField(_("公示起"), default=clock.today)
    until_on = models.DateField(_("公示止"))
    ended_on = models.DateField(_("撤下日期"), null=True)

    class Meta:
        verbose_name = _("公示")
        verbose_name_plural = _("公示")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="notice_window_holds"),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.ENDED) | Q(ended_on__gt=F("until_on")),
                name="notice_ended_after_window",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.REVOKED) | Q(ended_on__isnull=False),
                name="notice_revoked_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "kind", "from_on"], name="notice_of_the_day"),
            models.Index(fields=["state", "due_on"], name="notice_state_due"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(NoticeState(self.state).label)

    @property
    def kind_label(self) -> str:
        kind = KINDS.get(self.kind)
        return str(kind.label) if kind else self.kind

    @property
    def is_open(self) -> bool:
        """Whether its window still runs: the clock decides, not the state."""
        return self.state != NoticeState.REVOKED and clock.today() <= self.until_on

    @property
    def address(self) -> str:
        """The public page, beneath the site's own address; it stands in the code on the sheet."""
        return f"/notice/{self.public_id}/"


class NoticeLine(models.Model):
    """公示名单: one person on one list, and exactly what is shown of them.

    Personal data: the mask (surname, unit, category, amount) and whose it is. Basis: the person's consent to publicity.
    Kept as long as the case. `workflow` and `case` name the case above.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="lines", verbose_name=_("公示"))
    position = models.PositiveIntegerField(_("序号"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="notice_lines", verbose_name=_("公示对象")
    )
    shown_name = models.CharField(_("公示的姓名"), max_length=50)
    shown_unit = models.CharField(_("公示的单位"), max_length=200)
    category = models.CharField(_("类别"), max_length=60)
    amount = MoneyField(_("金额"), null=True)
    workflow = models.CharField(max_length=40, editable=False)
    object_id = models.BigIntegerField(editable=False)
    case_id = models.UUIDField(editable=False)
    case_number = models.CharField(_("事项编号"), max_length=60, editable=False)
    listed_at = models.DateTimeField(_("列入时间"), default=clock.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("发布人")
    )
    published_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("代谁发布")
    )
    cleared_on = models.DateField(_("无异议日期"), null=True)
    removed_on = models.DateField(_("撤下日期"), null=True)
    removal = models.CharField(_("撤下原因"), max_length=12, choices=Removal.choices, blank=True)

    class Meta:
        verbose_name = _("公示名单")
        verbose_name_plural = _("公示名单")
        ordering = ["notice", "position"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "position"], name="notice_position_once"),
            models.UniqueConstraint(
                fields=["workflow", "object_id"],
                condition=Q(cleared_on=None, removed_on=None),
                name="notice_one_running_per_case",
            ),
            models.CheckConstraint(
                condition=Q(cleared_on=None) | Q(removed_on=None), name="notice_line_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(removed_on=None, removal="") | (Q(removed_on__isnull=False) & ~Q(removal="")),
                name="notice_removal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice.number} {self.position}"

    @property
    def is_running(self) -> bool:
        return self.cleared_on is None and self.removed_on is None

    @property
    def standing(self) -> Standing:
        if self.removed_on is not None:
            return Standing.REMOVED
        if self.cleared_on is not None:
            return Standing.CLEARED
        return Standing.STOPPED if self.is_stopped else Standing.LISTED

    @cached_property
    def is_stopped(self) -> bool:
        """Lists read it along with the lines (`queries.lines_of`)."""
        about = Q(line=self) | Q(line=None, notice=self.notice_id)
        return Objection.objects.filter(about, state__in=OPEN).exists()


class Objection(WorkflowRow):
    """异议: somebody says that a line, or without one how the whole list came about, is not right.

    Personal data: who objects and what they say; sealed, never shown to whom it is about. Basis: the public's right to
    object to a notice; kept as long as the notice. `receipt` finds the outcome and nothing else.
    """

    number = models.CharField(_("异议编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=ObjectionState.choices, default=ObjectionState.LODGED
    )
    receipt = models.CharField(_("回执号"), max_length=20, unique=True, editable=False)
    notice = models.ForeignKey(
        PublicNotice, models.PROTECT, related_name="objections", verbose_name=_("公示")
    )
    line = models.ForeignKey(
        NoticeLine, models.PROTECT, null=True, related_name="objections", verbose_name=_("公示名单")
    )
    channel = models.CharField(_("来源"), max_length=10, choices=Channel.choices)
    name = EncryptedTextField(_("异议人姓名"), blank=True, default="")
    phone = EncryptedTextField(_("异议人电话"), blank=True, default="")
    reason = EncryptedTextField(_("异议理由"))
    lodged_at = models.DateTimeField(_("提出时间"), default=clock.now, editable=False)
    answered_on = models.DateField(_("答复日期"), null=True)

    class Meta:
        verbose_name = _("异议")
        verbose_name_plural = _("异议")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ObjectionState.values), name="objection_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, answered_on=None)
                | (~Q(state__in=OPEN) & Q(answered_on__isnull=False)),
                name="objection_answered_has_day",
            ),
        ]
        indexes = [models.Index(fields=["notice", "state"], name="objection_of_notice")]

    def __str__(self) -> str:
        return self.number

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(ObjectionState(self.state).label)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_anonymous(self) -> bool:
        return not self.name
