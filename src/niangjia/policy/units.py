"""Units of measure: 元, 元/人/月, 元·月. Wrong sums (yuan + months) are refused before anything runs."""

from __future__ import annotations

import re
import unicodedata

from niangjia.policy.errors import PolicyError

Unit = tuple[tuple[str, int], ...]
NONE: Unit = ()
_POWERS = {"²": 2, "³": 3}


def parse(text: str) -> Unit:
    """`"元/人/月"` → 元·人⁻¹·月⁻¹. The empty text is the unit of pure numbers."""
    powers: dict[str, int] = {}
    sign = 1
    for part in re.split(r"([/·*])", text.replace(" ", "")):
        if part in {"·", "*", "/", ""}:
            sign = -1 if part == "/" else (1 if part else sign)
            continue
        word, power = _word(part, text)
        powers[word] = powers.get(word, 0) + sign * power
    return _sorted(powers)


def _word(part: str, text: str) -> tuple[str, int]:
    power = _POWERS.get(part[-1], 1)
    word = unicodedata.normalize("NFKC", part[:-1] if power > 1 else part)
    if not re.fullmatch(r"[^\W\d_]+|%", word) or word == "%":
        raise PolicyError(
            f"单位“{text}”看不懂，请写成“元”“元/人/月”“元·月”这样的形式。",
            f"The unit '{text}' is not readable; write it like 元, 元/人/月 or 元·月.",
        )
    return word, power


def _sorted(powers: dict[str, int]) -> Unit:
    return tuple(sorted((word, power) for word, power in powers.items() if power))


def times(left: Unit | None, right: Unit | None, power: int = 1) -> Unit | None:
    """left × right (power 1) or left ÷ right (power -1). None is a bare number: it takes the other side's
    unit.
    """
    if left is None and right is None:
        return None
    powers = dict(left or NONE)
    for word, exponent in right or NONE:
        powers[word] = powers.get(word, 0) + power * exponent
    return _sorted(powers)


def agree(left: Unit | None, right: Unit | None) -> bool:
    return left is None or right is None or left == right


def show(unit: Unit | None) -> str:
    """For sentences: 元/人, or 无单位 for a pure number."""
    if not unit:
        return "无单位"
    above = [word if power == 1 else f"{word}{power}" for word, power in unit if power > 0]
    below = [word if power == -1 else f"{word}{-power}" for word, power in unit if power < 0]
    return "·".join(above or ["1"]) + "".join(f"/{word}" for word in below)


def show_en(unit: Unit | None) -> str:
    return english(show(unit)) if unit else "no unit"


_ENGLISH = {
    "元": "yuan",
    "万元": "10,000 yuan",
    "人": "person",
    "户": "household",
    "年": "year",
    "月": "month",
    "日": "day",
    "天": "day",
    "岁": "years of age",
    "次": "time",
    "件": "case",
    "份": "share",
    "辆": "vehicle",
    "套": "home",
    "平方米": "m²",
}


_PLURALS = {
    "person": "people",
    "household": "households",
    "year": "years",
    "month": "months",
    "day": "days",
    "time": "times",
    "case": "cases",
    "share": "shares",
    "vehicle": "vehicles",
    "home": "homes",
}


def english(unit: str, number: str = "") -> str:
    """元/人/月 → yuan/person/month; a word that is not listed stays. After a number: 1 month, 2 months."""
    words = "".join(_ENGLISH.get(part, part) for part in re.split(r"([/·])", unit))
    first, slash, rest = words.partition("/")
    return words if number in ("", "1") else _PLURALS.get(first, first) + slash + rest
