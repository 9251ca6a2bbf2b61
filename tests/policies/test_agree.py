"""What a shipped policy says of one case it says of a whole table: its examples, decided as a set by DuckDB."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from niangjia.policy import ir
from niangjia.policy.compiling import compile_policy
from niangjia.policy.engine import Decision, Engine
from niangjia.policy.library import SHIPPED, Library
from niangjia.policy.model import Example
from niangjia.policy.sets import duck

LIBRARY = Library(SHIPPED)
COLUMNS = {"bool": "BOOLEAN", "choice": "VARCHAR", "date": "DATE"}
KEY = "户号"


def readings(path: Path) -> list[list[Example]]:
    """The examples of a file that share a day and a reading, so that one program decides them all."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in LIBRARY.load(path).examples:
        groups[repr((example.on, example.settings, example.lifted, example.order))].append(example)
    return list(groups.values())


def largest_reading(path: Path) -> list[Example]:
    return max(readings(path), key=len)


def table(fields: Sequence[ir.Input], key: str, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> duck.Rows:
    columns = {key: "BIGINT"} | {one.name: COLUMNS.get(one.shape.type, "DECIMAL(38, 6)") for one in fields}
    return duck.Rows(columns, [[number, *(row.get(one.name) for one in fields)] for number, row in rows])


def as_a_set(program: ir.Program, cases: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    key = program.relations[0].key if program.relations else KEY
    relations: dict[str, Path | duck.Rows] = {}
    for one in program.relations:
        rows = [(number, row) for number, case in enumerate(cases) for row in case.get(one.name, [])]
        relations[one.name] = table(one.fields, key, rows)
    archive = duck.Archive(table(program.inputs, key, list(enumerate(cases))), relations, key, carry=(key,))
    with duck.session("512MB", threads=1) as connection:
        opened = duck.sources(connection, program, archive)
        found = {row[key]: row for row in duck.fetch(connection, program, opened)}
    return [found[number] for number in range(len(cases))]


def differs(one: Decision, row: Mapping[str, Any]) -> bool:
    if (one.status, one.reason or None) != (row["status"], row["reason"] or None):
        return True
    if "、".join(one.missing) != (row["missing"] or ""):
        return True
    return one.outputs is not None and any(row[name] != value for name, value in one.outputs.items())


@pytest.mark.parametrize("path", list(LIBRARY.paths()), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_table_of_cases_comes_out_as_each_case_alone(path: Path) -> None:
    examples = largest_reading(path)
    first = examples[0]
    compiled = compile_policy(
        LIBRARY.resolve(LIBRARY.load(path), first.on),
        first.on,
        LIBRARY,
        settings=first.settings,
        lifted=first.lifted,
        order=first.order,
    )
    engine = Engine(compiled)
    cases = [example.given for example in examples]
    rows = as_a_set(compiled.program, cases)
    wrong = {
        example.name: (alone, row)
        for example, row in zip(examples, rows, strict=True)
        if differs(alone := engine.decide(example.given), row)
    }
    assert not wrong
