"""Service points: hours with holidays, facilities, closing; grid cells and who answers for them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel import audit, calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.organisation import actions, hours
from niangjia.organisation.access import AUDITOR, ORGANISATION_CLERK
from niangjia.organisation.models import GridCell, ServicePoint, UnionBody
from niangjia.organisation.queries import points as queries
from tests.cast import Tree, who

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)  # a Monday
WEEKDAYS = dict.fromkeys(hours.WEEK[:5], "09:00-12:00 13:30-17:00")


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(ORGANISATION_CLERK, tree.east)


def words(unit: UnionBody, **given: Any) -> dict[str, Any]:
    return {
        "name": "柳塘户外劳动者驿站",
        "kind": "rest_station",
        "unit": unit.public_id,
        "region": unit.region.code,
        "address": "柳塘街道青禾路 12 号",
        "phone": "0990-1234567",
        "latitude": "30.123456",
        "longitude": "120.654321",
        "opened_on": "2025-05-01",
        **WEEKDAYS,
        "holiday": "10:00-16:00",
        "has_water": True,
        "has_toilet": True,
        **given,
    }


def a_point(unit: UnionBody, clerk: Actor, **given: Any) -> ServicePoint:
    return actions.open_point(actor=clerk, **words(unit, **given))


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=clock.CHINA)


# Hours


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9:00-17:00", "09:00-17:00"),
        ("09：00－12：00，13：30—17：00", "09:00-12:00 13:30-17:00"),
        ("8:30 至 12:00、14:00 ~ 18:00", "08:30-12:00 14:00-18:00"),
        ("24小时", "00:00-24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, read: str) -> None:
    assert hours.normalise(written) == read


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("上午", "看不懂"),
        ("9-17", "看不懂"),
        ("17:00-09:00", "开门要早于关门"),
        ("09:60-10:00", "时间不对"),
        ("09:00-25:00", "时间不对"),
        ("09:00-12:00 11:00-13:00", "重叠"),
        ("13:00-14:00 09:00-10:00", "次序颠倒"),
    ],
)
def test_hours_that_mean_nothing_are_refused_in_words(written: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        hours.normalise(written)


@given(st.text(alphabet="0123456789:：-－~至 ,、小时24", max_size=40))
def test_whatever_is_written_is_read_or_refused_and_reading_again_changes_nothing(text: str) -> None:
    try:
        once = hours.normalise(text)
    except Invalid:
        return
    assert hours.normalise(once) == once


@pytest.mark.parametrize(
    ("moment", "is_open", "changes"),
    [
        (at(2, 8, 59), False, at(2, 9)),
        (at(2, 9), True, at(2, 12)),
        (at(2, 12), False, at(2, 13, 30)),
        (at(2, 16, 59), True, at(2, 17)),
        (at(2, 17), False, at(3, 9)),
        (at(6, 18), False, at(9, 9)),
    ],
)
def test_open_and_closed_change_at_the_minute(moment: datetime, is_open: bool, changes: datetime) -> None:
    found = hours.opening_at(WEEKDAYS, [], moment)
    assert (found.is_open, found.changes_at) == (is_open, changes)


def test_open_day_and_night_never_closes_and_never_open_never_opens() -> None:
    always = dict.fromkeys(hours.DAYS, hours.ALL_DAY)
    assert hours.opening_at(always, [], at(2, 3)) == hours.Opening(True, None)
    assert hours.opening_at({}, [], at(2, 3)) == hours.Opening(False, None)
    to_midnight = {"monday": "18:00-24:00", "tuesday": "00:00-02:00"}
    assert hours.opening_at(to_midnight, [], at(2, 23)).changes_at == at(3, 2)


def test_holidays_and_days_worked_instead_have_their_own_hours() -> None:
    calendar.seed_calendar()
    week = {**WEEKDAYS, "holiday": "10:00-16:00"}
    # 1 October 2026 is a Thursday; Saturday 10 October is worked instead.
    assert hours.hours_on(week, [], date(2026, 10, 1)) == ("10:00-16:00", "节假日")
    worked = next(
        day for day in (date(2026, 9, 20), date(2026, 10, 10)) if calendar.unlike_its_week(day) == "workday"
    )
    assert hours.hours_on(week, [], worked) == (WEEKDAYS["monday"], "调休上班")


def test_the_newest_special_hours_hold() -> None:
    repairs = hours.Special(date(2026, 3, 1), None, "", "装修")
    short = hours.Special(date(2026, 3, 2), date(2026, 3, 2), "14:00-15:00", "停电")
    assert hours.hours_on(WEEKDAYS, [repairs, short], DAY) == ("14:00-15:00", "停电")
    found = hours.opening_at(WEEKDAYS, [repairs, short], at(2, 15))
    assert (found.is_open, found.changes_at) == (False, None)


# Points


def test_a_point_is_opened_with_what_is_there(tree: Tree, clerk: Actor) -> None:
    point = a_point(tree.willow, clerk)
    assert point.hours["monday"] == WEEKDAYS["monday"] and point.hours["sunday"] == ""
    assert sorted(one.kind for one in point.facilities.all()) == ["toilet", "water"]
    assert [entry.action for entry in audit.history(point)] == ["open_point"]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"longitude": ""}, "longitude", "一起填"),
        ({"latitude": "91"}, "latitude", "54"),
        ({"monday": "早上"}, "monday", "看不懂"),
        ({"phone": "找老张"}, "phone", "只用数字"),
        ({"opened_on": "2026-03-03"}, "opened_on", "不能晚于今天"),
    ],
)
def test_what_would_mislead_the_public_is_refused(
    tree: Tree, clerk: Actor, given: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        a_point(tree.willow, clerk, **given)
    assert list(refusal.value.problems) == [field]
    assert sentence in refusal.value.problems[field][0]


def test_a_name_is_taken_once_in_a_union(tree: Tree, clerk: Actor) -> None:
    a_point(tree.willow, clerk)
    with pytest.raises(Invalid, match="同名"):
        a_point(tree.willow, clerk)
    a_point(tree.maple, clerk)


def test_a_change_is_told_by_its_columns(tree: Tree, clerk: Actor) -> None:
    point = a_point(tree.willow, clerk)
    given = words(tree.willow, saturday="09:00-12:00", has_toilet=False, has_wifi=True)
    actions.change_point(point, actor=clerk, **given)
    assert sorted(one.kind for one in point.facilities.all()) == ["water", "wifi"]
    told = list(audit.history(point))[-1]
    assert (told.action, sorted(told.changes)) == ("change", ["facilities", "hours"])
    actions.change_point(point, actor=clerk, **given)
    assert len(audit.history(point)) == 2


def test_a_closed_point_leaves_the_public_list_and_comes_back(tree: Tree, clerk: Actor) -> None:
    point = a_point(tree.willow, clerk)
    assert list(queries.open_points()) == [point]
    actions.close_point(point, actor=clerk, closed_on="2026-03-01", remark="房屋到期")
    assert not queries.open_points().exists()
    with pytest.raises(Missing):
        queries.open_point(point.public_id)
    with pytest.raises(WrongState, match="请先恢复"):
        actions.change_point(point, actor=clerk, **words(tree.willow))
    other = a_point(tree.willow, clerk)
    with pytest.raises(WrongState, match="同名"):
        actions.reopen_point(point, actor=clerk, remark="续租")
    actions.close_point(other, actor=clerk, closed_on="2026-03-02", remark="重复登记")
    actions.reopen_point(point, actor=clerk, remark="续租")
    assert [entry.action for entry in audit.history(point)] == ["open_point", "close_point", "reopen_point"]


def test_special_hours_show_at_once_and_can_be_dropped(tree: Tree, clerk: Actor) -> None:
    point = a_point(tree.willow, clerk)
    special = actions.keep_special_hours(
        point, actor=clerk, from_on="2026-03-02", until_on="2026-03-08", hours="", reason="装修"
    )
    shown = queries.today_at(queries.open_point(point.public_id), at(2, 10))
    assert (shown.said, shown.reason, shown.opening.is_open) == ("", "装修", False)
    assert shown.opening.changes_at == at(9, 9)
    actions.drop_special_hours(special, actor=clerk)
    assert queries.today_at(queries.open_point(point.public_id), at(2, 10)).opening.is_open
    with pytest.raises(WrongState, match="已经取消"):
        actions.drop_special_hours(special, actor=clerk)


def test_points_are_found_by_place_kind_and_what_is_there(tree: Tree, clerk: Actor) -> None:
    rest = a_point(tree.willow, clerk)
    west = who(ORGANISATION_CLERK, tree.west)
    centre = a_point(tree.spring, west, kind="service_centre", has_water=False, has_wifi=True)
    assert list(queries.open_points(tree.east.region.code)) == [rest]
    assert list(queries.open_points(tree.city.region.code)) == [rest, centre]
    assert list(queries.open_points(kind="service_centre")) == [centre]
    assert list(queries.open_points(facility="water")) == [rest]
    assert [one.name for one in queries.districts_with_points()] == ["东桥区", "西岭区"]
    assert [one.name for one in queries.streets_with_points(tree.east.region.code)] == ["柳塘街道"]


def test_points_are_kept_by_who_keeps_the_registers_there(tree: Tree, clerk: Actor) -> None:
    with pytest.raises(NotAllowed):
        a_point(tree.willow, who(AUDITOR, tree.east))
    point = a_point(tree.spring, who(ORGANISATION_CLERK, tree.west))
    with pytest.raises(Missing):
        queries.point_visible_to(clerk, point.public_id)
    with pytest.raises(Invalid, match="看不到它"):
        a_point(tree.spring, clerk)


def test_only_a_grid_station_hangs_below_a_main_one(tree: Tree, clerk: Actor) -> None:
    main = a_point(tree.willow, clerk, name="柳塘总站", kind="grid_main_station")
    station = a_point(tree.willow, clerk, name="一号站", kind="grid_station", parent=main.public_id)
    assert station.parent == main
    with pytest.raises(Invalid, match="只有网格工作站"):
        a_point(tree.willow, clerk, name="二号站", parent=main.public_id)


# Grid


def a_cell(unit: UnionBody, clerk: Actor, **given: Any) -> GridCell:
    words = {
        "number": "wg-001", "name": "青禾网格", "unit": unit.public_id, "region": unit.region.code,
        "from_on": "2025-06-01",
    }  # fmt: skip
    return actions.draw_cell(actor=clerk, **words | given)


def test_a_cell_has_one_head_and_its_workers_leave_with_it(tree: Tree, clerk: Actor) -> None:
    cell = a_cell(tree.willow, clerk)
    assert cell.number == "WG-001"
    with pytest.raises(Invalid, match="已被使用"):
        a_cell(tree.maple, clerk)
    head = {"name": "程远舟", "role": "head", "from_on": "2025-06-01"}
    first = actions.seat_grid_worker(cell, actor=clerk, **head)
    with pytest.raises(Invalid, match="网格长现为“程远舟”"):
        actions.seat_grid_worker(cell, actor=clerk, **head)
    actions.end_grid_worker(first, actor=clerk, until_on="2026-01-31", end_reason="transferred")
    second = actions.seat_grid_worker(cell, actor=clerk, **head | {"name": "柳青萍", "from_on": "2026-02-01"})
    actions.end_cell(cell, actor=clerk, ended_on="2026-03-01", remark="并入他格")
    second.refresh_from_db()
    assert second.until_on == date(2026, 3, 1)
    with pytest.raises(WrongState, match="撤销"):
        actions.seat_grid_worker(cell, actor=clerk, **head)


def test_a_cell_works_from_a_grid_station_only(tree: Tree, clerk: Actor) -> None:
    rest = a_point(tree.willow, clerk)
    station = a_point(tree.willow, clerk, name="一号站", kind="grid_station")
    with pytest.raises(Invalid, match="服务阵地"):
        a_cell(tree.willow, clerk, station=rest.public_id)
    assert a_cell(tree.willow, clerk, station=station.public_id).station == station
