from collections.abc import Iterator

import pytest

from niangjia.kernel import clock
from tests.cast import Tree, a_tree
from tests.families import DAY, Path


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def tree(db: None) -> Tree:
    return a_tree()


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)
