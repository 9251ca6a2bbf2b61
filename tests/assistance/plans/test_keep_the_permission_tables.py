"""Who may do what in plans, measures, pairings and drop-out cases, rendered from the engine and kept as pages."""

import os
from collections.abc import Callable
from pathlib import Path as File
from typing import Any

import pytest
from django.utils import translation

from niangjia.assistance.access import APPROVER, CENTRE_CLERK, PAIRED_LEADER, REVIEWER, SCHOOL_WORKER, VISITOR
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.kernel.workflow.permissions import table
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR
from tests.cast import Tree, a_tree, who
from tests.families import DAY, a_worker
from tests.plans import PairPath, SchoolPath

PAGES = File(__file__).resolve().parents[2] / "permissions"


def cast(tree: Tree, way: PairPath, school: SchoolPath) -> dict[str, Actor]:
    return {
        "本人": way.worker,
        "监护人": school.guardian,
        "别的职工": a_worker(tree.willow),
        "街道初审员": who(REVIEWER, tree.willow),
        "街道核查员": who(VISITOR, tree.willow),
        "区帮扶中心": who(CENTRE_CLERK, tree.east),
        "区审批人": who(APPROVER, tree.east),
        "邻区帮扶中心": who(CENTRE_CLERK, tree.west),
        "结对干部（邻区）": way.cadre,
        "没结对的领导": who(PAIRED_LEADER, tree.city),
        "区劝学专干": who(SCHOOL_WORKER, tree.east),
        "邻区劝学专干": who(SCHOOL_WORKER, tree.west),
        "组织管理员": who(ADMINISTRATOR, tree.province),
        "经审员": who(AUDITOR, tree.city),
        "系统时钟": CLOCK,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["aid-plan", "aid-measure", "pairing", "schooling"])
def test_the_permission_table_is_the_committed_one(name: str) -> None:
    """Set NIANGJIA_WRITE_TABLES=1 to write it anew after a change that is meant."""
    page, workflow = PAGES / f"{name}.md", WORKFLOWS[name]
    with clock.at(DAY), translation.override("zh-hans"):
        tree = a_tree()
        lines: list[str] = []
        for stage in workflow.stages:
            lines += _lines(name, stage.state, tree, with_head=not lines)
        text = (
            f"# {workflow.label}：谁能办什么\n\n"
            "✔ 能办 · 看得到但不能办 空白 看不到（404）! 条件未到\n\n" + "\n".join(lines) + "\n"
        )
    if os.environ.get("NIANGJIA_WRITE_TABLES"):
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text


def _lines(name: str, state: str, tree: Tree, *, with_head: bool) -> list[str]:
    """The part of the table about one state, of a household of its own: one has one of each at a time."""
    way, school = PairPath(tree), SchoolPath(tree)
    makers: dict[str, Callable[[str], Any]] = {
        "aid-plan": way.plan_to,
        "aid-measure": way.measure_to,
        "pairing": way.pairing_to,
        "schooling": school.case_to,
    }
    row = makers[name](state)
    if name.startswith("aid-"):
        way.pair(row.file if name == "aid-plan" else row.plan.file)
    whole = table(WORKFLOWS[name], lambda _state: row, cast(tree, way, school)).splitlines()
    mine = [line for line in whole if line.startswith(f"| {WORKFLOWS[name].state_label(state)} |")]
    return (whole[:2] if with_head else []) + mine
