"""Plans the families in hardship: where they work, who lives with them, and the story of their file."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from niangjia.assistance.kinds import Cause, State
from niangjia.demo import stories, words
from niangjia.demo.hardship import Family, Relative
from niangjia.demo.people import Invented, Population
from niangjia.demo.places import Places
from niangjia.demo.scale import Scale
from niangjia.demo.workers import WORKERS, DemoWorker
from niangjia.membership.models import HouseholdMembership
from niangjia.organisation.models import UnionBody

ON_PAPER = 0.3
# Working days before today on which families applied together.
ROUNDS = (200, 140, 80)
Relation = HouseholdMembership.Relation
CAUSES = {
    Cause.ILLNESS: 34,
    Cause.SCHOOLING: 14,
    Cause.DISABILITY: 10,
    Cause.UNEMPLOYMENT: 10,
    Cause.ACCIDENT: 8,
    Cause.SINGLE_PARENT: 10,
    Cause.LOW_INCOME: 10,
    Cause.DISASTER: 2,
    Cause.OTHER: 2,
}


@dataclass(frozen=True)
class Placed:
    """A family and the union where its head is a member."""

    union: UnionBody
    family: Family


class Families:
    """Half of all files lie under the demo accounts: at the first factory, in its street, in its district."""

    def __init__(
        self, random: Random, scale: Scale, places: Places, population: Population, days: stories.Calendar
    ) -> None:
        self.random = random
        self.scale = scale
        self.population = population
        self.days = days
        first_district, *others = places.districts
        first_street, *streets = first_district.streets
        factory, *neighbours = first_street.grassroots
        near = [union for street in streets for union in street.grassroots]
        far = [union for district in others for street in district.streets for union in street.grassroots]
        self._last = last = [union for street in others[-1].streets for union in street.grassroots]
        # Taken in turn by the files of each state, so that every demo account finds some of each.
        self._choices = ([factory], neighbours, last, near, far, neighbours, near, far)

    def plan(self) -> list[Placed]:
        with_papers = set(self.random.sample(range(self.scale.files), self.scale.papers))
        planned: list[Placed] = []
        counted: dict[State, int] = {}
        for state in stories.states(self.scale.files):
            number = counted[state] = counted.get(state, -1) + 1
            worker = next((worker for worker in WORKERS if worker.state == state and number == 0), None)
            union = self.random.choice(self._choices[number % len(self._choices)])
            papers = self.random.randint(1, 2) if worker or len(planned) in with_papers else 0
            planned.append(Placed(union, self._family(state, number, union, worker, papers)))
        return planned

    def plan_rounds(self) -> list[Placed]:
        """Those that are filed together, street by street of one district, on a few days of the last year."""
        return [
            self._plain(self.random.choice(ROUNDS), self._last)
            for _number in range(self.scale.filed_together)
        ]

    def plan_taken_over(self) -> list[Placed]:
        """Those that a former system had on file."""
        scale = self.scale
        unions = [union for choice in self._choices[1:] for union in choice]
        count = scale.households - scale.files - scale.filed_together
        return [self._plain(0, unions) for _number in range(count)]

    def _plain(self, days: int, unions: Sequence[UnionBody]) -> Placed:
        """A family without a story of its own, whose file begins so many working days before today."""
        random = self.random
        union = random.choice(unions)
        head = self.population.worker()
        story = stories.Story(State.FILED, (), self.days.before(days))
        cause = random.choices(list(CAUSES), list(CAUSES.values()))[0]
        relatives = self._relatives(head, cause)[: random.choice((0, 1, 1, 2))]
        family = Family(head, relatives, self._address(union), cause, on_paper=False, papers=0, story=story)
        return Placed(union, family)

    def _family(
        self, state: State, turn: int, union: UnionBody, worker: DemoWorker | None, papers: int
    ) -> Family:
        random = self.random
        head = self.population.worker(worker.name, worker.phone) if worker else self.population.worker()
        is_usual = worker is not None
        story = stories.plan(random, state, union.pk, self.days, turn=turn, usual=is_usual)
        # Only the person concerned can withdraw.
        on_paper = not is_usual and state != State.WITHDRAWN and random.random() < ON_PAPER
        cause = random.choices(list(CAUSES), list(CAUSES.values()))[0]
        return Family(
            head, self._relatives(head, cause), self._address(union), cause, on_paper, papers, story
        )

    def _relatives(self, head: Invented, cause: Cause) -> Sequence[Relative]:
        invent = self.population
        others = [
            Relative(invent.spouse(head), Relation.SPOUSE),
            Relative(invent.child(head), Relation.CHILD),
            Relative(invent.parent(head), Relation.PARENT),
        ]
        if cause == Cause.SINGLE_PARENT:
            del others[0]
        return self.random.sample(others, self.random.randint(1, len(others)))

    def _address(self, union: UnionBody) -> str:
        random = self.random
        road = random.choice(words.STREET_NAMES)
        door = f"{random.randint(1, 6)}0{random.randint(1, 4)}"
        return f"{union.region.name}{road}{random.randint(1, 180)}号{random.randint(1, 12)}幢{door}室"
