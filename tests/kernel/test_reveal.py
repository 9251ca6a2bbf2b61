"""Seeing a masked text in full: only with a reason, never without a trace."""

from pathlib import Path

import pytest

from niangjia.kernel import audit
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Invalid
from niangjia.kernel.reveal import reveal
from tests.kernel.specimen import Specimen

NUMBER = "110101199003071234"


@pytest.fixture
def row(db: None, specimen_tables: None) -> Specimen:
    return Specimen.objects.create(name="甲", id_number=NUMBER)


def test_a_reason_shows_the_text_and_leaves_a_trace_without_it(row: Specimen) -> None:
    assert reveal(row, "id_number", actor=CLOCK, reason="电话核实住址") == NUMBER
    entry = audit.history(row).get()
    assert entry.action == "reveal"
    assert set(entry.changes) == {"id_number", "remark"}
    assert NUMBER not in str(entry.changes)
    assert entry.remark.text == "电话核实住址"


@pytest.mark.parametrize("reason", ["", "   ", "看看", " 核实 "])
def test_without_a_reason_nothing_is_shown_and_nothing_written(row: Specimen, reason: str) -> None:
    with pytest.raises(Invalid, match="请写明查看的原因"):
        reveal(row, "id_number", actor=CLOCK, reason=reason)
    assert not audit.history(row).exists()


def test_only_sealed_fields_are_revealed(row: Specimen, own_keys: Path) -> None:
    with pytest.raises(TypeError, match="not sealed"):
        reveal(row, "name", actor=CLOCK, reason="电话核实住址")
