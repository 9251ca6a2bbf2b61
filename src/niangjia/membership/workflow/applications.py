"""How an application goes: asked of a union, or of a county's pool that finds one; taken in, or told why not."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.users import User
from niangjia.kernel.workflow import Opening, ReasonForm, Stage, Workflow, working_days
from niangjia.membership import actions, admissions, messages, parameters, queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.forms import cases as forms
from niangjia.membership.identity import IdentityNumber
from niangjia.membership.kinds import ApplicationState as State
from niangjia.membership.models import MembershipApplication, Person
from niangjia.membership.queries import cases
from niangjia.organisation.models import Employer, Region, UnionBody

application = Workflow(
    name="membership-application",
    label=pgettext_lazy("one", "入会申请"),
    model=MembershipApplication,
    visible_to=cases.applications_visible_to,
    subjects=cases.application_subjects,
    conflicts=cases.application_conflicts,
    related=("unit", "person__user", "employer", "pool", "region"),
    stages=[
        Stage(State.SUBMITTED, duty=MEMBERSHIP_CLERK, due=working_days(parameters.REVIEW_DAYS)),
        Stage(State.POOLED, duty=MEMBERSHIP_CLERK, due=working_days(parameters.ASSIGN_DAYS)),
        Stage(
            State.RETURNED,
            duty=MEMBERSHIP_CLERK,
            due=working_days(parameters.CORRECTION_DAYS),
            by_subject=True,
        ),
        Stage(State.ADMITTED),
        Stage(State.DECLINED),
        Stage(State.WITHDRAWN),
    ],
)

# The same words whatever stands in the way: they must not tell a stranger who is registered where.
ASK_AT_THE_UNION = _(
    "这份申请不能在手机上办理。请核对姓名和证件号码；无误的，请带身份证到所在单位或街道的工会办理。"
)


@application.opening(
    to=State.SUBMITTED,
    label=_("申请入会"),
    help=_("填写后交给工会审批，通过即成为会员。"),
    form=forms.ApplyForm,
)
def apply(*, actor: Actor, unit: UnionBody, **facts: Any) -> MembershipApplication:
    return _begin(actor, unit=unit, **facts)


@application.opening(
    to=State.POOLED,
    label=_("没有单位，申请入会"),
    help=_("没有工会的单位、没有固定单位的职工从这里申请，由区县总工会联系合适的工会。"),
    form=forms.ApplyToPoolForm,
)
def apply_to_pool(*, actor: Actor, region: Region, **facts: Any) -> MembershipApplication:
    county = cases.pool_of(region)
    if county is None:
        raise Refused(gettext("这个地方还没有区县总工会，请换一个工作地，或到就近的工会询问。"))
    return _begin(actor, unit=county, pool=county, region=region, **facts)


def arrive(opening: Opening, *, phone: str, **data: Any) -> MembershipApplication:
    """Apply as somebody whom no register knows, with a phone they have proven to hold: the account comes with it."""
    with transaction.atomic():
        if queries.people_numbered(phone):
            raise Invalid(ASK_AT_THE_UNION)
        user = User(username=f"person-{uuid.uuid4()}", name=str(data.get("name", "")).strip()[:50])
        user.set_unusable_password()
        user.save()
        row: MembershipApplication = opening(actor=Actor.of(user), **data)
        row.person.phone = phone
        row.person.save()
        audit.record(row.person, "prove_phone", actor=Actor.of(user), changes={"phone": phone})
    return row


@application.transition(
    State.SUBMITTED,
    to=State.ADMITTED,
    label=_("同意入会"),
    help=_("审核属实，同意入会：编发会员编号，登记进会员名册。"),
    form=forms.AdmitForm,
    in_bulk=True,
)
def approve(row: MembershipApplication, *, actor: Actor, employer: Employer | None, joined_on: date) -> None:
    _admit(row, actor, row.unit, employer, joined_on)


@application.transition(
    State.SUBMITTED,
    State.POOLED,
    to=State.DECLINED,
    label=_("不同意入会"),
    help=_("不符合入会条件。理由会原样告诉申请人。"),
    form=ReasonForm,
)
def decline(row: MembershipApplication, *, actor: Actor) -> None:
    row.decided_on = clock.today()
    messages.tell(row.person, messages.APPLICATION_DECLINED, actor=actor, number=row.number)


@application.transition(
    State.SUBMITTED,
    to=State.RETURNED,
    label=_("退回补正"),
    help=_("填得不清或不全，退给申请人补正。"),
    form=ReasonForm,
    is_return=True,
)
def ask_for_more(row: MembershipApplication, *, actor: Actor) -> None:
    messages.tell(row.person, messages.APPLICATION_TO_CORRECT, actor=actor, number=row.number)


@application.transition(
    State.RETURNED,
    to=State.SUBMITTED,
    label=_("补正后重新提交"),
    help=_("按退回的理由改好，再交给工会审批。"),
    form=forms.ResubmitForm,
)
def resubmit(row: MembershipApplication, *, actor: Actor, **facts: Any) -> None:
    for name, given in facts.items():
        setattr(row, name, given)


@application.transition(
    State.POOLED,
    to=State.SUBMITTED,
    label=_("分配工会"),
    help=_("按工作地、行业分给辖区内合适的工会，由它审批。"),
    form=forms.AssignForm,
    in_bulk=True,
)
def assign(row: MembershipApplication, *, actor: Actor, unit: UnionBody) -> None:
    row.unit = unit
    messages.tell(row.person, messages.APPLICATION_ASSIGNED, actor=actor, number=row.number, unit=unit.name)


@application.transition(
    State.POOLED,
    to=State.ADMITTED,
    label=_("直接吸收"),
    help=_("没有合适的基层工会，会籍放在本级或街道总工会。"),
    form=forms.KeepForm,
    in_bulk=True,
)
def keep(row: MembershipApplication, *, actor: Actor, unit: UnionBody) -> None:
    row.unit = unit
    _admit(row, actor, unit, None, clock.today())


@application.transition(
    State.SUBMITTED,
    to=State.POOLED,
    label=_("转入周转库"),
    help=_("不是本工会的职工，交区县总工会另行分配。"),
    form=ReasonForm,
    is_return=True,
)
def pass_on(row: MembershipApplication, *, actor: Actor) -> None:
    region = row.region or row.unit.region
    county = row.pool or cases.pool_of(region)
    if county is None:
        raise Refused(gettext("本地还没有区县总工会的周转库。请退回申请人，或说明理由不同意。"))
    row.region, row.pool, row.unit = region, county, county


@application.transition(
    State.SUBMITTED,
    State.POOLED,
    State.RETURNED,
    to=State.WITHDRAWN,
    label=_("撤回申请"),
    help=_("不再申请。撤回以后可以重新申请。"),
    only_subject=True,
)
def withdraw(row: MembershipApplication, *, actor: Actor) -> None:
    pass


@application.timed(
    State.RETURNED,
    to=State.WITHDRAWN,
    label=_("逾期未补正"),
    help=_("退回后逾期没有补正，申请作罢，可以重新申请。"),
)
def lapse(row: MembershipApplication, *, actor: Actor) -> None:
    messages.tell(row.person, messages.APPLICATION_LAPSED, actor=actor, number=row.number)


def _begin(
    actor: Actor, *, name: str = "", id_number: IdentityNumber | None = None, **facts: Any
) -> MembershipApplication:
    person = queries.person_of(actor)
    if person is None:
        assert id_number is not None, "the form asks strangers"
        person = _registered(name, id_number, facts["unit"], actor)
    queries.hold(person)
    if member := queries.current_membership(person):
        raise Refused(
            gettext("您已是“%s”的会员，不用再申请。换了单位，请在“我的会籍”里申请转会。") % member.unit
        )
    if cases.running_application(person):
        raise Refused(gettext("您已有一份入会申请正在办理，请在“我的事”中查看进度。"))
    year = clock.today().year
    [number] = numbering.draw(f"membership-application/{year}")
    return MembershipApplication.objects.create(
        number=f"RH{year}{number:06d}", person=person, applied_on=clock.today(), **facts
    )


def _registered(name: str, id_number: IdentityNumber, unit: UnionBody, actor: Actor) -> Person:
    """A stranger enters the register with the account they came with; whoever is in it already must come by."""
    if queries.person_by_id_number(id_number.number) is not None:
        raise Invalid(ASK_AT_THE_UNION)
    person = actions.register(actions.Enrolment(name, id_number, unit, clock.today()), actor=actor)
    person.user = actor.account
    person.save(update_fields=["user"])
    audit.record(person, "open_account", actor=actor)
    return person


def _admit(
    row: MembershipApplication, actor: Actor, unit: UnionBody, employer: Employer | None, joined_on: date
) -> None:
    row.employer = employer or row.employer
    row.decided_on = clock.today()
    row.member = admissions.admit(
        row.person,
        unit,
        actor=actor,
        joined_on=joined_on,
        employer=row.employer,
        work={name: getattr(row, name) for name in admissions.WORK},
    )
    messages.tell(row.person, messages.ADMITTED, actor=actor, number=row.member.number, unit=unit.name)
