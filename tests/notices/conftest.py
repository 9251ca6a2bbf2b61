from collections.abc import Iterator

import pytest

from niangjia.kernel import clock
from tests.cast import Tree
from tests.families import DAY
from tests.notices.lists import Listing


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def listing(tree: Tree) -> Listing:
    return Listing(tree)
