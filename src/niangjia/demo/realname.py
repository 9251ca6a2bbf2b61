"""Street by street the clerks compare the register with the members' documents; not everybody has come yet."""

from datetime import date
from functools import partial
from random import Random

from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.places import Places
from niangjia.kernel import access, calendar
from niangjia.membership import actions
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member
from niangjia.organisation.models import UnionBody

# Of how many members the documents were seen; few enough not to slow the building of the city.
MOST_OF_A_STREET = 150
SHARES = (0.95, 0.8, 0.6, 0.35)


def plan(random: Random, agenda: Agenda, desks: Desks, places: Places, today: date) -> None:
    for number, street in enumerate(places.streets):
        day = calendar.add_working_days(calendar.add_months(today, -2), 1 + number % 25)
        agenda.add(day, partial(_check, random, desks, street.union, SHARES[number % len(SHARES)]))


def _check(random: Random, desks: Desks, street: UnionBody, share: float) -> None:
    members = (
        Member.objects.filter(access.within([street.path]), left_on=None)
        .select_related("unit", "person")
        .order_by("number")[:MOST_OF_A_STREET]
    )
    came = [member for member in members if random.random() < share]
    actions.check_identities(came, actor=desks.somebody(random, MEMBERSHIP_CLERK, street))
