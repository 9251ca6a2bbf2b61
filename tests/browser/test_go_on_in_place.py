"""Parts of pages: more rows and refusals arrive where the reader is; without script the links do the same."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from tests import cast
from tests.web.conftest import PLAIN_DUTY, post_holder

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(page: Page, browser_site: str, settings: Settings) -> str:
    """The site, with a clerk signed in."""
    settings.ROOT_URLCONF = "tests.web.pages"
    clerk = post_holder(PLAIN_DUTY, cast.a_tree().maple)
    page.goto(browser_site + "/accounts/login/")
    page.get_by_label("登录名").fill(clerk.username)
    page.get_by_label("密码").fill("一句只有我记得的话")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator(".menu summary")).to_contain_text(clerk.name)
    return browser_site


def test_more_rows_come_in_place_and_take_the_focus(page: Page, signed_in: str) -> None:
    page.goto(signed_in + "/long/?kind=odd")
    page.get_by_role("link", name="加载更多").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#rows a.main")).to_have_text(["0", "1", "2", "3", "4", "5"])
    expect(page.get_by_role("link", name="3", exact=True)).to_be_focused()
    page.get_by_role("link", name="加载更多").click()
    expect(page.locator("#rows a.main")).to_have_count(7)
    expect(page.get_by_role("link", name="加载更多")).to_have_count(0)


def test_without_script_the_link_leads_on_with_its_filters(
    page: Page, signed_in: str, browser: Browser
) -> None:
    context = browser.new_context(
        java_script_enabled=False, locale="zh-CN", storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(signed_in + "/long/?kind=odd")
    plain.get_by_role("link", name="加载更多").click()
    expect(plain).to_have_url(signed_in + "/long/?kind=odd&after=3")
    expect(plain.locator("#rows a.main")).to_have_text(["3", "4", "5"])
    context.close()


def test_a_refused_part_says_so_on_top_and_leaves_the_page_as_it_was(
    page: Page, signed_in: str, expected_statuses: set[int]
) -> None:
    expected_statuses.add(403)
    page.goto(signed_in + "/part/")
    page.get_by_role("button", name="办理").click()
    expect(page.get_by_role("alert")).to_contain_text("审核须由另一位同事办理。")
    expect(page.locator("#part")).to_have_text("原样")
