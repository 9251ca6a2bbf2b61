"""政策找人: puts the whole register to every open scheme, and writes down whose answer has become another one.

*Entitled*: the policy decides, and there is something to give. *Nearly*: a single fact is wanting, or a single one lies
within the scheme's own distance of the bound. All schemes read the register once; a run that is killed leaves whole
chunks behind, and the next one writes what is still different.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.benefits import facts, history, policies, queries
from niangjia.benefits.asking import period_of
from niangjia.benefits.facts import Answer
from niangjia.benefits.kinds import CLOSED_STATES, Basis, Finding
from niangjia.benefits.models import BenefitApplication, Grant, Proposal, Scheme
from niangjia.benefits.policies import Program, Reading
from niangjia.benefits.proposals.archive import ID, Archive
from niangjia.kernel import audit, bulk, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.jobs import Progress
from niangjia.kernel.money import from_fen
from niangjia.policy import ir
from niangjia.policy.sets import duck, statement
from niangjia.policy.sets.dialect import DUCKDB

# So many rows a transaction: other writers wait a tenth of a second.
CHUNK = 5000
COLUMNS = {"id": "BIGINT", "finding": "VARCHAR", "amount": "BIGINT", "wanting": "VARCHAR"}


@dataclass(frozen=True)
class Question:
    """A scheme with its program of the day and who answers what the program asks."""

    scheme: Scheme
    program: Program
    answers: Sequence[Answer]

    @classmethod
    def of(cls, scheme: Scheme, on: date) -> "Question":
        program = policies.shelf().program(scheme.policy, on, Reading(scheme.parameters, scheme.order))
        also = (history.provider(scheme),)
        return cls(scheme, program, facts.answers(program.inputs, scheme.mapping, also))

    @property
    def steps(self) -> ir.Program:
        return self.program.compiled.program

    @property
    def output(self) -> ir.Output | None:
        """What the scheme gives; None where each row of a list has its own."""
        name = self.scheme.output
        return next((one for one in self.steps.outputs if one.name == name and not one.relation), None)

    def refuse_unknown_lists(self) -> None:
        """A list that no register holds cannot be told from an empty one."""
        known = {name for answer in self.answers for names in answer.wanted.values() for name in names}
        for rows in self.steps.relations:
            if rows.name not in known and rows.min_count == 0:
                raise Refused(_("登记里没有“%s”，无法主动查找，只能由本人申请。") % rows.name)


@dataclass(frozen=True)
class Tally:
    """What a run wrote for one scheme, or why it could not be run."""

    new: int = 0
    changed: int = 0
    lapsed: int = 0
    refusal: str = ""

    @property
    def counts(self) -> dict[str, int]:
        return {"new": self.new, "changed": self.changed, "lapsed": self.lapsed}


def open_schemes(on: date) -> list[Scheme]:
    return list(queries.open_on(on).order_by("pk"))


def find(
    schemes: Sequence[Scheme], on: date, *, actor: Actor, progress: Progress | None = None
) -> dict[str, Tally]:
    """Runs the schemes over the register of that day; by number, what was written."""
    questions, found = _questions(schemes, on)
    with _archive(on) as archive:
        archive.load(answer for question in questions for answer in question.answers)
        for question in questions:
            _answer(archive, question)
            found[question.scheme.number] = _write(archive, question, actor)
            if progress is not None:
                progress.advance()
    return found


def _questions(schemes: Sequence[Scheme], on: date) -> tuple[list[Question], dict[str, Tally]]:
    """Those that can be put to the register, and why the others cannot."""
    questions, refused = [], {}
    for scheme in schemes:
        try:
            question = Question.of(scheme, on)
            question.refuse_unknown_lists()
        except Refused as refusal:
            refused[scheme.number] = Tally(refusal=str(refusal))
        else:
            questions.append(question)
    return questions, refused


@contextmanager
def _archive(on: date) -> Iterator[Archive]:
    """The register in an engine whose files lie in a private folder and go with it."""
    settings.SPOOL_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix="register-", dir=settings.SPOOL_FOLDER) as folder,
        duck.session(spool=Path(folder)) as connection,
    ):
        yield Archive(connection, Path(folder), on)


def _answer(archive: Archive, question: Question) -> None:
    """Makes the table `found`: everybody for whom the scheme has something, or nearly."""
    connection = archive.connection
    connection.execute(f"CREATE OR REPLACE TABLE outcome AS {_outcomes(archive, question)}")
    wanting = "''"
    nearly = "FALSE"
    if question.scheme.basis != Basis.CLAIM:
        # Without an event everything about the event is wanting.
        nearly, wanting = "status = 'incomplete' AND missing <> '' AND NOT contains(missing, '、')", "missing"
    connection.execute(
        "CREATE OR REPLACE TABLE found AS"
        f" SELECT id, '{Finding.ENTITLED}' AS finding, amount, '' AS wanting FROM outcome WHERE gives"
        f" UNION ALL SELECT id, '{Finding.NEARLY}', NULL, {wanting} FROM outcome WHERE {nearly}"
    )
    for name, distance in question.scheme.near.items():
        _look_around(archive, question, name, Decimal(distance))


def _look_around(archive: Archive, question: Question, name: str, distance: Decimal) -> None:
    """Adds those who would get something if one fact were a little less, or a little more."""
    for shift in (f"- {distance}", f"+ {distance}"):
        query = _outcomes(
            archive,
            question,
            only="AND s.id IN (SELECT id FROM outcome WHERE NOT gives AND status <> 'incomplete')"
            " AND s.id NOT IN (SELECT id FROM found)",
            moved={name: f"greatest({{}} {shift}, 0)"},
        )
        archive.connection.execute(
            f"INSERT INTO found SELECT id, '{Finding.NEARLY}', NULL, {DUCKDB.text(name)} FROM ({query}) WHERE gives"
        )


def _outcomes(archive: Archive, question: Question, **narrowed: Any) -> str:
    """SQL: id, status, missing, whether there is something to give, and how much."""
    sources = archive.sources(
        question.scheme.basis, question.scheme.unit.path, question.steps, question.answers, **narrowed
    )
    output = question.output
    amount, gives = "NULL", "status = 'decided'"
    if output is not None:
        column = DUCKDB.identifier(output.name)
        if output.shape.type == "money":
            amount, gives = column, f"{gives} AND {column} > 0"
        elif output.shape.type == "bool":
            gives = f"{gives} AND {column}"
    query = statement.select(question.steps, DUCKDB, sources, scaled=True)
    return (
        f"SELECT {DUCKDB.identifier(ID)} AS id, status, missing, ({gives}) AS gives,"
        f" CAST({amount} AS BIGINT) AS amount FROM ({query})"
    )


def _write(archive: Archive, question: Question, actor: Actor) -> Tally:
    """Compares with what stands, and writes the difference."""
    scheme, connection = question.scheme, archive.connection
    period = period_of(scheme, archive.on)
    key = "household_id" if scheme.per_household else "person_id"
    standing = Proposal.objects.filter(scheme=scheme, period=period)
    archive.stage("standing", {"row": "BIGINT", **COLUMNS}, _lines(standing, key))
    archive.stage("taken", {"id": "BIGINT"}, _taken(scheme, period, key, archive.on))
    connection.execute("DELETE FROM found WHERE id IN (SELECT id FROM taken)")
    differs = (
        "(s.finding, coalesce(s.amount, -1), coalesce(s.wanting, ''))"
        " IS DISTINCT FROM (f.finding, coalesce(f.amount, -1), f.wanting)"
    )
    whose = f"b.person, {'b.household' if scheme.per_household else 'NULL'}, b.unit"
    new = connection.cursor().execute(
        f"SELECT f.*, {whose} FROM found f JOIN ({archive.basis(scheme.basis)}) b ON b.id = f.id"
        " WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE s.id = f.id)"
    )
    changed = connection.cursor().execute(
        f"SELECT s.row, f.finding, f.amount, f.wanting FROM standing s JOIN found f USING (id) WHERE {differs}"
    )
    lapsed = connection.cursor().execute(
        f"SELECT s.row, '{Finding.LAPSED}', NULL, '' FROM standing s"
        f" WHERE s.finding <> '{Finding.LAPSED}' AND NOT EXISTS (SELECT 1 FROM found f WHERE f.id = s.id)"
        " AND NOT EXISTS (SELECT 1 FROM taken t WHERE t.id = s.id)"
    )
    tally = Tally(_insert(new, scheme, period), _update(changed), _update(lapsed))
    if any(tally.counts.values()):
        audit.record(scheme, "find", actor=actor, changes={"period": period, **tally.counts})
    return tally


def _lines(standing: Any, key: str) -> Iterator[tuple[Any, ...]]:
    for pk, id, finding, amount, wanting in standing.values_list(
        "pk", key, "finding", "amount", "wanting"
    ).iterator(CHUNK):
        yield pk, id, finding, None if amount is None else int(amount * 100), wanting


def _taken(scheme: Scheme, period: str, key: str, on: date) -> Iterator[tuple[int]]:
    """Who has applied already, and who was given this year what may not be had beside it."""
    applied = BenefitApplication.objects.filter(scheme=scheme, period=period).exclude(state__in=CLOSED_STATES)
    yield from applied.values_list(key).iterator(CHUNK)
    beside = Q(scheme__in=scheme.excludes.all(), granted_on__year=on.year, voided_on=None)
    yield from Grant.objects.filter(beside).exclude(**{key: None}).values_list(key).iterator(CHUNK)


def _insert(rows: duckdb.DuckDBPyConnection, scheme: Scheme, period: str) -> int:
    count, today = 0, clock.today()
    names = ("public_id", "finding", "amount", "wanting", "person", "household", "unit")
    alike = {"scheme": scheme.pk, "period": period, "found_on": today, "changed_on": today}
    while chunk := rows.fetchmany(CHUNK):
        with transaction.atomic():
            ids = bulk.public_ids(len(chunk))
            bulk.insert(Proposal, names, ([next(ids), *row] for _subject, *row in chunk), alike)
        count += len(chunk)
    return count


def _update(rows: duckdb.DuckDBPyConnection) -> int:
    count, today = 0, clock.today()
    while chunk := rows.fetchmany(CHUNK):
        changed = {row: (finding, amount, wanting) for row, finding, amount, wanting in chunk}
        with transaction.atomic():
            proposals = list(Proposal.objects.select_for_update().filter(pk__in=changed))
            for one in proposals:
                one.finding, amount, one.wanting = changed[one.pk]
                one.amount, one.changed_on = None if amount is None else from_fen(amount), today
            Proposal.objects.bulk_update(proposals, ["finding", "amount", "wanting", "changed_on"])
        count += len(chunk)
    return count
