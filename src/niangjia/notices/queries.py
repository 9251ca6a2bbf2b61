"""Every read of notices. Staff begin from what they may see; the public sees running lists, and only the mask."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor, scoped, within
from niangjia.kernel.audit import happenings
from niangjia.kernel.errors import Missing
from niangjia.kernel.prepared import NOBODY, compiled
from niangjia.kernel.workflow.declaration import WORKFLOWS
from niangjia.kernel.workflow.rows import WorkflowRow
from niangjia.membership import queries as people
from niangjia.membership.consents.queries import stands
from niangjia.notices.access import OBJECTIONS
from niangjia.notices.kinds import KINDS, OPEN, RUNNING, NoticeState
from niangjia.notices.models import NoticeLine, Objection, PublicNotice
from niangjia.notices.parameters import TRIAGE_DAYS
from niangjia.organisation.access import AUDIT
from niangjia.organisation.models import UnionBody
from niangjia.organisation.parameters import value
from niangjia.organisation.paths import ROOT

# A clerk at the counter chooses among so many running lists at most.
MOST_OPEN = 200
MOST_ON_BOARD = 100


def notices_visible_to(actor: Actor) -> "QuerySet[PublicNotice]":
    """Lists of the actor's subtrees: of the kinds that a post works with, or all for who handles objections."""
    rows = PublicNotice.objects.select_related("unit")
    handled = actor.scopes(OBJECTIONS)
    if ROOT in handled:
        return rows
    seen = within(handled)
    for kind in KINDS.values():
        seen |= Q(kind=kind.name) & within(actor.scopes(kind.purpose))
    return rows.filter(seen)


def purposes() -> frozenset[str]:
    """What opens any list to somebody."""
    return frozenset({OBJECTIONS, *(kind.purpose for kind in KINDS.values())})


def is_open_to(actor: Actor) -> bool:
    return any(actor.scopes(purpose) for purpose in purposes())


def notices_chosen(
    actor: Actor, *, words: str = "", state: str = "", kind: str = "", unit: UnionBody | None = None
) -> "QuerySet[PublicNotice]":
    """As a clerk cuts the list down: by number, state, kind, a part of the tree; newest first."""
    rows = notices_visible_to(actor).order_by("-pk")
    if words:
        rows = rows.filter(Q(number__iexact=words) | Q(lines__case_number__iexact=words)).distinct()
    if state in NoticeState.values:
        rows = rows.filter(state=state)
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    return rows.filter(within([unit.path])) if unit else rows


def open_notices(actor: Actor) -> "QuerySet[PublicNotice]":
    """Those that somebody may still object to."""
    return notices_visible_to(actor).filter(_open()).order_by("-pk")[:MOST_OPEN]


def counted(notices: "QuerySet[PublicNotice]") -> "QuerySet[PublicNotice]":
    """With the number of lines, and of objections, for lists."""
    return notices.annotate(
        line_count=Count("lines", distinct=True), objection_count=Count("objections", distinct=True)
    )


def lines_of(notice: PublicNotice) -> "QuerySet[NoticeLine]":
    about = Q(line=OuterRef("pk")) | Q(line=None, notice=OuterRef("notice"))
    stopped = Exists(Objection.objects.filter(about, state__in=OPEN))
    return (
        notice.lines.select_related("notice__unit", "person")
        .order_by("position")
        .annotate(**{"is_stopped": stopped})
    )


def line_visible_to(actor: Actor, public_id: UUID) -> NoticeLine:
    """One line of a list in sight, or one's own."""
    found = NoticeLine.objects.select_related("notice__unit", "person").filter(public_id=public_id).first()
    is_own = found is not None and actor.user_id is not None and found.person.user_id == actor.user_id
    if found is None or not (is_own or notices_visible_to(actor).filter(pk=found.notice_id).exists()):
        raise Missing(_("没有找到这一行公示，或您的岗位看不到它。"))
    return found


def line_of(case: WorkflowRow) -> NoticeLine | None:
    """The newest line about a case of a domain above."""
    lines = _lines(workflow_of(case), connection.vendor)(case.pk)
    return max(lines, key=lambda line: line.pk, default=None)


@cache
def _lines(workflow: str, _vendor: str) -> Callable[[int], list[NoticeLine]]:
    rows = NoticeLine.objects.filter(workflow=workflow, object_id=NOBODY).select_related("notice__unit")
    return compiled(rows.order_by())


def lines_about(case: WorkflowRow) -> "QuerySet[NoticeLine]":
    """Newest first."""
    return NoticeLine.objects.filter(workflow=workflow_of(case), object_id=case.pk).order_by("-pk")


def line_on_notice(case: WorkflowRow) -> NoticeLine | None:
    """The line that the public can read now."""
    line = line_of(case)
    return line if line and public_lines(line.notice).filter(pk=line.pk).exists() else None


def workflow_of(case: WorkflowRow) -> str:
    return next(workflow.name for workflow in WORKFLOWS.values() if workflow.model is type(case))


def objections_visible_to(actor: Actor) -> "QuerySet[Objection]":
    """For who handles objections, within their subtree; never those against themselves or their household."""
    rows = scoped(Objection.objects.select_related("unit", "notice", "line"), actor, OBJECTIONS)
    person = people.person_of(actor) if actor.scopes(OBJECTIONS) else None
    if person is None:
        return rows
    household = people.current_household(person)
    family = [person.pk]
    if household:
        family += people.current_members(household).values_list("person_id", flat=True)
    theirs = NoticeLine.objects.filter(person__in=family).values("notice")
    return rows.exclude(line__person__in=family).exclude(line=None, notice__in=theirs)


def objections_chosen(
    actor: Actor, *, words: str = "", state: str = "", overdue: bool = False, unit: UnionBody | None = None
) -> "QuerySet[Objection]":
    rows = objections_visible_to(actor).order_by("-pk")
    if words:
        rows = rows.filter(Q(number__iexact=words) | Q(notice__number__iexact=words))
    if state:
        rows = rows.filter(state=state)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    return rows.filter(within([unit.path])) if unit else rows


def traced(actor: Actor, number: str) -> list[PublicNotice | Objection]:
    """What an auditor may look into under a number of a notice or an objection."""
    notices = scoped(PublicNotice.objects.filter(number=number), actor, AUDIT)
    return [*notices, *scoped(Objection.objects.filter(number=number), actor, AUDIT)]


def outcome(receipt: str) -> Objection | None:
    """By its receipt, for anybody: callers tell state and days, nothing else."""
    return Objection.objects.filter(receipt=receipt.strip().upper()).first()


def answer_of(number: str) -> str:
    """What was found of an objection, in the words of who answered it; empty while nobody has."""
    found = Objection.objects.filter(number=number, answered_on__isnull=False).first()
    if found is None:
        return ""
    return next((one.remark for one in reversed(happenings(found)) if one.remark), "")


# The public


def board(number: str) -> tuple[UnionBody, list[PublicNotice]]:
    """A union's running lists; Missing where there is no such union."""
    unit = UnionBody.objects.filter(number=number).first()
    if unit is None:
        raise Missing(_("没有这个工会。请核对网址。"))
    rows = PublicNotice.objects.filter(_open(), unit=unit).select_related("unit").order_by("-pk")
    return unit, [row for row in rows[:MOST_ON_BOARD] if public_lines(row).exists()]


def public_notice(public_id: UUID) -> PublicNotice:
    """One list, running or not: pages say politely when it is over."""
    found = PublicNotice.objects.select_related("unit").filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有这次公示。请核对网址，或重新扫码。"))
    return found


def public_lines(notice: PublicNotice) -> "QuerySet[NoticeLine]":
    """What anybody may read now: nothing once the window is over, nobody whose consent is gone."""
    rows = notice.lines.filter(removed_on=None).order_by("position")
    if not notice.is_open or notice.kind not in KINDS:
        return rows.none()
    return rows.filter(stands(KINDS[notice.kind].consent.name))


def triage_days(notice: PublicNotice) -> int:
    """Working days within which the union decides whether to look into an objection lodged today."""
    found: int = value(TRIAGE_DAYS, notice.unit, clock.today())
    return found


def _open() -> Q:
    return Q(state__in=RUNNING, until_on__gte=clock.today())


# 回避


def nobody(rows: Sequence[Any]) -> Mapping[int, set[int]]:
    """A list is opened and ended by other things than people."""
    return {}


def kept_out(objections: Sequence[Objection]) -> Mapping[int, set[int]]:
    """Per objection, whom it is about, their households, and whoever published the lines."""
    found: dict[int, set[int]] = {}
    for row in objections:
        lines = NoticeLine.objects.filter(notice=row.notice_id).select_related("person")
        if row.line_id is not None:
            lines = lines.filter(pk=row.line_id)
        lines_now = list(lines)
        mates = people.housemates(line.person for line in lines_now)
        found[row.pk] = {user for line in lines_now for user in mates[line.person_id]} | {
            user for line in lines_now for user in (line.published_by_id, line.published_for_id) if user
        }
    return found
