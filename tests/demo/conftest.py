"""The small demo city, built once for all tests of this package that only look at it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from niangjia.demo.build import build
from niangjia.demo.scale import SCALES
from niangjia.kernel import clock

TODAY = date(2026, 3, 11)  # a Wednesday, no holiday near
SEED = 7


@pytest.fixture(scope="package")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Rolled back at the end; each test has a savepoint of its own inside."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(SEED, SCALES["small"], TODAY, lambda sentence: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(standing: None, db: None) -> Iterator[None]:
    """The small city on the day on which its story ends."""
    with clock.at(TODAY):
        yield
