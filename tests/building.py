"""Cases of union building for tests: they walk the workflow as they really do."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow import Transition
from niangjia.organisation.access import BUILDING_APPROVER, UNION_ORGANISER
from niangjia.organisation.building import actions, workflow
from niangjia.organisation.building.kinds import State
from niangjia.organisation.models import Employer, UnionBody, UnionBuilding
from tests.cast import Tree, an_employer, who

DAY = date(2026, 3, 2)  # a Monday, no holiday near
OPENED = "2024-05-20"

_numbers = count(1)

VISIT: dict[str, Any] = {
    "spoke_to": "厂长室 许安然",
    "willingness": "willing",
    "findings": "单位愿意建会，希望上级工会派人指导。",
    "operating_since": OPENED,
}
REASON = {"remark": "材料与实际不符，请核对"}
ASSEMBLY: dict[str, Any] = {
    "entitled_count": 60,
    "present_count": 52,
    "has_no_relatives": True,
    "is_of_delegates": False,
    "term_years": 5,
}
RESULTS = (
    ("union_committee", "chair", "苏晓禾", 50),
    ("union_committee", "member", "程远舟", 48),
    ("audit_committee", "director", "柳青萍", 47),
)
LATER_BODIES = (
    ("women_committee", "director", "林知秋"),
    ("mediation", "director", "许安然"),
    ("protection", "director", "宋雨桐"),
)


def today(**days: Any) -> dict[str, Any]:
    return {name: clock.today().isoformat() if value is None else value for name, value in days.items()}


class Path:
    """How a case of one street gets to each state, and who takes each step."""

    def __init__(self, tree: Tree, unit: UnionBody | None = None) -> None:
        self.unit = unit or tree.willow
        self.organiser = who(UNION_ORGANISER, self.unit)
        self.approver = who(BUILDING_APPROVER, tree.east)
        self.another_organiser = who(UNION_ORGANISER, tree.east)

    def employer(self, **given: Any) -> Employer:
        return an_employer(self.unit, **given)

    def begin(self, employer: Employer | None = None, **given: Any) -> UnionBuilding:
        facts = {"source": "visit", "kind": "grassroots_union", **given}
        facts.setdefault("employers", (employer or self.employer()).uscc)
        case: UnionBuilding = workflow.begin(actor=self.organiser, **facts)
        return case

    def to(self, state: str, **given: Any) -> UnionBuilding:
        """A case that got to the state the proper way, beginning on the day it is now."""
        case = self.begin(**given)
        aside: dict[str, tuple[Transition, dict[str, Any]]] = {
            State.PUT_OFF: (
                workflow.put_off,
                {"put_off_until": _in_days(60), "remark": "厂房搬迁，三月后再谈"},
            ),
            State.GIVEN_UP: (workflow.give_up, {"given_up_for": "closed", "remark": "单位已经注销"}),
        }
        if state in aside:
            step, data = aside[state]
            return self.step(step, case, self.organiser, **data)
        if state == State.ABSORBED:
            into = self.begin()
            return self.step(workflow.absorb, case, self.organiser, into=into.number)
        self._go_straight(case, state)
        if state == State.URGED:
            return self.step(workflow.urge, case, self.approver, remark="开业已满期限，请于期限内答复")
        if state == State.CONTESTED:
            return self.step(workflow.contest, case, self.organiser, remark="有会员反映没有接到开会通知")
        return case

    def _go_straight(self, case: UnionBuilding, state: str) -> None:
        last = {State.URGED: State.MET, State.CONTESTED: State.ELECTED}.get(State(state), state)
        for reached, step, actor, data in self.straight():
            if case.state == last:
                return
            if reached == State.ELECTED:
                self.elect(case)
            if reached == State.FOUNDED:
                self.make_ready(case)
            self.step(step, case, actor, **data)
            assert case.state == reached

    def straight(self) -> list[tuple[str, Transition, Actor, dict[str, Any]]]:
        verified = {"name": "新禾制造厂", "kind": "grassroots_union", "staff_count": 60, "women_count": 22}
        founded = {"union_name": "新禾制造厂工会", "number": f"XJ-{next(_numbers):06}"}
        return [
            (State.MET, workflow.record_visit, self.organiser, {**VISIT, **today(visited_on=None)}),
            (State.VERIFIED, workflow.verify, self.organiser, verified),
            (State.PREPARING, workflow.approve_preparation, self.approver, today(prepared_on=None)),
            (State.ELECTED, workflow.hold_assembly, self.organiser, {**ASSEMBLY, **today(held_on=None)}),
            (State.RATIFIED, workflow.ratify, self.approver, {}),
            (State.FOUNDED, workflow.found, self.organiser, {**founded, **today(founded_on=None)}),
        ]

    def elect(self, case: UnionBuilding) -> None:
        for body, role, name, votes in RESULTS:
            actions.record_result(
                case, actor=self.organiser, body=body, role=role, name=name, vote_count=votes
            )

    def make_ready(self, case: UnionBuilding) -> None:
        """The four other bodies and the six items."""
        from niangjia.organisation.building import acceptance

        for body, role, name in LATER_BODIES:
            actions.record_result(case, actor=self.organiser, body=body, role=role, name=name)
        for item in acceptance.items(case):
            actions.tick(case, actor=self.organiser, item=item.text, note="已到现场看过")

    def step(self, step: Transition, case: UnionBuilding, actor: Actor, **data: Any) -> UnionBuilding:
        if actor is not CLOCK:
            done: UnionBuilding = step(case, actor=actor, **data)
            return done
        assert case.due_on is not None
        with clock.at(case.due_on + timedelta(days=1)):
            return step(case, actor=actor, **data)


def _in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()
