"""The strict mask: what anybody may read of a person on a list. Computed here alone, and kept as it was shown.

Surname and stars, the unit, the category, the amount only where the kind demands it. Never a number, an address, an
illness or a school.
"""

from dataclasses import dataclass
from decimal import Decimal

from niangjia.kernel.fields import mask_name
from niangjia.membership import queries as membership
from niangjia.membership.models import Person
from niangjia.notices.kinds import NoticeKind


@dataclass(frozen=True)
class Shown:
    name: str
    unit: str
    category: str
    amount: Decimal | None


def shown(kind: NoticeKind, person: Person, category: str, amount: Decimal | None) -> Shown:
    member = membership.current_membership(person)
    unit = member.employer.name if member and member.employer else person.unit.name
    return Shown(mask_name(person.name), unit, category, amount if kind.shows_amount else None)
