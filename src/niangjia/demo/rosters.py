"""Who joins which union on which day: long rosters street by street at first, later newcomers month by month."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from random import Random
from typing import Any

from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.families import Placed
from niangjia.demo.people import Invented, Population
from niangjia.demo.places import Later, Places
from niangjia.kernel import calendar, clock
from niangjia.membership import actions
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.actions import Enrolment
from niangjia.membership.ethnicity import Ethnicity
from niangjia.membership.kinds import (
    Education,
    Employment,
    MaritalStatus,
    NewEmployment,
    Residency,
    SkillLevel,
)
from niangjia.organisation.models import Employer, UnionBody

FIRST_ROSTERS = 0.75
WITHOUT_EMPLOYER = 0.03
LONGEST_MEMBERSHIP = 3600

Joiner = tuple[UnionBody, Employer | None, Invented]


class Rosters:
    """Plans every enrolment; carried out by the membership clerk of the district."""

    def __init__(
        self,
        random: Random,
        agenda: Agenda,
        desks: Desks,
        places: Places,
        employers: Sequence[Employer],
        population: Population,
    ) -> None:
        self.random = random
        self.agenda = agenda
        self.places = places
        self.population = population
        self.desks = desks
        self._waiting: dict[int, list[tuple[str, Invented]]] = {}
        self._employers: dict[int, list[Employer]] = {}
        for employer in employers:
            if employer.union_id is not None:
                self._employers.setdefault(employer.union_id, []).append(employer)

    def plan(self, count: int, families: Iterable[Placed], first: date, months: int) -> None:
        """So many members, the heads of families among them and on the first rosters; some wait for later unions."""
        heads = [self._joiner(placed.union, placed.family.head) for placed in families]
        waiting = sum(map(len, self._waiting.values()))
        others = self._others(count - len(heads) - waiting)
        early = int(len(others) * FIRST_ROSTERS)
        self._plan_streets(heads + others[:early], first)
        self._plan_months(others[early:], first, months)

    def keep_for(self, laters: Iterable[Later], count: int) -> None:
        """People who will join unions that are founded later, drawn as the staff of their employers is."""
        desks = [(later, company) for later in laters for company in later.companies]
        standing = sum(employer.staff_count for some in self._employers.values() for employer in some)
        coming = sum(company.staff_count for _later, company in desks)
        weights = [company.staff_count for _later, company in desks]
        for later, company in self.random.choices(desks, weights, k=count * coming // (standing + coming)):
            self._waiting.setdefault(id(later), []).append((company.name, self.population.worker()))

    def welcome(self, later: Later) -> Callable[[UnionBody, Sequence[Employer]], None]:
        return partial(self._enrol_waiting, self._waiting.get(id(later), []))

    def _enrol_waiting(
        self, people: Sequence[tuple[str, Invented]], union: UnionBody, employers: Sequence[Employer]
    ) -> None:
        known = {employer.name: employer for employer in employers}
        if people:
            self._enrol([(union, known[name], person) for name, person in people], is_new=True)

    def _joiner(self, union: UnionBody, person: Invented) -> Joiner:
        employers = self._employers.get(union.pk)
        return union, self.random.choice(employers) if employers else None, person

    def _others(self, count: int) -> list[Joiner]:
        """Spread over the unions as their employers' staff is."""
        desks = [
            (union, employer)
            for union in self.places.grassroots
            for employer in self._employers.get(union.pk, [None])
        ]
        weights = [employer.staff_count if employer else 20 for _union, employer in desks]
        drawn = self.random.choices(desks, weights, k=count)
        return [
            (union, None if self.random.random() < WITHOUT_EMPLOYER else employer, self.population.worker())
            for union, employer in drawn
        ]

    def _plan_streets(self, joiners: Sequence[Joiner], first: date) -> None:
        order = {street.union.pk: number for number, street in enumerate(self.places.streets)}
        by_street = sorted(joiners, key=lambda joiner: (order[joiner[0].parent_id or 0], joiner[0].number))
        for street, rows in groupby(by_street, key=lambda joiner: joiner[0].parent_id):
            day = calendar.add_working_days(first, 1 + order[street or 0] % 15)
            self.agenda.add(day, partial(self._enrol, list(rows)))

    def _plan_months(self, joiners: Sequence[Joiner], first: date, months: int) -> None:
        """One roster a district and month, from the second month on."""
        dated = [(self.random.randint(1, months - 1), self._district(union), union, employer, person)
                 for union, employer, person in joiners]  # fmt: skip
        dated.sort(key=lambda row: (row[0], row[1], row[2].number, row[4].id_number.number))
        for (month, district), rows in groupby(dated, key=itemgetter(0, 1)):
            start = calendar.add_months(first.replace(day=1), month)
            day = calendar.add_working_days(start, 2 + 3 * district)
            self.agenda.add(day, partial(self._enrol, [row[2:] for row in rows], is_new=True))

    def _district(self, union: UnionBody) -> int:
        paths = [district.union.path for district in self.places.districts]
        return next(number for number, path in enumerate(paths) if union.path.startswith(path))

    def _enrol(self, joiners: Sequence[Joiner], *, is_new: bool = False) -> None:
        clerk = self.desks.somebody(self.random, MEMBERSHIP_CLERK, joiners[0][0])
        actions.enrol_many([self._row(*joiner, is_new) for joiner in joiners], actor=clerk)

    def _row(self, union: UnionBody, employer: Employer | None, person: Invented, is_new: bool) -> Enrolment:
        joined_on = clock.today()
        if not is_new:
            since = (joined_on - union.founded_on).days
            joined_on -= timedelta(days=self.random.randint(0, max(0, min(LONGEST_MEMBERSHIP, since))))
        about, work = self._register()
        return Enrolment(
            person.name, person.id_number, union, joined_on, person.phone, employer, about=about, work=work
        )

    def _register(self) -> tuple[dict[str, str], dict[str, Any]]:
        """What the register knows beyond the name, in about the shares of a real city."""
        draw = self.random.choices
        [residency] = draw(Residency.values, (52, 18, 8, 22))
        about = {
            "ethnicity": draw(
                (Ethnicity.HAN, Ethnicity.HUI, Ethnicity.ZHUANG, Ethnicity.MIAO), (92, 3, 3, 2)
            )[0].value,
            "political_status": draw(("13", "01", "03"), (78, 12, 10))[0],
            "education": draw(Education.values[:7], (2, 14, 20, 24, 18, 20, 2))[0],
            "skill_level": draw(SkillLevel.values[:7], (60, 4, 12, 12, 8, 3, 1))[0],
            "residency": residency,
            "marital_status": draw(MaritalStatus.values[:4], (24, 70, 2, 4))[0],
        }
        is_migrant = residency == Residency.OUTSIDE_COUNTRY
        employment = draw((Employment.CONTRACT, Employment.DISPATCHED, Employment.FLEXIBLE), (86, 8, 6))[
            0
        ].value
        new = self.random.choice(NewEmployment.values) if employment == Employment.FLEXIBLE else ""
        return about, {"employment": employment, "new_employment": new, "is_migrant": is_migrant}
