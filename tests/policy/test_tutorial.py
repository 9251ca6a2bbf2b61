"""The tutorial works as printed, in both languages, and the two print the same policy."""

import re
from pathlib import Path

from niangjia.policy.checks import check
from tests.policy.files import decide

DOCS = Path(__file__).resolve().parents[2] / "docs"


def printed(page: str, root: Path) -> Path:
    """The policy of the tutorial, put together from its blocks."""
    text = (DOCS / page).read_text(encoding="utf-8")
    text = text[text.index("```toml\n[policy]") :]
    path = root / "350600" / "medical_relief_trial.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(re.findall(r"```toml\n(.*?)```", text, re.DOTALL)), encoding="utf-8")
    return path


def test_the_tutorials_policy_passes_its_own_check(tmp_path: Path) -> None:
    path = printed("policies.md", tmp_path)
    assert [finding for finding in check(path) if finding.level == "error"] == []
    outputs = decide(path, {"自付医疗费": 3000}).outputs
    assert outputs is not None and outputs["医疗救助"] == 500


def test_both_languages_print_the_same_policy(tmp_path: Path) -> None:
    english = printed("policies.md", tmp_path).read_text(encoding="utf-8")
    assert printed("policies.zh-CN.md", tmp_path).read_text(encoding="utf-8") == english
