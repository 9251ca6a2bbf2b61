"""会籍接转: a membership goes from one union to another, released by the one and received by the other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.workflow import WorkflowRow
from niangjia.membership.kinds import TRANSFERS_CLOSED, TransferState
from niangjia.membership.models.members import Member
from niangjia.organisation.models import Employer, UnionBody


class Transfer(WorkflowRow):
    """会籍接转. `unit` has it on the desk: the old union until it releases, then the new one.

    The membership itself stays where it is until the new union receives it.

    Personal data: where somebody goes to work. Kept ten years after the transfer.
    """

    number = models.CharField(_("接转编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=TransferState.choices, default=TransferState.REQUESTED
    )
    member = models.ForeignKey(Member, models.PROTECT, related_name="transfers", verbose_name=_("原会籍"))
    from_unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="+", verbose_name=_("转出工会"))
    to_unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="+", verbose_name=_("转入工会"))
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("新工作单位")
    )
    workplace = models.CharField(_("本人填写的新单位"), max_length=120, blank=True)
    # The new employer has no union yet: the union of the place of residence keeps the membership.
    is_at_residence = models.BooleanField(_("暂存居住地工会"), default=False)
    requested_on = models.DateField(_("申请日期"), default=clock.today)
    released_on = models.DateField(_("转出日期"), null=True)
    received_as = models.OneToOneField(
        Member, models.PROTECT, null=True, related_name="arrival", verbose_name=_("新会籍")
    )

    class Meta:
        verbose_name = _("会籍接转")
        verbose_name_plural = _("会籍接转")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=~Q(state__in=TRANSFERS_CLOSED), name="transfer_one_running"
            ),
            models.CheckConstraint(condition=Q(state__in=TransferState.values), name="transfer_state_known"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="transfer_goes_somewhere"),
            models.CheckConstraint(
                condition=Q(
                    state=TransferState.RECEIVED, received_as__isnull=False, released_on__isnull=False
                )
                | (~Q(state=TransferState.RECEIVED) & Q(received_as=None)),
                name="transfer_received_has_member",
            ),
            models.CheckConstraint(
                condition=~Q(state=TransferState.RELEASED) | Q(released_on__isnull=False),
                name="transfer_released_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.member}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(TransferState(self.state).label)

    @property
    def is_closed(self) -> bool:
        return self.state in TRANSFERS_CLOSED
