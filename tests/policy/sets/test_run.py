"""Archives in, results out: CSV, Parquet, streamed rows; per-step columns; progress; what the SQL must look
like.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from niangjia.policy import ir
from niangjia.policy.errors import PolicyError
from niangjia.policy.sets import border, duck, statement
from niangjia.policy.sets.border import Column
from niangjia.policy.sets.dialect import DIALECTS, DUCKDB, POSTGRESQL, Names
from niangjia.policy.sets.statement import Source, Sources
from tests.policy.sets import example
from tests.policy.sets.conftest import LEAVES_SOCKETS, Compile


def results(program: Any, archive: duck.Archive, **options: Any) -> dict[str, dict[str, Any]]:
    with duck.session("500MB", threads=1) as connection:
        opened = duck.sources(connection, program, archive)
        return {str(row["户号"]): row for row in duck.fetch(connection, program, opened, **options)}


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_files_are_read_as_people_write_them(compiled: Compile, tmp_path: Path, suffix: str) -> None:
    found = results(compiled(example.POLICY, example.ON), example.files(tmp_path, suffix))
    assert found["1"]["补助"] == example.PAID
    assert found["1"]["类别"] == "低保"
    assert found["2"]["补助"] == 0
    assert (found["3"]["status"], found["3"]["reason"]) == ("excluded", "未参保")
    assert found["3"]["补助"] is None
    assert (found["4"]["status"], found["4"]["missing"]) == ("incomplete", "自付")
    assert len(found) == 6, "a member without a household makes no household"


def test_what_is_no_plain_decimal_or_finer_than_the_fen_is_not_known(
    compiled: Compile, tmp_path: Path
) -> None:
    found = results(compiled(example.POLICY, example.ON), example.files(tmp_path))
    assert found["5"]["missing"] == "自付"
    assert found["6"]["missing"] == "自付"


def test_rows_of_a_database_in_fen_are_streamed_and_answered_in_fen(compiled: Compile) -> None:
    found = results(compiled(example.POLICY, example.ON), example.rows(), scaled=True)
    assert found["1"]["补助"] == 50001
    assert {found[key]["status"] for key in "456"} == {"incomplete"}
    assert found["3"]["status"] == "excluded"


def test_a_number_that_is_neither_true_nor_false_is_not_known_although_there_is_a_default(
    compiled: Compile,
) -> None:
    units = duck.Rows({"户号": "BIGINT", "自付": "BIGINT", "参保": "SMALLINT"}, [(1, 100, 1), (2, 100, 2)])
    members = duck.Rows({"户号": "BIGINT", "月收入": "BIGINT"}, [(1, 0), (2, 0)])
    archive = duck.Archive(units, {"成员": members}, scaled=True)
    found = results(compiled(example.POLICY, example.ON), archive)
    assert found["1"]["status"] == "decided"
    assert (found["2"]["status"], found["2"]["missing"]) == ("incomplete", "参保")


@pytest.mark.parametrize(("most", "as_double"), [(9 * 10**14, True), (9 * 10**15, False)])
def test_sums_are_exact_on_both_sides_of_53_bits(compiled: Compile, most: int, as_double: bool) -> None:
    text = example.POLICY.replace("min = 0, max = 100000 }", f"min = 0, max = {most // 100} }}")
    text = text.replace('outputs = ["补助", "类别"]', 'outputs = ["合计"]')
    text += '[[step]]\nname = "合计"\ntype = "money"\nexpr = "sum(成员.月收入)"\nsource = "x"\n'
    program = compiled(text, example.ON)
    incomes = [most - 1] * 4 + [most]
    units = duck.Rows({"户号": "BIGINT", "参保": "BOOLEAN"}, [(1, True)])
    members = duck.Rows({"户号": "BIGINT", "月收入": "BIGINT"}, [(1, each) for each in incomes])
    with duck.session("500MB", threads=1) as connection:
        opened = duck.sources(connection, program, duck.Archive(units, {"成员": members}, scaled=True))
        assert ("AS DOUBLE" in statement.select(program, DUCKDB, opened)) == as_double
        (row,) = duck.fetch(connection, program, opened, scaled=True)
    assert row["合计"] == sum(incomes)


def test_every_step_can_be_written_beside_the_results(compiled: Compile, tmp_path: Path) -> None:
    found = results(compiled(example.POLICY, example.ON), example.files(tmp_path), steps=True)
    assert found["1"]["人均"] == Decimal("900.00")
    assert found["1"]["单位"] == "东区", "columns that are no inputs are carried through"


def test_parquet_results_carry_the_policy_and_its_digest(compiled: Compile, tmp_path: Path) -> None:
    program = compiled(example.POLICY, example.ON)
    output = tmp_path / "out.parquet"
    shares: list[float] = []
    with duck.session() as connection:
        opened = duck.sources(connection, program, example.files(tmp_path))
        duck.write(connection, program, opened, output, progress=shares.append)
        assert duck.counts(connection, output) == {"decided": 2, "excluded": 1, "incomplete": 3}
    facts = dict(duckdb.execute(f"SELECT key, value FROM parquet_kv_metadata('{output}')").fetchall())
    assert facts[b"digest"].decode() == program.digest
    assert facts[b"day"] == b"2025-10-01"
    assert shares[-1] == 1.0


def test_an_archive_without_the_list_leaves_its_units_incomplete(compiled: Compile, tmp_path: Path) -> None:
    archive = example.files(tmp_path)
    found = results(compiled(example.POLICY, example.ON), duck.Archive(archive.units, key="户号"))
    assert found["1"]["missing"] == "成员"


def test_postgresql_text_has_the_fence_on_every_layer_and_the_others_have_none(compiled: Compile) -> None:
    program = compiled(example.POLICY, example.ON)
    tables = Sources(Source("units", {}), {"成员": Source("rows", {})}, "户号")
    for name, dialect in DIALECTS.items():
        text = statement.select(program, dialect, tables)
        layers = text.count(" AS (SELECT")
        assert layers > 5
        assert text.count(" OFFSET 0)") == (layers if name == "postgresql" else 0)


def test_a_fenced_plan_in_postgresql_keeps_its_layers_apart(cursor: Any, compiled: Compile) -> None:
    """Without the fence the planner merges layers and doubles each expression; 40 doublings would take all
    memory.
    """
    steps = "".join(
        f'[[step]]\nname = "s{n}"\ntype = "money"\nexpr = "round(s{n - 1} * 0.5, 2) + round(s{n - 1} * 0.25, 2)"\n'
        'source = "x"\n'
        for n in range(1, 41)
    )
    text = example.POLICY.replace('outputs = ["补助", "类别"]', 'outputs = ["s40"]') + (
        '[[step]]\nname = "s0"\ntype = "money"\nexpr = "自付"\nsource = "x"\n' + steps
    )
    program = compiled(text, example.ON)
    from niangjia.policy.sets import postgres

    postgres.limit(cursor, seconds=10, memory="16MB", spill="256MB")
    cursor.execute('CREATE TEMP TABLE "units" ("户号" bigint, "自付" numeric(14, 2), "参保" boolean)')
    cursor.execute('INSERT INTO "units" VALUES (1, 64000, true)')
    source = postgres.source(cursor, "units")
    postgres.store(cursor, program, Sources(source, {}, "户号", ("户号",)), "results")
    cursor.execute('SELECT status FROM "results"')
    assert cursor.fetchall() == [("decided",)]


def test_a_table_that_is_not_there_is_named(cursor: Any) -> None:
    from niangjia.policy.sets import postgres

    with pytest.raises(PolicyError, match="没有名为“不存在”的表"):
        postgres.source(cursor, "不存在")


def test_names_stay_apart_where_case_is_ignored_and_fit_where_they_must_be_short() -> None:
    names = Names(POSTGRESQL)
    long = "困难职工家庭成员年度医疗费用个人自付部分合计金额"
    given = [names["Step1"], names["step1"], names[long + "甲"], names[long + "乙"]]
    assert len({name.casefold() for name in given}) == 4
    assert all(len(name.strip('"').encode()) <= 63 for name in given)
    assert names["Step1"] == given[0]


def test_a_quote_in_a_name_cannot_leave_it() -> None:
    assert DUCKDB.identifier('a" FROM x --') == '"a"" FROM x --"'
    assert DIALECTS["spark"].text("it's \\") == "'it\\'s \\\\'"


def test_a_column_that_cannot_be_read_exactly_is_refused_in_words() -> None:
    shape = ir.Shape("date", 0, 19000101, 21991231)
    joined = ir.Input("入会日", "入会日", "known", shape, None, 20000101)
    with pytest.raises(PolicyError, match="入会日"):
        border.read(DUCKDB, joined, Column("integer"), '"入会日"')


@LEAVES_SOCKETS
def test_spark_agrees_on_the_example(spark: Any, compiled: Compile, tmp_path: Path) -> None:
    from niangjia.policy.sets import spark as runner

    program = compiled(example.POLICY, example.ON)
    archive = example.files(tmp_path)
    counts = runner.write(spark, program, archive, tmp_path / "out.parquet")
    assert counts == {"decided": 2, "excluded": 1, "incomplete": 3}


def test_a_cancelled_run_stops(compiled: Compile, tmp_path: Path) -> None:
    with duck.session(threads=1) as connection:

        def give_up(share: float) -> None:
            raise duck.Cancelled

        with pytest.raises(duck.Cancelled), duck.watched(connection, give_up):
            connection.execute("SELECT sum(a.range * b.range) FROM range(200000) a, range(200000) b")


def test_a_run_larger_than_its_memory_spills_into_the_spool_and_leaves_nothing_there(tmp_path: Path) -> None:
    with duck.session("60MB", threads=1, spool=tmp_path) as connection:
        connection.execute(
            "CREATE TEMP TABLE many AS SELECT hash(range) AS a, hash(range + 1) AS b FROM range(6000000)"
        )
        spilled = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert sum(file.stat().st_size for file in spilled) > 10_000_000
        assert next(tmp_path.iterdir()).stat().st_mode & 0o077 == 0, "nobody else may look"
        assert connection.execute("SELECT count(*) FROM many").fetchall() == [(6_000_000,)]
    assert list(tmp_path.iterdir()) == []
