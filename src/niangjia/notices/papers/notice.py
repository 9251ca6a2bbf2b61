"""公示 for the wall: the mask and no more; and 公示证明 for the file: that a case was shown, and what came of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, QrCode, Template
from niangjia.kernel.errors import Missing
from niangjia.notices import queries
from niangjia.notices.lines import against
from niangjia.notices.models import NoticeLine, Objection, PublicNotice

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class SheetLine:
    position: int
    name: str
    unit: str
    category: str
    amount: Decimal | None


@dataclass(frozen=True)
class SheetFacts:
    title: str
    unit: str
    number: str
    basis: str
    from_on: date
    until_on: date
    triage_days: int
    shows_amount: bool
    lines: list[SheetLine]
    contact: str
    address: str
    code: QrCode


@dataclass(frozen=True)
class CertificateFacts:
    unit: str
    title: str
    number: str
    position: int
    name: str
    shown: str
    case_number: str
    from_on: date
    until_on: date
    days: int
    place: str
    objections: list[str]
    objection_count: int
    cleared_on: date
    issued_on: date


def _sheet_facts(notice: PublicNotice, copy: Copy) -> SheetFacts:
    lines = [
        SheetLine(line.position, line.shown_name, line.shown_unit, line.category, line.amount)
        for line in queries.public_lines(notice)
    ]
    address = f"{copy.site}{notice.address}"
    return SheetFacts(
        title=notice.title,
        unit=notice.unit.name,
        number=notice.number,
        basis=notice.basis,
        from_on=notice.from_on,
        until_on=notice.until_on,
        triage_days=queries.triage_days(notice),
        shows_amount=any(line.amount is not None for line in lines),
        lines=lines,
        contact=notice.contact,
        address=address,
        code=QrCode(address),
    )


def _certificate_facts(line: NoticeLine, copy: Copy) -> CertificateFacts:
    if line.cleared_on is None:
        raise TypeError(f"{line} is not clear, so there is nothing to certify")
    notice = line.notice
    objections = list(Objection.objects.filter(against(line)).order_by("pk"))
    shown = [line.shown_name, line.shown_unit, line.category]
    if line.amount is not None:
        shown.append(f"{line.amount} 元")
    return CertificateFacts(
        unit=notice.unit.name,
        title=notice.title,
        number=notice.number,
        position=line.position,
        name=line.person.name if copy.in_full else line.shown_name,
        shown="，".join(shown),
        case_number=line.case_number,
        from_on=notice.from_on,
        until_on=notice.until_on,
        days=calendar.working_days_between(notice.from_on, notice.until_on),
        place=f"网上公示页 {copy.site}{notice.address} 和{notice.unit.name}公告栏",
        objections=[f"{one.number}：{one.get_state_display()}" for one in objections],
        objection_count=len(objections),
        cleared_on=line.cleared_on,
        issued_on=clock.today(),
    )


def _find_notice(public_id: UUID, actor: Actor) -> PublicNotice:
    found = queries.notices_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这次公示，或您的岗位看不到它。"))
    return found


SHEET = Template(
    name="notice-sheet",
    label=_("公示张贴件"),
    folder=FOLDER,
    model=PublicNotice,
    find=_find_notice,
    facts=_sheet_facts,
    # Once the window is over nothing more is put on a wall.
    may_print=lambda notice, _actor: notice.is_open,
    is_personal=False,
)
CERTIFICATE = Template(
    name="notice-certificate",
    label=_("公示证明"),
    folder=FOLDER,
    model=NoticeLine,
    find=lambda public_id, actor: queries.line_visible_to(actor, public_id),
    facts=_certificate_facts,
    may_print=lambda line, _actor: line.cleared_on is not None,
    subject=lambda line: line.person.user_id if line.cleared_on else None,
)
