"""驻村帮扶情况表: which facts the sheet of a village says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.models import PairedVillage
from niangjia.assistance.papers.hardship import FOLDER
from niangjia.assistance.villages import queries
from niangjia.assistance.villages.kinds import DividendState, PostingState, WorkRole
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Template
from niangjia.kernel.documents.facts import write_day
from niangjia.kernel.errors import Missing


@dataclass(frozen=True)
class Posting:
    officer: str
    role: str
    period: str
    standing: str
    work: str


@dataclass(frozen=True)
class Industry:
    name: str
    kind: str
    area: str
    households: str
    started_on: date | None
    standing: str


@dataclass(frozen=True)
class Sum:
    when: str
    amount: Decimal
    said: str


@dataclass(frozen=True)
class VillageFacts:
    union: str
    number: str
    village: str
    distance: str
    basis: str
    period: str
    surveyed_on: date | None
    households: str
    findings: str
    postings: list[Posting]
    industries: list[Industry]
    dividends: list[Sum]
    funding: list[Sum]
    funded: Decimal
    printed_on: date


def village_facts(row: PairedVillage, copy: Copy) -> VillageFacts:
    funding = [Sum(write_day(one.given_on), one.amount, one.document) for one in row.funding.all()]
    return VillageFacts(
        union=row.unit.name,
        number=row.number,
        village=str(row),
        distance="" if row.distance_km is None else _("%d 公里") % row.distance_km,
        basis=row.basis,
        period=_period(row.from_on, row.ended_on or row.until_on),
        surveyed_on=row.surveyed_on,
        households=_counted(row.households),
        findings=row.findings,
        postings=_postings(row),
        industries=[
            Industry(
                one.name,
                one.get_kind_display(),
                str(one.area_mu),
                str(one.households),
                one.started_on,
                str(one.state.label),
            )
            for one in row.industries.all()
        ],
        dividends=[
            Sum(str(one.year), one.amount, one.evidence)
            for one in row.dividends.filter(state=DividendState.CERTIFIED).order_by("-year")
        ],
        funding=funding,
        funded=sum((one.amount for one in funding), Decimal(0)),
        printed_on=clock.today(),
    )


def _postings(row: PairedVillage) -> list[Posting]:
    """Who is or was there; how much each did in which role."""
    there = queries.postings_of(row).filter(state__in=[PostingState.POSTED, PostingState.RELIEVED])
    return [
        Posting(
            one.officer.name,
            one.get_role_display(),
            _period(one.from_on, one.ended_on or one.until_on),
            one.get_state_display(),
            "\n".join(f"{WorkRole(role).label} {count}" for role, count in queries.work_by_role(one)),
        )
        for one in there
    ]


def _period(first: date, last: date) -> str:
    return f"{write_day(first)}\n至{write_day(last)}"


def _counted(number: int | None) -> str:
    return "" if number is None else str(number)


def _find(public_id: UUID, actor: Actor) -> PairedVillage:
    found = queries.villages_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这个帮扶村，或您的岗位看不到它。"))
    return found


VILLAGE_SHEET = Template(
    name="village-sheet",
    label=gettext_lazy("驻村帮扶情况表"),
    folder=FOLDER,
    model=PairedVillage,
    find=_find,
    facts=village_facts,
    is_personal=False,
    has_word=False,
)
