"""Villages that a union helps, for tests: postings, industries, money and dividends walk their workflows."""

from typing import Any

from niangjia.assistance.access import APPROVER, CENTRE_CLERK, VILLAGE_OFFICER
from niangjia.assistance.models import PairedVillage, VillageDividend, VillagePosting
from niangjia.assistance.villages import dividends, postings, workflow
from niangjia.assistance.villages.kinds import DividendState, PostingState, VillageState
from niangjia.kernel.access import Actor
from tests.cast import Tree, a_region, an_actor, who
from tests.twinnings import REASON, day

BASIS = "县总工会结对帮扶安排（2026）"


class VillagePath:
    """The east helps two villages of a town of its own; `officer` lives in the first, `colleague` may follow."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.town = a_region("990102003000", "月溪乡", tree.east.region)
        self.clerk, self.approver = who(CENTRE_CLERK, tree.east), who(APPROVER, tree.east)
        self.officer = an_actor(VILLAGE_OFFICER, tree.east)
        self.colleague = an_actor(VILLAGE_OFFICER, tree.east)
        self.stranger = who(CENTRE_CLERK, tree.west)

    def pair(self, **given: Any) -> PairedVillage:
        facts = {"union": self.tree.east.number, "town": self.town.code, "name": "坪上村", "basis": BASIS}
        days = {"from_on": day(-60), "until_on": day(700), "distance_km": "30"}
        made: PairedVillage = workflow.pair(actor=self.clerk, **facts | days | given)
        return made

    def village_to(self, state: str = VillageState.HELPED, **given: Any) -> PairedVillage:
        row = self.pair(**given)
        if state == VillageState.HELP_ENDED:
            workflow.release(row, actor=self.clerk, **REASON)
        return row

    def industry(self, village: PairedVillage, **given: Any) -> None:
        facts = {"name": "食用菌大棚", "kind": "planting", "area_mu": "40", "households": "26"}
        workflow.record_industry(village, actor=self.clerk, **facts | {"started_on": day(-30)} | given)

    def fund(self, village: PairedVillage, **given: Any) -> None:
        facts = {"document": "县总工会拨款通知（2026）3 号", "given_on": day(), "amount": "100000"}
        workflow.record_funding(village, actor=self.clerk, **facts | given)

    def propose(
        self, under: PairedVillage | None = None, officer: Actor | None = None, **given: Any
    ) -> VillagePosting:
        facts = {
            "village": (under or self.pair()).number,
            "officer": (officer or self.officer).account.username,
            "role": "first_secretary",
            "basis": "县委组织部选派通知",
            "from_on": day(-30),
            "until_on": day(700),
        }
        made: VillagePosting = postings.propose(actor=self.clerk, **facts | given)
        return made

    def posting_to(self, state: str = PostingState.POSTED, **given: Any) -> VillagePosting:
        row = self.propose(**given)
        if state == PostingState.TURNED_DOWN:
            return postings.decline(row, actor=self.approver, **REASON)  # type: ignore[no-any-return]
        if state != PostingState.TO_APPROVE:
            postings.approve(row, actor=self.approver)
        if state == PostingState.RELIEVED:
            postings.call_back(row, actor=self.clerk, **REASON)
        return row

    def work(self, row: VillagePosting, **given: Any) -> None:
        facts = {"done_on": day(), "role": "adviser", "detail": "和村两委商量扩建大棚。"}
        postings.record_work(row, actor=self.officer, **facts | given)

    def record(self, under: PairedVillage | None = None, **given: Any) -> VillageDividend:
        facts = {
            "village": (under or self.pair()).number,
            "year": "2025",
            "amount": "130,500",
            "households": "88",
            "evidence": "村集体分红方案和发放表",
        }
        made: VillageDividend = dividends.record(actor=self.clerk, **facts | given)
        return made

    def dividend_to(self, state: str = DividendState.CERTIFIED, **given: Any) -> VillageDividend:
        row = self.record(**given)
        if state == DividendState.CERTIFIED:
            dividends.confirm(row, actor=self.approver)
        elif state == DividendState.DISALLOWED:
            dividends.reject(row, actor=self.approver, **REASON)
        return row
