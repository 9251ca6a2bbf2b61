"""A city of so many members, built once and kept: `city 1000000 sqlite`; without arguments, what there is.

Other benchmarks ask `standing()` for a city's environment and start processes in it: settings are read once at a
process's start, so a city is never switched inside one. Every city lies under `var/bench/cities`, on PostgreSQL as
`niangjia_bench_<members>`; it is built anew when migrations or the seeding change.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import _measure

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
CITIES = ROOT / "var" / "bench" / "cities"
SERVER = os.environ.get("NIANGJIA_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
SIZES = (10_000, 1_000_000)
DATABASES = ("sqlite", "postgresql")


def version() -> str:
    """Changes with whatever decides how a city's rows look."""
    sources = [
        *sorted((ROOT / "src" / "niangjia").glob("*/migrations/0*.py")),
        BENCH / "_seed.py",
        BENCH / "_rows.py",
        BENCH / "_story.py",
    ]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def environment(members: int, database: str, name: str = "") -> dict[str, str]:
    """What a process needs to live in the city. `name` is a working copy's."""
    home = CITIES / f"{members}{name}"
    address = f"sqlite:///{home / 'niangjia.sqlite3'}" if database == "sqlite" else postgres(members, name)
    return {
        **os.environ,
        "NIANGJIA_HOME": str(home),
        "NIANGJIA_KEYS": str(CITIES / "keys"),
        "NIANGJIA_DATABASE": address,
        "NIANGJIA_DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(BENCH), os.environ.get("PYTHONPATH", "")]),
    }


def postgres(members: int, name: str = "") -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{database_name(members, name)}"))


def database_name(members: int, name: str = "") -> str:
    return f"niangjia_bench_{members}{name}"


def standing(members: int, database: str) -> dict[str, str]:
    """The environment of the city, which is built first if it does not stand or is out of date."""
    if mark(members, database) != version():
        print(f"niangjia: building a city of {members:,} on {database}; kept for the next time", flush=True)
        remove(members, database)
        subprocess.run(
            [sys.executable, __file__, str(members), database, "--now"],
            check=True,
            preexec_fn=lambda: os.nice(10),
        )
    return environment(members, database)


def mark_file(members: int, database: str) -> Path:
    return CITIES / str(members) / f"{database}.version"


def mark(members: int, database: str) -> str:
    file = mark_file(members, database)
    return file.read_text(encoding="ascii") if file.exists() else ""


def remove(members: int, database: str, name: str = "") -> None:
    mark_file(members, database).unlink(missing_ok=True) if not name else None
    if database == "sqlite":
        for file in (CITIES / f"{members}{name}").glob("niangjia.sqlite3*"):
            file.unlink()
    else:
        on_server(f"DROP DATABASE IF EXISTS {database_name(members, name)} WITH (FORCE)")


def copied(members: int, database: str, name: str) -> dict[str, str]:
    """A working copy of a city, for benchmarks that write; replaces the last one of that name."""
    standing(members, database)
    remove(members, database, name)
    if database == "sqlite":
        (CITIES / f"{members}{name}").mkdir(parents=True, exist_ok=True)
        source, target = (CITIES / f"{members}{part}" / "niangjia.sqlite3" for part in ("", name))
        shutil.copy(source, target)
    else:
        template = database_name(members)
        on_server(f"CREATE DATABASE {database_name(members, name)} TEMPLATE {template}")
    return environment(members, database, name)


def on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


def reachable() -> list[str]:
    """The databases there are: PostgreSQL only where a server answers."""
    import psycopg

    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        print("niangjia: no PostgreSQL answers (NIANGJIA_BENCH_POSTGRES); measuring SQLite only")
        return ["sqlite"]
    return list(DATABASES)


def ask(script: str, surroundings: Mapping[str, str], *arguments: str) -> str:
    """What a script of this folder prints in a city."""
    command = [sys.executable, str(BENCH / script), *arguments]
    done = subprocess.run(command, env=dict(surroundings), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def build(members: int, database: str) -> None:
    surroundings = environment(members, database)
    if database == "sqlite":
        # Nobody waits for these rows to survive a power cut.
        surroundings["NIANGJIA_DATABASE"] += "?synchronous=NORMAL"
    else:
        on_server(
            f"CREATE DATABASE {database_name(members)} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
    os.environ.update(surroundings)
    sys.path[:0] = [str(ROOT / "src")]

    import django

    django.setup()
    report = _measure.Report(f"city-{members}-{database}")
    started = time.perf_counter()
    fill(members)
    seconds = time.perf_counter() - started
    mark_file(members, database).write_text(version(), encoding="ascii")
    report.add(f"{members:,} members on {database}: built", seconds, "s")
    report.add(f"{members:,} members on {database}: members a second", members / seconds)
    report.close()


def fill(members: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)

    import _seed

    _seed.City(members).build()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM ANALYZE")


def main(arguments: list[str]) -> int:
    if arguments[2:] == ["--now"]:
        build(int(arguments[0]), arguments[1])
    elif arguments:
        standing(int(arguments[0]), arguments[1] if len(arguments) > 1 else "sqlite")
    else:
        for members in SIZES:
            for database in reachable():
                state = "stands" if mark(members, database) == version() else "not built, or out of date"
                print(f"{members:>9,}  {database:10}  {state}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
