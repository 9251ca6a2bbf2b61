from collections.abc import Iterator
from pathlib import Path as Folder

import pytest
from django.test import Client
from pytest_django import Settings

from niangjia.kernel import clock
from tests.building import DAY, Path
from tests.cast import Tree
from tests.web.hostile.browsers import browser


@pytest.fixture(autouse=True)
def _monday(settings: Settings, tmp_path: Folder) -> Iterator[None]:
    settings.FILES_FOLDER = tmp_path
    settings.DEMO = True
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


@pytest.fixture
def clerk(path: Path) -> Client:
    return browser(path.organiser.user)


@pytest.fixture
def approver(path: Path) -> Client:
    return browser(path.approver.user)
