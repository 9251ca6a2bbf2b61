"""The diary of the demo city: what is to happen on which day, lived through under the kernel's clock."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from niangjia.kernel import clock
from niangjia.kernel.workflow import timed

JUST_AFTER_MIDNIGHT = time(0, 10)
MORNING = time(8, 40)
# Whoever builds the city before office hours must not find today's work in the future.
FIRST_LIGHT = time(0, 20)
# Work is spread over a day of office hours, however much there is.
LONGEST_STEP = timedelta(minutes=7)
OFFICE_HOURS = timedelta(hours=8, minutes=30)


class Agenda:
    """Deeds by day, in the order in which they were written down; a deed may write down later ones."""

    def __init__(self) -> None:
        self._deeds: defaultdict[date, list[Callable[[], object]]] = defaultdict(list)
        self._clock_days: set[date] = set()

    def add(self, day: date, deed: Callable[[], object]) -> None:
        self._deeds[day].append(deed)

    def expect_clock(self, day: date) -> None:
        """On this day a timed exit is due."""
        self._clock_days.add(day)

    def live(self, first: date, today: date) -> Iterator[date]:
        """Every day from the first up to today; shortly after midnight the clock takes the exits that are due."""
        for number in range((today - first).days + 1):
            day = first + timedelta(days=number)
            if day in self._clock_days:
                with clock.at(datetime.combine(day, JUST_AFTER_MIDNIGHT, tzinfo=clock.CHINA)):
                    timed.run_due()
            self._live_day(day, MORNING if day < today else FIRST_LIGHT)
            yield day

    def _live_day(self, day: date, start: time) -> None:
        deeds = self._deeds.pop(day, [])
        step = min(LONGEST_STEP, OFFICE_HOURS / max(1, len(deeds)))
        for number, deed in enumerate(deeds):
            with clock.at(datetime.combine(day, start, tzinfo=clock.CHINA) + number * step):
                deed()
