"""Workers and their hardship files, for tests: people are enrolled and files walk the workflow as they really do."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from niangjia.assistance import renewal
from niangjia.assistance.access import APPROVER, ARCHIVIST, CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.finding import found
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.takeover.workflow import decline_take_over
from niangjia.assistance.workflow import (
    apply,
    approve,
    ask_for_more,
    decline,
    end_notice,
    file_away,
    publish,
    record_check,
    record_visit,
    review,
    withdraw,
)
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow import Transition
from niangjia.membership import actions, identity
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody
from tests.cast import NAMES, Tree, colleagues, who
from tests.takeover import a_workbook, an_applicant, take_in

DAY = date(2026, 3, 2)  # a Monday, no holiday near

_numbers = count(1)

APPLICATION: dict[str, Any] = {
    "cause": "illness",
    "household_size": 3,
    "yearly_income_amount": "36000",
    "rigid_spending_amount": "24000.50",
    "statement": "爱人患病两年，孩子读高中，家里只有我一人上班。",
    "consents_to_check": True,
    "consents_to_notice": True,
}

REVIEW: dict[str, Any] = {"category": "deep", "accepts_missing": True}

VISIT: dict[str, Any] = {
    "companion": "叶听澜",
    "household_size": 3,
    "yearly_income_amount": "35500",
    "housing": "rented",
    "has_none": True,
    "conclusion": "true",
    "findings": "房屋租住，家具简单，所述情况与邻居反映一致。",
}

WHY = {"remark": "孩子已经毕业就业，全家收入稳定"}

FOUND: dict[str, Any] = {
    "cause": "illness",
    "household_size": 3,
    "yearly_income_amount": "36000",
    "rigid_spending_amount": "24000",
    "statement": "车间反映爱人住院，家里只有一人上班。",
}

CHECK: dict[str, Any] = {
    "yearly_income_amount": "35800",
    "deposits_amount": "2600",
    "investments_amount": "0",
    "homes": 1,
}


def an_id_number(number: int | None = None, born_on: date = date(1980, 5, 17)) -> str:
    """A resident's number that passes its check, of nobody."""
    number = next(_numbers) if number is None else number
    body = f"99{number // 1000 % 10000:04}{born_on:%Y%m%d}{number % 1000:03}"
    return body + identity.check_digit(body)


def a_person(unit: UnionBody, name: str = "", **given: Any) -> Person:
    """Enrolled in the union by its clerk."""
    number = next(_numbers)
    data: dict[str, Any] = {
        "name": name or NAMES[number % len(NAMES)],
        "id_number": an_id_number(number),
        "phone": f"139{number:08}",
        "unit": unit.number,
        "joined_on": "2020-01-06",
    }
    return actions.enrol(actor=who(MEMBERSHIP_CLERK, unit), **data | given).person


def a_worker(unit: UnionBody, name: str = "") -> Actor:
    """Somebody who signs in by phone."""
    person = a_person(unit, name)
    return Actor.of(actions.open_account(person, actor=CLOCK))


class Path:
    """How a file of one union gets to each state, and who takes each step."""

    supposed = "relative"

    def __init__(self, tree: Tree, unit: UnionBody | None = None) -> None:
        self.unit = unit or tree.willow
        self.worker = a_worker(self.unit)
        self.clerk_unit = county = tree.east
        at_union = [(duty, self.unit) for duty in (REVIEWER, VISITOR)]
        at_county = [(duty, county) for duty in (CENTRE_CLERK, APPROVER, ARCHIVIST)]
        self.reviewer, self.visitor, self.clerk, self.approver, self.archivist = colleagues(
            *at_union, *at_county
        )

    def apply(self) -> HardshipFile:
        file: HardshipFile = apply(actor=self.worker, **APPLICATION)
        return file

    def found(self) -> HardshipFile:
        number = self.worker.account.person.id_number
        file: HardshipFile = found(actor=self.reviewer, id_number=number, **FOUND)
        return file

    def taken_over(self) -> HardshipFile:
        """From an earlier system, by the clerk's workbook."""
        person = self.worker.account.person
        take_in(a_workbook([an_applicant(person)]), unit=self.clerk_unit, actor=self.clerk)
        return HardshipFile.objects.select_related("unit", "person__user").get(
            person=person, state=State.TAKEN_OVER
        )

    def to(self, state: str) -> HardshipFile:
        """A file that got to the state the proper way, beginning on the day it is now."""
        if state == State.FOUND:
            return self.found()
        if state in (State.TAKEN_OVER, State.NOT_TAKEN_OVER):
            file = self.taken_over()
            if state == State.TAKEN_OVER:
                return file
            return self.step(decline_take_over, file, self.approver, remark="盒号与原档案不符")
        file = self.apply()
        if state == State.RETURNED:
            return self.step(ask_for_more, file, self.reviewer, remark="请补收入证明")
        if state == State.WITHDRAWN:
            return self.step(withdraw, file, self.worker)
        straight: list[tuple[str, Transition, Actor, dict[str, Any]]] = [
            (State.REVIEWED, review, self.reviewer, {**REVIEW, "category": self.supposed}),
            (State.VISITED, record_visit, self.visitor, {**VISIT, "visited_on": clock.today().isoformat()}),
            (State.CHECKED, record_check, self.clerk, {**CHECK, "checked_on": clock.today().isoformat()}),
            (State.ON_NOTICE, publish, self.clerk, {}),
            (State.CLEARED, end_notice, CLOCK, {}),
            (State.APPROVED, approve, self.approver, {"category": "deep"}),
            (State.FILED, file_away, self.archivist, {"shelf_mark": "A-01"}),
        ]
        straight += self._after_filing(state)
        for reached, step, actor, data in straight:
            if file.state == state:
                break
            if state == State.DECLINED and reached == State.APPROVED:
                return self.step(decline, file, self.approver, remark="家庭收入高于标准")
            self.step(step, file, actor, **data)
            assert file.state == reached
        return file

    def _after_filing(self, state: str) -> list[tuple[str, Transition, Actor, dict[str, Any]]]:
        exit_, off = {"leaving_reason": "found_work", **WHY}, {"leaving_reason": "moved_away", **WHY}
        ways: dict[str, list[tuple[str, Transition, Actor, dict[str, Any]]]] = {
            State.EXIT_PROPOSED: [(State.EXIT_PROPOSED, renewal.propose_exit, self.clerk, exit_)],
            State.STRIKE_OFF_PROPOSED: [
                (State.STRIKE_OFF_PROPOSED, renewal.propose_strike_off, self.clerk, off)
            ],
            State.RENEWAL: [(State.RENEWAL, renewal.begin_renewal, CLOCK, {})],
        }
        ways[State.EXPIRED] = [*ways[State.RENEWAL], (State.EXPIRED, renewal.expire, CLOCK, {})]
        ways[State.EXITED] = [
            *ways[State.EXIT_PROPOSED],
            (State.EXITED, renewal.confirm_exit, self.approver, {}),
        ]
        ways[State.STRUCK_OFF] = [
            *ways[State.STRIKE_OFF_PROPOSED],
            (State.STRUCK_OFF, renewal.confirm_strike_off, self.approver, {}),
        ]
        return ways.get(state, [])

    def step(self, step: Transition, file: HardshipFile, actor: Actor, **data: Any) -> HardshipFile:
        if not actor.is_clock:
            done: HardshipFile = step(file, actor=actor, **data)
            return done
        assert file.due_on is not None
        with clock.at(file.due_on + timedelta(days=1)):
            return step(file, actor=actor, **data)
