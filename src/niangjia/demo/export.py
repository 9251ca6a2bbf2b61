"""Writes the demo city down as JSON lines, the same for the same seed: without ids, seals or moment of building."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from niangjia.assistance.models import Attachment, HardshipFile, HomeVisit
from niangjia.demo.models import DemoCity
from niangjia.kernel.audit import AuditEntry, object_type
from niangjia.kernel.users import User
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.kernel.workflow.tasks import Task
from niangjia.membership.models import (
    Household,
    HouseholdMembership,
    Member,
    MembershipApplication,
    Person,
    Transfer,
)
from niangjia.membership.workflow import application, transfer
from niangjia.organisation.building.workflow import building
from niangjia.organisation.models import (
    Committee,
    Delegation,
    Employer,
    EmployerPeriod,
    GridCell,
    GridWorker,
    Officer,
    ParameterValue,
    Post,
    Region,
    Representative,
    ServicePoint,
    TeamMember,
    UnionBody,
    UnionBuilding,
)

Names = Mapping[int, str]

PERSON = (
    "name", "pinyin", "initials", "sex", "born_on", "id_kind", "created_at", "email", "ethnicity", "political_status",
    "education", "skill_level", "residency", "marital_status",
)  # fmt: skip
MEMBER = (
    "number", "stint", "state", "occupation", "employment", "new_employment", "is_migrant", "joined_on", "retained_on",
    "left_on", "reason", "state_since", "due_on",
)  # fmt: skip


def lines() -> Iterator[str]:
    """One JSON object a line, ordered by kind and then by what the row is called."""
    export = Export()
    for kind, rows in export.kinds():
        written = [
            json.dumps({"kind": kind} | row, ensure_ascii=False, sort_keys=True, default=_text)
            for row in rows
        ]
        yield from sorted(written)


def _text(value: Any) -> str:
    if isinstance(value, Decimal | date | datetime):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an export")


class Export:
    """Knows every row by the name that people quote: numbers, codes, identity numbers, login names."""

    def __init__(self) -> None:
        self.unions: Names = dict(UnionBody.objects.values_list("pk", "number"))
        self.employers: Names = dict(Employer.objects.values_list("pk", "uscc"))
        self.regions: Names = dict(Region.objects.filter(is_invented=True).values_list("pk", "code"))
        self.people: Names = {person.pk: str(person.id_number) for person in Person.objects.all()}
        self.users: Names = self._users()
        self.members: Names = dict(Member.objects.values_list("pk", "number"))
        self.files: Names = dict(HardshipFile.objects.values_list("pk", "number"))
        self.households: Names = self._households()
        self.cases: Mapping[str, Names] = {
            name: dict(workflow.model._base_manager.values_list("pk", "number"))
            for name, workflow in WORKFLOWS.items()
        }

    def kinds(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        city = DemoCity.objects.get()
        yield "city", iter([{"seed": city.seed}])
        writers: tuple[Callable[[], Iterator[dict[str, Any]]], ...] = (
            self.region, self.union, self.employer, self.user, self.post, self.delegation, self.parameter,
            self.period, self.committee, self.officer, self.representative, self.point, self.cell, self.grid_worker,
            self.team_member,
            self.person, self.member, self.application, self.transfer, self.household, self.building, self.file,
            self.visit, self.attachment, self.task, self.deed,
        )  # fmt: skip
        for writer in writers:
            yield writer.__name__, writer()

    def _users(self) -> Names:
        """Staff by login name; a worker's login name is drawn by lot, so they go by their identity number."""
        of_people = {person.user_id: self.people[person.pk] for person in Person.objects.exclude(user=None)}
        return {pk: of_people.get(pk, name) for pk, name in User.objects.values_list("pk", "username")}

    def _households(self) -> Names:
        heads = HouseholdMembership.objects.filter(relation=HouseholdMembership.Relation.HEAD)
        return {
            household: self.people[person] for household, person in heads.values_list("household", "person")
        }

    def region(self) -> Iterator[dict[str, Any]]:
        rows = Region.objects.filter(is_invented=True).select_related("parent")
        for row in rows:
            yield {
                "code": row.code,
                "name": row.name,
                "level": row.level,
                "parent": row.parent and row.parent.code,
            }

    def union(self) -> Iterator[dict[str, Any]]:
        names = ("number", "name", "kind", "level", "path", "founded_on", "dissolved_on", "member_count")
        for row in UnionBody.objects.all():
            yield _columns(row, names) | {
                "region": self.regions[row.region_id],
                "parent": self._union(row.parent_id),
            }

    def employer(self) -> Iterator[dict[str, Any]]:
        names = ("uscc", "name", "industry", "kind", "staff_count", "is_operating")
        for row in Employer.objects.all():
            places = {"unit": self.unions[row.unit_id], "union": self._union(row.union_id)}
            yield _columns(row, names) | places | {"region": self.regions[row.region_id]}

    def period(self) -> Iterator[dict[str, Any]]:
        names = ("from_on", "until_on", "name", "head", "staff_count", "is_operating", "reason")
        for row in EmployerPeriod.objects.all():
            yield _columns(row, names) | {"employer": self.employers[row.employer_id]}

    def committee(self) -> Iterator[dict[str, Any]]:
        names = ("kind", "name", "number", "from_on", "until_on", "ended_on")
        for row in Committee.objects.all():
            yield _columns(row, names) | {"unit": self.unions[row.unit_id]}

    def officer(self) -> Iterator[dict[str, Any]]:
        return self._seats(Officer.objects.all(), ("role", "route", "is_full_time"))

    def representative(self) -> Iterator[dict[str, Any]]:
        return self._seats(Representative.objects.all(), ("constituency",))

    def grid_worker(self) -> Iterator[dict[str, Any]]:
        return self._seats(GridWorker.objects.all(), ("role",))

    def team_member(self) -> Iterator[dict[str, Any]]:
        for row in TeamMember.objects.select_related("team"):
            place = {"team": row.team.name, "posted_to": self._union(row.posted_to_id)}
            yield _columns(row, ("name", "specialty", "from_on", "contract_until", "title")) | place

    def _seats(self, rows: "QuerySet[Any]", names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        for row in rows:
            shared = _columns(row, ("name", "phone", "from_on", "until_on", "end_reason"))
            yield shared | _columns(row, names) | {"unit": self.unions[row.unit_id]}

    def point(self) -> Iterator[dict[str, Any]]:
        names = (
            "name",
            "kind",
            "address",
            "phone",
            "latitude",
            "longitude",
            "hours",
            "opened_on",
            "closed_on",
        )
        for row in ServicePoint.objects.prefetch_related("facilities", "special_hours"):
            there = [one.kind for one in row.facilities.all()]
            special = [[one.from_on, one.until_on, one.hours, one.reason] for one in row.special_hours.all()]
            shown = {"unit": self.unions[row.unit_id], "facilities": there, "special_hours": special}
            yield _columns(row, names) | shown

    def cell(self) -> Iterator[dict[str, Any]]:
        names = ("number", "name", "boundary", "from_on", "ended_on")
        for row in GridCell.objects.select_related("station"):
            yield _columns(row, names) | {"unit": self.unions[row.unit_id], "station": str(row.station)}

    def user(self) -> Iterator[dict[str, Any]]:
        for row in User.objects.all():
            yield {"user": self.users[row.pk], "name": row.name, "opened_at": row.created_at}

    def post(self) -> Iterator[dict[str, Any]]:
        for row in Post.objects.all():
            who = {"user": self.users[row.user_id], "unit": self.unions[row.unit_id]}
            yield who | _columns(row, ("duty", "title", "from_on", "until_on", "ended_at"))

    def delegation(self) -> Iterator[dict[str, Any]]:
        for row in Delegation.objects.select_related("post"):
            people = {"holder": self.users[row.post.user_id], "delegate": self.users[row.delegate_id]}
            yield people | {"duty": row.post.duty} | _columns(row, ("from_on", "until_on", "reason"))

    def parameter(self) -> Iterator[dict[str, Any]]:
        for row in ParameterValue.objects.all():
            region = None if row.region_id is None else self.regions[row.region_id]
            yield _columns(row, ("name", "value", "valid_from", "valid_to", "source")) | {"region": region}

    def person(self) -> Iterator[dict[str, Any]]:
        names = PERSON
        for row in Person.objects.all():
            sealed = {"id_number": str(row.id_number), "phone": str(row.phone)}
            yield _columns(row, names) | sealed | {"unit": self.unions[row.unit_id]}

    def member(self) -> Iterator[dict[str, Any]]:
        for row in Member.objects.all():
            employer = None if row.employer_id is None else self.employers[row.employer_id]
            yield _columns(row, MEMBER) | {
                "person": self.people[row.person_id],
                "unit": self.unions[row.unit_id],
                "employer": employer,
            }

    def application(self) -> Iterator[dict[str, Any]]:
        names = ("number", "state", "workplace", "occupation", "applied_on", "decided_on", "due_on")
        for row in MembershipApplication.objects.all():
            member = None if row.member_id is None else self.members[row.member_id]
            who = {"person": self.people[row.person_id], "unit": self.unions[row.unit_id], "member": member}
            yield _columns(row, names) | who | {"pool": self._union(row.pool_id)}

    def transfer(self) -> Iterator[dict[str, Any]]:
        names = ("number", "state", "workplace", "is_at_residence", "requested_on", "released_on", "due_on")
        for row in Transfer.objects.all():
            units = {"from": self.unions[row.from_unit_id], "to": self.unions[row.to_unit_id]}
            yield _columns(row, names) | units | {"member": self.members[row.member_id]}

    def household(self) -> Iterator[dict[str, Any]]:
        addresses = {row.pk: str(row.address) for row in Household.objects.all()}
        for row in HouseholdMembership.objects.all():
            yield {
                "household": self.households[row.household_id],
                "address": addresses[row.household_id],
                "person": self.people[row.person_id],
            } | _columns(row, ("relation", "from_on", "until_on"))

    def building(self) -> Iterator[dict[str, Any]]:
        names = (
            "number", "state", "source", "kind", "name", "begun_on", "last_contact_on", "staff_count", "prepared_on",
            "put_off_until", "approval_number", "approved_on", "founded_on", "due_on",
        )  # fmt: skip
        for row in UnionBuilding.objects.all():
            places = {"unit": self.unions[row.unit_id], "union": self._union(row.union_id)}
            yield _columns(row, names) | places

    def file(self) -> Iterator[dict[str, Any]]:
        left_out = {"public_id", "id"}
        names = [
            field.name
            for field in HardshipFile._meta.concrete_fields
            if not field.is_relation and field.name not in left_out
        ]
        for row in HardshipFile.objects.all():
            whose = {"person": self.people[row.person_id], "household": self.households[row.household_id]}
            came = {"predecessor": self.files.get(row.predecessor_id or 0)}
            yield _columns(row, names) | whose | came | {"unit": self.unions[row.unit_id]}

    def visit(self) -> Iterator[dict[str, Any]]:
        names = (
            "visited_on",
            "companion",
            "household_size",
            "yearly_income_amount",
            "housing",
            "has_spare_home",
            "has_vehicle",
            "has_business",
            "has_large_savings",
            "findings",
            "conclusion",
            "came_by",
            "recorded_at",
        )
        for row in HomeVisit.objects.all():
            who = {"file": self.files[row.file_id], "recorded_by": self.users[row.recorded_by_id]}
            yield _columns(row, names) | who

    def attachment(self) -> Iterator[dict[str, Any]]:
        for row in Attachment.objects.select_related("stored"):
            stored = {
                "name": str(row.stored.name),
                "size": row.stored.size,
                "media_type": row.stored.media_type,
            }
            who = {"file": self.files[row.file_id], "added_by": self.users[row.added_by_id]}
            yield _columns(row, ("kind", "added_at", "voided_at")) | stored | who

    def task(self) -> Iterator[dict[str, Any]]:
        names = (
            "workflow",
            "state",
            "duty",
            "due_on",
            "opened_at",
            "opened_through",
            "is_return",
            "closed_at",
        )
        for row in Task.objects.prefetch_related("barred"):
            yield _columns(row, names) | {
                "case": self.cases[row.workflow][row.object_id],
                "unit": self.unions[row.unit_id],
                "subject": self._user(row.subject_id),
                "opened_by": self._user(row.opened_by_id),
                "barred": sorted(self.users[user.pk] for user in row.barred.all()),
            }

    def deed(self) -> Iterator[dict[str, Any]]:
        """The audit trail: what was done to what, by whom, when, and what was said; never the seals."""
        rows: QuerySet[AuditEntry] = AuditEntry.objects.select_related("remark")
        names = ("position", "at", "action", "from_state", "to_state")
        for row in rows.iterator(2000):
            yield _columns(row, names) | {
                "object": self._object(row.object_type, row.object_id),
                "actor": self._user(row.actor_id),
                "principal": self._user(row.principal_id),
                "changed": sorted(row.changes),
                "remark": str(row.remark.text) if hasattr(row, "remark") else "",
            }

    def _object(self, kind: str, pk: int) -> str:
        """Named where people quote it; rows that have no name of their own only by their kind."""
        known: dict[str, Names] = {
            object_type(UnionBody): self.unions,
            object_type(Employer): self.employers,
            object_type(Region): self.regions,
            object_type(Person): self.people,
            object_type(Member): self.members,
            object_type(Household): self.households,
            object_type(HardshipFile): self.files,
            object_type(UnionBuilding): self.cases[building.name],
            object_type(MembershipApplication): self.cases[application.name],
            object_type(Transfer): self.cases[transfer.name],
            object_type(User): self.users,
        }
        return f"{kind} {known.get(kind, {}).get(pk, '')}".rstrip()

    def _union(self, pk: int | None) -> str | None:
        return None if pk is None else self.unions[pk]

    def _user(self, pk: int | None) -> str | None:
        return None if pk is None else self.users[pk]


def _columns(row: Any, names: Any) -> dict[str, Any]:
    """Values of columns; texts opened from their seal come as plain text."""
    return {name: str(value) if isinstance(value := getattr(row, name), str) else value for name in names}
