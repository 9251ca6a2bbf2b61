"""Identity numbers: what holds, what is wrong with what does not, and what an old number becomes."""

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.membership.identity import IdentityKind, check_digit, normalise, parse

births = some.dates(date(1900, 1, 1), date(2025, 12, 31))


def number(region: str = "110101", born: str = "19900307", sequence: str = "123") -> str:
    body = region + born + sequence
    return body + check_digit(body)


def test_the_worked_example_of_the_standard_holds() -> None:
    assert check_digit("11010519491231002") == "X"
    found = parse("11010519491231002x")
    assert (found.number, found.kind) == ("11010519491231002X", IdentityKind.RESIDENT)
    assert (found.born_on, found.sex, found.region_code) == (date(1949, 12, 31), "female", "110105")
    assert found.warnings == ()


@given(some.sampled_from(["110101", "330106", "650102"]), births, some.integers(0, 999))
def test_every_well_made_number_is_taken_apart_again(region: str, born: date, sequence: int) -> None:
    found = parse(number(region, f"{born:%Y%m%d}", f"{sequence:03}"))
    assert found.born_on == born
    assert found.sex == ("male" if sequence % 2 else "female")


@given(births, some.integers(0, 17), some.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(born: date, place: int, shift: int) -> None:
    good = number(born=f"{born:%Y%m%d}")
    assume(good[place] != "X")
    wrong = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    with pytest.raises(Invalid):
        parse(wrong)


@given(births, some.integers(0, 16))
def test_two_exchanged_neighbours_are_always_noticed(born: date, place: int) -> None:
    good = number(born=f"{born:%Y%m%d}")
    assume(good[place] != good[place + 1])
    wrong = good[:place] + good[place + 1] + good[place] + good[place + 2 :]
    with pytest.raises(Invalid):
        parse(wrong)


def test_old_numbers_become_new_ones() -> None:
    found = parse("110105491231002")
    assert found.number == "11010519491231002X" == normalise("110105491231002")


@pytest.mark.parametrize(
    "written", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_one_person_is_found_however_the_number_is_written(written: str) -> None:
    assert normalise(written) == "11010519491231002X" == parse(written).number


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residents_from_hong_kong_macao_and_taiwan_hold_a_permit(region: str) -> None:
    found = parse(number(region))
    assert (found.kind, found.warnings) == (IdentityKind.HMT_PERMIT, ())


def test_permanent_residents_from_abroad_have_a_number_that_begins_with_nine() -> None:
    assert parse(number("911840")).kind == IdentityKind.FOREIGN_PERMIT


def test_an_unknown_province_is_a_warning_and_no_refusal() -> None:
    found = parse(number("990101".replace("99", "16")))
    assert "省份代码" in str(found.warnings[0])


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "请填写证件号码"),
        ("1101011990030712", "现为 16 位"),
        ("11010119900307123A", "最后一位可以是 X"),
        ("1101O1199003071234", "混入了其他字符"),
        (number(born="19901345"), "出生日期不存在"),
        (number(born="20990101"), "晚于今天"),
        (number(born="18991231"), "早于 1900 年"),
        ("110101199003071239", "校验位不对，请核对最后一位"),
    ],
)
def test_a_wrong_number_is_refused_with_the_place_to_look_at(written: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        parse(written)


@pytest.mark.parametrize(
    "cell",
    [1.101011990030712e17, 110101199003071000, "1.10101E+17", "1.10101199003071e+17", "110101199003071000.0"],
)
def test_a_number_cell_of_a_spreadsheet_is_recognised(cell: Any) -> None:
    with pytest.raises(Invalid, match="证件号码列须为文本格式"):
        parse(cell)


def test_digits_lost_by_a_spreadsheet_are_recognised_by_their_zeros() -> None:
    with pytest.raises(Invalid, match="证件号码列须为文本格式"):
        parse("110101199003071000")


def test_today_is_the_clock_of_the_project() -> None:
    newborn = number(born="20300615")
    with clock.at(date(2030, 6, 15)):
        assert parse(newborn).born_on == date(2030, 6, 15)
    with clock.at(date(2030, 6, 14)), pytest.raises(Invalid, match="晚于今天"):
        parse(newborn)


def test_no_repr_shows_the_number() -> None:
    assert "11010519491231002X" not in repr(parse("11010519491231002X"))


def test_a_number_of_the_invented_province_is_a_residents_and_warns() -> None:
    found = parse(number("990102"))
    assert found.kind == IdentityKind.RESIDENT
    assert found.warnings
