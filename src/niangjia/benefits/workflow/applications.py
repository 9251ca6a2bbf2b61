"""How an application for a benefit goes: 申请 → 受理 → 核定 → 复核 →（公示）→ 批准, and what may be said against it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.benefits import applying, asking, awards, messages, parameters, publicity, queries
from niangjia.benefits.access import ARBITER, ASSESSOR, CONFIRMER, RECEIVER
from niangjia.benefits.decisions import keep
from niangjia.benefits.forms import applications as forms
from niangjia.benefits.kinds import DecisionStatus, Origin, Outcome, Publicity, State
from niangjia.benefits.models import BenefitApplication, Override
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, named_day, working_days
from niangjia.kernel.workflow.deadlines import Calendar
from niangjia.membership import queries as people
from niangjia.notices import actions as notices
from niangjia.notices.news import LINE_REMOVED

application = Workflow(
    name="benefit-application",
    label=_("待遇申请"),
    model=BenefitApplication,
    visible_to=queries.applications_visible_to,
    subjects=queries.subjects,
    conflicts=queries.kept_out,
    related=("unit", "scheme__unit", "person__user", "payee__user", "household", "decision__edition"),
    stages=[
        Stage(State.ASKED, duty=RECEIVER, due=working_days(parameters.CHECK_DAYS)),
        Stage(State.RETURNED, duty=RECEIVER, due=working_days(parameters.CORRECTION_DAYS), by_subject=True),
        Stage(State.CHECKED, duty=ASSESSOR, due=working_days(parameters.ASSESS_DAYS)),
        Stage(State.ASSESSED, duty=CONFIRMER, due=working_days(parameters.CONFIRM_DAYS)),
        Stage(State.LIFT_ASKED, duty=CONFIRMER, due=working_days(parameters.CONFIRM_DAYS)),
        Stage(State.ON_NOTICE, due=named_day("notice_until")),
        Stage(State.GRANTED),
        Stage(State.DECLINED),
        Stage(State.WITHDRAWN),
        Stage(State.APPEALED, duty=ARBITER, due=working_days(parameters.ANSWER_DAYS)),
        Stage(State.AMOUNT_APPEALED, duty=ARBITER, due=working_days(parameters.ANSWER_DAYS)),
        Stage(State.REFUSAL_STANDS),
    ],
)
HANDLED = ["take_in", "check", "assess", "ask_to_lift", "lift", "keep_cap", "publish", "confirm", "decline"]


@application.opening(
    to=State.ASKED,
    label=_("申请待遇"),
    help=_("系统已经知道的不用填；提交前先看能享受多少、为什么。"),
    form=forms.ApplyForm,
)
def apply(*, actor: Actor, **facts: Any) -> BenefitApplication:
    person = people.person_of(actor)
    if person is None:
        raise Refused(gettext("您的账号没有对应的职工登记，请先到所属工会登记，或由工会代为录入。"))
    return applying.begin(person, actor, Origin.WORKER, facts)


@application.opening(
    to=State.ASKED,
    label=_("录入纸质申请"),
    help=_("职工交来签字的申请书，由工会录入；原件扫描后作为材料上传。"),
    form=forms.TakeInForm,
    duty=RECEIVER,
)
def take_in(*, actor: Actor, id_number: Any, **facts: Any) -> BenefitApplication:
    return applying.begin(applying.applicant(actor, id_number), actor, Origin.PAPER, facts)


@application.opening(
    to=State.ASKED,
    label=_("确认系统找到的待遇"),
    help=_("系统按政策找到的待遇，您确认就是申请，不用重新填写。"),
    form=forms.ApplyForm,
)
def accept_proposal(*, actor: Actor, **facts: Any) -> BenefitApplication:
    person = people.person_of(actor)
    if person is None:
        raise Refused(gettext("您的账号没有对应的职工登记，请先到所属工会登记，或由工会代为录入。"))
    return applying.begin(person, actor, Origin.PROPOSAL, facts)


@application.transition(
    State.ASKED,
    to=State.CHECKED,
    label=_("受理"),
    help=_("材料齐全，转核定。"),
)
def check(row: BenefitApplication, *, actor: Actor) -> None:
    if missing := queries.papers_missing(row):
        raise Refused(
            gettext("还缺材料：%s。请退回补正，或由您收齐后上传，再受理。")
            % gettext("、").join(str(kind.label) for kind in missing)
        )


@application.transition(
    State.ASKED,
    to=State.RETURNED,
    label=_("退回补正"),
    help=_("材料不齐或填写有误，退给申请人补正。"),
    form=ReasonForm,
    is_return=True,
)
def ask_for_more(row: BenefitApplication, *, actor: Actor) -> None:
    messages.tell(row, messages.TO_CORRECT, actor=actor)


@application.transition(
    State.CHECKED,
    to=State.RETURNED,
    label=_("核定前退回补正"),
    help=_("核定时发现资料不够，退给申请人补正。"),
    form=ReasonForm,
    is_return=True,
)
def ask_before_assessing(row: BenefitApplication, *, actor: Actor) -> None:
    messages.tell(row, messages.TO_CORRECT, actor=actor)


@application.transition(
    State.RETURNED,
    to=State.ASKED,
    label=_("补正后重新提交"),
    help=_("按退回的理由补好，再交给工会。"),
    form=forms.ResubmitForm,
)
def resubmit(row: BenefitApplication, *, actor: Actor, said: dict[str, Any]) -> None:
    if said:
        row.said = asking.written(said)


@application.transition(
    State.CHECKED,
    to=State.ASSESSED,
    label=_("按政策核定"),
    help=_("核对票据与填写的一致，系统按政策算出结果和理由，交另一人复核。"),
    form=forms.AssessForm,
    unlike=["take_in"],
)
def assess(row: BenefitApplication, *, actor: Actor, verified: dict[str, Any]) -> None:
    if verified:
        row.said = asking.written(verified)
    _decide(row, actor, lifted={})


@application.transition(
    State.ASSESSED,
    to=State.CHECKED,
    label=_("退回核定"),
    help=_("核定有疑问，退回核定员重核。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_assess(row: BenefitApplication, *, actor: Actor) -> None:
    pass


@application.transition(
    State.ASSESSED,
    to=State.LIFT_ASKED,
    label=_("请求放开上限"),
    help=_("政策写明“原则上”的上限，确有特殊情况的，说明理由，由审批人签字放开。"),
    form=forms.LiftForm,
    duty=ASSESSOR,
)
def ask_to_lift(row: BenefitApplication, *, actor: Actor, step: str, reason: str) -> None:
    Override.objects.create(application=row, step=step, reason=reason, asked_by=actor.account)


@application.transition(
    State.LIFT_ASKED,
    to=State.ASSESSED,
    label=_("同意放开上限"),
    help=_("理由成立，按放开后的金额重新核定。提出的人不能自己同意。"),
    unlike=["ask_to_lift", "assess"],
)
def lift(row: BenefitApplication, *, actor: Actor) -> None:
    override = awards.answer_override(row, actor, is_approved=True)
    before = row.decision
    assert before is not None
    _decide(row, actor, lifted={**before.lifted, override.step: str(override.reason)})


@application.transition(
    State.LIFT_ASKED,
    to=State.ASSESSED,
    label=_("不同意放开"),
    help=_("理由不足，仍按上限核定。"),
    form=ReasonForm,
    unlike=["ask_to_lift", "assess"],
    is_return=True,
)
def keep_cap(row: BenefitApplication, *, actor: Actor) -> None:
    awards.answer_override(row, actor, is_approved=False)


@application.transition(
    State.ASSESSED,
    to=State.GRANTED,
    label=_("同意给付"),
    help=_("复核无误，批准给付。录入、受理、核定过本件的人不能审批。"),
    unlike=["take_in", "check", "assess", "ask_to_lift"],
    in_bulk=True,
)
def confirm(row: BenefitApplication, *, actor: Actor) -> None:
    if row.scheme.notice != Publicity.NONE:
        raise Refused(gettext("“%s”要先公示，请选“同意并公示”。") % row.scheme)
    _grant(row, actor)


@application.transition(
    State.ASSESSED,
    to=State.ON_NOTICE,
    label=_("同意并公示"),
    help=_("复核无误，按规定的工作日公示；期满无异议自动批准，不能提前。"),
    unlike=["take_in", "check", "assess", "ask_to_lift"],
    in_bulk=True,
)
def publish(row: BenefitApplication, *, actor: Actor) -> None:
    if row.scheme.notice == Publicity.NONE:
        raise Refused(gettext("“%s”不用公示，请选“同意给付”。") % row.scheme)
    awards.refuse_nothing(row)
    row.notice_until = publicity.post(row, actor).notice.until_on


@application.timed(
    State.ON_NOTICE,
    to=State.GRANTED,
    label=_("公示期满"),
    help=_("公示期最后一日的次日，没有异议的自动批准；有异议的，等异议答复。"),
)
def end_notice(row: BenefitApplication, *, actor: Actor) -> None:
    notices.hold_cleared(row, actor=actor)
    _grant(row, actor)


@application.transition(
    State.ON_NOTICE,
    to=State.CHECKED,
    label=_("撤回公示"),
    help=_("公示内容有误或情况有变，撤下来重新核定。"),
    form=ReasonForm,
    duty=CONFIRMER,
    is_return=True,
)
def take_down(row: BenefitApplication, *, actor: Actor) -> None:
    notices.take_down(row, actor=actor)
    row.notice_until = None


@application.consequence(
    State.ON_NOTICE,
    to=State.CHECKED,
    label=_("公示被撤下"),
    help=_("异议成立，或本人撤回了公示的同意；核实后重新核定。"),
    follows=[f"news/{LINE_REMOVED}"],
    is_return=True,
)
def lose_notice(row: BenefitApplication, *, actor: Actor) -> None:
    row.notice_until = None


@application.transition(
    State.ASSESSED,
    to=State.DECLINED,
    label=_("不予给付"),
    help=_("核定不符合条件。哪一条不符合、差多少、怎样提出异议，会逐条告诉申请人。"),
    unlike=["take_in", "check", "assess", "ask_to_lift"],
    in_bulk=True,
)
def decline(row: BenefitApplication, *, actor: Actor) -> None:
    decision = row.decision
    if decision is not None and decision.is_decided and decision.amount:
        raise Refused(gettext("按政策核定应当给付，不能不予。有疑问请退回核定，或停办这个项目。"))
    _settle(row, actor)


@application.transition(
    State.ASKED,
    State.RETURNED,
    State.CHECKED,
    to=State.WITHDRAWN,
    label=_("撤回申请"),
    help=_("不再申请。撤回以后可以重新申请。"),
    only_subject=True,
)
def withdraw(row: BenefitApplication, *, actor: Actor) -> None:
    pass


@application.transition(
    State.DECLINED,
    to=State.APPEALED,
    label=_("申请复议"),
    help=_("不同意不予给付的结果，可以申请复议，由没有办过这件事的人答复。"),
    form=forms.AppealForm,
    only_subject=True,
)
def appeal(row: BenefitApplication, *, actor: Actor, grounds: str) -> None:
    applying.refuse_second(row.scheme, row.period, row.person, row.household)
    awards.file_appeal(row, grounds)


@application.transition(
    State.GRANTED,
    to=State.AMOUNT_APPEALED,
    label=_("对金额申请复议"),
    help=_("同意给付但认为金额不对，可以申请复议；已经转入发放的不再受理。"),
    form=forms.AppealForm,
    only_subject=True,
)
def appeal_amount(row: BenefitApplication, *, actor: Actor, grounds: str) -> None:
    awards.refuse_committed(row)
    awards.file_appeal(row, grounds)


@application.transition(
    State.APPEALED,
    to=State.REFUSAL_STANDS,
    label=_("维持不予给付"),
    help=_("复议认为原核定无误。答复会原样告诉申请人。"),
    form=forms.AnswerForm,
    unlike=HANDLED,
)
def uphold(row: BenefitApplication, *, actor: Actor, answer: str) -> None:
    awards.answer_appeal(row, actor, Outcome.STANDS, answer)


@application.transition(
    State.AMOUNT_APPEALED,
    to=State.GRANTED,
    label=_("维持金额"),
    help=_("复议认为金额无误，照原批准发放。"),
    form=forms.AnswerForm,
    unlike=HANDLED,
)
def uphold_amount(row: BenefitApplication, *, actor: Actor, answer: str) -> None:
    awards.answer_appeal(row, actor, Outcome.STANDS, answer)


@application.transition(
    State.APPEALED,
    State.AMOUNT_APPEALED,
    to=State.CHECKED,
    label=_("重新核定"),
    help=_("复议认为应当重核；原批准的先作废，按核实后的情况重新核定。"),
    form=forms.AnswerForm,
    unlike=HANDLED,
)
def assess_again(row: BenefitApplication, *, actor: Actor, answer: str) -> None:
    awards.void_grant(row)
    awards.answer_appeal(row, actor, Outcome.AGAIN, answer)
    row.settled_on = row.appeal_until = None


def _decide(row: BenefitApplication, actor: Actor, lifted: dict[str, str]) -> None:
    made = asking.assess_application(row, lifted=lifted)
    if made.status == DecisionStatus.INCOMPLETE:
        raise Refused(asking.refusal_of(made))
    household = row.household or people.current_household(row.person)
    row.decision = keep(
        made, unit=row.unit, actor=actor, person=row.person, household=household, scheme=row.scheme
    )


def _grant(row: BenefitApplication, actor: Actor) -> None:
    awards.grant(row)
    _settle(row, actor)


def _settle(row: BenefitApplication, actor: Actor) -> None:
    row.settled_on = clock.today()
    row.appeal_until = _last_day_to_appeal(row)
    messages.tell(row, messages.SETTLED, actor=actor, date=row.appeal_until)


def _last_day_to_appeal(row: BenefitApplication) -> date:
    day = Calendar(clock.today()).last_day(working_days(parameters.APPEAL_DAYS), row)
    assert day is not None
    return day
