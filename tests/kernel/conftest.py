from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from niangjia.organisation.models import UnionBody
from tests.cast import a_union
from tests.kernel import specimen
from tests.kernel.elsewhere import Elsewhere


@pytest.fixture(scope="session")
def specimen_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        specimen.make_tables()
    yield
    with django_db_blocker.unblock():
        specimen.drop_tables()


@pytest.fixture
def own_keys(settings: Settings, tmp_path: Path) -> Path:
    """A key ring of the test's own, to rotate and to lose."""
    settings.KEYS_FOLDER = tmp_path
    settings.KEYS_GIVEN = {}
    settings.CIPHER = "aes"
    return tmp_path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    place = Elsewhere(tmp_path)
    yield place
    place.end()


@pytest.fixture
def vault(settings: Settings, tmp_path: Path) -> Path:
    """A place for files of the test's own."""
    settings.FILES_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def unit(db: None) -> UnionBody:
    return a_union()
