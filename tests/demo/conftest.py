"""The small demo city, built once for all tests of this package that only look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from niangjia import demo
from niangjia.benefits import policies
from niangjia.demo.build import build
from niangjia.demo.scale import SCALES
from niangjia.kernel import clock

TODAY = date(2026, 3, 11)  # a Wednesday, no holiday near
SEED = 7
POLICIES = Path(demo.__file__).parent / "policies"


@contextmanager
def the_citys_rules() -> Iterator[None]:
    """As `NIANGJIA_DEMO` does: the rules of the invented city lie beside those of the nation."""
    with override_settings(POLICIES_FOLDER=str(POLICIES)):
        policies.shelf.cache_clear()
        yield
    policies.shelf.cache_clear()


@pytest.fixture(scope="package")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Rolled back at the end; each test has a savepoint of its own inside."""
    with django_db_blocker.unblock(), transaction.atomic(), the_citys_rules():
        build(SEED, SCALES["small"], TODAY, lambda sentence: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(standing: None, db: None) -> Iterator[None]:
    """The small city on the day on which its story ends."""
    with clock.at(TODAY):
        yield
