"""How a union is built: 线索 → 走访 → 核实 → 筹备组 → 会员大会 → 批复 → 五会六有 → 建会, and the ways aside."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import issue
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm, RemarkForm, Stage, Workflow, named_day, working_days
from niangjia.organisation.access import BUILDING_APPROVER, UNION_ORGANISER
from niangjia.organisation.building import acceptance, elections, forms, founding, parameters, queries
from niangjia.organisation.building.kinds import Source, State, Willingness
from niangjia.organisation.kinds import UnionKind
from niangjia.organisation.models import (
    BuildingVisit,
    Employer,
    MemberAssembly,
    UnionBody,
    UnionBuilding,
)
from niangjia.organisation.papers import FOUNDING_REPLY

building = Workflow(
    name="union-building",
    label=pgettext_lazy("one", "建会工作"),
    model=UnionBuilding,
    visible_to=queries.buildings_visible_to,
    # Nobody is the subject of a case: who gave the hint sees only how far it came.
    subjects=lambda rows: {},
    conflicts=queries.kept_out,
    related=("unit",),
    stages=[
        Stage(State.LEAD, duty=UNION_ORGANISER, due=working_days(parameters.VISIT_DAYS)),
        Stage(State.MET, duty=UNION_ORGANISER, due=working_days(parameters.VERIFY_DAYS)),
        Stage(State.URGED, due=working_days(parameters.REPLY_DAYS)),
        Stage(State.VERIFIED, duty=BUILDING_APPROVER, due=working_days(parameters.PREPARATION_DAYS)),
        Stage(State.PREPARING, duty=UNION_ORGANISER, due=working_days(parameters.ASSEMBLY_DAYS)),
        Stage(State.ELECTED, duty=BUILDING_APPROVER, due=working_days(parameters.APPROVAL_DAYS)),
        Stage(State.CONTESTED, duty=BUILDING_APPROVER, due=working_days(parameters.OBJECTION_DAYS)),
        Stage(State.RATIFIED, duty=UNION_ORGANISER, due=working_days(parameters.ACCEPTANCE_DAYS)),
        Stage(State.FOUNDED),
        Stage(State.PUT_OFF, due=named_day("put_off_until")),
        Stage(State.GIVEN_UP),
        Stage(State.ABSORBED),
    ],
)


@building.opening(
    to=State.LEAD,
    label=_("立项"),
    help=_("走访发现、单位申请或多家单位联合，都从这里立项，之后按期走访。"),
    form=forms.BeginForm,
    duty=UNION_ORGANISER,
)
def begin(
    *, actor: Actor, employers: list[Employer], unit: UnionBody | None, name: str, **facts: Any
) -> UnionBuilding:
    if unit is None:
        unit = employers[0].unit
    return founding.begin(unit, employers, name=name or employers[0].name, **facts)


@building.opening(
    to=State.LEAD,
    label=_("收到线索"),
    help=_("职工或单位在公开页面反映想建工会，转给所在区县。"),
    form=forms.HintForm,
    by_clock=True,
)
def receive_hint(*, actor: Actor, unit: UnionBody, **facts: Any) -> UnionBuilding:
    return founding.begin(unit, [], kind=UnionKind.GRASSROOTS_UNION, **facts)


@building.opening(
    to=State.LEAD,
    label=_("列入空白点名单"),
    help=_("每月名单发布时，没有建会的单位自动转为线索，交归口工会走访。"),
    form=forms.ListedForm,
    by_clock=True,
)
def take_from_list(*, actor: Actor, employer: Employer) -> UnionBuilding:
    facts = {"source": Source.BLANK_SPOT, "kind": UnionKind.GRASSROOTS_UNION, "name": employer.name}
    return founding.begin(employer.unit, [employer], **facts)


@building.transition(
    State.LEAD,
    to=State.MET,
    label=_("登记走访"),
    help=_("到单位见到人，宣传建会，记下意愿。"),
    form=forms.VisitForm,
)
def record_visit(case: UnionBuilding, *, actor: Actor, **visit: Any) -> None:
    _visit(case, actor, **visit)


@building.transition(
    State.MET,
    to=State.MET,
    label=_("再次走访"),
    help=_("还没有谈妥，再走访一次，办理期限重新计算。"),
    form=forms.VisitForm,
)
def visit_again(case: UnionBuilding, *, actor: Actor, **visit: Any) -> None:
    _visit(case, actor, **visit)


@building.transition(
    State.MET,
    to=State.VERIFIED,
    label=_("核实完毕，报筹备"),
    help=_("单位、人数和意愿都已核实，报上级工会批准成立筹备组。"),
    form=forms.VerifyForm,
)
def verify(case: UnionBuilding, *, actor: Actor, **facts: Any) -> None:
    if case.willingness != Willingness.WILLING:
        raise Refused(gettext("最近一次走访单位还没有表示愿意。请再次走访、发意见书、暂缓或放弃。"))
    # A day that is not given again stays known.
    facts["operating_since"] = facts["operating_since"] or case.operating_since
    for name, value in facts.items():
        setattr(case, name, value)
    founding.check_employers(case)


@building.transition(
    State.LEAD,
    State.MET,
    to=State.URGED,
    label=_("发建立工会意见书"),
    help=_("开业已满规定期限仍不建会的，由上级工会发出意见书，单位须在期限内答复。"),
    form=ReasonForm,
    duty=BUILDING_APPROVER,
)
def urge(case: UnionBuilding, *, actor: Actor) -> None:
    deadline = queries.build_by(case)
    if deadline is None:
        raise Refused(gettext("还没有登记开业日期，无法判断是否超过建会期限。请先走访，按营业执照填写。"))
    if deadline >= clock.today():
        raise Refused(gettext("建会期限到 %s 才满，现在还不能发意见书。") % deadline)
    case.opinion_number = founding.opinion_number(case)


@building.transition(
    State.URGED,
    to=State.MET,
    label=_("单位已答复"),
    help=_("单位答复了意见书，继续商谈。答复内容写在意见里，回执作为材料添加。"),
    form=ReasonForm,
    duty=UNION_ORGANISER,
)
def resume_talks(case: UnionBuilding, *, actor: Actor) -> None:
    case.last_contact_on = clock.today()


@building.timed(
    State.URGED,
    to=State.LEAD,
    label=_("逾期未答复"),
    help=_("答复期满没有回音，转回待走访，由上级工会跟进。"),
)
def hear_nothing(case: UnionBuilding, *, actor: Actor) -> None:
    pass


@building.transition(
    State.VERIFIED,
    to=State.PREPARING,
    label=_("批准成立筹备组"),
    help=_("同意筹备。筹备金返还等期限从筹备组成立日算起；核实本件的人不能批准。"),
    form=forms.PreparationForm,
    unlike=["verify"],
)
def approve_preparation(case: UnionBuilding, *, actor: Actor, prepared_on: date) -> None:
    case.prepared_on = prepared_on


@building.transition(
    State.VERIFIED,
    to=State.MET,
    label=_("退回核实"),
    help=_("情况不清，退回再核实。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_verification(case: UnionBuilding, *, actor: Actor) -> None:
    pass


@building.transition(
    State.PREPARING,
    to=State.ELECTED,
    label=_("登记会员大会"),
    help=_("先在“选举结果”中逐人登记职务和得票，再登记大会；到会和得票不足的不能通过。"),
    form=forms.AssemblyForm,
)
def hold_assembly(
    case: UnionBuilding,
    *,
    actor: Actor,
    held_on: date,
    is_of_delegates: bool,
    entitled_count: int,
    present_count: int,
    term_years: int,
    has_no_relatives: bool,
) -> None:
    elections.check(case, entitled=entitled_count, present=present_count)
    MemberAssembly.objects.create(
        building=case,
        held_on=held_on,
        is_of_delegates=is_of_delegates,
        entitled_count=entitled_count,
        present_count=present_count,
        term_years=term_years,
        recorded_by=actor.account,
    )


@building.transition(
    State.ELECTED,
    to=State.PREPARING,
    label=_("退回重新选举"),
    help=_("程序或人选有问题，退回筹备组。"),
    form=ReasonForm,
    is_return=True,
)
def send_back(case: UnionBuilding, *, actor: Actor) -> None:
    pass


@building.transition(
    State.ELECTED,
    to=State.CONTESTED,
    label=_("登记异议"),
    help=_("会员对选举有异议的，先处理异议，再批复。"),
    form=forms.ContestForm,
    duty=UNION_ORGANISER,
)
def contest(case: UnionBuilding, *, actor: Actor) -> None:
    pass


@building.transition(
    State.CONTESTED,
    to=State.ELECTED,
    label=_("异议不成立"),
    help=_("查明选举有效，继续批复；理由告诉提出人。登记大会的人不能处理。"),
    form=ReasonForm,
    unlike=["hold_assembly"],
)
def dismiss_objection(case: UnionBuilding, *, actor: Actor) -> None:
    pass


@building.transition(
    State.CONTESTED,
    to=State.PREPARING,
    label=_("异议成立，重新选举"),
    help=_("选举无效，退回筹备组重新召开大会。登记大会的人不能处理。"),
    form=ReasonForm,
    unlike=["hold_assembly"],
    is_return=True,
)
def uphold_objection(case: UnionBuilding, *, actor: Actor) -> None:
    pass


@building.transition(
    State.ELECTED,
    to=State.RATIFIED,
    label=_("批复同意"),
    help=_("同意选举结果，编发批复字号。核实过、登记过大会的人不能批复。"),
    form=RemarkForm,
    unlike=["verify", "hold_assembly"],
)
def ratify(case: UnionBuilding, *, actor: Actor) -> None:
    case.approved_on = clock.today()
    case.approval_number = issue(FOUNDING_REPLY, case, actor=actor, within_step=True).text


@building.transition(
    State.RATIFIED,
    to=State.FOUNDED,
    label=_("验收建会"),
    help=_("五会建齐、验收项齐全后，工会正式列入组织树，单位归入新工会。批复的人不能验收。"),
    form=forms.FoundForm,
    unlike=["ratify"],
)
def found(case: UnionBuilding, *, actor: Actor, union_name: str, number: str, founded_on: date) -> None:
    if lacking := acceptance.lacking(case):
        raise Refused(
            gettext("还缺：%s。请补齐后再验收；本地确不要求的，请参数管理员修改验收项。")
            % gettext("、").join(lacking)
        )
    case.union = founding.found(case, actor=actor, name=union_name, number=number, founded_on=founded_on)
    case.founded_on = founded_on


@building.transition(
    State.LEAD,
    State.MET,
    State.PREPARING,
    to=State.PUT_OFF,
    label=_("暂缓"),
    help=_("单位一时不便，约定日期再办；过了日期自动转回待走访。"),
    form=forms.PutOffForm,
)
def put_off(case: UnionBuilding, *, actor: Actor, put_off_until: date) -> None:
    case.put_off_until = put_off_until


@building.transition(
    State.PUT_OFF,
    to=State.LEAD,
    label=_("提前恢复"),
    help=_("情况有变，不等到期就继续办。"),
    form=RemarkForm,
    duty=UNION_ORGANISER,
)
def resume(case: UnionBuilding, *, actor: Actor) -> None:
    case.put_off_until = None


@building.timed(
    State.PUT_OFF, to=State.LEAD, label=_("暂缓期满"), help=_("约定的日期已过，系统自动转回待走访。")
)
def take_up_again(case: UnionBuilding, *, actor: Actor) -> None:
    case.put_off_until = None


@building.transition(
    State.LEAD,
    State.MET,
    State.PREPARING,
    State.PUT_OFF,
    to=State.GIVEN_UP,
    label=_("放弃"),
    help=_("确实建不成的，写明原因后结束；规定时间内名单不再列入这家单位。"),
    form=forms.GiveUpForm,
)
def give_up(case: UnionBuilding, *, actor: Actor, given_up_for: str) -> None:
    case.given_up_for = given_up_for
    founding.release_employers(case)


@building.transition(
    State.LEAD,
    State.MET,
    to=State.ABSORBED,
    label=_("并入已有一件"),
    help=_("同一家单位已有一件在办，把这条线索并过去。"),
    form=forms.AbsorbForm,
)
def absorb(case: UnionBuilding, *, actor: Actor, into: UnionBuilding) -> None:
    founding.absorb(case, into)


@building.transition(
    State.LEAD,
    to=State.LEAD,
    label=_("转交"),
    help=_("转给所在街道、园区的工会承办，走访期限重新计算。"),
    form=forms.HandOnForm,
)
def hand_on(case: UnionBuilding, *, actor: Actor, unit: UnionBody) -> None:
    case.unit = unit


def _visit(case: UnionBuilding, actor: Actor, *, operating_since: date | None, **visit: Any) -> None:
    BuildingVisit.objects.create(building=case, recorded_by=actor.account, **visit)
    case.last_contact_on = max(case.last_contact_on or visit["visited_on"], visit["visited_on"])
    case.helped_from = case.helped_from or visit["visited_on"]
    case.willingness = visit["willingness"]
    case.operating_since = operating_since or case.operating_since
