"""What pages are like where nothing has happened yet, and when their forms are sent empty."""

import pytest

from tests.browser.pages.conftest import HOUSES, LANGUAGES, Pages, Tour


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_pages_are_in_order(tour: Tour, pages: Pages, elsewhere: list[str], language: str) -> None:
    assert len(pages.empty) > 15
    tour.look_at(pages.empty, language, whole=False)
    assert tour.found == []
    assert elsewhere == []


@pytest.mark.parametrize("house", [*HOUSES])
def test_forms_sent_empty_come_back_in_order(tour: Tour, pages: Pages, house: str) -> None:
    forms = {one.url.partition("?")[0]: one for one in pages.of_house(house)}
    assert tour.send_empty(forms.values())
    assert tour.found == []
