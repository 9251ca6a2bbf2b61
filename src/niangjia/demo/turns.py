"""Applications, transfers and turns of memberships in the demo city: each way a case can go, walked at least once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import cycle, islice
from random import Random
from typing import Any

from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.people import Invented, Population
from niangjia.demo.places import District, Places
from niangjia.demo.scale import Scale
from niangjia.demo.stories import Calendar
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.order import first
from niangjia.kernel.prepared import NOBODY, ByKey
from niangjia.kernel.workflow import Workflow, locking
from niangjia.membership import actions
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import Employment, NewEmployment, RetentionReason
from niangjia.membership.models import Member
from niangjia.membership.workflow import application, applications, membership, transfer, transfers
from niangjia.organisation.models import UnionBody

LONGEST_REST = 120
JOBS = (
    "车工",
    "缝纫工",
    "装卸工",
    "收银员",
    "保安",
    "厨师",
    "护理员",
    "电工",
    "焊工",
    "仓管员",
    "会计",
    "保洁员",
)
RIDERS = (
    NewEmployment.COURIER,
    NewEmployment.FOOD_RIDER,
    NewEmployment.RIDE_HAILING_DRIVER,
    NewEmployment.TRUCK_DRIVER,
)
REASONS = {
    "ask_for_more": "请写清现在的工作单位、站点和岗位",
    "decline": "现工作单位已有工会，请向单位工会申请",
    "pass_on": "不在本工会范围内工作，请区里联系站点工会",
    "decline_retention": "仍在岗领取工资，不属于保留会籍的情形",
    "refuse": "核实仍在原单位工作，会籍不变",
    "send_back": "转来的单位名称与本工会不符，请核对",
    "end": "本人书面申请退会",
}
# From a union's door or into the pool, then step by step.
JOINING: Sequence[tuple[str, tuple[str, ...]]] = (
    ("union", ()), ("pool", ()), ("union", ("approve",)), ("union", ("ask_for_more",)), ("pool", ("assign", "approve")),
    ("union", ("pass_on",)), ("union", ("ask_for_more", "resubmit", "approve")), ("pool", ("keep",)),
    ("union", ("decline",)), ("union", ("withdraw",)),
    ("pool", ("assign",)), ("union", ("ask_for_more", "resubmit")), ("pool", ("decline",)),
)  # fmt: skip
MOVING: Sequence[tuple[str, tuple[str, ...]]] = (
    ("ask", ()), ("ask", ("release",)), ("ask", ("release", "receive")), ("ask", ("ask_for_more",)),
    ("call_in", ("release", "receive")), ("ask", ("refuse",)), ("ask", ("cancel",)), ("call_in", ()),
    ("residence", ("release", "receive")), ("ask", ("release", "send_back")), ("send_out", ("release",)),
    ("ask", ("ask_for_more", "resubmit", "release", "receive")), ("ask", ("release", "lapse")),
)  # fmt: skip
STAYING: Sequence[tuple[str, ...]] = (
    ("retain",), ("ask_to_retain",), ("end",), ("warn",), ("ask_to_retain", "retain"), ("retain", "resume"),
    ("resign",), ("warn", "lapse"), ("ask_to_retain", "decline_retention"), ("warn", "clear"), ("end",),
)  # fmt: skip


@dataclass
class Turn:
    """One case under way: `begin` makes it on its day, the steps follow."""

    random: Random
    agenda: Agenda
    desks: Desks
    workflow: Workflow
    begin: Callable[[], Any]
    steps: list[str]
    answers: Callable[["Turn", str], dict[str, Any]]
    row: Any = field(default=None)

    def open(self) -> None:
        self.row = self.begin()
        self._plan_next()

    def _plan_next(self) -> None:
        if not self.steps:
            return
        if self.workflow.transitions[self.steps[0]].by_clock:
            # The clock comes by itself, the day after the last one.
            self.agenda.expect_clock(self.row.due_on + timedelta(days=1))
            return
        day = calendar.add_working_days(clock.today(), self.random.randint(1, 4))
        self.agenda.add(day, self._take)

    def _take(self) -> None:
        name = self.steps.pop(0)
        [self.row] = locking.read(self.workflow, self.row.pk)
        step = self.workflow.transitions[name]
        if step.duty is None or (step.by_subject and self._person().user):
            actor = a_worker(self._person())
        else:
            actor = self.desks.somebody(self.random, step.duty, self.row.unit)
        said: dict[str, Any] = {"remark": REASONS[name]} if name in REASONS else {}
        self.row = step(self.row, actor=actor, **said, **self.answers(self, name))
        self._plan_next()

    def _person(self) -> Any:
        return self.row.member.person if self.workflow is transfer else self.row.person


def a_worker(person: Any) -> Actor:
    return Actor.of(actions.open_account(person, actor=CLOCK))


class Turns:
    """Plans them all; half lie under the first district, where the demo accounts are."""

    def __init__(
        self, random: Random, agenda: Agenda, desks: Desks, places: Places, scale: Scale, days: Calendar
    ) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.places = places
        self.scale = scale
        self.days = days

    def plan(self, population: Population, heads: Collection[str]) -> None:
        """`heads` are the numbers of those whose hardship files are told elsewhere."""
        self._taken = set(heads)
        for door, way in islice(cycle(JOINING), self.scale.joins):
            newcomer = population.worker()
            self._add(application, partial(self._apply, newcomer, door), way, self._joining)
        for door, way in islice(cycle(MOVING), self.scale.moves):
            self._add(transfer, partial(self._move, door), way, self._moving)
        for way in islice(cycle(STAYING), self.scale.stays):
            self._add(membership, self._member, way, self._staying)

    def _add(
        self,
        workflow: Workflow,
        begin: Callable[[], Any],
        way: Sequence[str],
        answers: Callable[[Turn, str], dict[str, Any]],
    ) -> None:
        turn = Turn(self.random, self.agenda, self.desks, workflow, begin, list(way), answers)
        ends = workflow.transitions[way[-1]].to if way else ""
        is_over = bool(way) and not workflow.leaving(ends)
        rest = self.random.randint(2, LONGEST_REST) if is_over else self.random.randint(0, 7)
        self.agenda.add(
            self.days.before(min(len(self.days) - 2, 4 * len(way) + rest + _waits(way))), turn.open
        )

    def _district(self) -> District:
        first, *others = self.places.districts
        return first if self.random.random() < 0.5 else self.random.choice(others)

    def _union(self) -> UnionBody:
        return self.random.choice(self.random.choice(self._district().streets).grassroots)

    def _apply(self, newcomer: Invented, door: str) -> Any:
        # Whoever comes without a unit rides or drives; the others name where they work.
        work = self._work() | {"workplace": self.random.choice(("二车间", "门店", "仓库"))}
        if door == "pool":
            work |= {"workplace": "", "occupation": "", "new_employment": self.random.choice(RIDERS)}
        facts = {
            "phone": newcomer.phone,
            "name": newcomer.name,
            "id_number": newcomer.id_number.number,
            "consents_to_register": True,
            **work,
        }
        if door == "pool":
            street = self.random.choice(self._district().streets).union
            return applications.arrive(applications.apply_to_pool, region=street.region.code, **facts)
        return applications.arrive(applications.apply, unit=self._union().number, **facts)

    def _work(self) -> dict[str, Any]:
        return {
            "occupation": self.random.choice(JOBS),
            "employment": self.random.choice((Employment.CONTRACT, Employment.CONTRACT, Employment.FLEXIBLE)),
            "is_migrant": self.random.random() < 0.4,
        }

    def _member(self) -> Member:
        """Somebody enrolled, in no other story, half of them in the first district."""
        wanted = self._district().union
        for _try in range(200):
            number = f"HY{self.random.randint(1, self.scale.people // 2):09d}"
            member = first(_active(number))
            if member is None or member.person.id_number in self._taken:
                continue
            if member.unit.path.startswith(wanted.path):
                self._taken.add(str(member.person.id_number))
                return member
        raise LookupError(f"nobody left beneath {wanted}")

    def _move(self, door: str) -> Any:
        member = self._member()
        there = self._union()
        while there.pk == member.unit_id:
            there = self._union()
        where: dict[str, Any] = {"to_unit": there.number}
        if door == "call_in":
            clerk = self.desks.somebody(self.random, MEMBERSHIP_CLERK, there)
            known: dict[str, Any] = {"name": member.person.name, "id_number": str(member.person.id_number)}
            return transfers.call_in(actor=clerk, **where, **known)
        if door == "send_out":
            clerk = self.desks.somebody(self.random, MEMBERSHIP_CLERK, member.unit)
            return transfers.send_out(actor=clerk, id_number=str(member.person.id_number), **where)
        if door == "residence":
            street = self.random.choice(self._district().streets).union
            where = {"residence": street.region.code}
        return transfers.ask(actor=a_worker(member.person), workplace="新单位", **where)

    def _joining(self, turn: Turn, name: str) -> dict[str, Any]:
        if name == "resubmit":
            return {"workplace": "配送站二组", **self._work()}
        if name == "assign":
            return {"unit": self._beneath(turn.row.pool).number}
        return {"unit": turn.row.pool.number} if name == "keep" else {}

    def _beneath(self, county: UnionBody) -> UnionBody:
        [district] = [one for one in self.places.districts if one.union.pk == county.pk]
        return self.random.choice(self.random.choice(district.streets).grassroots)

    def _moving(self, turn: Turn, name: str) -> dict[str, Any]:
        if name != "resubmit":
            return {}
        return {"to_unit": turn.row.to_unit.number, "workplace": "新单位二厂"}

    def _staying(self, turn: Turn, name: str) -> dict[str, Any]:
        answers: Mapping[str, dict[str, Any]] = {
            "retain": {"reason": self.random.choice(RetentionReason.values)},
            "ask_to_retain": {"reason": RetentionReason.RETIRED},
            "warn": {"inactive_since": calendar.add_months(clock.today(), -8).isoformat()},
            "resign": {"is_certain": True},
            "end": {"reason": self.random.choice(("resigned", "died"))},
        }
        return answers.get(name, {})


# By number: it is asked until somebody suits.
_active = ByKey(
    lambda: (
        Member.objects.filter(number=NOBODY, state="active").select_related("unit", "person__user").order_by()
    )
)


def _waits(way: Sequence[str]) -> int:
    """Working days that the clock lets pass before its own step."""
    return 30 if "lapse" in way else 0
