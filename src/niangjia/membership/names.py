"""How names are read: full pinyin and initials for search, with the readings that surnames have of their own."""

from collections.abc import Container
from functools import cache, lru_cache

# Surnames whose reading as a surname differs from the word's common reading.
SURNAME_READINGS = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "缪": "miao", "乐": "yue", "任": "ren", "华": "hua", "燕": "yan", "宁": "ning", "尉": "wei", "万": "wan",
    "冼": "xian", "召": "shao", "翟": "zhai", "覃": "qin", "洗": "xian", "繁": "po", "折": "she", "员": "yun",
    "臧": "zang", "尹": "yin", "黑": "he", "秘": "bi", "重": "chong", "种": "chong", "牟": "mu", "隗": "wei",
}  # fmt: skip


def readings(name: str) -> tuple[str, str]:
    """`("wangmin", "wm")` for 王敏; letters of a foreign name stay, everything else falls away."""
    name = "".join(name.split())
    if not name:
        return "", ""
    # A foreign name is one word; a Chinese one has its surname read apart.
    parts = _syllables(name) if name[0] < "\u3400" else (*_surname(name[0]), *_syllables(name[1:]))
    letters = [_letters(syllable) for syllable in parts]
    return "".join(letters)[:120], "".join(part[0] for part in letters if part)[:30]


def _surname(character: str) -> tuple[str, ...]:
    return (SURNAME_READINGS[character],) if character in SURNAME_READINGS else _syllables(character)


def _syllables(text: str) -> tuple[str, ...]:
    """The readings of a text without its surname. Most rosters repeat the same characters, few make a phrase."""
    if len(text) == 2 and text not in _phrases():
        return (*_looked_up(text[0]), *_looked_up(text[1]))
    return _looked_up(text) if len(text) == 1 else tuple(_read(text))


@lru_cache(maxsize=20_000)
def _looked_up(character: str) -> tuple[str, ...]:
    return tuple(_read(character))


def _read(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # 0.2 s to import: only when a name is written

    return list(lazy_pinyin(text))


@cache
def _phrases() -> Container[str]:
    from pypinyin.constants import PHRASES_DICT

    return dict.keys(PHRASES_DICT)


@lru_cache(maxsize=20_000)
def _letters(syllable: str) -> str:
    return "".join(c for c in syllable.lower() if c.isalnum())
