"""Working days and periods: the published holidays, the Civil Code, the years nobody has entered yet."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pytest_django import DjangoAssertNumQueries

from niangjia.kernel import audit, calendar
from niangjia.kernel.access import CLOCK
from niangjia.kernel.calendar import CalendarDay, CalendarYear, counting, read_days, set_year
from niangjia.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
days = some.dates(date(2004, 1, 1), date(2028, 12, 31))
law = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
YEAR_2027 = """
2027-01-01至2027-01-03 休 元旦
2月5日至2月12日 休 春节
2月14日 班 春节调休
2027/4/5 休 清明节
5月1日~5月5日 休 劳动节
6月9日 休 端午节
9月15日 休 中秋节
10月1日至10月7日 休 国庆节
"""


@pytest.fixture(autouse=True)
def published(db: None) -> Iterator[None]:
    calendar.forget()
    calendar.seed_calendar()
    yield
    calendar.forget()


def test_every_published_year_is_entered_once_and_agrees_with_its_source() -> None:
    import chinese_calendar

    assert calendar.seed_calendar() == 0
    assert list(CalendarYear.objects.values_list("year", flat=True)) == list(range(2004, 2027))
    day = date(2004, 1, 1)
    while day.year < 2027:
        assert calendar.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_seeding_never_touches_a_year_that_was_amended() -> None:
    set_year(2026, read_days(2026, "2026-01-01 休 元旦"), source="更正", actor=CLOCK)
    assert calendar.seed_calendar() == 0
    assert CalendarDay.objects.filter(date__year=2026).count() == 1


def test_a_deadline_steps_over_the_holiday_and_uses_the_worked_weekend() -> None:
    assert calendar.add_working_days(date(2025, 9, 26), 5) == date(2025, 10, 10)
    assert calendar.is_working_day(date(2025, 9, 28))
    assert not calendar.is_working_day(date(2025, 10, 8))
    assert calendar.working_days_between(date(2025, 9, 26), date(2025, 10, 10)) == 5


def test_no_working_days_after_the_start_is_the_start() -> None:
    assert calendar.add_working_days(date(2025, 10, 1), 0) == date(2025, 10, 1)
    with pytest.raises(ValueError, match="forward"):
        calendar.add_working_days(date(2025, 10, 1), -1)


@law
@given(start=days, amount=some.integers(1, 60))
def test_counting_forward_and_back_agree(start: date, amount: int) -> None:
    end = calendar.add_working_days(start, amount)
    assert calendar.is_working_day(end)
    assert calendar.working_days_between(start, end) == amount
    assert calendar.working_days_between(end, start) == -amount
    assert calendar.working_days_between(start, end - timedelta(days=1)) == amount - 1


@law
@given(start=days, first=some.integers(0, 30), second=some.integers(0, 30))
def test_deadlines_add_up(start: date, first: int, second: int) -> None:
    in_two_steps = calendar.add_working_days(calendar.add_working_days(start, first), second)
    assert in_two_steps == calendar.add_working_days(start, first + second)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(start: date, months: int, end: date) -> None:
    assert calendar.add_months(start, months) == end


@law
@given(start=days, months=some.integers(0, 60))
def test_a_month_lasts_never_less_than_28_nor_more_than_31_days(start: date, months: int) -> None:
    first, second = calendar.add_months(start, months), calendar.add_months(start, months + 1)
    assert 28 <= (second - first).days <= 31
    assert second.day == start.day or (second.day < start.day and (second + timedelta(days=1)).day == 1)


def test_a_period_does_not_count_its_first_day_and_never_ends_on_a_day_of_rest() -> None:
    assert calendar.period_end(date(2025, 11, 3), days=15) == date(2025, 11, 18)
    assert calendar.period_end(date(2025, 9, 16), days=15) == date(2025, 10, 9)
    assert calendar.period_end(date(2025, 9, 1), months=1) == date(2025, 10, 9)
    assert calendar.period_end(date(2024, 2, 29), years=1) == date(2025, 2, 28)


@law
@given(start=days, length=some.integers(1, 400))
def test_a_period_ends_on_the_first_working_day_from_its_last_day(start: date, length: int) -> None:
    last, end = start + timedelta(days=length), calendar.period_end(start, days=length)
    assert calendar.is_working_day(end)
    assert end >= last
    rest = (last + timedelta(days=number) for number in range((end - last).days))
    assert not any(calendar.is_working_day(day) for day in rest)


def test_a_missing_year_counts_weekends_and_says_so() -> None:
    assert calendar.is_working_day(date(2027, 10, 1))
    assert not calendar.is_working_day(date(2027, 10, 2))
    assert calendar.missing_years(date(2025, 6, 1), date(2028, 1, 1)) == [2027, 2028]
    warning = calendar.warning_for(date(2026, 12, 30), date(2027, 1, 6))
    assert warning is not None
    assert "2027 年的节假日安排尚未录入" in warning
    assert calendar.warning_for(date(2026, 12, 30)) is None
    assert calendar.warning_for() is None


def test_an_entered_year_counts_at_once_and_is_audited() -> None:
    year = set_year(2027, read_days(2027, YEAR_2027), source="国办发明电〔2026〕1号", actor=CLOCK)
    assert year.is_complete
    assert not calendar.is_working_day(date(2027, 10, 1))
    assert calendar.is_working_day(date(2027, 2, 14))
    assert calendar.warning_for(date(2027, 5, 1)) is None
    assert [entry.action for entry in audit.history(year)] == ["set_year"]


def test_an_amended_year_replaces_the_old_one_whole() -> None:
    set_year(2027, read_days(2027, YEAR_2027), source="初稿", actor=CLOCK)
    year = set_year(2027, read_days(2027, "2027-01-01 休 元旦"), source="更正", actor=CLOCK)
    assert calendar.is_working_day(date(2027, 10, 1))
    assert not year.is_complete
    assert year.revision == 2
    assert "不完整" in str(calendar.warning_for(date(2027, 10, 1)))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("元旦放假", "第 1 行看不懂"),
        ("\n2027-02-30 休 春节", "第 2 行的日期不存在"),
        ("2月5日至1月5日 休 春节", "颠倒或相隔过长"),
        ("2026-12-31 休 元旦", "不在 2027 年"),
        ("1月1日 休 元旦\n1月1日 休 元旦", "写了两次"),
        ("2027-01-04 班 元旦调休", "本来就是工作日"),
        ("", "至少填写一个"),
    ],
)
def test_a_year_that_does_not_hold_is_refused_with_the_line(text: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        set_year(2027, read_days(2027, text), source="通知", actor=CLOCK)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_year_needs_its_source_and_must_be_plausible() -> None:
    rows = read_days(2027, "2027-01-01 休 元旦")
    with pytest.raises(Invalid, match="请填写依据"):
        set_year(2027, rows, source=" ", actor=CLOCK)
    with pytest.raises(Invalid, match="1950 至 2100"):
        set_year(20270, rows, source="通知", actor=CLOCK)


def test_a_page_of_deadlines_asks_the_database_once_at_most(
    django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert calendar.is_working_day(date(2025, 1, 2))
    monkeypatch.setattr(counting, "REMEMBERED_SECONDS", 60.0)
    with django_assert_max_num_queries(1):
        for number in range(50):
            calendar.working_days_between(date(2025, 1, 1), date(2025, 1, 1) + timedelta(days=number))
            calendar.warning_for(date(2025, 1, 1) + timedelta(days=number))


def test_a_change_by_another_process_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "REMEMBERED_SECONDS", 0.01)
    calendar.forget()
    assert calendar.is_working_day(date(2026, 3, 3))
    year = CalendarYear.objects.get(year=2026)
    CalendarDay.objects.create(year=year, date=date(2026, 3, 3), kind=CalendarDay.Kind.HOLIDAY, name="测试")
    CalendarYear.objects.filter(year=2026).update(revision=2)
    time.sleep(0.02)
    assert not calendar.is_working_day(date(2026, 3, 3))
