"""What is counted: key counties and their helpers, money by month and purpose, projects by milestone, the uneven."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from niangjia.assistance.models import CountyProject
from niangjia.assistance.twinning import figures, giving, queries, workflow
from niangjia.assistance.twinning.kinds import HelpState, ProjectState
from niangjia.kernel import clock
from niangjia.kernel.figures import Period
from niangjia.organisation.models import ParameterValue, UnionBody
from tests.cast import Tree
from tests.twinnings import REASON, TwinPath, a_county, day, mark

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.django_db
def test_key_counties_are_those_marked_that_day(tree: Tree) -> None:
    way = TwinPath(tree)
    mark(way.north, since=date(2026, 3, 10))
    assert list(figures.KEY.rows(FEBRUARY)) == [tree.east]
    assert set(figures.KEY.rows(MARCH)) == {tree.east, way.north}
    ParameterValue.objects.filter(region=tree.east.region).update(valid_to=date(2026, 3, 20))
    assert list(figures.KEY.rows(MARCH)) == [way.north]


@pytest.mark.django_db
def test_a_county_counts_as_helped_from_the_approval_to_the_end(tree: Tree) -> None:
    way = TwinPath(tree)
    mark(way.north)
    row = way.twinning_to()
    assert list(figures.HELPED.rows(MARCH)) == [tree.east]
    assert list(figures.ALONE.rows(MARCH)) == [way.north]
    assert not figures.HELPED.rows(FEBRUARY).exists()
    assert figures.TWINNINGS.beneath(tree.east.path, MARCH).get() == row
    assert not figures.TWINNINGS.beneath(tree.west.path, MARCH).exists()
    workflow.end(row, actor=way.clerk, **REASON)
    assert not figures.HELPED.rows(MARCH).exists()


@pytest.mark.django_db
def test_money_counts_when_it_is_confirmed_by_what_arrived_and_for_the_helped(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.twinning_to()
    way.help_to(HelpState.GIVEN, under=row)
    came = way.help_to(HelpState.GIVEN, under=row, purpose="visits", amount="3000.10")
    giving.confirm(came, actor=way.taker, confirmed_on=day(), arrived_amount="3000.05", remark="扣除手续费")
    way.help_to(HelpState.ARRIVED, under=row, kind="advice", purpose="jobs", amount="")
    assert figures.MONEY.counted(figures.MONEY.beneath(tree.east.path, MARCH)) == 300005
    assert not figures.MONEY.beneath(tree.west.path, MARCH).exists()
    assert not figures.MONEY.rows(FEBRUARY).exists()
    assert figures.ADVICE.rows(MARCH).count() == 1


@pytest.mark.django_db
def test_projects_count_at_the_milestone_reached_by_then_and_late_ones_apart(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.project_to(ProjectState.STARTED)
    CountyProject.objects.update(drafted_on=date(2026, 2, 1), planned_on=date(2026, 2, 10))

    def reached(period: Period) -> Any:
        return list(figures.PROJECTS.groups(period))

    assert reached(FEBRUARY) == [(row.unit_id, "planned_on", 1)]
    assert reached(MARCH) == [(row.unit_id, "started_on", 1)]
    assert not figures.OVERDUE.rows(MARCH).exists()
    CountyProject.objects.update(fund_by=date(2026, 2, 20), plan_by=date(2026, 2, 20))
    assert figures.OVERDUE.rows(FEBRUARY).get() == row
    assert not figures.OVERDUE.rows(MARCH).exists()


@pytest.mark.django_db
def test_nine_help_three_and_who_has_more_than_its_part_is_shown(tree: Tree) -> None:
    """S04-04: nine county unions help three; even would be three each."""
    way = TwinPath(tree)
    third = a_county(tree, "990126000000", "南岭县")
    mark(way.north)
    mark(third)
    givers = [tree.west] + [
        a_county(tree, f"9901{number}000000", f"第{number}区") for number in range(31, 39)
    ]

    def pair(giver: UnionBody, taker: UnionBody) -> None:
        way.twinning_to(helper=giver.number, helped=taker.number)

    for number, giver in enumerate(givers[:8]):
        pair(giver, [tree.east, tree.east, way.north][number % 3])
    alone, north, east = queries.overview(way.clerk, 2026)
    assert [len(one.helpers) for one in (alone, north, east)] == [0, 2, 6]
    assert (alone.union, east.fewest, east.most) == (third, 2, 3)
    assert alone.has_few and east.has_many and not (north.has_few or north.has_many)
    [own] = queries.overview(way.taker, 2026)
    assert own.union == tree.east
    assert not queries.overview(way.giver, 2026)


@pytest.mark.django_db
def test_the_money_of_a_year_is_shown_planned_and_arrived(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.twinning_to()
    way.help_to(HelpState.ARRIVED, under=row, amount="100000")
    way.help_to(HelpState.ARRIVED, under=row, amount="20000", purpose="event")
    way.help_to(HelpState.ARRIVED, under=row, amount="", kind="advice", purpose="event")
    way.help_to(HelpState.WITHDRAWN, under=row, amount="7000")
    way.promise(row, amount="30000", planned_on=(clock.today() + timedelta(days=20)).isoformat())
    way.promise(row, amount="50000", planned_on="2027-02-01")
    [this_year] = queries.overview(way.taker, 2026)
    assert (this_year.planned, this_year.arrived) == (Decimal(150000), Decimal(120000))
    assert (this_year.even, this_year.share_of_even) == (Decimal(120000), 100)
    [next_year] = queries.overview(way.taker, 2027)
    assert (next_year.planned, next_year.arrived) == (Decimal(50000), Decimal(0))
    assert next_year.share_of_even is None
    mark(way.north)
    shares = {one.union: one.share_of_even for one in queries.overview(way.clerk, 2026)}
    assert shares == {tree.east: 200, way.north: 0}
    assert queries.arrived_by_purpose(way.taker, [this_year], 2026) == [
        ("cadre_training", Decimal(100000)),
        ("event", Decimal(20000)),
    ]
    assert queries.arrived_by_purpose(way.taker, [this_year], 2027) == []
    asked = queries.Asked(year=2026, unit=tree.east, purpose="cadre_training")
    assert queries.help_chosen(way.taker, asked).get().arrived_amount == Decimal(100000)
