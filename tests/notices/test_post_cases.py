"""Posting a case: which list it joins, what is shown, what must have been agreed to, and when it is clear."""

from datetime import timedelta

import pytest

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.publicity import HARDSHIP_NOTICE
from niangjia.assistance.workflow import publish, return_to_centre, take_down
from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.calendar import add_working_days
from niangjia.kernel.errors import NotAllowed, Refused, WrongState
from niangjia.kernel.workflow import timed
from niangjia.membership.consents import actions as consents
from niangjia.notices import actions
from niangjia.notices.consents import PUBLICITY
from niangjia.notices.kinds import NoticeState, Standing
from niangjia.notices.models import NoticeLine, PublicNotice
from niangjia.notices.workflow import notice, open_list
from tests.cast import Tree
from tests.families import DAY, Path
from tests.notices.lists import Listing, day_after, hear_the_news, last_minute, now


def test_a_line_shows_surname_unit_and_category_and_no_more(listing: Listing) -> None:
    file = listing.published()
    line = listing.line(file)
    name = file.person.name
    assert line.shown_name == name[0] + "*" * (len(name) - 1)
    assert (line.shown_unit, line.category, line.amount) == (listing.path.unit.name, "相对困难", None)
    assert line.standing == Standing.LISTED
    assert (line.published_by, line.case_number) == (listing.path.clerk.user, file.number)


def test_the_window_is_that_of_the_union_that_publishes(listing: Listing) -> None:
    file = listing.published()
    row = listing.line(file).notice
    assert row.unit == listing.tree.east
    assert (row.from_on, row.until_on) == (DAY, add_working_days(DAY, 5))
    assert (file.notice_from, file.notice_until, file.due_on) == (row.from_on, row.until_on, row.until_on)
    assert (row.state, row.due_on) == (NoticeState.ON_NOTICE, row.until_on)
    assert row.number == f"GS-{row.unit.number}-2026-KN001"


def test_thirty_files_published_together_make_one_sheet(tree: Tree) -> None:
    paths = [Path(tree, unit) for unit in (tree.willow, tree.maple, tree.mill)]
    files = [path.to(State.CHECKED) for path in paths]
    outcomes = publish.many(files, actor=paths[0].clerk)
    assert not [outcome.refusal for outcome in outcomes if outcome.refusal]
    assert list(NoticeLine.objects.values_list("notice__number", "position")) == [
        (PublicNotice.objects.get().number, place) for place in (1, 2, 3)
    ]
    [opened] = [entry for entry in audit.history(PublicNotice.objects.get()) if entry.to_state]
    assert (opened.action, opened.actor) == ("open_list", paths[0].clerk.user)


def test_the_next_day_begins_another_sheet_without_a_gap_in_the_numbers(tree: Tree) -> None:
    Path(tree).to(State.ON_NOTICE)
    with clock.at(DAY + timedelta(days=1)):
        Path(tree).to(State.ON_NOTICE)
    assert [
        number[-5:] for number in PublicNotice.objects.order_by("pk").values_list("number", flat=True)
    ] == [
        "KN001",
        "KN002",
    ]


def test_nobody_begins_a_list_outside_a_step_that_publishes(listing: Listing) -> None:
    file = listing.path.to(State.CHECKED)
    with pytest.raises(NotAllowed, match="随别的步骤"):
        actions.post(
            HARDSHIP_NOTICE, case=file, person=file.person, category="深度困难", actor=listing.path.clerk
        )
    with pytest.raises(NotAllowed, match="随别的步骤"):
        open_list(actor=CLOCK, kind=HARDSHIP_NOTICE.name, unit=listing.tree.east)
    assert not PublicNotice.objects.exists()


def test_without_a_standing_consent_nothing_is_published(listing: Listing) -> None:
    file = listing.path.to(State.CHECKED)
    consents.withdraw(file.person, PUBLICITY, actor=listing.path.worker)
    with pytest.raises(Refused, match="没有同意公示"):
        publish(file, actor=listing.path.clerk)
    assert (now(file).state, NoticeLine.objects.count()) == (State.CHECKED, 0)
    consents.give(file.person, PUBLICITY, actor=listing.path.worker)
    publish(file, actor=listing.path.clerk)
    assert now(file).state == State.ON_NOTICE


def test_withdrawing_the_consent_takes_the_line_off_and_the_file_back(listing: Listing) -> None:
    file = listing.published()
    consents.withdraw(file.person, PUBLICITY, actor=listing.path.worker)
    # Even before the news is heard nothing goes on.
    with clock.at(day_after(listing.line(file))):
        timed.run_due()
        assert now(file).state == State.ON_NOTICE
    hear_the_news()
    line, file = listing.line(file), now(file)
    assert (line.standing, line.removal) == (Standing.REMOVED, "consent")
    assert (file.state, file.notice_until) == (State.CHECKED, None)
    assert "同意" in list(audit.history(file))[-1].remark.text
    with pytest.raises(Refused, match="没有同意公示"):
        publish(file, actor=listing.path.clerk)


def test_somebody_who_agrees_again_at_once_stays_on_the_list(listing: Listing) -> None:
    file = listing.published()
    consents.withdraw(file.person, PUBLICITY, actor=listing.path.worker)
    consents.give(file.person, PUBLICITY, actor=listing.path.worker)
    hear_the_news()
    assert (listing.line(file).standing, now(file).state) == (Standing.LISTED, State.ON_NOTICE)


def test_a_line_is_clear_on_the_day_after_and_not_a_minute_before(listing: Listing) -> None:
    file = listing.published()
    line = listing.line(file)
    with clock.at(last_minute(line)):
        with pytest.raises(Refused, match="期满的次日"):
            actions.hold_cleared(file)
        assert timed.run_due() == []
    with clock.at(day_after(line)):
        timed.run_due()
    line, file = listing.line(file), now(file)
    assert (line.standing, line.notice.state, file.state) == (
        Standing.CLEARED,
        NoticeState.ENDED,
        State.CLEARED,
    )
    assert line.notice.ended_on == line.cleared_on == DAY + timedelta(days=8)


def test_a_case_that_was_never_published_is_not_clear(listing: Listing) -> None:
    with pytest.raises(WrongState, match="还没有公示过"):
        actions.hold_cleared(listing.path.to(State.CHECKED))


def test_a_list_cannot_be_ended_early_by_anybody(listing: Listing) -> None:
    row = listing.line(listing.published()).notice
    end = notice.transitions["end"]
    with pytest.raises(NotAllowed, match="任何人不能提前"):
        end(row, actor=listing.path.clerk)
    with clock.at(row.until_on), pytest.raises(WrongState, match="期限未满"):
        end(row, actor=CLOCK)


def test_a_file_taken_down_comes_back_on_another_line(listing: Listing) -> None:
    file = listing.published()
    first = listing.line(file)
    take_down(file, actor=listing.path.clerk, remark="单位名称有误，更正后重新公示")
    first.refresh_from_db()
    assert (first.standing, first.removal) == (Standing.REMOVED, "taken_down")
    publish(file, actor=listing.path.clerk)
    again = listing.line(file)
    assert again.pk != first.pk and again.standing == Standing.LISTED


def test_a_file_sent_back_after_its_notice_is_published_anew(listing: Listing) -> None:
    file = listing.path.to(State.CLEARED)
    with clock.at(now(file).state_since + timedelta(days=1)):
        return_to_centre(file, actor=listing.path.approver, remark="还有疑点，请补充")
        publish(file, actor=listing.path.clerk)
        with pytest.raises(Refused, match="期满的次日"):
            actions.hold_cleared(HardshipFile.objects.get(pk=file.pk))
