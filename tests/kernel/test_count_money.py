"""Money: exact in both databases, rounded in one place, split to the fen, written for bills."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection
from django.db.models import Avg, F, Max, Sum
from django.db.models.functions import Coalesce
from hypothesis import given
from hypothesis import strategies as some

from niangjia.kernel.errors import Invalid
from niangjia.kernel.money import MoneyFormField, exact, formatted, in_fen, in_words, parse, split, yuan
from tests.kernel.specimen import Purse

amounts = some.decimals(Decimal("-99999999999.99"), Decimal("99999999999.99"), places=2)
positive = some.decimals(Decimal("0"), Decimal("9999999999999.99"), places=2)


def in_database(test: Any) -> Any:
    return pytest.mark.django_db(pytest.mark.usefixtures("specimen_tables")(test))


@in_database
def test_a_sum_is_exact_where_floats_are_not() -> None:
    Purse.objects.bulk_create([Purse(amount=Decimal("0.10")) for _number in range(3)])
    total = Purse.objects.aggregate(total=Sum("amount"))["total"]
    assert total == Decimal("0.30")
    assert isinstance(total, Decimal)
    assert 0.1 + 0.1 + 0.1 != 0.3


@in_database
def test_large_sums_keep_every_fen() -> None:
    Purse.objects.bulk_create([Purse(amount=Decimal("90071992547409.93")), Purse(amount=Decimal("0.01"))])
    assert Purse.objects.aggregate(total=Sum("amount"))["total"] == Decimal("90071992547409.94")
    assert Purse.objects.aggregate(most=Max("amount"))["most"] == Decimal("90071992547409.93")


@in_database
def test_averages_are_money_and_an_empty_sum_can_be_zero() -> None:
    assert Purse.objects.aggregate(total=Coalesce(Sum("amount"), in_fen(0)))["total"] == Decimal("0.00")
    Purse.objects.bulk_create([Purse(amount=Decimal("1.00")), Purse(amount=Decimal("2.01"))])
    assert Purse.objects.aggregate(mean=Avg("amount"))["mean"] == Decimal("1.51")


@in_database
def test_the_column_holds_whole_fen_and_lookups_take_yuan() -> None:
    purse = Purse.objects.create(amount=Decimal("12.30"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM specimens_purse WHERE id = %s", [purse.pk])
        assert cursor.fetchone() == (1230,)
    assert Purse.objects.get(amount=Decimal("12.3")) == purse
    assert Purse.objects.get(amount__range=(Decimal("12.29"), 13)) == purse
    assert Purse.objects.get(amount__in=[Decimal("12.30")]).amount == Decimal("12.30")
    assert not Purse.objects.filter(amount__gt=Decimal("12.30")).exists()


@in_database
@pytest.mark.parametrize(
    ("wrong", "why"), [(0.1, "浮点数"), (True, "浮点数"), (Decimal("1.005"), "两位小数"), ("abc", "不是金额")]
)
def test_what_is_not_exact_money_is_refused_with_a_sentence(wrong: Any, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        Purse.objects.create(amount=wrong)
    with pytest.raises(Invalid, match=why):
        Purse.objects.filter(amount=wrong).exists()


@in_database
def test_expressions_add_money_to_money_and_nothing_else() -> None:
    Purse.objects.create(amount=Decimal("10.00"), spent=Decimal("2.50"))
    Purse.objects.update(amount=F("amount") + in_fen(Decimal("1.50")))
    assert Purse.objects.annotate(left=F("amount") - F("spent")).get().left == Decimal("9.00")
    assert Purse.objects.annotate(double=F("spent") * 2).get().double == Decimal("5.00")
    with pytest.raises(TypeError, match="not money"):
        Purse.objects.update(amount=F("amount") + Decimal(1))
    with pytest.raises(FieldError):
        list(Purse.objects.annotate(more=F("amount") + Decimal(1)))


@in_database
def test_bulk_updates_write_yuan() -> None:
    purse = Purse.objects.create(amount=1)
    purse.amount = Decimal("7.77")
    Purse.objects.bulk_update([purse], ["amount"])
    assert Purse.objects.get().amount == Decimal("7.77")


def test_migrations_see_whole_fen() -> None:
    _name, path, _args, options = Purse._meta.get_field("spent").deconstruct()
    assert (path, options["default"]) == ("django.db.models.BigIntegerField", 0)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1234.5", "1234.50"),
        ("¥1,234.50", "1234.50"),
        ("￥１，２３４．５０", "1234.50"),
        (" 1,234,567 元", "1234567.00"),
        ("-¥3", "-3.00"),
        ("¥-3", "-3.00"),
        ("1.500", "1.50"),
    ],
)
def test_money_is_read_as_people_write_it(written: str, amount: str) -> None:
    assert parse(written) == Decimal(amount)
    assert MoneyFormField().clean(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written", ["12,34", "1.234,50", "1e5", "--1", "-¥-1", "壹佰", "1 2.345", "NaN", "Infinity"]
)
def test_what_does_not_read_as_money_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        parse(written)
    with pytest.raises(ValidationError):
        MoneyFormField().clean(written)


def test_a_form_field_keeps_its_limits() -> None:
    with pytest.raises(ValidationError):
        MoneyFormField(min_value=Decimal("0.01")).clean("0")
    assert MoneyFormField(required=False).clean("") is None


def test_rounding_is_half_up_and_never_from_a_float() -> None:
    assert [yuan("0.005"), yuan("0.015"), yuan("-0.005")] == [
        Decimal("0.01"),
        Decimal("0.02"),
        Decimal("-0.01"),
    ]
    with pytest.raises(TypeError, match="never a float"):
        yuan(0.5)  # type: ignore[arg-type]


def test_amounts_beyond_any_fund_are_refused() -> None:
    with pytest.raises(Invalid, match="超出范围"):
        exact(Decimal("1e17"))
    with pytest.raises(Invalid, match="不是金额"):
        exact(Decimal("NaN"))


@given(amounts, some.lists(some.integers(0, 10**9), min_size=1, max_size=40).filter(any))
def test_shares_sum_to_the_total_and_miss_their_ideal_by_less_than_a_fen(
    total: Decimal, weights: list[int]
) -> None:
    shares = split(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < Decimal("0.01") * sum(weights)


@given(positive, some.lists(some.integers(0, 1000), min_size=2, max_size=20).filter(any))
def test_who_weighs_more_never_gets_less(total: Decimal, weights: list[int]) -> None:
    shares = split(total, weights)
    ranked = sorted(zip(weights, shares, strict=True))
    for (lighter, less), (heavier, more) in pairwise(ranked):
        assert lighter == heavier or less <= more


def test_the_odd_fen_goes_to_the_largest_remainder_and_then_to_the_first() -> None:
    assert split(Decimal("0.02"), [1, 1, 1]) == [Decimal("0.01"), Decimal("0.01"), Decimal("0.00")]
    assert split(Decimal("100"), [1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert split(Decimal("-0.01"), [1, 2]) == [Decimal("0.00"), Decimal("-0.01")]
    assert split(Decimal("1"), [Decimal("0.6"), Decimal("0.4")]) == [Decimal("0.60"), Decimal("0.40")]
    for weights in ([], [0, 0], [1, -1]):
        with pytest.raises(ValueError, match="weights"):
            split(Decimal("1"), weights)


def test_money_is_written_with_separators() -> None:
    assert formatted(Decimal("1234.5")) == "¥1,234.50"
    assert formatted(Decimal("-0.05")) == "-¥0.05"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10", "壹拾元整"),
        ("1000001", "壹佰万零壹元整"),
        ("100000000", "壹亿元整"),
        ("1000000000000", "壹万亿元整"),
        ("10000500.30", "壹仟万零伍佰元叁角"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("-12.00", "负壹拾贰元整"),
    ],
)
def test_bills_say_amounts_in_words(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


DIGITS = {word: number for number, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
SMALL = {"拾": 10, "佰": 100, "仟": 1000}


def value_of(words: str) -> Decimal:
    """An independent reader: walks the words from left to right, closing groups at 万 and 亿."""
    whole = group = pending = 0
    hundredths = 0
    for word in words.removesuffix("整"):
        if word in DIGITS:
            pending = DIGITS[word]
        elif word in SMALL:
            group, pending = group + pending * SMALL[word], 0
        elif word == "万":
            whole, group, pending = whole + (group + pending) * 10**4, 0, 0
        elif word == "亿":
            whole, group, pending = (whole + group + pending) * 10**8, 0, 0
        elif word == "元":
            whole, group, pending = whole + group + pending, 0, 0
        else:
            hundredths, pending = hundredths + pending * {"角": 10, "分": 1}[word], 0
    return Decimal(whole) + Decimal(hundredths) / 100


@given(positive)
def test_words_read_back_to_the_amount_and_never_say_zero_twice(amount: Decimal) -> None:
    words = in_words(amount)
    assert value_of(words) == amount
    assert "零零" not in words
    assert words.endswith(("整", "角", "分"))
