"""The funnel agrees with a count by hand, and each number with the rows behind it."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel import audit, clock
from niangjia.kernel.errors import Invalid
from niangjia.organisation.access import UNION_ORGANISER
from niangjia.organisation.building import funnel, queries, workflow
from niangjia.organisation.building.kinds import State
from niangjia.organisation.models import UnionBuilding
from tests.building import DAY, VISIT, Path
from tests.cast import Tree, who

LAST = DAY + timedelta(days=90)


def figures(path: str, first: date = DAY, last: date = LAST) -> dict[str, funnel.StageFigures]:
    return {stage.state.value: stage for stage in funnel.figures([path], first, last)}


def test_a_stay_is_counted_and_measured(path: Path, tree: Tree) -> None:
    for days in (1, 3, 10):
        with clock.at(DAY):
            case = path.begin()
        with clock.at(DAY + timedelta(days=days)):
            visit = {**VISIT, "visited_on": clock.today().isoformat()}
            path.step(workflow.record_visit, case, path.organiser, **visit)
    with clock.at(DAY):
        path.begin()
    found = figures(tree.province.path)
    lead, met = found["lead"], found["met"]
    assert (lead.came_in, lead.went_out, lead.now) == (4, 3, 1)
    assert (lead.median_days, lead.ninetieth_days) == (3.0, 10.0)
    assert (met.came_in, met.went_out, met.now, met.median_days) == (3, 0, 3, None)
    assert found["founded"] == funnel.StageFigures(State.FOUNDED)


def test_another_visit_neither_leaves_nor_comes(path: Path, tree: Tree) -> None:
    case = path.to(State.MET)
    with clock.at(DAY + timedelta(days=5)):
        path.step(workflow.visit_again, case, path.organiser, **VISIT, visited_on=clock.today().isoformat())
    met = figures(tree.province.path)["met"]
    assert (met.came_in, met.went_out, met.now) == (1, 0, 1)


def test_it_is_cut_down_by_place_and_period(path: Path, tree: Tree) -> None:
    path.to(State.MET)
    assert figures(tree.west.path)["lead"].came_in == 0
    assert figures(tree.east.path)["lead"].came_in == 1
    before = figures(tree.east.path, DAY - timedelta(days=9), DAY - timedelta(days=1))
    assert (before["lead"].came_in, before["met"].now) == (0, 0)
    after = figures(tree.east.path, DAY + timedelta(days=1), LAST)
    assert (after["met"].came_in, after["met"].now) == (0, 1)
    assert all(stage == funnel.StageFigures(stage.state) for stage in funnel.figures([], DAY, LAST))
    with pytest.raises(Invalid):
        funnel.figures([tree.east.path], LAST, DAY)
    with pytest.raises(Invalid):
        funnel.figures([tree.east.path], date.min, date.max)


def test_each_number_leads_to_its_rows(path: Path, tree: Tree) -> None:
    for state in State:
        path.to(state)
    actor = who(UNION_ORGANISER, tree.city)
    for stage in funnel.figures([tree.province.path], DAY, LAST):
        for movement, count in (("in", stage.came_in), ("out", stage.went_out), ("now", stage.now)):
            rows = queries.moved(actor, stage.state.value, movement, DAY, LAST)
            assert rows.count() == count, (stage.state, movement)
    assert (
        sum(stage.now for stage in funnel.figures([tree.province.path], DAY, LAST))
        == UnionBuilding.objects.count()
    )


def nearest_rank(values: Sequence[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[-(-len(ordered) * share // 100) - 1]


@given(days=st.lists(st.integers(0, 40), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_ranks_are_those_of_real_stays(path: Path, tree: Tree, days: list[int]) -> None:
    from django.db import transaction

    with transaction.atomic():
        for length in days:
            with clock.at(DAY):
                case = path.begin()
            with clock.at(DAY + timedelta(days=length, hours=0)):
                path.step(workflow.give_up, case, path.organiser, given_up_for="closed", remark="已经注销了")
        lead = figures(tree.east.path)["lead"]
        transaction.set_rollback(True)
    assert lead.went_out == len(days)
    assert lead.median_days == nearest_rank(days, 50)
    assert lead.ninetieth_days == nearest_rank(days, 90)
    assert lead.median_days <= median(days) <= max(days)


def test_it_asks_the_database_once(path: Path, tree: Tree, django_assert_num_queries: Any) -> None:
    path.to(State.MET)
    with django_assert_num_queries(1):
        figures(tree.province.path)
    assert audit.history(UnionBuilding.objects.get()).count() == 2
