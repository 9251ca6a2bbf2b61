"""脱困率: a denominator fixed for the year, exits of the year above it, and the target rounded up."""

from datetime import date
from decimal import Decimal

import pytest

from niangjia.assistance import exits
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.kernel import clock
from niangjia.kernel.figures import Period
from tests.cast import Tree
from tests.families import DAY, Path

MONTH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_thirty_percent_of_4543_households_are_1363() -> None:
    assert exits.exits_wanted(4543, Decimal("0.30")) == 1363
    assert exits.exits_wanted(4540, Decimal("0.30")) == 1362
    assert exits.exits_wanted(0, Decimal("0.30")) == 0


@pytest.mark.django_db
def test_the_denominator_is_who_was_on_file_when_the_year_began(tree: Tree) -> None:
    with clock.at(DAY):
        filed_this_year, left = Path(tree).to(State.FILED), Path(tree).to(State.EXITED)
        struck, waiting = Path(tree).to(State.STRUCK_OFF), Path(tree).to(State.CLEARED)
    HardshipFile.objects.filter(pk__in=[left.pk, struck.pk]).update(filed_on=date(2025, 5, 6))

    def counted(measure: object) -> set[int]:
        return set(measure.rows(MONTH).values_list("pk", flat=True))  # type: ignore[attr-defined]

    assert counted(exits.YEAR_START) == {left.pk, struck.pk}
    assert counted(exits.LEFT_THIS_YEAR) == counted(exits.LEFT) == {left.pk}
    assert counted(exits.KEPT) == {filed_this_year.pk}
    assert counted(exits.UNDER_REVIEW) == {waiting.pk}
    assert exits.least_share(tree.willow, DAY) == Decimal("0.30")
