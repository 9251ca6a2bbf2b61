"""Reads the parts of a policy file: inputs, relations, parameters, tiers, tables, steps and gates."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from niangjia.policy.model import (
    Dated,
    Entry,
    Formula,
    Gate,
    Input,
    Limit,
    Parameter,
    Relation,
    Row,
    Scalar,
    Step,
    Table,
    Text,
    Tier,
    TierRow,
    Type,
)
from niangjia.policy.sections import Section, scalar_of
from niangjia.policy.text import name_of

T = TypeVar("T")
TYPES = ("money", "int", "rate", "number", "bool", "date")
UNKNOWN = "unknown"


def read_type(section: Section) -> Type:
    """The keys type, unit, digits."""
    raw = section.raw("type")
    unit, digits = section.word("unit"), section.number("digits")
    if digits is not None and not 0 <= digits <= 6:
        raise section.error("“digits”应在 0 到 6 之间。", "'digits' must be between 0 and 6.")
    if isinstance(raw, list) and raw and all(isinstance(label, str) and label for label in raw):
        if len(set(raw)) < len(raw):
            raise section.error("选项有重复。", "The list of labels repeats itself.")
        return Type("choice", choices=tuple(raw))
    if isinstance(raw, dict) and set(raw) == {"keys_of"} and isinstance(raw["keys_of"], str):
        return Type("choice", keys_of=name_of(raw["keys_of"]))
    if raw not in TYPES:
        raise section.error(
            "“type”应是 "
            + "、".join(f'"{name}"' for name in TYPES)
            + '、选项列表 ["甲", "乙"] 或 { keys_of = "表名" }。',
            "'type' must be one of " + ", ".join(TYPES) + ', a list of labels, or { keys_of = "table" }.',
        )
    if raw == "number" and digits is None:
        raise section.error(
            "number 类型要写“digits”（保留几位小数）。", "A number needs 'digits', the decimals it keeps."
        )
    if raw == "rate" and digits is None:
        digits = 4
    return Type(raw, unit or ("元" if raw == "money" else ""), digits)


def read_input(name: str, section: Section, origin: str) -> Input:
    made = Input(
        name_of(name),
        read_type(section),
        section.text("label", name) or Text(name, name),
        section.scalar("min"),
        section.scalar("max"),
        section.scalar("default"),
        section.word("source"),
        origin,
    )
    section.finish()
    return made


def read_relation(name: str, section: Section, origin: str) -> Relation:
    low, high = section.number("min_count", 1), section.number("max_count")
    if high is None or low is None or not 0 <= low <= high or not 1 <= high <= 1_000_000:
        raise section.error(
            "请写“max_count”（1 到 1000000），且“min_count”不大于它。",
            "Give 'max_count' (1 to 1000000) and a 'min_count' not above it.",
        )
    made = Relation(
        name_of(name),
        section.text("label", name) or Text(name, name),
        tuple(
            read_input(each, field, origin) for each, field in section.sections("fields", f"{name} 的字段")
        ),
        section.word("key"),
        low,
        high,
        section.word("unit"),
        origin,
    )
    section.finish()
    return made


def dated(section: Section, single: str, read: Callable[[Section], T]) -> Dated[T]:
    """Either one value for all days (read from the section itself) or the list under `dated`."""
    from datetime import date

    if not section.has("dated"):
        return (Entry(date.min, None, read(section)),)
    if section.has(single):
        raise section.error(
            f"“{single}”与“dated”只能写一个。", f"Give either '{single}' or 'dated', not both."
        )
    entries = []
    for data in section.tables("dated"):
        part = Section(data, section.item)
        start, until = part.need_day("from"), part.day("until")
        value = None if part.flag("unknown") else read(part)
        entries.append(Entry(start, until, value, part.word("source"), part.word("note")))
        part.finish()
    return tuple(entries)


def read_parameter(name: str, section: Section, origin: str) -> Parameter:
    type_ = read_type(section)
    label = section.text("label", name) or Text(name, name)

    def value(part: Section) -> Scalar:
        given = part.scalar("value")
        if given is None:
            raise part.error(
                "缺少“value”（未公布请写 unknown = true）。", "'value' is missing (or unknown = true)."
            )
        return given

    made = Parameter(
        name_of(name), type_, label, dated(section, "value", value), section.word("source"), origin
    )
    section.finish()
    return made


def read_tier(name: str, section: Section, origin: str) -> Tier:
    kind = section.one_of("kind", ("whole", "marginal"), "")
    each = section.one_of("round", ("sum", "each"), "sum") == "each"
    unit = section.word("unit", "元")

    def rows(part: Section) -> tuple[TierRow, ...]:
        return tuple(
            _tier_row(Section(row, f"{section.item} 第 {number} 行"))
            for number, row in _numbered(part, "rows")
        )

    made = Tier(
        name_of(name),
        kind,
        section.text("label", name) or Text(name, name),
        dated(section, "rows", rows),
        each,
        unit,
        section.word("gives", unit),
        section.word("source"),
        origin,
    )
    section.finish()
    return made


def _numbered(section: Section, key: str) -> enumerate[Any]:
    rows = section.tables(key)
    if not rows:
        raise section.error(f"缺少“{key}”。", f"'{key}' is missing.")
    return enumerate(rows, 1)


def _tier_row(section: Section) -> TierRow:
    below, upto = section.scalar("lt"), section.scalar("le")
    rate, amount = section.scalar("rate"), section.scalar("amount")
    section.finish()
    if below is not None and upto is not None:
        raise section.error("“lt”与“le”只能写一个。", "Give either 'lt' or 'le', not both.")
    if (rate is None) == (amount is None):
        raise section.error(
            "每行写“rate”或“amount”之一。", "Each row has exactly one of 'rate' and 'amount'."
        )
    numbers = [value for value in (below, upto, rate, amount) if value is not None]
    if not all(isinstance(value, Decimal) for value in numbers):
        raise section.error("档位里应当都是数字。", "A tier row holds numbers only.")
    bound = upto if below is None else below
    return TierRow(
        bound if isinstance(bound, Decimal) else None,
        below is None,
        rate if isinstance(rate, Decimal) else None,
        amount if isinstance(amount, Decimal) else None,
    )


def read_table(name: str, section: Section, origin: str) -> Table:
    type_ = read_type(section)

    def rows(part: Section) -> dict[str, Scalar | None]:
        given = part.table("rows")
        if not given:
            raise part.error("缺少“rows”。", "'rows' is missing.")
        return {
            key: None if value == UNKNOWN else scalar_of(value, key, part) for key, value in given.items()
        }

    made = Table(
        name_of(name),
        type_,
        section.text("label", name) or Text(name, name),
        dated(section, "rows", rows),
        section.scalar("default"),
        section.word("source"),
        origin,
    )
    section.finish()
    return made


def _formula(section: Section) -> Formula:
    if section.has("cases") == section.has("expr"):
        raise section.error("请写“expr”或“cases”之一。", "Give exactly one of 'expr' and 'cases'.")
    if section.has("expr"):
        return Formula(section.need_word("expr"))
    return Formula(
        "",
        tuple(
            _case(Section(row, f"{section.item} 第 {number} 行"))
            for number, row in _numbered(section, "cases")
        ),
    )


def _case(section: Section) -> Row:
    then = section.raw("then")
    if isinstance(then, bool):
        then = "true" if then else "false"
    if then is None or isinstance(then, list | dict):
        raise section.error("缺少“then”。", "'then' is missing.")
    row = Row(section.word("when") or None, str(then), section.text("label"), section.word("source"))
    section.finish()
    return row


def read_step(section: Section, origin: str, whole_source: str) -> Step:
    name = section.need_word("name")
    section.item = f"步骤“{name}”"
    limits = {}
    for key in ("cap", "floor"):
        data = section.raw(key)
        limits[key] = None if data is None else _limit(Section(data, f"{section.item} {key}"))
    formulas = dated(section, "expr", _formula)
    made = Step(
        name_of(name),
        read_type(section),
        section.text("label", name) or Text(name, name),
        formulas,
        section.word("per"),
        limits["cap"],
        limits["floor"],
        _source(section, whole_source),
        origin,
    )
    section.finish()
    return made


def _source(section: Section, whole: str) -> str:
    source = section.word("source")
    return whole if source == "同上" else source


def _limit(section: Section) -> Limit:
    limit = Limit(section.need_word("at"), section.flag("in_principle"), section.word("source"))
    section.finish()
    return limit


def read_gate(section: Section, origin: str, whole_source: str) -> Gate:
    name = section.need_word("name")
    section.item = f"排除条件“{name}”"
    if section.has("exclude") == section.has("require"):
        raise section.error("请写“exclude”或“require”之一。", "Give exactly one of 'exclude' and 'require'.")
    negated = section.has("require")
    condition = section.need_word("require" if negated else "exclude")
    reason = section.text("reason")
    if reason is None:
        raise section.error(
            "缺少“reason”：请写明为何不能享受。", "'reason' is missing: say why the case is excluded."
        )
    made = Gate(name_of(name), condition, negated, reason, _source(section, whole_source), origin)
    section.finish()
    return made
