"""Numbers without gaps: whoever draws at the same time, whatever is rolled back, whoever is killed."""

import signal
import time
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.clock import CHINA
from niangjia.kernel.numbering import Counter, Numbering, draw
from tests.kernel.elsewhere import PATIENCE, Elsewhere, finished
from tests.kernel.numbering_process import PROCESSES

LETTERS = Numbering("letters-in-tests", "{mark}介〔{year}〕{number}号")
CERTIFICATES = Numbering("certificates-in-tests", "〔{year}〕第{number}号")
ROUNDS = 24
KEPT = ROUNDS - ROUNDS // 3


class BetterOfIt(Exception):
    pass


@pytest.mark.django_db
def test_each_unit_kind_and_year_counts_from_one() -> None:
    with clock.at(datetime(2026, 12, 31, 12, tzinfo=CHINA)):
        assert LETTERS.draw(1, "娘工").text == "娘工介〔2026〕1号"
        assert LETTERS.draw(1, "娘工").text == "娘工介〔2026〕2号"
        assert LETTERS.draw(2).text == "介〔2026〕1号"
        assert CERTIFICATES.draw(1, "娘工").text == "〔2026〕第1号"


@pytest.mark.django_db
def test_the_year_changes_at_midnight_in_china() -> None:
    with clock.at(datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA)):
        assert LETTERS.draw(1).text == "介〔2026〕1号"
    with clock.at(datetime(2027, 1, 1, tzinfo=CHINA)):
        first = LETTERS.draw(1)
        assert (first.year, first.number, first.text) == (2027, 1, "介〔2027〕1号")
    with clock.at(datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA)):
        assert LETTERS.draw(1).number == 2


@pytest.mark.django_db
def test_what_is_rolled_back_is_given_again() -> None:
    assert LETTERS.draw(1).number == 1
    with pytest.raises(BetterOfIt), transaction.atomic():
        assert LETTERS.draw(1).number == 2
        raise BetterOfIt
    assert LETTERS.draw(1).number == 2


@pytest.mark.django_db
def test_many_are_drawn_at_once() -> None:
    assert list(draw("member", 3)) == [1, 2, 3]
    assert list(draw("member")) == [4]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_drawn() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        draw("member")
    assert not Counter.objects.exists()


@pytest.mark.parametrize("form", ["介〔{year}〕号", "{number}号", "{unit}介〔{year}〕{number}号"])
def test_a_form_names_what_it_needs_and_nothing_else(form: str) -> None:
    with pytest.raises(ValueError, match="must name"):
        Numbering("letters-in-tests", form)


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_leave_neither_gap_nor_double(elsewhere: Elsewhere, tmp_path: Path) -> None:
    module = "tests.kernel.numbering_process"
    running = [elsewhere.process(module, str(tmp_path), str(name), str(ROUNDS)) for name in range(PROCESSES)]
    assert [finished(process) for process in running] == [0] * PROCESSES
    drawn = elsewhere.effects()
    assert drawn == [f"娘工介〔2026〕{number}号" for number in range(1, PROCESSES * KEPT + 1)]


@pytest.mark.django_db(transaction=True)
def test_a_killed_writer_leaves_no_gap(elsewhere: Elsewhere, tmp_path: Path) -> None:
    module = "tests.kernel.numbering_process"
    holding = elsewhere.process(module, str(tmp_path), "holding", "0")
    limit = time.monotonic() + PATIENCE
    while not (tmp_path / "holding").exists():
        assert time.monotonic() < limit
        time.sleep(0.05)
    waiting = [elsewhere.process(module, str(tmp_path), str(name), "3") for name in range(PROCESSES - 1)]
    time.sleep(0.5)
    assert elsewhere.effects() == []
    holding.send_signal(signal.SIGKILL)
    assert [finished(process) for process in waiting] == [0] * (PROCESSES - 1)
    assert elsewhere.effects() == [
        f"娘工介〔2026〕{number}号" for number in range(1, 2 * (PROCESSES - 1) + 1)
    ]
