"""How a file begins: whose it is, that their household has no other, and what they say."""

from typing import Any

from django.utils.translation import gettext

from niangjia.assistance import consents, messages, queries
from niangjia.assistance.access import REVIEWER
from niangjia.assistance.kinds import Origin
from niangjia.assistance.models import HardshipFile
from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.membership import actions as membership
from niangjia.membership import queries as people
from niangjia.membership.models import Person


def say(file: HardshipFile, actor: Actor, facts: dict[str, Any]) -> None:
    """What the family says now; in person it is their authorisation too."""
    for name, said in facts.items():
        setattr(file, name, said)
    consents.keep(file, actor=actor)
    if _is_in_person(file.person, actor):
        file.authorised_on = clock.today()


def _is_in_person(person: Person, actor: Actor) -> bool:
    return actor.user_id is not None and person.user_id == actor.user_id


def own_worker(id_number: Any, actor: Actor) -> Person:
    person = people.person_by_id_number(id_number.number)
    # Beyond one's own unions nobody learns who is registered, nor who has a file.
    if person is None or not actor.grants_for(REVIEWER, person.unit.path):
        raise Refused(
            gettext("您所在工会没有登记过这个证件号码的职工。请先在“会员”中登记，或请其所属工会录入。")
        )
    return person


def find(person: Person, actor: Actor, facts: dict[str, Any]) -> HardshipFile:
    file = begin(person, actor, facts | {"origin": Origin.FOUND})
    messages.tell(file, messages.FOUND, actor=actor)
    return file


def file_numbers(count: int) -> list[str]:
    year = clock.today().year
    return [f"KN{year}{number:06d}" for number in numbering.draw(f"hardship-file/{year}", count)]


def begin(person: Person, actor: Actor, facts: dict[str, Any]) -> HardshipFile:
    people.hold(person)
    household = people.current_household(person) or membership.form_household(person, actor=actor)
    people.hold(household)
    if queries.running_file(household):
        raise Refused(
            gettext("您家已有一份申请或档案，一户一档，不能重复申请。请在“我的事”中查看，或向所属工会询问。")
        )
    [number] = file_numbers(1)
    file = HardshipFile.objects.create(
        number=number,
        unit=person.unit,
        person=person,
        household=household,
        predecessor=queries.last_file(household),
        applied_on=clock.today(),
        authorised_on=clock.today() if _is_in_person(person, actor) else None,
        **facts,
    )
    if file.origin != Origin.FOUND:
        consents.keep(file, actor=actor)
    return file
