"""The city of the benchmarks goes past the workflow, so nothing but this notices when the tables ask for more."""

from importlib import import_module
from pathlib import Path

import pytest

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.membership.models import Member

BENCH = Path(__file__).resolve().parents[2] / "bench"
MEMBERS = 1500


@pytest.mark.django_db(transaction=True)
def test_a_small_city_of_the_benchmarks_can_be_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    import_module("_seed").City(MEMBERS).build()
    assert Member.objects.count() == MEMBERS
    assert {State.VISITED, State.ON_NOTICE, State.FILED} <= set(
        HardshipFile.objects.values_list("state", flat=True)
    )
