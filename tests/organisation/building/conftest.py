from collections.abc import Iterator
from pathlib import Path as Folder

import pytest
from pytest_django import Settings

from niangjia.kernel import clock
from tests.building import DAY, Path
from tests.cast import Tree


@pytest.fixture(autouse=True)
def _monday(settings: Settings, tmp_path: Folder) -> Iterator[None]:
    settings.FILES_FOLDER = tmp_path
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)
