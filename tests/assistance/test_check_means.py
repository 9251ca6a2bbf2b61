"""经济状况核对 by file: what goes out is on record, what comes back is the step of each file."""

import hashlib
import io

import openpyxl
import pytest

from niangjia.assistance.checks.answers import ANSWERS
from niangjia.assistance.checks.requesting import TITLES, request_checks
from niangjia.assistance.kinds import State
from niangjia.assistance.models import DataProvision, EconomicCheck
from niangjia.kernel import clock
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.sheets import actions
from tests.cast import Tree
from tests.families import DAY, Path
from tests.membership.rosters import workbook

HEAD = ["档案编号*", "核对日期*", "家庭年收入*", "存款*", "投资净值*", "住房套数*", "非营运汽车"]


@pytest.mark.django_db
def test_the_request_holds_no_more_than_needed_and_is_on_record(tree: Tree) -> None:
    way = Path(tree)
    with clock.at(DAY):
        file, early = way.to(State.VISITED), Path(tree).to(State.REVIEWED)
        with pytest.raises(NotAllowed):
            request_checks(tree.east, actor=way.reviewer, receiver="青禾核对中心")
        content = request_checks(tree.east, actor=way.clerk, receiver="青禾核对中心")
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)  # type: ignore[union-attr]
    assert rows == [TITLES, (file.number, file.person.name, file.person.id_number, "本人")]
    sent = DataProvision.objects.get()
    assert (sent.receiver, list(sent.files.all())) == ("青禾核对中心", [file])
    assert (sent.purpose, sent.row_count, sent.people.get().person) == ("economic-check", 1, file.person)
    assert sent.digest == hashlib.sha256(content).hexdigest()
    assert early.number not in str(rows)


@pytest.mark.django_db
def test_nobody_waiting_is_said_and_nothing_recorded(tree: Tree) -> None:
    with pytest.raises(Refused, match="没有"):
        request_checks(tree.east, actor=Path(tree).clerk, receiver="青禾核对中心")
    assert not DataProvision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_good_answers_move_their_files_on_and_bad_rows_are_told(tree: Tree) -> None:
    way = Path(tree)
    with clock.at(DAY):
        file, early = way.to(State.VISITED), Path(tree).to(State.REVIEWED)
        answer = ["2026-03-02", 35800, 2600, 0, 1, "否"]
        upload = workbook([[file.number, *answer], [early.number, *answer], ["KN0", *answer]], HEAD)
        batch = actions.upload(ANSWERS, upload=upload, unit=tree.east, actor=way.clerk)
        run_until_idle()
        batch.refresh_from_db()
        assert batch.good == 1
        assert not EconomicCheck.objects.exists()
        actions.accept(batch, actor=way.clerk)
        run_until_idle()
        file.refresh_from_db()
        assert file.state == State.CHECKED
        assert EconomicCheck.objects.get().yearly_income_amount == 35800
        batch.refresh_from_db()
        actions.undo(batch, actor=way.clerk)
        run_until_idle()
        file.refresh_from_db()
        assert file.state == State.VISITED
