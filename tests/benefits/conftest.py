from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from niangjia.kernel import clock
from tests.benefits import rules as small
from tests.families import DAY


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def rules(tmp_path: Path, settings: Settings) -> Iterator[None]:
    with small.laid_down(tmp_path, settings):
        yield
