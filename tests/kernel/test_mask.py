"""Masks: what a list shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from niangjia.kernel.fields import mask_card, mask_id_number, mask_name, mask_phone


def test_numbers_show_their_ends() -> None:
    assert mask_id_number("110101199003071234") == "110101********1234"
    assert mask_phone("13800005678") == "138****5678"
    assert mask_card("6222020000001234567") == "**** 4567"


def test_blank_stays_blank() -> None:
    assert [mask("") for mask in (mask_id_number, mask_phone, mask_card, mask_name)] == [""] * 4


@given(some.text("0123456789", min_size=1, max_size=40))
def test_no_mask_shows_more_than_ten_digits_or_a_whole_number(number: str) -> None:
    for mask in (mask_id_number, mask_phone, mask_card):
        shown = [character for character in mask(number) if character.isdigit()]
        assert len(shown) < len(number)
        assert len(shown) <= max(10, len(number) // 2)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("赵甲", "赵*"),
        ("赵甲乙", "赵**"),
        ("欧阳甲", "欧阳*"),
        ("欧阳甲乙", "欧阳**"),
        ("欧阳", "欧*"),
        ("阿依·某某", "阿**"),
        ("Ann Other", "A**"),
        ("赵", "赵*"),
    ],
)
def test_a_notice_shows_the_surname_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked
