"""How help goes between two unions: the helper promises and gives, the union helped confirms what arrived."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.models import HelpPaper, Twinning, TwinningHelp
from niangjia.assistance.twinning import forms, parameters, queries
from niangjia.assistance.twinning.kinds import HelpState, TwinningState
from niangjia.kernel import audit, clock, papers
from niangjia.kernel.access import Actor
from niangjia.kernel.audit.entries import actors_of
from niangjia.kernel.errors import NotAllowed, WrongState
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, named_day, working_days
from niangjia.kernel.workflow.tasks import Desks

twinning_help = Workflow(
    name="twinning-help",
    label=pgettext_lazy("one", "结对帮助"),
    model=TwinningHelp,
    visible_to=queries.help_visible_to,
    subjects=queries.nobody,
    conflicts=queries.nobody,
    related=("unit", *(f"twinning__{side}" for side in queries.SIDES)),
    stages=[
        Stage(HelpState.PROMISED, duty=CENTRE_CLERK, due=named_day("planned_on")),
        Stage(HelpState.GIVEN, duty=CENTRE_CLERK, due=working_days(parameters.CONFIRM_DAYS)),
        Stage(HelpState.ARRIVED),
        Stage(HelpState.WITHDRAWN),
    ],
)


@twinning_help.opening(
    to=HelpState.PROMISED,
    label=_("登记结对帮助"),
    help=_("由帮扶工会登记：送多少钱、做什么用，或指什么门路。送项目的，登记为那个项目的资金来源。"),
    form=forms.PromiseForm,
    duty=CENTRE_CLERK,
)
def promise(*, actor: Actor, twinning: Twinning, **facts: Any) -> TwinningHelp:
    held = Twinning.objects.select_for_update(no_key=True, of=("self",)).select_related("helper")
    pair = held.get(pk=twinning.pk)
    if pair.state != TwinningState.TWINNED:
        raise WrongState(gettext("%s已经不在结对中，不能再登记帮助。") % pair.number)
    number = f"{pair.number}-{pair.help.count() + 1:02d}"
    return TwinningHelp.objects.create(number=number, unit=pair.helper, twinning=pair, **facts)


@twinning_help.transition(
    HelpState.PROMISED,
    to=HelpState.GIVEN,
    label=_("登记拨付或落实"),
    help=_("钱已拨出，或事情已办。附上凭证，交受助工会确认。"),
    form=forms.GiveForm,
)
def give(row: TwinningHelp, *, actor: Actor, given_on: date) -> None:
    row.given_on = given_on
    row.unit = row.twinning.helped


@twinning_help.transition(
    HelpState.GIVEN,
    to=HelpState.ARRIVED,
    label=_("确认到账或落实"),
    help=_("由受助工会核对：钱到了多少，事办成没有。帮扶工会的人不能代为确认。"),
    form=forms.ConfirmForm,
    unlike=["promise", "give"],
)
def confirm(
    row: TwinningHelp, *, actor: Actor, confirmed_on: date, arrived_amount: Decimal | None = None
) -> None:
    _must_confirm(row, actor)
    row.confirmed_on, row.arrived_amount = confirmed_on, arrived_amount


@twinning_help.transition(
    HelpState.GIVEN,
    to=HelpState.PROMISED,
    label=_("退回帮扶工会"),
    help=_("钱没有到，或事没有办成。写明情况，请帮扶工会核对。"),
    form=ReasonForm,
    is_return=True,
)
def dispute(row: TwinningHelp, *, actor: Actor) -> None:
    _must_confirm(row, actor)
    row.given_on = None
    row.unit = row.twinning.helper


@twinning_help.transition(
    HelpState.PROMISED,
    to=HelpState.WITHDRAWN,
    label=_("撤回帮助"),
    help=_("不再提供，或登记有误。写明原因，受助工会会看到。"),
    form=ReasonForm,
    is_return=True,
)
def withdraw(row: TwinningHelp, *, actor: Actor) -> None:
    pass


def attach(row: TwinningHelp, *, actor: Actor, kind: str, upload: Any) -> HelpPaper:
    """Either union adds what shows that help was sent, or that it arrived."""
    _may_keep_papers(row, actor)
    paper: HelpPaper = papers.attach(HelpPaper, row, actor=actor, kind=kind, upload=upload)
    return paper


def void(paper: HelpPaper, *, actor: Actor) -> None:
    _may_keep_papers(paper.help, actor)
    if paper.added_by_id != actor.user_id:
        raise NotAllowed(gettext("凭证由添加它的人作废。请转给 %s。") % paper.added_by)
    papers.void(paper, actor=actor)


def keeps_papers(row: TwinningHelp, actor: Actor) -> bool:
    sides = (row.twinning.helper, row.twinning.helped)
    return row.state in (HelpState.PROMISED, HelpState.GIVEN) and any(
        actor.grants_for(CENTRE_CLERK, side.path) for side in sides
    )


def _may_keep_papers(row: TwinningHelp, actor: Actor) -> None:
    if row.state not in (HelpState.PROMISED, HelpState.GIVEN):
        raise WrongState(gettext("这件帮助已经办结，凭证已经固定，不能增减。"))
    if not keeps_papers(row, actor):
        raise NotAllowed(gettext("凭证由两家工会的帮扶中心经办添加，您没有这个岗位。"))


def confirms(row: TwinningHelp, actor: Actor) -> bool:
    """Four eyes across the two unions: whoever sits at the desk of the union helped, and holds no post with the helper.

    Without a clerk of its own, or with none but those who gave, its desk is the one above.
    """
    pair, performed = row.twinning, ["promise", "give"]
    gave = actors_of(audit.object_type(TwinningHelp), [row.pk], performed).get(row.pk, set())
    desk = Desks(clock.today()).find(CENTRE_CLERK, pair.helped_id, gave)
    sits_there = any(grant.unit_id == desk for grant in actor.grants_for(CENTRE_CLERK, pair.helped.path))
    return sits_there and not any(grant.path.startswith(pair.helper.path) for grant in actor.grants)


def _must_confirm(row: TwinningHelp, actor: Actor) -> None:
    if not confirms(row, actor):
        raise NotAllowed(
            gettext(
                "到没到账、办没办成，要由受助工会的人确认，帮扶工会和上级不能代替。请转给%s的帮扶中心经办。"
            )
            % row.twinning.helped
        )
