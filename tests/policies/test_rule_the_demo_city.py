"""The demo city's own policies: sound, nearer than the nation's, and enough to decide on a file that is filled in."""

from collections.abc import Iterator

import pytest

from niangjia.assistance import category
from niangjia.assistance.circumstances.actions import state
from niangjia.assistance.kinds import Category, State
from niangjia.assistance.models import HardshipFile
from niangjia.benefits import policies
from niangjia.kernel import clock
from tests.cast import Tree
from tests.demo.conftest import POLICIES, the_citys_rules
from tests.families import DAY, Path

pytestmark = pytest.mark.django_db

LIVING = {
    "homes": 1,
    "has_business": False,
    "has_car": False,
    "private_school": False,
    "studies_abroad": False,
    "months_below_line": 8,
    "receives_relief": False,
    "still_poor": False,
    "sudden_illness": False,
}


@pytest.fixture(autouse=True)
def _of_the_city() -> Iterator[None]:
    with the_citys_rules():
        yield


def test_the_start_takes_the_citys_policies() -> None:
    assert list(POLICIES.glob("*/*.toml"))
    policies.refuse_wrong_folder()


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        ("37799.88", Category.MINIMUM),
        ("37800", Category.BORDERLINE),
        ("56700", Category.BORDERLINE),
        ("56700.36", ""),
    ],
)
def test_three_people_are_decided_on_at_the_line_and_at_half_above(
    tree: Tree, income: str, expected: str
) -> None:
    """1050 yuan × 3 people × 12 months."""
    with clock.at(DAY):
        way = Path(tree)
        file = way.apply()
        HardshipFile.objects.filter(pk=file.pk).update(yearly_income_amount=income)
        file.refresh_from_db()
        before = category.propose(file)
        assert before is not None and not before.is_decided and before.missing
        state(file, actor=way.reviewer, **LIVING)
        proposal = category.propose(file)
    assert file.state == State.APPLIED
    assert proposal is not None and (proposal.is_decided, proposal.category) == (True, expected)
    assert "1,050" in proposal.text or "1050" in proposal.text
