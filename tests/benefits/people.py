"""Those whom the tests of benefits are about."""

from niangjia.membership.models import Member, Person
from niangjia.organisation.models import UnionBody
from tests.families import a_person


def a_migrant(unit: UnionBody) -> Person:
    """A member who is registered as a migrant worker."""
    person = a_person(unit)
    Member.objects.filter(person=person).update(is_migrant=True)
    return person
