"""Who may do what with notices and objections, rendered from the engine and kept as pages."""

import os
from pathlib import Path as File

import pytest
from django.utils import translation

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow import Workflow
from niangjia.kernel.workflow.permissions import table
from niangjia.notices.access import ANSWERER, RECEIVER
from niangjia.notices.workflow import notice, objection
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR
from tests.cast import Tree, a_post, a_tree, a_user, who
from tests.families import DAY, a_worker
from tests.notices.lists import Listing

FOLDER = File(__file__).resolve().parents[1] / "permissions"


def cast(tree: Tree) -> dict[str, Actor]:
    jack = a_user("沈望川")
    for duty in (RECEIVER, ANSWERER):
        a_post(duty, tree.east, jack)
    return {
        "职工": a_worker(tree.willow),
        "区受理员": who(RECEIVER, tree.east),
        "区答复人": who(ANSWERER, tree.east),
        "区里两样都兼": Actor.of(jack),
        "街道受理员": who(RECEIVER, tree.willow),
        "邻区受理员": who(RECEIVER, tree.west),
        "市答复人": who(ANSWERER, tree.city),
        "区帮扶经办": who(CENTRE_CLERK, tree.east),
        "区帮扶审批人": who(APPROVER, tree.east),
        "组织管理员": who(ADMINISTRATOR, tree.province),
        "经审员": who(AUDITOR, tree.city),
        "系统时钟": CLOCK,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("workflow", [notice, objection], ids=lambda workflow: workflow.name)
def test_the_permission_table_is_the_committed_one(workflow: Workflow) -> None:
    """Set NIANGJIA_WRITE_TABLES=1 to write it anew after a change that is meant."""
    with clock.at(DAY), translation.override("zh-hans"):
        tree = a_tree()
        people, listing = cast(tree), Listing(tree)
        rows: dict[str, object] = {}

        def row_at(state: str) -> object:
            if state not in rows:
                rows[state] = (listing.notice_in if workflow is notice else listing.objection)(state)
            return rows[state]

        text = (
            f"# {workflow.label}：谁能办什么\n\n✔ 能办 · 看得到但不能办 空白 看不到（404）! 条件未到\n\n"
            + table(workflow, row_at, people)
        )
    page = FOLDER / f"{workflow.name}.md"
    if os.environ.get("NIANGJIA_WRITE_TABLES"):
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text
