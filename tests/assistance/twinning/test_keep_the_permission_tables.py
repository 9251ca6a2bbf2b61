"""Who may do what in twinnings, help between unions and county projects, kept as pages."""

import os
from collections.abc import Callable
from pathlib import Path as File
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from niangjia.assistance.access import CENTRE_CLERK, REVIEWER
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.kernel.workflow.permissions import table
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR
from tests.cast import Tree, a_tree, an_actor, who
from tests.families import DAY, a_worker
from tests.twinnings import TwinPath

PAGES = File(__file__).resolve().parents[2] / "permissions"


def cast(tree: Tree, way: TwinPath) -> dict[str, Actor]:
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


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["twinning", "twinning-help", "county-project"])
def test_the_permission_table_is_the_committed_one(name: str) -> None:
    """Set NIANGJIA_WRITE_TABLES=1 to write it anew after a change that is meant."""
    page, workflow = PAGES / f"{name}.md", WORKFLOWS[name]
    lines: list[str] = []
    with clock.at(DAY), translation.override("zh-hans"):
        for stage in workflow.stages:
            # Each state begins anew: two unions are paired only once at a time.
            with transaction.atomic():
                whole = _table(name, stage.state, a_tree()).splitlines()
                transaction.set_rollback(True)
            mine = [line for line in whole if line.startswith(f"| {workflow.state_label(stage.state)} |")]
            lines += ([] if lines else whole[:2]) + mine
        text = (
            f"# {workflow.label}：谁能办什么\n\n"
            "✔ 能办 · 看得到但不能办 空白 看不到（404）! 条件未到\n\n" + "\n".join(lines) + "\n"
        )
    if os.environ.get("NIANGJIA_WRITE_TABLES"):
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text


def _table(name: str, state: str, tree: Tree) -> str:
    way = TwinPath(tree)
    makers: dict[str, Callable[[str], Any]] = {
        "twinning": way.twinning_to,
        "twinning-help": way.help_to,
        "county-project": way.project_to,
    }
    row = makers[name](state)
    return table(WORKFLOWS[name], lambda _state: row, cast(tree, way))
