"""How a twinning goes: the union above both proposes it, another person there approves it, and it ends."""

from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.models import Twinning
from niangjia.assistance.twinning import forms, parameters, queries
from niangjia.assistance.twinning.kinds import OPEN_HELP, TwinningState
from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, named_day, working_days
from niangjia.organisation.models import UnionBody

twinning = Workflow(
    name="twinning",
    label=pgettext_lazy("one", "县区结对"),
    model=Twinning,
    visible_to=queries.twinnings_visible_to,
    subjects=queries.nobody,
    conflicts=queries.nobody,
    related=queries.SIDES,
    stages=[
        Stage(TwinningState.TO_APPROVE, duty=APPROVER, due=working_days(parameters.APPROVAL_DAYS)),
        Stage(TwinningState.TWINNED, duty=CENTRE_CLERK, due=named_day("until_on")),
        Stage(TwinningState.PARTED),
        Stage(TwinningState.TURNED_DOWN),
    ],
)


@twinning.opening(
    to=TwinningState.TO_APPROVE,
    label=_("提出县区结对"),
    help=_("由两家共同的上级工会提出：不是重点县的工会帮扶重点县的工会。一个重点县可以有几家帮扶。"),
    form=forms.ProposeForm,
    duty=CENTRE_CLERK,
)
def propose(
    *, actor: Actor, helper: UnionBody, helped: UnionBody, basis: str, from_on: date, until_on: date
) -> Twinning:
    _hold(helper, helped)
    unit = queries.superior_of_both(helper, helped)
    if unit in (helper, helped):
        raise Refused(gettext("结对的是两家互不隶属的工会，自己不能与自己或上下级结对。请换一家。"))
    for row in queries.running_with(helper, helped):
        if (row.helper_id, row.helped_id) == (helper.pk, helped.pk):
            raise Refused(gettext("这两家已经结对或正在报批：%s。不用再提出。") % row.number)
        if helper.pk == row.helped_id:
            raise Refused(gettext("%s正在受助，不能同时帮扶别人。请换一家帮扶工会。") % helper)
        if helped.pk == row.helper_id:
            raise Refused(gettext("%s正在帮扶别人，不能同时受助。请换一家受助工会。") % helped)
    year = clock.today().year
    [number] = numbering.draw(f"twinning/{year}")
    return Twinning.objects.create(
        number=f"XJ{year}{number:06d}",
        unit=unit,
        helper=helper,
        helped=helped,
        basis=basis,
        from_on=from_on,
        until_on=until_on,
    )


@twinning.transition(
    TwinningState.TO_APPROVE,
    to=TwinningState.TWINNED,
    label=_("批准结对"),
    help=_("两家从此可以登记帮助。提出的人不能批准。"),
    unlike=["propose"],
)
def approve(row: Twinning, *, actor: Actor) -> None:
    row.approved_on = clock.today()


@twinning.transition(
    TwinningState.TO_APPROVE,
    to=TwinningState.TURNED_DOWN,
    label=_("不批准结对"),
    help=_("写明理由。要换一家的，另行提出。"),
    form=ReasonForm,
    unlike=["propose"],
    is_return=True,
)
def decline(row: Twinning, *, actor: Actor) -> None:
    pass


@twinning.transition(
    TwinningState.TWINNED,
    to=TwinningState.PARTED,
    label=_("结束县区结对"),
    help=_("到期，或受助县已经摘帽。在办的帮助要先确认或撤回。"),
    form=ReasonForm,
    is_return=True,
)
def end(row: Twinning, *, actor: Actor) -> None:
    if count := row.help.filter(state__in=OPEN_HELP).count():
        raise Refused(
            gettext("还有 %d 件帮助没有确认。请受助工会确认，或由帮扶工会撤回，再结束结对。") % count
        )
    row.ended_on = clock.today()


def _hold(*unions: UnionBody) -> None:
    """Two proposals at once must not make one union helper and helped."""
    rows = UnionBody.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    list(rows.filter(pk__in=[union.pk for union in unions]).values_list("pk"))
