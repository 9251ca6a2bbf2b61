"""How a cadre is posted: proposed, approved by somebody else, at work, and relieved by a successor or called back."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.models import PairedVillage, VillagePosting
from niangjia.assistance.villages import forms, parameters, queries
from niangjia.assistance.villages.kinds import PostingRole, PostingState, VillageState
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused, WrongState
from niangjia.kernel.users import User
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, named_day, working_days

village_posting = Workflow(
    name="village-posting",
    label=pgettext_lazy("one", "驻村任职"),
    model=VillagePosting,
    visible_to=queries.postings_visible_to,
    subjects=queries.officers,
    conflicts=queries.officers,
    related=("unit", "officer", *queries.through_village()),
    stages=[
        Stage(PostingState.TO_APPROVE, duty=APPROVER, due=working_days(parameters.APPROVAL_DAYS)),
        Stage(PostingState.POSTED, duty=CENTRE_CLERK, due=named_day("until_on")),
        Stage(PostingState.RELIEVED),
        Stage(PostingState.TURNED_DOWN),
    ],
)


@village_posting.opening(
    to=PostingState.TO_APPROVE,
    label=_("选派驻村干部"),
    help=_("提出人选，交审批人批准。一个村一名第一书记：前任还在的，批准接任时自动交接。"),
    form=forms.ProposeForm,
    duty=CENTRE_CLERK,
)
def propose(
    *, actor: Actor, village: PairedVillage, officer: User, role: str, **facts: Any
) -> VillagePosting:
    # Whoever the posting is about is not asked for a duty by the engine, so it is refused here.
    if officer.pk == actor.user_id:
        raise NotAllowed(gettext("不能提出自己驻村，请由另一位同事提出。"))
    held = queries.held(village)
    if held.state != VillageState.HELPED:
        raise WrongState(gettext("对%s的帮扶已经结束，不能再选派。") % held)
    if not queries.may_be_posted(officer, held.unit):
        raise Refused(
            gettext("%(who)s在%(unit)s没有“驻村干部”岗位。请先请组织管理员任职，或换一位同事。")
            % {"who": officer, "unit": held.unit}
        )
    if running := queries.running_posting_of(officer):
        raise Refused(
            gettext("%(who)s已有驻村任职：%(number)s。一人同时只驻一个村。")
            % {"who": officer, "number": running.number}
        )
    if role == PostingRole.FIRST_SECRETARY and (waiting := queries.proposed_first_secretary(held)):
        raise Refused(gettext("这个村已有一名第一书记人选待批准：%s。请先批准或退回。") % waiting)
    return VillagePosting.objects.create(
        number=f"{held.number}-{held.postings.count() + 1:02d}",
        unit=held.unit,
        village=held,
        officer=officer,
        role=role,
        **facts,
    )


@village_posting.transition(
    PostingState.TO_APPROVE,
    to=PostingState.POSTED,
    label=_("批准驻村"),
    help=_("提出的人和人选本人不能批准。现任第一书记同日交接给接任的人。"),
    unlike=["propose"],
)
def approve(row: VillagePosting, *, actor: Actor) -> None:
    village = queries.held(row.village)
    row.approved_on = clock.today()
    if row.role == PostingRole.FIRST_SECRETARY and (before := queries.first_secretary(village)):
        hand_over(before, actor=actor)
        VillagePosting.objects.filter(pk=before.pk).update(successor=row)


@village_posting.consequence(
    PostingState.POSTED,
    to=PostingState.RELIEVED,
    label=_("交接"),
    help=_("接任的第一书记批准的当天离任。"),
    follows=["village-posting/approve"],
)
def hand_over(row: VillagePosting, *, actor: Actor) -> None:
    row.ended_on = clock.today()


@village_posting.transition(
    PostingState.TO_APPROVE,
    to=PostingState.TURNED_DOWN,
    label=_("不批准驻村"),
    help=_("写明理由。换人的，另行提出。"),
    form=ReasonForm,
    unlike=["propose"],
    is_return=True,
)
def decline(row: VillagePosting, *, actor: Actor) -> None:
    pass


@village_posting.transition(
    PostingState.POSTED,
    to=PostingState.POSTED,
    label=_("登记驻村工作"),
    help=_("由驻村干部本人登记：哪天、以参谋员、联络员还是服务员的身份、做了什么。"),
    form=forms.WorkForm,
    only_subject=True,
)
def record_work(row: VillagePosting, *, actor: Actor, done_on: date, role: str, detail: str) -> None:
    row.work.create(done_on=done_on, role=role, detail=detail)


@village_posting.transition(
    PostingState.POSTED,
    to=PostingState.RELIEVED,
    label=_("办理离任"),
    help=_("任满，或另有安排，没有人接任第一书记。写明原因。有人接任的，提出接任人选。"),
    form=ReasonForm,
    is_return=True,
)
def call_back(row: VillagePosting, *, actor: Actor) -> None:
    row.ended_on = clock.today()
