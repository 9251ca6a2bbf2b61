"""困难职工申请表 and 入户核查表: which facts they say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.assistance import queries
from niangjia.assistance.circumstances import queries as circumstances
from niangjia.assistance.circumstances.forms import TOPICS
from niangjia.assistance.kinds import Cause
from niangjia.assistance.models import HardshipFile, HomeVisit
from niangjia.assistance.visits.kinds import BELONGINGS, NO_BELONGINGS, Conclusion, Housing
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Template, Tick, ticked
from niangjia.kernel.errors import Missing
from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.kernel.money import yuan
from niangjia.membership import queries as membership

FOLDER = Path(__file__).parent
# A printed form has lines for a family of this size; a larger one gets more.
FAMILY_LINES = 5


@dataclass(frozen=True)
class FamilyMember:
    name: str = ""
    relation: str = ""
    sex: str = ""
    age: str = ""
    id_number: str = ""


@dataclass(frozen=True)
class Said:
    label: str = ""
    text: str = ""


@dataclass(frozen=True)
class Applicant:
    """What both forms say of the worker."""

    unit: str
    number: str
    name: str
    id_number: str
    phone: str
    employer: str
    address: str
    household_size: int
    yearly_income: Decimal
    rigid_spending: Decimal


@dataclass(frozen=True)
class ApplicationFacts(Applicant):
    sex: str
    born_on: date
    member_number: str
    joined_on: date | None
    family: list[FamilyMember]
    monthly_income: Decimal
    causes: tuple[Tick, ...]
    statement: str
    topics: list[Said]
    consents_to_check: bool
    consents_to_notice: bool
    shares_health: bool
    applied_on: date


@dataclass(frozen=True)
class VisitFacts(Applicant):
    """Filled in where a visit is on record, otherwise to be filled in by hand."""

    cause: str
    family: str
    housing: tuple[Tick, ...]
    belongings: tuple[Tick, ...]
    conclusions: tuple[Tick, ...]
    found_size: str
    found_income: Decimal | None
    findings: str
    visited_on: date | None
    visitors: str
    companion: str


def _application_facts(file: HardshipFile, copy: Copy) -> ApplicationFacts:
    person, member = file.person, membership.current_membership(file.person)
    kept = sealed(copy, mask_id_number)
    family = [
        FamilyMember(
            one.person.name,
            one.get_relation_display(),
            one.person.get_sex_display(),
            str(one.person.age),
            kept(one.person.id_number),
        )
        for one in membership.current_members(file.household_id)
        if one.person_id != file.person_id
    ]
    spare = [FamilyMember()] * (FAMILY_LINES - len(family))
    return ApplicationFacts(
        **applicant(file, copy),
        sex=person.get_sex_display(),
        born_on=person.born_on,
        member_number=member.number if member else "",
        joined_on=member.joined_on if member else None,
        family=family + spare,
        monthly_income=yuan(file.yearly_income_amount / 12 / file.household_size),
        causes=ticked(Cause.choices, file.cause),
        statement=file.statement,
        topics=_topics(file, copy),
        consents_to_check=file.consents_to_check,
        consents_to_notice=file.consents_to_notice,
        shares_health=file.shares_health_with_unit,
        applied_on=file.applied_on,
    )


def _topics(file: HardshipFile, copy: Copy) -> list[Said]:
    """What the family said, topic by topic; health only for the family itself, or as it agreed to share."""
    said = circumstances.latest(file)
    sees_health = copy.is_own or (copy.in_full and file.shares_health_with_unit)
    return [
        Said(str(label), "；".join(f"{what}：{value}" for what, value in circumstances.told(said, form)))
        for name, (label, form) in TOPICS.items()
        if sees_health or name != circumstances.HEALTH_TOPIC
    ]


def visit_facts(file: HardshipFile, copy: Copy) -> VisitFacts:
    visit = queries.visits(file).first()
    return VisitFacts(
        **applicant(file, copy),
        cause=file.get_cause_display(),
        family="；".join(
            f"{one.person.name}（{one.get_relation_display()}，{one.person.age} 岁）"
            for one in membership.current_members(file.household_id)
        ),
        housing=ticked(Housing.choices, visit.housing if visit else ""),
        belongings=_belongings(visit),
        conclusions=ticked(Conclusion.choices, visit.conclusion if visit else ""),
        found_size=str(visit.household_size) if visit else "",
        found_income=visit.yearly_income_amount if visit else None,
        findings=visit.findings if visit else "",
        visited_on=visit.visited_on if visit else None,
        visitors=visit.recorded_by.name if visit else "",
        companion=visit.companion if visit else "",
    )


def applicant(file: HardshipFile, copy: Copy) -> dict[str, Any]:
    person, member = file.person, membership.current_membership(file.person)
    return {
        "unit": file.unit.name,
        "number": file.number,
        "name": person.name,
        "id_number": sealed(copy, mask_id_number)(person.id_number),
        "phone": sealed(copy, mask_phone)(person.phone),
        "employer": member.employer.name if member and member.employer else "",
        "address": file.household.address if copy.in_full else "",
        "household_size": file.household_size,
        "yearly_income": file.yearly_income_amount,
        "rigid_spending": file.rigid_spending_amount,
    }


def sealed(copy: Copy, mask: Callable[[str], str]) -> Callable[[str], str]:
    return str if copy.in_full else mask


def _belongings(visit: HomeVisit | None) -> tuple[Tick, ...]:
    said = visit.belongings if visit else []
    labels = [*map(str, BELONGINGS.values()), str(NO_BELONGINGS)]
    return tuple(Tick(label, label in said) for label in labels)


def find_file(public_id: UUID, actor: Actor) -> HardshipFile:
    found = queries.files_visible_to(actor).select_related("household").filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这份档案，或您的岗位看不到它。"))
    return found


APPLICATION = Template(
    name="hardship-application",
    label=_("困难职工申请表"),
    folder=FOLDER,
    model=HardshipFile,
    find=find_file,
    facts=_application_facts,
    subject=lambda file: file.person.user_id,
)
HOME_VISIT = Template(
    name="home-visit",
    label=_("入户核查表"),
    folder=FOLDER,
    model=HardshipFile,
    find=find_file,
    facts=visit_facts,
    # What was found at home is the union's to show.
    may_print=queries.works_on,
)
