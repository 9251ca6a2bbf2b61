"""How a membership goes while it lasts: kept through retirement or unemployment, warned, and over."""

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, calendar_days, working_days
from niangjia.membership import messages, newcomers, parameters
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.forms import cases as forms
from niangjia.membership.kinds import LeavingReason
from niangjia.membership.kinds import MemberState as State
from niangjia.membership.models import Member
from niangjia.membership.queries import cases

LIVING = (State.ACTIVE, State.WARNED, State.RETENTION_ASKED, State.RETAINED)

membership = Workflow(
    name="membership",
    label=_("会籍"),
    model=Member,
    visible_to=cases.stays_visible_to,
    subjects=cases.subjects,
    conflicts=cases.kept_out,
    related=("unit", "person__user", "employer"),
    asked=("transfers",),
    stages=[
        Stage(State.ACTIVE),
        Stage(State.WARNED, due=calendar_days(parameters.WARNING_DAYS)),
        Stage(State.RETENTION_ASKED, duty=MEMBERSHIP_CLERK, due=working_days(parameters.RETENTION_DAYS)),
        Stage(State.RETAINED),
        Stage(State.LEFT),
    ],
)


@membership.transition(
    State.ACTIVE,
    to=State.RETENTION_ASKED,
    label=_("申请保留会籍"),
    help=_("退休、失业等情况可以保留会籍：不缴会费，会籍不断。"),
    form=forms.RetainForm,
    only_subject=True,
)
def ask_to_retain(member: Member, *, actor: Actor, reason: str) -> None:
    member.reason = reason


@membership.transition(
    State.ACTIVE,
    State.RETENTION_ASKED,
    to=State.RETAINED,
    label=_("保留会籍"),
    help=_("退休、失业、单位关闭等，会籍留在原工会，不缴会费。"),
    form=forms.RetainForm,
    duty=MEMBERSHIP_CLERK,
    in_bulk=True,
)
def retain(member: Member, *, actor: Actor, reason: str) -> None:
    member.reason = reason
    member.retained_on = clock.today()
    messages.tell(member.person, messages.RETAINED, actor=actor, number=member.number)


@membership.transition(
    State.RETENTION_ASKED,
    to=State.ACTIVE,
    label=_("不予保留"),
    help=_("不符合保留会籍的情形，会籍照旧。理由会原样告诉本人。"),
    form=ReasonForm,
    is_return=True,
)
def decline_retention(member: Member, *, actor: Actor) -> None:
    member.reason = ""
    messages.tell(member.person, messages.RETENTION_DECLINED, actor=actor, number=member.number)


@membership.transition(
    State.RETAINED,
    to=State.ACTIVE,
    label=_("恢复会籍"),
    help=_("重新上岗，恢复缴会费、参加活动。"),
    duty=MEMBERSHIP_CLERK,
)
def resume(member: Member, *, actor: Actor) -> None:
    member.reason, member.retained_on = "", None


@membership.transition(
    State.ACTIVE,
    to=State.WARNED,
    label=_("催告"),
    help=_("长期不缴会费、不参加活动的，先教育、催告；期满仍不改正，由系统按自动退会办理。"),
    form=forms.WarnForm,
    duty=MEMBERSHIP_CLERK,
)
def warn(member: Member, *, actor: Actor, inactive_since: date) -> None:
    _must_not_move(member)
    due = membership.stage(State.WARNED).due
    assert due is not None
    messages.tell(member.person, messages.WARNED, actor=actor, unit=member.unit.name)


@membership.transition(
    State.WARNED,
    to=State.ACTIVE,
    label=_("撤销催告"),
    help=_("已补缴会费或参加活动，会籍照旧。"),
    duty=MEMBERSHIP_CLERK,
)
def clear(member: Member, *, actor: Actor) -> None:
    pass


@membership.timed(
    State.WARNED, to=State.LEFT, label=_("自动退会"), help=_("催告期满仍未改正，系统按自动退会办理。")
)
def lapse(member: Member, *, actor: Actor) -> None:
    _leave(member, LeavingReason.LAPSED)
    messages.tell(member.person, messages.LEFT, actor=actor, number=member.number)


@membership.transition(
    *LIVING,
    to=State.LEFT,
    label=_("退会"),
    help=_("退会自由，立即生效；以后可以重新申请入会。换单位请申请转会，退休、失业请申请保留会籍。"),
    form=forms.ResignForm,
    only_subject=True,
)
def resign(member: Member, *, actor: Actor, is_certain: bool) -> None:
    _must_not_move(member)
    _leave(member, LeavingReason.RESIGNED)


@membership.transition(
    *LIVING,
    to=State.LEFT,
    label=_("办理离会"),
    help=_("本人书面退会、死亡、开除，或登记有误需要作废。记录保留。"),
    form=forms.EndForm,
    duty=MEMBERSHIP_CLERK,
    in_bulk=True,
)
def end(member: Member, *, actor: Actor, reason: str, left_on: date) -> None:
    _must_not_move(member)
    _leave(member, reason, left_on)
    # Nobody is told of a membership that should never have been registered.
    if reason not in (LeavingReason.DIED, LeavingReason.VOIDED):
        messages.tell(member.person, messages.LEFT, actor=actor, number=member.number)


@membership.consequence(
    *LIVING,
    to=State.LEFT,
    label=_("转往其他工会"),
    help=_("新工会接收会籍的同时，原工会的这一段会籍结束，记录留在原工会。"),
    follows=["transfer/receive"],
)
def move_out(member: Member, *, actor: Actor) -> None:
    _leave(member, LeavingReason.TRANSFERRED)


def _leave(member: Member, reason: Any, on: date | None = None) -> None:
    member.reason = str(reason)
    member.left_on = max(on or clock.today(), member.joined_on)
    newcomers.count({member.unit_id: -1})


def _must_not_move(member: Member) -> None:
    """While it is on its way to another union, a membership neither ends nor lapses here."""
    if transfer := cases.running_transfer(member):
        raise Refused(
            gettext("会籍正在接转（%(number)s，%(state)s）。请先取消或办完接转，再办这一步。")
            % {"number": transfer.number, "state": transfer.get_state_display()}
        )
