"""Committed pages that say who may do what, for workflows in which each state begins anew."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.kernel.workflow.permissions import table
from tests.cast import Tree, a_tree
from tests.families import DAY

PAGES = Path(__file__).resolve().parent / "permissions"


def is_the_committed_one(name: str, scene: Callable[[Tree, str], tuple[Any, Mapping[str, Actor]]]) -> None:
    """`scene(tree, state)` makes a row of that state and the cast that looks at it.

    Set NIANGJIA_WRITE_TABLES=1 to write the page anew after a change that is meant.
    """
    page, workflow = PAGES / f"{name}.md", WORKFLOWS[name]
    lines: list[str] = []
    with clock.at(DAY), translation.override("zh-hans"):
        for stage in workflow.stages:
            with transaction.atomic():
                whole = _table(name, *scene(a_tree(), stage.state))
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


def _table(name: str, row: Any, cast: Mapping[str, Actor]) -> list[str]:
    return table(WORKFLOWS[name], lambda _state: row, cast).splitlines()
