"""A new colleague, a forgotten password and a closed account, in the workbench."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.assistance.access import REVIEWER
from niangjia.kernel.access import Actor
from niangjia.kernel.users import User
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, who

SignedIn = Callable[[Actor], Client]


@pytest.fixture
def administrator(tree: Tree, signed_in: SignedIn) -> Client:
    return signed_in(who(ADMINISTRATOR, tree.east))


def engage(client: Client, tree: Tree, **given: str) -> str:
    data = {"username": "su.he", "name": "苏禾", "duty": REVIEWER.name, "title": "", **given}
    return client.post(reverse("engage", args=[tree.willow.public_id]), data).content.decode()


def test_the_password_is_shown_once_and_kept_by_nobody(administrator: Client, tree: Tree) -> None:
    assert administrator.get(reverse("engage", args=[tree.willow.public_id])).status_code == 200
    response = administrator.post(
        reverse("engage", args=[tree.willow.public_id]),
        {"username": "su.he", "name": "苏禾", "duty": REVIEWER.name, "title": ""},
    )
    assert "no-store" in response["Cache-Control"]
    user = User.objects.get(username="su.he")
    [post] = user.posts.all()
    assert (
        str(user.name) in administrator.get(reverse("union", args=[tree.willow.public_id])).content.decode()
    )
    reset = administrator.post(reverse("password_reset", args=[post.public_id])).content.decode()
    assert "su.he" in reset and reset != response.content.decode()


def test_wrong_input_comes_back_beside_its_field(administrator: Client, tree: Tree) -> None:
    page = engage(administrator, tree, username="Su He")
    assert "登录名以小写字母开头" in page and "苏禾" in page
    assert not User.objects.filter(name="苏禾").exists()


def test_closing_an_account(administrator: Client, tree: Tree) -> None:
    engage(administrator, tree)
    post = User.objects.get(username="su.he").posts.get()
    administrator.post(reverse("account_close", args=[post.public_id]))
    assert not User.objects.get(username="su.he").is_active


def test_others_do_not_get_in(signed_in: SignedIn, tree: Tree) -> None:
    clerk = signed_in(who(REVIEWER, tree.willow))
    data = {"username": "su.he", "name": "苏禾", "duty": REVIEWER.name}
    assert clerk.post(reverse("engage", args=[tree.willow.public_id]), data).status_code == 403
    assert not User.objects.filter(username="su.he").exists()
