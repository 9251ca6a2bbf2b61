"""Judging the rows of a roster and taking them in, hundreds at a time."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.fields import found_by_hashes, hashes_of_many
from niangjia.kernel.sheets import Effect, Row, Verdict
from niangjia.kernel.sheets.models import Batch
from niangjia.kernel.sheets.queries import authority
from niangjia.membership.models import Member, Person
from niangjia.membership.roster import writing
from niangjia.membership.roster.places import Places
from niangjia.membership.roster.rows import Facts, Words, take_apart
from niangjia.membership.roster.undoing import undo

PERSON = (
    "pk", "public_id", "unit_id", "name", "id_number", "phone", "email", "ethnicity", "political_status", "education",
    "marital_status", "residency", "skill_level", "merged_into_id",
)  # fmt: skip
MEMBER = (
    "pk", "person_id", "unit_id", "employer_id", "occupation", "employment", "new_employment", "is_migrant", "state",
)  # fmt: skip


class Roster:
    """Implements `niangjia.kernel.sheets.Importer`."""

    def __init__(self, *, actor: Actor, batch: Batch) -> None:
        self.actor = actor
        self.batch = batch
        self.principal_id = authority(batch.declared, batch.unit_id, actor)
        self.places = Places(batch.unit)
        self.words = Words()
        self.today = clock.today()
        self._seen: dict[str, int] = {}

    def prepare(self, rows: Sequence[Row]) -> None:
        self.places.look_up(
            (row.cells.get("employer") or "" for row in rows), (row.cells.get("uscc") or "" for row in rows)
        )
        for row in rows:
            number, person, member = take_apart(row, self.words, self.today)
            unit_id = self._place(row, member)
            if number is None:
                continue
            first = self._seen.setdefault(number.number, row.number)
            if first != row.number:
                row.wrong("id_number", _("与第 %d 行证件号码相同，只导入前一行。") % first, Verdict.TWICE)
            if not row.problems:
                cells = row.cells
                row.known = Facts(number, cells["name"], unit_id, cells["joined_on"], person, member)

    def compare(self, rows: Sequence[Row]) -> None:
        self._compare(rows)

    def _compare(self, rows: Sequence[Row], *, is_locking: bool = False) -> None:
        """Verdicts by what is registered now. Asked twice: for the dry run, and in the transaction."""
        good = [row for row in rows if row.known is not None]
        people = self._people(good, is_locking)
        members = self._members([person["pk"] for person in people.values()])
        for row in good:
            facts: Facts = row.known
            facts.found = people.get(facts.number.number)
            facts.current = members.get(facts.found["pk"]) if facts.found else None
            self._judge(row, facts)

    def make_ready(self, rows: Sequence[Row]) -> None:
        writing.seal([row.known for row in rows if row.expected == Verdict.NEW])

    def write(self, rows: Sequence[Row]) -> list[Effect]:
        self._compare(rows, is_locking=True)
        by_verdict = {verdict: [row for row in rows if row.verdict == verdict] for verdict in Verdict}
        trail = writing.Trail(self.actor, self.principal_id, self.batch)
        effects = writing.enrol(by_verdict[Verdict.NEW], trail, self._changes)
        effects += writing.change(by_verdict[Verdict.CHANGED], trail, self._changes)
        return sorted(effects, key=lambda effect: effect.number)

    def undo(self, effects: Sequence[Effect]) -> list[tuple[int, str]]:
        return undo(effects, writing.Trail(self.actor, self.principal_id, self.batch))

    def _place(self, row: Row, member: dict[str, Any]) -> int:
        """The union the row belongs to; the employer goes to the membership."""
        cells = row.cells
        employer = None
        try:
            employer = self.places.employer(cells.get("employer"), cells.get("uscc"))
        except Invalid as problem:
            row.wrong(next(iter(problem.problems), "uscc"), problem)
        if employer is not None:
            member["employer"] = employer[0]
        if cells.get("unit"):
            try:
                return self.places.union(cells["unit"])
            except Invalid as problem:
                row.wrong("unit", problem)
        elif employer is not None and self.places.is_within(employer[3]):
            return employer[3] or self.batch.unit_id
        return self.batch.unit_id

    def _people(self, rows: Sequence[Row], is_locking: bool) -> dict[str, dict[str, Any]]:
        """Whoever of the rows is registered anywhere in the tree, by ID number."""
        wanted = hashes_of_many(Person, "id_number", [row.known.number.number for row in rows])
        found: dict[str, dict[str, Any]] = {}
        sealed = Person._meta.get_field("id_number")
        people = Person.objects.filter(found_by_hashes(Person, "id_number", wanted)).order_by("pk")
        if is_locking:
            people = people.select_for_update(no_key=True)
        for person in people.values(*PERSON):
            number = sealed.open(person["public_id"], person["id_number"])
            found[number] = person
        return found

    def _members(self, people: Sequence[int]) -> dict[int, dict[str, Any]]:
        rows = Member.objects.filter(person__in=people, left_on=None).order_by().values(*MEMBER)
        return {row["person_id"]: row for row in rows} if people else {}

    def _judge(self, row: Row, facts: Facts) -> None:
        row.problems.clear()
        row.verdict = None
        if facts.found is not None and facts.found["name"] != facts.name:
            row.wrong("name", _("这个证件号码登记的是另一个姓名。请核对证件；姓名有误请由其所属工会更正。"))
        elif facts.found is not None and facts.found["merged_into_id"] is not None:
            row.wrong(
                "id_number",
                _("这个证件号码的登记已并入同一人的另一份登记。请核对其现用证件号码后重新上传。"),
                Verdict.KNOWN,
            )
        elif facts.current is None:
            row.verdict = Verdict.NEW
        elif facts.current["unit_id"] == facts.unit_id:
            row.verdict = Verdict.CHANGED if any(self._changes(facts)) else Verdict.SAME
        else:
            row.wrong(
                "id_number",
                _("这位职工已有会籍，不能重复入会。如果换了单位，请办理会籍接转。"),
                Verdict.KNOWN,
            )

    def _changes(self, facts: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
        """What of person and membership would change. People registered by others elsewhere are left alone."""
        person, member = facts.found, facts.current
        phone = Person._meta.get_field("phone")
        of_person = {}
        if self.places.is_within(person["unit_id"]):
            for name, value in facts.person.items():
                had = person[name]
                if name == "phone":
                    had = phone.open(person["public_id"], had)
                if value != had:
                    of_person[name] = value
        of_member = {}
        for name, value in facts.member.items() if member else ():
            if value != member["employer_id" if name == "employer" else name]:
                of_member[name] = value
        return of_person, of_member
