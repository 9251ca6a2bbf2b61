"""Builds the demo city: its organisation on the first day, then day after day its people and their files.

One transaction holds it all, so a build that is killed leaves nothing in the database; papers already written to
disk have no row then, and the housekeeping of files collects them.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.demo import (
    absences,
    building,
    letters,
    plans,
    realname,
    reports,
    rounds,
    schemes,
    spot_checks,
    twinning,
    villages,
)
from niangjia.demo.agenda import Agenda
from niangjia.demo.cadres import Cadres
from niangjia.demo.desks import Desks
from niangjia.demo.families import Families
from niangjia.demo.growth import Growth
from niangjia.demo.hardship import FileLife
from niangjia.demo.models import DemoCity
from niangjia.demo.moves import Moves
from niangjia.demo.objections import Objections
from niangjia.demo.people import Population
from niangjia.demo.places import Places
from niangjia.demo.points import Fortunes, Stations
from niangjia.demo.queries import demo_city
from niangjia.demo.rosters import Rosters
from niangjia.demo.scale import Scale
from niangjia.demo.staff import Staff
from niangjia.demo.stories import Calendar
from niangjia.demo.taking_over import TakingOver
from niangjia.demo.turns import Turns
from niangjia.demo.twins import Twins
from niangjia.demo.uploads import Uploads
from niangjia.kernel import calendar, clock, collector
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import WrongState
from niangjia.kernel.users import User
from niangjia.organisation import actions, regions
from niangjia.organisation.models import Employer, UnionBody

Tell = Callable[[str], None]

# Rosters come first; the earliest application follows when they are all in.
DAYS_OF_ROSTERS = 30


def build(seed: int, scale: Scale, today: date, tell: Tell) -> None:
    """Build it into an empty database; refused, with nothing written, where there is anything."""
    # Looking for rings of garbage among a hundred thousand living rows costs a fifth of the time.
    with transaction.atomic(), collector.at_rest():
        city = _mark(seed)
        City(seed, scale, today, tell).live()
        city.finished_at = clock.now()
        city.save(update_fields=["finished_at"])


def _mark(seed: int) -> DemoCity:
    """First of all, so that of two builds at once the second waits for the first."""
    if demo_city() is not None:
        raise WrongState(_("演示城市已经建好，无需再建。"))
    if User.objects.exists() or UnionBody.objects.exists():
        raise WrongState(
            _(
                "这个数据库里已有账号或工会，不是演示库，没有写入任何内容。请用 NIANGJIA_DATABASE 指定一个空库。"
            )
        )
    return DemoCity.objects.create(pk=1, seed=seed)


class City:
    """One build. Each topic draws from a random source of its own, so that one does not disturb another."""

    places: Places
    population: Population
    staff: Staff

    def __init__(self, seed: int, scale: Scale, today: date, tell: Tell) -> None:
        self.seed = seed
        self.scale = scale
        self.today = today
        self.tell = tell
        self.first = calendar.add_months(today, -scale.months)
        self.agenda = Agenda()

    def live(self) -> None:
        self.tell(_("行政区划和节假日"))
        regions.load_regions()
        calendar.seed_calendar()
        with clock.at(self.first):
            self._set_up()
        with clock.at(self.today):
            self._plan()
        month = 0
        for day in self.agenda.live(self.first, self.today):
            if day.month != month:
                month = day.month
                self.tell(_("会员和档案：%(year)d 年 %(month)d 月") % {"year": day.year, "month": month})

    def _random(self, topic: str) -> Random:
        return Random(f"{self.seed} {topic}")

    def _set_up(self) -> None:
        """The tree, its staff and its employers, all on the first day."""
        self.tell(_("工会组织、任职和用人单位"))
        self.places = Places(self._random("places"), self.scale, self.first)
        self.places.record_regions()
        self.staff = staff = Staff(self._random("staff"), self.places)
        self.places.plant(staff.administrator)
        actor = self._administrator()
        self.places.found_federations(actor)
        for street in self.places.streets:
            self.places.found_grassroots(actor, street)
        staff.appoint_all()
        for outcome in actions.register_employers(self.places.employers(), actor=actor):
            if outcome.refusal:
                raise outcome.refusal

    def _administrator(self) -> Actor:
        return Actor.of(self.staff.administrator)

    def _plan(self) -> None:
        absences.plan_rules(self.agenda, self.places, self.first, self.today)
        absences.plan_absences(self.agenda, self.places, self.today)
        region_codes = [district.union.region.code[:6] for district in self.places.districts]
        population = Population(self._random("people"), self.today, region_codes)
        days = Calendar(calendar.add_months(self.today, -self.scale.file_months), self.today)
        planner = Families(self._random("families"), self.scale, self.places, population, days)
        families, filed_together = planner.plan(), planner.plan_rounds()
        taken_over = planner.plan_taken_over()
        needy = families + filed_together + taken_over
        relatives = sum(len(placed.family.relatives) for placed in needy)
        desks = Desks()
        relatives += Twins(self._random("twins"), self.agenda, desks, population).plan(families, self.today)
        employers = list(Employer.objects.order_by("uscc"))
        rosters = Rosters(self._random("rosters"), self.agenda, desks, self.places, employers, population)
        uploads = Uploads(self._random("uploads"), self.agenda, desks, self.places, population)
        enrolled = self.scale.people - relatives - self.scale.joins - uploads.plan(self.today)
        growth = Growth(self._random("growth"), self.agenda, self.places, self._administrator, self.today)
        rosters.keep_for(growth.later, enrolled)
        growth.plan(rosters.welcome, employers)
        rosters.plan(enrolled, needy, self.first, self.scale.months)
        heads = {placed.family.head.id_number.number for placed in needy}
        turns = Turns(self._random("turns"), self.agenda, desks, self.places, self.scale, days)
        turns.plan(population, heads)
        Cadres(self._random("cadres"), self.agenda, self.first, self.today).plan()
        Stations(self._random("stations"), self.agenda, self.places, self.first, self.today).plan()
        Fortunes(self._random("fortunes"), self.agenda, self.first, self.today).plan(employers)
        objections = Objections(self._random("objections"), self.agenda, desks)
        self.agenda.add(self.today, partial(objections.leave_work, self.places.districts[0].union))
        for number, placed in enumerate(families):
            life = FileLife(self._random(f"file {number}"), self.agenda, desks, placed.family, objections)
            self.agenda.add(placed.family.story.begins_on, life.begin)
        rounds.plan(self._random("rounds"), self.agenda, desks, filed_together)
        districts = [district.union for district in self.places.districts]
        TakingOver(self._random("taking over"), self.agenda, desks, days).plan(taken_over, districts)
        plans.plan(self._random, self.agenda, desks, families, days)
        self._plan_unions(desks, days)
        realname.plan(self._random("realname"), self.agenda, desks, self.places, self.today)
        letters.plan(
            self._random("letters"),
            self.agenda,
            desks,
            self.places,
            self._administrator,
            count=self.scale.letters,
            first=self.first,
            today=self.today,
        )
        Moves(self._random("moves"), self.agenda, desks, self.places, heads).plan(self.first, self.today)
        schemes.plan(self._random("schemes"), self.agenda, desks, self.places, self.today)
        reports.plan(self.agenda, self._administrator, self.places.city, self.first, self.today)

    def _plan_unions(self, desks: Desks, days: Calendar) -> None:
        """What unions do with one another: they check files, help, and found new ones."""
        spot_checks.plan(self._random("spot checks"), self.agenda, desks, self.places, days)
        twinning.plan(self._random("twinning"), self.agenda, desks, self.places, days)
        villages.plan(self._random("villages"), self.agenda, desks, self.places, days)
        building.plan(
            self._random,
            self.agenda,
            desks,
            self.places,
            count=self.scale.buildings,
            first=self.first,
            today=self.today,
        )
