"""How personal data is shown where nobody gave a reason to see it."""

import re

# 复姓 still in use; every other surname has one character.
COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛东方皇甫尉迟公孙慕容司徒令狐夏侯端木百里呼延轩辕长孙宇文鲜于闾丘"
        "司空亓官司寇公羊公冶申屠太史淳于单于万俟钟离东郭西门南宫独孤第五澹台濮阳赫连拓跋"
        "完颜纳兰叶赫乐正公良漆雕壤驷公西颛孙巫马宰父榖梁左丘梁丘东门南门微生羊舌仲孙",
    )
)


def mask_id_number(number: str) -> str:
    """110101********1234. Numbers of another length keep a quarter at either end."""
    if len(number) == 18:
        return f"{number[:6]}********{number[-4:]}"
    kept = len(number) // 4
    return number[:kept] + "*" * (len(number) - 2 * kept) + number[len(number) - kept :]


def mask_phone(number: str) -> str:
    """138****5678; a number of any other length shows its last four digits only."""
    if len(number) == 11 and number.isdigit():
        return f"{number[:3]}****{number[-4:]}"
    return mask_card(number)


def mask_card(number: str) -> str:
    """The last four digits; of a number too short to hide, nothing."""
    return f"**** {number[-4:]}" if len(number) >= 8 else "*" * len(number)


def mask_name(name: str) -> str:
    """For public notice: the surname, then a star per character; foreign names keep their first letter."""
    name = name.strip()
    head = name.split("·")[0]
    kept = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    if "·" in name or " " in name:
        return f"{head[:1]}**"
    return name[:kept] + "*" * max(len(name) - kept, 1) if name else ""
