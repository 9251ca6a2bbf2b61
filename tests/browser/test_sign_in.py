"""The doors in a real browser: passkey, authenticator, phone code, and what logging out leaves behind."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import Page, expect

from niangjia.kernel.messages import Message
from niangjia.kernel.users import User
from niangjia.organisation.access import ADMINISTRATOR
from tests import cast
from tests.browser.conftest import Accessible
from tests.families import a_person

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "一句只有我记得的话"


@pytest.fixture(autouse=True)
def _nothing_counted(transactional_db: None) -> None:
    cache.clear()


@pytest.fixture
def administrator(browser_site: str) -> User:
    user = cast.a_user("苏晓禾", password=PASSWORD)
    return cast.a_post(ADMINISTRATOR, cast.a_tree().city, user).user


def sign_in(page: Page, site: str, user: User) -> None:
    page.goto(site + "/accounts/login/")
    page.get_by_label("登录名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()


def a_security_key(page: Page) -> None:
    session: Any = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_an_authenticator_is_set_up_and_used(
    page: Page, browser_site: str, administrator: User, assert_accessible: Accessible
) -> None:
    sign_in(page, browser_site, administrator)
    expect(page.get_by_role("heading", name="请先启用一种第二因素")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="启用身份验证器").click()
    assert_accessible(page)
    confirm(page)
    assert_accessible(page)
    assert page.get_by_alt_text("身份验证器二维码").evaluate("picture => picture.naturalWidth") > 0
    page.get_by_text("扫不了码").click()
    secret = page.locator("details code").inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("6 位数字").fill(format_hotp_value(hotp_value(secret, counter)))
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    assert_accessible(page)
    recovery_code = page.locator(".recovery li").first.inner_text()

    page.context.clear_cookies()
    sign_in(page, browser_site, administrator)
    expect(page.get_by_role("heading", name="第二步：确认是您本人")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("验证码").fill(recovery_code)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator(".menu summary")).to_contain_text("苏晓禾")


def test_a_passkey_is_added_and_signs_in_alone(
    page: Page, browser_site: str, administrator: User, assert_accessible: Accessible
) -> None:
    a_security_key(page)
    sign_in(page, browser_site, administrator)
    page.get_by_role("link", name="添加通行密钥").click()
    confirm(page)
    page.get_by_label("给它起个名字").fill("办公电脑")
    page.get_by_label("以后只用它登录").check()
    assert_accessible(page)
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    page.goto(browser_site + "/accounts/2fa/webauthn/")
    expect(page.get_by_role("cell", name="办公电脑")).to_be_visible()
    assert_accessible(page)

    page.context.clear_cookies()
    page.goto(browser_site + "/accounts/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.locator(".menu summary")).to_contain_text("苏晓禾")


def test_a_passkey_that_fails_is_said_in_words(page: Page, browser_site: str) -> None:
    a_security_key(page)
    page.goto(browser_site + "/accounts/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("alert")).to_contain_text("通行密钥没有验证成功")
    expect(page.get_by_role("alert")).not_to_have_text("")


def test_a_worker_comes_home_by_phone_and_leaves_nothing_behind(
    page: Page, browser_site: str, width: dict[str, int], assert_accessible: Accessible
) -> None:
    a_person(cast.a_tree().market, "柳青萍", phone="13800000001")
    page.goto(browser_site + "/m/me/")
    page.get_by_label("手机号").fill("138 0000 0001")
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_text("138****0001")).to_be_visible()
    assert_accessible(page)
    message = Message.objects.order_by("pk").last()
    assert message is not None
    code = re.search(r"\d{6}", message.body)
    assert code
    page.get_by_label("短信验证码").fill(code[0])
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(browser_site + "/m/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("柳青萍")
    assert_accessible(page)

    page.evaluate("sessionStorage.setItem('draft:x', '1'); localStorage.setItem('kept', '1')")
    page.locator("main").get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(browser_site + "/")
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
    page.goto(browser_site + "/m/me/")
    expect(page.get_by_label("手机号")).to_be_visible()
