"""Two press at the same moment: one union, one case per employer, one list a month."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from niangjia.kernel import clock
from niangjia.kernel.errors import Refused
from niangjia.organisation.building import blank_spots, workflow
from niangjia.organisation.building.kinds import State
from niangjia.organisation.models import BlankSpotRelease, UnionBody, UnionBuilding
from tests.assistance.test_press_at_once import at_once
from tests.building import DAY, Path
from tests.cast import a_tree, an_employer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def path() -> Path:
    return Path(a_tree())


def test_one_union_comes_of_two_presses(path: Path) -> None:
    case = path.to(State.RATIFIED)
    path.make_ready(case)
    before = UnionBody.objects.count()

    def press(number: str) -> Callable[[], Any]:
        data = {"union_name": "新禾制造厂工会", "number": number, "founded_on": DAY.isoformat()}
        return lambda: workflow.found(UnionBuilding.objects.get(pk=case.pk), actor=path.organiser, **data)

    outcomes = at_once(press("XJ-000701"), press("XJ-000702"))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert UnionBody.objects.count() == before + 1
    case.refresh_from_db()
    assert case.state == State.FOUNDED and case.union is not None


def test_an_employer_is_in_one_case(path: Path) -> None:
    employer = path.employer()
    outcomes = at_once(lambda: path.begin(employer), lambda: path.begin(employer))
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert UnionBuilding.objects.get().number in str(refusal)


def test_one_list_a_month_from_two_workers(path: Path) -> None:
    for _number in range(4):
        an_employer(path.unit, staff_count=50)

    def run() -> int:
        with clock.at(date(2026, 3, 25)):
            return blank_spots.release_due()

    outcomes = at_once(run, run)
    assert sum(outcomes) == 4
    assert UnionBuilding.objects.count() == 4
    assert BlankSpotRelease.objects.count() == len(blank_spots._releasing_unions())
