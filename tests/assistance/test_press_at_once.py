"""Two people press the same button at the same moment: one wins, the other gets a sentence."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from niangjia.assistance.access import REVIEWER
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import apply, ask_for_more, review
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused, WrongState
from tests.cast import a_post, a_tree, a_user
from tests.families import APPLICATION, DAY, REVIEW, Path

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Each deed in a thread and on a connection of its own; what it returned or how it was refused."""
    barrier = threading.Barrier(len(deeds))
    outcomes: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=20)
            with clock.at(DAY):
                outcomes[place] = deed()
        except Refused as refusal:
            outcomes[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.fixture
def path() -> Path:
    return Path(a_tree())


def second_reviewer(path: Path) -> Actor:
    user = a_user("许安然")
    a_post(REVIEWER, path.unit, user)
    return Actor.of(user)


def test_one_of_two_reviewers_wins(path: Path) -> None:
    file = path.apply()
    other = second_reviewer(path)

    def press(actor: Actor) -> Callable[[], Any]:
        return lambda: review(HardshipFile.objects.get(pk=file.pk), actor=actor, **REVIEW)

    outcomes = at_once(press(path.reviewer), press(other))
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert isinstance(refusal, WrongState)
    assert "初审通过" in str(refusal)
    assert [entry.action for entry in audit.history(file)] == ["apply", "review"]


def test_two_different_buttons_do_not_both_work(path: Path) -> None:
    file = path.apply()
    other = second_reviewer(path)
    outcomes = at_once(
        lambda: review(HardshipFile.objects.get(pk=file.pk), actor=path.reviewer, **REVIEW),
        lambda: ask_for_more(HardshipFile.objects.get(pk=file.pk), actor=other, remark="请补收入证明"),
    )
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    file.refresh_from_db()
    assert file.state in {State.REVIEWED, State.RETURNED}


def test_one_household_applying_twice_at_once_gets_one_file(path: Path) -> None:
    path.apply()
    outcomes = at_once(*(lambda: apply(actor=path.worker, **APPLICATION) for _ in range(2)))
    assert all(isinstance(outcome, Refused) for outcome in outcomes)
    assert HardshipFile.objects.count() == 1


def test_a_household_without_a_file_gets_exactly_one(path: Path) -> None:
    outcomes = at_once(*(lambda: apply(actor=path.worker, **APPLICATION) for _ in range(2)))
    assert sum(isinstance(outcome, HardshipFile) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert HardshipFile.objects.count() == 1
