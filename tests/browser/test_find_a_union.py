"""A phone without a code: the union is found while one types, and by the button where no script runs."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Accessible
from tests.cast import a_tree

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_union_is_found_while_one_types(
    phone: Page, browser_site: str, assert_accessible: Accessible
) -> None:
    union = a_tree().mill
    phone.goto(f"{browser_site}/join/")
    assert_accessible(phone)
    box = phone.get_by_role("searchbox")
    box.press_sequentially("禾纺")
    found = phone.get_by_role("link", name=union.name)
    expect(found).to_be_visible()
    assert_accessible(phone)
    assert phone.url == f"{browser_site}/join/"
    box.press_sequentially("没有")
    expect(phone.get_by_text("没有找到")).to_be_visible()
    expect(found).to_be_hidden()


def test_without_script_the_button_finds_it(browser: Browser, browser_site: str) -> None:
    union = a_tree().mill
    with browser.new_context(java_script_enabled=False, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{browser_site}/join/")
        page.get_by_role("searchbox").fill("禾纺")
        page.get_by_role("button", name="查找").click()
        page.get_by_role("link", name=union.name).click()
        expect(page.get_by_role("heading", name=union.name)).to_be_visible()
