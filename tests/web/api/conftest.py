"""Programs that call the API: with a token, or with a browser's session."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from niangjia.kernel import clock, tokens
from niangjia.kernel.access import Actor
from tests.cast import Tree
from tests.families import DAY, Path

ROOT = "/api/v1"
FILES = f"{ROOT}/hardship-file/"
Calling = Callable[[Actor], Client]


class Caller(Client):
    """Sends JSON."""

    def send(self, url: str, body: Any = None, **headers: str) -> Any:
        return self.post(
            url,
            {} if body is None else body,
            content_type="application/json",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )


@pytest.fixture(autouse=True)
def _monday(settings: Settings) -> Iterator[None]:
    # Second factors are another test's matter.
    settings.DEMO = True
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


@pytest.fixture
def calling() -> Callable[[Actor], Caller]:
    """A program with a token of the actor's account."""

    def open_for(actor: Actor) -> Caller:
        text = tokens.issue(actor=actor, label="测试")
        return Caller(headers={"Authorization": f"Bearer {text}"})

    return open_for


@pytest.fixture
def browsing() -> Callable[[Actor], Caller]:
    """A browser in which the actor has signed in, which checks CSRF as in earnest."""

    def open_for(actor: Actor) -> Caller:
        client = Caller(enforce_csrf_checks=True)
        client.force_login(actor.account)
        return client

    return open_for
