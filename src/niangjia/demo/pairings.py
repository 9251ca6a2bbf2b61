"""Pairings of the demo city: colleagues call on households again and again; one is handed over, one ends."""

from datetime import timedelta
from functools import partial
from random import Random

from django.db.models import QuerySet

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile, Pairing
from niangjia.assistance.pairing import workflow
from niangjia.assistance.pairing.kinds import Manner, Role
from niangjia.assistance.pairing.quotas import posts_held
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.staff import MENTOR
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.users import User

OFFICE = "0990-8123456"
# Days between two calls; somewhat more than the region asks, so that some owe one.
REST = (70, 98)
SAID = (
    ("爱人想找离家近一点的活，孩子月考进步了。", "问职业介绍所有没有附近的岗位。"),
    ("老人复查结果不错，药费比上季少。", ""),
    ("米面油已送到，家里灯坏了一盏，当场换好。", "请物业来看线路。"),
)


def files_on_hand() -> "QuerySet[HardshipFile]":
    return (
        HardshipFile.objects.filter(state=State.FILED).select_related("unit", "person__user").order_by("pk")
    )


def clerk_of(file: HardshipFile, random: Random, desks: Desks) -> Actor:
    return desks.somebody(random, CENTRE_CLERK, file.unit)


class Pairings:
    """Colleagues who have room; the first household is handed over, the second leaves its cadre."""

    def __init__(self, random: Random, agenda: Agenda, desks: Desks) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self._count = 0

    def pair_with_mentor(self, file: HardshipFile) -> None:
        self._pair(file, User.objects.get(username=MENTOR))

    def pair(self, file: HardshipFile) -> None:
        """With somebody who has none yet; when everybody is taken, with nobody."""
        cadre = self._free(Role.LEADER if self._count % 4 == 2 else Role.STAFF)
        if cadre is None:
            return
        self._count += 1
        row = self._pair(file, cadre)
        later = calendar.add_working_days(clock.today(), 4)
        if self._count == 1:
            self.agenda.add(later, partial(self._hand_over, row.pk))
        if self._count == 2:
            self.agenda.add(later, partial(self._end, row.pk))

    def _pair(self, file: HardshipFile, cadre: User) -> Pairing:
        clerk = clerk_of(file, self.random, self.desks)
        row: Pairing = workflow.pair(actor=clerk, file=file.number, cadre=cadre.username, office_phone=OFFICE)
        self.agenda.add(calendar.add_working_days(clock.today(), 2), partial(self._visit, row.pk))
        return row

    def _free(self, role: Role) -> User | None:
        """One household each; the mentor's is chosen."""
        posts = posts_held(role).exclude(user__username=MENTOR).filter(user__pairings=None)
        post = posts.order_by("pk").first()
        return post.user if post else None

    def _visit(self, pk: int) -> None:
        row = _row(pk)
        if row.ended_on is not None:
            return
        discussed, next_steps = self.random.choice(SAID)
        workflow.record_visit(
            row,
            actor=self.desks.actor(row.cadre),
            visited_on=clock.today().isoformat(),
            manner=self.random.choice((Manner.AT_HOME, Manner.AT_HOME, Manner.BY_PHONE)),
            discussed=discussed,
            next_steps=next_steps,
        )
        again = clock.today() + timedelta(days=self.random.randint(*REST))
        self.agenda.add(calendar.add_working_days(again, 1), partial(self._visit, pk))

    def _hand_over(self, pk: int) -> None:
        row, cadre = _row(pk), self._free(Role.STAFF)
        if cadre is not None:
            workflow.hand_over(
                row,
                actor=clerk_of(row.file, self.random, self.desks),
                cadre=cadre.username,
                office_phone=OFFICE,
                remark="原结对干部调往外地工作",
            )

    def _end(self, pk: int) -> None:
        row = _row(pk)
        workflow.end(
            row,
            actor=clerk_of(row.file, self.random, self.desks),
            remark="这一家由子女接去同住，不再需要结对",
        )


def _row(pk: int) -> Pairing:
    return Pairing.objects.select_related(*workflow.pairing.related, "file__unit").get(pk=pk)
