"""Who gets in where: closed by default, the right door, a second factor where the duty asks."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from niangjia.kernel.users import User
from niangjia.web.shell.identity import DOOR, PHONE
from tests import cast
from tests.cast import Tree
from tests.web.conftest import PLAIN_DUTY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_of_tests")]


def test_a_page_asks_who_you_are_unless_it_is_marked_open(client: Client) -> None:
    assert client.get("/public/").content.decode() == "公开"
    assert client.get("/who/").headers["Location"] == "/accounts/login/?next=/who/"


def test_workers_are_sent_to_their_own_door(client: Client) -> None:
    assert client.get("/m/who/?a=1").headers["Location"] == "/m/login/?next=/m/who/%3Fa%3D1"


def test_a_part_of_a_page_sends_the_whole_browser_to_the_door(client: Client) -> None:
    answer = client.get("/who/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/accounts/login/"


def test_staff_act_with_the_grants_of_their_posts(clerk_client: Client, clerk: User) -> None:
    assert clerk_client.get("/who/").content.decode() == f"{clerk.name} 1"


def test_whoever_came_by_phone_code_holds_no_post(clerk_client: Client, clerk: User) -> None:
    session = clerk_client.session
    session[DOOR] = PHONE
    session.save()
    assert clerk_client.get("/who/").content.decode() == f"{clerk.name} 0"


def test_a_strong_duty_waits_for_a_second_factor(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    assert client.get("/who/").headers["Location"] == "/accounts/2fa/"
    assert client.get("/who/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/m/who/").headers["Location"] == "/accounts/2fa/"


def test_the_api_says_so_in_words(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    answer = client.get("/api/refuse/state/")
    assert answer.status_code == 403
    assert "第二因素" in answer.json()["sentence"]


def test_with_a_second_factor_the_strong_duty_works(client: Client, administrator: User) -> None:
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={})
    client.force_login(administrator)
    assert client.get("/who/").content.decode() == f"{administrator.name} 1"


def test_recovery_codes_alone_are_no_second_factor(client: Client, administrator: User) -> None:
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(administrator)
    assert client.get("/who/").headers["Location"] == "/accounts/2fa/"


def test_only_the_demo_lets_its_shared_accounts_skip_it_and_says_so(
    client: Client, administrator: User, settings: Settings
) -> None:
    settings.DEMO = True
    client.force_login(administrator)
    assert client.get("/who/").status_code == 200
    assert "本账号的岗位在正式环境中须启用第二因素" in client.get("/accounts/2fa/").content.decode()


def test_strangers_see_the_front_and_staff_without_a_post_learn_what_to_do(
    client: Client, tree: Tree
) -> None:
    assert "我是职工，手机号登录" in client.get("/").content.decode()
    client.force_login(cast.a_user())
    assert "您的账号还没有任职" in client.get("/").content.decode()


def test_the_side_bar_names_what_the_posts_open(client: Client, clerk: User, tree: Tree) -> None:
    away = cast.a_post(PLAIN_DUTY, tree.spring)
    cast.a_delegation(away, clerk, cast.LONG_AGO, cast.LONG_AGO.replace(year=2099))
    client.force_login(clerk)
    shown = client.get("/accounts/password/change/").content.decode()
    assert "枫林街道总工会" in shown
    assert f"您正在代 {away.user.name} 办理“经办”（石泉街道总工会）" in shown


def test_the_style_page_is_for_makers(client: Client, settings: Settings) -> None:
    assert client.get("/style/").status_code == 404
    settings.DEMO = True
    assert client.get("/style/").status_code == 200


def test_every_page_carries_a_policy_without_inline_script_or_style(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
