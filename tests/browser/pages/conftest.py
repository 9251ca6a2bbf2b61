"""A browser that goes from page to page of one site, whose data stand for a whole file of tests."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Page, Request

from tests.browser.addresses import Address, Site
from tests.browser.conftest import AXE, OFFICE, PHONE, QUICK_HASHERS, Calendar, faults, overflow

LANGUAGES = ["zh-hans", "en"]
HOUSES = {
    "desk": (
        *("/inbox/", "/search/", "/account/", "/audit/", "/holidays/", "/parameters/", "/delegations/"),
        *("/uploads/", "/print/", "/issue/", "/issued/", "/figures/", "/posts/"),
    ),
    "steps": ("/cases/",),
    "people": (
        *("/members/", "/people/", "/realname/", "/join-applications/", "/transfers/", "/duplicates/"),
        *(
            "/merges/",
            "/hardship-files/",
            "/data-provisions/",
            "/notices/",
            "/notice/",
            "/objections/",
            "/objection/",
        ),
    ),
    "unions": ("/unions/", "/committees/", "/seats/", "/teams/", "/employers/", "/union-building/"),
    "field": ("/service-points/", "/grid-cells/"),
    "portal": ("/m/",),
    "keys": ("/accounts/",),
}
# Empties what must be filled in of the page's first such form and sends it; says whether there is one.
SEND_EMPTY = """() => {
    const form = [...document.querySelectorAll("main form.form")].find(one => one.querySelector("[required]"));
    if (!form) return false;
    form.querySelectorAll("[required]").forEach(field => {
        if (field.type === "checkbox") field.checked = false; else field.value = "";
    });
    form.noValidate = true;
    setTimeout(() => form.requestSubmit());
    return true;
}"""


@pytest.fixture(scope="module")
def db(standing_site: str) -> str:
    """By this name pytest-django knows that a database is needed; here it stands for the whole module."""
    return standing_site


@pytest.fixture(scope="module")
def site(db: str, calendar: Calendar) -> Iterator[Site]:
    """One set of data for all tests here: they only look."""
    with override_settings(DEMO=True, PASSWORD_HASHERS=QUICK_HASHERS), calendar.here():
        yield Site()


@pytest.fixture(scope="module")
def pages(site: Site) -> list[Address]:
    return site.pages()


@pytest.fixture(scope="module")
def empty_pages(site: Site) -> list[Address]:
    return site.empty_pages()


@pytest.fixture
def elsewhere(page: Page, standing_site: str) -> list[str]:
    """Requests that went to any other host."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((standing_site, "data:", "blob:")):
            asked.append(request.url)

    page.on("request", note)
    return asked


class Tour:
    """One browser going from page to page; what is wrong anywhere is told with its address.

    Axe takes longer than all else: it sees each page in Chinese as its readers hold it, in English at the other width.
    """

    def __init__(self, page: Page, site: Site, host: str, said: list[str]) -> None:
        self.page, self.site, self.host, self.said = page, site, host, said
        self.found: list[str] = []

    def look_at(self, addresses: Iterable[Address], language: str) -> None:
        self._cookie("django_language", language)
        for visitor, group in groupby(addresses, lambda address: address.visitor):
            self._enter(visitor)
            for address in group:
                self.page.goto(self.host + address.url)
                self.check(f"{language} {address}", address.is_for_phones == (language == LANGUAGES[0]))

    def send_empty(self, addresses: Iterable[Address]) -> int:
        sent = 0
        for visitor, group in groupby(addresses, lambda address: address.visitor):
            self._enter(visitor)
            for address in group:
                self.page.goto(self.host + address.url)
                if self.page.locator("main form.form [required]").count():
                    with self.page.expect_navigation():
                        self.page.evaluate(SEND_EMPTY)
                    sent += 1
                    self.check(f"sent empty: {address}", address.is_for_phones)
        return sent

    def check(self, where: str, on_phone: bool) -> None:
        for size, look in (
            (OFFICE, overflow if on_phone else faults),
            (PHONE, faults if on_phone else overflow),
        ):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.found += [f"{where} at {size['width']}: {fault}" for fault in look(self.page)]
        # An answer that says no in words is no fault of the page.
        refused = ("status of 422", "status of 409")
        self.found += [
            f"{where} console: {text}" for text in self.said if not any(one in text for one in refused)
        ]
        self.said.clear()

    def _enter(self, visitor: str) -> None:
        self.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        if session := self.site.sessions[visitor]:
            self._cookie(settings.SESSION_COOKIE_NAME, session)

    def _cookie(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.host}])


@pytest.fixture
def tour(page: Page, site: Site, standing_site: str, said: list[str]) -> Tour:
    cache.clear()
    page.add_init_script(path=AXE)
    return Tour(page, site, standing_site, said)


def of_house(pages: list[Address], house: str) -> list[Address]:
    """The pages of one part of the house; "open" are those of no other."""
    if house in HOUSES:
        return [one for one in pages if one.url.startswith(HOUSES[house])]
    others = tuple(prefix for prefixes in HOUSES.values() for prefix in prefixes)
    return [one for one in pages if not one.url.startswith(others)]
