"""Every page of the house, in both languages and at both widths: axe, console, width, weight, no stranger's host."""

import gzip

import pytest
from playwright.sync_api import Page, Response

from tests.browser.addresses import Address, Site
from tests.browser.pages.conftest import HOUSES, LANGUAGES, Tour, of_house

# Ten pages that also run on PostgreSQL.
SMOKE = [
    *("home", "inbox", "hardship_files", "hardship_file", "step"),
    *("members", "person", "union", "portal_home", "portal_matter"),
]
LIGHT = 250_000


def test_no_page_is_closed_to_everybody(site: Site, pages: list[Address]) -> None:
    assert site.unopened == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("house", [*HOUSES, "open"])
def test_every_page_is_in_order(
    tour: Tour, pages: list[Address], elsewhere: list[str], house: str, language: str
) -> None:
    looked = of_house(pages, house)
    assert looked
    tour.look_at(looked, language)
    assert tour.found == []
    assert elsewhere == []


@pytest.mark.smoke
@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_pages_on_whatever_database(tour: Tour, pages: list[Address], language: str) -> None:
    first = {one.route: one for one in reversed(pages)}
    tour.look_at([first[name] for name in SMOKE], language)
    assert tour.found == []


@pytest.mark.parametrize(("route", "visitor"), [("inbox", "staff"), ("portal_home", "worker")])
def test_the_first_page_travels_light(
    tour: Tour, pages: list[Address], page: Page, route: str, visitor: str
) -> None:
    """Everything a first visit loads: the page as it is sent, files compressed as they are in production."""
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))
    tour.look_at([next(one for one in pages if one.route == route and one.visitor == visitor)], "zh-hans")
    page.wait_for_load_state("networkidle")
    weights = {one.url: weight(one) for one in came}
    assert len(weights) > 5
    assert sum(weights.values()) < LIGHT, weights


def weight(response: Response) -> int:
    body = response.body()
    is_file = response.url.partition("/static/")[1]
    return len(gzip.compress(body)) if is_file else len(body)
