"""Plans the life of each hardship file: which steps it takes, how long each lets wait, and on which day it begins.

A plan is counted back in working days from today, so that at the end every file stands where it should: some just
arrived, some due today, some overdue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from niangjia.assistance import parameters
from niangjia.assistance.kinds import State
from niangjia.assistance.workflow import hardship
from niangjia.kernel import access, calendar
from niangjia.kernel.workflow.deadlines import Deadline

RETURNED_ONCE = ("ask_for_more", "resubmit")
STRAIGHT = ("review", "record_visit", "record_check", "publish", "approve", "file_away")
TO_NOTICE = STRAIGHT[:4]
OUT = (*STRAIGHT, "propose_exit", "confirm_exit")

# Per state in which a file ends: the ways there, the first being the most usual.
WAYS: Mapping[str, Sequence[tuple[str, ...]]] = {
    State.FOUND: ((),),
    State.APPLIED: (
        (),
        RETURNED_ONCE,
        ("review", "return_to_review"),
        (*OUT, "apply_again"),
    ),
    State.RETURNED: (
        ("ask_for_more",),
        (*RETURNED_ONCE, "ask_for_more"),
    ),
    State.REVIEWED: (
        STRAIGHT[:1],
        (*RETURNED_ONCE, "review"),
        (*STRAIGHT[:2], "return_to_visit"),
    ),
    State.VISITED: (
        STRAIGHT[:2],
        (*RETURNED_ONCE, *STRAIGHT[:2]),
        (*STRAIGHT[:3], "return_to_check"),
    ),
    State.CHECKED: (
        STRAIGHT[:3],
        (*RETURNED_ONCE, *RETURNED_ONCE, *STRAIGHT[:3]),
        (*TO_NOTICE, "take_down"),
        (*TO_NOTICE, "return_to_centre"),
    ),
    State.ON_NOTICE: (
        TO_NOTICE,
        (*RETURNED_ONCE, *TO_NOTICE),
        (*TO_NOTICE, "take_down", "publish"),
    ),
    State.CLEARED: (
        TO_NOTICE,
        (*STRAIGHT[:5], "return_to_approval"),
    ),
    State.APPROVED: (
        STRAIGHT[:5],
        (*RETURNED_ONCE, *STRAIGHT[:5]),
    ),
    State.FILED: (
        STRAIGHT,
        (*RETURNED_ONCE, *STRAIGHT),
        ("review", "return_to_review", *STRAIGHT),
        (*RETURNED_ONCE, *RETURNED_ONCE, *STRAIGHT),
        (*STRAIGHT[:2], "return_to_visit", *STRAIGHT[1:]),
        (*TO_NOTICE, "take_down", *STRAIGHT[3:]),
        (*TO_NOTICE, "return_to_centre", *STRAIGHT[3:]),
        (*STRAIGHT[:5], "return_to_approval", *STRAIGHT[4:]),
        (*STRAIGHT, "renew"),
    ),
    State.RENEWAL: (STRAIGHT,),
    State.EXPIRED: (STRAIGHT,),
    State.EXIT_PROPOSED: (OUT[:-1],),
    State.STRIKE_OFF_PROPOSED: ((*STRAIGHT, "propose_strike_off"),),
    State.EXITED: (OUT,),
    State.STRUCK_OFF: ((*STRAIGHT, "propose_strike_off", "confirm_strike_off"),),
    State.DECLINED: (
        (*TO_NOTICE, "decline"),
        (*RETURNED_ONCE, *TO_NOTICE, "decline"),
    ),
    State.WITHDRAWN: (
        ("withdraw",),
        ("ask_for_more", "withdraw"),
        ("review", "withdraw"),
    ),
}
# How many of a hundred files end in each state; what is left over is filed.
SHARES = {
    State.FOUND: 3,
    State.APPLIED: 9,
    State.RETURNED: 5,
    State.REVIEWED: 7,
    State.VISITED: 5,
    State.CHECKED: 5,
    State.ON_NOTICE: 6,
    State.CLEARED: 5,
    State.APPROVED: 4,
    State.DECLINED: 5,
    State.WITHDRAWN: 5,
    State.RENEWAL: 3,
    State.EXPIRED: 1,
    State.EXIT_PROPOSED: 2,
    State.STRIKE_OFF_PROPOSED: 1,
    State.EXITED: 6,
    State.STRUCK_OFF: 2,
}
# Working days, and some to spare, from filing to the renewal and from there to the end of the year.
DAYS_TO_RENEWAL = 236
DAYS_OF_RENEWAL = 24
AFTER_NOTICE = ("approve", "decline", "return_to_centre")
# Working days for which a file rests before its renewal comes near.
MOST_DAYS_FILED = 215
OVERDUE_SHARE = 0.25
# Working days that a step lets wait, at least and at most.
WAITING = {
    "ask_for_more": (1, 4),
    "resubmit": (2, 9),
    "review": (1, 5),
    "return_to_review": (1, 5),
    "record_visit": (2, 9),
    "return_to_visit": (1, 3),
    "record_check": (2, 9),
    "return_to_check": (1, 3),
    "renew": (2, 12),
    "propose_exit": (60, 150),
    "confirm_exit": (1, 8),
    "propose_strike_off": (30, 150),
    "confirm_strike_off": (1, 8),
    "apply_again": (15, 30),
    "publish": (1, 3),
    "take_down": (1, 3),
    "approve": (1, 5),
    "decline": (1, 5),
    "return_to_centre": (1, 3),
    "file_away": (1, 5),
    "return_to_approval": (1, 4),
    "withdraw": (1, 4),
}


@dataclass(frozen=True)
class Step:
    """The name of a transition and the working days since the step before, or since the notice ended."""

    name: str
    days: int


@dataclass(frozen=True)
class Story:
    state: State
    steps: tuple[Step, ...]
    begins_on: date


def states(count: int) -> list[State]:
    """In which state each of so many files ends; every state at least three times."""
    found: list[State] = []
    for state, share in SHARES.items():
        found += [state] * max(3, round(count * share / 100))
    return found + [State.FILED] * (count - len(found))


class Calendar:
    """The working days of the story, to count back in."""

    def __init__(self, first: date, today: date) -> None:
        days = (first + timedelta(days=number) for number in range((today - first).days + 1))
        self.today = today
        self._days = [day for day in days if calendar.is_working_day(day)]

    def before(self, amount: int) -> date:
        """So many working days before the last one that is not after today."""
        return self._days[-1 - amount]

    def __len__(self) -> int:
        return len(self._days)


def plan(
    random: Random, state: State, unit_id: int, days: Calendar, *, turn: int, usual: bool = False
) -> Story:
    """How a file of a unit comes to a state. `usual` takes the plainest way, in good time.

    `turn` counts the files that end in this state: the first ones take each way once, however small the city.
    """
    ways = WAYS[state]
    way = ways[0] if usual or random.random() < 0.55 else random.choice(ways)
    if not usual and turn < len(ways):
        way = ways[turn]
    steps = tuple(Step(name, random.randint(*WAITING[name])) for name in way)
    notice = int(access.directory().parameter(parameters.NOTICE_DAYS, unit_id, days.today))
    waited = sum(step.days for step in steps)
    if "renew" in way or state in (State.RENEWAL, State.EXPIRED):
        waited += DAYS_TO_RENEWAL
    if state == State.EXPIRED:
        waited += DAYS_OF_RENEWAL
    notices = sum(notice for earlier, step in pairwise(way) if earlier == "publish" and step in AFTER_NOTICE)
    rest = _rest(random, state, unit_id, days, notice, usual, waited + notices)
    if state == State.CLEARED and way[-1] == "publish":
        rest += notice
    return Story(state, steps, days.before(waited + notices + rest))


def _rest(
    random: Random, state: State, unit_id: int, days: Calendar, notice: int, usual: bool, before: int
) -> int:
    """Working days between the last step and today; a file that is closed may rest for a year."""
    stage = hardship.stage(state)
    if state == State.RENEWAL:
        return random.randint(1, 15)
    if state == State.FILED:
        # Whom visitors may be has been on file for a while, so that schemes have found them.
        return random.randint(20 if usual else 1, max(20, min(MOST_DAYS_FILED, len(days) - before - 2)))
    if stage.due is None:
        return random.randint(1, max(1, len(days) - before - 2))
    if state == State.ON_NOTICE:
        return random.randint(1, max(1, notice - 1))
    assert isinstance(stage.due, Deadline)
    limit = stage.due.days(unit_id, days.today)
    if usual or random.random() >= OVERDUE_SHARE:
        return random.randint(1, limit)
    return limit + random.randint(1, 9)
