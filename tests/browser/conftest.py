"""A real Chromium against a live server: launched once, at both widths, any console error fails the test."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.web.shell.identity import DOOR
from tests.cast import a_tree
from tests.families import DAY
from tests.families import Path as FilePath
from tools import chromium

OFFICE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
TOUCH = {"has_touch": True, "is_mobile": True}
CHROMIUM = chromium.path()
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# A machine that is busy with other tests takes its time; a page that never comes is told all the same.
expect.set_options(timeout=20_000)
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Playwright keeps an event loop in this thread, which Django would otherwise take for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

Accessible = Callable[[Page], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    missing = pytest.mark.skip(reason="no chromium on this machine: apt-get install chromium-headless-shell")
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    switches = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
    return {
        "executable_path": CHROMIUM,
        "args": [f"--{word}" for word in f"{switches} disable-component-update disable-sync".split()],
        "env": {**os.environ, "FONTCONFIG_FILE": str(_fonts(tmp_path_factory.mktemp("fonts")))},
    }


def _fonts(folder: Path) -> Path:
    """A bare Debian has no Chinese type; the package that prints our forms brings one."""
    source = Path(pylopdf_fonts_zh_cn.__file__).parent
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{source}</dir><cachedir>{folder}</cachedir>"
        '<match target="pattern"><edit name="family" mode="prepend" binding="strong">'
        "<string>Noto Sans SC</string></edit></match></fontconfig>",
        encoding="utf-8",
    )
    return file


@pytest.fixture(params=[OFFICE, PHONE], ids=["1366", "390"])
def width(request: pytest.FixtureRequest) -> dict[str, int]:
    """Ask for it to run a test at both widths; otherwise a page is an office PC's."""
    size: dict[str, int] = request.param
    return size


@pytest.fixture
def browser_context_args(
    request: pytest.FixtureRequest, browser_context_args: dict[str, Any]
) -> dict[str, Any]:
    size = request.getfixturevalue("width") if "width" in request.fixturenames else OFFICE
    touch = TOUCH if size is PHONE else {}
    return {**browser_context_args, "viewport": size, "locale": "zh-CN", **touch}


@pytest.fixture
def browser_site(settings: Settings, live_server: Any) -> str:
    """The site's address by the name that passkeys accept, with hashing quick enough for tests."""
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    return str(live_server.url).replace("127.0.0.1", "localhost")


@contextmanager
def standing(blocker: DjangoDbBlocker) -> Iterator[str]:
    """A site whose data stand for many tests: emptying all tables after each test is what costs most."""
    with blocker.unblock():
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def standing_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with standing(django_db_blocker) as address:
        yield address


class Calendar:
    """The day on which test and site live. Moving on takes every later request along."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._request = threading.local()

    def __enter__(self) -> "Calendar":
        request_started.connect(self._begin)
        request_finished.connect(self._end)
        return self

    def __exit__(self, *_ended: object) -> None:
        request_started.disconnect(self._begin)
        request_finished.disconnect(self._end)

    def here(self) -> AbstractContextManager[datetime]:
        """For what the test itself does on that day."""
        return clock.at(self.day)

    def _begin(self, **_signal: object) -> None:
        self._request.stay = self.here()
        self._request.stay.__enter__()

    def _end(self, **_signal: object) -> None:
        self._request.stay.__exit__(None, None, None)


@pytest.fixture(scope="module")
def calendar() -> Iterator[Calendar]:
    with Calendar(DAY) as made:
        yield made


@pytest.fixture
def path(browser_site: str, settings: Settings, calendar: Calendar) -> FilePath:
    """The people of one hardship file. Second factors are another test's matter, as on a demo site."""
    settings.DEMO = True
    cache.clear()
    calendar.day = DAY
    with calendar.here():
        return FilePath(a_tree())


def enter(page: Page, site: str, actor: Actor, door: str = "") -> None:
    """Signed in without the forms, which are another test's matter; `door` as the session knows it."""
    session = open_session(actor, door)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


def open_session(actor: Actor, door: str = "") -> str:
    client = Client()
    client.force_login(actor.account)
    request = HttpRequest()
    session = request.session = client.session
    # Pages about passwords and keys ask again after a while; to them this login is fresh.
    record_authentication(request, actor.account, "password", reauthenticated=True)
    if door:
        session[DOOR] = door
    session.save()
    return str(session.session_key)


@pytest.fixture
def expected_statuses() -> set[int]:
    """Statuses a test provokes on purpose; the browser writes each to its console."""
    return set()


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict[str, Any], said: list[str]) -> Iterator[Page]:
    """A worker's phone beside the office PC."""
    context = browser.new_context(**{**browser_context_args, "viewport": PHONE, **TOUCH})
    _listen(context, said)
    yield context.new_page()
    context.close()


@pytest.fixture
def said() -> list[str]:
    """What browsers wrote to their consoles."""
    return []


@pytest.fixture(autouse=True)
def _quiet_console(page: Page, said: list[str], expected_statuses: set[int]) -> Iterator[None]:
    """Script errors, CSP violations and failed requests fail the test."""
    _listen(page.context, said)
    yield
    known = tuple(f"status of {status}" for status in expected_statuses)
    assert [text for text in said if not any(word in text for word in known)] == []


def _listen(context: BrowserContext, said: list[str]) -> None:
    context.on("console", lambda message: said.append(message.text) if _is_bad(message) else None)
    context.on("weberror", lambda error: said.append(str(error.error)))


def _is_bad(message: ConsoleMessage) -> bool:
    return message.type in {"error", "warning"}


def faults(page: Page) -> list[str]:
    """What axe finds, and whether anything sticks out at the side."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Nothing is preloaded: only rules about orientation want the style sheets once more.
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
    told = [f"{one['id']}: {one['nodes'][0]['html']} ({one['nodes'][0]['failureSummary']})" for one in found]
    return told + overflow(page)


TOO_WIDE = """() => {
    if (document.documentElement.scrollWidth <= window.innerWidth) return [];
    const reaches = (one) => one.getBoundingClientRect().right > window.innerWidth + 0.5;
    const last = [...document.body.querySelectorAll("*")].filter(reaches).slice(-1);
    return ["scrolls sideways" + last.map((one) => ": " + one.outerHTML.slice(0, 120)).join("")];
}"""


def overflow(page: Page) -> list[str]:
    """With the last thing that reaches out of the window."""
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


@pytest.fixture(scope="session")
def assert_accessible() -> Accessible:
    def check(page: Page) -> None:
        assert faults(page) == []

    return check
