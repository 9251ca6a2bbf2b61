"""Who may do what with villages, postings and dividends, kept as pages."""

from collections.abc import Callable
from typing import Any

import pytest

from niangjia.assistance.access import APPROVER, CENTRE_CLERK, REVIEWER
from niangjia.assistance.villages.kinds import PostingState, VillageState
from niangjia.kernel.access import CLOCK, Actor
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR
from tests.cast import Tree, who
from tests.families import a_worker
from tests.permission_pages import is_the_committed_one
from tests.villages import VillagePath


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["paired-village", "village-posting", "village-dividend"])
def test_the_permission_table_is_the_committed_one(name: str) -> None:
    def scene(tree: Tree, state: str) -> tuple[Any, dict[str, Actor]]:
        way = VillagePath(tree)
        makers: dict[str, Callable[[str], Any]] = {
            "paired-village": lambda state: _lived_in(way, state),
            "village-posting": way.posting_to,
            "village-dividend": lambda state: way.dividend_to(state, under=way.posting_to().village),
        }
        return makers[name](state), _cast(tree, way)

    is_the_committed_one(name, scene)


def _lived_in(way: VillagePath, state: str) -> Any:
    if state == VillageState.HELPED:
        return way.posting_to(PostingState.POSTED).village
    return way.village_to(state)


def _cast(tree: Tree, way: VillagePath) -> dict[str, Actor]:
    return {
        "职工": a_worker(tree.willow),
        "街道初审员": who(REVIEWER, tree.willow),
        "县经办": way.clerk,
        "县审批人": way.approver,
        "驻村干部": way.officer,
        "没有驻村的干部": way.colleague,
        "市经办": who(CENTRE_CLERK, tree.city),
        "市审批人": who(APPROVER, tree.city),
        "邻县经办": way.stranger,
        "组织管理员": who(ADMINISTRATOR, tree.province),
        "经审员": who(AUDITOR, tree.city),
        "系统时钟": CLOCK,
    }
