"""Spot checks of the demo city: one district's is settled, in another's half of the drawn files are looked into."""

from collections.abc import Callable
from functools import partial
from random import Random

from niangjia.assistance.access import APPROVER, SPOT_CHECKER
from niangjia.assistance.models import SampledFile, SpotCheck
from niangjia.assistance.spot_checks import workflow
from niangjia.assistance.spot_checks.kinds import Discrepancy, Result
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.places import Places
from niangjia.demo.stories import Calendar
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.organisation.models import UnionBody

# Working days before today on which the files are drawn.
SETTLED, UNDER_WAY = 40, 12
# Working days until the drawn files are looked into, and until what was found is handed in and settled.
LOOKED, HANDED_IN, CONFIRMED = 5, 8, 10
# Every so many-th file does not hold.
ODD = 9
HOLDS = "按档案逐项核对并入户，人口、收入与档案一致，材料齐全。"
FALLS_SHORT = "档案里的收入证明只到去年，家中已有一人就业，收入高于档案所记。"


def plan(random: Random, agenda: Agenda, desks: Desks, places: Places, days: Calendar) -> None:
    checks = Checks(random, agenda, desks)
    first, *_others, last = (district.union for district in places.districts)
    agenda.add(days.before(SETTLED), partial(checks.draw, last, is_settled=True))
    agenda.add(days.before(UNDER_WAY), partial(checks.draw, first, is_settled=False))


class Checks:
    def __init__(self, random: Random, agenda: Agenda, desks: Desks) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks

    def draw(self, district: UnionBody, *, is_settled: bool) -> None:
        assert district.parent is not None
        checker = self.desks.somebody(self.random, SPOT_CHECKER, district.parent)
        check: SpotCheck = workflow.draw(actor=checker, district=district.number)
        self._later(LOOKED, partial(self._look, check.pk, checker, is_whole=is_settled))
        if is_settled:
            self._later(HANDED_IN, lambda: workflow.report(_row(check.pk), actor=checker))
            self._later(CONFIRMED, partial(self._confirm, check.pk))

    def _later(self, days: int, deed: Callable[[], object]) -> None:
        self.agenda.add(calendar.add_working_days(clock.today(), days), deed)

    def _look(self, pk: int, checker: Actor, *, is_whole: bool) -> None:
        drawn = list(SampledFile.objects.filter(spot_check=pk).select_related("file"))
        for one in drawn if is_whole else drawn[: len(drawn) // 2]:
            is_odd = one.position % ODD == 0
            workflow.record_result(
                _row(pk),
                actor=checker,
                file=one.file.number,
                result=Result.DISCREPANT if is_odd else Result.CONSISTENT,
                discrepancy=Discrepancy.INCOME if is_odd else "",
                checked_on=clock.today().isoformat(),
                findings=FALLS_SHORT if is_odd else HOLDS,
            )

    def _confirm(self, pk: int) -> None:
        row = _row(pk)
        workflow.confirm(row, actor=self.desks.somebody(self.random, APPROVER, row.unit))


def _row(pk: int) -> SpotCheck:
    return SpotCheck.objects.select_related(*workflow.spot_check.related).get(pk=pk)
