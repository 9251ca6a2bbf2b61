"""The program's integers in words for people: 4,556.96 元, 是, 2024年7月1日, “低保户” – or their English."""

from __future__ import annotations

from niangjia.policy import calendar, convert, ir, units
from niangjia.policy.evidence import cited
from niangjia.policy.model import Policy
from niangjia.policy.records import Record

_YES = {"zh": ("否", "是"), "en": ("no", "yes")}


class Wording(Record):
    """`english` gives the labels of choices in English; one that is not in it stays as it is."""

    language: str
    english: dict[str, str]

    @classmethod
    def of(cls, language: str, *policies: Policy) -> Wording:
        """The words of several files; a later one prevails."""
        return cls(language, {label: text for policy in policies for label, text in policy.english.items()})

    def label(self, label: str) -> str:
        return self.english.get(label, label) if self.language == "en" else label

    def cited(self, source: str) -> str:
        return cited(source, self.language, self.english)

    def unit(self, unit: str, number: str = "") -> str:
        return units.english(unit, number) if self.language == "en" else unit

    def value(self, code: int, shape: ir.Shape) -> str:
        if shape.type == "bool":
            return _YES[self.language][bool(code)]
        if shape.type == "choice":
            return f"“{self.label(shape.choices[code])}”"
        if shape.type == "date":
            made = calendar.day(code)
            return f"{made.year}年{made.month}月{made.day}日" if self.language == "zh" else made.isoformat()
        text = _number(code, shape)
        return f"{text} {self.unit(shape.unit, text)}" if shape.unit else text

    def range(self, shape: ir.Shape) -> str:
        """What an input may be."""
        if shape.type == "bool":
            return " / ".join(reversed(_YES[self.language]))
        if shape.type == "choice":
            return ("、" if self.language == "zh" else ", ").join(map(self.label, shape.choices))
        return f"{self.value(shape.low, shape)} – {self.value(shape.high, shape)}"


def _number(code: int, shape: ir.Shape) -> str:
    if shape.type == "rate":
        return _trim(convert.digits(code * 100, shape.scale)) + "%"
    whole, dot, part = convert.digits(code, shape.scale).partition(".")
    sign = "-" if whole.startswith("-") else ""
    grouped = sign + f"{int(whole.lstrip('-')):,}" + dot + part
    if shape.type == "money":
        return grouped
    trimmed = _trim(grouped)
    return _fen(trimmed) if shape.scale and "元" in shape.unit else trimmed


def _fen(text: str) -> str:
    """Yuan with the two decimals that people expect, or more if there are more."""
    whole, _, part = text.partition(".")
    return f"{whole}.{part:0<2}"


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
