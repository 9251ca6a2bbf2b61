"""Rosters that were uploaded lately: one taken in, one taken back again, one waiting with rows to put right."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from random import Random
from typing import Any

from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.people import Invented, Population
from niangjia.demo.places import Places
from niangjia.kernel import calendar
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs.running import run_next
from niangjia.kernel.sheets import Sheet, actions, working, write_rows
from niangjia.kernel.sheets.models import Batch
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.roster.columns import ROSTER
from niangjia.organisation.models import UnionBody

TITLES = ["姓名*", "证件号码*", "手机号", "所属工会", "用工形式", "工种或职务", "入会日期*"]
TRADES = ("操作工", "检验员", "保管员", "电工", "收银员", "保洁员")
TAKEN_IN, TAKEN_BACK, WAITING = 16, 8, 14

Line = list[str]


def send(
    sheet: Sheet,
    titles: Sequence[str],
    lines: Sequence[Sequence[Any]],
    unit: UnionBody,
    clerk: Actor,
    name: str,
) -> Batch:
    """A workbook, uploaded and looked through."""
    content = BytesIO()
    write_rows(content, titles, lines, name)
    batch = actions.upload(sheet, upload=content, unit=unit, actor=clerk, name=f"{name}.xlsx")
    run_next([working.check.name])
    return Batch.objects.get(pk=batch.pk)


def take_in(batch: Batch, clerk: Actor) -> Batch:
    actions.accept(batch, actor=clerk)
    run_next([working.accept.name])
    return Batch.objects.get(pk=batch.pk)


class Uploads:
    """Plans them for the last days before today, in the first district."""

    def __init__(
        self, random: Random, agenda: Agenda, desks: Desks, places: Places, population: Population
    ) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.places = places
        self.population = population

    def plan(self, today: date) -> int:
        """How many people they will register."""
        district = self.places.districts[0].union
        unions = [union for union in self.places.grassroots if union.path.startswith(district.path)]

        def lines(count: int) -> list[Line]:
            return [
                self._line(self.population.worker(), self.random.choice(unions), today) for _ in range(count)
            ]

        def on(days: int) -> date:
            return calendar.add_working_days(today - timedelta(days=days), 0)

        self.agenda.add(on(6), partial(self._take_in, district, lines(TAKEN_IN), is_undone=False))
        self.agenda.add(on(4), partial(self._take_in, district, lines(TAKEN_BACK), is_undone=True))
        self.agenda.add(today, partial(self._send, district, self._spoilt(lines(WAITING))))
        return TAKEN_IN + TAKEN_BACK

    def _take_in(self, unit: UnionBody, lines: Sequence[Line], *, is_undone: bool) -> None:
        clerk = self._clerk(unit)
        batch = take_in(self._send(unit, lines), clerk)
        if is_undone:
            actions.undo(batch, actor=clerk)
            run_next([working.undo.name])

    def _send(self, unit: UnionBody, lines: Sequence[Line]) -> Batch:
        return send(ROSTER, TITLES, lines, unit, self._clerk(unit), "名册")

    def _clerk(self, unit: UnionBody) -> Actor:
        return self.desks.somebody(self.random, MEMBERSHIP_CLERK, unit)

    def _line(self, person: Invented, union: UnionBody, today: date) -> Line:
        joined_on = today - timedelta(days=self.random.randint(8, 60))
        trade = self.random.choice(TRADES)
        number = person.id_number.number
        return [person.name, number, person.phone, union.name, "劳动合同", trade, joined_on.isoformat()]

    def _spoilt(self, lines: list[Line]) -> list[Line]:
        """Mistakes as they are made: a digit, a union of elsewhere, a row twice, a day that is none."""
        lines[2][1] = lines[2][1][:-1] + ("0" if lines[2][1][-1] != "0" else "1")
        lines[5][3] = self.places.districts[-1].union.name
        lines[8] = list(lines[1])
        lines[10][6] = "2026-02-30"
        lines[12][2] = lines[12][2][:-1]
        return lines
