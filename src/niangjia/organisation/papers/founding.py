"""建会批复: the union above agrees to a new union. Issued when it ratifies the election, never by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Letter
from niangjia.kernel.errors import Missing
from niangjia.kernel.numbering import IssueNumber, Numbering
from niangjia.organisation import parameters
from niangjia.organisation.access import BUILDING_APPROVER
from niangjia.organisation.building import acceptance, queries
from niangjia.organisation.building.parameters import ISSUER
from niangjia.organisation.kinds import CommitteeKind, OfficerRole
from niangjia.organisation.models import UnionBody, UnionBuilding

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ReplyFacts:
    """Without a chair there is an organiser: too few members for a committee."""

    approver: str
    number: str
    union: str
    addressee: str
    assembly_on: date
    is_of_delegates: bool
    years: int
    chair: str
    vice_chairs: Sequence[str]
    members: Sequence[str]
    auditors: Sequence[str]
    women: Sequence[str]
    organiser: str
    copies: str
    issued_on: date


def _facts(case: UnionBuilding, number: IssueNumber, _actor: Actor) -> ReplyFacts:
    assembly = acceptance.last_assembly(case)
    if assembly is None:
        raise TypeError(f"{case} has had no assembly, so there is nothing to reply to")
    union, name = CommitteeKind.UNION_COMMITTEE, case.proposed_union_name
    return ReplyFacts(
        approver=case.unit.name,
        number=number.text,
        union=name,
        addressee=f"{name}筹备组",
        assembly_on=assembly.held_on,
        is_of_delegates=assembly.is_of_delegates,
        years=assembly.term_years,
        chair="".join(_elected(case, union, OfficerRole.CHAIR)[:1]),
        vice_chairs=_elected(case, union, OfficerRole.VICE_CHAIR),
        members=_elected(case, union),
        auditors=_elected(case, CommitteeKind.AUDIT_COMMITTEE),
        women=_elected(case, CommitteeKind.WOMEN_COMMITTEE),
        organiser="".join(_elected(case, "", OfficerRole.ORGANISER)[:1]),
        copies="、".join(link.employer.name for link in queries.employers_in(case)) or case.name,
        issued_on=clock.today(),
    )


def _elected(case: UnionBuilding, body: str, role: str = "") -> list[str]:
    """The names, heads first; `body` empty: of whatever body."""
    results = case.elected.filter(voided_at=None).order_by("pk")
    if body:
        results = results.filter(body=body).exclude(role=OfficerRole.ORGANISER)
    if role:
        results = results.filter(role=role)
    ranks = list(OfficerRole.values)
    return [result.name for result in sorted(results, key=lambda result: ranks.index(result.role))]


def _find(public_id: UUID, actor: Actor) -> UnionBuilding:
    found = queries.buildings_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这件建会工作，或您的岗位看不到它。"))
    return found


def _mark(unit: UnionBody) -> str:
    """The union's own mark; without one what its region writes instead."""
    if unit.document_mark:
        return f"{unit.document_mark}复"
    return str(parameters.value(ISSUER, unit, clock.today()))


FOUNDING_REPLY = Letter(
    name="founding-reply",
    label=_("建会批复"),
    help=_("上级工会同意成立的批复，在批准建会时自动编号生成。"),
    folder=FOLDER,
    model=UnionBuilding,
    find=_find,
    facts=_facts,
    unit=lambda case: case.unit,
    mark=_mark,
    numbering=Numbering("founding-reply", "{mark}〔{year}〕{number}号"),
    may_issue=lambda case, actor: bool(actor.grants_for(BUILDING_APPROVER, case.unit.path)),
    is_personal=False,
)
