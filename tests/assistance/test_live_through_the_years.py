"""Found by the union, checked on paper, renewed, expired, out of hardship and back: what happens around the steps."""

from datetime import timedelta

import pytest

from niangjia.assistance import actions, finding, renewal, workflow
from niangjia.assistance.kinds import Origin, PaperKind, State
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.workflow.timed import run_due
from tests.cast import Tree
from tests.families import APPLICATION, DAY, FOUND, REVIEW, Path

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(tree: Tree) -> Path:
    return Path(tree)


def test_a_rule_may_find_a_family_but_only_the_worker_makes_it_an_application(way: Path) -> None:
    number = way.worker.account.person.id_number
    with clock.at(DAY):
        with pytest.raises(NotAllowed):
            finding.found_by_rule(actor=way.reviewer, id_number=number, **FOUND)
        file = finding.found_by_rule(actor=CLOCK, id_number=number, **FOUND)
        assert (file.state, file.origin, file.consents_to_check) == (State.FOUND, Origin.FOUND, False)
        with pytest.raises(Refused, match="一户一档"):
            workflow.apply(actor=way.worker, **APPLICATION)
        finding.confirm(file, actor=way.worker, **APPLICATION)
    assert (file.state, file.authorised_on, file.consents_to_check) == (State.APPLIED, DAY, True)


def test_a_paper_application_waits_for_the_signed_authorisation(way: Path) -> None:
    number = way.worker.account.person.id_number
    with clock.at(DAY):
        file = workflow.take_in(actor=way.reviewer, id_number=number, **APPLICATION)
        assert file.authorised_on is None
        with pytest.raises(Refused, match="核对授权委托书"):
            workflow.review(file, actor=way.reviewer, category="deep")
        assert PaperKind.AUTHORISATION in workflow.queries.papers_asked(file)


def test_a_file_that_nobody_renews_expires_and_gives_way_to_a_new_application(way: Path) -> None:
    with clock.at(DAY):
        old = way.to(State.FILED)
    assert old.renewal_on is not None and old.expires_on is not None
    with clock.at(old.renewal_on + timedelta(days=1)):
        run_due()
        old.refresh_from_db()
        assert old.state == State.RENEWAL
    with clock.at(old.expires_on + timedelta(days=1)):
        run_due()
        old.refresh_from_db()
        assert old.state == State.EXPIRED
        new = workflow.apply(actor=way.worker, **APPLICATION)
        assert new.predecessor == old and not new.returned_to_hardship
        workflow.review(new, actor=way.reviewer, **REVIEW)
    old.refresh_from_db()
    assert (old.state, old.leaving_reason) == (State.STRUCK_OFF, "applied_anew")


def test_a_family_that_falls_back_has_a_new_file_after_the_old_one(way: Path) -> None:
    with clock.at(DAY):
        old = way.to(State.EXITED)
        new = workflow.apply(actor=way.worker, **APPLICATION)
    assert new.predecessor == old and new.returned_to_hardship
    old.refresh_from_db()
    assert old.state == State.EXITED


def test_who_proposes_an_exit_does_not_approve_it(way: Path) -> None:
    with clock.at(DAY):
        file = way.to(State.EXIT_PROPOSED)
        with pytest.raises(NotAllowed):
            renewal.confirm_exit(file, actor=way.clerk)


def test_help_before_filing_needs_the_regions_rule(way: Path, tree: Tree) -> None:
    with clock.at(DAY):
        file = way.to(State.REVIEWED)
        with pytest.raises(NotAllowed):
            actions.allow_temporary_help(file, actor=way.clerk)
        with pytest.raises(Refused, match="没有规定"):
            actions.allow_temporary_help(file, actor=way.approver)
