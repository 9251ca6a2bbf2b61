"""The explanation: a worker can follow it in Chinese and English, and it says what would change the outcome."""

from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from niangjia.policy import rendering
from niangjia.policy.checks import check
from niangjia.policy.evidence import cited
from niangjia.policy.explanation import Explanation
from niangjia.policy.explanation import explain as explanation
from niangjia.policy.flips import band_flips, flips
from tests.policy.files import explain, flag, money, step, write
from tests.policy.test_decide import GATE, MEMBERS, TIER

LABELLED = money("自付", 'label = { zh = "自付医疗费", en = "own medical cost" }')
GATED = GATE.format(name="房车", kind="exclude", condition="二套房 or 车价 > 150000")


def told(path: Path, case: dict[str, Any], language: str = "zh", **options: Any) -> Explanation:
    return explanation(explain(path, case, **options), language)


@pytest.fixture
def illness(tmp_path: Path) -> Path:
    cap = 'cap = { at = "50000", in_principle = true, source = "第四条" }'
    return write(
        tmp_path, LABELLED + flag("农民工") + TIER + step("tier(档, 自付) if 农民工 else 0", more=cap)
    )


def test_a_step_tells_its_numbers_its_tier_row_and_its_article(illness: Path) -> None:
    made = told(illness, {"自付": D("30379.72"), "农民工": True})
    assert made.verdict == ("补助：4,556.96 元。",)
    (line,) = made.steps
    assert line.how == "因为农民工：是，取 自付医疗费 30,379.72 元 按“档”分档计算"
    assert line.because == ("“档”适用：超过 30000 元、不超过 80000 元 → 15%",)
    assert (line.value, line.source) == ("4,556.96 元", "第一条")
    english = told(illness, {"自付": D("30379.72"), "农民工": True}, "en")
    assert english.steps[0].because == ("'档' applies: above 30000 yuan, up to 80000 yuan → 15%",)
    assert "own medical cost 30,379.72 yuan" in english.steps[0].how


def test_a_cap_in_principle_says_that_it_may_be_lifted(illness: Path) -> None:
    case = {"自付": 300000, "农民工": True}
    assert "封顶 50,000.00 元，属“原则上”，经批准可放开（第四条）" in told(illness, case).steps[0].because
    lifted = told(illness, case, lifted={"补助": "集体研究同意"})
    assert lifted.verdict == ("补助：60,000.00 元。",)
    assert "上限 50,000.00 元 已放开：集体研究同意" in lifted.steps[0].because


def test_the_nearest_value_that_flips_the_outcome_is_found_and_verified(illness: Path) -> None:
    trace = explain(illness, {"自付": D("5000"), "农民工": True})
    (cost,) = [flip for flip in flips(trace) if flip.name == "自付"]
    assert (cost.before, cost.after, cost.status) == (500000, 600000, "decided")
    assert cost.outputs == {"补助": 500}
    assert (
        "如果自付医疗费是 6,000.00 元（多 1,000.00 元），而不是 5,000.00 元：补助 500.00 元"
        in explanation(trace).changes
    )


def test_an_exclusion_tells_the_deciding_fact_and_by_how_much(tmp_path: Path) -> None:
    path = write(tmp_path, money() + money("车价") + flag("二套房") + GATED + step("自付"))
    made = told(path, {"车价": D("150000.01"), "二套房": False, "自付": 9})
    assert made.verdict == (
        "不符合条件：不符合。事实是：车价 150,000.01 元 高于 150,000 元（多 0.01 元）。依据：第二条。",
    )
    assert made.changes[0] == "如果车价是 150,000.00 元（少 0.01 元），而不是 150,000.01 元：补助 9.00 元"
    english = told(path, {"二套房": True}, "en")
    assert english.verdict == ("Not eligible: not eligible. The facts: 二套房: yes. Source: article 2.",)
    assert english.changes == ("if 二套房 were no instead of yes: no longer excluded, but not all is known",)


def test_what_is_missing_is_told_by_its_kind(tmp_path: Path) -> None:
    dated = "dated = [{ from = 2024-01-01, value = 1 }, { from = 2025-01-01, unknown = true }]"
    silent = f'[param."标准"]\ntype = "money"\nsource = "一"\n{dated}\n'
    path = write(
        tmp_path,
        LABELLED + MEMBERS + flag("在档") + silent + step("自付 + sum(成员.收入) + 标准 if 在档 else 0"),
    )
    made = told(path, {"在档": True, "自付": -1, "成员": [{"收入": 1}, {}]})
    assert set(made.missing) == {
        "自付医疗费：“-1”不在允许范围（0.00 元 – 1,000,000.00 元）",
        "成员第 2 行的收入：未提供或不在允许范围",
        "规定未公布：标准",
    }
    assert "not laid down in print: 标准" in told(path, {"在档": True}, "en").missing
    assert told(path, {"自付": -1}).missing == ("在档：未提供",)


def test_only_the_rows_that_matter_are_told_as_missing(tmp_path: Path) -> None:
    path = write(tmp_path, MEMBERS + step("sum(成员.收入, 成员.关系 == '子女')"))
    rows = [{"关系": "本人"}, {"关系": "子女"}, {"关系": "子女", "收入": 3}]
    assert told(path, {"成员": rows}).missing == ("成员第 2 行的收入：未提供或不在允许范围",)


def test_what_another_policy_cannot_take_is_told(tmp_path: Path) -> None:
    write(tmp_path, money("费用").replace("1000000", "100") + step("费用"), "mutual")
    use = '[uses."互助"]\npolicy = "350600/mutual"\n[uses."互助".with]\n"费用" = "自付"\n'
    path = write(tmp_path, money() + use + step("互助.补助"))
    made = told(path, {"自付": D("100.01")})
    assert made.missing == ("测试补助的费用：算得的数不在允许范围（0.00 元 – 100.00 元）",)


def test_members_are_told_row_by_row_and_gathered_in_words(tmp_path: Path) -> None:
    body = MEMBERS + step("max(成员.收入 - 100, 0)", "可用", more='per = "成员"')
    path = write(tmp_path, body + step("sum(成员.可用)"))
    made = told(path, {"成员": [{"收入": 150}, {"收入": 50}]})
    assert [(line.label, line.row, line.value) for line in made.steps] == [
        ("可用", 1, "50.00 元"),
        ("可用", 2, "0.00 元"),
        ("补助", 0, "50.00 元"),
    ]
    assert made.steps[0].how == "收入 150.00 元 - 100（小于 0 按 0 计）"
    assert made.steps[2].how == "各行可用之和 50.00 元"


def test_a_day_flips_to_the_exact_day(tmp_path: Path) -> None:
    gate = GATE.format(name="未成年", kind="require", condition="age(生日) >= 18")
    path = write(tmp_path, '[input."生日"]\ntype = "date"\n' + gate + step("1.00"))
    (flip,) = flips(explain(path, {"生日": "2010-01-01"}))
    assert flip.after == 20070601
    (flip,) = flips(explain(path, {"生日": date(2000, 1, 1)}))
    assert flip.after == 20070602


def test_a_used_policy_that_excludes_is_told_in_one_line(tmp_path: Path) -> None:
    gate = GATE.format(name="非会员", kind="require", condition="会员")
    write(tmp_path, flag("会员") + gate + step("1.00"), "mutual")
    path = write(tmp_path, '[uses."互助"]\npolicy = "350600/mutual"\n' + step("5 - 互助.补助"))
    english = told(path, {"会员": True}, "en").steps[-1]
    assert english.how == "5 - 补助 of 互助 1.00 yuan"
    made = told(path, {"会员": False})
    assert [(line.label, line.value) for line in made.steps] == [("测试补助", "不适用"), ("补助", "5.00 元")]
    assert made.steps[0].because == ("不符合：会员：否",)


def test_html_escapes_every_text(tmp_path: Path) -> None:
    label = 'label = { zh = "<b>自付</b>", en = "<script>" }'
    path = write(tmp_path, money(more=label) + step("自付"))
    fragment = rendering.html(told(path, {"自付": 5}))
    assert "<b>自付" not in fragment.replace("<b>补助", "")
    assert "&lt;b&gt;自付&lt;/b&gt; 5.00 元" in fragment
    assert fragment.startswith('<section class="explanation decided" lang="zh">')
    assert "&lt;x&gt;" in rendering.html(told(path, {"自付": "<x>"}))


def test_text_has_verdict_steps_and_changes_under_their_heads(illness: Path) -> None:
    text = rendering.text(told(illness, {"自付": 7000, "农民工": True}))
    assert [line for line in text.splitlines() if line and not line.startswith(" ")] == [
        "测试补助（1）：按 2025年6月1日 的规定",
        "结论：",
        "怎样算出来的",
        "怎样会不同",
    ]


def test_the_json_trace_fills_the_formula_and_names_the_row(illness: Path) -> None:
    made = explain(illness, {"自付": D("30379.72"), "农民工": True}).json()
    assert made["outputs"] == {"补助": "4556.96"}
    (entry,) = made["steps"]
    wanted = {
        "name": "补助",
        "label": "补助",
        "value": "4556.96",
        "source": "第一条",
        "row": 4,
        "tier": "档",
        "with": "tier(档, 30379.72) if true else 0",
    }
    assert {key: entry[key] for key in wanted} == wanted
    assert entry["limits"][0] == {
        "kind": "cap",
        "at": "50000.00",
        "before": "4556.96",
        "hit": False,
        "in_principle": True,
        "source": "第四条",
    }


def test_steps_are_told_after_what_they_need_whatever_their_place_in_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, money() + step("中间 + 1") + step("自付 + 自付 - (自付 + 1)", "中间"))
    made = told(path, {"自付": 5})
    assert [line.name for line in made.steps] == ["中间", "补助"]
    assert made.steps[0].how == "自付 5.00 元 + 自付 5.00 元 - （自付 5.00 元 + 1）"


def test_a_yes_or_no_is_told_with_the_facts_behind_it(tmp_path: Path) -> None:
    path = write(tmp_path, money() + step("自付 > 3", "高", '"bool"') + step("1.00 if 高 else 0.00"))
    assert rendering.sentence(told(path, {"自付": 5}).steps[0], "zh") == (
        "高 = 是；因为自付 5.00 元 高于 3 元（多 2.00 元）。依据：第一条"
    )


KIND = """[input."类别"]
type = ["深度困难", "其他"]
label = { zh = "类别", en = "kind" }
[english]
"深度困难" = "deep hardship"
"其他" = "other"
"""


def test_labels_of_choices_are_told_in_english(tmp_path: Path) -> None:
    path = write(tmp_path, KIND + step("5.00 if 类别 == '深度困难' else 0.00"))
    made = told(path, {"类别": "其他"}, "en")
    assert made.steps[0].how == "since kind “other”: 0.00"
    assert made.changes == ("if kind were “deep hardship” instead of “other”: 补助 5.00 yuan",)
    assert told(path, {"类别": "没有"}, "en").missing == (
        "kind: '没有' is not allowed (deep hardship, other)",
    )
    assert told(path, {"类别": "其他"}).steps[0].how == "因为类别“其他”，取 0.00"


def test_labels_of_a_policy_in_use_are_told_in_english_too(tmp_path: Path) -> None:
    write(tmp_path, KIND + step("5.00 if 类别 in ('深度困难', '其他') else 1.00"), "kinds")
    path = write(tmp_path, '[uses."分类"]\npolicy = "350600/kinds"\n' + step("分类.补助"))
    assert "“other”" in told(path, {"类别": "其他"}, "en").steps[0].how


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("9.999", "自付：“9.999”最多 2 位小数（0.00 元 – 1,000,000.00 元）"),
        ("十元", "自付：“十元”不是数（0.00 元 – 1,000,000.00 元）"),
        (-1, "自付：“-1”不在允许范围（0.00 元 – 1,000,000.00 元）"),
    ],
)
def test_a_fact_that_cannot_be_taken_says_why(tmp_path: Path, given: object, sentence: str) -> None:
    assert told(write(tmp_path, money() + step("自付")), {"自付": given}).missing == (sentence,)


def test_the_nearest_value_in_another_band_is_told_with_the_row_that_applies_there(illness: Path) -> None:
    trace = explain(illness, {"自付": 25000, "农民工": True})
    (cost,) = [flip for flip in band_flips(trace) if flip.name == "自付"]
    assert cost.after == 30000_01
    assert [(band.tier, band.rule[1]) for band in cost.band if band.tier]
    assert explanation(trace).changes[-1] == (
        "如果自付医疗费是 30,000.01 元（多 5,000.01 元），而不是 25,000.00 元：补助 4,500.00 元"
        "（改按“档”的超过 30000 元、不超过 80000 元 → 15%）"
    )


def test_a_value_that_flips_the_outcome_is_not_told_again_as_a_band(illness: Path) -> None:
    changes = told(illness, {"自付": 5000, "农民工": True}).changes
    assert sum("6,000.00 元" in each for each in changes) == 1


def test_sources_are_told_in_english_as_the_file_calls_them_and_else_by_their_set_forms(
    tmp_path: Path,
) -> None:
    body = money() + step("自付").replace('"第一条"', '"[D] 测试办法第一条"') + step("自付", name="另一")
    english = '[english]\n"测试办法第一条" = "Trial rules, article 1"\n'
    path = write(tmp_path, body + english, outputs='["补助", "另一"]')
    steps = told(path, {"自付": 5}, "en").steps
    assert [line.source for line in steps] == [
        "Trial rules, article 1 (union or finance document)",
        "article 1",
    ]
    assert told(path, {"自付": 5}).steps[0].source == "测试办法第一条（工会或财政文件）"
    assert not [finding.zh for finding in check(path) if "[english]" in finding.zh]


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("[L] 《工会法》（2021年修正）第四十三条", "《工会法》 (as amended in 2021), article 43 (law)"),
        ("规定（1990年）第十一条第二款第一项", "规定 (1990), article 11, paragraph 2, item 1"),
        ("第一百零五条", "article 105"),
        ("报道，2021年1月（资料S03-10）：分别超过2000元", "报道, 2021-01 (file S03-10): 分别超过2000元"),
        ("报道，2016年下半年", "报道，2016年下半年"),
        ("标准，2018至2025年", "标准，2018至2025年"),
    ],
)
def test_the_set_forms_of_a_citation_are_put_into_english_and_its_title_stays(
    printed: str, english: str
) -> None:
    assert cited(printed, "en", {}) == english
    assert cited(printed, "zh", {}).startswith(printed.removeprefix("[L] "))


def test_document_and_passage_may_be_put_into_english_one_by_one() -> None:
    words = {"报道，2021年1月": "Report of January 2021"}
    assert cited("报道，2021年1月：五千元", "en", words) == "Report of January 2021: 五千元"
