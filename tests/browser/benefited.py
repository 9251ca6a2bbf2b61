"""A scheme, applications to it in every state and people it was found for, for every address that shows them."""

from decimal import Decimal
from typing import Any

from niangjia.benefits import actions
from niangjia.benefits.asking import period_of
from niangjia.benefits.kinds import Finding, State
from niangjia.benefits.models import Proposal, Scheme
from niangjia.benefits.workflow.applications import ask_to_lift
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from tests.benefits.people import Way, a_migrant_worker, a_proposal, a_scheme
from tests.browser.photos import a_photo
from tests.cast import Tree

STATES = (
    *(State.ASKED, State.RETURNED, State.CHECKED, State.ASSESSED, State.GRANTED, State.DECLINED),
    *(State.APPEALED, State.AMOUNT_APPEALED, State.REFUSAL_STANDS, State.WITHDRAWN),
)
# By their applicants too.
LOOKED_AT = (State.RETURNED, State.GRANTED, State.DECLINED, State.APPEALED)
MORE_THAN_THE_CAP = "900000"


class Benefited:
    """Applicants look at what became of theirs; schemes look for somebody who never asked."""

    def __init__(self, tree: Tree, visitors: dict[str, Actor | None]) -> None:
        first = Way(tree)
        self.scheme = first.scheme
        ways = {State.ASKED: first, **{state: Way(tree, self.scheme) for state in STATES[1:]}}
        self.states = {state: way.to(state) for state, way in ways.items()}
        self.states[State.LIFT_ASKED] = self._lift_asked(Way(tree, self.scheme))
        upload = a_photo("bill.jpg", "green")
        paper = actions.attach(self.states[State.ASKED], actor=first.worker, kind="medical", upload=upload)
        self.rows: dict[str, Any] = {
            "benefit-papers": paper,
            "proposals": a_proposal(self.scheme, self.states[State.ASSESSED].person),
            "schemes": self.scheme,
        }
        for state in (State.ASKED, *LOOKED_AT):
            visitors[f"worker whose application is {state}"] = ways[state].worker
        self.looked_at = [self.states[state] for state in LOOKED_AT]
        visitors["worker whom schemes look for"] = self._looked_for(tree)
        self.workers_steps = [
            [self.states[state].public_id, step]
            for state, step in (
                (State.ASKED, "withdraw"),
                (State.RETURNED, "resubmit"),
                (State.DECLINED, "appeal"),
                (State.GRANTED, "appeal-amount"),
            )
        ]

    def _lift_asked(self, way: Way) -> Any:
        row = way.to(State.ASSESSED, cost=MORE_THAN_THE_CAP)
        reason = "自费部分远超上限，家里已经没有积蓄。"
        return way.step(ask_to_lift, row, way.assessor, step="大病补助", reason=reason)

    def _looked_for(self, tree: Tree) -> Actor:
        worker = a_migrant_worker(tree.mill)
        relief = a_scheme(tree.city, "350600-festival_relief", parameters="慰问金标准 = 1000", papers="")
        self._found(relief, worker, finding=Finding.ENTITLED, amount=Decimal("1000"))
        self._found(self.scheme, worker, finding=Finding.NEARLY, wanting="自费部分")
        return worker

    def _found(self, scheme: Scheme, worker: Actor, **said: Any) -> None:
        person, period = worker.account.person, period_of(scheme, clock.today())
        Proposal.objects.create(unit=person.unit, scheme=scheme, period=period, person=person, **said)
