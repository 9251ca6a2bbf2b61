"""Engines that may be absent – PostgreSQL, Spark – and the compiled form of a policy given as text."""

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from niangjia.policy import ir
from niangjia.policy.compiling import compile_policy
from niangjia.policy.library import Library

Compile = Callable[..., ir.Program]
# pyspark closes the sockets to its engine only when they are collected.
LEAVES_SOCKETS = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def compile_text(text: str, folder: Path, on: date, **options: Any) -> ir.Program:
    file = folder / "350600" / "random.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    library = Library(folder)
    return compile_policy(library.load(file), on, library, **options).program


@pytest.fixture
def compiled(tmp_path: Path) -> Compile:
    def make(text: str, on: date, **options: Any) -> ir.Program:
        return compile_text(text, tmp_path, on, **options)

    return make


@pytest.fixture
def cursor() -> Iterator[Any]:
    """A cursor of a session of its own on the PostgreSQL that the suite runs on; all it does is rolled back."""
    import psycopg
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "postgresql" not in database["ENGINE"]:
        pytest.skip("the suite runs on SQLite: set NIANGJIA_DATABASE to a PostgreSQL to run this")
    connection = psycopg.connect(
        dbname="postgres",
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
    )
    with connection, connection.cursor() as made:
        yield made
        connection.rollback()


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip(
            "pyspark is not installed: run bench/policy/exact.py in the benchmark's environment instead"
        )
    if shutil.which("java") is None:
        pytest.skip("Java is not installed (Debian: default-jre-headless)")
    from niangjia.policy.sets import spark as runner

    session = runner.session(memory="1g")
    yield session
    session.stop()
