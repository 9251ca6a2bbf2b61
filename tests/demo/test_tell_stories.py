"""The ways that files of the demo city go: each can be walked, and ends where it is said to end."""

import pytest

from niangjia.assistance.kinds import State
from niangjia.assistance.workflow import hardship
from niangjia.demo.stories import SHARES, WAITING, WAYS

BY_CLOCK = ("end_notice", "begin_renewal", "expire")
# What the clock does while a file waits for its next step, or rests until today.
AWAITED = {"approve", "decline", "return_to_centre", "renew"}


@pytest.mark.parametrize(
    ("state", "way"),
    [(state, way) for state, ways in WAYS.items() for way in ways],
    ids=lambda value: str(value),
)
def test_every_way_can_be_walked_to_its_end(state: str, way: tuple[str, ...]) -> None:
    now = State.FOUND.value if state == State.FOUND else State.APPLIED.value
    for name in way:
        if name == "apply_again":
            assert now == State.EXITED
            now = State.APPLIED.value
            continue
        step = hardship.transitions[name]
        if name in AWAITED and now not in step.sources:
            now = _after_the_clock(now)
        assert now in step.sources, (name, now)
        now = step.to
    while now != state:
        now = _after_the_clock(now)


def _after_the_clock(now: str) -> str:
    [step] = [hardship.transitions[name] for name in BY_CLOCK if now in hardship.transitions[name].sources]
    return step.to


def test_every_state_has_its_share_and_every_step_its_days() -> None:
    assert set(WAYS) == {*SHARES, State.FILED}
    assert {name for ways in WAYS.values() for way in ways for name in way} <= set(WAITING)
