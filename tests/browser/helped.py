"""Households with a plan, a cadre and a child out of school, for every address that shows them."""

from typing import Any

from niangjia.assistance.access import SPOT_CHECKER
from niangjia.assistance.plans import actions
from niangjia.assistance.plans.workflow import aid_plan
from niangjia.assistance.spot_checks.workflow import draw
from niangjia.assistance.twinning import giving, projects
from niangjia.kernel.access import Actor
from tests.browser.photos import a_photo
from tests.cast import Tree, who
from tests.plans import PairPath, SchoolPath
from tests.twinnings import TwinPath
from tests.villages import VillagePath


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
            **self._between_unions(tree),
            **self._in_villages(tree, visitors),
        }
        visitors["worker with a plan"] = asked.worker
        visitors["worker whose child left school"] = school.guardian
        self.steps = [[aid_plan.name, plan.public_id, step] for step in ("agree", "ask-for-change")]

    def _between_unions(self, tree: Tree) -> dict[str, Any]:
        """Money that waits for the word of the union helped, and a project under way into which its twin pays."""
        way = TwinPath(tree)
        help = way.help_to("given")
        project = way.draft()
        way.fund(project, amount="500000")
        way.fund(project, kind="twin", payer="", twinning=help.twinning.number, amount="300000")
        return {
            "twinnings": help.twinning,
            "twinning-help": help,
            "county-projects": project,
            "help-papers": giving.attach(
                help, actor=way.giver, kind="transfer", upload=a_photo("sent.jpg", "blue")
            ),
            "project-papers": projects.attach(
                project, actor=way.taker, kind="plan", upload=a_photo("plan.jpg", "yellow")
            ),
        }

    def _in_villages(self, tree: Tree, visitors: dict[str, Actor | None]) -> dict[str, Any]:
        """A village with everything a page shows, a cadre at work there, and a dividend that waits."""
        way = VillagePath(tree)
        posting = way.posting_to("posted")
        way.industry(posting.village)
        way.fund(posting.village)
        way.work(posting)
        visitors["cadre in a village"] = way.officer
        return {
            "paired-villages": posting.village,
            "village-postings": posting,
            "village-dividends": way.record(posting.village),
        }
