"""A table of a policy file while it is read: every key is asked for once, with its kind; what is left over
is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from niangjia.policy.errors import Place, PolicyError
from niangjia.policy.model import Scalar, Text

_KINDS = {
    str: ("文字（加双引号）", "text in double quotes"),
    bool: ("true 或 false", "true or false"),
    int: ("整数", "a whole number"),
    date: ("日期，如 2024-07-01（不加引号）", "a day like 2024-07-01, without quotes"),
    dict: ("一个表", "a table"),
    list: ("一个列表 […]", "a list […]"),
}


class Section:
    """`item` says in Chinese which table this is, for the error place."""

    def __init__(self, data: object, item: str) -> None:
        if not isinstance(data, dict):
            raise PolicyError(f"{item} 应当是一个表。", f"{item} should be a table.")
        self.item = item
        self._left: dict[str, Any] = dict(data)
        self._known: list[str] = []

    def error(self, zh: str, en: str) -> PolicyError:
        return PolicyError(zh, en, Place(item=self.item))

    def has(self, key: str) -> bool:
        return key in self._left

    def raw(self, key: str) -> Any:
        self._known.append(key)
        return self._left.pop(key, None)

    def _typed(self, key: str, kind: type) -> Any:
        value = self.raw(key)
        right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if value is None or (right and not isinstance(value, datetime)):
            return value
        zh, en = _KINDS[kind]
        raise self.error(f"“{key}”应当是{zh}。", f"'{key}' should be {en}.")

    def _required(self, key: str, kind: type) -> Any:
        value = self._typed(key, kind)
        if value is None or value == "":
            raise self.error(f"缺少“{key}”，请补上。", f"'{key}' is missing; add it.")
        return value

    def word(self, key: str, default: str = "") -> str:
        value: str | None = self._typed(key, str)
        return default if value is None else value

    def need_word(self, key: str) -> str:
        word: str = self._required(key, str)
        return word

    def one_of(self, key: str, words: tuple[str, ...], default: str) -> str:
        word = self.word(key, default)
        if word not in words:
            allowed = "、".join(f'"{each}"' for each in words)
            raise self.error(f"“{key}”只能是 {allowed}。", f"'{key}' must be one of {allowed}.")
        return word

    def flag(self, key: str) -> bool:
        return bool(self._typed(key, bool))

    def number(self, key: str, default: int | None = None) -> int | None:
        value: int | None = self._typed(key, int)
        return default if value is None else value

    def day(self, key: str) -> date | None:
        day: date | None = self._typed(key, date)
        return day

    def need_day(self, key: str) -> date:
        day: date = self._required(key, date)
        return day

    def words(self, key: str) -> tuple[str, ...]:
        values = self._typed(key, list) or []
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"“{key}”应当是文字的列表。", f"'{key}' should be a list of texts.")
        return tuple(values)

    def text(self, key: str, default: str | None = None) -> Text | None:
        value = self.raw(key)
        if value is None:
            return None if default is None else Text(default, default)
        if isinstance(value, str):
            return Text(value, value)
        both = Section(value, f"{self.item} {key}")
        zh = both.need_word("zh")
        text = Text(zh, both.word("en", zh))
        both.finish()
        return text

    def table(self, key: str) -> dict[str, Any]:
        table: dict[str, Any] = self._typed(key, dict) or {}
        return table

    def tables(self, key: str) -> list[Any]:
        return self._typed(key, list) or []

    def sections(self, key: str, what: str) -> Iterator[tuple[str, Section]]:
        """The named tables below `key`: `[input."年龄"]` gives ("年龄", …)."""
        for name, data in self.table(key).items():
            yield name, Section(data, f"{what}“{name}”")

    def scalar(self, key: str) -> Scalar | None:
        return scalar_of(self.raw(key), key, self)

    def finish(self) -> None:
        """Refuse what nobody asked for, with the nearest word that exists."""
        for key in self._left:
            from difflib import get_close_matches

            near = get_close_matches(key, self._known, 1, 0.5)
            zh, en = (f"，是否想写“{near[0]}”", f"; did you mean '{near[0]}'") if near else ("", "")
            raise self.error(
                f"不认识的键“{key}”{zh}？" if near else f"不认识的键“{key}”。", f"Unknown key '{key}'{en}."
            )


def scalar_of(value: object, key: str, section: Section) -> Scalar | None:
    """A number (exact), bool, label or day; a float never gets here because the file is read with Decimal."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal) and not value.is_finite():
        raise section.error(f"“{key}”不是有限的数。", f"'{key}' is not a finite number.")
    if isinstance(value, datetime):
        raise section.error(f"“{key}”只写日期，不写时刻。", f"'{key}' takes a day without a time.")
    if value is None or isinstance(value, Decimal | bool | str | date):
        return value
    raise section.error(f"“{key}”应当是一个值。", f"'{key}' should be a single value.")
