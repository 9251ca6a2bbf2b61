"""Writing lines: onto a list, off it, and clear. Every write holds the list's row, so none can overtake another."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.membership.consents.queries import has_consented
from niangjia.notices import news
from niangjia.notices.kinds import KINDS, OPEN, NoticeState, ObjectionState, Removal
from niangjia.notices.models import NoticeLine, Objection, PublicNotice

ACTION_LABELS.update(
    {
        "list_line": gettext_lazy("列入公示"),
        "remove_line": gettext_lazy("撤下一行"),
        "clear_line": gettext_lazy("一行公示无异议"),
    }
)


def hold(notice_id: int) -> PublicNotice:
    """The list as it is now, locked until the transaction ends."""
    return held().get(pk=notice_id)


def held() -> "QuerySet[PublicNotice]":
    """Locks what it finds."""
    return PublicNotice.objects.select_for_update(of=("self",), no_key=True).select_related("unit")


def against(line: NoticeLine) -> Q:
    """Objections to the line itself, or to how its list came about."""
    return Q(line=line) | Q(line=None, notice=line.notice_id)


def open_objection(line: NoticeLine) -> Objection | None:
    return Objection.objects.filter(against(line), state__in=OPEN).first()


def remove(line: NoticeLine, removal: Removal, *, actor: Actor, reason: str) -> None:
    """The caller holds the list and has seen that the line still runs."""
    line.removed_on, line.removal = clock.today(), removal
    line.save(update_fields=["removed_on", "removal"])
    changes = {"line": line.public_id, "removal": removal}
    audit.record(line.notice, "remove_line", actor=actor, changes=changes, remark=reason)


def clear(line: NoticeLine, *, actor: Actor) -> None:
    line.cleared_on = clock.today()
    line.save(update_fields=["cleared_on"])
    audit.record(line.notice, "clear_line", actor=actor, changes={"line": line.public_id})
    news.tell(news.LINE_CLEARED, line)


def clear_all(notice: PublicNotice, *, actor: Actor, answered: Objection | None = None) -> None:
    """Of a held list: every line that nothing stands against any more. `answered` is just being dismissed."""
    for line in notice.lines.filter(cleared_on=None, removed_on=None).select_related("notice", "person"):
        if refusal(line, notice, answered) is None:
            clear(line, actor=actor)


def refusal(line: NoticeLine, notice: PublicNotice, answered: Objection | None = None) -> Refused | None:
    """Why a line of a held list is not clear; None: it is, or nothing stands against that it becomes so."""
    facts: dict[str, Any] = {"number": notice.number, "until": notice.until_on}
    if line.removed_on is not None:
        return Refused(_("这件事已从公示%(number)s撤下，要重新公示，期满无异议才能往下走。") % facts)
    if line.cleared_on is not None:
        return None
    if notice.is_open:
        return Refused(_("公示%(number)s到 %(until)s 为止，期满的次日才能往下走。") % facts)
    objections = Objection.objects.filter(against(line))
    if answered:
        objections = objections.exclude(pk=answered.pk)
    states = set(objections.values_list("state", flat=True))
    if ObjectionState.UPHELD in states:
        return Refused(_("公示%(number)s有一件异议成立，要重新处理后再公示。") % facts)
    if states & set(OPEN):
        return Refused(_("公示%(number)s有一件异议还没有答复，答复以后才能往下走。") % facts)
    if notice.state == NoticeState.REVOKED:
        return Refused(_("公示%(number)s已撤销，要重新公示。") % facts)
    if not has_consented(line.person, KINDS[notice.kind].consent):
        return Refused(_("本人已撤回公示的同意。请与本人沟通，重新同意后再公示。"))
    return None
