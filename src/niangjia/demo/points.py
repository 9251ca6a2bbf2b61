"""Service points and grid cells of the demo city, and what happens to its employers."""

from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from niangjia.demo import words
from niangjia.demo.agenda import Agenda
from niangjia.demo.places import District, Places, Street
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.users import User
from niangjia.organisation import actions, hours
from niangjia.organisation.kinds import PointKind
from niangjia.organisation.models import Employer, ServicePoint, UnionBody

# In the middle of a desert, where there is no city to be taken for this one.
LATITUDE, LONGITUDE = 40.5, 90.5
OFFICE = dict.fromkeys(hours.WEEK[:5], "09:00-12:00 13:30-17:00")
LONG_DAY = dict.fromkeys(hours.DAYS, "07:30-21:00")
ALWAYS = dict.fromkeys(hours.DAYS, hours.ALL_DAY)
WEEKDAYS_LATE = {**dict.fromkeys(hours.WEEK[:6], "08:30-19:00"), "holiday": "10:00-16:00"}
REST = ("water", "meal_heating", "seats", "charging", "first_aid", "toilet", "air_conditioning", "wifi")
CENTRE = ("service_window", "legal_advice", "counselling", "water", "toilet", "step_free", "nursing_room")
STATION = ("service_window", "water", "books", "child_care")


class Stations:
    """Opens what each district and street has; later some keep other hours, one closes."""

    def __init__(self, random: Random, agenda: Agenda, places: Places, first: date, today: date) -> None:
        self.random = random
        self.agenda = agenda
        self.places = places
        self.first = first
        self.today = today
        self.cells = 0

    def plan(self) -> None:
        self.agenda.add(self.first + timedelta(days=8), self._open_all)
        self.agenda.add(self.today - timedelta(days=5), self._keep_other_hours)

    def _open_all(self) -> None:
        actor = _actor()
        self._open(actor, self.places.city, "职工服务中心", PointKind.SERVICE_CENTRE, OFFICE, CENTRE, (0, 0))
        for number, district in enumerate(self.places.districts):
            self._open_district(actor, district, ((number % 2) * 0.12 - 0.06, (number // 2) * 0.14 - 0.07))

    def _open_district(self, actor: Actor, district: District, at: tuple[float, float]) -> None:
        self._open(actor, district.union, "困难职工帮扶中心", PointKind.AID_CENTRE, OFFICE, CENTRE, at)
        for street in district.streets:
            self._open_street(actor, street, at)

    def _open_street(self, actor: Actor, street: Street, at: tuple[float, float]) -> None:
        there = (at[0] + self.random.uniform(-0.05, 0.05), at[1] + self.random.uniform(-0.06, 0.06))
        main = self._open(
            actor, street.union, "网格工作总站", PointKind.GRID_MAIN_STATION, WEEKDAYS_LATE, STATION, there
        )
        rest_hours = self.random.choice((LONG_DAY, ALWAYS, WEEKDAYS_LATE))
        self._open(actor, street.union, "户外劳动者驿站", PointKind.REST_STATION, rest_hours, REST, there)
        station = self._open(
            actor, street.union, "一号网格工作站", PointKind.GRID_STATION, OFFICE, STATION, there, main
        )
        for number in range(1, 4):
            self._draw(actor, street.union, number, station if number == 1 else main)

    def _open(
        self,
        actor: Actor,
        union: UnionBody,
        name: str,
        kind: PointKind,
        week: dict[str, str],
        facilities: tuple[str, ...],
        at: tuple[float, float],
        parent: ServicePoint | None = None,
    ) -> ServicePoint:
        present = [one for one in facilities if self.random.random() < 0.8]
        given: dict[str, Any] = {
            "name": f"{union.region.name}{name}",
            "kind": kind,
            "unit": union,
            "parent": parent,
            "region": union.region,
            "address": f"{union.region.name}{self.random.choice(words.STREET_NAMES)} {self.random.randint(1, 180)} 号",
            "phone": f"0990-{self.random.randint(2000000, 8999999)}",
            "latitude": f"{LATITUDE + at[0] + self.random.uniform(-0.01, 0.01):.6f}",
            "longitude": f"{LONGITUDE + at[1] + self.random.uniform(-0.01, 0.01):.6f}",
            "opened_on": clock.today() - timedelta(days=self.random.randint(30, 1500)),
            **week,
            **{f"has_{one}": True for one in present},
        }
        return actions.open_point(actor=actor, **given)

    def _draw(self, actor: Actor, union: UnionBody, number: int, station: ServicePoint) -> None:
        self.cells += 1
        day = clock.today() - timedelta(days=self.random.randint(10, 700))
        near, far = self.random.sample(words.STREET_NAMES, 2)
        cell = actions.draw_cell(
            actor=actor,
            number=f"WG-{self.cells:04}",
            name=f"{union.region.name}第 {number} 网格",
            unit=union,
            region=union.region,
            station=station,
            boundary=f"东至{near}，西至{far}",
            from_on=day,
        )
        for role in ("head", "worker"):
            if role == "head" or self.random.random() < 0.7:
                actions.seat_grid_worker(cell, actor=actor, name=_name(self.random), role=role, from_on=day)

    def _keep_other_hours(self) -> None:
        actor = _actor()
        rows = ServicePoint.objects.filter(closed_on__isnull=True).order_by("id")
        repairs, closing = rows.filter(kind=PointKind.REST_STATION)[:2]
        today = clock.today()
        actions.keep_special_hours(
            repairs,
            actor=actor,
            from_on=today,
            until_on=today + timedelta(days=20),
            hours="",
            reason="装修，暂停开放",
        )
        actions.close_point(closing, actor=actor, closed_on=today, remark="房屋租期届满")


class Fortunes:
    """Employers grow and shrink, get new heads, merge."""

    def __init__(self, random: Random, agenda: Agenda, first: date, today: date) -> None:
        self.random = random
        self.agenda = agenda
        self.first = first + timedelta(days=60)
        self.today = today

    def plan(self, employers: list[Employer]) -> None:
        """Of those that have a union, so that nobody changes what has closed meanwhile."""
        steady = [employer for employer in employers if employer.union_id and employer.is_operating]
        chosen = self.random.sample(steady, max(6, len(steady) // 8))
        for employer in chosen:
            self.agenda.add(self._day(), partial(self._change, employer))
        for employer, successor in zip(chosen[:6:2], chosen[1:6:2], strict=True):
            self.agenda.add(self.today - timedelta(days=15), partial(self._merge, employer, successor))

    def _day(self) -> date:
        return self.first + timedelta(days=self.random.randrange((self.today - self.first).days - 20))

    def _change(self, employer: Employer) -> None:
        employer.refresh_from_db()
        staff = max(3, round(employer.staff_count * self.random.uniform(0.7, 1.6)) + 1)
        # A change that changes nothing is refused.
        staff += staff == employer.staff_count
        changes: dict[str, Any] = {"reason": "职工人数年报", "staff_count": staff}
        if self.random.random() < 0.3:
            changes |= {"reason": "更换负责人", "head": _name(self.random)}
        actions.change_employer(employer, actor=_actor(), from_on=clock.today(), **changes)

    def _merge(self, employer: Employer, successor: Employer) -> None:
        employer.refresh_from_db()
        actions.merge_employer(
            employer, actor=_actor(), from_on=clock.today(), reason="吸收合并", successor=successor.uscc
        )


def _actor() -> Actor:
    return Actor.of(User.objects.get(username="cadres"))


def _name(random: Random) -> str:
    pick = random.choice
    return pick(words.SURNAMES) + pick(words.FIRST_SYLLABLES) + pick(words.SECOND_SYLLABLES)
