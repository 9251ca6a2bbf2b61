"""How names are read: full pinyin and initials for search, with the readings that surnames have of their own."""

# Surnames whose reading as a surname differs from the word's common reading.
SURNAME_READINGS = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "缪": "miao", "乐": "yue", "任": "ren", "华": "hua", "燕": "yan", "宁": "ning", "尉": "wei", "万": "wan",
    "冼": "xian", "召": "shao", "翟": "zhai", "覃": "qin", "洗": "xian", "繁": "po", "折": "she", "员": "yun",
    "臧": "zang", "尹": "yin", "黑": "he", "秘": "bi", "重": "chong", "种": "chong", "牟": "mu", "隗": "wei",
}  # fmt: skip


def readings(name: str) -> tuple[str, str]:
    """`("wangmin", "wm")` for 王敏; letters of a foreign name stay, everything else falls away."""
    from pypinyin import lazy_pinyin  # 0.2 s to import: only when a name is written

    name = "".join(name.split())
    if not name:
        return "", ""
    syllables = lazy_pinyin(name)
    if name[0] in SURNAME_READINGS:
        syllables[0] = SURNAME_READINGS[name[0]]
    letters = ["".join(c for c in syllable.lower() if c.isalnum()) for syllable in syllables]
    return "".join(letters)[:120], "".join(part[0] for part in letters if part)[:30]
