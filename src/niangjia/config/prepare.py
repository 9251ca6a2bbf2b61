"""Brings translations, static files and the database up to the code; each step asks whether it is needed.

Every step may be killed and started again: what is half done is found and finished.
"""

import argparse
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import django
import polib
from django.conf import settings


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="niangjia prepare", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="build the demo city unless it stands already")
    prepare(demo=parser.parse_args(arguments).demo)


def prepare(demo: bool) -> None:
    for folder in settings.LOCALE_PATHS:
        compile_translations(Path(folder))
    django.setup()
    load_reference_data(is_new=migrate())
    collect_static_files()
    if demo:
        build_demo_city()


def docs(arguments: Sequence[str]) -> None:
    """The command of that name, never in yesterday's English: the pages tell what the catalogues say now."""
    from django.core.management import execute_from_command_line

    for folder in settings.LOCALE_PATHS:
        compile_translations(Path(folder))
    execute_from_command_line(["niangjia", "docs", *arguments])


def compile_translations(folder: Path) -> list[Path]:
    """Compile each catalogue that is newer than its compiled twin; returns those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        half = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(half))
        half.replace(target)
        written.append(target)
    return written


def unapplied_migrations() -> list[str]:
    """What the database still lacks, in order; a database of another version is refused before anything is touched."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("niangjia.")}
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if strange := sorted(f"{label}.{name}" for label, name in unknown if label in ours):
        raise SystemExit(
            f"niangjia: this database was made by another version: {strange[0]} is not known here. "
            "Nothing was changed. Start it with that version, or begin anew: move the folder var aside, or name "
            "another database by NIANGJIA_DATABASE."
        )
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> bool:
    """Whether there was anything to do."""
    from django.core.management import call_command

    waiting = unapplied_migrations()
    if waiting:
        print(f"niangjia: bringing the database up to date ({len(waiting)} migrations)", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    return bool(waiting)


def load_reference_data(*, is_new: bool) -> None:
    """Regions and holidays as shipped, with each new version; what an administrator has entered stays."""
    from niangjia.kernel.calendar import CalendarYear, seed_calendar
    from niangjia.organisation.regions import current_regions, load_regions

    # A kill between the migration and this is made up for at the next start.
    if is_new or not CalendarYear.objects.exists() or not current_regions().exists():
        load_regions()
        seed_calendar()


def static_fingerprint() -> str:
    """Changes when any static file is added, removed, resized or touched."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static_files() -> None:
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return
    print("niangjia: collecting static files", flush=True)
    # The API framework's own pages are not served, and take half a minute to compress.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["ninja"])
    stamp.write_text(fingerprint, encoding="ascii")


def build_demo_city() -> None:
    """Builds it, or what a kill left unbuilt; a database with people of its own is left alone."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from niangjia.demo.queries import demo_city

    city = demo_city()
    if city is None and get_user_model()._default_manager.exists():
        raise SystemExit(
            "niangjia: this database holds accounts and is no demo city, so none is built into it. "
            "Start it with `./run serve` and `./run worker`, or name another by NIANGJIA_DATABASE."
        )
    if city is None or city.finished_at is None:
        call_command("demo", "build")
