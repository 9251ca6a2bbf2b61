"""Random people publish, object, answer, agree and withdraw on random days, up to the last minute of a window.

Whatever happens: an objection is never overtaken by the clock, and nobody is shown who does not agree to it.
"""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from niangjia.assistance.kinds import PAST_NOTICE, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import publish, return_to_centre, take_down
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import timed
from niangjia.membership.consents import actions as consents
from niangjia.membership.consents.queries import has_consented
from niangjia.notices import workflow
from niangjia.notices.actions import line_of
from niangjia.notices.consents import PUBLICITY
from niangjia.notices.kinds import OPEN, ObjectionState, Removal
from niangjia.notices.lines import against
from niangjia.notices.models import NoticeLine, Objection
from niangjia.notices.queries import public_lines
from tests.cast import Tree
from tests.families import DAY, Path
from tests.notices.lists import FINDING, REASON, Listing, hear_the_news

MOMENTS = [time(0, 0), time(0, 0, 1), time(12, 0), time(23, 59, 59)]


class Walk(RuleBasedStateMachine):
    listing: Listing
    paths: list[Path]
    files: list[HardshipFile]

    @initialize()
    def begin(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = datetime.combine(DAY, time(9, 0), tzinfo=clock.CHINA)

    def teardown(self) -> None:
        if hasattr(self, "example"):
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def _try(self, deed: Any, *given: Any, **named: Any) -> bool:
        with clock.at(self.now):
            try:
                deed(*given, **named)
            except Refused:
                return False
        return True

    def _file(self, number: int) -> HardshipFile:
        return HardshipFile.objects.get(pk=self.files[number].pk)

    @rule(number=st.integers(0, 2))
    def publish(self, number: int) -> None:
        file = self._file(number)
        may = file.state == State.CHECKED and has_consented(file.person, PUBLICITY)
        done = self._try(publish, file, actor=self.paths[number].clerk)
        assert not done or may

    @rule(number=st.integers(0, 2))
    def take_down(self, number: int) -> None:
        self._try(take_down, self._file(number), actor=self.paths[number].clerk, remark="单位名称有误")

    @rule(number=st.integers(0, 2))
    def send_back_after_the_notice(self, number: int) -> None:
        self._try(return_to_centre, self._file(number), actor=self.paths[number].approver, remark="还有疑点")

    @rule(number=st.integers(0, 2), whole=st.booleans())
    def object(self, number: int, whole: bool) -> None:
        line = line_of(self._file(number))
        if line is None:
            return
        position = None if whole else line.position
        done = self._try(workflow.lodge, actor=CLOCK, notice=line.notice, line=position, reason=REASON)
        assert not done or self.now.date() <= line.notice.until_on

    @rule(data=st.data(), answer=st.sampled_from(["accept", "turn_away", "dismiss", "uphold"]))
    def answer(self, data: st.DataObject, answer: str) -> None:
        rows = list(Objection.objects.filter(state__in=OPEN).order_by("pk"))
        if not rows:
            return
        doer = self.listing.receiver if answer in ("accept", "turn_away") else self.listing.answerer
        self._try(getattr(workflow, answer), data.draw(st.sampled_from(rows)), actor=doer, remark=FINDING)

    @rule(number=st.integers(0, 2), yes=st.booleans())
    def agree_or_withdraw(self, number: int, yes: bool) -> None:
        deed = consents.give if yes else consents.withdraw
        self._try(deed, self._file(number).person, PUBLICITY, actor=self.paths[number].worker)

    @rule()
    def the_news_goes_round(self) -> None:
        with clock.at(self.now):
            hear_the_news()

    @rule(days=st.integers(0, 4), moment=st.sampled_from(MOMENTS))
    def time_passes(self, days: int, moment: time) -> None:
        later = datetime.combine(self.now.date() + timedelta(days=days), moment, tzinfo=clock.CHINA)
        self.now = max(self.now, later)

    @rule()
    def the_clock_takes_what_is_due(self) -> None:
        with clock.at(self.now):
            timed.run_due()

    @invariant()
    def no_objection_was_overtaken(self) -> None:
        for line in NoticeLine.objects.filter(cleared_on__isnull=False).select_related("notice"):
            assert line.cleared_on is not None and line.cleared_on > line.notice.until_on
            standing = Objection.objects.filter(against(line), state__in=[*OPEN, ObjectionState.UPHELD])
            assert not standing.exists()

    @invariant()
    def a_file_past_its_notice_has_a_clear_line(self) -> None:
        for file in getattr(self, "files", []):
            file = HardshipFile.objects.get(pk=file.pk)
            if file.state in PAST_NOTICE:
                line = line_of(file)
                assert line is not None and line.cleared_on is not None
                assert file.notice_until == line.notice.until_on < self.now.date()

    @invariant()
    def a_file_on_notice_has_a_line_and_its_window(self) -> None:
        for file in HardshipFile.objects.filter(state=State.ON_NOTICE):
            line = line_of(file)
            assert line is not None
            # Off the list already, the news of it still on its way; or clear, the clock still to come.
            assert line.is_running or line.cleared_on or line.removal in (Removal.OBJECTION, Removal.CONSENT)
            assert (file.notice_from, file.notice_until) == (line.notice.from_on, line.notice.until_on)

    @invariant()
    def nobody_is_shown_who_does_not_agree(self) -> None:
        if not hasattr(self, "now"):
            return
        with clock.at(self.now):
            for line in NoticeLine.objects.select_related("notice", "person"):
                if public_lines(line.notice).filter(pk=line.pk).exists():
                    assert has_consented(line.person, PUBLICITY)
                    assert self.now.date() <= line.notice.until_on


@pytest.mark.django_db
def test_random_walks(tree: Tree) -> None:
    """Three files at one centre, one who receives objections, one who answers them."""
    Walk.listing = Listing(tree)
    Walk.paths = [Path(tree) for _ in range(3)]
    Walk.files = [path.to(State.CHECKED) for path in Walk.paths]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Walk,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
