"""The tables of membership: who people are, whom they live with, to which union they belong, and how that changes."""

from niangjia.membership.cards.models import CardCheck
from niangjia.membership.consents.models import Consent
from niangjia.membership.duplicates.models import DuplicatePair, MovedRow, PersonMerge
from niangjia.membership.models.applications import MembershipApplication
from niangjia.membership.models.members import Member
from niangjia.membership.models.people import Household, HouseholdMembership, Person
from niangjia.membership.models.transfers import Transfer

__all__ = [
    "CardCheck",
    "Consent",
    "DuplicatePair",
    "Household",
    "HouseholdMembership",
    "Member",
    "MembershipApplication",
    "MovedRow",
    "Person",
    "PersonMerge",
    "Transfer",
]
