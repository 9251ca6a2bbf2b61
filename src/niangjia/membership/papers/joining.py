"""入会申请书 with 会员登记表: which facts they say. What is not on record is left to be written by hand."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.documents import Copy, Template, Tick, ticked
from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.membership import queries
from niangjia.membership.kinds import Residency
from niangjia.membership.models import Person

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class JoiningFacts:
    union: str
    number: str
    name: str
    sex: str
    ethnicity: str
    born_on: date
    political_status: str
    education: str
    phone: str
    id_kind: str
    id_number: str
    employer: str
    occupation: str
    residence: tuple[Tick, ...]
    address: str
    former_union: str
    joined_on: date | None
    applied_on: date | None


def _facts(person: Person, copy: Copy) -> JoiningFacts:
    member = queries.current_membership(person)
    application = person.applications.select_related("unit", "employer").order_by("-pk").first()
    work = member or application
    household = queries.current_household(person) if copy.in_full else None
    former = person.memberships.exclude(left_on=None).select_related("unit").order_by("-left_on").first()
    return JoiningFacts(
        union=(work or person).unit.name,
        number=member.number if member else "",
        name=person.name,
        sex=person.get_sex_display(),
        ethnicity=person.get_ethnicity_display(),
        born_on=person.born_on,
        political_status=person.get_political_status_display(),
        education=person.get_education_display(),
        phone=person.phone if copy.in_full else mask_phone(person.phone),
        id_kind=person.get_id_kind_display(),
        id_number=person.id_number if copy.in_full else mask_id_number(person.id_number),
        employer=work.employer.name
        if work and work.employer
        else application.workplace
        if application
        else "",
        occupation=work.occupation if work else "",
        residence=ticked(Residency.choices, person.residency),
        address=household.address if household else "",
        former_union=former.unit.name if former else "",
        joined_on=member.joined_on if member else None,
        applied_on=application.applied_on if application else None,
    )


JOINING = Template(
    name="joining",
    label=_("入会申请书和会员登记表"),
    folder=FOLDER,
    model=Person,
    find=queries.person_or_self,
    facts=_facts,
    subject=lambda person: person.user_id,
)
