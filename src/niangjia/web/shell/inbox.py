"""待办, the staff's home: what is due, what came back, what I sent back, what waits for others."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.kernel import calendar, clock
from niangjia.kernel.jobs import Job
from niangjia.kernel.jobs.queries import latest_ended_unseen
from niangjia.kernel.jobs.registry import kinds
from niangjia.kernel.workflow import tasks
from niangjia.web.shell.cases import Desk, desks
from niangjia.web.shell.formats import write_moment
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice
from niangjia.web.shell.results import result_address
from niangjia.web.templatetags.niangjia import badge, deadline

# More than anybody does in a day; the rest follows when these are done.
SHOWN = 100


@require_safe
def inbox(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    assert actor is not None
    view = request.GET.get("view", "")
    if view in ("returned", "waiting"):
        found = list(tasks.waiting_for_others(actor, returned=view == "returned")[: SHOWN + 1])
    else:
        found = tasks.first_on_desk_of(actor, SHOWN + 1)
    shown = desks(found[:SHOWN], actor)
    ended = latest_ended_unseen(actor, SHOWN) if view == "" else []
    context = {
        "ended": mark_safe("\n".join(_ended_line(job) for job in ended)),
        "views": _views(view),
        "view": view,
        "groups": [
            (label, _written(lines)) for label, lines in (_by_urgency(shown) if view == "" else [("", shown)])
        ],
        "is_empty": not (shown or ended),
        "has_more": len(found) > SHOWN,
        "warning": calendar.warning_for(clock.today() + timedelta(days=30)),
    }
    return render(request, "web/inbox.html", context)


def _written(lines: Iterable[Desk]) -> SafeString:
    """As list rows, in Python: see `listing`."""
    return mark_safe("\n".join(_line(line) for line in lines))


def _line(line: Desk) -> str:
    returned = " · " + _("退回：%(what)s") % {"what": line.came_through} if line.task.is_return else ""
    return (
        f'<li><a href="{line.url}"><span class="what"><strong>{escape(line.whose)}</strong> '
        f'{escape(line.workflow.label)} <span class="soft number">{escape(line.row.number)}</span>'
        f"<small>{escape(line.row.unit)}{escape(returned)}</small></span>"
        f"{badge(line.state_label, line.tone)}{deadline(line.task.due_on)}</a></li>"
    )


def _ended_line(job: Job) -> str:
    """Long work that has ended. Its result page takes the row away, wherever one comes from."""
    kind = kinds()[job.name]
    count = " · " + _("%d 项") % job.total if job.total else ""
    said = badge(_("没有办成"), "bad") if job.has_failed else badge(_("已办完"), "good")
    return (
        f'<li><a href="{result_address(job)}"><span class="what"><strong>{escape(kind.label)}</strong>'
        f"<small>{escape(write_moment(job.finished_at or clock.now()) + count)}</small></span>{said}</a></li>"
    )


def _views(current: str) -> list[Choice]:
    labels = {"": _("要我办的"), "returned": _("我退回的"), "waiting": _("等别人办的")}
    home = reverse("inbox")
    return [
        Choice(label, f"{home}?view={name}" if name else home, name == current)
        for name, label in labels.items()
    ]


def _by_urgency(lines: list[Desk]) -> list[tuple[str, list[Desk]]]:
    """Overdue, today, this week, later; what came back stands first in its group."""
    today = clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    groups: dict[str, list[Desk]] = {}
    for line in sorted(lines, key=lambda line: (line.task.due_on or date.max, not line.task.is_return)):
        groups.setdefault(_urgency(line.task.due_on, today, sunday), []).append(line)
    return list(groups.items())


def _urgency(due_on: date | None, today: date, sunday: date) -> str:
    if due_on is None or due_on > sunday:
        return _("以后到期")
    if due_on < today:
        return _("已超期")
    return _("今天到期") if due_on == today else _("本周到期")
