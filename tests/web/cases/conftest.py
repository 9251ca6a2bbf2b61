from collections.abc import Iterator

import pytest

from niangjia.kernel import clock
from tests.cast import Tree
from tests.families import DAY, Path


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)
