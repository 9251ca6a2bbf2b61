"""How sure a rule is. A source may begin with a letter in brackets: programs read the letter, people a word."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TAG = r"\[(L|D|P|GK)\] "
_NUMBER = r"([〇零一二三四五六七八九十百0-9]+)"
# What a citation says in set forms; titles stay as they are printed, so that the document can be found.
_FORMS = (
    (f"第{_NUMBER}条", ", article {}"),
    (f"第{_NUMBER}款", ", paragraph {}"),
    (f"第{_NUMBER}项", ", item {}"),
    ("（([0-9]{4})年修正）", " (as amended in {})"),
    ("（([0-9]{4})年）", " ({})"),
    ("（资料(.+?)）", " (file {})"),
    ("（年份未见）", " (year not printed)"),
    ("(?:，|^)([0-9]{4}年[0-9]+月[0-9]+日)", ", {}"),
    ("(?:，|^)([0-9]{4}年[0-9]+月)", ", {}"),
    ("，([0-9]{4})年(?![0-9度上下])", ", {}"),
)
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
KINDS = {
    "L": {"zh": "法律法规", "en": "law"},
    "D": {"zh": "工会或财政文件", "en": "union or finance document"},
    "P": {"zh": "报道或地方通知", "en": "press or local notice"},
    "GK": {"zh": "未核实", "en": "not verified"},
    "": {"zh": "", "en": ""},
}


def split(source: str) -> tuple[str, str]:
    """("P", "the document") of "[P] the document"; no tag gives ""."""
    found = re.match(_TAG, source)
    return (found.group(1), source[found.end() :]) if found else ("", source)


def cited(source: str, language: str, english: Mapping[str, str]) -> str:
    """As a worker reads it: the document, then what kind of source it is. In English as `english` calls it, else the
    printed title with its date and article in English.
    """
    tag, words = split(source)
    words = _in_english(words, english) if language == "en" else words
    if not tag:
        return words
    kind = KINDS[tag][language]
    return f"{words}（{kind}）" if language == "zh" else f"{words} ({kind})"


def _in_english(words: str, english: Mapping[str, str]) -> str:
    """The whole as the file calls it, or the document and the passage one by one."""
    if words in english:
        return english[words]
    return ": ".join(english.get(part) or _formal(part) for part in words.split("："))


def _formal(words: str) -> str:
    for form, text in _FORMS:
        words = re.sub(form, lambda found, text=text: text.format(*map(_arabic, found.groups())), words)  # type: ignore[misc]
    return words.removeprefix(", ")


def _arabic(number: str) -> str:
    """四十三 → 43, 2021年1月 → 2021-01; anything else as it is."""
    if "年" in number:
        return "-".join(part.zfill(2) for part in re.findall("[0-9]+", number))
    if not set(number) <= set(_DIGITS) | set("十百"):
        return number
    total, last = 0, 0
    for sign in number:
        if sign in "十百":
            total, last = total + (last or 1) * (10 if sign == "十" else 100), 0
        else:
            last = _DIGITS[sign]
    return str(total + last)
