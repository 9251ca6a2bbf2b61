import pytest

from tests.cast import Tree
from tests.plans import PairPath, SchoolPath


@pytest.fixture
def way(tree: Tree) -> PairPath:
    return PairPath(tree)


@pytest.fixture
def school(tree: Tree) -> SchoolPath:
    return SchoolPath(tree)
