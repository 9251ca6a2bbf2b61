"""Children of the demo city who left school: one came back and left again, one wavers, one was just found."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from niangjia.assistance.access import APPROVER, SCHOOL_WORKER
from niangjia.assistance.models import SchoolingCase
from niangjia.assistance.schooling import workflow
from niangjia.assistance.schooling.kinds import Answer, Grade, SupportKind
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.stories import Calendar
from niangjia.kernel import calendar, clock
from niangjia.kernel.users import User
from niangjia.membership.models import HouseholdMembership, Person

SCHOOL = "青禾中学"
# Working days before today on which a child is found, and how its case goes on, each step six working days later.
CASES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (70, ("persuade", "agree", "return_to_school", "drop_out_again", "agree", "return_to_school", "support")),
    (9, ("persuade",)),
    (1, ()),
)
STEP = 6
# Ages in years at which one is at school, and stays under age while the case runs.
PUPILS = (8, 16)


def plan(random: Random, agenda: Agenda, desks: Desks, story: Calendar) -> None:
    cases = Cases(random, agenda, desks)
    for days, way in CASES:
        agenda.add(story.before(days), partial(cases.find, way))


class Cases:
    def __init__(self, random: Random, agenda: Agenda, desks: Desks) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks

    def find(self, way: tuple[str, ...]) -> None:
        child = self._child()
        if child is None:
            return
        guardian = Person.objects.select_related("unit").get(
            households__household=child.household,
            households__relation=HouseholdMembership.Relation.HEAD,
            households__until_on=None,
        )
        worker = self.desks.somebody(self.random, SCHOOL_WORKER, guardian.unit)
        case: SchoolingCase = workflow.find(
            actor=worker,
            id_number=guardian.id_number,
            child=child.person.name,
            school=SCHOOL,
            grade=Grade.EIGHTH,
            left_on=(clock.today() - timedelta(days=5)).isoformat(),
            circumstances="开学后没有到校，说功课跟不上，在亲戚店里帮忙。",
        )
        self._go_on(case.pk, way, worker.account)

    def _child(self) -> HouseholdMembership | None:
        """A pupil without a case yet, of the household nearest to the demo accounts."""
        first, last = (calendar.add_months(clock.today(), -12 * years) for years in reversed(PUPILS))
        rows = HouseholdMembership.objects.filter(
            until_on=None,
            relation=HouseholdMembership.Relation.CHILD,
            person__born_on__range=(first, last),
            person__schooling=None,
        )
        return rows.select_related("person", "household").order_by("household__unit__path", "pk").first()

    def _go_on(self, pk: int, way: tuple[str, ...], worker: User) -> None:
        if way:
            day = calendar.add_working_days(clock.today(), STEP)
            self.agenda.add(day, partial(self._take, pk, way, worker))

    def _take(self, pk: int, way: tuple[str, ...], worker: User) -> None:
        """All by who found the child, so that a colleague is free to call on the school later."""
        case = SchoolingCase.objects.select_related(*workflow.schooling.related).get(pk=pk)
        is_support = way[0] == "support"
        steps: dict[str, Callable[[], tuple[Any, dict[str, Any]]]] = {
            "persuade": lambda: (workflow.persuade, _visit(Answer.WAVERS)),
            "agree": lambda: (workflow.persuade, _visit(Answer.AGREES)),
            "return_to_school": lambda: (workflow.return_to_school, _back()),
            "drop_out_again": lambda: (workflow.drop_out_again, _left_again()),
            "support": lambda: (workflow.support, _money()),
        }
        step, said = steps[way[0]]()
        approver = self.desks.somebody(self.random, APPROVER, case.unit)
        step(case, actor=approver if is_support else self.desks.actor(worker), **said)
        self._go_on(pk, way[1:], worker)


def _visit(answer: Answer) -> dict[str, Any]:
    today = clock.today().isoformat()
    said = {"visited_on": today, "team": "班主任、社区干部、邻居", "answer": answer}
    if answer == Answer.AGREES:
        paper = {"consented_on": today, "consent_paper": "劝学档案盒 1"}
        return said | paper | {"said": "孩子愿意回去试试，家长签了同意书。"}
    return said | {"consented_on": "", "consent_paper": "", "said": "孩子低头不说话，家长说再想想。"}


def _back() -> dict[str, Any]:
    return {"returned_on": clock.today().isoformat(), "school": SCHOOL, "grade": Grade.EIGHTH}


def _left_again() -> dict[str, Any]:
    return {"left_on": clock.today().isoformat(), "circumstances": "住校不习惯，周末回家后没有返校。"}


def _money() -> dict[str, Any]:
    return {
        "kind": SupportKind.RENT,
        "amount": "3600",
        "source": "市总工会助学专项",
        "from_on": clock.today().isoformat(),
        "until_on": (clock.today() + timedelta(days=300)).isoformat(),
    }
