"""家庭经济状况核对授权委托书: the sheet that every adult of the household signs before anything is asked about them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.circumstances import queries as circumstances
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.papers.hardship import FOLDER, find_file, sealed
from niangjia.kernel import calendar, clock
from niangjia.kernel.documents import Copy, Template
from niangjia.kernel.fields import mask_id_number
from niangjia.membership import identity
from niangjia.membership import queries as membership

GROWN_AT = 18
# A printed sheet has lines for so many adults; a larger family gets more.
SIGNERS = 5


@dataclass(frozen=True)
class Signer:
    name: str = ""
    relation: str = ""
    id_number: str = ""


@dataclass(frozen=True)
class AuthorisationFacts:
    """`children`: those for whom a guardian signs; `authorised_on`: the day the applicant agreed here in person."""

    unit: str
    number: str
    name: str
    signers: list[Signer]
    children: str
    authorised_on: date | None


def _facts(file: HardshipFile, copy: Copy) -> AuthorisationFacts:
    kept = sealed(copy, mask_id_number)
    family = _family(file)
    signers = [
        Signer(one.name, one.relation, one.id_number and kept(one.id_number))
        for one, is_grown in family
        if is_grown
    ]
    return AuthorisationFacts(
        unit=file.unit.name,
        number=file.number,
        name=file.person.name,
        signers=signers + [Signer()] * (SIGNERS - len(signers)),
        children="、".join(one.name for one, is_grown in family if not is_grown),
        authorised_on=file.authorised_on,
    )


def _family(file: HardshipFile) -> list[tuple[Signer, bool]]:
    """Each with whether they are of age: the applicant, and whom the application names, for their data goes out.

    If it names nobody, those registered as the household.
    """
    named = [
        (Signer(one.name, one.get_relation_display(), one.id_number), _is_grown(one.id_number))
        for one in circumstances.members(file)
    ]
    registered = [
        (
            Signer(one.person.name, one.get_relation_display(), one.person.id_number),
            one.person.age >= GROWN_AT,
        )
        for one in membership.current_members(file.household_id)
        if one.person_id != file.person_id
    ]
    return [(Signer(file.person.name, "本人", file.person.id_number), True), *(named or registered)]


def _is_grown(id_number: str) -> bool:
    """By the birth date in the number; who has none signs for themselves."""
    if not id_number:
        return True
    return calendar.add_months(identity.parse(id_number).born_on, 12 * GROWN_AT) <= clock.today()


AUTHORISATION = Template(
    name="check-authorisation",
    label=_("家庭经济状况核对授权委托书"),
    folder=FOLDER,
    model=HardshipFile,
    find=find_file,
    facts=_facts,
    subject=lambda file: file.person.user_id,
    # Its words are those of the authorisation; nobody changes them before it is signed.
    has_word=False,
)
