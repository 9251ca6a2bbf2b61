"""How the city grows through its two years: unions are founded, employers open and close.

Each has its day in the agenda; whoever joins a union that is founded later follows some weeks after it.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random

from niangjia.demo.agenda import Agenda
from niangjia.demo.places import Company, Later, Places
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.organisation import actions
from niangjia.organisation.models import Employer, UnionBody

# Quiet weeks at the beginning, for first rosters, and at the end, so that those who follow do so in time.
START, END = timedelta(days=50), timedelta(days=40)
ROSTER_AFTER = 12
CLOSED_SHARE = 0.03
REASONS = ("停止经营，办理注销。", "合同到期后不再续租，停业。", "迁往外地。")

Founded = Callable[[UnionBody, Sequence[Employer]], None]


class Growth:
    """Plans foundings, openings and closings. `administrator` founds; `welcome` enrols a new union's members."""

    def __init__(
        self, random: Random, agenda: Agenda, places: Places, administrator: Callable[[], Actor], today: date
    ) -> None:
        self.random = random
        self.agenda = agenda
        self.places = places
        self.administrator = administrator
        self.first = places.founded_on + START
        self.days = (today - END - self.first).days

    @property
    def later(self) -> list[Later]:
        return [one for street in self.places.streets for one in street.later]

    def plan(self, welcome: Callable[[Later], Founded], standing: Sequence[Employer]) -> None:
        for later in self.later:
            self.agenda.add(self._day(), partial(self._found, later, welcome(later)))
        for company in self.places.openings:
            self.agenda.add(self._day(), partial(self._open, company))
        blank = [employer for employer in standing if employer.union_id is None and employer.is_operating]
        for employer in self.random.sample(blank, round(len(standing) * CLOSED_SHARE)):
            self.agenda.add(self._day(), partial(self._close, employer, self.random.choice(REASONS)))

    def _day(self) -> date:
        """A working day; more of them towards the end, for work that goes well gathers pace."""
        place = 1 - self.random.random() ** 1.2
        return calendar.add_working_days(self.first + timedelta(days=int(place * self.days)), 1)

    def _found(self, later: Later, welcome: Founded) -> None:
        actor = self.administrator()
        union = self.places.found_later(actor, later)
        rows = [self.places.employer(company, union) for company in later.companies]
        employers = []
        for outcome in actions.register_employers(rows, actor=actor):
            if outcome.refusal:
                raise outcome.refusal
            employers.append(outcome.row)
        day = calendar.add_working_days(clock.today(), ROSTER_AFTER)
        self.agenda.add(day, partial(welcome, union, employers))

    def _open(self, company: Company) -> None:
        row = self.places.employer(company, None) | {"is_operating": True}
        actions.register_employer(actor=self.administrator(), **row)

    def _close(self, employer: Employer, reason: str) -> None:
        actions.close_employer(employer, actor=self.administrator(), from_on=clock.today(), reason=reason)
