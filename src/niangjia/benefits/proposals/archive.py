"""The register in columns: who could be meant by a scheme, and what each provider knows of everybody, in DuckDB.

Everything is asked once, however many schemes want it. It travels as text files that only this process reads and that
are gone as soon as they are read: the engine takes those in several times faster than rows.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from niangjia.benefits.decisions import plain
from niangjia.benefits.facts import CHUNK, Answer, Provider, Row, Subject
from niangjia.benefits.kinds import Basis
from niangjia.membership.models import HouseholdMembership, Person
from niangjia.organisation.models import UnionBody
from niangjia.policy import ir
from niangjia.policy.sets.dialect import DUCKDB
from niangjia.policy.sets.duck import kind
from niangjia.policy.sets.statement import Source, Sources

TYPES = {
    "money": "DECIMAL(18,2)",
    "int": "BIGINT",
    "rate": "DECIMAL(18,6)",
    "number": "DECIMAL(18,6)",
    "bool": "BOOLEAN",
    "date": "DATE",
    "text": "VARCHAR",
    "list": "JSON",
}
ID = "subject"
Relation = HouseholdMembership.Relation
# The persons and households a basis speaks of: (id, person, household, unit, path).
BASES = {
    Basis.PERSON: "SELECT person AS id, * FROM people",
    Basis.CLAIM: "SELECT person AS id, * FROM people",
    Basis.CHILD: f"SELECT person AS id, * FROM people WHERE relation = '{Relation.CHILD}'",
    Basis.HOUSEHOLD: "SELECT household AS id, * FROM people WHERE person = head",
}
quoted = DUCKDB.identifier


class Archive:
    """What the register says on one day. `folder` is private; files in it live for seconds."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, on: date) -> None:
        self.connection, self.folder, self.on = connection, folder, on
        self._known: dict[str, set[str]] = {}
        self._load_people()

    def load(self, answers: Iterable[Answer]) -> None:
        """Asks each provider once for everything that any of the answers wants of it."""
        wanted: dict[str, tuple[Provider, dict[str, None]]] = {}
        for answer in answers:
            _provider, names = wanted.setdefault(answer.provider.name, (answer.provider, {}))
            names |= dict.fromkeys(answer.wanted)
        for provider, names in wanted.values():
            new = [name for name in names if name not in self._known.get(provider.name, set())]
            if new:
                self._load_facts(provider, new)

    def sources(
        self,
        basis: str,
        path: str,
        program: ir.Program,
        answers: Sequence[Answer],
        *,
        only: str = "",
        moved: Mapping[str, str] | None = None,
    ) -> Sources:
        """What a program reads: those of the basis below `path`, one row each, keyed by `ID`.

        `only` is a further condition on `s.id`; `moved` puts an expression in the place of an input.
        """
        joins, columns, types = [], {ID: "s.id"}, {ID: "BIGINT"}
        lists: dict[str, str] = {}
        for place, answer in enumerate(answers):
            key = "person" if answer.provider.subject == Subject.PERSON else "household"
            table = f"f{place}"
            joins.append(f"LEFT JOIN {quoted(_table(answer.provider))} {table} ON {table}.id = s.{key}")
            for fact, inputs in answer.wanted.items():
                type_ = answer.provider.fact(fact).type
                for name in inputs:
                    if type_ == "list":
                        lists[name] = f"{table}.{quoted(fact)}"
                    else:
                        columns[name] = (moved or {}).get(name, "{}").format(f"{table}.{quoted(fact)}")
                        types[name] = TYPES[type_]
        body = (
            f"FROM ({self.basis(basis)}) s {' '.join(joins)} "
            f"WHERE s.path >= '{path}' AND s.path < '{path}~' {only}"
        )
        selected = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in columns.items())
        units = Source(
            f"(SELECT {selected} {body})", {name: kind(type_, False) for name, type_ in types.items()}
        )
        rows = {
            relation.name: _rows_of(relation, lists[relation.name], body)
            for relation in program.relations
            if relation.name in lists
        }
        return Sources(units, rows, ID, (ID,))

    def basis(self, name: str) -> str:
        """SQL: everybody a basis speaks of, with `id` as its schemes mean them."""
        return BASES[Basis(name)]

    def stage(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Rows as a table of the engine; nothing stays on disk. None is not known."""
        path = self.folder / f"{table}.csv"
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
            typed = ", ".join(f"{DUCKDB.text(name)}: {DUCKDB.text(type_)}" for name, type_ in columns.items())
            self.connection.execute(
                f"CREATE OR REPLACE TABLE {quoted(table)} AS SELECT * FROM read_csv({DUCKDB.text(str(path))},"
                f" header = false, auto_detect = false, quote = '\"', escape = '\"', nullstr = '',"
                f" columns = {{{typed}}})"
            )
        finally:
            path.unlink(missing_ok=True)

    def _load_people(self) -> None:
        """Everybody on the register with their household of the day, and who stands for it: its head, or the first."""
        there = HouseholdMembership.objects.filter(from_on__lte=self.on).exclude(until_on__lte=self.on)
        integers = dict.fromkeys(("person", "household"), "BIGINT")
        self.stage("unions", {"unit": "BIGINT", "path": "VARCHAR"}, _pairs(UnionBody.objects, "pk", "path"))
        self.stage(
            "registered",
            {"person": "BIGINT", "unit": "BIGINT"},
            _pairs(Person.objects.filter(merged_into=None), "pk", "unit_id"),
        )
        self.stage(
            "places",
            integers | {"relation": "VARCHAR"},
            _pairs(there, "person_id", "household_id", "relation"),
        )
        self.connection.execute(
            "CREATE TABLE people AS"
            f" WITH heads AS (SELECT household, coalesce(min(person) FILTER (relation = '{Relation.HEAD}'),"
            " min(person)) AS head FROM places GROUP BY household)"
            " SELECT r.person, p.household, p.relation, h.head, r.unit, u.path FROM registered r"
            " JOIN unions u USING (unit) LEFT JOIN places p USING (person) LEFT JOIN heads h USING (household)"
        )

    def _load_facts(self, provider: Provider, names: Sequence[str]) -> None:
        """A provider asked a second time is asked for everything again: its table holds all or nothing."""
        known = self._known.setdefault(provider.name, set())
        known |= set(names)
        asked = sorted(known)
        columns = {"id": "BIGINT"} | {name: TYPES[provider.fact(name).type] for name in asked}
        lists = [place for place, name in enumerate(asked) if provider.fact(name).type == "list"]
        self.stage(_table(provider), columns, _lines(provider.query(asked, None, self.on), lists))


def _pairs(rows: Any, *columns: str) -> Iterator[tuple[Any, ...]]:
    found: Iterator[tuple[Any, ...]] = rows.values_list(*columns).iterator(CHUNK)
    return found


def _table(provider: Provider) -> str:
    return f"facts {provider.name}"


def _lines(rows: Iterable[Row], lists: Sequence[int]) -> Iterator[Sequence[Any]]:
    for row in rows:
        values = [row.id, *row.values]
        for place in lists:
            if values[place + 1] is not None:
                values[place + 1] = json.dumps(plain(values[place + 1]), ensure_ascii=False)
        yield values


def _rows_of(relation: ir.Relation, column: str, body: str) -> Source:
    """A list of one fact as rows: its fields as text, which the border of the policy reads as people write them."""
    fields = ", ".join(
        f"each ->> {DUCKDB.text(field.name)} AS {quoted(field.name)}" for field in relation.fields
    )
    listed = f"SELECT s.id AS key, unnest(CAST({column} AS JSON[])) AS each {body}"
    sql = f"(SELECT key AS {quoted(relation.key)}, {fields} FROM ({listed}))"
    return Source(sql, {field.name: kind("VARCHAR", False) for field in relation.fields})
