"""`niangjia policy run` and `compare`: a policy over an archive of files, and what a change of it would do.

An archive is one file of units (.csv, .parquet), or a folder with `units.…` and one file per list, e.g.
`成员.csv`.
"""

from __future__ import annotations

import argparse
import codecs
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from niangjia.policy import ir
from niangjia.policy.command import day
from niangjia.policy.compiling import compile_policy
from niangjia.policy.errors import PolicyError
from niangjia.policy.library import Library, refuse_another_time

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from niangjia.policy.sets.duck import Archive
    from niangjia.policy.sets.simulation import Comparison, Point
    from niangjia.policy.sets.statement import Sources

SUFFIXES = (".parquet", ".csv")


def register(commands: Any) -> None:
    """Add both commands to the parser of `niangjia policy`."""
    run = commands.add_parser("run", help="对整份档案批量核定")
    run.add_argument("file", type=Path)
    run.add_argument("--output", type=Path, required=True, help="结果文件（.csv 或 .parquet）")
    run.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    run.add_argument("--steps", action="store_true", help="同时写出每个步骤的值")
    run.set_defaults(run=_run)
    compare = commands.add_parser("compare", help="两个版本或一个参数的多种取值对整份档案的影响")
    compare.add_argument("before", type=Path, metavar="A")
    compare.add_argument("after", type=Path, metavar="B", nargs="?")
    compare.add_argument("--after-on", type=day, help="B 的事发日；不写则与 --on 相同")
    compare.add_argument("--by", action="append", default=[], metavar="列", help="按此列分组，可写多次")
    compare.add_argument("--own", type=_amount, help="自有资金（元）：给出后计算缺口")
    compare.add_argument("--sweep", metavar="参数=值,值…", help="只用 A，逐一试参数的各个取值")
    compare.add_argument("--picture", type=Path, help="另存一张 SVG 图")
    compare.add_argument("--json", action="store_true", help="输出 JSON")
    compare.set_defaults(run=_compare)
    for command in (run, compare):
        command.add_argument(
            "--input", type=Path, required=True, help="档案：一个文件，或含 units.csv 的文件夹"
        )
        command.add_argument("--on", type=day, help="事发日，如 2025-10-01；不写则为政策首日")
        command.add_argument("--key", default="", help="户（人）的编号列；有成员列表时默认取其关联列")
        command.add_argument("--fen", action="store_true", help="档案与结果的金额是整数分，而不是元")
        command.add_argument("--memory", default="2GB", help="内存上限，超出时写临时文件")
        command.add_argument("--spool", type=Path, help="临时文件放在这个文件夹（内含档案里的个人资料）")
        command.add_argument("--order", default="", help="多层政策的另一种顺序")
        command.add_argument("--lang", choices=("zh", "en"), default="zh")


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"“{text}”不是金额") from None


def _program(file: Path, on: date | None, words: argparse.Namespace, **settings: object) -> ir.Program:
    library = Library.around(file)
    policy = library.load(file)
    refuse_another_time(policy, on or policy.start, library)
    compiled = compile_policy(policy, on or policy.start, library, settings=settings, order=words.order)
    return compiled.program


@contextmanager
def _archive(program: ir.Program, words: argparse.Namespace) -> Iterator[Archive]:
    """The files of the archive; CSV saved by office programs in GB18030 is rewritten as UTF-8 for the time of
    the run.
    """
    from niangjia.policy.sets.duck import Archive

    given: Path = words.input
    with tempfile.TemporaryDirectory(prefix="niangjia-policy-", dir=words.spool) as folder:
        if given.is_dir():
            units = _unicode(_named(given, "units"), Path(folder))
            rows = {one.name: _unicode(_named(given, one.name), Path(folder)) for one in program.relations}
        else:
            _present(given)
            units, rows = _unicode(given, Path(folder)), {}
        yield Archive(units, rows, words.key, words.fen)


def _named(folder: Path, name: str) -> Path:
    for suffix in SUFFIXES:
        if (folder / (name + suffix)).is_file():
            return folder / (name + suffix)
    raise PolicyError(
        f"文件夹 {folder.name} 里没有 {name}.csv 或 {name}.parquet。",
        f"The folder {folder.name} holds neither {name}.csv nor {name}.parquet.",
    )


def _present(file: Path) -> None:
    if not file.is_file():
        raise PolicyError(f"没有档案文件 {file.name}。", f"There is no archive file {file.name}.")
    if file.suffix not in SUFFIXES:
        raise PolicyError(
            f"{file.name}：只读 .csv 与 .parquet。", f"{file.name}: only .csv and .parquet are read."
        )


def _unicode(file: Path, folder: Path) -> Path:
    if file.suffix != ".csv" or _is_utf8(file):
        return file
    copy = folder / file.name
    try:
        with file.open(encoding="gb18030") as old, copy.open("w", encoding="utf-8") as new:
            while part := old.read(2**20):
                new.write(part)
    except UnicodeDecodeError:
        raise PolicyError(
            f"{file.name} 既不是 UTF-8 也不是 GB18030 编码：请另存为 UTF-8。",
            f"{file.name} is neither UTF-8 nor GB18030: save it as UTF-8.",
        ) from None
    return copy


def _is_utf8(file: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open("rb") as stream:
            while part := stream.read(2**20):
                decoder.decode(part)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _run(words: argparse.Namespace) -> int:
    if words.output.suffix not in SUFFIXES:
        raise PolicyError("--output 应以 .csv 或 .parquet 结尾。", "--output should end in .csv or .parquet.")
    counts = _on_spark(words) if words.engine == "spark" else _on_duckdb(words)
    names = {"zh": ("已核定", "排除", "缺资料"), "en": ("decided", "excluded", "incomplete")}[words.lang]
    shown = zip(names, ("decided", "excluded", "incomplete"), strict=True)
    print(
        f"{words.output.name}: " + " · ".join(f"{name} {counts.get(status, 0):,}" for name, status in shown)
    )
    return 0


def _on_duckdb(words: argparse.Namespace) -> dict[str, int]:
    from niangjia.policy.sets import duck

    opened = duck.opening()
    program = _program(words.file, words.on, words)
    with _archive(program, words) as archive, _engine(words, opened) as connection:
        given = duck.sources(connection, program, archive)
        _warn(program, given, words.lang)
        duck.write(
            connection, program, given, words.output, scaled=words.fen, steps=words.steps, progress=_bar()
        )
        for relation in {output.relation for output in program.outputs if output.relation}:
            beside = words.output.with_name(f"{words.output.stem}.{relation}{words.output.suffix}")
            duck.write_rows(connection, program, given, relation, beside)
        return duck.counts(connection, words.output)


def _warn(program: ir.Program, opened: Sources, language: str) -> None:
    """Inputs that the archive has no column for: every case lacks them, or takes their default."""
    absent = [given.name for given in program.inputs if given.name not in opened.units.columns]
    for relation in program.relations:
        columns = opened.rows[relation.name].columns if relation.name in opened.rows else {}
        absent += [f"{relation.name}.{given.name}" for given in relation.fields if given.name not in columns]
    if absent:
        sentence = (
            "档案没有这些列，一律按未填处理：" if language == "zh" else "The archive lacks these columns: "
        )
        print(sentence + "、".join(absent), file=sys.stderr)


def _on_spark(words: argparse.Namespace) -> dict[str, int]:
    from niangjia.policy.sets import spark

    program = _program(words.file, words.on, words)
    try:
        session = spark.session()
    except ModuleNotFoundError:
        raise PolicyError(
            "没有安装 pyspark：请先安装 pyspark 与 Java，或改用 --engine duckdb。",
            "pyspark is not installed: install pyspark and Java, or use --engine duckdb.",
        ) from None
    try:
        with _archive(program, words) as archive:
            return spark.write(session, program, archive, words.output, scaled=words.fen, steps=words.steps)
    finally:
        session.stop()


@contextmanager
def _said_plainly() -> Iterator[None]:
    """What the engine says about a bad file or a wrong memory limit, as an error of ours."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        first = str(error).strip().splitlines()[0]
        raise PolicyError(f"引擎无法完成：{first}", f"The engine could not finish: {first}") from None


@contextmanager
def _engine(
    words: argparse.Namespace, opened: Callable[[], DuckDBPyConnection] | None = None
) -> Iterator[DuckDBPyConnection]:
    from niangjia.policy.sets import duck

    with _said_plainly(), duck.session(words.memory, spool=words.spool, opened=opened) as connection:
        yield connection


def _bar() -> Callable[[float], None] | None:
    """Progress on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        return None

    def show(share: float) -> None:
        print(f"\r{share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)

    return show


def _compare(words: argparse.Namespace) -> int:
    if bool(words.after) == bool(words.sweep):
        raise PolicyError(
            "请给出两个政策文件，或一个文件加 --sweep。", "Give two policy files, or one and --sweep."
        )
    return _sweep(words) if words.sweep else _versions(words)


def _versions(words: argparse.Namespace) -> int:
    from niangjia.policy.sets import duck, picture, report, simulation

    before = _program(words.before, words.on, words)
    after = _program(words.after, words.after_on or words.on, words)
    with _archive(after, words) as archive, _engine(words) as connection:
        opened = duck.sources(connection, after, archive)
        found: Comparison = simulation.compare(
            connection, before, after, opened, by=words.by, own=words.own, progress=_steps()
        )
    if words.picture:
        words.picture.write_text(picture.comparison(found, words.lang), encoding="utf-8")
    if words.json:
        print(json.dumps(simulation.facts(found), ensure_ascii=False, indent=1))
    else:
        print(report.comparison(found, words.lang), end="")
    return 0


def _sweep(words: argparse.Namespace) -> int:
    from niangjia.policy.sets import duck, picture, report, simulation

    name, _, values = words.sweep.partition("=")
    try:
        programs = {
            value: _program(words.before, words.on, words, **{name: value})
            for value in map(Decimal, values.split(","))
        }
    except InvalidOperation:
        raise PolicyError(
            "--sweep 写成 参数=值,值,值。", "Write --sweep parameter=value,value,value."
        ) from None
    first = next(iter(programs.values()))
    with _archive(first, words) as archive, _engine(words) as connection:
        opened = duck.sources(connection, first, archive)
        points: list[Point] = simulation.sweep(connection, programs, opened, own=words.own, progress=_steps())
    if words.picture:
        words.picture.write_text(picture.sweep(points, name, words.lang), encoding="utf-8")
    if words.json:
        print(json.dumps([simulation.facts(point) for point in points], ensure_ascii=False, indent=1))
    else:
        print(report.sweep(points, name, words.lang), end="")
    return 0


def _steps() -> Callable[[int, int], None]:
    bar = _bar()
    return (lambda done, total: bar(done / total)) if bar else (lambda done, total: None)
