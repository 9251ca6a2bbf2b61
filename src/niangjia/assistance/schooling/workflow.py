"""How a child comes back to school: 发现 → 走访劝学 → 复学 → 专项帮扶 → 回访办结; and again when it leaves again."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import APPROVER, SCHOOL_WORKER
from niangjia.assistance.consents import SCHOOL_CONTACT
from niangjia.assistance.models import PersuasionVisit, SchoolingCase, SchoolSupport
from niangjia.assistance.schooling import forms, parameters, queries
from niangjia.assistance.schooling.kinds import SchoolState
from niangjia.kernel import calendar, clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused, WrongState
from niangjia.kernel.workflow import Stage, Workflow, named_day, working_days
from niangjia.membership import queries as people
from niangjia.membership.consents.actions import record
from niangjia.membership.consents.models import How
from niangjia.membership.consents.queries import has_consented
from niangjia.membership.models import Household, Person
from niangjia.organisation.parameters import value

schooling = Workflow(
    name="schooling",
    label=pgettext_lazy("one", "劝学个案"),
    model=SchoolingCase,
    visible_to=queries.cases_visible_to,
    subjects=queries.subjects,
    conflicts=queries.kept_out,
    related=("unit", "child", "guardian__user"),
    stages=[
        Stage(SchoolState.OUT_OF_SCHOOL, duty=SCHOOL_WORKER, due=working_days(parameters.FIRST_VISIT_DAYS)),
        Stage(SchoolState.PERSUADING, duty=SCHOOL_WORKER, due=working_days(parameters.NEXT_VISIT_DAYS)),
        Stage(SchoolState.BACK, duty=SCHOOL_WORKER, due=named_day("follow_up_on")),
        Stage(SchoolState.SUPPORTED, duty=SCHOOL_WORKER, due=named_day("follow_up_on")),
        Stage(SchoolState.STAYED),
        Stage(SchoolState.LET_GO),
    ],
)


@schooling.opening(
    to=SchoolState.OUT_OF_SCHOOL,
    label=_("登记辍学学生"),
    help=_("学生是职工家庭里已登记的未成年人。个案只有劝学专干、审批人和监护人看得到。"),
    form=forms.FindForm,
    duty=SCHOOL_WORKER,
)
def find(*, actor: Actor, id_number: Any, child: str, **facts: Any) -> SchoolingCase:
    guardian = people.person_by_id_number(id_number.number)
    # Beyond one's own unions nobody learns who is registered, nor who lives with whom.
    household = people.current_household(guardian) if guardian else None
    if guardian is None or household is None or not actor.grants_for(SCHOOL_WORKER, guardian.unit.path):
        raise Refused(
            gettext("您所在工会没有登记过这个证件号码的职工家庭。请先登记家庭，或请其所属工会录入。")
        )
    pupil = _child(household, guardian, child)
    people.hold(pupil)
    if running := queries.running_case(pupil):
        raise WrongState(gettext("这名学生已有个案 %s 在办，请在那里登记。") % running.number)
    year = clock.today().year
    [number] = numbering.draw(f"schooling/{year}")
    return SchoolingCase.objects.create(
        number=f"QX{year}{number:06d}",
        unit=guardian.unit,
        household=household,
        child=pupil,
        guardian=guardian,
        **facts,
    )


@schooling.transition(
    SchoolState.OUT_OF_SCHOOL,
    SchoolState.PERSUADING,
    to=SchoolState.PERSUADING,
    label=_("登记走访"),
    help=_("小分队每上门一次记一次：谁去的、孩子和家长怎么说、下一步怎么做。"),
    form=forms.PersuadeForm,
)
def persuade(
    case: SchoolingCase, *, actor: Actor, consented_on: date | None, consent_paper: str, **facts: Any
) -> None:
    PersuasionVisit.objects.create(case=case, recorded_by=actor.account, **facts)
    if consented_on:
        case.consented_on, case.consent_paper = consented_on, consent_paper
        record(case.guardian, SCHOOL_CONTACT, actor=actor, how=How.PAPER)


@schooling.transition(
    SchoolState.PERSUADING,
    to=SchoolState.BACK,
    label=_("登记复学"),
    help=_("学生已回到学校。要有监护人的同意书，才能与学校联系、安排回访。"),
    form=forms.ReturnForm,
)
def return_to_school(
    case: SchoolingCase, *, actor: Actor, returned_on: date, school: str, grade: str
) -> None:
    # The paper for the case, and that it was not taken back since.
    if case.consented_on is None or not has_consented(case.guardian, SCHOOL_CONTACT):
        raise Refused(
            gettext(
                "没有监护人的同意书，或同意已经撤回，不能与学校共享这名学生的情况。请在“登记走访”中写明同意书，再登记复学。"
            )
        )
    case.returned_on, case.school, case.grade = returned_on, school, grade
    case.follow_up_on = calendar.add_months(
        returned_on, value(parameters.FOLLOW_UP_MONTHS, case.unit, clock.today())
    )


@schooling.transition(
    SchoolState.BACK,
    SchoolState.SUPPORTED,
    to=SchoolState.SUPPORTED,
    label=_("批准专项帮扶"),
    help=_("给专门的帮助，让孩子留得住，例如家长在学校附近租房陪读。登记复学的人不能批准。"),
    form=forms.SupportForm,
    duty=APPROVER,
    unlike=["return_to_school"],
)
def support(case: SchoolingCase, *, actor: Actor, amount: Decimal, **facts: Any) -> None:
    SchoolSupport.objects.create(case=case, amount=amount, approved_by=actor.account, **facts)


@schooling.transition(
    SchoolState.BACK,
    SchoolState.SUPPORTED,
    SchoolState.STAYED,
    to=SchoolState.PERSUADING,
    label=_("再次离校"),
    help=_("孩子又离开了学校，重新劝学；以前的经过都保留。"),
    form=forms.DropOutAgainForm,
    is_return=True,
)
def drop_out_again(case: SchoolingCase, *, actor: Actor, left_on: date, circumstances: str) -> None:
    if queries.running_case(case.child) not in (None, case):
        raise WrongState(gettext("这名学生已有新的个案在办，请在那里登记。"))
    case.left_on, case.circumstances = left_on, circumstances
    case.drop_out_count += 1
    case.returned_on = case.follow_up_on = case.closed_on = None


@schooling.transition(
    SchoolState.BACK,
    SchoolState.SUPPORTED,
    to=SchoolState.STAYED,
    label=_("回访办结"),
    help=_("到了回访日期，向学校核实学生在校，个案办结。"),
    form=forms.FollowUpForm,
)
def follow_up(case: SchoolingCase, *, actor: Actor, is_at_school: bool) -> None:
    assert case.follow_up_on is not None
    if clock.today() < case.follow_up_on:
        raise Refused(
            gettext("回访定在 %s，到那天再向学校核实办结。孩子又离校的，请办理“再次离校”。")
            % case.follow_up_on
        )
    case.closed_on = clock.today()


@schooling.transition(
    SchoolState.OUT_OF_SCHOOL,
    SchoolState.PERSUADING,
    to=SchoolState.LET_GO,
    label=_("终止劝学"),
    help=_("迁走、成年，或核实并未辍学。写明情况。"),
    form=forms.EndForm,
    is_return=True,
)
def let_go(case: SchoolingCase, *, actor: Actor, reason: str) -> None:
    case.end_reason = reason
    case.closed_on = clock.today()


def _child(household: Household, guardian: Person, name: str) -> Person:
    """By name among the household's minors: who is nobody's child here is not found."""
    for one in people.current_members(household):
        if one.person.name == name and one.person_id != guardian.pk and one.person.age < forms.GROWN_AT:
            return one.person
    raise Refused(gettext("这一家没有登记叫这个名字的未成年人。请先在家庭中登记孩子，再立个案。"))
