"""Every page of the house, in both languages and at both widths: axe, console, width, weight, no stranger's host."""

import gzip

import pytest
from playwright.sync_api import Page, Response

from tests.browser.pages.conftest import HOUSES, LANGUAGES, Pages, Tour

# Ten pages that also run on PostgreSQL.
SMOKE = [
    *("home", "inbox", "hardship_files", "hardship_file", "step"),
    *("members", "person", "union", "portal_home", "portal_matter"),
]
LIGHT = 250_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("house", [*HOUSES, "open"])
def test_every_page_is_in_order(
    tour: Tour, pages: Pages, elsewhere: list[str], house: str, language: str
) -> None:
    looked = pages.of_house(house)
    assert looked
    tour.look_at(looked, language)
    assert tour.found == []
    assert elsewhere == []


@pytest.mark.smoke
@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_pages_on_whatever_database(tour: Tour, pages: Pages, language: str) -> None:
    tour.look_at(pages.of_routes(SMOKE).values(), language)
    assert tour.found == []


@pytest.mark.parametrize("route", ["inbox", "portal_home"])
def test_the_first_page_travels_light(tour: Tour, pages: Pages, page: Page, route: str) -> None:
    """Everything a first visit loads: the page as it is sent, files compressed as they are in production."""
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))
    tour.look_at(pages.of_routes([route]).values(), "zh-hans")
    page.wait_for_load_state("networkidle")
    weights = {one.url: weight(one) for one in came}
    assert len(weights) > 5
    assert sum(weights.values()) < LIGHT, weights


def weight(response: Response) -> int:
    body = response.body()
    is_file = response.url.partition("/static/")[1]
    return len(gzip.compress(body)) if is_file else len(body)
