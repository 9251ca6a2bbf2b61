"""How a pairing goes: 结对 → 看望, again and again → 交接 to a colleague → 结束. The next visit is the cadre's task."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.kinds import KEPT_STATES
from niangjia.assistance.models import HardshipFile, Pairing, PairingStint, PairVisit
from niangjia.assistance.pairing import forms, messages, queries
from niangjia.assistance.pairing.kinds import PairingState
from niangjia.assistance.pairing.quotas import next_visit, seat_of, take_seat
from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.users import User
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, named_day
from niangjia.membership import queries as people

pairing = Workflow(
    name="pairing",
    label=pgettext_lazy("one", "结对"),
    model=Pairing,
    visible_to=queries.pairings_visible_to,
    subjects=queries.subjects,
    conflicts=queries.kept_out,
    related=("unit", "file__person__user", "cadre"),
    stages=[
        Stage(PairingState.PAIRED, duty=CENTRE_CLERK, due=named_day("visit_due_on"), by_subject=True),
        Stage(PairingState.UNPAIRED),
    ],
)


@pairing.opening(
    to=PairingState.PAIRED,
    label=_("结对"),
    help=_("为一户已建档家庭指定结对人。户数按本地规定，超过的不能结对；这一家会得到通知。"),
    form=forms.PairForm,
    duty=CENTRE_CLERK,
)
def pair(*, actor: Actor, file: HardshipFile, cadre: User, office_phone: str) -> Pairing:
    # Whoever the pairing is about is not asked for a duty by the engine, so it is asked here.
    if not actor.grants_for(CENTRE_CLERK, file.unit.path):
        raise NotAllowed(gettext("结对由“%s”的帮扶中心经办安排，您在那里没有这个岗位。") % file.unit)
    people.hold(file.household)
    if file.state not in KEPT_STATES:
        raise Refused(gettext("这份档案还没有建档，建档以后才能结对。"))
    seat = take_seat(cadre)
    _not_of_the_household(file, cadre)
    if Pairing.objects.filter(file=file, role=seat.role, state=PairingState.PAIRED).exists():
        raise Refused(gettext("这一户已有“%s”。要换人，请在原来的结对里办理“交接”。") % seat.role.label)
    year = clock.today().year
    [number] = numbering.draw(f"pairing/{year}")
    made = Pairing.objects.create(
        number=f"JD{year}{number:06d}",
        unit=file.unit,
        file=file,
        cadre=cadre,
        role=seat.role,
        office_phone=office_phone,
        visit_due_on=next_visit(seat, clock.today()),
    )
    PairingStint.objects.create(pairing=made, cadre=cadre)
    messages.tell(made, messages.PAIRED, actor=actor)
    return made


@pairing.transition(
    PairingState.PAIRED,
    to=PairingState.PAIRED,
    label=_("登记看望"),
    help=_("记下哪天去的、谈了什么、下一步做什么；下次看望的日子自动排定。"),
    form=forms.PairVisitForm,
)
def record_visit(
    row: Pairing, *, actor: Actor, visited_on: date, manner: str, discussed: str, next_steps: str
) -> None:
    PairVisit.objects.create(
        pairing=row,
        cadre=row.cadre,
        visited_on=visited_on,
        manner=manner,
        discussed=discussed,
        next_steps=next_steps,
        recorded_by=actor.account,
    )
    row.last_visit_on = max(visited_on, row.last_visit_on or visited_on)
    _plan_visit(row, row.last_visit_on)


@pairing.transition(
    PairingState.PAIRED,
    to=PairingState.PAIRED,
    label=_("交接"),
    help=_("换一位同事结对。经历保留，这一家会得到通知。"),
    form=forms.HandOverForm,
    is_return=True,
)
def hand_over(row: Pairing, *, actor: Actor, cadre: User, office_phone: str) -> None:
    take_seat(cadre, row.role)
    _not_of_the_household(row.file, cadre)
    today = clock.today()
    row.stints.filter(until_on=None).update(until_on=today)
    PairingStint.objects.create(pairing=row, cadre=cadre, from_on=today)
    row.cadre, row.office_phone = cadre, office_phone
    _plan_visit(row, row.last_visit_on or row.paired_on)
    messages.tell(row, messages.HANDED_OVER, actor=actor, date=today)


@pairing.transition(
    PairingState.PAIRED,
    to=PairingState.UNPAIRED,
    label=_("结束结对"),
    help=_("这一家已脱困、迁走，或不再需要结对。换人请用“交接”。"),
    form=ReasonForm,
    duty=CENTRE_CLERK,
    is_return=True,
)
def end(row: Pairing, *, actor: Actor) -> None:
    row.ended_on = clock.today()
    row.visit_due_on = None
    row.stints.filter(until_on=None).update(until_on=row.ended_on)


def _plan_visit(row: Pairing, after: date) -> None:
    """Without a post any more the day stands, until the pairing is handed over."""
    if seat := seat_of(row.cadre, row.role):
        row.visit_due_on = next_visit(seat, after)


def _not_of_the_household(file: HardshipFile, cadre: User) -> Any:
    if cadre.pk in people.housemates([file.person])[file.person_id]:
        raise Refused(gettext("%s就是这一家的人，依回避规定不能结对。请换一位同事。") % cadre)
