"""Unions that help unions, for tests: twinnings, help and projects walk their workflows as they really do."""

from datetime import date, timedelta
from typing import Any

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.models import CountyProject, Twinning, TwinningHelp
from niangjia.assistance.twinning import giving, projects, workflow
from niangjia.assistance.twinning.kinds import HelpState, ProjectState, TwinningState
from niangjia.assistance.twinning.parameters import KEY_COUNTY
from niangjia.kernel import clock
from niangjia.organisation.kinds import UnionKind, UnionLevel
from niangjia.organisation.models import ParameterValue, UnionBody
from tests.cast import LONG_AGO, Tree, a_region, a_union, an_actor, who

REASON = {"remark": "与年度安排不一致，请另行协商"}
BASIS = "市总工会县区结对帮扶方案（2026）"


def day(days: int = 0) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def mark(union: UnionBody, *, since: date = LONG_AGO) -> None:
    """A key county, by the list."""
    ParameterValue.objects.create(
        name=KEY_COUNTY,
        region=union.region,
        value=True,
        valid_from=since,
        source="省级扶贫开发重点县名单",
        evidence="decision",
    )


def a_county(tree: Tree, code: str, name: str) -> UnionBody:
    return a_union(
        f"{name}总工会",
        tree.city,
        region=a_region(code, name, tree.city.region),
        level=UnionLevel.COUNTY,
        kind=UnionKind.COUNTY_FEDERATION,
    )


class TwinPath:
    """The west helps the east, a key county; `north` is a third county, to which nothing belongs here."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.helper, self.helped = tree.west, tree.east
        self.north = a_county(tree, "990125000000", "北塔县")
        mark(tree.east)
        self.clerk, self.approver = who(CENTRE_CLERK, tree.city), who(APPROVER, tree.city)
        self.giver, self.taker = who(CENTRE_CLERK, tree.west), who(CENTRE_CLERK, tree.east)
        self.chair = who(APPROVER, tree.east)
        self.stranger = who(CENTRE_CLERK, self.north)

    def propose(self, **given: Any) -> Twinning:
        facts = {"helper": self.helper.number, "helped": self.helped.number, "basis": BASIS}
        days = {"from_on": day(), "until_on": day(730)}
        made: Twinning = workflow.propose(actor=self.clerk, **facts | days | given)
        return made

    def twinning_to(self, state: str = TwinningState.TWINNED, **given: Any) -> Twinning:
        row = self.propose(**given)
        if state == TwinningState.TURNED_DOWN:
            return workflow.decline(row, actor=self.approver, **REASON)  # type: ignore[no-any-return]
        if state != TwinningState.TO_APPROVE:
            workflow.approve(row, actor=self.approver)
        if state == TwinningState.PARTED:
            workflow.end(row, actor=self.clerk, **REASON)
        return row

    def promise(self, under: Twinning | None = None, **given: Any) -> TwinningHelp:
        facts = {"kind": "money", "purpose": "cadre_training", "amount": "50,000.50", "planned_on": day(5)}
        number = (under or self.twinning_to()).number
        made: TwinningHelp = giving.promise(
            actor=self.giver, **facts | {"twinning": number, "detail": "两期工会干部培训班"} | given
        )
        return made

    def help_to(self, state: str, **given: Any) -> TwinningHelp:
        row = self.promise(**given)
        if state == HelpState.WITHDRAWN:
            return giving.withdraw(row, actor=self.giver, **REASON)  # type: ignore[no-any-return]
        if state != HelpState.PROMISED:
            giving.give(row, actor=self.giver, given_on=day())
        if state == HelpState.ARRIVED:
            arrived = {} if row.amount is None else {"arrived_amount": str(row.amount)}
            giving.confirm(row, actor=self.taker, confirmed_on=day(), **arrived)
        return row

    def draft(self, **given: Any) -> CountyProject:
        facts = {
            "county": self.helped.number,
            "name": "东桥工业园区农民工服务中心",
            "kind": "service_centre",
            "place": "东桥工业园区",
            "total_amount": "800000",
        }
        days = {"plan_by": day(10), "fund_by": day(30), "start_by": day(60), "finish_by": day(300)}
        made: CountyProject = projects.draft(actor=self.taker, **facts | days | given)
        return made

    def fund(self, row: CountyProject, **given: Any) -> None:
        facts = {"kind": "government", "payer": "县财政局", "amount": "800000"}
        projects.record_funding(row, actor=self.taker, **facts | given)

    def project_to(self, state: str, **given: Any) -> CountyProject:
        row = self.draft(**given)
        steps: list[tuple[Any, Any, dict[str, Any]]] = [
            (projects.plan, self.taker, {}),
            (projects.arrange, self.chair, {}),
            (projects.start, self.taker, {"started_on": day()}),
            (projects.finish, self.taker, {"finished_on": day()}),
        ]
        if state == ProjectState.HALTED:
            return projects.abandon(row, actor=self.chair, **REASON)  # type: ignore[no-any-return]
        self.fund(row)
        for step, actor, data in steps:
            if row.state == state:
                break
            step(row, actor=actor, **data)
        return row

    def second_clerk(self, union: UnionBody) -> Any:
        return an_actor(CENTRE_CLERK, union)
