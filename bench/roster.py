"""A roster of 100,000 rows and 20 columns: from upload to accepted, with every check and every audit entry.

Against django-import-export on the same workbook in the same run (in an environment of its own, by fewer rows: each
costs it the same), and against a bare executemany of the very rows that were written, sealed and chained already, into
the same tables with their indexes and triggers, with the unions' counts. Ours and the bare one take turns; each is
judged by its best. Then the export of as many rows.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import Any

import _measure
import city

MEMBERS = city.SIZES[0]
ROWS = 100_000
PEER_ROWS = 2_000
WORKBOOKS = city.ROOT / "var" / "bench" / "rosters"
ROUNDS = 2
TABLES = ("membership_person", "membership_member", "kernel_auditentry")
COUNTED = "UPDATE organisation_unionbody SET member_count = member_count + {0} WHERE id = {0}"


def workbook(rows: int) -> Path:
    """Made once in the city's environment: as many invented workers of the city's unions."""
    WORKBOOKS.mkdir(parents=True, exist_ok=True)
    file = WORKBOOKS / f"{rows}.xlsx"
    from niangjia.kernel.sheets import write_rows
    from niangjia.kernel.sheets.workbooks import titles_of
    from niangjia.membership.roster.columns import COLUMNS

    target = BytesIO()
    write_rows(target, titles_of(COLUMNS), lines(rows), "名册")
    file.write_bytes(target.getvalue())
    return file


def lines(rows: int) -> Iterator[list[str]]:
    from niangjia.demo import words
    from niangjia.membership import identity
    from niangjia.membership.kinds import Sex
    from niangjia.organisation.models import Employer, UnionBody

    random = Random(rows)
    unions = dict(UnionBody.objects.filter(level="grassroots").values_list("pk", "number"))
    employers = list(Employer.objects.filter(union__in=unions).values_list("union", "name", "uscc"))
    for number in range(rows):
        union, employer, code = random.choice(employers)
        day = f"{random.randint(1966, 2004)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
        body = f"98{number // 1000 % 10000:04}{day}{number % 1000:03}"
        name = (
            random.choice(words.SURNAMES)
            + random.choice(words.FIRST_SYLLABLES)
            + random.choice(words.SECOND_SYLLABLES)
        )
        sex = Sex.MALE if number % 2 else Sex.FEMALE
        yield [
            name, body + identity.check_digit(body), "男" if sex == Sex.MALE else "女",
            f"{day[:4]}-{day[4:6]}-{day[6:]}", f"141{number:08}", random.choice(["汉族", "回族", "满族"]), "群众",
            random.choice(["高中", "大学专科"]), "已婚", "本地城镇", random.choice(["是", "否"]), unions[union],
            employer, code, "劳动合同", "", random.choice(["操作工", "检验员"]), "中级工", f"w{number}@example.org",
            f"20{random.randint(15, 25)}-{random.randint(1, 12):02}-01",
        ]  # fmt: skip


class Peak:
    """The most memory that this process and its children held together, looked at often."""

    def __enter__(self) -> "Peak":
        self.most, self._stop = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_ended: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.02):
            self.most = max(self.most, resident(os.getpid()))


def resident(pid: int) -> int:
    """Bytes of a process and all beneath it."""
    total = 0
    try:
        total = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(resident(int(child)) for child in (task / "children").read_text().split())
    except (FileNotFoundError, ProcessLookupError):
        pass
    return total


def take_in(rows: int) -> dict[str, Any]:
    """In a working copy of the city: what a clerk does, and the worker behind."""
    import django

    django.setup()
    import logging

    logging.disable(logging.INFO)
    from niangjia.kernel.access import Actor
    from niangjia.kernel.jobs import run_until_idle
    from niangjia.kernel.models import User
    from niangjia.kernel.sheets import actions
    from niangjia.kernel.sheets.models import Batch
    from niangjia.membership.access import MEMBERSHIP_CLERK
    from niangjia.membership.roster.columns import ROSTER
    from niangjia.organisation.models import UnionBody

    file = workbook(rows)
    before = [_last(table) for table in TABLES]
    actor = Actor.of(User.objects.get(username="clerk"))
    grant = next(grant for grant in actor.grants if grant.duty == MEMBERSHIP_CLERK)
    root = UnionBody.objects.get(pk=grant.unit_id)

    def worked(batch: Batch) -> Batch:
        """Until the batch itself is done: what the worker has to do afterwards, nobody waits for."""
        while batch.is_working:
            run_until_idle(1)
            batch = Batch.objects.select_related("job").get(pk=batch.pk)
        return batch

    run_until_idle()
    with Peak() as peak, file.open("rb") as content:
        started, cpu = time.perf_counter(), _cpu()
        batch = actions.upload(ROSTER, upload=content, unit=root, actor=actor, name=file.name)
        batch = worked(batch)
        checked = time.perf_counter()
        batch = worked(actions.accept(batch, actor=actor))
        ended = time.perf_counter()
        spent = _cpu() - cpu
    assert batch.done == {"new": rows}, (
        batch.state,
        batch.found,
        batch.done,
        batch.problems[:500],
        batch.error,
    )
    return {
        "checking": checked - started,
        "taking in": ended - checked,
        "cpu": spent,
        "peak": peak.most,
        "before": before,
        "entries": _last("kernel_auditentry") - before[2],
    }


def _cpu() -> float:
    """Seconds of this process and of the children that have ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _last(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        return int(cursor.fetchone()[0])


def bare(source: str, before: list[int]) -> list[float]:
    """Seconds, and those of CPU, to write the very same rows again into a fresh copy by executemany alone.

    A thousand a transaction.
    """
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return _bare_sqlite(connection.connection, source, before)
    return _bare_postgresql(connection.connection, source, before)


def _bare_sqlite(connection: Any, source: str, before: list[int]) -> list[float]:
    import sqlite3

    origin = sqlite3.connect(source)
    spent = used = 0.0
    for table, last in zip(TABLES, before, strict=True):
        found = origin.execute(f"SELECT * FROM {table} WHERE id > ? ORDER BY id", [last])
        columns, rows = [column[0] for column in found.description], found.fetchall()
        statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})"
        started, cpu = time.perf_counter(), _cpu()
        for start in range(0, len(rows), 1000):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, rows[start : start + 1000])
            if table == "membership_member":
                connection.executemany(COUNTED.format("?"), counts(columns, rows[start : start + 1000]))
            connection.execute("COMMIT")
        spent, used = spent + time.perf_counter() - started, used + _cpu() - cpu
    return [spent, used]


def _bare_postgresql(connection: Any, source: str, before: list[int]) -> list[float]:
    import psycopg

    spent = used = 0.0
    with psycopg.connect(source) as origin:
        for table, last in zip(TABLES, before, strict=True):
            found = origin.execute(f"SELECT * FROM {table} WHERE id > %s ORDER BY id", [last])
            columns, rows = [column.name for column in found.description or ()], found.fetchall()
            rows = [tuple(_json(value) for value in row) for row in rows]
            statement = f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(rows[0]))})"
            started, cpu = time.perf_counter(), _cpu()
            for start in range(0, len(rows), 1000):
                with connection.transaction(), connection.cursor() as cursor:
                    cursor.executemany(statement, rows[start : start + 1000])
                    if table == "membership_member":
                        cursor.executemany(COUNTED.format("%s"), counts(columns, rows[start : start + 1000]))
            spent, used = spent + time.perf_counter() - started, used + _cpu() - cpu
    return [spent, used]


def counts(columns: list[str], members: list[Any]) -> list[tuple[int, int]]:
    """How many of the members each union got."""
    place = columns.index("unit_id")
    return [(count, unit) for unit, count in Counter(member[place] for member in members).items()]


def _json(value: Any) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(value) if isinstance(value, dict) else value


def export(rows: int) -> dict[str, float]:
    """The register as lists show it, masked, as a workbook and as text."""
    import django

    django.setup()
    from niangjia.kernel.fields import mask_id_number, mask_phone
    from niangjia.kernel.sheets import write_rows
    from niangjia.kernel.sheets.workbooks import titles_of
    from niangjia.membership.roster.columns import COLUMNS

    titles = titles_of(COLUMNS)
    shown = [
        [line[0], mask_id_number(line[1]), *line[2:4], mask_phone(line[4]), *line[5:]] for line in lines(rows)
    ]

    def as_text() -> None:
        csv.writer(StringIO()).writerows([titles, *shown])

    found = _measure.interleaved(
        {"workbook": lambda: write_rows(BytesIO(), titles, shown), "text": as_text}, 1, 3
    )
    return {name: _measure.best_p50(rounds) / 1000 for name, rounds in found.items()}


def in_turn(database: str, rows: int) -> tuple[dict[str, Any], list[float]]:
    """The best of ours, and of the bare writing that wrote the same rows."""
    ours, plain = [], []
    for _round in range(ROUNDS):
        surroundings = city.copied(MEMBERS, database, "_roster")
        ours.append(json.loads(city.ask("roster.py", surroundings, "--take-in", "--rows", str(rows))))
        source = surroundings["NIANGJIA_DATABASE"].removeprefix("sqlite:///")
        fresh = city.copied(MEMBERS, database, "_bare")
        before = json.dumps(ours[-1]["before"])
        plain.append(json.loads(city.ask("roster.py", fresh, "--bare", source, "--before", before)))
    best = min(ours, key=lambda one: float(one["checking"] + one["taking in"]))
    return best, [min(seconds) for seconds in zip(*plain, strict=True)]


def tell(report: _measure.Report, database: str, rows: int, peer_rows: int) -> None:
    ours, (plain, plain_cpu) = in_turn(database, rows)
    seconds = ours["checking"] + ours["taking in"]
    rate = rows / seconds
    parts = f"looking through {ours['checking']:.1f}, taking in {ours['taking in']:.1f}"
    note = f"{seconds:.1f} s: {parts}; {ours['entries']:,} audit entries"
    report.add(f"{database}: {rows:,} rows from upload to accepted, rows a second", rate, note=note)
    report.add(
        f"{database}: bare executemany of the same rows, rows a second", rows / plain, note=f"{plain:.1f} s"
    )
    report.add(
        f"{database}: upload to accepted / bare executemany", rate * plain / rows, bar=0.3, at_least=True
    )
    report.add(
        f"{database}: CPU of bare executemany / of upload to accepted", plain_cpu / ours["cpu"],
        note=f"{plain_cpu:.1f} / {ours['cpu']:.1f} s, without the server's own on PostgreSQL",
    )  # fmt: skip
    report.add(f"{database}: most memory, all processes", ours["peak"] / 2**20, "MB", bar=600)
    if peer_rows:
        peer(report, database, rate, peer_rows)
    for name in ("_roster", "_bare"):
        city.remove(MEMBERS, database, name)


def peer(report: _measure.Report, database: str, rate: float, rows: int) -> None:
    from _peers import interpreter

    python = interpreter("roster_peer", beside=True)
    for way in ("row by row", "in bulk"):
        surroundings = city.copied(MEMBERS, database, "_peer")
        script = str(city.BENCH / "roster_peer" / "peer.py")
        command = [str(python), script, str(WORKBOOKS / f"{rows}.xlsx"), way]
        city.ask("roster.py", surroundings, "--workbook", "--rows", str(rows))
        done = subprocess.run(command, env=surroundings, check=True, stdout=subprocess.PIPE, text=True)
        theirs = float(done.stdout.split()[-1])
        note = f"{rows:,} rows, dry run and import, no audit trail"
        report.add(f"{database}: django-import-export {way}, rows a second", rows / theirs, note=note)
        bar = 10 if way == "row by row" else None
        report.add(
            f"{database}: rows a second / django-import-export {way}",
            rate * theirs / rows,
            bar=bar,
            at_least=True,
        )
    city.remove(MEMBERS, database, "_peer")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench roster", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--peer-rows", type=int, default=PEER_ROWS, help="0: without the peer")
    for word in ("take-in", "export", "workbook"):
        parser.add_argument(f"--{word}", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--bare", help=argparse.SUPPRESS)
    parser.add_argument("--before", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    inside: dict[str, Callable[[], object]] = {
        "take_in": lambda: take_in(options.rows),
        "export": lambda: export(options.rows),
        "bare": lambda: bare(options.bare, json.loads(options.before)),
        "workbook": lambda: _workbook_alone(options.rows),
    }
    for word, body in inside.items():
        if getattr(options, word):
            print(json.dumps(body()))
            return 0
    report = _measure.Report("roster")
    for database in city.reachable():
        tell(report, database, options.rows, options.peer_rows)
    found = json.loads(
        city.ask("roster.py", city.standing(MEMBERS, "sqlite"), "--export", "--rows", str(options.rows))
    )
    report.add(
        f"export of {options.rows:,} rows of 20 columns, masked / csv.writer", found["workbook"] / found["text"],
        bar=8, note=f"{found['workbook']:.2f} s",
    )  # fmt: skip
    return report.close()


def _workbook_alone(rows: int) -> str:
    import django

    django.setup()
    return str(workbook(rows))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "_settings")
    sys.exit(main(sys.argv[1:]))
