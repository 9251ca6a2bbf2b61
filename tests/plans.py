"""Plans, pairings and drop-out cases for tests: they walk their workflows as they really do."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from niangjia.assistance.access import PAIRED_CADRE, PAIRED_LEADER, SCHOOL_WORKER
from niangjia.assistance.kinds import State
from niangjia.assistance.models import AidMeasure, AidPlan, HardshipFile, Pairing, SchoolingCase
from niangjia.assistance.pairing import workflow as pairings
from niangjia.assistance.pairing.kinds import PairingState
from niangjia.assistance.plans import actions, measures, workflow
from niangjia.assistance.plans.kinds import MeasureState, PlanState
from niangjia.assistance.schooling import workflow as schooling
from niangjia.assistance.schooling.kinds import SchoolState
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.users import User
from niangjia.membership import actions as membership
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, a_post, a_user, who
from tests.families import Path, an_id_number

GOAL = "爱人能上班，孩子学费不愁，两年内家庭收入稳定。"
OFFICE = "0599-8123456"
REASON = {"remark": "措施和实际对不上，请修改"}
SAID = "孩子说跟不上功课，家长愿意配合。"


def day(days: int = 0) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def a_measure(**given: Any) -> dict[str, Any]:
    return {
        "kind": "job",
        "detail": "介绍到纺织厂做质检员，签一年合同。",
        "provider": "县总工会职业介绍所",
        "begins_on": day(3),
        "ends_on": day(30),
        **given,
    }


class PlanPath(Path):
    """How the plan of one filed household gets to each state, and who takes each step."""

    def filed(self) -> HardshipFile:
        return self.to(State.FILED)

    def draft(self, file: HardshipFile | None = None) -> AidPlan:
        plan: AidPlan = workflow.draft(actor=self.clerk, file=(file or self.filed()).number, goal=GOAL)
        return plan

    def ready(self, plan: AidPlan) -> None:
        """A need and a measure."""
        actions.record_need(plan, actor=self.clerk, kind="job", intensity="3", note="爱人下岗两年")
        self.suggest(plan)

    def suggest(self, plan: AidPlan, **given: Any) -> AidMeasure:
        made: AidMeasure = measures.suggest(actor=self.clerk, plan=plan.number, **a_measure(**given))
        return made

    def plan_to(self, state: str) -> AidPlan:
        plan = self.draft()
        if state == PlanState.DRAFTED:
            return plan
        if state == PlanState.ABANDONED:
            return self._done(workflow.abandon, plan, self.clerk, **REASON)
        self.ready(plan)
        self._done(workflow.offer, plan, self.clerk)
        steps: list[tuple[str, Any, Actor, dict[str, Any]]] = [
            (PlanState.AGREED, workflow.agree, self.worker, {}),
            (PlanState.IN_FORCE, workflow.approve, self.approver, {}),
        ]
        for _reached, step, actor, data in steps:
            if plan.state == state:
                return plan
            self._done(step, plan, actor, **data)
        if state == PlanState.CONCLUDED:
            for measure in plan.measures.all():
                measures.drop(measure, actor=self.clerk, **REASON)
            self._done(workflow.conclude, plan, self.clerk, result="ended", remark="全家迁往外地，方案终止")
        return plan

    def measure_to(self, state: str) -> AidMeasure:
        if state == MeasureState.SUGGESTED:
            return self.suggest(self.plan_to(PlanState.DRAFTED))
        measure: AidMeasure = self.plan_to(PlanState.IN_FORCE).measures.get()
        if state == MeasureState.DROPPED:
            return self._done(measures.drop, measure, self.clerk, **REASON)
        if state in (MeasureState.UNDER_WAY, MeasureState.DONE):
            self._done(measures.start, measure, self.clerk, begun_on=day())
        if state == MeasureState.DONE:
            self._done(measures.finish, measure, self.clerk, **self.finished())
        return measure

    def finished(self) -> dict[str, Any]:
        return {"done_on": day(), "result": "已上岗，月薪三千二。", "evidence": "合同复印件在档案盒"}

    def _done(self, step: Callable[..., Any], row: Any, actor: Actor, **data: Any) -> Any:
        return step(row, actor=actor, **data)


class PairPath(PlanPath):
    """One household, its cadre, and a colleague to hand it to."""

    def __init__(self, tree: Tree, unit: UnionBody | None = None) -> None:
        super().__init__(tree, unit)
        self.tree = tree
        # Of another county on purpose: the pairing alone opens the household.
        self.cadre = Actor.of(self.a_cadre(tree.west))
        self.colleague = self.a_cadre(tree.city)

    def a_cadre(self, unit: UnionBody, *, is_leader: bool = False) -> User:
        return a_post(PAIRED_LEADER if is_leader else PAIRED_CADRE, unit, a_user()).user

    def pair(self, file: HardshipFile | None = None, cadre: User | None = None) -> Pairing:
        made: Pairing = pairings.pair(
            actor=self.clerk,
            file=(file or self.filed()).number,
            cadre=(cadre or self.cadre.account).username,
            office_phone=OFFICE,
        )
        return made

    def pairing_to(self, state: str) -> Pairing:
        row = self.pair()
        if state == PairingState.UNPAIRED:
            pairings.end(row, actor=self.clerk, remark="全家迁往外地")
        return row

    def visit(self) -> dict[str, Any]:
        return {
            "visited_on": day(),
            "manner": "at_home",
            "discussed": "爱人想找近一点的活。",
            "next_steps": "",
        }


class SchoolPath:
    """One child of one household, and who works on the case."""

    def __init__(self, tree: Tree) -> None:
        self.families = Path(tree)
        self.worker = who(SCHOOL_WORKER, tree.east)
        self.approver = self.families.approver
        self.guardian = self.families.worker
        self.parent = Person.objects.get(user=self.guardian.account)
        clerk = who(MEMBERSHIP_CLERK, self.families.unit)
        household = membership.form_household(self.parent, actor=clerk)
        self.child = membership.add_to_household(
            household,
            actor=clerk,
            name="苏小满",
            id_number=an_id_number(born_on=date(2012, 9, 1)),
            relation="child",
        ).person

    def facts(self, **given: Any) -> dict[str, Any]:
        return {
            "id_number": self.parent.id_number,
            "child": self.child.name,
            "school": "青禾中学",
            "grade": "eighth",
            "left_on": day(-7),
            "circumstances": "开学两周没有到校，在家帮工。",
            **given,
        }

    def find(self, **given: Any) -> SchoolingCase:
        case: SchoolingCase = schooling.find(actor=self.worker, **self.facts(**given))
        return case

    def visit(self, **given: Any) -> dict[str, Any]:
        return {
            "visited_on": day(),
            "team": "班主任、村干部",
            "answer": "agrees",
            "said": SAID,
            "consented_on": day(),
            "consent_paper": "劝学档案盒 1",
            **given,
        }

    def back(self) -> dict[str, Any]:
        return {"returned_on": day(), "school": "青禾中学", "grade": "eighth"}

    def money(self, **given: Any) -> dict[str, Any]:
        return {
            "kind": "rent",
            "amount": "3600",
            "source": "市总工会助学专项",
            "from_on": day(),
            "until_on": day(300),
            **given,
        }

    def case_to(self, state: str) -> SchoolingCase:
        case = self.find()
        if state == SchoolState.LET_GO:
            schooling.let_go(case, actor=self.worker, reason="moved", remark="全家迁往外地")
            return case
        steps: list[tuple[Any, Actor, dict[str, Any]]] = [
            (schooling.persuade, self.worker, self.visit()),
            (schooling.return_to_school, self.worker, self.back()),
            (schooling.support, self.approver, self.money()),
        ]
        for step, actor, data in steps:
            if case.state == state:
                return case
            step(case, actor=actor, **data)
        if state == SchoolState.STAYED:
            assert case.follow_up_on is not None
            with clock.at(case.follow_up_on):
                schooling.follow_up(case, actor=self.worker, is_at_school=True, remark="班主任说天天到校")
        return case
