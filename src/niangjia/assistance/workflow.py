"""How a hardship file goes: 申请 → 初审 → 入户核查 → 经济状况核对 → 公示 → 审批 → 建档, and back at each level.

Once filed it is reviewed every year (复核) until the family is out of hardship (脱困) or the file is struck off (注销).
A family that falls back (返困) has a new file that follows the old one: each file tells one round, from its
application to its end, and none is rewritten.
"""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance import category as rules
from niangjia.assistance import forms, messages, parameters, queries
from niangjia.assistance.access import APPROVER, ARCHIVIST, CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.beginnings import begin, own_worker, say
from niangjia.assistance.kinds import Category, LeavingReason, Origin, State
from niangjia.assistance.models import EconomicCheck, HardshipFile, HomeVisit
from niangjia.assistance.publicity import HARDSHIP_NOTICE
from niangjia.assistance.visits.forms import AddVisitForm, VisitForm
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.workflow import ReasonForm, RemarkForm, Stage, Workflow, named_day, working_days
from niangjia.membership import queries as people
from niangjia.notices import actions as notices
from niangjia.notices.news import LINE_REMOVED
from niangjia.organisation.models import UnionBody
from niangjia.organisation.parameters import value

hardship = Workflow(
    name="hardship-file",
    label=pgettext_lazy("one", "困难职工档案"),
    model=HardshipFile,
    visible_to=queries.files_visible_to,
    subjects=queries.subjects,
    conflicts=queries.kept_out,
    related=("unit__region", "person__user", "predecessor"),
    stages=[
        Stage(State.FOUND, duty=REVIEWER, due=working_days(parameters.CONFIRM_DAYS), by_subject=True),
        Stage(State.APPLIED, duty=REVIEWER, due=working_days(parameters.REVIEW_DAYS)),
        Stage(State.RETURNED, duty=REVIEWER, due=working_days(parameters.CORRECTION_DAYS), by_subject=True),
        Stage(State.REVIEWED, duty=VISITOR, due=working_days(parameters.VISIT_DAYS)),
        Stage(State.VISITED, duty=CENTRE_CLERK, due=working_days(parameters.CHECK_DAYS)),
        Stage(State.CHECKED, duty=CENTRE_CLERK, due=working_days(parameters.PUBLISH_DAYS)),
        Stage(State.ON_NOTICE, due=named_day("notice_until")),
        Stage(State.CLEARED, duty=APPROVER, due=working_days(parameters.APPROVAL_DAYS)),
        Stage(State.APPROVED, duty=ARCHIVIST, due=working_days(parameters.FILING_DAYS)),
        Stage(State.FILED, due=named_day("renewal_on")),
        Stage(State.DECLINED),
        Stage(State.WITHDRAWN),
        Stage(State.RENEWAL, duty=CENTRE_CLERK, due=named_day("expires_on")),
        Stage(State.EXPIRED, duty=CENTRE_CLERK, due=working_days(parameters.CLOSING_DAYS)),
        Stage(State.EXIT_PROPOSED, duty=APPROVER, due=working_days(parameters.LEAVING_DAYS)),
        Stage(State.STRIKE_OFF_PROPOSED, duty=APPROVER, due=working_days(parameters.LEAVING_DAYS)),
        Stage(State.EXITED),
        Stage(State.STRUCK_OFF),
        Stage(State.TAKEN_OVER, duty=APPROVER, due=working_days(parameters.TAKE_OVER_DAYS)),
        Stage(State.NOT_TAKEN_OVER),
    ],
)


@hardship.opening(
    to=State.APPLIED,
    label=_("申请"),
    help=_("写明家里的情况并上传材料，工会在规定工作日内初审。"),
    form=forms.ApplyForm,
)
def apply(*, actor: Actor, **facts: Any) -> HardshipFile:
    person = people.person_of(actor)
    if person is None:
        raise Refused(gettext("您的账号没有对应的职工登记，请先到所属工会登记，或由工会代为录入。"))
    return begin(person, actor, facts)


@hardship.opening(
    to=State.APPLIED,
    label=_("录入纸质申请"),
    help=_("职工交来签字的申请书，由工会录入；原件扫描后作为材料上传。"),
    form=forms.TakeInForm,
    duty=REVIEWER,
)
def take_in(*, actor: Actor, id_number: Any, **facts: Any) -> HardshipFile:
    return begin(own_worker(id_number, actor), actor, facts | {"origin": Origin.PAPER})


@hardship.transition(
    State.APPLIED,
    to=State.REVIEWED,
    label=_("初审通过"),
    help=_("材料齐全、情况属实，转入户核查。"),
    form=forms.ReviewForm,
)
def review(file: HardshipFile, *, actor: Actor, category: str, accepts_missing: bool) -> None:
    if not accepts_missing:
        _want_papers(file, actor)
    file.category = category
    if file.predecessor is not None and file.predecessor.state == State.EXPIRED:
        supersede(file.predecessor, actor=actor)


@hardship.transition(
    State.APPLIED,
    to=State.RETURNED,
    label=_("退回补正"),
    help=_("材料不齐或写得不清，退给申请人补正。"),
    form=ReasonForm,
    is_return=True,
)
def ask_for_more(file: HardshipFile, *, actor: Actor) -> None:
    messages.tell(file, messages.TO_CORRECT, actor=actor)


@hardship.transition(
    State.RETURNED,
    to=State.APPLIED,
    label=_("补正后重新提交"),
    help=_("按退回的理由补好，再交给工会初审。"),
    form=forms.ResubmitForm,
)
def resubmit(file: HardshipFile, *, actor: Actor, **facts: Any) -> None:
    say(file, actor, facts)


@hardship.transition(
    State.REVIEWED,
    to=State.VISITED,
    label=_("登记入户核查"),
    help=_("两人入户，核实人口、收入和困难情况；初审过本件的人不能核查。"),
    form=VisitForm,
    unlike=["review"],
)
def record_visit(file: HardshipFile, *, actor: Actor, **found: Any) -> None:
    _keep_visit(file, actor, found)


@hardship.transition(
    State.REVIEWED,
    to=State.APPLIED,
    label=_("退回初审"),
    help=_("初审有遗漏，退回重审。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_review(file: HardshipFile, *, actor: Actor) -> None:
    pass


@hardship.transition(
    State.VISITED,
    to=State.CHECKED,
    label=_("登记核对结果"),
    help=_("按签字的授权委托书向核对机构查询，登记家庭收入和财产；也可以整批上传答复表。"),
    form=forms.CheckForm,
)
def record_check(file: HardshipFile, *, actor: Actor, **answer: Any) -> None:
    if not queries.has_authorised(file):
        raise Refused(
            gettext(
                "还没有签字的家庭经济状况核对授权委托书。请先请申请人签字，扫描后作为“核对授权委托书”上传。"
            )
        )
    EconomicCheck.objects.create(file=file, recorded_by=actor.account, **answer)


@hardship.transition(
    State.CHECKED,
    to=State.ON_NOTICE,
    label=_("发起公示"),
    help=_("按本地区规定的工作日公示，期满自动转审批，不能提前结束。"),
    form=RemarkForm,
    unlike=["review", "record_visit", "add_visit"],
    in_bulk=True,
)
def publish(file: HardshipFile, *, actor: Actor) -> None:
    category = Category(file.category).label
    line = notices.post(HARDSHIP_NOTICE, case=file, person=file.person, category=category, actor=actor)
    file.notice_from, file.notice_until = line.notice.from_on, line.notice.until_on
    messages.tell(file, messages.ON_NOTICE, actor=actor, date=file.notice_until)


@hardship.transition(
    State.VISITED,
    to=State.REVIEWED,
    label=_("退回核查"),
    help=_("核查记录不足以判断，退回再查。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_visit(file: HardshipFile, *, actor: Actor) -> None:
    pass


@hardship.transition(
    State.VISITED,
    to=State.VISITED,
    label=_("补充入户核查"),
    help=_("另一组人也去过，或又去了一次：作为补充记录，原来的登记不动。"),
    form=AddVisitForm,
    duty=VISITOR,
    unlike=["review"],
    keeps_deadline=True,
)
def add_visit(file: HardshipFile, *, actor: Actor, **found: Any) -> None:
    _keep_visit(file, actor, found)


@hardship.transition(
    State.CHECKED,
    to=State.VISITED,
    label=_("退回核对"),
    help=_("核对结果有出入，退回重新核对。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_check(file: HardshipFile, *, actor: Actor) -> None:
    pass


@hardship.transition(
    State.ON_NOTICE,
    to=State.CHECKED,
    label=_("撤回公示"),
    help=_("公示内容有误或有人反映情况，撤下公示重新处理。"),
    form=ReasonForm,
    duty=CENTRE_CLERK,
    is_return=True,
)
def take_down(file: HardshipFile, *, actor: Actor) -> None:
    notices.take_down(file, actor=actor)
    file.notice_from = file.notice_until = None


@hardship.timed(
    State.ON_NOTICE,
    to=State.CLEARED,
    label=_("公示期满"),
    help=_("公示期最后一日的次日，没有异议的，系统自动转审批；有异议的，等异议答复。"),
)
def end_notice(file: HardshipFile, *, actor: Actor) -> None:
    notices.hold_cleared(file, actor=actor)


@hardship.consequence(
    State.ON_NOTICE,
    to=State.CHECKED,
    label=_("公示被撤下"),
    help=_("异议成立，或本人撤回了公示的同意；帮扶中心处理后重新公示。"),
    follows=[f"news/{LINE_REMOVED}"],
    is_return=True,
)
def lose_notice(file: HardshipFile, *, actor: Actor) -> None:
    file.notice_from = file.notice_until = None
    messages.tell(file, messages.OFF_NOTICE, actor=actor)


@hardship.transition(
    State.CLEARED,
    to=State.APPROVED,
    label=_("批准建档"),
    help=_("确定困难类别，同意建档。初审、核查、核对、公示过本件的人不能审批。"),
    form=forms.ApproveForm,
    unlike=["review", "record_visit", "add_visit", "record_check", "publish"],
)
def approve(file: HardshipFile, *, actor: Actor, category: str, category_reason: str) -> None:
    settle_category(file, category, category_reason, actor=actor)
    file.approved_on = clock.today()


@hardship.transition(
    State.CLEARED,
    to=State.DECLINED,
    label=_("不予建档"),
    help=_("不符合条件。理由会原样告诉申请人，并说明怎样提出异议。"),
    form=ReasonForm,
    unlike=["review", "record_visit", "add_visit", "record_check", "publish"],
)
def decline(file: HardshipFile, *, actor: Actor) -> None:
    messages.tell(file, messages.DECLINED, actor=actor)


@hardship.transition(
    State.CLEARED,
    to=State.CHECKED,
    label=_("退回帮扶中心"),
    help=_("还有疑点，退回帮扶中心处理后重新公示。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_centre(file: HardshipFile, *, actor: Actor) -> None:
    file.notice_from = file.notice_until = None


@hardship.transition(
    State.APPROVED,
    to=State.FILED,
    label=_("归档"),
    help=_("纸质材料装盒，登记盒号，建档完成。"),
    form=forms.FileAwayForm,
    in_bulk=True,
)
def file_away(file: HardshipFile, *, actor: Actor, shelf_mark: str, page_count: int | None) -> None:
    file.shelf_mark = shelf_mark
    file.page_count = page_count
    file.filed_on = clock.today()
    keep_until_renewal(file)
    messages.tell(file, messages.FILED, actor=actor)


@hardship.transition(
    State.APPROVED,
    to=State.CLEARED,
    label=_("退回审批"),
    help=_("归档时发现问题，退回审批人。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_approval(file: HardshipFile, *, actor: Actor) -> None:
    file.approved_on = None


@hardship.transition(
    State.APPLIED,
    State.RETURNED,
    State.REVIEWED,
    State.VISITED,
    State.CHECKED,
    to=State.WITHDRAWN,
    label=_("撤回申请"),
    help=_("不再申请。撤回以后可以重新申请。"),
    only_subject=True,
)
def withdraw(file: HardshipFile, *, actor: Actor) -> None:
    pass


def _keep_visit(file: HardshipFile, actor: Actor, found: dict[str, Any]) -> None:
    key = found["client_key"]
    if key and HomeVisit.objects.filter(client_key=key).exists():
        raise Refused(gettext("这份核查已经登记过，没有重复登记。请到档案里查看。"))
    HomeVisit.objects.create(file=file, recorded_by=actor.account, **found)


@hardship.consequence(
    State.EXPIRED,
    to=State.STRUCK_OFF,
    label=_("由新申请接替"),
    help=_("同一家庭重新申请并通过初审，过期的档案随之注销。"),
    follows=["hardship-file/review"],
)
def supersede(file: HardshipFile, *, actor: Actor) -> None:
    file.leaving_reason = LeavingReason.APPLIED_ANEW
    file.left_on = clock.today()


def settle_category(file: HardshipFile, category: str, reason: str, *, actor: Actor) -> None:
    """What the rules made of the file is kept beside it; another category wants a reason."""
    proposal = rules.propose(file)
    if proposal is not None:
        if proposal.is_decided and proposal.category != category and len(reason) < 4:
            raise _want_reason(proposal)
        file.decision = rules.keep(proposal, file, actor=actor)
    file.category = category
    file.category_reason = reason


def _want_reason(proposal: rules.Proposal) -> Invalid:
    found = Category(proposal.category).label if proposal.category else gettext("不符合")
    sentence = gettext("按政策测算是“%s”。要定为别的类别，请写明理由，理由会留在档案里。") % found
    return Invalid(sentence, {"category_reason": [sentence]})


def _want_papers(file: HardshipFile, actor: Actor) -> None:
    missing = queries.papers_missing(actor, file, queries.papers_visible_to(actor, file))
    if missing:
        raise Refused(
            gettext("还缺：%s。请退回补正，或勾选“容缺受理”，缺的随后补交。")
            % gettext("、").join(str(kind.label) for kind in missing)
        )


def keep_until_renewal(file: HardshipFile) -> None:
    file.expires_on = calendar.add_months(
        clock.today(), value(parameters.RENEWAL_MONTHS, file.unit, clock.today())
    )
    file.renewal_on = renewal_before(file.expires_on, file.unit)


def renewal_before(expires_on: date, unit: UnionBody) -> date:
    """The day from which a file that is valid until then is reviewed."""
    return expires_on - timedelta(days=value(parameters.RENEWAL_LEAD_DAYS, unit, clock.today()))
