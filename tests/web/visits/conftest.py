from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.kernel import clock
from tests.cast import Tree
from tests.families import DAY, Path


@pytest.fixture(autouse=True)
def _monday(settings: Settings) -> Iterator[None]:
    cache.clear()
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


@pytest.fixture
def file(path: Path) -> HardshipFile:
    return path.to(State.REVIEWED)
