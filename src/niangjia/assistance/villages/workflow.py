"""How a village is helped: 结对, 调研, 产业, 资金, and the end. Posted cadres keep survey and industries themselves."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.models import PairedVillage
from niangjia.assistance.twinning.queries import nobody
from niangjia.assistance.villages import forms, queries
from niangjia.assistance.villages.kinds import DividendState, VillageState
from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, named_day
from niangjia.organisation.models import Region, UnionBody

paired_village = Workflow(
    name="paired-village",
    label=pgettext_lazy("one", "帮扶村"),
    model=PairedVillage,
    visible_to=queries.villages_visible_to,
    subjects=queries.posted_to,
    conflicts=nobody,
    related=queries.OF_VILLAGE,
    stages=[
        Stage(VillageState.HELPED, duty=CENTRE_CLERK, due=named_day("until_on")),
        Stage(VillageState.HELP_ENDED),
    ],
)


@paired_village.opening(
    to=VillageState.HELPED,
    label=_("结对帮扶村"),
    help=_("按结对安排登记：哪个工会帮哪个乡镇的哪个村，从哪天到哪天。再选派驻村干部。"),
    form=forms.PairForm,
    duty=CENTRE_CLERK,
)
def pair(*, actor: Actor, union: UnionBody, town: Region, name: str, **facts: Any) -> PairedVillage:
    held = UnionBody.objects.select_for_update(no_key=True, of=("self",)).get(pk=union.pk)
    if running := queries.helped_village(held, town, name):
        raise Refused(
            gettext("%(union)s已经在帮扶%(village)s，不用再登记。") % {"union": held, "village": running}
        )
    year = clock.today().year
    [number] = numbering.draw(f"paired-village/{year}")
    return PairedVillage.objects.create(
        number=f"FC{year}{number:06d}", unit=held, town=town, name=name, **facts
    )


@paired_village.transition(
    VillageState.HELPED,
    to=VillageState.HELPED,
    label=_("登记调研"),
    help=_("进村调研以后登记全村户数、村情和发展产业的打算。再登记一次就是更正。"),
    form=forms.SurveyForm,
    by_subject=True,
)
def record_survey(
    row: PairedVillage, *, actor: Actor, surveyed_on: date, households: int, findings: str
) -> None:
    row.surveyed_on, row.households, row.findings = surveyed_on, households, findings


@paired_village.transition(
    VillageState.HELPED,
    to=VillageState.HELPED,
    label=_("登记村产业"),
    help=_("办什么产业、多少亩、带动多少户、哪天投产。同一名称再登记就是更正。"),
    form=forms.IndustryForm,
    by_subject=True,
)
def record_industry(row: PairedVillage, *, actor: Actor, name: str, **facts: Any) -> None:
    row.industries.update_or_create(name=name, defaults=facts)


@paired_village.transition(
    VillageState.HELPED,
    to=VillageState.HELPED,
    label=_("登记帮扶资金"),
    help=_("工会给村里的资金，一份拨付文件一笔，只登记、不记账。"),
    form=forms.FundingForm,
)
def record_funding(
    row: PairedVillage, *, actor: Actor, document: str, given_on: date, amount: Decimal
) -> None:
    if amount:
        row.funding.update_or_create(document=document, defaults={"given_on": given_on, "amount": amount})
    elif not row.funding.filter(document=document).delete()[0]:
        raise Refused(gettext("没有登记过“%s”的资金，不用撤下。") % document)


@paired_village.transition(
    VillageState.HELPED,
    to=VillageState.HELP_ENDED,
    label=_("结束帮扶"),
    help=_("到期，或改由别的单位帮扶。驻村干部要先离任，分红要先核对。"),
    form=ReasonForm,
    is_return=True,
)
def release(row: PairedVillage, *, actor: Actor) -> None:
    if count := queries.running_postings(row).count():
        raise Refused(gettext("还有 %d 名驻村干部在任或待批准。请先办理离任，再结束帮扶。") % count)
    if count := row.dividends.filter(state=DividendState.TO_CONFIRM).count():
        raise Refused(gettext("还有 %d 笔分红没有核对。请先核对，再结束帮扶。") % count)
    row.ended_on = clock.today()
