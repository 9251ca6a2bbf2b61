from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from niangjia.kernel.access import Actor, Duty
from niangjia.kernel.users import User
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.models import UnionBody
from tests import cast
from tests.cast import Tree, tree

__all__ = ["tree"]

# A duty that opens data but asks no second factor.
PLAIN_DUTY = Duty("clerk_in_tests", "经办", frozenset({"organisation"}))


@pytest.fixture
def pages_of_tests(settings: Settings) -> None:
    """Only where they are asked for: to find its addresses takes the site longer than most tests."""
    settings.ROOT_URLCONF = "tests.web.pages"


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield
    # A page read in English leaves the thread in English.
    translation.deactivate()


def post_holder(duty: Duty, unit: UnionBody) -> User:
    return cast.a_post(duty, unit, cast.a_user(password="一句只有我记得的话")).user


@pytest.fixture
def clerk(tree: Tree) -> User:
    return post_holder(PLAIN_DUTY, tree.maple)


@pytest.fixture
def administrator(tree: Tree) -> User:
    """Holds a strong duty, and no second factor yet."""
    return post_holder(ADMINISTRATOR, tree.city)


@pytest.fixture
def clerk_client(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


SignedIn = Callable[[Actor], Client]


@pytest.fixture
def signed_in(settings: Settings) -> SignedIn:
    """A browser in which the actor has signed in. Second factors are another test's matter."""
    settings.DEMO = True

    def open_for(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.account)
        return client

    return open_for
