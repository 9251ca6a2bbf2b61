"""Two phones: one shows the card, the other scans it; what happens without network and without script."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from niangjia.kernel.access import Actor
from niangjia.membership.cards import codes, queries
from niangjia.web.shell.identity import PHONE as BY_PHONE
from tests.browser.conftest import PHONE, Accessible, enter
from tests.cast import a_tree
from tests.families import a_worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(browser_site: str) -> Actor:
    cache.clear()
    return a_worker(a_tree().mill, "顾念禾")


def picture(page: Page) -> str:
    """The path that the picture is drawn with: another code, another path."""
    return str(page.locator(".code .picture svg path").last.get_attribute("d"))


def test_the_code_is_renewed_quietly_and_a_second_phone_reads_it(
    page: Page, phone: Page, browser_site: str, worker: Actor, assert_accessible: Accessible
) -> None:
    page.clock.install()
    enter(page, browser_site, worker, BY_PHONE)
    page.goto(f"{browser_site}/m/card/")
    expect(page.get_by_role("heading", name="顾念禾")).to_be_visible()
    expect(page.locator("[data-offline]")).to_be_hidden()
    assert_accessible(page)
    before = picture(page)
    page.clock.fast_forward("00:41")
    expect(page.locator(".code .picture svg path").last).not_to_have_attribute("d", before)
    code = codes.make(queries.own_card(worker).pk).text
    phone.goto(f"{browser_site}/c/{code}/")
    expect(phone.get_by_role("heading", name="有效会员")).to_be_visible()
    expect(phone.get_by_text("顾**")).to_be_visible()
    assert_accessible(phone)
    page.reload()
    expect(page.get_by_text("没有登录的人，不记录是谁")).to_be_visible()


def test_without_network_the_card_says_that_it_is_old(
    page: Page, browser_site: str, worker: Actor, said: list[str]
) -> None:
    enter(page, browser_site, worker, BY_PHONE)
    page.goto(f"{browser_site}/m/card/")
    page.context.set_offline(True)
    expect(page.locator("[data-offline]")).to_be_visible()
    assert "不能用来证明会员身份" in page.locator("[data-offline]").inner_text()
    page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden()
    # The failed looks are what this test is about.
    said[:] = [text for text in said if "ERR_INTERNET_DISCONNECTED" not in text]


def test_without_script_the_code_grows_old_by_itself_and_the_page_comes_anew(
    browser: Browser, browser_site: str, worker: Actor
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    enter(page, browser_site, worker, BY_PHONE)
    page.goto(f"{browser_site}/m/card/")
    markup = page.content()
    assert re.search(r'<meta http-equiv="refresh" content="50">', markup)
    stale = page.locator(".code .stale")
    expect(stale).to_be_hidden()
    expect(stale).to_have_css("animation-delay", "60s")
    assert urlsplit(page.url).path == "/m/card/"
    context.close()
