from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from tests.cast import Tree
from tests.families import DAY, Path


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture(autouse=True)
def _all_pages(settings: object) -> None:
    settings.ROOT_URLCONF = "niangjia.config.urls"  # type: ignore[attr-defined]


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


@pytest.fixture
def signed_in(settings: object) -> Callable[[Actor], Client]:
    """A browser in which the actor has signed in. Second factors are another test's matter."""
    settings.DEMO = True  # type: ignore[attr-defined]

    def open_for(actor: Actor) -> Client:
        client = Client()
        assert actor.user is not None
        client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open_for
