"""What a city of the benchmarks holds: a tree of unions, members, hardship files with tasks, audit entries and staff.

Members per union, rows on the measured desk and papers of the measured file are the same in every size, so that two
sizes differ in nothing but how much lies around them. All names and numbers are invented; a size has one city.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import _rows
import _story
from django.db import transaction

from niangjia.assistance.access import APPROVER, ARCHIVIST, CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.kinds import Category, Cause, PaperKind, State
from niangjia.assistance.models import HardshipFile, HomeVisit
from niangjia.demo import words
from niangjia.kernel import audit, calendar, clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.clock import CHINA
from niangjia.kernel.models import Task, User
from niangjia.kernel.numbering import Counter
from niangjia.membership import identity
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Household, HouseholdMembership, Member, Person
from niangjia.membership.names import readings
from niangjia.organisation import paths, regions, uscc
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.kinds import EmployerKind, Industry, RegionLevel, UnionKind, UnionLevel
from niangjia.organisation.models import Employer, EmployerPeriod, Post, Region, UnionBody

LONG_AGO = date(2015, 1, 1)
MADE_AT = datetime(2026, 1, 5, 9, tzinfo=CHINA)
PER_UNION = 91
# Tasks on the measured clerk's desk, whatever the size of the city.
ON_DESK = 60
FILES_SHARE = 0.01
REVIEWERS = 8


@dataclass(frozen=True)
class Shape:
    districts: int
    streets: int
    unions: int

    @classmethod
    def of(cls, members: int) -> "Shape":
        districts, streets = (12, 16) if members >= 100_000 else (2, 4)
        return cls(districts, streets, max(1, round(members / (districts * streets * PER_UNION))))


class City:
    """Fills an empty, migrated database."""

    def __init__(self, members: int) -> None:
        self.members = members
        self.random = Random(members)
        self.shape = Shape.of(members)
        self.unions: list[UnionBody] = []

    def build(self) -> None:
        calendar.seed_calendar()
        with transaction.atomic():
            self._tree()
            self._staff()
        with _rows.without_indexes(Person, Member):
            for model, names, rows in (
                (Person, PERSON, self._people()),
                (Member, MEMBER, self._memberships()),
            ):
                with transaction.atomic():
                    _rows.insert(model, names, rows)
        with transaction.atomic():
            self._count_members()
            self._files()
            _rows.reset_sequences(Person, Member, Household, HouseholdMembership, HardshipFile, Task)

    @property
    def grassroots(self) -> list[UnionBody]:
        return [union for union in self.unions if union.level == UnionLevel.GRASSROOTS]

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def _tree(self) -> None:
        region = self._regions()
        numbers = count(1)

        def plant(parent: UnionBody | None, place: int, name: str, kind: str, level: str) -> UnionBody:
            number = next(numbers)
            union = UnionBody(
                id=number,
                name=name,
                number=f"GH-{number:06}",
                kind=kind,
                level=level,
                parent=parent,
                path=(parent.path if parent else "") + step(place),
                region=region,
                founded_on=LONG_AGO,
            )
            self.unions.append(union)
            return union

        root = plant(None, 0, "云泽省总工会", UnionKind.PROVINCIAL_FEDERATION, UnionLevel.PROVINCE)
        self.city = plant(root, 0, "南湖市总工会", UnionKind.CITY_FEDERATION, UnionLevel.CITY)
        self.districts = []
        for number in range(self.shape.districts):
            name = f"第{number + 1}区总工会"
            district = plant(self.city, number, name, UnionKind.COUNTY_FEDERATION, UnionLevel.COUNTY)
            self.districts.append(district)
            for place in range(self.shape.streets):
                name = f"第{number + 1}区{place + 1}街道总工会"
                street = plant(district, place, name, UnionKind.TOWN_FEDERATION, UnionLevel.TOWN)
                for grass in range(self.shape.unions):
                    name = f"{self.random.choice(words.PREFIXES)}{self.random.choice(words.TRADES)[0]}工会"
                    plant(street, grass, name, UnionKind.GRASSROOTS_UNION, UnionLevel.GRASSROOTS)
        UnionBody.objects.bulk_create(self.unions, batch_size=500)
        self._employers(region)
        _rows.reset_sequences(UnionBody)

    def _regions(self) -> Region:
        nation, _ = Region.objects.get_or_create(
            code=regions.NATION,
            valid_to=None,
            defaults={"name": "中华人民共和国", "level": RegionLevel.NATION},
        )
        return Region.objects.create(
            code="990000000000", name="云泽省", level=RegionLevel.PROVINCE, parent=nation, is_invented=True
        )

    def _employers(self, region: Region) -> None:
        rows = []
        for number, union in enumerate(self.grassroots, start=1):
            body = f"9199{number:013}"
            rows.append(
                Employer(
                    id=number,
                    name=union.name.removesuffix("工会"),
                    uscc=body + uscc.check_place(body),
                    region=region,
                    unit=union,
                    union=union,
                    industry=Industry.MANUFACTURING,
                    kind=EmployerKind.PRIVATE,
                    staff_count=PER_UNION,
                )
            )
        Employer.objects.bulk_create(rows, batch_size=500)
        _rows.reset_sequences(Employer)
        periods = [
            EmployerPeriod(
                employer=row,
                from_on=LONG_AGO,
                reason="登记",
                **{name: getattr(row, name) for name in EmployerPeriod.FACTS},
            )
            for row in rows
        ]
        EmployerPeriod.objects.bulk_create(periods, batch_size=500)

    def _staff(self) -> None:
        """`clerk`, whose pages are measured; `reviewer1` …, who write at once; `administrator`, who moves districts."""
        self.clerk = self._user("clerk", self.city, MEMBERSHIP_CLERK, CENTRE_CLERK)
        self._user("administrator", self.unions[0], ADMINISTRATOR)
        self._user("visitor", self.city, VISITOR)
        self._user("approver", self.city, APPROVER, ARCHIVIST)
        for number in range(1, REVIEWERS + 1):
            self._user(f"reviewer{number}", self.city, REVIEWER)

    def _user(self, username: str, unit: UnionBody, *duties: Any) -> User:
        user = User.objects.create_user(username, name=words.SURNAMES[len(username)] + "知秋")
        Post.objects.bulk_create(
            [Post(user=user, unit=unit, duty=duty.name, from_on=LONG_AGO) for duty in duties]
        )
        return user

    def _people(self) -> Iterator[tuple[Any, ...]]:
        """One row a member. Bytes are sealed for their row by the fields themselves."""
        names, unions = self._names(), self.grassroots
        number_field, phone_field = Person._meta.get_field("id_number"), Person._meta.get_field("phone")
        number_index, phone_index = (
            Person._meta.get_field("id_number_index"),
            Person._meta.get_field("phone_index"),
        )
        choose = self.random.choice
        for number in range(self.members):
            name, pinyin, initials = choose(names)
            id_number, born_on, sex = invented_id_number(number)
            phone = f"1540{number:07}"
            public_id = self.uuid()
            yield (
                number + 1, public_id, unions[number * len(unions) // self.members].pk, None, name, pinyin, initials,
                sex, born_on, identity.IdentityKind.RESIDENT.value,
                bytes(number_field.seal(public_id, id_number)), number_index.columns(id_number)[0],
                bytes(phone_field.seal(public_id, phone)), phone_index.columns(phone)[0], MADE_AT,
            )  # fmt: skip

    def _names(self) -> list[tuple[str, str, str]]:
        """Twenty thousand different names; a real city has more, but its commonest ones are shared by as many."""
        choose = self.random.choice
        found: set[str] = set()
        while len(found) < 20_000:
            last = choose(words.SECOND_SYLLABLES)
            found.add(choose(words.SURNAMES) + choose(words.FIRST_SYLLABLES) + last)
        return [(name, *readings(name)) for name in sorted(found)]

    def _memberships(self) -> Iterator[tuple[Any, ...]]:
        unions = self.grassroots
        employers = {union.pk: number for number, union in enumerate(unions, start=1)}
        for number in range(self.members):
            union = unions[number * len(unions) // self.members].pk
            joined_on = LONG_AGO + timedelta(days=number % 4000)
            yield (
                number + 1,
                self.uuid(),
                number + 1,
                union,
                employers[union],
                f"HY{number + 1:08}",
                joined_on,
            )

    def _count_members(self) -> None:
        totals = [0] * (len(self.unions) + 1)
        unions = self.grassroots
        for number in range(self.members):
            totals[unions[number * len(unions) // self.members].pk] += 1
        for union in unions:
            union.member_count = totals[union.pk]
        for batch in _rows.batches(unions, 500):
            UnionBody.objects.bulk_update(batch, ["member_count"])
        Counter.objects.create(series="member", value=self.members)

    def _files(self) -> None:
        """One household and one file per hundred members, in all states, each with the story that led there."""
        total = max(int(self.members * FILES_SHARE), 2 * ON_DESK)
        step_size = self.members // total
        files = [self._file(number, number * step_size) for number in range(total)]
        _rows.insert(Household, ["id", "public_id", "unit", "created_at"],
                     [(file.pk, self.uuid(), file.unit_id, MADE_AT) for file in files])  # fmt: skip
        _rows.insert(
            HouseholdMembership,
            ["id", "household", "person", "relation", "from_on"],
            [(file.pk, file.pk, file.person_id, "head", LONG_AGO) for file in files],
        )
        HardshipFile.objects.bulk_create(files, batch_size=500)
        self._findings(files)
        Counter.objects.create(series=f"hardship-file/{clock.today().year}", value=total)
        self._stories(files)
        _story.tell(files[1], self.clerk)
        self._tasks(files)

    def _file(self, number: int, person: int) -> HardshipFile:
        unions = self.grassroots
        # The first ones fill the measured desk; of the others half are filed.
        state = State.VISITED if number < ON_DESK else OTHER_STATES[number % len(OTHER_STATES)]
        today = clock.today()
        is_past = state in (State.APPROVED, State.FILED)
        had_notice = is_past or state in (State.ON_NOTICE, State.CLEARED)
        return HardshipFile(
            id=number + 1,
            public_id=self.uuid(),
            number=f"KN{today.year}{number + 1:06}",
            unit_id=unions[person * len(unions) // self.members].pk,
            state=state.value,
            person_id=person + 1,
            household_id=number + 1,
            cause=Cause.values[number % len(Cause.values)],
            household_size=1 + number % 5,
            yearly_income_amount=18_000 + number % 9000,
            rigid_spending_amount=24_000 + number % 7000,
            statement="父亲长期患病，治疗费用高，全家靠一人工资生活，孩子还在上学。",
            consents_to_check=True,
            consents_to_notice=True,
            category=Category.DEEP,
            applied_on=today - timedelta(days=number % 300),
            due_on=None if state == State.FILED else today + timedelta(days=number % 30 - 10),
            notice_from=today - timedelta(days=9) if had_notice else None,
            notice_until=today + timedelta(days=1) if had_notice else None,
            approved_on=today if is_past else None,
            filed_on=today if state == State.FILED else None,
            renewal_on=today + timedelta(days=335) if state == State.FILED else None,
            expires_on=today + timedelta(days=365) if state == State.FILED else None,
            shelf_mark="A-03-12" if state == State.FILED else "",
        )

    def _findings(self, files: list[HardshipFile]) -> None:
        """A visit to every family that had one; the measured file also has a family of three and two papers."""
        HomeVisit.objects.bulk_create(
            [
                HomeVisit(
                    file=file,
                    visited_on=file.applied_on,
                    companion="程远舟",
                    household_size=file.household_size,
                    yearly_income_amount=file.yearly_income_amount,
                    findings="住房简陋，收入属实，家中有长期病人需要照料。",
                    recorded_by=self.clerk,
                )
                for file in files
                if STEPS[file.state] >= STEPS[State.VISITED]
            ],
            batch_size=500,
        )
        first = files[0]
        HouseholdMembership.objects.bulk_create(
            [
                HouseholdMembership(
                    id=len(files) + person,
                    household_id=first.pk,
                    person_id=person,
                    relation=relation,
                    from_on=LONG_AGO,
                )
                for person, relation in ((2, "spouse"), (3, "child"))
            ]
        )
        for kind in (PaperKind.IDENTITY, PaperKind.INCOME):
            _story.add_paper(first, kind, "", self.clerk)

    def _stories(self, files: list[HardshipFile]) -> None:
        actor = Actor.of(self.clerk)
        for number, action in enumerate(STORY.values()):
            for batch in _rows.batches([file for file in files if STEPS[file.state] >= number], 500):
                links = [audit.Link(file, action, {"category": file.category}) for file in batch]
                audit.append(links, actor=CLOCK if action == "end_notice" else actor, fresh=number == 0)

    def _tasks(self, files: list[HardshipFile]) -> None:
        below = {union.pk: union for union in self.unions}

        def desk(file: HardshipFile) -> int:
            if file.pk <= ON_DESK:
                return self.city.pk
            street = below[file.unit_id].parent
            assert street is not None and street.parent is not None
            return street.parent.pk

        _rows.insert(
            Task,
            ["workflow", "object_id", "state", "duty", "unit", "due_on", "opened_at", "opened_by",
             "opened_through", "is_return"],
            [
                ("hardship-file", file.pk, file.state, DUTIES[file.state], desk(file), file.due_on, MADE_AT,
                 self.clerk.pk, "record_visit", False)
                for file in files
                if file.state in DUTIES
            ],
        )  # fmt: skip


PERSON = (
    "id", "public_id", "unit", "user", "name", "pinyin", "initials", "sex", "born_on", "id_kind",
    "id_number", "id_number_index", "phone", "phone_index", "created_at",
)  # fmt: skip
MEMBER = ("id", "public_id", "person", "unit", "employer", "number", "joined_on")
OTHER_STATES = (
    State.FILED, State.APPLIED, State.FILED, State.REVIEWED, State.FILED, State.VISITED, State.FILED,
    State.CHECKED, State.FILED, State.ON_NOTICE, State.FILED, State.CLEARED, State.FILED, State.APPROVED,
)  # fmt: skip
# What leads to each state; a file has as many steps behind it.
STORY = {
    State.APPLIED: "apply", State.REVIEWED: "review", State.VISITED: "record_visit", State.CHECKED: "record_check",
    State.ON_NOTICE: "publish", State.CLEARED: "end_notice", State.APPROVED: "approve", State.FILED: "file_away",
}  # fmt: skip
STEPS = {state.value: number for number, state in enumerate(STORY)}
DUTIES = {
    State.APPLIED.value: REVIEWER.name,
    State.REVIEWED.value: VISITOR.name,
    State.VISITED.value: CENTRE_CLERK.name,
    State.CHECKED.value: CENTRE_CLERK.name,
    State.CLEARED.value: APPROVER.name,
    State.APPROVED.value: ARCHIVIST.name,
}


def step(place: int) -> str:
    """One step of a path: four base-36 characters."""
    text = ""
    for _ in range(paths.STEP):
        place, digit = divmod(place, 36)
        text = paths.DIGITS[digit] + text
    return text


def invented_id_number(number: int) -> tuple[str, date, str]:
    """A different valid number of a region that was never issued, for each of the first nine million."""
    day, sequence = number % 12_000, number // 12_000 + 1
    born_on = date(1965, 1, 1) + timedelta(days=day)
    body = f"990102{born_on:%Y%m%d}{sequence:03}"
    return body + identity.check_digit(body), born_on, "male" if sequence % 2 else "female"
