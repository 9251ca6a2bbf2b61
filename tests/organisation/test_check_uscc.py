"""Unified social credit codes by GB 32100."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from niangjia.kernel.errors import Invalid
from niangjia.organisation.uscc import ALPHABET, check, check_place, is_union

bodies = some.tuples(
    some.text(ALPHABET, min_size=2, max_size=2),
    some.text("0123456789", min_size=6, max_size=6),
    some.text(ALPHABET, min_size=9, max_size=9),
).map("".join)


def test_the_published_example_holds() -> None:
    assert check("91350100M000100Y43") == "91350100M000100Y43"


@given(bodies)
def test_every_well_made_code_holds_even_when_it_begins_with_a_letter(body: str) -> None:
    assert check((body + check_place(body)).lower()) == body + check_place(body)


@given(bodies, some.integers(8, 17), some.sampled_from(ALPHABET))
def test_one_mistyped_place_is_always_noticed(body: str, place: int, typed: str) -> None:
    code = body + check_place(body)
    assume(code[place] != typed)
    with pytest.raises(Invalid):
        check(code[:place] + typed + code[place + 1 :])


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "请填写"),
        ("91350100M000100Y4", "现为 17 位"),
        ("91350100M000100O43", "不使用“O”"),
        ("9135O100M000100Y43", "不使用“O”"),
        ("9135A100M000100Y43", "第 3 至 8 位"),
        ("91350100M000100Y44", "校验位不对"),
    ],
)
def test_a_wrong_code_is_refused_in_words(code: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        check(code)


def test_spaces_and_wide_letters_do_not_matter() -> None:
    assert check(" ９１３５０１００ M000100Y43 ") == "91350100M000100Y43"


def test_codes_of_unions_are_told_apart() -> None:
    body = "81110000000000001"
    assert is_union(body + check_place(body))
    assert not is_union("91350100M000100Y43")
