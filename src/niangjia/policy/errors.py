"""What is wrong with a policy, said in Chinese and English, with the file, the item and the column."""

from __future__ import annotations

import re
from pathlib import Path

from niangjia.policy.records import Record, replace


class Place(Record):
    """Where in a policy: `item` is e.g. 步骤“大病补助”, `line` and `column` count from 1 (0 = not known)."""

    file: str = ""
    item: str = ""
    line: int = 0
    column: int = 0

    def text(self, language: str) -> str:
        chinese = language != "en"
        parts = [self.file + (f":{self.line}" if self.line else "")] if self.file else []
        if self.item:
            parts.append(self.item if chinese else _item_in_english(self.item))
        if self.column:
            parts.append(f"第 {self.column} 列" if chinese else f"column {self.column}")
        return " · ".join(parts)


_NOUNS = {
    "输入": "input",
    "列表": "list",
    "字段": "field",
    "参数": "parameter",
    "档位": "tier",
    "表": "table",
    "步骤": "step",
    "排除条件": "gate",
    "引用": "use",
    "层": "layer",
    "合计上限": "ceiling",
    "示例": "example",
    "案例": "case",
}


def _item_in_english(item: str) -> str:
    item = re.sub(r"^(.+) 的字段(“.+”)", r"字段\2 of \1", item)
    item = re.sub(r"第 (\d+) 行", r"line \1", item)
    return re.sub(f"({'|'.join(_NOUNS)})(?=“)", lambda found: f"{_NOUNS[found[1]]} ", item)


class PolicyError(Exception):
    """A policy that cannot be used. `zh` and `en` each say what is wrong and what to do."""

    def __init__(self, zh: str, en: str, place: Place | None = None) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en
        self.place = place or Place()

    def within(self, *, file: str = "", item: str = "") -> PolicyError:
        """The same error, with what the raiser did not know filled in."""
        place = self.place
        self.place = replace(place, file=place.file or file, item=place.item or item)
        return self

    def on(self, path: Path) -> PolicyError:
        """The same error, with its line when it lies in this file."""
        self.place = located(self.place, path)
        return self

    def text(self, language: str = "zh") -> str:
        return _sentence(self.place, self.en if language == "en" else self.zh, language)

    def __str__(self) -> str:
        return f"{self.text('zh')} ({self.en})"


class Finding(Record):
    """One line of a `check` report. `level`: error (exit 1), warning, or note (printed, e.g. a cliff)."""

    level: str
    zh: str
    en: str
    place: Place = Place()

    def text(self, language: str = "zh") -> str:
        return _sentence(self.place, self.en if language == "en" else self.zh, language)


def _sentence(place: Place, sentence: str, language: str) -> str:
    where = place.text(language)
    return f"{where}: {sentence}" if where else sentence


def located(place: Place, path: Path) -> Place:
    """The place with the line on which the item's name first stands, if it lies in this file.

    Items are named 步骤“…”, so the name is between the quotes.
    """
    if (
        place.line
        or "“" not in place.item
        or place.file not in (path.name, f"{path.parent.name}/{path.name}")
        or not path.is_file()
    ):
        return place
    name = place.item.split("“", 1)[1].split("”", 1)[0]
    text = path.read_bytes().decode(errors="replace")
    for marker in (f'name = "{name}"', f'."{name}"', f".{name}]", f'"{name}"', name):
        at = text.find(marker)
        if at >= 0:
            return replace(place, line=text.count("\n", 0, at) + 1)
    return place
