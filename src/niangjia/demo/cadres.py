"""Committees, officers and representatives of the demo city: elected, renewed in time or late, chairs that leave."""

from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from niangjia.demo import words
from niangjia.demo.agenda import Agenda
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.users import User
from niangjia.organisation import actions
from niangjia.organisation.kinds import CommitteeKind, OfficerRole, Specialty, UnionKind, UnionLevel
from niangjia.organisation.models import Committee, Team, UnionBody
from niangjia.organisation.queries import committees as queries
from niangjia.organisation.queries import unions_visible_to

# The register is begun when the first rosters are in, and looked through again month by month.
BEGINNING = timedelta(days=45)
ROUND = timedelta(days=30)
SOON = timedelta(days=40)
SMALL, LARGE = 25, 300
SHARE_LATE, SHARE_FORGOTTEN, SHARE_LEAVING = 0.06, 0.02, 0.05
COUNCIL = (OfficerRole.CHAIR, OfficerRole.VICE_CHAIR, *[OfficerRole.MEMBER] * 3)
BOARD = (OfficerRole.DIRECTOR, OfficerRole.MEMBER, OfficerRole.MEMBER)
SPECIALTIES = [one for one in Specialty if one != Specialty.GENERAL]
CONSTITUENCIES = ("机关", "企业", "教育卫生", "交通物流", "建筑", "新就业形态")


class Cadres:
    """Plans the rounds; each registers what unions have come about since the last."""

    def __init__(self, random: Random, agenda: Agenda, first: date, today: date) -> None:
        self.random = random
        self.agenda = agenda
        self.first = first
        self.today = today
        self.forgotten: set[int] = set()
        self.has_one_ending = False

    def plan(self) -> None:
        self.agenda.add(self.first + BEGINNING, self._engage_teams)
        day = self.first + BEGINNING
        while day <= self.today:
            self.agenda.add(day, self._round)
            day += ROUND

    def _round(self) -> None:
        """Federations first, then the grassroots in the order of the tree."""
        actor = self._actor()
        bodies = Committee.objects.filter(kind=CommitteeKind.UNION_COMMITTEE, ended_on__isnull=True)
        higher = unions_visible_to(actor).exclude(level=UnionLevel.GRASSROOTS)
        for union in higher.exclude(pk__in=bodies.values("unit")):
            self._elect_all(union, actor)
        for union in queries.unions_without_committee(actor):
            if union.pk in self.forgotten:
                continue
            if self.random.random() < SHARE_FORGOTTEN:
                self.forgotten.add(union.pk)
            elif union.member_count < SMALL and union.founded_on < self.first:
                self._organise(union, actor)
            elif union.member_count >= SMALL:
                self._elect_all(union, actor)

    def _engage_teams(self) -> None:
        """One of specialists in the city, one of social union workers, posted to the streets, in each district."""
        actor = self._actor()
        for union in unions_visible_to(actor).filter(level__in=(UnionLevel.CITY, UnionLevel.COUNTY)):
            if union.kind == UnionKind.INDUSTRY_UNION:
                continue
            is_city = union.level == UnionLevel.CITY
            team = actions.form_team(
                union,
                actor=actor,
                name=f"{union.region.name}{'专业指导员' if is_city else '社会化工会工作者'}队伍",
                kind="specialists" if is_city else "social_workers",
                from_on=clock.today() - timedelta(days=400),
            )
            places = [None] * 5 if is_city else list(unions_visible_to(actor).filter(parent=union)[:5])
            for specialty, place in zip(SPECIALTIES, places, strict=False):
                self._engage(team, specialty, place, actor)

    def _engage(self, team: Team, specialty: Specialty, place: UnionBody | None, actor: Actor) -> None:
        from_on = clock.today() - timedelta(days=self.random.randint(5, 390))
        actions.seat_team_member(
            team,
            actor=actor,
            name=self._name(),
            specialty=specialty,
            basis="contract",
            from_on=from_on,
            contract_until=calendar.add_months(from_on, 36),
            posted_to=place,
            title="工会副主席" if place else "",
        )

    def _organise(self, union: UnionBody, actor: Actor) -> None:
        day = max(union.founded_on, clock.today() - timedelta(days=self.random.randint(10, 300)))
        seat = self._person(OfficerRole.ORGANISER, day) | {"route": "appointed"}
        actions.seat_officer(union, actor=actor, **seat)

    def _elect_all(self, union: UnionBody, actor: Actor) -> None:
        is_higher = union.level != UnionLevel.GRASSROOTS
        kinds = [CommitteeKind.UNION_COMMITTEE]
        if is_higher or union.member_count >= LARGE:
            kinds += [CommitteeKind.AUDIT_COMMITTEE, CommitteeKind.WOMEN_COMMITTEE]
        if union.kind == UnionKind.COMPOUND_UNION:
            kinds += [CommitteeKind.MEDIATION, CommitteeKind.PROTECTION]
        if union.level == UnionLevel.COUNTY:
            kinds.append(CommitteeKind.MEMBER_CONGRESS)
        years = 5 if is_higher else self.random.choice((3, 3, 5))
        from_on = self._term_begins(union, years)
        if not is_higher and not self.has_one_ending:
            # However small the city, its clerk finds one term that is about to end.
            years, self.has_one_ending = 3, True
            from_on = max(union.founded_on, calendar.add_months(self.today + SOON, -12 * years))
        number = 1 + max(0, (from_on - union.founded_on).days // (365 * years))
        for kind in dict.fromkeys(kinds):
            term = {"kind": kind, "number": number, "from_on": from_on, "term_years": years}
            committee = actions.establish(union, actor=actor, **term)
            self._fill(committee, actor)
            self._foresee(committee, years)

    def _term_begins(self, union: UnionBody, years: int) -> date:
        """Of an old union somewhere in its term, now and then at its very end; a new one begins today."""
        today = clock.today()
        if union.founded_on >= self.first:
            return today
        ago = timedelta(days=self.random.randint(0, 365 * years - 20))
        return max(union.founded_on, today - ago)

    def _fill(self, committee: Committee, actor: Actor) -> None:
        if committee.kind in CommitteeKind.congresses():
            for number in range(12):
                actions.seat_representative(
                    committee,
                    actor=actor,
                    name=self._name(),
                    constituency=CONSTITUENCIES[number % len(CONSTITUENCIES)],
                    from_on=committee.from_on,
                )
            return
        roles = COUNCIL if committee.kind == CommitteeKind.UNION_COMMITTEE else BOARD
        people = [self._person(role, committee.from_on) for role in roles]
        if committee.unit.level != UnionLevel.GRASSROOTS:
            people[0]["is_full_time"] = True
        actions.seat_officers(committee, people, actor=actor)

    def _foresee(self, committee: Committee, years: int) -> None:
        """The renewal, unless it is neglected; and a chair who leaves before."""
        if self.random.random() >= SHARE_LATE:
            day = committee.until_on + timedelta(days=self.random.randint(-15, 10))
            day = max(day, clock.today() + timedelta(days=1))
            if day <= self.today:
                self.agenda.add(day, partial(self._renew, committee, years))
        if committee.kind == CommitteeKind.UNION_COMMITTEE and self.random.random() < SHARE_LEAVING:
            day = clock.today() + timedelta(days=self.random.randint(20, 600))
            if day <= self.today:
                self.agenda.add(day, partial(self._leave, committee))

    def _renew(self, committee: Committee, years: int) -> None:
        committee.refresh_from_db()
        if committee.ended_on is not None or committee.unit.is_dissolved:
            return
        actor = self._actor()
        new = actions.renew(committee, actor=actor, from_on=clock.today(), term_years=years)
        self._fill(new, actor)

    def _leave(self, committee: Committee) -> None:
        committee.refresh_from_db()
        chair = committee.officers.filter(role=OfficerRole.CHAIR, until_on__isnull=True).first()
        if committee.ended_on is not None or chair is None:
            return
        reason = self.random.choice(("transferred", "retired", "resigned"))
        actions.end_officer(chair, actor=self._actor(), until_on=clock.today(), end_reason=reason)
        if self.random.random() < 0.5:
            day = calendar.add_months(clock.today(), 2)
            if day <= self.today:
                self.agenda.add(day, partial(self._follow, committee))

    def _follow(self, committee: Committee) -> None:
        committee.refresh_from_db()
        if committee.ended_on is None:
            seat = self._person(OfficerRole.CHAIR, clock.today()) | {"route": "co_opted"}
            actions.seat_officer(committee, actor=self._actor(), **seat)

    def _actor(self) -> Actor:
        return Actor.of(User.objects.get(username="cadres"))

    def _person(self, role: OfficerRole, from_on: date) -> dict[str, Any]:
        return {
            "name": self._name(),
            "role": role,
            "route": "elected",
            "from_on": from_on,
            "phone": f"1540{self.random.randrange(10_000_000):07}",
            "declares_no_kinship": True,
        }

    def _name(self) -> str:
        pick = self.random.choice
        return pick(words.SURNAMES) + pick(words.FIRST_SYLLABLES) + pick(words.SECOND_SYLLABLES)
