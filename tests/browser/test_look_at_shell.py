"""The shell in a real browser: what it does by itself, at both widths."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.conftest import Accessible

FIRST_FILE = """async () => {
    const file = document.querySelector('input[type=file]').files[0];
    const picture = file.type.startsWith('image/') ? await createImageBitmap(file) : null;
    return [file.name, file.type, picture && picture.width];
}"""


@pytest.fixture(scope="module")
def db(standing_site: str) -> str:
    """By this name pytest-django knows that a database is needed; nothing here needs an empty one."""
    return standing_site


@pytest.fixture
def browser_site(db: str, settings: Settings) -> str:
    """Serves the style page."""
    settings.DEMO = True
    return db


def test_big_type_stays_accessible_and_within_the_phone(
    page: Page, browser_site: str, width: dict[str, int], assert_accessible: Accessible
) -> None:
    page.goto(browser_site + "/style/portal/")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("button", name="大字版").click()
    expect(page).to_have_url(browser_site + "/style/portal/")
    assert before >= 17
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before + 3
    assert_accessible(page)


def test_a_refusal_is_a_page_that_says_what_next(
    page: Page,
    browser_site: str,
    width: dict[str, int],
    assert_accessible: Accessible,
    expected_statuses: set[int],
) -> None:
    expected_statuses.add(404)
    page.goto(browser_site + "/no-such-page/")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到")
    assert_accessible(page)
    page.get_by_role("link", name="回到首页").click()
    expect(page).to_have_url(browser_site + "/")


def test_the_other_language_keeps_the_place(page: Page, browser_site: str) -> None:
    page.goto(browser_site + "/style/?state=applied")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(browser_site + "/style/?state=applied")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_slash_goes_to_the_search_box_but_not_while_typing(page: Page, browser_site: str) -> None:
    page.goto(browser_site + "/style/")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    page.keyboard.type("1/2")
    expect(search).to_have_value("1/2")


def test_the_first_tab_stop_skips_to_the_content(page: Page, browser_site: str) -> None:
    page.goto(browser_site + "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_double_click_sends_a_form_once(page: Page, browser_site: str) -> None:
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto(browser_site + "/m/login/")
    page.get_by_label("手机号").fill("13800000000")
    page.get_by_role("button", name="获取验证码").dblclick()
    expect(page.get_by_label("短信验证码")).to_be_visible()
    assert len(posts) == 1


def test_a_draft_comes_back_after_a_reload_and_not_for_another_account(page: Page, browser_site: str) -> None:
    page.goto(browser_site + "/style/portal/")
    story = page.get_by_label("家庭情况")
    story.fill("老人住院，药费自付部分每月一千多元。")
    page.get_by_label("是", exact=True).check()
    expect(story).to_have_value("老人住院，药费自付部分每月一千多元。")
    page.wait_for_timeout(600)
    page.reload()
    expect(story).to_have_value("老人住院，药费自付部分每月一千多元。")
    expect(page.get_by_label("是", exact=True)).to_be_checked()
    page.evaluate("sessionStorage.setItem('draft:someone-else:sample', '[]')")
    page.reload()
    assert page.evaluate("sessionStorage.getItem('draft:someone-else:sample')") is None


def test_a_large_photo_is_made_smaller_on_the_phone_and_a_paper_is_left_alone(
    page: Page, browser_site: str, tmp_path: Path
) -> None:
    photo, paper = tmp_path / "病历.png", tmp_path / "单据.pdf"
    Image.effect_noise((2400, 1800), 90).save(photo)
    paper.write_bytes(b"%PDF-1.4 " + b"x" * 500_000)
    page.goto(browser_site + "/style/portal/")
    page.get_by_label("病历或收据照片").set_input_files(photo)
    expect(page.get_by_role("button", name="提交申请")).to_be_enabled()
    name, kind, width = page.evaluate(FIRST_FILE)
    assert (name, kind, width) == ("病历.jpg", "image/jpeg", 1600)
    page.get_by_label("病历或收据照片").set_input_files(paper)
    expect(page.get_by_role("button", name="提交申请")).to_be_enabled()
    size = page.evaluate("document.querySelector('input[type=file]').files[0].size")
    assert size == paper.stat().st_size


def test_touch_targets_are_44_pixels_on_the_phone(
    page: Page, browser_site: str, width: dict[str, int]
) -> None:
    if width["width"] > 400:
        pytest.skip("for the phone")
    page.goto(browser_site + "/style/portal/")
    small = page.evaluate(
        """targets => [...document.querySelectorAll(targets)]
            .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect().height])
            .filter(([, height]) => height > 0 && height < 44)""",
        "a.button, button, .tabbar a, .doors a, .rows a, select, input[type=text], input[type=file]",
    )
    assert small == []


def test_the_page_is_light(page: Page, browser_site: str) -> None:
    """Uncompressed, so an upper bound: under 250 kB of everything on the first visit."""
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    page.goto(browser_site + "/style/", wait_until="networkidle")
    assert len(sizes) > 5
    assert sum(sizes.values()) < 250_000


def test_the_page_works_on_paper(page: Page, browser_site: str) -> None:
    page.goto(browser_site + "/style/")
    page.emulate_media(media="print")
    expect(page.locator(".sidebar")).to_be_hidden()
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator("table.list").first).to_be_visible()
