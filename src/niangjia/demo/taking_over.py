"""存量档案移入: lately each district took over by workbook what its former system had."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.category import offered
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.takeover.columns import TAKE_OVER
from niangjia.assistance.takeover.workflow import confirm_take_over, decline_take_over
from niangjia.demo import tales, uploads
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.families import Placed
from niangjia.demo.hardship import a_shelf, told
from niangjia.demo.stories import Calendar
from niangjia.kernel import calendar, clock
from niangjia.kernel.documents.printing import in_chinese
from niangjia.membership.models import HouseholdMembership
from niangjia.organisation.models import UnionBody

# Working days before today on which the first district sends its workbook, and between it and the next.
FIRST, APART = 20, 3
TO_CONFIRM = 2
# Working days before today on which what the approver sent back comes again, and waits.
AGAIN = 1
# One of so many families is sent back, and one is up for review these days.
SENT_BACK, DUE_NOW = 150, 50
# Days until the reviews of the others, and from the review to the end of the year.
LAST_REVIEW, LEAD = 300, 30

Line = dict[str, Any]


class TakingOver:
    """Each district's families in the order of their unions, as the former system lists them."""

    def __init__(self, random: Random, agenda: Agenda, desks: Desks, days: Calendar) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.days = days

    def plan(self, families: Sequence[Placed], districts: Sequence[UnionBody]) -> None:
        for turn, district in enumerate(districts):
            own = [placed for placed in families if placed.union.path.startswith(district.path)]
            own.sort(key=lambda placed: placed.union.number)
            day = self.days.before(FIRST - APART * turn)
            self.agenda.add(day, partial(self._send, district, own))

    def _send(self, district: UnionBody, families: Sequence[Placed]) -> None:
        lines = [
            line for place, placed in enumerate(families) for line in self._lines(district, place, placed)
        ]
        self._bring(district, lines)
        day = calendar.add_working_days(clock.today(), TO_CONFIRM)
        self.agenda.add(day, partial(self._confirm, district, lines))

    def _bring(self, district: UnionBody, lines: Sequence[Line]) -> None:
        clerk = self.desks.somebody(self.random, CENTRE_CLERK, district)
        titles = [column.titles[0] for column in TAKE_OVER.columns]
        rows = [[line.get(column.name) for column in TAKE_OVER.columns] for line in lines]
        uploads.take_in(uploads.send(TAKE_OVER, titles, rows, district, clerk, "存量档案"), clerk)

    def _confirm(self, district: UnionBody, lines: Sequence[Line]) -> None:
        """All but a few, whose shelf mark is not that of the box; those come again with the right one."""
        actor = self.desks.somebody(self.random, APPROVER, district)
        waiting = HardshipFile.objects.filter(state=State.TAKEN_OVER, unit__path__startswith=district.path)
        files = list(waiting.order_by("pk"))
        back = files[::SENT_BACK]
        for file in back:
            decline_take_over(file, actor=actor, remark="纸质档案盒上是另一个盒号，请核对后重新移入。")
        for outcome in confirm_take_over.many(
            [file for file in files if file not in back],
            actor=actor,
            remark="已与原系统名单和纸质档案逐户核对。",
        ):
            if outcome.refusal:
                raise outcome.refusal
        numbers = {file.former_number for file in back}
        again = [
            {**line, "shelf_mark": a_shelf(self.random)}
            for line in lines
            if line.get("former_number") in numbers
        ]
        self.agenda.add(self.days.before(AGAIN), partial(self._bring, district, again))
        for number in range((self.days.today - clock.today()).days):
            self.agenda.expect_clock(clock.today() + timedelta(days=number + 1))

    def _lines(self, district: UnionBody, place: int, placed: Placed) -> list[Line]:
        family = placed.family
        days = self._days()
        category = tales.category_of(family.cause, offered(placed.union, days["approved_on"]))
        words = in_chinese(lambda: {"cause": str(family.cause.label), "category": str(category.label)})
        head = {
            "name": family.head.name,
            "id_number": family.head.id_number.number,
            "unit": placed.union.number,
            "address": family.address,
            "former_number": f"BF{district.number}-{place + 1:05}",
            "shelf_mark": a_shelf(self.random),
            **told(self.random, family),
            **words,
            **{name: day.isoformat() for name, day in days.items()},
        }
        return [head, *(self._relative(family.head.id_number.number, one) for one in family.relatives)]

    def _days(self) -> dict[str, date]:
        """Of the former system, so that the reviews follow one another from today on."""
        draw = self.random.randint
        is_due = draw(1, DUE_NOW) == 1
        renewal_on = self.days.today + timedelta(days=draw(-12, 0) if is_due else draw(1, LAST_REVIEW))
        expires_on = renewal_on + timedelta(days=LEAD)
        filed_on = calendar.add_months(expires_on, -12)
        approved_on = filed_on - timedelta(days=draw(0, 4))
        notice_until = approved_on - timedelta(days=draw(1, 5))
        applied_on = notice_until - timedelta(days=draw(20, 45))
        return {
            "applied_on": applied_on,
            "notice_until": notice_until,
            "approved_on": approved_on,
            "filed_on": filed_on,
            "expires_on": expires_on,
        }

    def _relative(self, head: str, relative: Any) -> Line:
        relation = HouseholdMembership.Relation(relative.relation)
        return {
            "name": relative.person.name,
            "id_number": relative.person.id_number.number,
            "head": head,
            "relation": in_chinese(lambda: str(relation.label)),
        }
