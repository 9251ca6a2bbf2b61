"""建会批复: the union above agrees to a new union. Issued by the workflow that approves, never by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import IssuedDocument, Letter, issue
from niangjia.kernel.numbering import IssueNumber, Numbering
from niangjia.organisation import queries
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.models import UnionBody

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Elected:
    """Whom the assembly of a new union elected, and when."""

    assembly_on: date
    chair: str
    members: Sequence[str]
    vice_chairs: Sequence[str] = ()
    auditors: Sequence[str] = ()
    women: Sequence[str] = ()
    term: str = "一"
    years: int = 5


@dataclass(frozen=True)
class ReplyFacts:
    approver: str
    number: str
    union: str
    addressee: str
    requested_on: date | None
    assembly_on: date
    term: str
    years: int
    chair: str
    members: Sequence[str]
    vice_chairs: Sequence[str]
    auditors: Sequence[str]
    women: Sequence[str]
    copies: str
    issued_on: date


def reply_to(
    union: UnionBody,
    *,
    actor: Actor,
    addressee: str,
    elected: Elected,
    requested_on: date | None = None,
    copies: str = "",
) -> IssuedDocument:
    """Issue the reply of the union above under its next number, in the caller's transaction."""
    return issue(
        FOUNDING_REPLY,
        union,
        actor=actor,
        addressee=addressee,
        elected=elected,
        requested_on=requested_on,
        copies=copies,
    )


def _facts(
    union: UnionBody,
    number: IssueNumber,
    _actor: Actor,
    *,
    addressee: str,
    elected: Elected,
    requested_on: date | None,
    copies: str,
) -> ReplyFacts:
    return ReplyFacts(
        approver=_above(union).name,
        number=number.text,
        union=union.name,
        addressee=addressee,
        requested_on=requested_on,
        assembly_on=elected.assembly_on,
        term=elected.term,
        years=elected.years,
        chair=elected.chair,
        members=elected.members,
        vice_chairs=elected.vice_chairs,
        auditors=elected.auditors,
        women=elected.women,
        copies=copies or addressee,
        issued_on=clock.today(),
    )


def _above(union: UnionBody) -> UnionBody:
    if union.parent is None:
        raise TypeError("the root of the tree has nobody above it to approve it")
    return union.parent


FOUNDING_REPLY = Letter(
    name="founding-reply",
    label=_("建会批复"),
    help=_("上级工会同意成立的批复，在批准建会时自动编号生成。"),
    folder=FOLDER,
    model=UnionBody,
    find=lambda public_id, actor: queries.union_visible_to(actor, public_id=public_id),
    facts=_facts,
    unit=_above,
    numbering=Numbering("founding-reply", "{mark}组〔{year}〕{number}号"),
    may_issue=lambda union, actor: bool(actor.grants_for(ADMINISTRATOR, _above(union).path)),
    is_personal=False,
)
