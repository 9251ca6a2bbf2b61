"""Types, units, digits and ranges: refused before anything runs, never rounded or wrapped silently."""

from pathlib import Path

import pytest

from niangjia.policy import units
from niangjia.policy.errors import PolicyError
from tests.policy.files import compiled, money, step, write

MONTHS = '[input."月数"]\ntype = "int"\nunit = "月"\nmin = 1\nmax = 600\n'
PRICE = '[input."标准"]\ntype = "money"\nunit = "元/月"\nmin = 0\nmax = 100000\n'


ROWS = """[relation."成员"]
max_count = {most}
[relation."成员".fields]
"收入" = {{ type = "money", min = 0, max = {high} }}
"""


def sentence(path: Path) -> str:
    with pytest.raises(PolicyError) as caught:
        compiled(path)
    return caught.value.zh


@pytest.mark.parametrize(
    ("expr", "words"),
    [
        ("自付 + 月数", "元 与 月"),
        ("min(自付, 月数)", "元 与 月"),
        ("自付 if 自付 > 月数 else 0", "元 与 月"),
        ("标准", "结果的单位是元/月"),
        ("自付 * 自付", "小数"),
        ("自付 * 0.15", "请写 round(…, 2)"),
        ("自付 / 2", "除法只能直接写在 round"),
        ("round(自付 / 月份, 2)", "除数可能为 0"),
        ("round(自付, 9)", "0 到 6"),
        ("自付 == '甲'", "这里需要数"),
        ("自付 if 月数 else 0", "这里需要是非"),
        ("自付 < 1 < true", "这里需要数"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, expr: str, words: str) -> None:
    zero = '[input."月份"]\ntype = "int"\nmin = 0\nmax = 12\n'
    assert words in sentence(write(tmp_path, money() + MONTHS + PRICE + zero + step(expr)))


@pytest.mark.parametrize(
    "expr",
    [
        "标准 * 月数",
        "标准 * unit(12, '月')",
        "round(自付 * 0.15, 2)",
        "round(自付 / 月数 * 月数, 2)",
        "自付 + 100",
        "max(自付 - 100, 0)",
        "round(自付 / max(月数, 1), 2) * unit(3, '月')",
    ],
)
def test_what_fits_is_accepted(tmp_path: Path, expr: str) -> None:
    compiled(write(tmp_path, money() + MONTHS + PRICE + step(expr)))


def test_a_number_that_could_pass_64_bits_is_refused_at_load(tmp_path: Path) -> None:
    body = '[input."大"]\ntype = "int"\nmin = 0\nmax = 3000000000\n'
    assert "64 位" in sentence(write(tmp_path, body + step("大 * 大 * 2", type_='"int"')))
    compiled(write(tmp_path, body + step("大 * 大", type_='"int"')))


def test_a_sum_is_followed_up_to_the_most_rows(tmp_path: Path) -> None:
    rows = ROWS.format(most=1000000, high=1000000000000)
    assert "64 位" in sentence(write(tmp_path, rows + step("sum(成员.收入)")))


def test_inputs_need_bounds_and_the_right_way_round(tmp_path: Path) -> None:
    assert "“min”和“max”" in sentence(
        write(tmp_path, '[input."自付"]\ntype = "money"\nmin = 0\n' + step("自付"))
    )
    assert "大于" in sentence(
        write(tmp_path, '[input."自付"]\ntype = "money"\nmin = 9\nmax = 1\n' + step("自付"))
    )
    assert "默认值" in sentence(write(tmp_path, money(more="default = 2000000") + step("自付")))


def test_choices_must_agree(tmp_path: Path) -> None:
    two = '[input."甲"]\ntype = ["一", "二"]\n[input."乙"]\ntype = ["一", "三"]\n'
    assert "选项不同" in sentence(write(tmp_path, two + step("1.00 if 甲 == 乙 else 0.00")))
    assert "没有选项“四”" in sentence(write(tmp_path, two + step("1.00 if 甲 == '四' else 0.00")))
    assert "== 或 !=" in sentence(write(tmp_path, two + step("1.00 if 甲 < '二' else 0.00")))


def test_rows_stay_inside_their_list(tmp_path: Path) -> None:
    rows = ROWS.format(most=9, high=10)
    assert "每行不同" in sentence(write(tmp_path, rows + step("成员.收入")))
    assert "没有字段" in sentence(write(tmp_path, rows + step("sum(成员.支出)")))
    assert "逐行" not in sentence(write(tmp_path, rows + step("sum(1)")))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("元/人/月", "元/人/月"),
        ("元·月/月", "元"),
        ("", "无单位"),
        ("m²", "m2"),
        ("1/月", None),
        ("元5", None),
    ],
)
def test_units_are_products_and_quotients_of_words(text: str, shown: str | None) -> None:
    if shown is None:
        with pytest.raises(PolicyError):
            units.parse(text)
    else:
        assert units.show(units.parse(text)) == shown
