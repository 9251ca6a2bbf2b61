"""What every test stands on. The cast of people and unions is in tests/cast.py."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands import flush
from pytest_django import Settings
from xdist.scheduler import LoadFileScheduling

from niangjia.config.prepare import compile_translations
from niangjia.kernel import triggers
from tests.cast import tree

__all__ = ["tree"]

# Before anything is translated: what was looked up once stays as it was.
for folder in settings.LOCALE_PATHS:
    compile_translations(Path(folder))

# Whoever asks for one of these touches a database; `cursor` is the policy engine's, of a session of its own.
DATABASE = {"db", "transactional_db", "django_db_setup", "cursor"}

BROWSER = Path(__file__).parent / "browser"

# Building the demo city, opening every address in English, and as everybody who may not.
LONGEST = {"demo", "test_speak_english.py", "hostile"}

# Half of all pages, by parts of the house as tests/browser/pages names them.
FIRST_HALF = re.compile(r"-(steps|people|unions)\b")

_empty_tables = flush.Command.handle


class Together(LoadFileScheduling):
    """Tests of one file stay in one process, and so do those that look at the demo city: it is built once.

    The walks through all pages are cut in two by parts of the house, each half with its own data: else one process
    would wait for the other.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        if file.startswith("tests/demo/"):
            return "tests/demo"
        if file.startswith("tests/browser/pages/"):
            return "tests/browser/pages, " + ("first" if FIRST_HALF.search(nodeid) else "second")
        return file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    return Together(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Tests in a browser are one folder: a run without them need not import it, nor one of them alone the others."""
    asked = config.option.markexpr
    if collection_path == BROWSER or BROWSER in collection_path.parents:
        return "not browser" in asked or None
    return (asked.startswith("browser") and collection_path not in BROWSER.parents) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    # The longest begin first and leave no process waiting for another at the end.
    items.sort(key=lambda item: LONGEST.isdisjoint(item.path.parts))


def _empty_tables_without_triggers(command: flush.Command, **options: Any) -> None:
    """Append-only tables refuse to be emptied, so the one place that may do it lifts the triggers first."""
    with triggers.suspended():
        _empty_tables(command, **options)


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_triggers() -> Iterator[None]:
    flush.Command.handle = _empty_tables_without_triggers  # type: ignore[method-assign]
    yield
    flush.Command.handle = _empty_tables  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, worker_id: str) -> None:
    """Each parallel process has a database of its own.

    SQLite tests run on a file, so that the threads of a test see one database, as requests do.
    """
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database["TEST"]["NAME"] = str(settings.HOME / f"test-{worker_id}.sqlite3")


@pytest.fixture
def own_anchors(tmp_path: Path, settings: Settings) -> None:
    """For whoever proves the trail: what other tests exported is not looked at."""
    settings.ANCHORS_FOLDER = tmp_path
