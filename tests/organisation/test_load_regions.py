"""The shipped divisions of the country: complete, dated, and loaded the same however often."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from niangjia.organisation import regions
from niangjia.organisation.models import Region
from tests.cast import a_region

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """Once for all that look at it or change little: each test has a savepoint of its own inside."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield regions.load_regions()
        transaction.set_rollback(True)


@pytest.fixture
def country(loaded: int, db: None) -> int:
    return loaded


def one(code: str, on: date = TODAY) -> Region:
    return regions.regions_at(code, on).get()


def test_an_invented_city_stays_untouched_and_new_rows_follow(db: None) -> None:
    province = a_region()
    regions.load_regions()
    assert Region.objects.get(code="990000000000") == province
    assert province.parent == one(regions.NATION)
    Region.objects.create(code="990200000000", name="北江市", level="city", parent=province, is_invented=True)


def test_only_invented_regions_carry_an_invented_code(db: None) -> None:
    for code, invented in (("990000000000", False), ("110000000000", True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Region.objects.create(code=code, name="某省", level="province", is_invented=invented)


def test_the_country_reaches_from_the_nation_to_the_towns(country: int) -> None:
    current = regions.current_regions()
    counts = {
        level: current.filter(level=level).count() for level in ("nation", "province", "city", "county")
    }
    assert counts == {"nation": 1, "province": 34, "city": 333, "county": 2847}
    assert current.filter(level="town").count() == 38_749
    assert set(current.filter(parent=None).values_list("code", flat=True)) == {regions.NATION}
    town = one("130102001000")
    assert [town.name, town.parent.name, town.parent.parent.name] == ["建北街道", "长安区", "石家庄市"]


def test_a_county_directly_below_its_province_hangs_there(country: int) -> None:
    assert one("419001000000").parent == one("410000000000")
    assert one("441900000000").level == "city"


def test_an_old_code_is_found_on_its_days_and_leads_to_its_successor(country: int) -> None:
    old = one("320482000000", date(2010, 5, 1))
    assert (old.name, old.valid_to) == ("金坛市", date(2014, 12, 31))
    assert not regions.regions_at("320482000000", TODAY).exists()
    assert old.succeeded_by == one("320413000000")
    assert one("320413000000").valid_from == date(2015, 1, 1)


def test_a_code_handed_on_to_another_place_is_no_succession(country: int) -> None:
    assert one("512730000000", date(1981, 6, 1)).name == "南川县"
    assert one("512730000000", date(1981, 6, 1)).succeeded_by != one("512730000000", date(1982, 6, 1))


def test_no_code_bears_two_names_on_one_day(country: int) -> None:
    last: dict[str, date] = {}
    for code, first, end in Region.objects.order_by("code", "valid_from").values_list(
        "code", "valid_from", "valid_to"
    ):
        if first is None:
            continue
        assert code not in last or first > last[code], code
        last[code] = end or date.max
    assert len(last) > 1000


def test_loading_again_changes_nothing(country: int) -> None:
    assert country > 46_000
    assert regions.load_regions() == 0
    assert Region.objects.count() == country


def test_a_row_that_differs_is_put_right_and_keeps_its_identity(country: int) -> None:
    before = one("320413000000")
    Region.objects.filter(pk=before.pk).update(name="旧名")
    assert regions.load_regions() == 1
    assert one("320413000000") == before
    assert one("320413000000").name == "金坛区"


def test_the_chain_goes_from_the_town_to_the_nation(country: int) -> None:
    names = dict(Region.objects.values_list("pk", "name"))
    chain = regions.chain(one("130102001000").pk)
    assert [names[pk] for pk in chain] == ["建北街道", "长安区", "石家庄市", "河北省", "中华人民共和国"]
