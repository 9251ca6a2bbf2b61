"""Figures: what an edition holds is what its rows are, however the tree is shaped and whenever the job dies."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel import bulk, clock
from niangjia.kernel.clock import CHINA
from niangjia.kernel.errors import Missing
from niangjia.kernel.figures import Part, Period, measures, queries, ratios, refresh, refreshing
from niangjia.kernel.figures.models import Edition, Figure
from niangjia.kernel.jobs import Job, run_until_idle
from niangjia.kernel.jobs.running import claim, run
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.figures import JOINED, LEFT, MEMBERS
from niangjia.membership.models import Member, Person
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.figures import BLANK, COVERAGE, EMPLOYERS, ORGANISED, STAFF, UNIONS
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, a_tree, a_union, an_employer, who
from tests.families import an_id_number

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.at(TODAY):
        yield


def a_member(unit: UnionBody, joined_on: date, left_on: date | None = None, **given: Any) -> Member:
    """Straight into the tables: how people join is tested elsewhere."""
    person = Person.objects.create(
        unit=unit,
        name="林知秋",
        pinyin="linzhiqiu",
        initials="lzq",
        sex=given.pop("sex", "female"),
        born_on=given.pop("born_on", date(1990, 5, 1)),
        id_kind="resident",
        id_number=an_id_number(),
    )
    number = f"HY{Member.objects.count() + 1:09}"
    end = {"left_on": left_on, "state": "left", "reason": "resigned"} if left_on else {}
    return Member.objects.create(
        person=person, unit=unit, number=number, joined_on=joined_on, **{**end, **given}
    )


def count(**given: Any) -> Job:
    job = refresh.enqueue(**given)
    assert run_until_idle() >= 1
    job.refresh_from_db()
    assert job.state == "done", job.error
    return job


def reading(measure: Any, unit: UnionBody, month: date = MONTH) -> queries.Reading:
    return queries.series(unit, [measure], queries.current_editions([month]))[measure.name][month]


def test_a_unit_counts_its_whole_subtree(tree: Tree) -> None:
    a_member(tree.mill, date(2026, 1, 5))
    a_member(tree.logistics, date(2026, 11, 3), sex="male")
    a_member(tree.quarry, date(2025, 1, 5), left_on=date(2026, 11, 9))
    count(months=1)
    assert reading(MEMBERS, tree.mill).value == 1
    assert reading(MEMBERS, tree.willow).value == 2
    assert reading(MEMBERS, tree.city).value == 2
    assert reading(MEMBERS, tree.quarry).value == 0
    assert reading(LEFT, tree.west).value == 1
    assert reading(JOINED, tree.east).value == 1
    assert reading(MEMBERS, tree.east).parts["sex"] == {"female": 1, "male": 1}


def test_employers_and_their_staff_make_the_coverage(tree: Tree) -> None:
    an_employer(tree.willow, union=tree.mill, staff_count=40)
    an_employer(tree.willow, staff_count=7)
    an_employer(tree.willow, staff_count=500, is_operating=False)
    count(months=1)
    over, under = reading(ORGANISED, tree.east), reading(EMPLOYERS, tree.east)
    assert (over.value, under.value, reading(STAFF, tree.east).value) == (1, 2, 47)
    assert COVERAGE.of(over.value, under.value) == 50
    assert COVERAGE.of(0, 0) is None


def test_ages_are_those_of_the_last_day(tree: Tree) -> None:
    a_member(tree.mill, date(2026, 1, 5), born_on=date(2001, 11, 22))
    a_member(tree.mill, date(2026, 1, 5), born_on=date(2001, 11, 21))
    a_member(tree.mill, date(2026, 1, 5), born_on=date(1971, 2, 28))
    count(months=1)
    assert reading(MEMBERS, tree.mill).parts["age"] == {"16": 1, "25": 1, "55": 1}


def test_months_before_the_first_report_are_reconstructed_and_say_so(tree: Tree) -> None:
    a_member(tree.mill, date(2026, 3, 31))
    count()
    editions = queries.current_editions(queries.months_back())
    assert len(editions) == queries.HISTORY
    assert [month for month, edition in editions.items() if not edition.is_reconstructed] == [MONTH]
    assert reading(MEMBERS, tree.mill, date(2026, 2, 1)).value == 0
    assert reading(MEMBERS, tree.mill, date(2026, 3, 1)).value == 1
    assert reading(JOINED, tree.city, date(2026, 3, 1)).value == 1


def test_an_employer_counts_from_when_it_was_known_and_as_it_was(tree: Tree) -> None:
    union = a_union(parent=tree.willow, founded_on=date(2026, 6, 1))
    an_employer(tree.willow, known_on=date(2026, 3, 31), union=union)
    count(months=10)
    numbers = [
        [reading(measure, tree.east, date(2026, month, 1)).value for month in (2, 3, 6)]
        for measure in (EMPLOYERS, ORGANISED, BLANK)
    ]
    assert numbers == [[0, 1, 1], [0, 0, 1], [0, 1, 0]]


def test_a_measure_that_was_not_counted_then_has_no_number(tree: Tree) -> None:
    count(months=1)
    edition = queries.edition_of(MONTH)
    assert edition
    edition.measures.remove(EMPLOYERS.name)
    edition.save()
    assert reading(EMPLOYERS, tree.east).value is None
    assert reading(ORGANISED, tree.east).value == 0


def test_a_month_that_was_reported_stays_as_it_was(tree: Tree) -> None:
    a_member(tree.mill, date(2026, 9, 1))
    count(months=2)
    with clock.at(date(2026, 12, 1)):
        count(months=2)
        assert queries.edition_of(date(2026, 12, 1)) is None
    with clock.at(date(2026, 12, 2)):
        reported = reading(MEMBERS, tree.mill)
        assert reported.value == 1
        assert reported.edition and reported.edition.is_closed
        a_member(tree.mill, date(2026, 11, 30))
        count(whole=True, months=2)
        assert reading(MEMBERS, tree.mill).value == 1
        assert reading(MEMBERS, tree.mill, date(2026, 12, 1)).value == 2
        # The rows tell what came later, and the page says so.
        assert queries.rows_behind(MEMBERS, tree.mill, reported.edition).count() == 2


def test_reconstructed_months_follow_the_register_only_when_all_is_counted(tree: Tree) -> None:
    count(months=3)
    a_member(tree.mill, date(2025, 9, 1))
    count(months=3)
    assert reading(MEMBERS, tree.mill, date(2026, 9, 1)).value == 0
    count(whole=True, months=3)
    assert reading(MEMBERS, tree.mill, date(2026, 9, 1)).value == 1


def test_replaced_editions_go(tree: Tree) -> None:
    a_member(tree.mill, date(2025, 9, 1))
    count(months=3)
    stored = Figure.objects.count()
    count(months=3)
    assert Edition.objects.count() == 3
    assert Figure.objects.count() == stored


def test_a_run_that_dies_goes_on_and_counts_nothing_twice(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies in the middle of writing a measure; until it is done the old edition is read."""
    for joined_on in (date(2024, 1, 1), date(2026, 11, 2)):
        a_member(tree.mill, joined_on)
    count(months=1)
    monkeypatch.setattr(refreshing, "CHUNK", 2)
    a_member(tree.mill, date(2026, 11, 3))
    job = refresh.enqueue(months=1)
    seen = 0

    class Killed(BaseException):
        pass

    def dying(*given: Any) -> None:
        nonlocal seen
        seen += 1
        bulk.insert(*given)
        if seen == 9:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "bulk", SimpleNamespace(insert=dying))
        with pytest.raises(Killed):
            run(claim([refresh.name]))  # type: ignore[arg-type]
    assert reading(MEMBERS, tree.city).value == 2
    Job.objects.filter(pk=job.pk).update(state="queued", lease_until=None)
    assert run_until_idle() >= 1
    assert reading(MEMBERS, tree.city).value == 3
    assert reading(UNIONS, tree.province).value == len(tree.all)
    assert all(
        reading(measure, unit).value == measure.counted(rows_of(measure, unit))
        for measure in measures().values()
        for unit in tree.all
    )


def rows_of(measure: Any, unit: UnionBody, part: Part | None = None) -> Any:
    edition = queries.edition_of(MONTH)
    assert edition
    return queries.rows_behind(measure, unit, edition, part)


def test_nobody_reads_what_their_posts_do_not_open(tree: Tree) -> None:
    clerk, administrator = who(MEMBERSHIP_CLERK, tree.willow), who(ADMINISTRATOR, tree.east)
    assert queries.readable(MEMBERS, clerk, tree.mill)
    for actor, unit in ((clerk, tree.east), (clerk, tree.quarry), (administrator, tree.east)):
        with pytest.raises(Missing):
            queries.readable(MEMBERS, actor, unit)


def test_every_measure_says_what_it_counts() -> None:
    assert ratios()
    for measure in measures().values():
        assert str(measure.definition).endswith("。")
        assert Period.of(MONTH, TODAY).last == TODAY


shapes = st.lists(st.integers(0, 5), min_size=1, max_size=8)
lives = st.tuples(
    st.integers(0, 8),  # which union
    st.integers(-700, 20),  # joined, in days from the first of the month
    st.none() | st.integers(0, 700),  # left, in days from joining
    st.sampled_from(["male", "female"]),
    st.integers(16, 70),
    st.none() | st.integers(0, 3),  # which employer
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    shapes,
    st.lists(lives, max_size=25),
    st.lists(st.tuples(st.integers(0, 8), st.booleans(), st.booleans()), max_size=6),
)
def test_every_number_is_the_number_of_its_rows(
    db: None, shape: list[int], people: list[Any], places: list[Any]
) -> None:
    """Any tree, any lives: each unit, each month, each part; and the parts of a dimension add up."""
    with transaction.atomic():
        units = [a_tree().city]
        for above in shape:
            units.append(a_union(parent=units[above % len(units)]))
        employers = [
            an_employer(
                units[unit % len(units)],
                union=units[0] if has_union else None,
                is_operating=operates,
                staff_count=unit + 1,
            )
            for unit, has_union, operates in places
        ]
        for unit, joined, left, sex, age, work in people:
            joined_on = MONTH + timedelta(days=joined)
            a_member(
                units[unit % len(units)],
                joined_on,
                None if left is None else joined_on + timedelta(days=left),
                sex=sex,
                born_on=TODAY - timedelta(days=age * 365),
                employer=employers[work % len(employers)] if employers and work is not None else None,
            )
        count(months=3)
        for month in queries.months_back(3):
            check_all(units, month)
        transaction.set_rollback(True)


def check_all(units: list[UnionBody], month: date) -> None:
    edition = queries.edition_of(month)
    assert edition
    counted = [measure for measure in measures().values() if measure.name in edition.measures]
    for unit in units:
        series = queries.series(unit, counted, {month: edition})
        for measure in counted:
            found = series[measure.name][month]
            assert found.value == measure.counted(queries.rows_behind(measure, unit, edition)), measure.name
            for dimension in measure.dimensions:
                parts = found.parts.get(dimension.name, {})
                assert sum(parts.values()) == found.value
                for code, number in parts.items():
                    rows = queries.rows_behind(measure, unit, edition, Part(dimension, code))
                    assert number == measure.counted(rows), (measure.name, code)


def test_it_is_counted_every_night() -> None:
    assert refresh.every
    noon = datetime(2026, 11, 21, 12, tzinfo=CHINA)
    assert refresh.every.slot(noon).astimezone(CHINA).hour == 2
