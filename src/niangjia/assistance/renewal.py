"""What becomes of a file that is kept: 动态复核 every year, 脱困 or 注销 by two people, expiry by the clock."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.assistance import forms, messages
from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.kinds import LeavingReason, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.plans.incomes import keep_at_review
from niangjia.assistance.workflow import hardship, keep_until_renewal, settle_category
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.workflow import ReasonForm


@hardship.timed(
    State.FILED,
    to=State.RENEWAL,
    label=_("开始复核"),
    help=_("档案到期前，系统自动转帮扶中心复核。"),
)
def begin_renewal(file: HardshipFile, *, actor: Actor) -> None:
    messages.tell(file, messages.RENEWAL, actor=actor)


@hardship.transition(
    State.RENEWAL,
    to=State.FILED,
    label=_("复核续档"),
    help=_("走访或核对后仍符合条件，更新家庭情况，档案继续有效。"),
    form=forms.RenewForm,
)
def renew(file: HardshipFile, *, actor: Actor, category: str, category_reason: str, **facts: Any) -> None:
    keep_at_review(file, actor=actor, now=facts)
    for name, value in facts.items():
        setattr(file, name, value)
    file.renewed_on = clock.today()
    settle_category(file, category, category_reason, actor=actor)
    keep_until_renewal(file)


@hardship.timed(
    State.RENEWAL,
    to=State.EXPIRED,
    label=_("逾期未复核"),
    help=_("有效期满仍未复核，档案失效，须重新申请或注销。"),
)
def expire(file: HardshipFile, *, actor: Actor) -> None:
    pass


@hardship.transition(
    State.FILED,
    State.RENEWAL,
    to=State.EXIT_PROPOSED,
    label=_("提出脱困"),
    help=_("家庭已走出困难，写明原因和依据，由另一人审批。"),
    form=forms.ProposeExitForm,
    duty=CENTRE_CLERK,
)
def propose_exit(file: HardshipFile, *, actor: Actor, leaving_reason: str) -> None:
    file.leaving_reason = leaving_reason


@hardship.transition(
    State.EXIT_PROPOSED,
    to=State.EXITED,
    label=_("批准脱困"),
    help=_("同意退出困难职工档案；以后再有困难可以重新申请（返困）。提出的人不能审批。"),
    unlike=["propose_exit"],
)
def confirm_exit(file: HardshipFile, *, actor: Actor) -> None:
    _leave(file, actor)


@hardship.transition(
    State.FILED,
    State.RENEWAL,
    to=State.STRIKE_OFF_PROPOSED,
    label=_("提出注销"),
    help=_("死亡、迁离、虚报等情形，写明依据，由另一人审批。"),
    form=forms.ProposeStrikeOffForm,
    duty=CENTRE_CLERK,
)
def propose_strike_off(file: HardshipFile, *, actor: Actor, leaving_reason: str) -> None:
    file.leaving_reason = leaving_reason


@hardship.transition(
    State.STRIKE_OFF_PROPOSED,
    to=State.STRUCK_OFF,
    label=_("批准注销"),
    help=_("同意注销档案，保存期从今天起算。提出的人不能审批。"),
    unlike=["propose_strike_off"],
)
def confirm_strike_off(file: HardshipFile, *, actor: Actor) -> None:
    _leave(file, actor)


@hardship.transition(
    State.EXIT_PROPOSED,
    State.STRIKE_OFF_PROPOSED,
    to=State.RENEWAL,
    label=_("退回复核"),
    help=_("依据不足，退回帮扶中心复核后再定。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_renewal(file: HardshipFile, *, actor: Actor) -> None:
    file.leaving_reason = ""


@hardship.transition(
    State.EXPIRED,
    to=State.STRUCK_OFF,
    label=_("注销过期档案"),
    help=_("逾期未复核、也没有重新申请的，予以注销。"),
    in_bulk=True,
)
def strike_off_expired(file: HardshipFile, *, actor: Actor) -> None:
    file.leaving_reason = LeavingReason.NOT_RENEWED
    _leave(file, actor)


def _leave(file: HardshipFile, actor: Actor) -> None:
    file.left_on = clock.today()
    messages.tell(file, messages.LEFT, actor=actor)
