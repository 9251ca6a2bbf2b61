"""The list of all policies in a folder: what each is called, whom it is for, when it holds, where it is printed
and how sure that is.
"""

from __future__ import annotations

from collections.abc import Iterator

from niangjia.policy import evidence
from niangjia.policy.handbook import UNITS
from niangjia.policy.library import Library
from niangjia.policy.model import Policy

_HEAD = {
    "zh": ("待遇项目", "编号", "版本", "施行", "对象", "依据", "依据性质"),
    "en": ("scheme", "id", "version", "in force", "for", "source", "kind of source"),
}
_INTRODUCTION = {
    "zh": (
        "# 随附的政策\n\n本页由 `niangjia policy docs` 生成，请勿手改。依据的性质分四种："
        "法律法规（L）、工会或财政文件（D）、报道或地方通知（P）、未核实的常识（GK）。\n“资料S00”至“资料S04”是五个报纸版面（2015年1月、2014年7月、"
        "2021年1月两版、2016年下半年），横线后的数字是版面上的第几项做法。"
    ),
    "en": (
        "# Policies shipped\n\nMade by `niangjia policy docs`; do not edit. A source is a law (L), a union or "
        "finance document (D), a press report or local notice (P), or general knowledge not verified (GK).\n"
        "资料S00 to 资料S04 are five newspaper pages (January 2015, July 2014, two of January 2021, second half of "
        "2016); the number after the dash is the practice on that page."
    ),
}


def page(library: Library, language: str = "zh") -> str:
    """Markdown, one row for each file, by region and scheme."""
    policies = [library.load(path) for path in library.paths()]
    return "\n".join([_INTRODUCTION[language], "", *_table(policies, language)]) + "\n"


def _table(policies: list[Policy], language: str) -> Iterator[str]:
    head = _HEAD[language]
    yield _row(head)
    yield _row(["---"] * len(head))
    for policy in policies:
        yield _row(_cells(policy, language))


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _cells(policy: Policy, language: str) -> list[str]:
    tag, source = evidence.split(policy.source)
    return [
        policy.title[language],
        f"`{policy.id}`",
        policy.version,
        f"{policy.start} – {policy.until or '…'}",
        UNITS[language][policy.unit],
        source,
        evidence.KINDS[tag][language],
    ]
