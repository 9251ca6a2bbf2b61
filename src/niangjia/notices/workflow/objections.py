"""异议: lodged, triaged within two working days, answered by somebody else. What it is against waits until then."""

import secrets
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm, RemarkForm, Stage, Workflow, working_days
from niangjia.notices import lines, news, parameters, queries
from niangjia.notices.access import ANSWERER, RECEIVER
from niangjia.notices.forms import AnswerForm, LodgeForm, RecordForm
from niangjia.notices.kinds import OPEN, Channel, NoticeState, ObjectionState, Removal
from niangjia.notices.models import NoticeLine, Objection, PublicNotice
from niangjia.notices.workflow.notices import go_on, revoke, stop

objection = Workflow(
    name="objection",
    label=pgettext_lazy("one", "公示异议"),
    model=Objection,
    visible_to=queries.objections_visible_to,
    subjects=queries.nobody,
    conflicts=queries.kept_out,
    related=("unit", "notice__unit", "line__person"),
    stages=[
        Stage(ObjectionState.LODGED, duty=RECEIVER, due=working_days(parameters.TRIAGE_DAYS)),
        Stage(ObjectionState.INQUIRY, duty=ANSWERER, due=working_days(parameters.ANSWER_DAYS)),
        Stage(ObjectionState.TURNED_AWAY),
        Stage(ObjectionState.UPHELD),
        Stage(ObjectionState.DISMISSED),
    ],
)

# Without what is easily misread: no 0 and O, no 1, I and L.
RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@objection.opening(
    to=ObjectionState.LODGED,
    label=_("提出异议"),
    help=_("任何人在公示期内都可以从公示页提出，可以不留姓名。"),
    form=LodgeForm,
    by_clock=True,
)
def lodge(*, actor: Actor, **said: Any) -> Objection:
    return _begin(Channel.ONLINE, actor, **said)


@objection.opening(
    to=ObjectionState.LODGED,
    label=_("登记异议"),
    help=_("有人上门、来电或来信对公示有异议，由工会替他登记；公示期内都可以。"),
    form=RecordForm,
    duty=RECEIVER,
)
def record(*, actor: Actor, **said: Any) -> Objection:
    return _begin(Channel.DESK, actor, **said)


@objection.transition(
    ObjectionState.LODGED,
    to=ObjectionState.INQUIRY,
    label=_("受理"),
    help=_("说的是公示的人或程序，要核实，交另一位同事答复。"),
    form=RemarkForm,
)
def accept(row: Objection, *, actor: Actor) -> None:
    pass


@objection.transition(
    ObjectionState.LODGED,
    to=ObjectionState.TURNED_AWAY,
    label=_("不予受理"),
    help=_("与公示的人和程序无关，或说的不是异议。停下的名单随即继续。"),
    form=ReasonForm,
)
def turn_away(row: Objection, *, actor: Actor) -> None:
    _let_go_on(row, actor)


@objection.transition(
    ObjectionState.INQUIRY,
    to=ObjectionState.DISMISSED,
    label=_("异议不成立"),
    help=_("核实后与所反映的不符。停下的名单继续，已经期满的随即成为无异议。受理的人和发布的人不能答复。"),
    form=AnswerForm,
    unlike=["accept"],
)
def dismiss(row: Objection, *, actor: Actor) -> None:
    _let_go_on(row, actor)


@objection.transition(
    ObjectionState.INQUIRY,
    to=ObjectionState.UPHELD,
    label=_("异议成立"),
    help=_("核实属实。这一行（对程序的异议则是整张名单）撤下，退回重新处理。受理的人和发布的人不能答复。"),
    form=AnswerForm,
    unlike=["accept"],
)
def uphold(row: Objection, *, actor: Actor) -> None:
    row.answered_on = clock.today()
    held = lines.hold(row.notice_id)
    against = held.lines.filter(cleared_on=None, removed_on=None).select_related("notice")
    if row.line_id is not None:
        against = against.filter(pk=row.line_id)
    for line in against:
        lines.remove(line, Removal.OBJECTION, actor=actor, reason=row.number)
        news.tell(news.LINE_REMOVED, line, why=Removal.OBJECTION, objection=row.number)
    if row.line_id is None and held.state == NoticeState.STOPPED:
        revoke(held, actor=actor)


def _begin(
    channel: Channel, actor: Actor, *, notice: PublicNotice, line: int | None, receipt: str = "", **said: str
) -> Objection:
    held = lines.hold(notice.pk)
    # Asked with the list in hand: whoever comes a moment after midnight comes too late, and nobody earlier does.
    if not held.is_open:
        raise Refused(gettext("这次公示已经期满，不能再提异议。还有情况要反映，请拨打 %s。") % held.contact)
    against = _running_line(held, line) if line else None
    year = clock.today().year
    [number] = numbering.draw(f"objection/{year}")
    row = Objection.objects.create(
        number=f"YY{year}{number:06d}",
        receipt=receipt or "".join(secrets.choice(RECEIPT_LETTERS) for _place in range(12)),
        unit=held.unit,
        notice=held,
        line=against,
        channel=channel,
        **said,
    )
    if against is None and held.state == NoticeState.ON_NOTICE:
        stop(held, actor=actor)
    news.tell_all(news.OBJECTION_LODGED, row)
    return row


def _running_line(held: PublicNotice, position: int) -> NoticeLine:
    line = held.lines.filter(position=position).first()
    if line is None:
        raise Refused(gettext("名单上没有第 %d 行，请核对序号；对公示程序有异议的，不填序号。") % position)
    if not line.is_running:
        raise Refused(gettext("第 %d 行已经撤下，不再公示，无需提异议。") % position)
    return line


def _let_go_on(row: Objection, actor: Actor) -> None:
    """What the objection held up goes on, unless another holds it too; past its window it clears at once."""
    row.answered_on = clock.today()
    held = lines.hold(row.notice_id)
    others = held.objections.filter(line=None, state__in=OPEN).exclude(pk=row.pk)
    if row.line_id is None and held.state == NoticeState.STOPPED and not others.exists():
        go_on(held, actor=actor)
    if not held.is_open:
        lines.clear_all(held, actor=actor, answered=row)
    news.tell_all(news.OBJECTION_DISMISSED, row)
