"""How a membership moves: asked for, released by the old union, received by the new.

Until the new union receives it, the membership stays with the old one: nobody is ever in two unions or in none.
"""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.workflow import ReasonForm, RemarkForm, Stage, Workflow, working_days
from niangjia.membership import admissions, messages, parameters, queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.forms import cases as forms
from niangjia.membership.identity import IdentityNumber
from niangjia.membership.kinds import TransferState as State
from niangjia.membership.models import Member, Transfer
from niangjia.membership.queries import cases
from niangjia.membership.workflow.stays import move_out
from niangjia.organisation.models import Employer, UnionBody

transfer = Workflow(
    name="transfer",
    label=pgettext_lazy("one", "会籍接转"),
    model=Transfer,
    visible_to=cases.transfers_visible_to,
    subjects=cases.transfer_subjects,
    conflicts=cases.transfer_conflicts,
    related=("unit", "from_unit", "to_unit", "member__person__user", "member__unit", "employer"),
    stages=[
        Stage(State.REQUESTED, duty=MEMBERSHIP_CLERK, due=working_days(parameters.RELEASE_DAYS)),
        Stage(State.RELEASED, duty=MEMBERSHIP_CLERK, due=working_days(parameters.RECEIVE_DAYS)),
        Stage(
            State.RETURNED,
            duty=MEMBERSHIP_CLERK,
            due=working_days(parameters.CORRECTION_DAYS),
            by_subject=True,
        ),
        Stage(State.RECEIVED),
        Stage(State.REFUSED),
        Stage(State.CANCELLED),
    ],
)

# The same words for nobody, for another name, and for no membership.
NO_MEMBERSHIP = _("没有找到可以接转的会籍。请核对姓名和证件号码；没有入过会的，请办理入会。")


@transfer.opening(
    to=State.REQUESTED,
    label=_("申请转会"),
    help=_("换了单位，会籍跟着走。原工会转出、新工会接收之前，会籍一直在原工会。"),
    form=forms.AskTransferForm,
)
def ask(*, actor: Actor, **facts: Any) -> Transfer:
    person = queries.person_of(actor)
    member = queries.current_membership(person) if person else None
    if member is None:
        raise Refused(gettext("您现在没有会籍，不用转会，请直接申请入会。"))
    return _begin(member, **facts)


@transfer.opening(
    to=State.REQUESTED,
    label=_("录入转出申请"),
    help=_("职工书面申请转出，由原工会录入。"),
    form=forms.SendOutForm,
    duty=MEMBERSHIP_CLERK,
)
def send_out(*, actor: Actor, id_number: IdentityNumber, **facts: Any) -> Transfer:
    member = _membership_of(id_number)
    # Beyond one's own unions nobody learns who is a member where.
    if member is None or not actor.grants_for(MEMBERSHIP_CLERK, member.unit.path):
        raise Invalid(NO_MEMBERSHIP)
    return _begin(member, **facts)


@transfer.opening(
    to=State.REQUESTED,
    label=_("申请转入"),
    help=_("职工已到本单位工作，会籍还在别的工会：向它要求转出。"),
    form=forms.CallInForm,
    duty=MEMBERSHIP_CLERK,
    at="to_unit",
)
def call_in(*, actor: Actor, name: str, id_number: IdentityNumber, **facts: Any) -> Transfer:
    member = _membership_of(id_number)
    if member is None or "".join(member.person.name.split()) != "".join(name.split()):
        raise Invalid(NO_MEMBERSHIP)
    return _begin(member, **facts)


@transfer.transition(
    State.REQUESTED,
    to=State.RELEASED,
    label=_("同意转出"),
    help=_("会费、手续已清，交新工会接收；接收之前会籍仍在本工会。"),
    form=RemarkForm,
    in_bulk=True,
)
def release(row: Transfer, *, actor: Actor) -> None:
    row.released_on = clock.today()
    row.unit = row.to_unit
    _tell(row, messages.TRANSFER_RELEASED, actor)


@transfer.transition(
    State.REQUESTED,
    to=State.RETURNED,
    label=_("退回补正"),
    help=_("新单位或新工会写得不清，退给申请人补正。"),
    form=ReasonForm,
    is_return=True,
)
def ask_for_more(row: Transfer, *, actor: Actor) -> None:
    _tell(row, messages.TRANSFER_TO_CORRECT, actor)


@transfer.transition(
    State.RETURNED,
    to=State.REQUESTED,
    label=_("补正后重新提交"),
    help=_("按退回的理由改好，再交原工会办理。"),
    form=forms.AskTransferForm,
)
def resubmit(row: Transfer, *, actor: Actor, to_unit: UnionBody, **facts: Any) -> None:
    _must_lead_elsewhere(row.from_unit, to_unit)
    row.to_unit = to_unit
    for name, given in facts.items():
        setattr(row, name, given)


@transfer.transition(
    State.RELEASED,
    to=State.RECEIVED,
    label=_("接收会籍"),
    help=_("职工确在本工会范围内工作：会籍从今天起转到本工会，会员编号不变。"),
    form=forms.ReceiveForm,
    in_bulk=True,
)
def receive(row: Transfer, *, actor: Actor, employer: Employer | None) -> None:
    row.employer = employer or row.employer
    admissions.hold_counts(row.from_unit_id, row.to_unit_id)
    member = move_out(row.member, actor=actor)
    row.received_as = admissions.go_on(
        member,
        row.to_unit,
        actor=actor,
        employer=row.employer,
        work={name: getattr(member, name) for name in admissions.WORK},
    )
    _tell(row, messages.TRANSFER_RECEIVED, actor)


@transfer.transition(
    State.RELEASED,
    to=State.REQUESTED,
    label=_("退回原工会"),
    help=_("手续不全或转错了工会，退回原工会处理。"),
    form=ReasonForm,
    is_return=True,
)
def send_back(row: Transfer, *, actor: Actor) -> None:
    row.unit, row.released_on = row.from_unit, None


@transfer.transition(
    State.REQUESTED,
    State.RELEASED,
    to=State.REFUSED,
    label=_("不予接转"),
    help=_("不该由这两个工会接转。会籍留在原工会，理由会原样告诉本人。"),
    form=ReasonForm,
)
def refuse(row: Transfer, *, actor: Actor) -> None:
    _tell(row, messages.TRANSFER_REFUSED, actor)


@transfer.transition(
    State.REQUESTED,
    State.RETURNED,
    State.RELEASED,
    to=State.CANCELLED,
    label=_("取消转会"),
    help=_("不转了，会籍留在原工会。"),
    form=RemarkForm,
    only_subject=True,
)
def cancel(row: Transfer, *, actor: Actor) -> None:
    pass


@transfer.timed(
    State.RELEASED,
    to=State.CANCELLED,
    label=_("逾期未接收"),
    help=_("新工会逾期没有接收，接转作罢，会籍留在原工会，可以重新申请。"),
)
def lapse(row: Transfer, *, actor: Actor) -> None:
    _tell(row, messages.TRANSFER_LAPSED, actor)


def _membership_of(id_number: IdentityNumber) -> Member | None:
    person = queries.person_by_id_number(id_number.number)
    return queries.current_membership(person) if person else None


def _begin(member: Member, *, to_unit: UnionBody, **facts: Any) -> Transfer:
    queries.hold(member)
    current = queries.current_membership(member.person)
    if current is None or current.pk != member.pk:
        raise Invalid(NO_MEMBERSHIP)
    _must_lead_elsewhere(member.unit, to_unit)
    if running := cases.running_transfer(member):
        raise Refused(
            gettext("这份会籍已有一件接转正在办理（%s），办完或取消以后才能再申请。") % running.number
        )
    year = clock.today().year
    [number] = numbering.draw(f"transfer/{year}")
    return Transfer.objects.create(
        number=f"ZJ{year}{number:06d}",
        unit=member.unit,
        member=member,
        from_unit=member.unit,
        to_unit=to_unit,
        requested_on=clock.today(),
        **facts,
    )


def _must_lead_elsewhere(old: UnionBody, new: UnionBody) -> None:
    if old.pk == new.pk:
        raise Invalid(gettext("会籍已在“%s”，不用接转。") % new)


def _tell(row: Transfer, template: Any, actor: Actor) -> None:
    messages.tell(row.member.person, template, actor=actor, number=row.number, unit=row.to_unit.name)
