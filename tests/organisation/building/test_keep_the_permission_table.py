"""Who may do what in union building, rendered from the engine and kept as a page."""

import os
from pathlib import Path as File

import pytest
from django.utils import translation

from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow.permissions import table
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR, BUILDING_APPROVER, UNION_ORGANISER
from niangjia.organisation.building.workflow import building
from tests.building import DAY, Path
from tests.cast import Tree, a_post, a_tree, a_user, who
from tests.families import a_worker

PAGE = File(__file__).resolve().parents[2] / "permissions" / "union-building.md"


def cast(tree: Tree) -> dict[str, Actor]:
    jack = a_user("沈望川")
    for duty in (UNION_ORGANISER, BUILDING_APPROVER):
        a_post(duty, tree.east, jack)
    return {
        "职工": a_worker(tree.willow),
        "街道建会专干": who(UNION_ORGANISER, tree.willow),
        "邻街建会专干": who(UNION_ORGANISER, tree.maple),
        "区建会专干": who(UNION_ORGANISER, tree.east),
        "区审批人": who(BUILDING_APPROVER, tree.east),
        "区里两样都兼": Actor.of(jack),
        "邻区审批人": who(BUILDING_APPROVER, tree.west),
        "市审批人": who(BUILDING_APPROVER, tree.city),
        "组织管理员": who(ADMINISTRATOR, tree.province),
        "经审员": who(AUDITOR, tree.city),
        "系统时钟": CLOCK,
    }


@pytest.mark.django_db
def test_the_permission_table_is_the_committed_one() -> None:
    """Set NIANGJIA_WRITE_TABLES=1 to write it anew after a change that is meant."""
    with clock.at(DAY), translation.override("zh-hans"):
        tree = a_tree()
        people, path = cast(tree), Path(tree)
        rows: dict[str, object] = {}

        def row_at(state: str) -> object:
            if state not in rows:
                rows[state] = path.to(state)
            return rows[state]

        text = "# 建会工作：谁能办什么\n\n✔ 能办 · 看得到但不能办 空白 看不到（404）! 条件未到\n\n" + table(
            building, row_at, people
        )
    if os.environ.get("NIANGJIA_WRITE_TABLES"):
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text
