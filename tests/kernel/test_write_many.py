"""Many rows that were read are written as each by itself would be."""

from datetime import datetime
from decimal import Decimal

import pytest

from niangjia.kernel import bulk, clock
from niangjia.kernel.fields import found_by
from tests.kernel.specimen import Purse, Specimen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("specimen_tables")]


def test_only_the_named_columns_are_written() -> None:
    purses = [Purse.objects.create(amount=Decimal(number), spent=1) for number in range(3)]
    for purse in purses:
        purse.amount, purse.spent = purse.amount * 2 + Decimal("0.05"), Decimal(9)
    bulk.update(purses[:2], ["amount"])
    bulk.update_each([(purses[0], ["amount", "spent"]), (purses[1], ["spent"])])
    found = list(Purse.objects.order_by("pk").values_list("amount", "spent"))
    assert found == [(Decimal("0.05"), 9), (Decimal("2.05"), 9), (Decimal(2), 1)]


def test_sealed_text_is_sealed_anew_and_found() -> None:
    rows = [Specimen.objects.create(name="苏晓禾", id_number=f"99010{number}") for number in range(3)]
    for number, row in enumerate(rows):
        row.id_number = f"98010{number}"
    bulk.update(rows, ["id_number"])
    again = Specimen.objects.get(found_by(Specimen, "id_number", "980101"))
    assert (again.pk, str(again.id_number)) == (rows[1].pk, "980101")
    assert not Specimen.objects.filter(found_by(Specimen, "id_number", "990101")).exists()


def test_new_ids_are_all_different_and_begin_with_the_moment() -> None:
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=clock.CHINA)):
        ids = list(bulk.public_ids(1000))
    assert len(set(ids)) == 1000 and {one.version for one in ids} == {7}
    assert {one.int >> 80 for one in ids} == {1_772_413_200_000}


def test_new_rows_are_given_such_ids() -> None:
    rows = bulk.with_public_ids([Specimen(name="苏晓禾", id_number=f"99010{number}") for number in range(2)])
    Specimen.objects.bulk_create(rows)
    assert {row.public_id.version for row in Specimen.objects.all()} == {7}
    assert sorted(str(row.id_number) for row in Specimen.objects.all()) == ["990100", "990101"]
