"""What pages are like where nothing has happened yet, and when their forms are sent empty."""

import pytest

from tests.browser.addresses import Address
from tests.browser.pages.conftest import HOUSES, LANGUAGES, Tour, of_house


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_pages_are_in_order(
    tour: Tour, empty_pages: list[Address], elsewhere: list[str], language: str
) -> None:
    assert len(empty_pages) > 15
    tour.look_at(empty_pages, language)
    assert tour.found == []
    assert elsewhere == []


@pytest.mark.parametrize("house", [*HOUSES])
def test_forms_sent_empty_come_back_in_order(tour: Tour, pages: list[Address], house: str) -> None:
    forms = {one.url.partition("?")[0]: one for one in of_house(pages, house)}
    assert tour.send_empty(forms.values())
    assert tour.found == []
