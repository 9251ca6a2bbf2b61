"""`check`: what it finds in a file before any case meets it."""

from pathlib import Path

import pytest

from niangjia.policy.checks import check, days_to_compile
from niangjia.policy.reading import read
from tests.policy.files import money, step, write
from tests.policy.test_decide import TIER

EXAMPLE = '[[example]]\nname = "一"\ngiven = { "自付" = 6000 }\nexpect = { "补助" = 500 }\n'


def found(path: Path, level: str = "error") -> list[str]:
    return [finding.zh for finding in check(path) if finding.level == level]


def test_a_sound_file_has_no_errors(tmp_path: Path) -> None:
    assert found(write(tmp_path, money() + TIER + step("tier(档, 自付)") + EXAMPLE)) == []


@pytest.mark.parametrize(
    ("dated", "sentence"),
    [
        ("{ from = 2024-02-01, value = 1 }", "2024-01-01 至 2024-01-31 没有规定"),
        (
            "{ from = 2024-01-01, until = 2024-06-30, value = 1 }, { from = 2024-08-01, value = 2 }",
            "2024-07-01 至 2024-07-31",
        ),
        ("{ from = 2024-01-01, until = 2024-06-30, value = 1 }, { from = 2024-06-30, value = 2 }", "重叠"),
        ("{ from = 2024-01-01, value = 1 }, { from = 2024-01-01, value = 2 }", "重叠"),
        ("{ from = 2024-01-01, until = 2024-06-30, value = 1 }", "2024-07-01 至 …"),
    ],
)
def test_gaps_and_overlaps_of_days_are_errors(tmp_path: Path, dated: str, sentence: str) -> None:
    body = f'[param."标准"]\ntype = "money"\nsource = "一"\ndated = [{dated}]\n'
    assert any(
        sentence in zh for zh in found(write(tmp_path, money() + body + step("min(自付, 标准)") + EXAMPLE))
    )


def test_tiers_must_rise_and_end_open(tmp_path: Path) -> None:
    head = '[tier."档"]\nkind = "whole"\nsource = "一"\n'
    rows = head + "rows = [{ lt = 5, amount = 1 }, { le = 5, amount = 2 }, { rate = 0.1 }]\n"
    assert "档位有重叠：5 不大于上一行的 5。" in found(
        write(tmp_path, money() + rows + step("tier(档, 自付)") + EXAMPLE)
    )
    closed = rows.replace(", { rate = 0.1 }", "")
    assert any(
        "最后一行不写" in zh
        for zh in found(write(tmp_path, money() + closed + step("tier(档, 自付)") + EXAMPLE))
    )


def test_a_rule_without_source_and_a_file_without_example_are_errors(tmp_path: Path) -> None:
    path = write(tmp_path, money() + step("自付").replace('source = "第一条"', ""))
    assert found(path) == [
        '没有写依据 source；整份文件同一依据时写 "同上"。',
        "没有示例，请至少写一个 [[example]]。",
    ]


def test_a_wrong_example_says_what_came_out(tmp_path: Path) -> None:
    path = write(tmp_path, money() + TIER + step("tier(档, 自付)") + EXAMPLE.replace("500", "499.99"))
    assert found(path) == ["“补助”应为 499.99，实为 500.00。"]
    path = write(tmp_path, money() + TIER + step("tier(档, 自付)") + EXAMPLE.replace("6000", "-1"))
    assert found(path) == ["应为 decided，实为 incomplete (自付)。"]
    path = write(
        tmp_path,
        money() + TIER + step("tier(档, 自付)") + EXAMPLE.replace('"自付" =', '"自费" = 1, "自付" ='),
    )
    assert found(path) == ["“自费”不是所需的输入，是否想写“自付”？"]


def test_boundaries_without_example_and_cliffs_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, money() + TIER + step("tier(档, 自付) if 自付 > 100 else 0") + EXAMPLE)
    warnings = found(path, "warning")
    assert "没有恰在界线上的示例：档 10000.00。" in warnings
    assert "没有恰在界线上的示例：自付 > 100。" in warnings
    assert "没有恰在界线上的示例：档 6000.00。" not in warnings
    assert "此处有跳档：29999.99 → 3000.00，30000.00 → 3000.00，30000.01 → 4500.00。" in found(path, "note")


def test_what_is_never_used_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, money() + money("没用") + TIER + step("自付") + EXAMPLE.replace("500", "6000"))
    unused = [finding.place.item for finding in check(path) if finding.zh.startswith("没有用到")]
    assert unused == ["输入“没用”", "档位“档”"]


def test_every_day_on_which_something_changes_is_compiled(tmp_path: Path) -> None:
    dated = """[[step]]
name = "补助"
type = "money"
source = "一"
[[step.dated]]
from = 2024-01-01
expr = "自付"
[[step.dated]]
from = 2026-01-01
expr = "自付 + 没有"
"""
    path = write(tmp_path, money() + dated + EXAMPLE.replace("500", "6000"))
    assert [str(day) for day in days_to_compile(read(path))] == ["2024-01-01", "2026-01-01"]
    assert "没有名为“没有”的输入、参数或步骤。" in found(path)[0] + "。"


def test_every_finding_names_its_line_in_either_language(tmp_path: Path) -> None:
    path = write(
        tmp_path, money() + TIER.replace("le = 10000", "le = 5000") + step("tier(档, 自付)") + EXAMPLE
    )
    (error,) = [finding for finding in check(path) if finding.level == "error"]
    assert error.text() == "350600/aid.toml:16 · 档位“档”: 档位有重叠：5000 不大于上一行的 6000。"
    assert error.text("en") == "350600/aid.toml:16 · tier “档”: Tiers overlap: 5000 is not above 6000."


def test_one_wrong_step_does_not_hide_the_others(tmp_path: Path) -> None:
    steps = step("自付 + 自附") + step("自付 * 0.5", "一半")
    path = write(tmp_path, money() + steps + EXAMPLE)
    items = [finding.place.item for finding in check(path) if finding.level == "error"]
    assert items == ["步骤“补助”", "步骤“一半”"]


def test_an_example_outside_the_days_of_the_policy_is_an_error(tmp_path: Path) -> None:
    early = EXAMPLE.replace("given", "on = 2023-12-31\ngiven")
    path = write(tmp_path, money() + TIER + step("tier(档, 自付)") + early)
    assert found(path) == ["2023-12-31 不在施行期内：这份政策自 2024-01-01 起施行。"]


def test_a_file_in_the_wrong_place_or_two_versions_at_once_are_errors(tmp_path: Path) -> None:
    path = write(tmp_path, money() + step("自付") + EXAMPLE.replace("500", "6000"))
    other = path.with_name("aid.2025.toml")
    other.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "生效日期与 aid.2025.toml 重叠。" in found(path)
    other.unlink()
    moved = path.rename(path.with_name("other.toml"))
    assert any("文件应放在 350600/aid.toml" in zh for zh in found(moved))


def test_labels_without_english_and_english_without_label_are_told(tmp_path: Path) -> None:
    body = '[input."类别"]\ntype = ["甲", "乙", "C"]\n' + step("5.00 if 类别 == '甲' else 1.00")
    example = '[[example]]\nname = "一"\ngiven = { "类别" = "乙" }\nexpect = { "补助" = 1 }\n'
    assert '选项缺英文，请在 [english] 里写："乙" = "…"；"甲" = "…"。' in found(
        write(tmp_path, body + example), "warning"
    )
    english = '[english]\n"甲" = "first"\n"乙" = "second"\n"丙" = "third"\n'
    warnings = found(write(tmp_path, body + english + example), "warning")
    assert "[english] 里的“丙”既不是选项，也不是依据，请删去或改正。" in warnings
    assert not any("选项缺英文" in each for each in warnings)


CASES = """[[step]]
name = "补助"
type = "money"
cases = [ { when = "自付 <= 30000", then = "round(自付 * 0.1, 2)" }, { then = "round(自付 * 0.15, 2)" } ]
source = "一"
"""


def test_jumps_between_the_lines_of_cases_are_told_with_both_sides(tmp_path: Path) -> None:
    example = '[[example]]\nname = "一"\ngiven = { "自付" = 30000 }\nexpect = { "补助" = 3000 }\n'
    notes = found(write(tmp_path, money() + CASES + example), "note")
    assert notes == ["此处有跳变：自付 → 补助：30000.00 → 3000.00，30000.01 → 4500.00。"]
    smooth = CASES.replace("round(自付 * 0.15, 2)", "3000 + round((自付 - 30000) * 0.15, 2)")
    assert found(write(tmp_path, money() + smooth + example), "note") == []


def test_jumps_of_an_if_are_told_from_the_side_on_which_they_are(tmp_path: Path) -> None:
    people = '[input."人数"]\ntype = "int"\nmin = 1\nmax = 50\n'
    example = '[[example]]\nname = "一"\ngiven = { "人数" = 3 }\nexpect = { "补助" = 800 }\n'
    path = write(tmp_path, people + step("800.00 if 人数 >= 3 else 300.00") + example)
    assert found(path, "note") == ["此处有跳变：人数 → 补助：2 → 300.00，3 → 800.00。"]


def test_a_tier_that_may_meet_an_amount_below_zero_is_told_and_takes_its_first_row(tmp_path: Path) -> None:
    tier = '[tier."分档"]\nkind = "whole"\nsource = "一"\nrows = [{ le = 100, rate = 0.1 }, { rate = 0.2 }]\n'
    example = '[[example]]\nname = "一"\ngiven = { "自付" = 900 }\nexpect = { "补助" = -10 }\n'
    note = "档位“分档”可能遇到负数，负数按第一行计算；不该有负数时请写 max(…, 0)。"
    path = write(tmp_path, money() + tier + step("tier(分档, 800 - 自付)") + example)
    assert found(path) == []
    assert note in found(path, "note")
    path = write(
        tmp_path, money() + tier + step("tier(分档, max(800 - 自付, 0))") + example.replace("-10", "0")
    )
    assert (found(path), note in found(path, "note")) == ([], False)
