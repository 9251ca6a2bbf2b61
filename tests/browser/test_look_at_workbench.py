"""The desk in a real browser: what script adds to its pages. How they look is asked of every page in `pages/`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from niangjia.kernel import clock
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR, PARAMETER_KEEPER
from tests.cast import Tree, a_delegation, a_post, a_tree, a_user, an_employer
from tests.families import a_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page: Page, browser_site: str, settings: Settings) -> Iterator[Tree]:
    """Signed in as somebody who may do everything, in a tree with a member, an employer and a stand-in."""
    settings.DEMO = True
    tree = a_tree()
    user = a_user("苏晓禾")
    for duty in (MEMBERSHIP_CLERK, ADMINISTRATOR, PARAMETER_KEEPER, AUDITOR):
        a_post(duty, tree.province, user)
    stand_in = a_post(AUDITOR, tree.province, a_user("程远舟")).user
    today = clock.today()
    a_delegation(user.posts.order_by("pk")[0], stand_in, today, today + timedelta(days=3))
    an_employer(tree.willow, name="青禾纺织厂", union=tree.mill)
    client = Client()
    client.force_login(user)
    cookies: Any = [{"name": n, "value": v.value, "url": browser_site} for n, v in client.cookies.items()]
    page.context.add_cookies(cookies)
    yield tree


def test_the_number_is_checked_and_the_union_suggested_while_one_types(
    page: Page, browser_site: str, desk: Tree
) -> None:
    person = a_person(desk.mill, "柳青萍")
    page.goto(browser_site + "/members/new/")
    page.get_by_label("证件号码").fill(person.id_number)
    page.get_by_label("证件号码").press("Tab")
    expect(page.locator("#checked")).to_contain_text("1980年5月17日")
    expect(page.locator("#checked").get_by_role("link")).to_have_attribute(
        "href", reverse("person", args=[person.public_id])
    )
    page.get_by_label("所属工会").press_sequentially("青")
    expect(page.locator("#unit-options option")).to_have_attribute(
        "value", f"青禾纺织厂工会 {desk.mill.number}"
    )


def test_more_members_come_without_leaving_the_page(page: Page, browser_site: str, desk: Tree) -> None:
    for _ in range(52):
        a_person(desk.mill)
    page.goto(browser_site + "/members/")
    expect(page.locator("#rows > tr")).to_have_count(51)
    page.get_by_role("link", name="加载更多").click()
    expect(page.locator("#rows > tr")).to_have_count(52)
    expect(page).to_have_url(browser_site + "/members/")


def test_a_phone_number_is_found_and_never_stands_in_the_address(
    page: Page, browser_site: str, desk: Tree
) -> None:
    person = a_person(desk.mill, "柳青萍")
    page.goto(browser_site + "/inbox/")
    page.keyboard.press("/")
    page.keyboard.type(person.phone)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="柳青萍")).to_be_visible()
    expect(page).to_have_url(browser_site + "/search/")


def test_a_post_is_handed_over_in_two_clicks(page: Page, browser_site: str, desk: Tree) -> None:
    page.goto(browser_site + "/delegations/")
    page.get_by_role("link", name="交给同事代办").last.click()
    page.get_by_role("button", name="交给 程远舟").click()
    expect(page).to_have_url(browser_site + "/delegations/")
    expect(page.locator(".messages")).to_contain_text("期满自动收回")
