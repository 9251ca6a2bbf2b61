"""Some people of the city were registered twice: at home in a hardship file's household, at work on another document.

The clerks find them as real ones do: by the nightly comparison, side by side, with a second pair of eyes.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from random import Random

from django.utils.translation import gettext as _

from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.families import Placed
from niangjia.demo.people import Population
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs.running import run_next
from niangjia.membership import actions
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates import actions as duplicates
from niangjia.membership.duplicates.finding import find
from niangjia.membership.duplicates.models import DuplicatePair
from niangjia.membership.duplicates.workflow import merge, propose
from niangjia.membership.queries import person_by_id_number
from niangjia.organisation.models import UnionBody

COUNT = 8


class Twins:
    """Plans who is registered twice, when that is noticed, and what becomes of the first pairs."""

    def __init__(self, random: Random, agenda: Agenda, desks: Desks, population: Population) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.population = population
        self.numbers: list[str] = []

    def plan(self, families: Sequence[Placed], today: date) -> int:
        """Of families whose file is old enough that everybody in it is registered by then; how many."""
        start = calendar.add_working_days(today - timedelta(days=32), 1)
        settled = [placed for placed in families if placed.family.story.begins_on < start]
        near = settled[0].union.parent_id if settled else None
        settled.sort(key=lambda placed: placed.union.parent_id != near)
        for placed in settled[:COUNT]:
            self.agenda.add(start, partial(self._enrol_again, placed))
        self.agenda.add(calendar.add_working_days(start, 3), self._look)
        self.agenda.add(calendar.add_working_days(start, 5), self._decide)
        self.agenda.add(calendar.add_working_days(start, 8), self._second_look)
        self.agenda.add(today, self._look)
        return len(settled[:COUNT])

    def _enrol_again(self, placed: Placed) -> None:
        """A relative who is registered at home joins a union with a residence permit."""
        relative = placed.family.relatives[0].person
        again = self.population.again(relative)
        actions.enrol(
            actor=self.desks.somebody(self.random, MEMBERSHIP_CLERK, placed.union),
            name=again.name,
            id_number=again.id_number.number,
            phone=again.phone,
            unit=placed.union.number,
            joined_on=clock.today().isoformat(),
        )
        self.numbers.append(again.id_number.number)

    def _look(self) -> None:
        find.enqueue(key="whole register")
        run_next([find.name])

    def _decide(self) -> None:
        """One pair turns out to be two people; two are proposed, by the colleague above, for the district to review."""
        pairs = self._pairs()
        if len(pairs) < 3:
            return
        clerk = self._clerk(pairs[0].first.unit)
        duplicates.dismiss(pairs[0], actor=clerk, reason=_("同名同日生，已与两人分别核对证件。"))
        for pair in pairs[1:3]:
            above = self.desks.somebody(
                self.random,
                MEMBERSHIP_CLERK,
                pair.first.unit,
                barred={self._clerk(pair.first.unit).account.pk},
            )
            propose(
                actor=above,
                pair=str(pair.public_id),
                keep="second",
                phone="second",
                remark=_("电话与本人核对，两张证件都是本人的。"),
            )

    def _second_look(self) -> None:
        """The first is carried out; the other still waits."""
        for pair in self._pairs():
            if row := pair.merges.order_by("pk").first():
                merge(row, actor=self._clerk(row.unit), remark=_("看过两张证件，是同一人。"))
                return

    def _clerk(self, unit: UnionBody) -> Actor:
        return self.desks.somebody(Random(0), MEMBERSHIP_CLERK, unit)

    def _pairs(self) -> list[DuplicatePair]:
        """The pairs that this story made, in the order of the list, near the demo accounts first."""
        own = {person.pk for number in self.numbers if (person := person_by_id_number(number))}
        pairs = DuplicatePair.objects.select_related("first__unit", "second__unit").order_by("pk")
        return [pair for pair in pairs if {pair.first_id, pair.second_id} & own]
