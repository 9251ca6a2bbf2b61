"""A policy file after reading: names normalised, numbers exact, dates real, nothing yet typed or compiled.

`None` as the value of a dated entry is the explicit `unknown = true` of the file: print is silent for that
time.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Generic, TypeVar

from niangjia.policy.records import Record, fresh

T = TypeVar("T")
Scalar = Decimal | bool | str | date


class Text(Record):
    """One thing said in Chinese and English; a plain string in the file is Chinese, English falls back to
    it.
    """

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.zh


class Entry(Record, Generic[T]):
    """What holds from `start` to `until` (last day, inclusive; None = until the next entry or the policy's
    end).
    """

    start: date
    until: date | None
    value: T | None
    source: str = ""
    note: str = ""


Dated = tuple[Entry[T], ...]


class Type(Record):
    """`name` is money, int, rate, number, bool, date or choice; `digits` the decimals kept; `keys_of` a
    table's name.
    """

    name: str
    unit: str = ""
    digits: int | None = None
    choices: tuple[str, ...] = ()
    keys_of: str = ""


class Input(Record):
    """A fact of the case. No default = required. `low` and `high` are inclusive; outside is reported, never
    clipped.
    """

    name: str
    type: Type
    label: Text
    low: Scalar | None
    high: Scalar | None
    default: Scalar | None
    source: str
    origin: str


class Relation(Record):
    """A list inside the case (成员). `key`: the column that joins its rows to the unit in set-based runs."""

    name: str
    label: Text
    fields: tuple[Input, ...]
    key: str
    min_count: int
    max_count: int
    unit: str
    origin: str


class Parameter(Record):
    name: str
    type: Type
    label: Text
    values: Dated[Scalar]
    source: str
    origin: str


class TierRow(Record):
    """`bound` None = open (last row). Exactly one of `rate` and `amount` is set."""

    bound: Decimal | None
    inclusive: bool
    rate: Decimal | None
    amount: Decimal | None


class Tier(Record):
    """`kind` whole: the row's rate hits the whole amount; marginal: each slice its own rate.

    `unit` is that of the argument and the bounds, `gives` that of the result.
    """

    name: str
    kind: str
    label: Text
    rows: Dated[tuple[TierRow, ...]]
    round_each: bool
    unit: str
    gives: str
    source: str
    origin: str


class Table(Record):
    """Values by the labels of a choice. A row whose value is None is `"unknown"`: print does not say."""

    name: str
    type: Type
    label: Text
    rows: Dated[dict[str, Scalar | None]]
    default: Scalar | None
    source: str
    origin: str


class Row(Record):
    """One line of `cases`; `when` None is the last, open line."""

    when: str | None
    then: str
    label: Text | None
    source: str


class Formula(Record):
    """Either `expr` or `cases` is filled."""

    expr: str
    cases: tuple[Row, ...] = ()


class Limit(Record):
    """A cap or floor. `in_principle` (原则上): a person may lift it for one case, with a reason."""

    at: str
    in_principle: bool
    source: str


class Step(Record):
    name: str
    type: Type
    label: Text
    formulas: Dated[Formula]
    per: str
    cap: Limit | None
    floor: Limit | None
    source: str
    origin: str


class Gate(Record):
    """Excludes when `condition` holds (`negated` False) or when it does not (`require` in the file)."""

    name: str
    condition: str
    negated: bool
    reason: Text
    source: str
    origin: str


class Use(Record):
    """Another policy whose results this one names as `alias.output`. `bindings`: its input → expression
    here.
    """

    alias: str
    policy: str
    version: str
    bindings: dict[str, str]
    per: str


class Example(Record):
    """A worked example: `expect` may hold outputs, any step, `status`, `reason` and `missing`."""

    name: str
    on: date
    given: dict[str, object]
    expect: dict[str, object]
    settings: dict[str, object]
    lifted: dict[str, str]
    order: str


class Layer(Record):
    """One scheme of a stack: `sees` is its input that receives what is left, `amount` its output that is
    taken off.
    """

    alias: str
    policy: str
    version: str
    sees: str
    amount: str
    bindings: dict[str, str]
    source: str


class Ceiling(Record):
    """A joint limit over several layers; `gives_way` lists who is cut first."""

    name: str
    limit: str
    over: tuple[str, ...]
    gives_way: tuple[str, ...]
    source: str


class Stack(Record):
    """Order between schemes. `orders` are the named readings; `order` the one that applies unless a caller
    says.
    """

    pool: str
    order: str
    orders: dict[str, tuple[str, ...]]
    layers: tuple[Layer, ...]
    ceilings: tuple[Ceiling, ...]


class Policy(Record):
    """One scheme of one region. `id` is "<region>/<scheme>"; `origin` of each item names the file it came from.

    `english`: the labels of choices, and of whatever else has no label of its own, in English.
    """

    region: str
    scheme: str
    version: str
    title: Text
    unit: str
    start: date
    until: date | None
    source: str
    inherits: bool
    outputs: tuple[str, ...]
    path: Path
    digest: str
    notes: Text | None = None
    inputs: dict[str, Input] = fresh(default_factory=dict)
    relations: dict[str, Relation] = fresh(default_factory=dict)
    parameters: dict[str, Parameter] = fresh(default_factory=dict)
    tiers: dict[str, Tier] = fresh(default_factory=dict)
    tables: dict[str, Table] = fresh(default_factory=dict)
    steps: dict[str, Step] = fresh(default_factory=dict)
    gates: dict[str, Gate] = fresh(default_factory=dict)
    uses: dict[str, Use] = fresh(default_factory=dict)
    examples: tuple[Example, ...] = ()
    stack: Stack | None = None
    english: dict[str, str] = fresh(default_factory=dict)
    # Of each file it is laid over: region and title.
    above: dict[str, tuple[str, Text]] = fresh(default_factory=dict)

    @property
    def file(self) -> str:
        """As `origin` writes it."""
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def id(self) -> str:
        return f"{self.region}/{self.scheme}"
