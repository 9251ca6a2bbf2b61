"""What is counted: villages, cadres, industries and their area by kind, money and dividends by month."""

from datetime import date
from typing import Any

import pytest

from niangjia.assistance.models import VillagePosting
from niangjia.assistance.twinning.queries import Asked
from niangjia.assistance.villages import dividends, figures, postings, queries, workflow
from niangjia.kernel.figures import Period
from tests.cast import Tree
from tests.twinnings import REASON, day
from tests.villages import VillagePath

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
DECEMBER = Period(date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.django_db
def test_villages_and_cadres_count_from_their_day_to_their_end(tree: Tree) -> None:
    way = VillagePath(tree)
    posting = way.posting_to()
    VillagePosting.objects.update(approved_on=date(2026, 2, 10))
    assert [figures.VILLAGES.rows(period).count() for period in (DECEMBER, FEBRUARY, MARCH)] == [0, 1, 1]
    assert list(figures.OFFICERS.groups(FEBRUARY)) == [(tree.east.pk, "first_secretary", 1)]
    postings.call_back(VillagePosting.objects.get(), actor=way.clerk, **REASON)
    assert not figures.OFFICERS.rows(MARCH).exists() and figures.OFFICERS.rows(FEBRUARY).exists()
    workflow.release(posting.village, actor=way.clerk, **REASON)
    assert not figures.VILLAGES.rows(MARCH).exists()


@pytest.mark.django_db
def test_forty_and_two_hundred_mu_run_and_what_is_planned_does_not(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.pair()
    way.industry(row)
    way.industry(row, name="猕猴桃", area_mu="200", started_on="2026-02-20")
    way.industry(row, name="茶园", area_mu="900", started_on="")
    way.industry(row, name="加工厂", kind="processing", area_mu="0")
    assert set(figures.INDUSTRIES.groups(MARCH)) == {
        (tree.east.pk, "planting", 2),
        (tree.east.pk, "processing", 1),
    }
    assert figures.AREA.counted(figures.AREA.beneath(tree.east.path, MARCH)) == 240
    assert not figures.AREA.beneath(tree.west.path, MARCH).exists()
    found = queries.totals(way.clerk, 2026)
    assert (found.villages, found.officers, found.industries, found.area_mu) == (1, 0, 3, 240)


@pytest.mark.django_db
def test_money_counts_when_given_and_dividends_when_confirmed(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.pair()
    way.fund(row, amount="100000.05", given_on="2026-02-28")
    shared = way.dividend_to(under=row)
    waiting = way.record(row, year="2024")
    assert figures.MONEY.counted(figures.MONEY.rows(FEBRUARY)) == 10_000_005
    assert not figures.MONEY.rows(MARCH).exists()
    assert figures.DIVIDENDS.counted(figures.DIVIDENDS.rows(MARCH)) == 13_050_000
    dividends.reject(waiting, actor=way.approver, **REASON)
    workflow.release(row, actor=way.clerk, **REASON)
    found = queries.totals(way.clerk, 2025)
    assert (found.villages, found.shared) == (0, 130_500)
    dividends.reject(shared, actor=way.approver, **REASON)
    assert not figures.DIVIDENDS.rows(MARCH).exists()


@pytest.mark.django_db
def test_the_list_says_who_is_there_what_runs_and_what_the_year_brought(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.posting_to().village
    way.industry(row)
    way.fund(row, given_on="2025-05-01")
    way.fund(row, document="县总工会 9 号通知", amount="20000")
    way.dividend_to(under=row)

    def told(**asked: Any) -> Any:
        [one] = queries.villages_chosen(way.clerk, Asked(**asked))
        return one.secretary, one.area, one.given, one.shared

    assert told() == (way.officer.account.name, 40, 20_000, None)
    assert told(year=2025, words="坪上") == (way.officer.account.name, 40, 100_000, 130_500)
    assert queries.postings_chosen(way.clerk, Asked(words="月溪", unit=tree.east)).exists()
    assert not queries.postings_chosen(way.clerk, Asked(unit=tree.west)).exists()
    assert queries.dividends_chosen(way.clerk, Asked(year=2025)).exists()
    assert not queries.dividends_chosen(way.clerk, Asked(year=2024, words=day())).exists()
