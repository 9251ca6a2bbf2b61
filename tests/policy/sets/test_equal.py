"""Every engine gives the reference's answer to the fen: random policies, cases on boundaries, rows of poison."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from niangjia.policy import ir
from niangjia.policy.errors import PolicyError
from niangjia.policy.sets import duck, statement
from niangjia.policy.sets.dialect import DUCKDB
from tests.policy.sets import engines, example
from tests.policy.sets.conftest import LEAVES_SOCKETS, Compile, compile_text
from tests.policy.sets.generator import ON, Maker, Policy, cases_for

PROGRAMS, ROWS = 30, 60
PROPERTY = settings(
    max_examples=PROGRAMS,
    deadline=None,
    # Shrinking a failing policy takes minutes of engine time; the seed names it well enough.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)


def drawn(seed: int, folder: Any) -> tuple[Policy, ir.Program, list[dict[str, Any]]] | None:
    """A policy with its cases, or None when its ranges leave 64 bits and the loader rightly refuses it."""
    random = Random(seed)
    policy = Maker(random).make()
    try:
        program = compile_text(policy.text, folder, ON)
    except PolicyError as error:
        assert "64" in str(error), error
        return None
    return policy, program, cases_for(policy, random, ROWS)


@PROPERTY
@given(seed=st.integers(0, 10**9))
def test_python_duckdb_and_polars_agree_with_exact_fractions_on_random_policies(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("policy")
    made = drawn(seed, folder)
    if made is None:
        return
    policy, program, cases = made
    expected = engines.by_reference(policy.text, ON, program, cases)
    answers = engines.by_python(program, cases)
    assert engines.against_reference(expected, answers, cases) == []
    assert engines.difference(answers, engines.by_duckdb(program, cases, integers=bool(seed % 2))) == []
    assert engines.difference(answers, engines.by_files(program, cases, folder, bool(seed % 3))) == []
    assert engines.difference(answers, engines.by_polars(program, cases)) == []
    engines.in_range(program, cases)


def test_what_a_file_proves_of_its_columns_is_not_asked_of_each_row(compiled: Compile, tmp_path: Any) -> None:
    program = compiled(example.POLICY, example.ON)
    full = {"自付": Decimal(5), "入会日": date(2024, 1, 1), "参保": True, "成员": [{"月收入": Decimal(1)}]}
    for case, proved in (
        (full, True),
        (full | {"自付": Decimal(100001)}, False),
        (full | {"自付": None}, False),
    ):
        file = tmp_path / "units.parquet"
        with duck.session(threads=1) as connection:
            rows = engines.rows_of(program.inputs, [(0, case)], integers=True)
            engines.stored(connection, rows, file)
            members = engines.rows_of(program.relations[0].fields, [(0, case["成员"][0])], integers=True)
            archive = duck.Archive(file, {"成员": members}, engines.KEY, scaled=True)
            opened = duck.sources(connection, program, archive)
            assert ('AS "known·自付"' not in statement.select(program, DUCKDB, opened)) == proved
            (row,) = duck.fetch(connection, program, opened)
            assert row["status"] == ("decided" if proved else "incomplete")


def test_postgresql_agrees_on_random_policies(cursor: Any, tmp_path: Any) -> None:
    _agree(lambda program, cases: engines.by_postgres(cursor, program, cases), range(12), tmp_path)


@pytest.mark.slow
@LEAVES_SOCKETS
def test_spark_agrees_on_twenty_random_policies(spark: Any, tmp_path: Any) -> None:
    _agree(lambda program, cases: engines.by_spark(spark, program, cases), range(20), tmp_path)


def _agree(run: Any, seeds: Sequence[int], folder: Any) -> None:
    for seed in seeds:
        made = drawn(seed, folder)
        if made is not None:
            _, program, cases = made
            assert engines.difference(engines.by_python(program, cases), run(program, cases)) == [], seed


def test_the_reference_reads_the_handbook_by_itself() -> None:
    """Should it ever import the engine, every equality above would be worth nothing."""
    import ast
    from pathlib import Path

    from tests.policy.sets import reference

    tree = ast.parse(Path(reference.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not [name for name in imported if name and name.startswith("niangjia")]
    assert date(2025, 10, 1) == ON
