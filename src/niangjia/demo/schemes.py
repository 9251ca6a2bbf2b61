"""Schemes of the demo city: the city adopts ready-made ones, workers apply, and their applications go their ways."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from niangjia.assistance.models import HardshipFile
from niangjia.benefits.access import ARBITER, ASSESSOR, CONFIRMER, RECEIVER, SCHEME_KEEPER
from niangjia.benefits.kinds import State
from niangjia.benefits.models import BenefitApplication, Proposal, Scheme
from niangjia.benefits.proposals.actions import look_now
from niangjia.benefits.proposals.jobs import find_entitled
from niangjia.benefits.ready_made import draft, template_named
from niangjia.benefits.workflow import applications, schemes
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.places import Places
from niangjia.demo.workers import WORKERS
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.jobs.running import run_next
from niangjia.membership import actions as membership
from niangjia.membership.models import Member, Person
from niangjia.organisation.models import UnionBody

ADOPTED_BEFORE = timedelta(days=75)
# Long enough for who says yes to be granted by today.
LOOKED_BEFORE = timedelta(days=17)
# Ready-made scheme → what the city adds: its own figures where print is silent, money, no papers to collect.
ADOPTED: dict[str, dict[str, Any]] = {
    "350600-serious_illness": {"budget_amount": "2000000", "papers": ""},
    "350600-festival_relief": {"parameters": {"慰问金标准": "1000"}, "papers": "", "budget_amount": "500000"},
    "350600-certificate_reward": {"papers": "", "budget_amount": "100000"},
    "321100-medical_relief": {"papers": "", "budget_amount": "800000"},
    "511523-mutual_aid": {"papers": ""},
}
ILLNESS, RELIEF, CERTIFICATE = (
    "350600-serious_illness",
    "350600-festival_relief",
    "350600-certificate_reward",
)
GROUNDS = "还有一张住院票据没有算进去，附上了复印件，请重新核一遍。"
ANSWER = "票据已经逐张核对，补交的一张不在本年度，原核定无误。"
REASON = "同一年两次大手术，经主席办公会研究同意放开。"


@dataclass(frozen=True)
class Story:
    """One application: for which scheme, what the worker says, how far it goes."""

    scheme: str
    said: dict[str, Any]
    end: str


def _ill(cost: str) -> dict[str, Any]:
    return {"参加医疗互助": True, "自费部分": cost}


STORIES = (
    Story(ILLNESS, _ill("8600"), State.GRANTED),
    Story(ILLNESS, _ill("26800.50"), State.GRANTED),
    Story(ILLNESS, _ill("43210.80"), State.ON_NOTICE),
    Story(ILLNESS, _ill("5200"), State.DECLINED),
    Story(ILLNESS, _ill("5800"), State.APPEALED),
    Story(ILLNESS, _ill("4100"), State.REFUSAL_STANDS),
    Story(ILLNESS, _ill("312000"), "lifted"),
    Story(ILLNESS, _ill("268000"), State.LIFT_ASKED),
    Story(ILLNESS, _ill("90500"), State.ASSESSED),
    Story(ILLNESS, _ill("15400"), State.CHECKED),
    Story(ILLNESS, _ill("33300"), State.ASKED),
    Story(ILLNESS, {"参加医疗互助": True}, State.RETURNED),
    # Not on file, and the register knows.
    Story(RELIEF, {}, State.DECLINED),
    *(
        Story(
            CERTIFICATE,
            {
                "劳动合同期限": 36,
                "取证日期": "",
                "已领同一证书奖励": False,
                "证书等级": grade,
            },
            end,
        )
        for grade, end in (
            ("技师", State.GRANTED),
            ("高级技师", State.GRANTED),
            ("技师", State.ASSESSED),
        )
    ),
)
# What becomes of those whom the scheme found and who said yes: they type nothing.
TAKEN_UP = (*(State.GRANTED,) * 8, State.ASSESSED, State.ASKED, State.WITHDRAWN)


def plan(
    random: Random,
    agenda: Agenda,
    desks: Desks,
    places: Places,
    today: date,
) -> None:
    opened = calendar.add_working_days(today - ADOPTED_BEFORE, 1)
    lives = Lives(random, agenda, desks, places.city)
    agenda.add(opened, lives.adopt)
    for story in STORIES:
        day = calendar.add_working_days(opened, random.randint(3, 20))
        agenda.add(day, partial(lives.begin, story))
    agenda.add(calendar.add_working_days(today - LOOKED_BEFORE, 0), lives.look)


class Lives:
    """Who applies, and who takes the next step on which day."""

    def __init__(self, random: Random, agenda: Agenda, desks: Desks, city: UnionBody) -> None:
        self.random, self.agenda, self.desks, self.city = random, agenda, desks, city
        self.schemes: dict[str, Scheme] = {}
        self.taken: set[int] = set()

    def adopt(self) -> None:
        """Set up by one keeper, opened by another."""
        desks = self.desks
        for name, own in ADOPTED.items():
            keeper = desks.somebody(self.random, SCHEME_KEEPER, self.city)
            data = draft(template_named(name), clock.today()) | {"unit": self.city.number} | own
            made: Scheme = schemes.set_up(actor=keeper, **data)
            other = desks.somebody(self.random, SCHEME_KEEPER, self.city, {keeper.account.pk})
            self.schemes[name] = schemes.open_up(made, actor=other)

    def begin(self, story: Story) -> None:
        worker = self._worker(is_migrant=story.scheme != RELIEF)
        if worker is None:
            return
        said = {name: _this_year() if value == "" else value for name, value in story.said.items()}
        self._go_on(applications.apply(actor=worker, **self._asked(story.scheme, said)), worker, story)

    def look(self) -> None:
        """政策找人: the relief is put to the whole register; some whom it finds say yes, each on their day."""
        scheme = self.schemes[RELIEF]
        look_now([scheme], actor=self.desks.somebody(self.random, SCHEME_KEEPER, self.city))
        run_next([find_entitled.name])
        # What was found for the demo's own workers is left to those who visit.
        visitors = [worker.name for worker in WORKERS]
        found = Proposal.objects.filter(scheme=scheme).exclude(person__name__in=visitors)
        chosen = self.random.sample(list(found.order_by("person_id")), len(TAKEN_UP))
        for row, end in zip(chosen, TAKEN_UP, strict=True):
            self._next(partial(self._take_up, row, end))

    def _take_up(self, row: Proposal, end: str) -> None:
        """One press makes it an application. Another one is refused with the way out, and a refusal leaves no row."""
        worker = _account(row.person)
        asked = self._asked(RELIEF, {})
        self._go_on(applications.accept_proposal(actor=worker, **asked), worker, Story(RELIEF, {}, end))

    def _asked(self, scheme: str, said: dict[str, Any]) -> dict[str, Any]:
        consents = {"consents_to_decide": True, "consents_to_notice": True}
        return {"scheme": self.schemes[scheme].number, "said": said, **consents}

    def _go_on(self, row: BenefitApplication, worker: Actor, story: Story) -> None:
        if story.end == State.WITHDRAWN:
            applications.withdraw(row, actor=worker)
        elif story.end == State.RETURNED:
            self._next(partial(self._take, row, "ask_for_more", RECEIVER, remark="请补上医疗费票据"))
        elif story.end != State.ASKED:
            self._next(partial(self._check, row, worker, story))

    def _check(self, row: BenefitApplication, worker: Actor, story: Story) -> None:
        self._take(row, "check", RECEIVER)
        if story.end != State.CHECKED:
            self._next(partial(self._assess, row, worker, story))

    def _assess(self, row: BenefitApplication, worker: Actor, story: Story) -> None:
        self._take(row, "assess", ASSESSOR)
        if story.end in ("lifted", State.LIFT_ASKED):
            self._take(row, "ask_to_lift", ASSESSOR, step="大病补助", reason=REASON)
            if story.end == "lifted":
                self._next(partial(self._lift, row))
        elif story.end != State.ASSESSED:
            self._next(partial(self._settle, row, worker, story))

    def _lift(self, row: BenefitApplication) -> None:
        self._take(row, "lift", CONFIRMER)
        self._next(partial(self._publish, row))

    def _settle(self, row: BenefitApplication, worker: Actor, story: Story) -> None:
        if row.decision is None or not row.decision.amount:
            self._take(row, "decline", CONFIRMER)
            if story.end in (State.APPEALED, State.REFUSAL_STANDS):
                self._next(partial(self._appeal, row, worker, story))
        elif row.scheme.notice:
            self._publish(row)
        else:
            self._take(row, "confirm", CONFIRMER)

    def _publish(self, row: BenefitApplication) -> None:
        self._take(row, "publish", CONFIRMER)
        if row.notice_until is not None:
            self.agenda.expect_clock(row.notice_until + timedelta(days=1))

    def _appeal(self, row: BenefitApplication, worker: Actor, story: Story) -> None:
        applications.appeal(row, actor=worker, grounds=GROUNDS)
        if story.end == State.REFUSAL_STANDS:
            self._next(partial(self._take, row, "uphold", ARBITER, answer=ANSWER))

    def _take(self, row: BenefitApplication, name: str, duty: Any, **data: Any) -> None:
        """By somebody who may; whoever had a part in it is passed over."""
        step, barred = applications.application.transitions[name], set[int]()
        while True:
            actor = self.desks.somebody(self.random, duty, row.unit, barred)
            try:
                step(row, actor=actor, **data)
                return
            except Refused:
                if len(barred) > 3:
                    raise
                barred.add(actor.account.pk)

    def _next(self, deed: Callable[[], object]) -> None:
        day = calendar.add_working_days(clock.today(), self.random.randint(1, 2))
        self.agenda.add(day, deed)

    def _worker(self, *, is_migrant: bool) -> Actor | None:
        rows = Member.objects.filter(left_on=None, unit__path__startswith=self.city.path)
        rows = rows.filter(is_migrant=True) if is_migrant else rows
        # Nobody who has a file of their own: those the relief finds by itself.
        rows = rows.exclude(person__in=HardshipFile.objects.values("person"))
        ids = list(rows.exclude(person__in=self.taken).order_by("pk").values_list("pk", flat=True)[:200])
        if not ids:
            return None
        member = Member.objects.select_related("person__user").get(pk=self.random.choice(ids))
        self.taken.add(member.person_id)
        return _account(member.person)


def _account(person: Person) -> Actor:
    return Actor.of(person.user or membership.open_account(person, actor=CLOCK))


def _this_year() -> str:
    return clock.today().replace(month=1, day=5).isoformat()
