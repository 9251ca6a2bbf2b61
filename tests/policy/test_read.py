"""Reading a policy file: what is refused, with which sentence, and where it points."""

from pathlib import Path

import pytest

from niangjia.policy.errors import PolicyError
from niangjia.policy.library import regions_above
from niangjia.policy.reading import read
from niangjia.policy.text import name_of, parse
from tests.policy.files import compiled, decide, flag, money, step, write


def refused(path: Path) -> PolicyError:
    with pytest.raises(PolicyError) as caught:
        compiled(path)
    return caught.value


def test_numbers_are_exact_and_names_normalised(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[param."Ⅱ级"]\ntype = "rate"\nvalue = 0.15\nsource = "一"\n'
        + step("round(unit(100, '元') * II级, 2)"),
    )
    policy = read(path)
    assert str(policy.parameters["II级"].values[0].value) == "0.15"
    outputs = decide(path, {}).outputs
    assert outputs is not None and str(outputs["补助"]) == "15.00"


def test_an_unknown_key_is_refused_with_the_nearest_word(tmp_path: Path) -> None:
    error = refused(write(tmp_path, money(more='lable = "自付"') + step("自付")))
    assert error.zh == "不认识的键“lable”，是否想写“label”？"
    assert error.place.item == "输入“自付”"
    assert error.place.file == "aid.toml"
    assert error.place.line == 11


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('[input."金额"]\ntype = "cash"\n', "“type”应是"),
        ('[input."金额"]\ntype = "number"\n', "digits"),
        ('[input."1号"]\ntype = "bool"\n', "不能以数字开头"),
        ('[input."min"]\ntype = "bool"\n', "保留字"),
        ('[input."当日"]\ntype = "bool"\n', "保留字"),
        ('[tier."档"]\nkind = "other"\nrows = [{ rate = 0.1 }]\n', "“kind”只能是"),
        ('[tier."档"]\nkind = "whole"\nrows = [{ lt = 5, le = 6, rate = 0.1 }]\n', "只能写一个"),
        ('[tier."档"]\nkind = "whole"\nrows = [{ lt = 5 }]\n', "“rate”或“amount”之一"),
        ('[relation."成员"]\nkey = "户号"\n', "max_count"),
        ('[[gate]]\nname = "甲"\nexclude = "true"\n', "缺少“reason”"),
        ('[[gate]]\nname = "甲"\n', "“exclude”或“require”之一"),
        ('[[step]]\nname = "乙"\ntype = "money"\n', "“expr”或“cases”之一"),
        ('[[example]]\nname = "例"\n', "缺少“expect”"),
        ('[param."甲"]\ntype = "int"\nvalue = inf\n', "不是有限的数"),
        ('[param."甲"]\ntype = "date"\nvalue = 2024-01-01T10:00:00\n', "不写时刻"),
    ],
)
def test_a_wrong_item_is_refused_in_words(tmp_path: Path, body: str, sentence: str) -> None:
    error = refused(write(tmp_path, body + step("1.00")))
    assert sentence in error.zh
    assert error.en


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    assert "写了两次" in refused(write(tmp_path, step("1.00") + step("2.00"))).zh


def test_a_file_that_is_not_toml_or_not_utf8_names_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "[[step]\n")
    assert refused(path).text("zh").startswith("aid.toml: 文件格式有误")
    path.write_bytes(path.read_text(encoding="utf-8").replace("[[step]\n", "").encode("gb18030"))
    assert "UTF-8" in refused(path).zh


@pytest.mark.parametrize(
    ("expr", "column", "sentence"),
    [
        ("自付 + 没有", 6, "没有名为“没有”"),
        ("自付 +", 5, "写法有误"),
        ("（自付 ＋ 自附） × 2", 7, "是否想写“自付”"),
        ("自付.__class__", 1, "没有名为"),
        ("[自付]", 1, "不能写"),
        ("(lambda: 1)()", 1, "不能写"),
        ("自付 if 自付", 1, "写法有误"),
        ("eval('1')", 1, "没有函数“eval”"),
        ("min(自付)", 1, "参数个数不对"),
        ("自付 ** 2", 1, "不能写"),
        ("1e5", 1, "普通小数"),
        ("自付 + 0x10", 6, "普通小数"),
        ("f'{自付}'", 1, "不能写"),
        ("tier(没有档, 自付)", 1, "没有名为“没有档”"),
    ],
)
def test_a_wrong_formula_points_at_its_column(tmp_path: Path, expr: str, column: int, sentence: str) -> None:
    error = refused(write(tmp_path, money() + step(expr)))
    assert sentence in error.zh
    assert error.place.item == "步骤“补助”"
    assert error.place.column == column


def test_columns_count_the_authors_characters() -> None:
    source = parse("人均 ≤ “低保” ")
    assert source.text == "人均 <= '低保'"
    assert source.column(source.tree.comparators[0]) == 6  # type: ignore[attr-defined]


def test_a_formula_too_long_or_too_deep_is_refused(tmp_path: Path) -> None:
    assert "2000 个字符" in refused(write(tmp_path, step("1.00 + " * 400 + "1.00"))).zh
    assert "30 层" in refused(write(tmp_path, step("-" * 40 + "1.00"))).zh
    with pytest.raises(PolicyError):
        parse("(" * 500 + ")" * 500)


def test_names_are_chinese_letters_digits_and_underscores() -> None:
    assert name_of("户类别_２") == "户类别_2"
    with pytest.raises(PolicyError):
        name_of("人均（元）")


def test_quotes_of_any_width_make_labels(tmp_path: Path) -> None:
    body = '[input."类别"]\ntype = ["甲", "乙"]\n' + step("1.00 if 类别 == “甲” else 2.00").replace(
        "“", "‘"
    ).replace("”", "’")
    assert decide(write(tmp_path, body), {"类别": "乙"}).outputs == {"补助": 2}


def test_regions_lie_in_one_another() -> None:
    assert regions_above("350602") == ("350602", "350600", "350000", "000000")
    assert regions_above("350602001") == ("350602001", "350602", "350600", "350000", "000000")


def test_steps_in_a_circle_are_named(tmp_path: Path) -> None:
    error = refused(write(tmp_path, step("甲", "补助") + step("补助", "甲")))
    assert "补助 → 甲 → 补助" in error.zh


def test_a_bool_and_a_number_do_not_mix(tmp_path: Path) -> None:
    assert "这里需要数" in refused(write(tmp_path, flag("农民工") + step("农民工 + 1"))).zh
