"""公示: opened by the domain's step, ended by the clock, stopped and revoked by objections. Nobody ends it early."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.documents.printing import in_chinese
from niangjia.kernel.workflow import Stage, Workflow, named_day, working_days
from niangjia.notices import lines, parameters, queries
from niangjia.notices.forms import OpenListForm
from niangjia.notices.kinds import KINDS, PUBLISHING_STEPS, NoticeState
from niangjia.notices.models import PublicNotice
from niangjia.organisation.models import UnionBody
from niangjia.organisation.parameters import value

notice = Workflow(
    name="public-notice",
    label=pgettext_lazy("one", "公示"),
    model=PublicNotice,
    visible_to=queries.notices_visible_to,
    subjects=queries.nobody,
    conflicts=queries.nobody,
    related=("unit",),
    stages=[
        Stage(NoticeState.ON_NOTICE, due=named_day("until_on")),
        Stage(NoticeState.STOPPED),
        Stage(NoticeState.ENDED),
        Stage(NoticeState.REVOKED),
    ],
)


@notice.opening(
    to=NoticeState.ON_NOTICE,
    label=_("发布公示"),
    help=_("办理“发起公示”时开出当天的名单；同一天、同一工会、同一种类的并入同一张。"),
    form=OpenListForm,
    follows=PUBLISHING_STEPS,
)
def open_list(*, actor: Actor, kind: str, unit: UnionBody) -> PublicNotice:
    declared, today = KINDS[kind], clock.today()
    window = working_days(declared.days)
    [sequence] = numbering.draw(f"notice-{kind}/unit-{unit.pk}/{today.year}")
    return PublicNotice.objects.create(
        number=f"GS-{unit.number}-{today.year}-{declared.mark}{sequence:03}",
        unit=unit,
        kind=kind,
        title=in_chinese(lambda: str(declared.label)),
        basis=in_chinese(lambda: str(declared.basis)),
        contact=in_chinese(lambda: str(value(parameters.CONTACT, unit, today))),
        from_on=today,
        until_on=window.falls_on(today, unit.pk),
    )


@notice.timed(
    NoticeState.ON_NOTICE,
    to=NoticeState.ENDED,
    label=_("期满撤下"),
    help=_("公示期最后一日的次日自动撤下，没有异议的各行同时成为无异议。"),
)
def end(row: PublicNotice, *, actor: Actor) -> None:
    row.ended_on = clock.today()
    lines.clear_all(row, actor=actor)


@notice.consequence(
    NoticeState.ON_NOTICE,
    to=NoticeState.STOPPED,
    label=_("因异议停下"),
    help=_("有人对公示的程序提出异议，整张名单停下，答复前谁也不能往下走。"),
    follows=["objection/lodge", "objection/record"],
)
def stop(row: PublicNotice, *, actor: Actor) -> None:
    pass


@notice.consequence(
    NoticeState.STOPPED,
    to=NoticeState.ON_NOTICE,
    label=_("继续公示"),
    help=_("对程序的异议不成立，名单继续；已经期满的，随即撤下。"),
    follows=["objection/turn_away", "objection/dismiss"],
)
def go_on(row: PublicNotice, *, actor: Actor) -> None:
    pass


@notice.consequence(
    NoticeState.STOPPED,
    to=NoticeState.REVOKED,
    label=_("撤销公示"),
    help=_("对程序的异议成立，整张名单作废，各件退回重新公示。"),
    follows=["objection/uphold"],
)
def revoke(row: PublicNotice, *, actor: Actor) -> None:
    row.ended_on = clock.today()
