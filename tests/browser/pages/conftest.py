"""A browser that goes from page to page of one site, whose data stand for a whole file of tests."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Page, Request
from pytest_django import DjangoDbBlocker

from tests.browser.addresses import Address, Site
from tests.browser.conftest import AXE, OFFICE, PHONE, QUICK_HASHERS, Calendar, faults, overflow, standing
from tests.browser.routes import Route
from tests.families import DAY

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
# An element as style sheets and axe see it: what it is, what it carries, and what it lies in.
SHAPES = """() => {
    const shape = (one) => [one.tagName, ...["class", "role", "type"].map((name) => one.getAttribute(name)),
        ...one.getAttributeNames().sort()].join(" ");
    const all = [...document.body.querySelectorAll("*")];
    return [...new Set(all.map((one) => shape(one.parentElement) + " > " + shape(one)))];
}"""


@pytest.fixture(scope="package")
def standing_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with standing(django_db_blocker) as address:
        yield address


@pytest.fixture(scope="package")
def db(standing_site: str) -> str:
    """By this name pytest-django knows that a database is needed; here it stands for the whole package."""
    return standing_site


@pytest.fixture(scope="package")
def calendar() -> Iterator[Calendar]:
    with Calendar(DAY) as made:
        yield made


class Pages:
    """The pages of each part of the house, found when a test first asks for them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._of_house: dict[str, list[Address]] = {}
        # The shapes of elements that axe has seen at each width.
        self.seen: dict[int, set[str]] = {OFFICE["width"]: set(), PHONE["width"]: set()}

    def of_house(self, house: str) -> list[Address]:
        if house not in self._of_house:
            self._of_house[house] = self.site.pages(lambda route: house_of(route) == house)
        return self._of_house[house]

    @cached_property
    def empty(self) -> list[Address]:
        return self.site.empty_pages()

    def of_routes(self, names: Sequence[str]) -> dict[str, Address]:
        """The first page of each of these routes."""
        wanted = set(names)
        found = {one.route: one for one in reversed(self.site.pages(lambda route: route.name in wanted))}
        return {name: found[name] for name in names}


def house_of(route: Route) -> str:
    """The part of the house in which a route lies; "open" are those of no other."""
    for house, prefixes in HOUSES.items():
        if f"/{route.pattern}".startswith(prefixes):
            return house
    return "open"


@pytest.fixture(scope="package")
def pages(db: str, calendar: Calendar) -> Iterator[Pages]:
    """One set of data for all tests here: they only look."""
    # Pages about passwords and keys would ask again in the middle of a long walk.
    fresh = {"ACCOUNT_REAUTHENTICATION_TIMEOUT": 24 * 3600}
    with override_settings(DEMO=True, PASSWORD_HASHERS=QUICK_HASHERS, **fresh), calendar.here():
        yield Pages(Site())


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

    Axe takes longer than all else. It sees each page in Chinese as its readers hold it; at the other width in English,
    on a site without data and when a form comes back, it sees each page with an element not yet seen at that width.
    """

    def __init__(self, page: Page, pages: Pages, host: str, said: list[str]) -> None:
        self.page, self.host, self.said = page, host, said
        self.sessions, self.seen = pages.site.sessions, pages.seen
        self.found: list[str] = []

    def look_at(self, addresses: Iterable[Address], language: str, whole: bool = True) -> None:
        self._cookie("django_language", language)
        for visitor, group in groupby(addresses, lambda address: address.visitor):
            self._enter(visitor)
            for address in group:
                self.page.goto(self.host + address.url)
                own = language == LANGUAGES[0]
                self.check(f"{language} {address}", address.is_for_phones == own, whole=own and whole)

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

    def check(self, where: str, on_phone: bool, whole: bool = False) -> None:
        """Axe looks at one of the widths: at anything new, or if it shall look at the whole in any case."""
        # It stays at the width that it has for the first look: changing it takes time.
        for size in sorted((OFFICE, PHONE), key=lambda size: size != self.page.viewport_size):
            if size != self.page.viewport_size:
                self.page.set_viewport_size(size)  # type: ignore[arg-type]
            for_axe = on_phone == (size is PHONE) and (self._shows_new(size["width"]) or whole)
            look = faults if for_axe else overflow
            self.found += [f"{where} at {size['width']}: {fault}" for fault in look(self.page)]
        # An answer that says no in words is no fault of the page.
        refused = ("status of 422", "status of 409")
        self.found += [
            f"{where} console: {text}" for text in self.said if not any(one in text for one in refused)
        ]
        self.said.clear()

    def _shows_new(self, width: int) -> bool:
        new = set(self.page.evaluate(SHAPES)) - self.seen[width]
        self.seen[width] |= new
        return bool(new)

    def _enter(self, visitor: str) -> None:
        self.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        if session := self.sessions[visitor]:
            self._cookie(settings.SESSION_COOKIE_NAME, session)

    def _cookie(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.host}])


@pytest.fixture
def tour(page: Page, pages: Pages, standing_site: str, said: list[str]) -> Tour:
    cache.clear()
    page.add_init_script(path=AXE)
    return Tour(page, pages, standing_site, said)
