"""Carries the hardship files of the demo city through their workflow, each step by whoever has it on the desk."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from niangjia.assistance import actions as assistance
from niangjia.assistance import category as rules
from niangjia.assistance import finding, workflow
from niangjia.assistance.access import REVIEWER
from niangjia.assistance.circumstances.actions import state
from niangjia.assistance.kinds import EXITS, STRIKE_OFFS, Cause, PaperKind, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import hardship
from niangjia.demo import living, tales
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.objections import Objections
from niangjia.demo.papers import a_sheet
from niangjia.demo.people import Invented
from niangjia.demo.stories import AFTER_NOTICE, Story
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import CLOCK, Actor, Duty
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.membership import actions as membership
from niangjia.membership import queries as people
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody


@dataclass(frozen=True)
class Relative:
    """Somebody of the applicant's household, before they are registered."""

    person: Invented
    relation: str


@dataclass(frozen=True)
class Family:
    """Whose file it is, with everything that the application will say."""

    head: Invented
    relatives: Sequence[Relative]
    address: str
    cause: Cause
    on_paper: bool
    papers: int
    story: Story

    @property
    def has_story(self) -> bool:
        """The others are filed by the hundred and say no more than the application asks."""
        return self.story.state != State.FILED or bool(self.story.steps)


def told(random: Random, family: Family) -> dict[str, Any]:
    """What a family says of itself."""
    size = 1 + len(family.relatives)
    is_needy = family.story.state != State.DECLINED
    return {
        "cause": family.cause,
        "household_size": size,
        "yearly_income_amount": str(living.yearly_income(random, family.cause, size, is_needy=is_needy)),
        "rigid_spending_amount": f"{random.randint(5000, 68000)}.{random.randint(0, 99):02}",
        "statement": random.choice(tales.STATEMENTS[family.cause]),
    }


def a_shelf(random: Random) -> str:
    return f"{random.choice('ABCD')}-{random.randint(1, 30):02}-{random.randint(1, 20):02}"


class FileLife:
    """One file: opens on its day, then takes step after step."""

    def __init__(
        self, random: Random, agenda: Agenda, desks: Desks, family: Family, objections: Objections
    ) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.family = family
        self.objections = objections
        self.steps = list(family.story.steps)
        self.file: HardshipFile | None = None
        self.said: dict[str, Any] = {}

    def begin(self) -> None:
        person = people.person_by_id_number(self.family.head.id_number.number)
        assert person is not None, "the applicant was enrolled before"
        self._form_household(person)
        self.file, clerk = self._apply(person)
        if self.family.has_story:
            self._say_how_they_live(clerk)
        kinds = tales.PAPERS.get(self.family.cause, tales.USUAL_PAPERS)
        signed = (PaperKind.APPLICATION, PaperKind.AUTHORISATION) if self.family.on_paper else ()
        for kind in (*kinds[: self.family.papers], *signed):
            upload = a_sheet(self.random, f"{PaperKind(kind).value}.jpg")
            assistance.attach(self.file, actor=clerk, kind=kind, upload=upload)
        self._plan_next()

    def _apply(self, person: Person) -> tuple[HardshipFile, Actor]:
        """By phone, on paper, or found by the union; who does it brings the papers too."""
        facts = self._application()
        if self.family.story.state == State.FOUND:
            membership.open_account(person, actor=CLOCK)
            clerk = self._somebody(REVIEWER, person.unit)
            return finding.found(actor=clerk, id_number=person.id_number, **facts), clerk
        if self.family.on_paper:
            clerk = self._somebody(REVIEWER, person.unit)
            return workflow.take_in(actor=clerk, id_number=person.id_number, **facts), clerk
        worker = Actor.of(person.user or membership.open_account(person, actor=CLOCK))
        return workflow.apply(actor=worker, **facts), worker

    def _say_how_they_live(self, teller: Actor) -> None:
        assert self.file is not None
        income = int(self.file.yearly_income_amount)
        self.said = living.circumstances(self.random, self.family.cause, self.file.household_size, income)
        if self.said:
            state(self.file, actor=teller, **self.said)

    def _form_household(self, person: Person) -> None:
        clerk = self._somebody(MEMBERSHIP_CLERK, person.unit)
        household = membership.form_household(person, actor=clerk, address=self.family.address)
        for relative in self.family.relatives:
            membership.add_to_household(
                household,
                actor=clerk,
                name=relative.person.name,
                id_number=relative.person.id_number.number,
                relation=relative.relation,
            )

    def _application(self) -> dict[str, Any]:
        return {
            **told(self.random, self.family),
            "consents_to_check": True,
            "consents_to_notice": True,
            "shares_health_with_unit": self.random.random() < 0.3,
        }

    def _plan_next(self) -> None:
        if not self.steps:
            return
        assert self.file is not None
        start = clock.today()
        if self.steps[0].name in AFTER_NOTICE and self.file.state == State.ON_NOTICE:
            assert self.file.due_on is not None
            start = self.file.due_on
        if self.steps[0].name == "renew":
            assert self.file.renewal_on is not None
            start = self.file.renewal_on
        self.agenda.add(calendar.add_working_days(start, self.steps[0].days), self._take)

    def _take(self) -> None:
        assert self.file is not None
        name = self.steps.pop(0).name
        if name == "apply_again":
            self.file, applicant = self._apply(self.file.person)
            self._say_how_they_live(applicant)
            self._plan_next()
            return
        step = hardship.transitions[name]
        if step is workflow.take_down and self.objections.is_upheld():
            self.objections.uphold(self.file)
            self.file.refresh_from_db()
        else:
            self.file = step(self.file, actor=self._doer(step), **self.answers(step.name))
        if self.file.state == State.ON_NOTICE:
            assert self.file.due_on is not None
            self.agenda.expect_clock(self.file.due_on + timedelta(days=1))
            if not (self.steps and self.steps[0].name == workflow.take_down.name):
                self.objections.maybe(self.file)
        if self.file.state == State.FILED:
            assert self.file.renewal_on is not None and self.file.expires_on is not None
            self.agenda.expect_clock(self.file.renewal_on + timedelta(days=1))
            self.agenda.expect_clock(self.file.expires_on + timedelta(days=1))
        self._plan_next()

    def _doer(self, step: Any) -> Actor:
        """The worker for their own steps, else somebody at the desk; a paper application is mended by the clerk."""
        assert self.file is not None
        if step.by_subject and not self.family.on_paper:
            user = self.file.person.user
            assert user is not None, "who applied has an account"
            return Actor.of(user)
        task = open_task_of(hardship.name, self.file.pk)
        if task is None:
            return self._somebody(step.duty, self.file.unit)
        return self._somebody(step.duty, self.file.unit, task.barred.values_list("pk", flat=True))

    def _somebody(self, duty: Duty, unit: UnionBody, barred: Iterable[int] = ()) -> Actor:
        return self.desks.somebody(self.random, duty, unit, set(barred))

    def answers(self, name: str) -> dict[str, Any]:
        """What is said with a step."""
        answers: dict[str, Callable[[], dict[str, Any]]] = {
            "review": lambda: {"category": self._category()[0], "accepts_missing": True},
            "record_check": self._check,
            "renew": self._renewal,
            "propose_exit": lambda: {"leaving_reason": self.random.choice(EXITS)},
            "propose_strike_off": lambda: {"leaving_reason": self.random.choice(STRIKE_OFFS)},
            "approve": self._approval,
            "resubmit": self._application,
            "record_visit": self._visit,
            "file_away": self._shelf,
        }
        given = answers[name]() if name in answers else {}
        if name in ("resubmit", "withdraw"):
            return given
        return given | {"remark": self.random.choice(tales.REASONS.get(name, tales.REMARKS))}

    def _category(self, file: HardshipFile | None = None) -> tuple[str, bool]:
        """As the rules of the city decide, else as the cause suggests; and whether the rules say that there is none."""
        file = file or self.file
        assert file is not None
        usual = tales.category_of(self.family.cause, rules.offered(file.unit, clock.today()))
        found = rules.propose(file) if self.family.has_story else None
        if found is None or not found.is_decided:
            return usual, False
        return found.category or usual, not found.category

    def _approval(self, file: HardshipFile | None = None) -> dict[str, Any]:
        """Against the rules only for a reason, which the file keeps."""
        category, is_against = self._category(file)
        reason = self.random.choice(tales.AGAINST_THE_RULES) if is_against else ""
        return {"category": category, "category_reason": reason}

    def _shelf(self) -> dict[str, Any]:
        return {"shelf_mark": a_shelf(self.random)}

    def _check(self) -> dict[str, Any]:
        assert self.file is not None
        return {
            "checked_on": clock.today().isoformat(),
            "yearly_income_amount": str(self.file.yearly_income_amount + self.random.randint(-5, 12) * 100),
            "deposits_amount": str(self.random.randint(0, 90) * 100),
            "investments_amount": "0",
            "homes": self.random.choice((0, 1, 1)),
            "receives_relief": self.said.get("receives_relief", False),
        }

    def _renewal(self) -> dict[str, Any]:
        assert self.file is not None
        now = copy(self.file)
        now.yearly_income_amount += self.random.randint(0, 30) * 100
        now.renewed_on = clock.today()
        names = ("household_size", "yearly_income_amount", "rigid_spending_amount")
        return {name: str(getattr(now, name)) for name in names} | self._approval(now)

    def _visit(self) -> dict[str, Any]:
        assert self.file is not None
        return {
            "visited_on": clock.today().isoformat(),
            "companion": self.random.choice(("社区网格员", "街道帮扶专员", "车间工会小组长", "单位女工委员")),
            "household_size": self.file.household_size,
            "yearly_income_amount": str(self.file.yearly_income_amount + self.random.randint(-8, 8) * 100),
            "findings": self.random.choice(tales.FINDINGS),
            "housing": self.random.choice(("owned", "rented", "public", "borrowed")),
            **self.random.choice(({"has_none": True}, {"has_none": True}, {"has_vehicle": True})),
            "conclusion": self.random.choice(("true", "true", "true", "partly")),
            "came_by": self.random.choice(("online", "phone", "phone", "paper")),
        }
