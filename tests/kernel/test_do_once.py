"""The same request sent twice is done once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.once import Once, fingerprint_of, once, prune
from tests.cast import a_user
from tests.kernel import work
from tests.kernel.elsewhere import PATIENCE, Elsewhere

KEY = "3f0c6f6e-0000-4000-8000-000000000001"


def apply_once(actor: Actor, body: str = "卧室两间", key: str = KEY) -> dict[str, Any]:
    def run() -> dict[str, Any]:
        work.effect(body)
        return {"number": len(work.effects())}

    return once(key, actor, fingerprint_of("POST", "/apply", body), run)


@pytest.mark.django_db
def test_a_repeated_request_gets_the_first_outcome() -> None:
    worker = Actor(a_user())
    assert apply_once(worker) == {"number": 1}
    assert apply_once(worker) == {"number": 1}
    assert work.effects() == ["卧室两间"]


@pytest.mark.django_db
def test_another_request_under_the_same_key_is_refused() -> None:
    worker = Actor(a_user())
    apply_once(worker)
    with pytest.raises(Refused, match="刷新页面") as refusal:
        apply_once(worker, body="卧室三间")
    assert refusal.value.status == 409
    assert work.effects() == ["卧室两间"]


@pytest.mark.django_db
def test_keys_of_two_people_do_not_meet() -> None:
    apply_once(Actor(a_user()))
    assert apply_once(Actor(a_user())) == {"number": 2}


@pytest.mark.django_db
def test_a_refused_request_may_try_again() -> None:
    worker = Actor(a_user())

    def refuse() -> dict[str, Any]:
        work.effect("half")
        raise Refused("还缺一张照片，请补充后提交。")

    with pytest.raises(Refused, match="照片"):
        once(KEY, worker, fingerprint_of("POST", "/apply", "卧室两间"), refuse)
    assert work.effects() == []
    assert apply_once(worker) == {"number": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 101, "with\nbreak", "钥匙钥匙钥匙钥匙"])
def test_a_key_must_be_a_key(key: str) -> None:
    with pytest.raises(Invalid):
        apply_once(Actor(a_user()), key=key)


@pytest.mark.django_db
def test_the_clock_repeats_nothing() -> None:
    with pytest.raises(ValueError, match="only a user"):
        apply_once(CLOCK)


def test_the_fingerprint_tells_parts_apart_and_nothing_else() -> None:
    assert fingerprint_of("ab", "c") != fingerprint_of("a", "bc")
    assert fingerprint_of("ab", b"c") == fingerprint_of("ab", "c")
    assert "1234" not in fingerprint_of("1234")


@pytest.mark.django_db
def test_outcomes_go_after_a_week() -> None:
    worker = Actor(a_user())
    apply_once(worker)
    for days, left in [(6, 1), (8, 0)]:
        with clock.at(clock.now() + timedelta(days=days)):
            prune.enqueue()
            run_until_idle()
        assert Once.objects.count() == left


@pytest.mark.django_db(transaction=True)
def test_a_parallel_duplicate_waits_and_gets_the_same(elsewhere: Elsewhere, tmp_path: Path) -> None:
    user = a_user()
    senders = [
        elsewhere.process("tests.kernel.once_process", str(user.pk), str(tmp_path), name) for name in "ab"
    ]
    answers = [sender.communicate(timeout=PATIENCE)[0] for sender in senders]
    assert answers[0] == answers[1] != ""
    assert int(answers[0]) in [sender.pid for sender in senders]
    assert elsewhere.effects() == ["once"]
