"""The command line: check, explain, docs, and how soon they answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import niangjia
from niangjia.policy.command import main
from tests.policy.files import money, step, write
from tests.policy.test_decide import TIER

EXAMPLE = '[[example]]\nname = "一"\ngiven = { "自付" = 6000 }\nexpect = { "补助" = 500 }\n'


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return write(tmp_path, money() + TIER + step("tier(档, 自付)") + EXAMPLE)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text('{"自付": 10000.01}', encoding="utf-8")
    return path


def test_check_reports_and_fails_on_an_error(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(policy)]) == 0
    assert capsys.readouterr().out.startswith("✓ 350600/aid.toml")
    assert main(["check", "--strict", str(policy)]) == 1
    policy.write_text(policy.read_text(encoding="utf-8").replace("= 500 }\n", "= 501 }\n"), encoding="utf-8")
    assert main(["check", str(policy.parent), "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "expected 501, got 500.00" in out
    assert out.endswith("Policies: 1, passed: 0, failed: 1.\n")


def test_check_says_when_there_is_no_such_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "no.toml")]) == 1
    assert "没有这个文件" in capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 1


def test_explain_prints_text_json_and_html(
    policy: Path, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["explain", str(policy), "--case", str(case), "--on", "2025-10-01"]
    assert main(words) == 0
    assert "补助：1,000.00 元。" in capsys.readouterr().out
    assert main([*words, "--json", "--lang", "en"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["status"], made["outputs"], made["on"]) == ("decided", {"补助": "1000.00"}, "2025-10-01")
    assert [sorted({"name", "label", "value", "source"} & set(each)) for each in made["steps"]] == [
        ["label", "name", "source", "value"]
    ]
    assert main([*words, "--html"]) == 0
    assert capsys.readouterr().out.startswith("<section")


@pytest.mark.parametrize(
    ("content", "sentence"), [('{"自付": 5,}', "case.json:1 · 第 "), ("[]", "应是一个对象")]
)
def test_a_case_that_cannot_be_read_is_said(
    policy: Path, case: Path, content: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    case.write_text(content, encoding="utf-8")
    assert main(["explain", str(policy), "--case", str(case)]) == 1
    assert sentence in capsys.readouterr().err


def test_settings_and_wrong_words_are_checked(
    policy: Path, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["explain", str(policy), "--case", str(case)]
    assert main([*words, "--set", "没有=1"]) == 1
    assert "没有参数“没有”" in capsys.readouterr().err
    assert main([*words, "--lift", "补助"]) == 1
    assert main([*words, "--order", "随便"]) == 1
    assert main(["explain", str(policy), "--case", "nowhere.json"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "nowhere.json: 没有这个文件。"
    with pytest.raises(SystemExit):
        main([*words, "--on", "2025-13-01"])
    assert "“2025-13-01”不是日期，请写成 2025-10-01" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["explain"])


def test_a_day_outside_the_file_names_the_file_for_that_day(
    policy: Path, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = policy.read_text(encoding="utf-8")
    older = text.replace("from = 2024-01-01", "from = 2023-01-01\nuntil = 2023-12-31")
    policy.with_name("aid.2023.toml").write_text(older, encoding="utf-8")
    words = ["explain", str(policy), "--case", str(case), "--on"]
    assert main([*words, "2023-06-01"]) == 1
    assert "那一天请用 aid.2023.toml" in capsys.readouterr().err
    assert main([*words, "2022-06-01", "--lang", "en"]) == 1
    assert "2022-06-01 is not covered: this policy is in force from 2024-01-01." in capsys.readouterr().err


def test_a_name_that_the_policy_does_not_know_is_told(
    policy: Path, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case.write_text('{"自付": 5, "自附": 6}', encoding="utf-8")
    assert main(["explain", str(policy), "--case", str(case)]) == 0
    assert capsys.readouterr().err == "案例: “自附”不是所需的输入，是否想写“自付”？\n"


def test_docs_prints_a_page_a_clerk_can_read(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", str(policy)]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# 测试补助\n")
    assert "超过 30000 元、不超过 80000 元 → 15%" in page
    assert "## 例子" in page


def test_a_case_is_explained_without_django_duckdb_or_the_clock(policy: Path, case: Path) -> None:
    script = (
        "import sys; from niangjia.policy.command import main; main(sys.argv[1:]);"
        "assert not {'django', 'duckdb', 'polars', 'dataclasses', 'sqlite3'} & set(sys.modules), sorted(sys.modules)"
    )
    words = ["explain", str(policy), "--case", str(case), "--json"]
    home = {"PYTHONPATH": str(Path(niangjia.__file__).parent.parent), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", script, *words], check=True, stdout=subprocess.DEVNULL, env=home)


def test_the_page_of_a_stack_tells_its_layers_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    shipped = Path(niangjia.__file__).parent / "policies"
    assert main(["docs", str(shipped / "321100" / "medical_layers.toml"), "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert "- in the order listed: fee waiver → charity → union relief → mutual cover ←" in page
    assert "- layer 1: **fee waiver** `321100/fee_waiver`, sees `自付医疗费`, takes off `减免额` — " in page
    assert "[P]" not in page


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ('type = "rate"\nvalue = 0.5', "5", "参数“比例”: 不能设为“5”，应是0 至 1 之间的比例，如 0.15。"),
        ('type = "rate"\nvalue = 0.5', "一半", "不能设为“一半”"),
        ('type = "int"\nvalue = 3', "1.5", "应是整数"),
        ('type = "int"\nvalue = 3', "-1", "不能设为负数“-1”"),
        ('type = ["甲", "乙"]\nvalue = "甲"', "丙", "应是甲、乙"),
    ],
)
def test_another_value_for_a_parameter_must_be_of_its_type_and_range(
    tmp_path: Path, case: Path, kind: str, value: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parameter = f'[param."比例"]\n{kind}\nsource = "一"\n'
    path = write(tmp_path, money() + parameter + step("自付") + EXAMPLE.replace("500", "6000"))
    assert main(["explain", str(path), "--case", str(case), "--set", f"比例={value}"]) == 1
    assert sentence in capsys.readouterr().err
