"""What becomes of members in two years: month by month some leave, some retire, some go over to another union.

Whoever lives in a household of the demo has a story of their own and stays.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from random import Random
from typing import Any

from django.db.models import QuerySet

from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.places import District, Places
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import within
from niangjia.kernel.workflow import Outcome, locking
from niangjia.membership import households
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import LeavingReason, MemberState, RetentionReason
from niangjia.membership.models import Member, Transfer
from niangjia.membership.workflow import stays, transfer, transfers
from niangjia.organisation.models import Employer, UnionBody

# Of the half of a district's members that has no other story, in a month.
ENDING, RETIRING, MOVING = 0.0008, 0.0005, 0.0001
WHY_END = {LeavingReason.RESIGNED: 7, LeavingReason.DIED: 2, LeavingReason.EXPELLED: 1}
WHY_RETAIN = {RetentionReason.RETIRED: 6, RetentionReason.UNEMPLOYED: 3, RetentionReason.CARE_LEAVE: 1}
FIRST_MONTH = 2
DAY_OF_MONTH = 11
# Who has joined since counts from then on.
MONTHS_OF_READING = (1, 7)
RELEASED_AFTER, RECEIVED_AFTER = 2, 5


class Moves:
    """Plans the months; carried out by the membership clerks of the unions concerned."""

    def __init__(
        self, random: Random, agenda: Agenda, desks: Desks, places: Places, others: Collection[str]
    ) -> None:
        """`others` are the ID numbers of workers who have a story of their own."""
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.places = places
        self.others = set(others)
        self._found: set[int] = set()
        self._known: dict[str, list[int]] = {}

    def plan(self, first: date, today: date) -> None:
        start = calendar.add_months(first.replace(day=1), FIRST_MONTH)
        while start < today:
            for number, district in enumerate(self.places.districts):
                day = calendar.add_working_days(start, DAY_OF_MONTH + number)
                if day <= today:
                    self.agenda.add(day, partial(self._month, district))
            start = calendar.add_months(start, 1)

    def _month(self, district: District) -> None:
        clerk = self.desks.somebody(self.random, MEMBERSHIP_CLERK, district.union)
        path = district.union.path
        if path not in self._known or clock.today().month in MONTHS_OF_READING:
            self._known[path] = self._members(district)
        members = self._known[path]
        ends, retires, moves = self._read(
            [self._some(members, share) for share in (ENDING, RETIRING, MOVING)]
        )
        for reason, rows in self._grouped(ends, WHY_END).items():
            given = {"reason": reason, "left_on": clock.today()}
            _done(stays.end.many(rows, actor=clerk, remark="本人确认。", **given))
        for reason, rows in self._grouped(retires, WHY_RETAIN).items():
            _done(stays.retain.many(rows, actor=clerk, reason=reason))
        for member in moves:
            self._call_in(member)

    def _members(self, district: District) -> list[int]:
        """In the order of their numbers, so that a seed chooses the same on every database."""
        rows = free().filter(within([district.union.path]))
        enrolled = households.people_numbered(self.others)
        self.others -= enrolled.keys()
        self._found |= {person.pk for person in enrolled.values()}
        read = rows.order_by("number", "stint").values_list("pk", "person_id")
        return [member for member, person in read if person not in self._found]

    def _some(self, members: list[int], share: float) -> set[int]:
        """So many that the share comes out over the months; nobody twice in one."""
        count = int(len(members) * share + self.random.random())
        chosen = set(self.random.sample(members, min(count, len(members))))
        members[:] = [member for member in members if member not in chosen]
        return chosen

    def _read(self, chosen: Sequence[set[int]]) -> list[list[Member]]:
        """All in one question, each choice in the order of numbers."""
        rows = free().filter(pk__in=set().union(*chosen)).select_related("person", "unit").order_by("number")
        found = list(rows)
        return [[member for member in found if member.pk in some] for some in chosen]

    def _grouped(self, rows: Sequence[Member], why: dict[Any, int]) -> dict[Any, list[Member]]:
        groups: dict[Any, list[Member]] = {}
        for row in rows:
            groups.setdefault(self.random.choices(list(why), list(why.values()))[0], []).append(row)
        return groups

    def _call_in(self, member: Member) -> None:
        """The new union has the worker with it and asks the old one."""
        others = [union for union in self.places.grassroots if union.pk != member.unit_id]
        union = self.random.choice(others)
        employer = Employer.objects.filter(union=union, is_operating=True).order_by("uscc").first()
        case: Transfer = transfers.call_in(
            actor=self.desks.somebody(self.random, MEMBERSHIP_CLERK, union),
            name=member.person.name,
            id_number=str(member.person.id_number),
            to_unit=union.number,
            employer=employer.uscc if employer else "",
        )
        day = clock.today()
        self.agenda.add(
            calendar.add_working_days(day, RELEASED_AFTER),
            partial(self._take, case, transfers.release, member.unit),
        )
        self.agenda.add(
            calendar.add_working_days(day, RECEIVED_AFTER),
            partial(self._take, case, transfers.receive, union),
        )

    def _take(self, case: Transfer, step: Any, union: UnionBody) -> None:
        [fresh] = locking.read(transfer, case.pk)
        given = (
            {"employer": fresh.employer.uscc if fresh.employer else ""} if step is transfers.receive else {}
        )
        step(fresh, actor=self.desks.somebody(self.random, MEMBERSHIP_CLERK, union), **given)


def free() -> "QuerySet[Member]":
    return Member.objects.filter(state=MemberState.ACTIVE, person__households=None, person__user=None)


def _done(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.refusal:
            raise outcome.refusal
