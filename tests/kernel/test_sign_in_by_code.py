"""Codes sent to a phone: one use, five minutes, five tries, and the same words for strangers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from niangjia.kernel import clock, logins
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.logins import LoginCode, TooOften

pytestmark = pytest.mark.django_db

PHONE = "13800000001"
HERE = "192.0.2.10"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.at(START):
        yield


def ask(phone: str = PHONE, subject_id: int | None = 7, address: str = HERE) -> tuple[int, str]:
    return logins.issue(phone=phone, address=address, subject_id=subject_id)


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**logins.DIGITS:0{logins.DIGITS}d}"


def test_the_code_lets_in_whom_it_was_made_for_and_only_once() -> None:
    code, digits = ask(subject_id=42)
    assert logins.redeem(code, digits) == 42
    with pytest.raises(Refused, match="失效"):
        logins.redeem(code, digits)


def test_a_code_is_six_digits_and_neither_it_nor_the_phone_is_stored_readably() -> None:
    code, digits = ask()
    row = LoginCode.objects.get(pk=code)
    assert len(digits) == 6 and digits.isdigit()
    stored = f"{row.code_digest} {row.phone_digest} {row.address_digest}"
    assert (
        PHONE not in stored
        and HERE not in stored
        and digits not in {row.code_digest[:6], row.phone_digest[:6]}
    )


def test_after_five_minutes_the_code_is_over() -> None:
    code, digits = ask()
    with clock.at(START + timedelta(minutes=5)), pytest.raises(Refused, match="失效"):
        logins.redeem(code, digits)


def test_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_ends_it() -> None:
    code, digits = ask()
    for left in (4, 3, 2, 1):
        with pytest.raises(Invalid, match=f"还可以再试 {left} 次"):
            logins.redeem(code, wrong(digits))
    with pytest.raises(Refused, match="作废"):
        logins.redeem(code, wrong(digits))
    with pytest.raises(Refused, match="失效"):
        logins.redeem(code, digits)


def test_a_stranger_gets_the_same_words_and_never_in() -> None:
    code, digits = ask(subject_id=None)
    with pytest.raises(Invalid, match="还可以再试 4 次"):
        logins.redeem(code, digits)


def test_only_the_newest_code_of_a_phone_works() -> None:
    first, old = ask()
    with clock.at(START + logins.PAUSE + timedelta(seconds=1)):
        second, new = ask()
        with pytest.raises(Refused, match="失效"):
            logins.redeem(first, old)
        assert logins.redeem(second, new) == 7


@pytest.mark.parametrize("subject_id", [7, None], ids=["known", "unknown"])
def test_a_phone_waits_a_minute_and_gets_five_an_hour(subject_id: int | None) -> None:
    ask(subject_id=subject_id)
    with pytest.raises(TooOften, match="1 分钟"):
        ask(subject_id=subject_id)
    for number in range(1, logins.PER_PHONE):
        with clock.at(START + number * timedelta(minutes=2)):
            ask(subject_id=subject_id)
    with clock.at(START + timedelta(minutes=30)), pytest.raises(TooOften, match="1 小时"):
        ask(subject_id=subject_id)
    with clock.at(START + timedelta(minutes=62)):
        ask(subject_id=subject_id)


def test_an_address_cannot_try_phone_after_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "PER_ADDRESS", 3)
    for number in range(3):
        ask(phone=f"1380000001{number}")
    with pytest.raises(TooOften):
        ask(phone="13800000099")
    ask(phone="13800000099", address="192.0.2.77")


def test_old_codes_are_forgotten_with_the_next_one() -> None:
    code, _digits = ask()
    with clock.at(START + timedelta(hours=25)):
        ask(phone="13800000002")
        assert not LoginCode.objects.filter(pk=code).exists()
