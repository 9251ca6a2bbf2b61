"""What a village's collective shared out in a year: recorded from its papers, confirmed by a second person."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.models import PairedVillage, VillageDividend
from niangjia.assistance.twinning.queries import nobody
from niangjia.assistance.villages import forms, parameters, queries
from niangjia.assistance.villages.kinds import DividendState
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, working_days

village_dividend = Workflow(
    name="village-dividend",
    label=pgettext_lazy("one", "村集体分红"),
    model=VillageDividend,
    visible_to=queries.dividends_visible_to,
    subjects=nobody,
    conflicts=queries.posted_to_village_of,
    related=("unit", *queries.through_village()),
    stages=[
        Stage(DividendState.TO_CONFIRM, duty=APPROVER, due=working_days(parameters.CONFIRM_DAYS)),
        Stage(DividendState.CERTIFIED),
        Stage(DividendState.DISALLOWED),
    ],
)


@village_dividend.opening(
    to=DividendState.TO_CONFIRM,
    label=_("登记集体分红"),
    help=_("按村里的分红方案和发放表登记一年的合计，交另一人核对。一村一年一笔。"),
    form=forms.DividendForm,
    duty=CENTRE_CLERK,
)
def record(*, actor: Actor, village: PairedVillage, year: int, **facts: Any) -> VillageDividend:
    held = queries.held(village)
    if known := queries.dividend_of(held, year):
        raise Refused(
            gettext("%(village)s %(year)d 年的分红已经登记：%(number)s。要更正的，请审批人先退回那一笔。")
            % {"village": held, "year": year, "number": known.number}
        )
    number = f"{held.number}-F{held.dividends.count() + 1:02d}"
    return VillageDividend.objects.create(number=number, unit=held.unit, village=held, year=year, **facts)


@village_dividend.transition(
    DividendState.TO_CONFIRM,
    to=DividendState.CERTIFIED,
    label=_("确认分红"),
    help=_("与村里的分红方案、发放表核对相符。登记的人和驻村干部不能确认。"),
    unlike=["record"],
)
def confirm(row: VillageDividend, *, actor: Actor) -> None:
    row.confirmed_on = clock.today()


@village_dividend.transition(
    DividendState.TO_CONFIRM,
    DividendState.CERTIFIED,
    to=DividendState.DISALLOWED,
    label=_("退回分红"),
    help=_("金额、户数或年度不符。写明不符在哪里，由经办另行登记。"),
    form=ReasonForm,
    duty=APPROVER,
    unlike=["record"],
    is_return=True,
)
def reject(row: VillageDividend, *, actor: Actor) -> None:
    row.confirmed_on = None
