"""Whatever is wrong with a workbook, nothing falls over and no good row is lost (random broken workbooks)."""

import io
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel import clock
from niangjia.kernel.sheets import actions
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member
from tests.cast import Tree, who
from tests.families import DAY, an_id_number
from tests.membership.rosters import TITLES, a_line, sent, worked

JUNK = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.integers(-(10**19), 10**19),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.none(),
    st.sampled_from(
        ["=1+1", "#REF!", "1.10101E+17", "990001198005170019", "2024-02-30", "\t", "　", "𠮷", "是"]
    ),
)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[list[list[Any]], set[str]]:
    """Lines, and the numbers of those that nothing is wrong with."""
    lines: list[list[Any]] = []
    good: set[str] = set()
    for number in range(draw(st.integers(1, 12))):
        line = a_line(number)
        fault = draw(st.sampled_from(["", "", "cell", "shift", "repeat", "junk", "empty"]))
        if fault == "cell":
            line[draw(st.sampled_from([0, 1, 6]))] = draw(st.sampled_from(["", "###", 5, None]))
        elif fault == "shift":
            line.insert(0, "多一格")
        elif fault == "repeat" and lines:
            line = list(draw(st.sampled_from(lines)))
        elif fault == "junk":
            line = draw(st.lists(JUNK, max_size=12))
        elif fault == "empty":
            line = []
        if not fault or (fault == "repeat" and not lines):
            good.add(an_id_number(number))
        lines.append(line)
    return lines, good


def written(lines: list[list[Any]], titles: list[Any]) -> io.BytesIO:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for height, line in enumerate([titles, *lines], start=1):
        for place, value in enumerate(line, start=1):
            try:
                page.cell(height, place).value = value
            except (ValueError, openpyxl.utils.exceptions.IllegalCharacterError):
                page.cell(height, place).value = "?"
    content = io.BytesIO()
    book.save(content)
    content.name = "乱.xlsx"
    return content


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rosters())
def test_no_crash_and_no_good_row_lost(tree: Tree, drawn: tuple[list[list[Any]], set[str]]) -> None:
    lines, good = drawn
    clerk = who(MEMBERSHIP_CLERK, tree.mill)
    with clock.at(DAY):
        savepoint = transaction.savepoint()
        batch = sent(written(lines, list(TITLES)), unit=tree.mill, actor=clerk)
        assert batch.state in ("checked", "refused"), batch.job and batch.job.error
        if batch.good:
            batch = worked(actions.accept(batch, actor=clerk))
            assert batch.state == "accepted", batch.job and batch.job.error
            assert sum(batch.done.values()) == batch.total
        members = {str(member.person.id_number) for member in Member.objects.select_related("person")}
        assert good <= members
        assert len(members) == batch.done.get("new", 0)
        transaction.savepoint_rollback(savepoint)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(JUNK, max_size=10), st.lists(st.lists(JUNK, max_size=10), max_size=5), st.binary(max_size=400)
)
def test_any_titles_any_cells_any_bytes_are_answered_in_words(
    tree: Tree, titles: list[Any], lines: list[list[Any]], tail: bytes
) -> None:
    clerk = who(MEMBERSHIP_CLERK, tree.mill)
    with clock.at(DAY):
        savepoint = transaction.savepoint()
        content = written(lines, titles)
        if tail:
            damaged = content.getvalue()
            content = io.BytesIO(damaged[: len(damaged) - len(tail)] + tail)
        try:
            batch = sent(content, unit=tree.mill, actor=clerk)
        except actions.Refused as refusal:
            assert str(refusal)
        else:
            assert (batch.state == "refused") == bool(batch.error)
            assert batch.state in ("checked", "refused")
        transaction.savepoint_rollback(savepoint)
