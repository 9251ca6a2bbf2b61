"""Invents people: names, identity numbers of no issued region, phones of a block that no operator has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from niangjia.demo.words import FIRST_SYLLABLES, SECOND_SYLLABLES, SURNAMES
from niangjia.membership import identity
from niangjia.membership.identity import IdentityNumber

# 154 was never given to the public; 11 digits are left for everybody of the city.
PHONE_BLOCK = "1540"
PERMIT_REGIONS = ("810000", "820000", "830000")
PERMIT_SHARE = 0.01
# Years: who is in a file must have been born when it began.
YOUNGEST_CHILD = 2


@dataclass(frozen=True)
class Invented:
    """Somebody before they are registered."""

    name: str
    id_number: IdentityNumber
    phone: str


class Population:
    """Never invents the same number or phone twice; the same random source invents the same people."""

    def __init__(self, random: Random, today: date, regions: Sequence[str]) -> None:
        self._random = random
        self._today = today
        self._regions = regions
        self._sequences: dict[str, int] = {}
        self._phones = 0

    def worker(self, name: str = "", phone: str = "") -> Invented:
        return self._someone(
            name or self._name(self._random.choice(SURNAMES)), 20, 59, phone or self._phone()
        )

    def spouse(self, head: Invented) -> Invented:
        age = self._today.year - head.id_number.born_on.year
        return self._someone(self._name(self._random.choice(SURNAMES)), max(20, age - 4), age + 4)

    def child(self, head: Invented) -> Invented:
        age = self._today.year - head.id_number.born_on.year
        return self._someone(self._name(head.name[0]), YOUNGEST_CHILD, max(3, age - 22))

    def parent(self, head: Invented) -> Invented:
        age = self._today.year - head.id_number.born_on.year
        return self._someone(self._name(head.name[0]), age + 22, age + 30)

    def again(self, person: Invented) -> Invented:
        """The same human with another document: a residence permit, and a phone."""
        number = self._id_number(person.id_number.born_on, self._random.choice(PERMIT_REGIONS))
        return Invented(person.name, number, self._phone())

    def _someone(self, name: str, youngest: int, oldest: int, phone: str = "") -> Invented:
        days = self._random.randint(youngest * 365 + youngest // 4, oldest * 365 + oldest // 4 + 364)
        return Invented(name, self._id_number(self._today - timedelta(days=days)), phone)

    def _name(self, surname: str) -> str:
        first, second = self._random.choice(FIRST_SYLLABLES), self._random.choice(SECOND_SYLLABLES)
        if first == second or self._random.random() < 0.12:
            return surname + second
        return surname + first + second

    def _id_number(self, born_on: date, region: str = "") -> IdentityNumber:
        if not region:
            is_permit = self._random.random() < PERMIT_SHARE
            region = self._random.choice(PERMIT_REGIONS if is_permit else self._regions)
        born = f"{region}{born_on:%Y%m%d}"
        sequence = self._sequences[born] = self._sequences.get(born, self._random.randint(0, 1)) + 1
        body = f"{born}{sequence:03}"
        return identity.parse(body + identity.check_digit(body))

    def _phone(self) -> str:
        self._phones += 1
        # 7 919 has no factor of ten, so every number of the block comes once; none of the first hundred.
        return f"{PHONE_BLOCK}{100 + self._phones * 7919 % 9_999_900:07}"
