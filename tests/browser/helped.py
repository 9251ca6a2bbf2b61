"""Households with a plan, a cadre and a child out of school, for every address that shows them."""

from typing import Any

from niangjia.assistance.access import SPOT_CHECKER
from niangjia.assistance.plans import actions
from niangjia.assistance.plans.workflow import aid_plan
from niangjia.assistance.spot_checks.workflow import draw
from niangjia.kernel.access import Actor
from tests.browser.photos import a_photo
from tests.cast import Tree, who
from tests.plans import PairPath, SchoolPath


class Helped:
    """One plan waits for its household's word, another's measure is under way; one child is back at school."""

    def __init__(self, tree: Tree, visitors: dict[str, Actor | None]) -> None:
        asked, other, school = PairPath(tree), PairPath(tree), SchoolPath(tree)
        plan = asked.plan_to("offered")
        measure = other.measure_to("under_way")
        upload = a_photo("contract.jpg", "green")
        self.rows: dict[str, Any] = {
            "aid-plans": plan,
            "aid-measures": measure,
            "measure-papers": actions.attach(measure, actor=other.clerk, kind="contract", upload=upload),
            "plan-rows": plan.needs.get(),
            "pairings": other.pair(measure.plan.file),
            "spot-checks": draw(actor=who(SPOT_CHECKER, tree.city), district=tree.east.number),
            "schooling": school.case_to("back_at_school"),
        }
        visitors["worker with a plan"] = asked.worker
        visitors["worker whose child left school"] = school.guardian
        self.steps = [[aid_plan.name, plan.public_id, step] for step in ("agree", "ask-for-change")]
