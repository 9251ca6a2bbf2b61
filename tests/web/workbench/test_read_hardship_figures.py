"""The dashboard of hardship files: who is on file and why, who was helped how often, and each number to its rows."""

from typing import Any

import pytest

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.exits import LEFT_THIS_YEAR, YEAR_START
from niangjia.assistance.kinds import State
from niangjia.assistance.living_aid import LIVING_AID, LIVING_AIDED, MIGRANTS
from niangjia.assistance.models import AidMeasure
from niangjia.assistance.plans.kinds import AidKind, MeasureState
from niangjia.kernel.figures import refresh
from niangjia.kernel.figures.models import Edition, Figure
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.money import fen
from niangjia.membership.models import Member
from tests.cast import Tree, who
from tests.families import Path
from tests.plans import PlanPath
from tests.web.api.conftest import ROOT
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import text
from tests.web.workbench.test_read_figures import links

pytestmark = pytest.mark.django_db

BOARD = "/figures/hardship/"


@pytest.fixture
def counted(tree: Tree) -> Tree:
    """Two families on file, one of them a migrant's that got living aid, and one on its way."""
    PlanPath(tree).measure_to(MeasureState.DONE)
    AidMeasure.objects.update(kind=AidKind.LIVING, amount="445.70", source="工会经费")
    Member.objects.update(is_migrant=True)
    Path(tree).to(State.FILED)
    Path(tree).to(State.CHECKED)
    count()
    return tree


def count() -> None:
    refresh.enqueue(months=1)
    run_until_idle()


def test_every_number_of_files_leads_to_its_rows(counted: Tree, signed_in: SignedIn) -> None:
    client = signed_in(who(CENTRE_CLERK, counted.east))
    board = client.get(BOARD)
    shown = [chart.slug for chart in [*board.context["first"], *board.context["charts"]]]
    assert {"helped", "categories", "causes", "stages", "ages"} <= set(shown)
    seen = set()
    for url, number in links(board):
        rows = client.get(url)
        assert (len(rows.context["page"].rows), rows.context["has_moved"]) == (number, False), url
        seen.add(url)
    assert any("hardship.visits" in url for url in seen), "what was visited is counted too"
    assert any("by=helped" in url for url in seen) and len(seen) > 6


def test_board_and_api_tell_gv24(counted: Tree, signed_in: SignedIn) -> None:
    edition = Edition.objects.get()
    Figure.objects.filter(edition=edition, measure__startswith="hardship.migrants").delete()
    for measure, value in ((MIGRANTS, 4543), (LIVING_AIDED, 4278), (LIVING_AID, fen(1906700))):
        Figure.objects.create(edition=edition, unit=counted.east, measure=measure.name, value=value)
    client = signed_in(who(CENTRE_CLERK, counted.east))
    shown = text(client.get(BOARD))
    for words in (
        "户均生活救助 445.70 元",
        "农民工户生活救助覆盖率 94.2%",
        "农民工户生活救助金额 1,906,700.00 元",
    ):
        assert words in shown
    found = client.get(f"{ROOT}/measures/{LIVING_AID.name}/values/", {"unit": counted.east.number}).json()
    assert found["values"][-1]["value"] == "1906700.00"
    told: Any = client.get(f"{ROOT}/measures/").json()["averages"]
    assert [(one["over"], one["under"]) for one in told] == [(LIVING_AID.name, LIVING_AIDED.name)]


def test_the_board_tells_gv30(counted: Tree, signed_in: SignedIn) -> None:
    edition = Edition.objects.get()
    Figure.objects.filter(edition=edition, measure__in=[YEAR_START.name, LEFT_THIS_YEAR.name]).delete()
    for measure, value in ((YEAR_START, 4543), (LEFT_THIS_YEAR, 1362)):
        Figure.objects.create(edition=edition, unit=counted.east, measure=measure.name, value=value)
    client = signed_in(who(CENTRE_CLERK, counted.east))
    assert "本年至少应脱困 1,363 户 还差 1 户" in text(client.get(BOARD))
    Figure.objects.filter(edition=edition, measure=LEFT_THIS_YEAR.name).update(value=1363)
    assert "本年至少应脱困 1,363 户 已经达到" in text(client.get(BOARD))


def test_a_sum_of_money_leads_to_the_measures_it_adds_up(counted: Tree, signed_in: SignedIn) -> None:
    rows = signed_in(who(CENTRE_CLERK, counted.east)).get(f"/figures/rows/{LIVING_AID.name}/")
    assert "445.70 元" in text(rows) and not rows.context["has_moved"]
    assert len(rows.context["page"].rows) == 1
