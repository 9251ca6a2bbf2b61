"""How two registrations become one: proposed by one colleague, carried out by another; undone if it was wrong."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, WrongState
from niangjia.kernel.workflow import ReasonForm, RemarkForm, Stage, Workflow, working_days
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.membership import queries as people
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates import merging, parameters, queries
from niangjia.membership.duplicates.forms import ProposeForm
from niangjia.membership.duplicates.kinds import GROUP_LABELS, GROUPS, MergeState, Side
from niangjia.membership.duplicates.models import PersonMerge

ACTION_LABELS.update({"follow": _("随人员合并转移"), "follow_back": _("随撤销合并恢复")})

person_merge = Workflow(
    name="person-merge",
    label=pgettext_lazy("one", "人员合并"),
    model=PersonMerge,
    visible_to=queries.merges_visible_to,
    subjects=queries.subjects,
    conflicts=queries.kept_out,
    related=("unit", "kept__unit", "gone__unit", "kept__user", "gone__user"),
    stages=[
        Stage(MergeState.PROPOSED, duty=MEMBERSHIP_CLERK, due=working_days(parameters.MERGE_DAYS)),
        Stage(MergeState.MERGED),
        Stage(MergeState.REJECTED),
        Stage(MergeState.UNDONE),
    ],
)


@person_merge.opening(
    to=MergeState.PROPOSED,
    label=_("提出合并"),
    help=_("选好保留哪一条、各项资料取哪一边，交另一位同事复核。提出时不改动任何资料。"),
    form=ProposeForm,
    duty=MEMBERSHIP_CLERK,
)
def propose(*, actor: Actor, pair: UUID, keep: str, **chosen: str) -> PersonMerge:
    found = queries.pair_visible_to(actor, pair)
    if not queries.may_decide(actor, found):
        raise NotAllowed(gettext("合并要由两条登记共同的上级工会办理。您只看得到其中一条，请提请上级核对。"))
    for person in (found.first, found.second):
        people.hold(person)
    if queries.involved_in_proposal(found):
        raise WrongState(gettext("其中一条登记已在另一次合并中待复核。请等那一次办完再提。"))
    kept, gone = (found.first, found.second) if keep == Side.FIRST else (found.second, found.first)
    year = clock.today().year
    [number] = numbering.draw(f"person-merge/{year}")
    return PersonMerge.objects.create(
        number=f"HB{year}{number:06d}",
        unit=queries.common_union(kept, gone),
        pair=found,
        kept=kept,
        gone=gone,
        taken=[group for group in GROUPS if chosen.get(group) not in ("", None, keep)],
    )


@person_merge.transition(
    MergeState.PROPOSED,
    to=MergeState.MERGED,
    label=_("复核并合并"),
    help=_("确认两条登记是同一个人。会籍、家庭关系和各项业务随之转移；两个证件号码今后都能找到这个人。"),
    form=RemarkForm,
    unlike=["propose"],
)
def merge(row: PersonMerge, *, actor: Actor) -> None:
    merging.join(row, actor=actor)
    row.merged_on = clock.today()


@person_merge.transition(
    MergeState.PROPOSED,
    to=MergeState.REJECTED,
    label=_("不合并"),
    help=_("还不能认定是同一个人，或资料选得不对。这一对仍留在“重复登记”中，可以重新提出或排除。"),
    form=ReasonForm,
    is_return=True,
)
def reject(row: PersonMerge, *, actor: Actor) -> None:
    pass


@person_merge.transition(
    MergeState.MERGED,
    to=MergeState.UNDONE,
    label=_("撤销合并"),
    help=_("发现不是同一个人时，把两条登记恢复原样。合并以后办过新业务的，不能自动撤销。"),
    form=ReasonForm,
    duty=MEMBERSHIP_CLERK,
    is_return=True,
)
def undo(row: PersonMerge, *, actor: Actor) -> None:
    merging.part(row, actor=actor)


def chosen_words(row: PersonMerge) -> list[Any]:
    """Which data the kept registration takes from the other."""
    return [GROUP_LABELS[group] for group in row.taken if group in GROUPS]
