"""The list of shipped policies: the committed pages are what the command prints, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from niangjia.policy.command import main
from niangjia.policy.evidence import cited, split
from niangjia.policy.library import SHIPPED, Library

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "policies-index.zh-CN.md"), ("en", "policies-index.md")]
)
def test_the_committed_list_is_what_the_command_prints(
    language: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["docs", "--lang", language]) == 0
    assert capsys.readouterr().out == (DOCS / name).read_text(encoding="utf-8")


def test_the_list_names_every_file_once() -> None:
    text = (DOCS / "policies-index.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) == len(list(Library(SHIPPED).paths()))


def test_the_evidence_of_a_source_is_told_from_its_words() -> None:
    assert split("[P] 一份地方通知") == ("P", "一份地方通知")
    assert split("一份没有标记的文件") == ("", "一份没有标记的文件")


def test_a_worker_reads_the_kind_of_source_in_words() -> None:
    assert cited("[L] 《工会法》第四十三条", "zh", {}) == "《工会法》第四十三条（法律法规）"
    assert cited("[GK] 全总5%", "en", {}) == "全总5% (not verified)"
    assert cited("第三条", "zh", {}) == "第三条"
