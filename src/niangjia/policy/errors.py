"""What is wrong with a policy, said in Chinese and English, with the file, the item and the column."""

from __future__ import annotations

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
            parts.append(self.item)
        if self.column:
            parts.append(f"第 {self.column} 列" if chinese else f"column {self.column}")
        return " · ".join(parts)


class PolicyError(Exception):
    """A policy that cannot be used. `zh` and `en` each say what is wrong and what to do."""

    def __init__(self, zh: str, en: str, place: Place | None = None) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en
        self.place = place or Place()

    def within(self, *, file: str = "", item: str = "", line: int = 0) -> PolicyError:
        """The same error, with what the raiser did not know filled in."""
        place = self.place
        self.place = replace(place, file=place.file or file, item=place.item or item, line=place.line or line)
        return self

    def text(self, language: str = "zh") -> str:
        where = self.place.text(language)
        sentence = self.en if language == "en" else self.zh
        return f"{where}: {sentence}" if where else sentence

    def __str__(self) -> str:
        return f"{self.text('zh')} ({self.en})"


class Finding(Record):
    """One line of a `check` report. `level`: error (exit 1), warning, or note (printed, e.g. a cliff)."""

    level: str
    zh: str
    en: str
    place: Place = Place()

    def text(self, language: str = "zh") -> str:
        where = self.place.text(language)
        sentence = self.en if language == "en" else self.zh
        return f"{where}: {sentence}" if where else sentence
