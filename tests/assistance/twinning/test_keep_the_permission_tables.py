"""Who may do what in twinnings, help between unions and county projects, kept as pages."""

from collections.abc import Callable
from typing import Any

import pytest

from niangjia.assistance.access import CENTRE_CLERK, REVIEWER
from niangjia.kernel.access import CLOCK, Actor
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR
from tests.cast import Tree, an_actor, who
from tests.families import a_worker
from tests.permission_pages import is_the_committed_one
from tests.twinnings import TwinPath


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["twinning", "twinning-help", "county-project"])
def test_the_permission_table_is_the_committed_one(name: str) -> None:
    def scene(tree: Tree, state: str) -> tuple[Any, dict[str, Actor]]:
        way = TwinPath(tree)
        makers: dict[str, Callable[[str], Any]] = {
            "twinning": way.twinning_to,
            "twinning-help": way.help_to,
            "county-project": way.project_to,
        }
        return makers[name](state), _cast(tree, way)

    is_the_committed_one(name, scene)


def _cast(tree: Tree, way: TwinPath) -> dict[str, Actor]:
    return {
        "职工": a_worker(tree.willow),
        "街道初审员": who(REVIEWER, tree.willow),
        "帮扶区经办": way.giver,
        "受助县经办": way.taker,
        "受助县审批人": way.chair,
        "市经办": way.clerk,
        "市另一经办": an_actor(CENTRE_CLERK, tree.city),
        "市审批人": way.approver,
        "第三县经办": way.stranger,
        "组织管理员": who(ADMINISTRATOR, tree.province),
        "经审员": who(AUDITOR, tree.city),
        "系统时钟": CLOCK,
    }
