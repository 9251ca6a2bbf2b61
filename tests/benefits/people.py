"""Those whom the tests of benefits are about, and how an application gets to each state."""

from datetime import timedelta
from itertools import count
from typing import Any

from niangjia.benefits.access import ARBITER, ASSESSOR, CONFIRMER, RECEIVER, SCHEME_KEEPER
from niangjia.benefits.asking import period_of
from niangjia.benefits.kinds import Finding, SchemeState, State
from niangjia.benefits.models import BenefitApplication, Proposal, Scheme
from niangjia.benefits.ready_made import draft, template_named
from niangjia.benefits.workflow import applications, schemes
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.workflow import Transition
from niangjia.membership.models import Member, Person
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, an_actor, who
from tests.families import a_person, a_worker

_numbers = count(1)


def a_migrant(unit: UnionBody) -> Person:
    """A member who is registered as a migrant worker."""
    person = a_person(unit)
    Member.objects.filter(person=person).update(is_migrant=True)
    return person


def a_migrant_worker(unit: UnionBody) -> Actor:
    worker = a_worker(unit)
    Member.objects.filter(person__user=worker.user_id).update(is_migrant=True)
    return worker


def a_scheme(unit: UnionBody, template: str = "350600-serious_illness", **given: Any) -> Scheme:
    """Adopted by one keeper, opened by another."""
    data = draft(template_named(template), clock.today()) | {"unit": unit.number} | given
    made: Scheme = schemes.set_up(actor=who(SCHEME_KEEPER, unit), **data)
    return schemes.open_up(made, actor=an_actor(SCHEME_KEEPER, unit))  # type: ignore[no-any-return]


def without_notice(unit: UnionBody, **given: Any) -> Scheme:
    """Tiers of an illness, granted without a notice and with no papers asked for."""
    return a_scheme(unit, notice="", papers="", **given)


def said(cost: str = "30000.01") -> dict[str, Any]:
    return {"参加医疗互助": True, "自费部分": cost}


REFUSED = (State.DECLINED, State.APPEALED, State.REFUSAL_STANDS)


class Way:
    """How an application goes, and who takes each step. The scheme is the city's."""

    def __init__(
        self, tree: Tree, scheme: Scheme | None = None, worker: Actor | None = None, **given: Any
    ) -> None:
        self.tree = tree
        self.scheme = scheme or without_notice(tree.city, **given)
        self.worker = worker or a_migrant_worker(tree.mill)
        self.receiver = who(RECEIVER, tree.city)
        self.assessor = who(ASSESSOR, tree.city)
        self.confirmer = who(CONFIRMER, tree.city)
        self.second = an_actor(CONFIRMER, tree.city)
        self.arbiter = who(ARBITER, tree.city)

    def apply(self, cost: str = "30000.01", **given: Any) -> BenefitApplication:
        data = {
            "scheme": self.scheme.number,
            "said": said(cost),
            "consents_to_decide": True,
            "consents_to_notice": True,
        }
        row: BenefitApplication = applications.apply(actor=self.worker, **data | given)
        return row

    def to(self, state: str, cost: str = "30000.01") -> BenefitApplication:
        row = self.apply("5000" if state in REFUSED else cost)
        if state == State.RETURNED:
            return self.step(applications.ask_for_more, row, self.receiver, remark="请补医疗费票据")
        if state == State.WITHDRAWN:
            return self.step(applications.withdraw, row, self.worker)
        if state == State.ASKED:
            return row
        self.step(applications.check, row, self.receiver)
        if state == State.CHECKED:
            return row
        self.step(applications.assess, row, self.assessor)
        if state == State.ASSESSED:
            return row
        if state in REFUSED:
            self.step(applications.decline, row, self.confirmer)
            return row if state == State.DECLINED else self.appealed(row, state)
        self.step(applications.confirm, row, self.confirmer)
        if state == State.AMOUNT_APPEALED:
            self.step(applications.appeal_amount, row, self.worker, grounds="金额少算了一张票据，请重新核。")
        return row

    def appealed(self, row: BenefitApplication, state: str) -> BenefitApplication:
        self.step(applications.appeal, row, self.worker, grounds="还有一张住院票据没有算进去。")
        if state == State.REFUSAL_STANDS:
            self.step(applications.uphold, row, self.arbiter, answer="票据已经算在内，原核定无误。")
        return row

    def step(
        self, transition: Transition, row: BenefitApplication, actor: Actor, /, **data: Any
    ) -> BenefitApplication:
        done: BenefitApplication = transition(row, actor=actor, **data)
        return done


def a_proposal(scheme: Scheme, person: Person) -> Proposal:
    """What a search leaves when one fact of an illness is wanting; found for somebody else of the same union."""
    other = a_migrant(person.unit)
    return Proposal.objects.create(
        unit=other.unit,
        scheme=scheme,
        period=period_of(scheme, clock.today()),
        person=other,
        finding=Finding.NEARLY,
        wanting="自费部分",
    )


def days_later(days: int) -> Any:
    return clock.at(clock.today() + timedelta(days=days))


__all__ = ["SchemeState", "Way", "a_migrant", "a_migrant_worker", "a_scheme", "days_later", "said"]
