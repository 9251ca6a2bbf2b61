"""Messages are written with their reason, carried by an adapter, and forgotten."""

import json
import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core import checks
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pytest_django import Settings

from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.messages import (
    Message,
    MessageTemplate,
    Outgoing,
    Rejected,
    adapters,
    addresses,
    housekeeping,
    register_adapter,
    register_address_book,
    send,
    templates,
)
from niangjia.kernel.messages.models import State
from tests.cast import a_user

if TYPE_CHECKING:
    from niangjia.kernel.users import User

pytestmark = pytest.mark.django_db

PHONE = "13800005678"

LOGIN = MessageTemplate(
    name="tests.login",
    label=_("登录验证码"),
    body="您的登录验证码是 {code}，{minutes} 分钟内有效，请勿告诉他人。",
    purpose="login",
    essential=True,
    secret=True,
    valid=timedelta(minutes=5),
)
MOVED = MessageTemplate(
    name="tests.moved",
    label=_("办理进度"),
    body="您的申请 {number} 有新进展，请登录查看。",
    purpose="matters",
)


@pytest.fixture(autouse=True)
def spool(settings: Settings, tmp_path: Path) -> Path:
    settings.SPOOL_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def book() -> Iterator[dict[str, str]]:
    """Phones by name of user; whoever is named 'quiet' wants no messages."""
    phones: dict[str, str] = {}

    class Book:
        def address(self, user: "User") -> str:
            return phones.get(user.name, "")

        def allows(self, user: "User | None", address: str, purpose: str) -> bool:
            return user is None or user.name != "quiet"

    before = addresses.address_book()
    register_address_book(Book())
    yield phones
    register_address_book(before)


def gateway(settings: Settings, answers: list[str | Exception]) -> list[Outgoing]:
    """An adapter that answers in turn and remembers what it was given."""
    given: list[Outgoing] = []

    class Gateway:
        def deliver(self, message: Outgoing) -> str:
            given.append(message)
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

    register_adapter("tests", Gateway)
    settings.MESSAGES = "tests"
    return given


def test_the_spool_holds_the_message_and_the_log_the_code(
    spool: Path, caplog: pytest.LogCaptureFixture
) -> None:
    message = send(PHONE, LOGIN, actor=CLOCK, code="402917", minutes=5)
    run_until_idle()
    message.refresh_from_db()
    assert message.state == State.SENT

    (file,) = spool.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["to"] == PHONE
    assert "402917" in json.loads(file.read_text())["body"]
    assert "402917" in caplog.text
    assert PHONE not in caplog.text


def test_what_is_no_code_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    send(PHONE, MOVED, actor=CLOCK, number="KN-2026-000001")
    run_until_idle()
    assert "KN-2026-000001" not in caplog.text


def test_a_message_goes_with_its_transaction(spool: Path) -> None:
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        send(PHONE, MOVED, actor=CLOCK, number="1")
        raise ValueError("no")
    run_until_idle()
    assert list(spool.iterdir()) == []


def test_a_user_is_reached_where_the_address_book_says(book: dict[str, str], settings: Settings) -> None:
    given = gateway(settings, ["ref-1"])
    user = a_user("林知秋")
    book["林知秋"] = PHONE
    message = send(user, MOVED, actor=CLOCK, number="1")
    run_until_idle()
    message.refresh_from_db()
    assert [outgoing.address for outgoing in given] == [PHONE]
    assert (message.state, message.reference, message.to) == (State.SENT, "ref-1", user)


def test_opting_out_keeps_news_away_but_not_the_login_code(book: dict[str, str]) -> None:
    quiet = a_user("quiet")
    book["quiet"] = PHONE
    assert send(quiet, MOVED, actor=CLOCK, number="1").state == State.WITHHELD
    assert send(quiet, LOGIN, actor=CLOCK, code="1", minutes=5).state == State.QUEUED


def test_who_has_no_phone_is_told_nothing_and_the_row_says_why(book: dict[str, str]) -> None:
    message = send(a_user("许安然"), MOVED, actor=CLOCK, number="1")
    assert (message.state, message.error) == (State.WITHHELD, "没有登记联系电话。")


def test_a_gateway_that_is_away_is_asked_again_with_the_same_id(settings: Settings) -> None:
    given = gateway(settings, [ConnectionError("down"), "ref-2"])
    message = send(PHONE, MOVED, actor=CLOCK, number="1")
    run_until_idle()
    with clock.at(clock.now() + timedelta(minutes=1)):
        run_until_idle()
    message.refresh_from_db()
    assert message.state == State.SENT
    assert [outgoing.id for outgoing in given] == [str(message.public_id)] * 2


def test_a_rejected_message_is_not_tried_again(settings: Settings) -> None:
    given = gateway(settings, [Rejected("号码不存在，请核对后重新登记。")])
    message = send(PHONE, MOVED, actor=CLOCK, number="1")
    run_until_idle()
    message.refresh_from_db()
    assert (message.state, message.error, len(given)) == (State.FAILED, "号码不存在，请核对后重新登记。", 1)


def test_a_code_that_comes_too_late_is_not_sent(spool: Path) -> None:
    message = send(PHONE, LOGIN, actor=CLOCK, code="1", minutes=5)
    with clock.at(clock.now() + timedelta(minutes=6)):
        run_until_idle()
    message.refresh_from_db()
    assert (message.state, list(spool.iterdir())) == (State.FAILED, [])


def test_content_is_forgotten_after_a_day(spool: Path) -> None:
    message = send(PHONE, LOGIN, actor=CLOCK, code="402917", minutes=5)
    stuck = send(PHONE, MOVED, actor=CLOCK, number="2", language="en")
    run_until_idle()
    Message.objects.filter(pk=stuck.pk).update(state=State.QUEUED, ended_at=None)
    (spool / "notes.txt").write_text("not ours")
    for file in spool.iterdir():
        os.utime(file, (0, 0))
    with clock.at(clock.now() + timedelta(days=3)):
        housekeeping.forget.enqueue()
        run_until_idle()
    with clock.at(clock.now() + timedelta(days=5)):
        housekeeping.forget.enqueue()
        run_until_idle()
    for row in (message, stuck):
        row = Message.objects.get(pk=row.pk)
        assert (row.address, row.body) == ("", "")
    assert Message.objects.get(pk=stuck.pk).state == State.FAILED
    assert [file.name for file in spool.iterdir()] == ["notes.txt"]


def test_a_body_may_not_name_an_amount() -> None:
    careless = MessageTemplate(
        name="tests.careless", label="x", body="救助金 {amount} 元已发放", purpose="matters"
    )
    try:
        with pytest.raises(ValueError, match="amount"):
            send(PHONE, careless, actor=CLOCK, amount="3000")
        assert [error.msg for error in checks.run_checks() if "careless" in error.msg]
    finally:
        del templates.TEMPLATES["tests.careless"]


def test_an_unknown_adapter_stops_the_start(settings: Settings) -> None:
    settings.MESSAGES = "pigeon"
    assert [error for error in adapters.check_adapter() if "pigeon" in error.msg]
