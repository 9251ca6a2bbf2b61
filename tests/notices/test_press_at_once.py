"""The last minute and midnight at the same moment, on two connections: one sees the other, whichever comes first."""

from collections.abc import Callable
from typing import Any

import pytest

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import end_notice, publish
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Refused
from niangjia.membership.consents import actions as consents
from niangjia.notices import actions, workflow
from niangjia.notices.consents import PUBLICITY
from niangjia.notices.kinds import Standing
from niangjia.notices.models import Objection, PublicNotice
from tests.assistance.test_press_at_once import at_once
from tests.cast import a_tree
from tests.families import Path
from tests.notices.lists import REASON, Listing, day_after, last_minute, now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listing() -> Listing:
    return Listing(a_tree())


def at(moment: Any, deed: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        with clock.at(moment):
            return deed()

    return run


@pytest.mark.parametrize("whole", [False, True])
def test_an_objection_at_the_last_minute_and_the_clock_at_midnight(listing: Listing, whole: bool) -> None:
    for _round in range(4):
        file = listing.published(Path(listing.tree))
        line = listing.line(file)
        position = None if whole else line.position
        lodged, ended = at_once(
            at(
                last_minute(line),
                lambda n=line.notice, p=position: workflow.lodge(  # type: ignore[misc]
                    actor=CLOCK, notice=n, line=p, reason=REASON
                ),
            ),
            at(day_after(line), lambda pk=file.pk: end_notice(HardshipFile.objects.get(pk=pk), actor=CLOCK)),  # type: ignore[misc]
        )
        if isinstance(ended, Refused):
            assert isinstance(lodged, Objection)
            assert (now(file).state, listing.line(file).standing) == (State.ON_NOTICE, Standing.STOPPED)
        else:
            assert now(file).state == State.CLEARED
            assert listing.line(file).standing == Standing.CLEARED
            # Too late for this line; against the list it only holds up who is not clear yet.
            assert isinstance(lodged, Refused) or whole
        PublicNotice.objects.exists()


def test_two_clerks_publishing_at_once_begin_one_list(listing: Listing) -> None:
    files = [Path(listing.tree).to(State.CHECKED) for _ in range(2)]
    outcomes = at_once(
        *(
            lambda pk=file.pk: publish(HardshipFile.objects.get(pk=pk), actor=listing.path.clerk)  # type: ignore[misc]
            for file in files
        )
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert PublicNotice.objects.count() == 1
    assert sorted(listing.line(now(file)).position for file in files) == [1, 2]


def test_publishing_and_withdrawing_at_once_never_leaves_somebody_shown(listing: Listing) -> None:
    file = listing.path.to(State.CHECKED)
    at_once(
        lambda: publish(HardshipFile.objects.get(pk=file.pk), actor=listing.path.clerk),
        lambda: consents.withdraw(file.person, PUBLICITY, actor=listing.path.worker),
    )
    line = actions.line_of(file)
    if line:
        from niangjia.notices.queries import public_lines

        assert not public_lines(line.notice).exists()
