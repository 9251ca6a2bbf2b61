"""Carries cases of union building through two years: some founded, some given up, some on every desk today."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

from niangjia.demo import words
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.papers import a_sheet
from niangjia.demo.places import Places
from niangjia.demo.workers import WORKERS
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow import locking
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.membership import actions as membership
from niangjia.membership import queries as people
from niangjia.organisation.access import UNION_ORGANISER
from niangjia.organisation.building import acceptance, actions, blank_spots, workflow
from niangjia.organisation.building.kinds import Side, Source, State
from niangjia.organisation.building.workflow import building
from niangjia.organisation.models import Employer, UnionBody, UnionBuilding

STRAIGHT = ("record_visit", "verify", "approve_preparation", "hold_assembly", "ratify", "found")
PUT_OFF_ONCE = ("record_visit", "put_off", "resume", "record_visit", *STRAIGHT[1:])
OBJECTED = (*STRAIGHT[:4], "contest", "uphold_objection", *STRAIGHT[3:])
RETURNED = (*STRAIGHT[:2], "return_to_verification", *STRAIGHT[1:])
URGED = ("record_visit", "urge", "resume_talks", "visit_again", *STRAIGHT[1:])

# Per state in which a case ends: the ways there.
WAYS: Mapping[str, Sequence[tuple[str, ...]]] = {
    State.LEAD: ((),),
    State.MET: (STRAIGHT[:1], ("record_visit", "visit_again"), RETURNED[:3]),
    State.URGED: (("record_visit", "urge"),),
    State.VERIFIED: (STRAIGHT[:2],),
    State.PREPARING: (STRAIGHT[:3], OBJECTED[:6]),
    State.ELECTED: (STRAIGHT[:4],),
    State.CONTESTED: (OBJECTED[:5],),
    State.RATIFIED: (STRAIGHT[:5],),
    State.FOUNDED: (STRAIGHT, STRAIGHT, RETURNED, STRAIGHT, PUT_OFF_ONCE, STRAIGHT, OBJECTED, URGED),
    State.PUT_OFF: (("put_off",), ("record_visit", "put_off")),
    State.GIVEN_UP: (("give_up",), ("record_visit", "give_up")),
    State.ABSORBED: (("absorb",),),
}
# Every state once, then as a busy city has them.
ENDINGS = (
    *State,
    *(State.FOUNDED,) * 11, *(State.LEAD,) * 5, *(State.MET,) * 4, *(State.PREPARING,) * 3,
    *(State.ELECTED,) * 2, *(State.RATIFIED,) * 2, State.VERIFIED, State.PUT_OFF, State.GIVEN_UP,
)  # fmt: skip
# How many days a step lets wait, from … to.
GAPS = {"hold_assembly": (20, 70), "found": (10, 40), "resume": (15, 25), "record_visit": (3, 16)}
USUAL_GAP = (2, 12)
FOUNDED_AGO = (10, 560)
IDLE = (0, 14)
VISITS = (
    "见到了负责人，介绍了工会法和筹备金返还的规定，对方表示支持。",
    "车间里走了一圈，和十几名职工谈了话，大家希望逢年过节有人关心。",
    "人事经理接待，问得很细，最关心要不要另外花钱。",
    "单位正在扩建，负责人说等新厂房装好再一起挂牌，职工很热心。",
)
VOTED = (("union_committee", "chair"), ("union_committee", "member"), ("audit_committee", "director"))
REASONS = ("人数和花名册对不上，请再核实一次", "请补充单位盖章的申请", "有会员没有接到开会通知，程序要补正")
REMARKS = ("", "", "情况属实。", "同意。", "请按期办结。")


class BuildingLife:
    """One case: begins on its day, then takes step after step."""

    def __init__(
        self, random: Random, agenda: Agenda, desks: Desks, street: UnionBody, ending: State, number: int
    ) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.street = street
        self.ending = ending
        self.number = number
        self.is_hint = ending == State.LEAD and number % 2 == 0
        self.steps = list(random.choice(WAYS[ending]))
        if self.is_hint:
            # A hint comes to the district, which may hand it on to the street.
            self.steps = list(random.choice(((), ("hand_on",))))
        self.gaps = [random.randint(*GAPS.get(step, USUAL_GAP)) for step in self.steps]
        self.case: UnionBuilding | None = None

    def begins_on(self, first: date, today: date) -> date:
        """Counted back from today, so that the case stands at the end where it should."""
        idle = self.random.randint(*(FOUNDED_AGO if self.ending in (State.FOUNDED, State.GIVEN_UP) else IDLE))
        earliest = first + timedelta(days=45)
        # Ten more days for the weekends on which nobody works.
        return max(earliest, today - timedelta(days=sum(self.gaps) + 2 * len(self.steps) + idle + 3))

    def begin(self) -> None:
        clerk = self._somebody(self.street)
        employer = self._employer()
        if self.is_hint:
            self._hint()
        elif employer is None:
            place = f"{self.street.region.name}{self.random.choice(words.STREET_NAMES)}商住楼"
            facts: dict[str, Any] = {"source": Source.VISIT, "kind": "compound_union", "name": place}
            self.case = workflow.begin(actor=clerk, unit=self.street.number, **facts)
        else:
            source = self.random.choice((Source.VISIT, Source.EMPLOYER))
            self.case = workflow.begin(
                actor=clerk, source=source, kind="grassroots_union", employers=employer.uscc
            )
        self._plan_next()

    def _hint(self) -> None:
        """Every other one from a demo worker, who follows it on the phone."""
        person = people.person_by_phone(WORKERS[0].phone) if self.number % 4 == 0 else None
        reporter = Actor.of(membership.open_account(person, actor=CLOCK)) if person else None
        self.case = actions.leave_hint(
            reporter=reporter,
            source=Source.WORKER,
            name=f"{self.random.choice(words.PREFIXES)}快递服务站",
            unit=str(self.street.parent.public_id) if self.street.parent else "",
            address=self.random.choice(words.STREET_NAMES),
            message="站里三十来个人，没有工会，想请工会来看看。",
            contact="",
        )

    def _employer(self) -> Employer | None:
        """One of the street's own blank spots that nobody follows; every fifth case has none to begin with."""
        free = Employer.objects.filter(
            unit=self.street, union=None, is_operating=True, staff_count__gte=25
        ).exclude(building_links__released_at=None, building_links__isnull=False)
        found = list(free.order_by("uscc")[:20])
        return self.random.choice(found) if found and self.number % 5 else None

    def _plan_next(self) -> None:
        if self.steps:
            days = self.gaps[len(self.gaps) - len(self.steps)]
            day = calendar.add_working_days(clock.today() + timedelta(days=days - 1), 1)
            self.agenda.add(day, self._take)

    def _take(self) -> None:
        assert self.case is not None
        [self.case] = locking.read(building, self.case.pk)
        step = building.transitions[self.steps.pop(0)]
        self._prepare(step.name)
        task = open_task_of(building.name, self.case.pk)
        barred = set(task.barred.values_list("pk", flat=True)) if task else set()
        actor = self.desks.somebody(self.random, step.duty, self.case.unit, barred)  # type: ignore[arg-type]
        self.case = step(self.case, actor=actor, **self._answers(step.name))
        self._plan_next()

    def _prepare(self, name: str) -> None:
        """What a step rests on: results before the assembly, bodies and evidence before the founding."""
        assert self.case is not None
        clerk = self._somebody(self.case.unit)
        if name == "hold_assembly" and not self.case.elected.filter(voided_at=None).exists():
            votes = self._entitled() * 4 // 5
            for body, role in (
                ("union_committee", "chair"),
                ("union_committee", "member"),
                ("audit_committee", "director"),
            ):
                self._elect(clerk, body, role, votes)
        if name == "found":
            for body in ("women_committee", "mediation", "protection"):
                self._elect(clerk, body, "director", None)
            for item in acceptance.to_tick(self.case):
                actions.tick(self.case, actor=clerk, item=item.text, note="已到现场查看")
            for side in self.random.sample(list(Side), 3):
                facts = {
                    "given_on": clock.today(),
                    "note": self.random.choice(("图书一批", "桌椅两套", "开办经费")),
                }
                amount = self.random.randint(3, 80) * 100
                actions.contribute(self.case, actor=clerk, side=side, amount=str(amount), **facts)
        if name == "verify" and self.number % 6 == 0:
            upload = a_sheet(self.random, "licence.jpg")
            actions.attach(self.case, actor=clerk, kind="licence", upload=upload)

    def _elect(self, clerk: Actor, body: str, role: str, votes: int | None) -> None:
        assert self.case is not None
        pick = self.random.choice
        name = f"{pick(words.SURNAMES)}{pick(words.FIRST_SYLLABLES)}{pick(words.SECOND_SYLLABLES)}"
        actions.record_result(self.case, actor=clerk, body=body, role=role, name=name, vote_count=votes)

    def _entitled(self) -> int:
        assert self.case is not None
        return max(25, self.case.staff_count or 30)

    def _answers(self, name: str) -> dict[str, Any]:
        today = clock.today().isoformat()
        answers: dict[str, Callable[[], dict[str, Any]]] = {
            "record_visit": self._visit,
            "visit_again": self._visit,
            "verify": self._facts,
            "approve_preparation": lambda: {"prepared_on": today},
            "hold_assembly": self._assembly,
            "found": lambda: {**self._names(), "founded_on": today},
            "put_off": lambda: {
                "put_off_until": clock.today() + timedelta(days=50),
                "remark": "单位正在搬迁，约定下月再谈",
            },
            "give_up": lambda: {"given_up_for": "closed", "remark": "单位已经停业，人员遣散"},
            "absorb": self._other,
            "hand_on": lambda: {"unit": self.street.number},
            "urge": lambda: {"remark": "开业已满规定期限，请依法支持建会"},
            "resume_talks": lambda: {"remark": "单位书面答复同意筹建"},
            "contest": lambda: {"remark": "有会员反映没有接到开会通知"},
        }
        if name in answers:
            return {"remark": self.random.choice(REMARKS), **answers[name]()}
        step = building.transitions[name]
        needs_reason = step.form.base_fields["remark"].required
        return {"remark": self.random.choice(REASONS if needs_reason else REMARKS)}

    def _visit(self) -> dict[str, Any]:
        return {
            "visited_on": clock.today().isoformat(),
            "spoke_to": self.random.choice(("厂长", "人事经理", "办公室主任", "店长")),
            "willingness": "hesitant" if self.steps[:1] in (["visit_again"], ["urge"]) else "willing",
            "findings": self.random.choice(VISITS),
            "operating_since": (clock.today() - timedelta(days=self.random.randint(400, 3000))).isoformat(),
        }

    def _later(self) -> dict[str, Any]:
        day = clock.today() + timedelta(days=50)
        return {"put_off_until": day.isoformat(), "remark": "单位正在搬迁，约定下月再谈"}

    def _facts(self) -> dict[str, Any]:
        assert self.case is not None
        links = list(self.case.links.filter(voided_at=None).select_related("employer"))
        staff = sum(link.employer.staff_count for link in links) or self.random.randint(26, 60)
        women = staff * self.random.randint(20, 60) // 100
        return {"name": self.case.name, "kind": self.case.kind, "staff_count": staff, "women_count": women}

    def _assembly(self) -> dict[str, Any]:
        entitled = self._entitled()
        present = entitled * self.random.randint(82, 99) // 100
        return {
            "held_on": clock.today().isoformat(),
            "entitled_count": entitled,
            "present_count": present,
            "term_years": self.random.choice((3, 5)),
            "has_no_relatives": True,
        }

    def _names(self) -> dict[str, Any]:
        assert self.case is not None
        return {"union_name": f"{self.case.name}工会", "number": f"XJ-{self.number:06}"}

    def _other(self) -> dict[str, Any]:
        """Any running case within the unit's sight, older than this one."""
        assert self.case is not None
        running = UnionBuilding.objects.exclude(pk=self.case.pk).filter(
            unit__path__startswith=self.case.unit.path
        )
        others = running.exclude(state__in=(State.FOUNDED, State.GIVEN_UP, State.ABSORBED))
        found = others.order_by("pk").first() or workflow.begin(
            actor=self._somebody(self.case.unit),
            source=Source.VISIT,
            kind="market_union",
            name=f"{self.street.region.name}农贸市场",
            unit=self.case.unit.number,
        )
        return {"into": found.number}

    def _somebody(self, unit: UnionBody) -> Actor:
        return self.desks.somebody(self.random, UNION_ORGANISER, unit)


def plan(
    random_of: Callable[[str], Random],
    agenda: Agenda,
    desks: Desks,
    places: Places,
    *,
    count: int,
    first: date,
    today: date,
) -> None:
    """So many cases over all streets, and the latest list of blank spots of the last district."""
    streets = cycle(places.streets)
    for number, ending in enumerate(islice(cycle(ENDINGS), count), start=1):
        street = next(streets).union
        life = BuildingLife(random_of(f"building {number}"), agenda, desks, street, State(ending), number)
        agenda.add(life.begins_on(first, today), life.begin)
    release_day = today.replace(day=25) if today.day >= 25 else calendar.add_months(today, -1).replace(day=25)
    agenda.add(release_day, lambda: _release(places.districts[-1].union))


def _release(unit: UnionBody) -> None:
    """What the job does every month, for one district: the demo's inbox stays readable."""
    blank_spots.release_of(unit, None)
