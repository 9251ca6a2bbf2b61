"""A worker that is killed in the middle of a roster: the next one goes on, nothing is lost, nothing done twice."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from niangjia.kernel.access import Actor
from niangjia.kernel.models import Job
from niangjia.kernel.sheets import actions
from niangjia.kernel.sheets.models import Batch
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member
from niangjia.membership.workflow.stays import retain
from tests.cast import a_tree, who
from tests.kernel.elsewhere import Elsewhere, finished
from tests.membership.rosters import a_line, sent, taken_in, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ROWS = 1_500
PATIENCE = 120.0


@pytest.fixture
def elsewhere(tmp_path: Path, own_anchors: None) -> Iterator[Elsewhere]:
    place = Elsewhere(tmp_path)
    yield place
    place.end()


def until(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, "nothing happened"
        time.sleep(0.02)


def killed_and_resumed(elsewhere: Elsewhere, batch: Batch, progressed: str) -> None:
    """A worker is killed once the question counts more than nothing; another finishes the work."""
    first = elsewhere.worker("--stop-when-idle")
    until(lambda: elsewhere.ask(progressed)[0])
    first.send_signal(signal.SIGKILL)
    assert finished(first) == -signal.SIGKILL
    assert elsewhere.ask(f"SELECT state FROM kernel_job WHERE id = {batch.job_id}") == ["running"]
    if connection.vendor == "postgresql":
        # Its lease is a minute; nobody waits that long in a test.
        Job.objects.filter(pk=batch.job_id).update(lease_until="2020-01-01T00:00:00+08:00")
    second = elsewhere.worker("--stop-when-idle")
    second.communicate(timeout=PATIENCE)
    assert second.returncode == 0
    assert elsewhere.ask(f"SELECT attempt FROM kernel_job WHERE id = {batch.job_id}") == [2]


def proven(elsewhere: Elsewhere) -> None:
    verifying = elsewhere.process("niangjia", "audit", "verify")
    verifying.communicate(timeout=PATIENCE)
    assert verifying.returncode == 0


def a_roster(settings: Settings) -> tuple[Actor, object, object]:
    tree = a_tree()
    lines = [a_line(number, unit=tree.mill.name, employer="") for number in range(ROWS)]
    return who(MEMBERSHIP_CLERK, tree.east), tree.east, text(lines)


def test_killed_while_taking_in_every_row_comes_in_once(elsewhere: Elsewhere, settings: Settings) -> None:
    clerk, unit, upload = a_roster(settings)
    batch = actions.accept(sent(upload, unit=unit, actor=clerk), actor=clerk)  # type: ignore[arg-type]
    killed_and_resumed(elsewhere, batch, "SELECT count(*) >= 2 FROM kernel_batchchunk")

    assert elsewhere.ask("SELECT state FROM kernel_batch") == ["accepted"]
    for table in ("membership_person", "membership_member"):
        assert elsewhere.ask(f"SELECT count(*) FROM {table}") == [ROWS]
    assert elsewhere.ask("SELECT max(number) FROM membership_member") == [f"HY{ROWS:09}"]
    assert elsewhere.ask("SELECT max(member_count) FROM organisation_unionbody") == [ROWS]
    entries = "SELECT count(*) FROM kernel_auditentry WHERE object_type = 'membership.member'"
    assert elsewhere.ask(entries) == [ROWS]
    assert elsewhere.ask("SELECT count(DISTINCT number) = max(number) FROM kernel_batchchunk")[0]
    proven(elsewhere)


def test_killed_while_undoing_every_row_is_voided_once(elsewhere: Elsewhere, settings: Settings) -> None:
    clerk, unit, upload = a_roster(settings)
    batch = taken_in(upload, unit=unit, actor=clerk)  # type: ignore[arg-type]
    # The newest row is looked at first: what was found before the kill is told after it.
    retain(Member.objects.latest("pk"), actor=clerk, reason="retired")
    batch = actions.undo(batch, actor=clerk)
    left = "SELECT count(*) FROM membership_member WHERE state = 'left'"
    killed_and_resumed(elsewhere, batch, left)

    assert elsewhere.ask("SELECT state FROM kernel_batch") == ["undone"]
    assert elsewhere.ask(left) == [ROWS - 1]
    assert elsewhere.ask("SELECT max(member_count) FROM organisation_unionbody") == [1]
    ends = "SELECT count(*) FROM kernel_auditentry WHERE action = 'end'"
    assert elsewhere.ask(ends) == [ROWS - 1]
    assert elsewhere.ask("SELECT kept_count FROM kernel_batch") == [1]
    proven(elsewhere)
