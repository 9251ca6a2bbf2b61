"""The tree of the cast, and somebody for each duty of the organisation."""

import pytest

from niangjia.kernel.access import Actor
from niangjia.organisation.access import ADMINISTRATOR, PARAMETER_KEEPER
from tests.cast import Tree, tree, who

__all__ = ["tree"]


@pytest.fixture
def administrator(tree: Tree) -> Actor:
    return who(ADMINISTRATOR, tree.city)


@pytest.fixture
def east_administrator(tree: Tree) -> Actor:
    return who(ADMINISTRATOR, tree.east)


@pytest.fixture
def keeper(tree: Tree) -> Actor:
    return who(PARAMETER_KEEPER, tree.city)
