"""People who were registered twice, for tests: by the clerks' own actions, found by the job that finds them."""

from datetime import date, timedelta
from typing import Any

from niangjia.kernel.jobs import Progress
from niangjia.kernel.jobs.models import Job
from niangjia.membership import actions, identity
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.actions import Enrolment
from niangjia.membership.duplicates.finding import find
from niangjia.membership.duplicates.models import DuplicatePair
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody
from tests.cast import who
from tests.families import a_person, an_id_number

BORN = date(1986, 4, 12)


def a_permit_number(number: int, born_on: date = BORN) -> str:
    """A residence permit's number of nobody."""
    body = f"810000{born_on:%Y%m%d}{number % 1000:03}"
    return body + identity.check_digit(body)


def a_registration(unit: UnionBody, name: str, number: str, phone: str = "") -> Person:
    """Somebody who is in the register without being a member."""
    parsed = identity.parse(number)
    return actions.register(
        Enrolment(name, parsed, unit, date(2025, 3, 3), phone), actor=who(MEMBERSHIP_CLERK, unit)
    )


def twins(
    unit: UnionBody, other: UnionBody | None = None, name: str = "宋雨桐", number: int = 1
) -> DuplicatePair:
    """A member by resident card, and the same human once more by permit; the pair that the job finds."""
    born_on = BORN + timedelta(days=number)
    member = a_person(unit, name, id_number=an_id_number(9000 + number, born_on))
    again = a_registration(other or unit, name, a_permit_number(number, born_on))
    look()
    return DuplicatePair.objects.get(first=member, second=again)


def look() -> dict[str, Any]:
    found: dict[str, Any] = find(Progress(Job.objects.create(name=find.name)))
    return found
