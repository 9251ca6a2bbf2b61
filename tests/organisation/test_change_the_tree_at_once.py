"""Several people change the tree at the same moment. SQLite writes one after another: PostgreSQL is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from niangjia.kernel.access import Actor
from niangjia.organisation import actions, paths
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.kinds import UnionKind, UnionLevel
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, a_tree, who

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def standing() -> Tree:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    return a_tree()


def together(*steps: Callable[[], Any]) -> list[Any]:
    """Starts all steps at the same moment, each on a connection of its own."""
    start = Barrier(len(steps))

    def run(step: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return step()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return [future.result(30) for future in [pool.submit(run, step) for step in steps]]


def founding(actor: Actor, parent: UnionBody, number: int) -> Callable[[], UnionBody]:
    return lambda: actions.found_union(
        actor=actor,
        name=f"第{number}工会",
        number=f"T-{number:03}",
        kind=UnionKind.GRASSROOTS_UNION,
        level=UnionLevel.GRASSROOTS,
        region=parent.region.code,
        parent=parent.public_id,
        founded_on=date(2026, 1, 1),
    )


def assert_every_path_follows_its_parent() -> None:
    for union in UnionBody.objects.exclude(parent=None).select_related("parent"):
        assert union.path[: -paths.STEP] == union.parent.path, union


def test_unions_founded_at_once_get_different_places(standing: Tree) -> None:
    actor = who(ADMINISTRATOR, standing.city)
    founded = together(*(founding(actor, standing.willow, number) for number in range(8)))
    assert len({union.path for union in founded}) == 8
    assert_every_path_follows_its_parent()


def test_a_union_founded_while_its_street_moves_is_not_left_behind(standing: Tree) -> None:
    actor = who(ADMINISTRATOR, standing.city)
    homes = [standing.west, standing.east]
    for round_ in range(6):
        target = homes[round_ % 2].public_id
        together(
            lambda target=target: actions.move_union(standing.willow, actor=actor, new_parent=target),
            founding(actor, standing.willow, 100 + round_),
        )
        assert_every_path_follows_its_parent()
