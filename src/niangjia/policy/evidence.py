"""How sure a rule is. A source may begin with a letter in brackets: programs read the letter, people a word."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TAG = re.compile(r"\[(L|D|P|GK)\] ")
KINDS = {
    "L": {"zh": "法律法规", "en": "law"},
    "D": {"zh": "工会或财政文件", "en": "union or finance document"},
    "P": {"zh": "报道或地方通知", "en": "press or local notice"},
    "GK": {"zh": "未核实", "en": "not verified"},
    "": {"zh": "", "en": ""},
}


def split(source: str) -> tuple[str, str]:
    """("P", "the document") of "[P] the document"; no tag gives ""."""
    found = _TAG.match(source)
    return (found.group(1), source[found.end() :]) if found else ("", source)


def cited(source: str, language: str, english: Mapping[str, str]) -> str:
    """As a worker reads it: the document, then what kind of source it is. In English as `english` calls it, else as
    it is printed.
    """
    tag, words = split(source)
    words = english.get(words, words) if language == "en" else words
    if not tag:
        return words
    kind = KINDS[tag][language]
    return f"{words}（{kind}）" if language == "zh" else f"{words} ({kind})"
