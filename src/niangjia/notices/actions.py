"""What domains above call, inside their own steps: post a case, take it down, ask whether it cleared."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor, Grant
from niangjia.kernel.documents.printing import in_chinese
from niangjia.kernel.errors import NotAllowed, Refused, WrongState
from niangjia.kernel.outbox import News, subscribe
from niangjia.kernel.workflow.rows import WorkflowRow
from niangjia.membership.consents.actions import WITHDRAWN
from niangjia.membership.consents.queries import has_consented
from niangjia.membership.models import Person
from niangjia.notices import lines, news, queries, workflow
from niangjia.notices.kinds import KINDS, OPEN, NoticeKind, NoticeState, Removal
from niangjia.notices.masking import shown
from niangjia.notices.models import NoticeLine, Objection, PublicNotice
from niangjia.notices.workflow.objections import RECEIPT_LETTERS
from niangjia.organisation.models import UnionBody

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

line_of = queries.line_of


def post(
    kind: NoticeKind,
    *,
    case: WorkflowRow,
    person: Person,
    category: "StrOrPromise",
    amount: Decimal | None = None,
    actor: Actor,
) -> NoticeLine:
    """Put a case on the list that the actor's union began today for this kind, beginning it if need be.

    Called from within a step that the kind names. Refused without the person's standing consent to publicity.
    """
    if not has_consented(person, kind.consent):
        raise Refused(
            _("%s没有同意公示，或已撤回。请先取得同意（本人在网上，或签字材料），再发起公示。") % person
        )
    if kind.shows_amount and amount is None:
        raise TypeError(f"{kind.name} shows the amount, so it must be given")
    if (earlier := queries.lines_about(case).first()) and Objection.objects.filter(
        lines.against(earlier), state__in=OPEN
    ).exists():
        raise Refused(_("上一次公示还有一件异议没有答复，答复以后才能重新公示。"))
    grant = _grant(kind, case, actor)
    notice = _list_of_today(kind, grant.unit_id, actor)
    last = notice.lines.order_by("position").values_list("position", flat=True).last()
    mask = shown(kind, person, in_chinese(lambda: str(category)), amount)
    line = NoticeLine.objects.create(
        notice=notice,
        position=(last or 0) + 1,
        person=person,
        shown_name=mask.name,
        shown_unit=mask.unit,
        category=mask.category,
        amount=mask.amount,
        workflow=kind.workflow,
        object_id=case.pk,
        case_id=case.public_id,
        case_number=case.number,  # type: ignore[attr-defined]  # every case has one
        published_by=actor.user,
        published_for_id=grant.principal_id,
    )
    audit.record(notice, "list_line", actor=actor, changes={"line": line.public_id})
    return line


def take_down(case: WorkflowRow, *, actor: Actor, reason: str = "") -> None:
    """The domain takes its case off the list. An objection that is open against it stays to be answered."""
    line = line_of(case)
    if line is None:
        return
    lines.hold(line.notice_id)
    line.refresh_from_db(fields=["cleared_on", "removed_on"])
    if line.is_running:
        lines.remove(line, Removal.TAKEN_DOWN, actor=actor, reason=reason)


def hold_cleared(case: WorkflowRow, *, actor: Actor = CLOCK) -> NoticeLine:
    """Lock the case's list until the caller's transaction ends; Refused with a sentence unless the line is clear.

    An objection locks the same row: whichever comes first is seen by the other.
    """
    about = queries.lines_about(case)
    listed = about.values_list("notice", flat=True).first()
    if listed is None:
        raise WrongState(_("这件事还没有公示过，请先发起公示。"))
    held = lines.hold(listed)
    line = about.select_related("person").filter(notice=held)[0]
    line.notice = held
    if refusal := lines.refusal(line, held):
        raise refusal
    if line.cleared_on is None:
        lines.clear(line, actor=actor)
    return line


def lodge(notice: PublicNotice, *, mark: str, **said: Any) -> Objection:
    """From the public page. The receipt follows from the page's `mark`, so sent twice it is one objection."""
    receipt = receipt_of(mark)
    with transaction.atomic():
        lines.hold(notice.pk)
        if found := Objection.objects.filter(receipt=receipt).first():
            return found
        lodged: Objection = workflow.lodge(actor=CLOCK, notice=notice, receipt=receipt, **said)
    return lodged


def receipt_of(mark: str) -> str:
    """Twelve letters that nobody guesses: the mark is a keyed digest in hexadecimal digits."""
    number, letters = int(mark, 16), ""
    for _place in range(12):
        number, digit = divmod(number, len(RECEIPT_LETTERS))
        letters += RECEIPT_LETTERS[digit]
    return letters


@subscribe(WITHDRAWN)
def take_off_after_withdrawal(news_of_it: News) -> None:
    """Somebody no longer agrees to be shown: their running lines go, and the domains hear of it."""
    kinds = [kind.name for kind in KINDS.values() if kind.consent.name == news_of_it.payload["purpose"]]
    running = NoticeLine.objects.filter(
        person=news_of_it.payload["person"], notice__kind__in=kinds, cleared_on=None, removed_on=None
    )
    for line in running.select_related("notice", "person").order_by("pk"):
        if has_consented(line.person, KINDS[line.notice.kind].consent):
            continue
        lines.hold(line.notice_id)
        line.refresh_from_db(fields=["cleared_on", "removed_on"])
        if line.is_running:
            lines.remove(line, Removal.CONSENT, actor=CLOCK, reason="")
            news.tell(news.LINE_REMOVED, line, why=Removal.CONSENT)


def _grant(kind: NoticeKind, case: WorkflowRow, actor: Actor) -> Grant:
    grants = actor.grants_for(kind.duty, case.unit.path)
    if not grants:
        raise NotAllowed(_("发起公示由“%s”岗位办理，您没有这个岗位。") % kind.duty.label)
    return grants[0]


def _list_of_today(kind: NoticeKind, unit_id: int, actor: Actor) -> PublicNotice:
    """Held. The union's row is locked first, so that two clerks at once begin one list."""
    [unit] = UnionBody.objects.select_for_update(of=("self",), no_key=True).filter(pk=unit_id)
    of_today = {"kind": kind.name, "from_on": clock.today(), "state": NoticeState.ON_NOTICE}
    if found := lines.held().filter(unit=unit, **of_today).order_by("-pk").first():
        return found
    opened: PublicNotice = workflow.open_list(actor=actor, kind=kind.name, unit=unit)
    return opened
