"""The shipped policies: each file's own worked examples, and figures worked out apart from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.policy.checks import check
from niangjia.policy.compiling import compile_policy
from niangjia.policy.engine import Decision, Engine
from niangjia.policy.library import SHIPPED, Library
from niangjia.policy.model import Policy, Text

from .facts import Fact
from .figures_of_pages import PAGES, TIERS
from .figures_of_rules import RULES

LIBRARY = Library(SHIPPED)
FILES = list(LIBRARY.paths())
EVIDENCE = re.compile(r"\[(L|D|P|GK)\] ")
SAME_AS_POLICY = "同上"
TOLD = ("status", "reason", "missing")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


Pairs = tuple[tuple[str, object], ...]


@cache
def engine(path: Path, on: date, asked: tuple[str, ...], settings: Pairs = (), order: str = "") -> Engine:
    """With the policy's own outputs, and whatever steps are asked about besides."""
    policy = LIBRARY.resolve(LIBRARY.load(path), on)
    outputs = dict.fromkeys([*LIBRARY.whole(policy, on, order).outputs, *asked])
    return Engine(
        compile_policy(policy, on, LIBRARY, outputs=tuple(outputs), settings=dict(settings), order=order)
    )


def asked_of(expect: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in expect if name not in TOLD)


def differences(decision: Decision, expect: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """Name → (expected, found) of everything that came out otherwise; a silent example means decided."""
    found: dict[str, Any] = {"status": decision.status, "reason": decision.reason, **(decision.outputs or {})}
    found["missing"] = sorted(decision.missing)
    wanted: dict[str, Any] = {"status": "decided", **expect}
    if "missing" in wanted:
        wanted["missing"] = sorted(wanted["missing"])
    return {name: (value, found.get(name)) for name, value in wanted.items() if found.get(name) != value}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_worked_example_comes_out_and_the_check_has_no_warning(path: Path) -> None:
    assert LIBRARY.load(path).examples
    assert not [finding for finding in check(path, LIBRARY) if finding.level != "note"]


@pytest.mark.parametrize("fact", [*TIERS, *PAGES, *RULES], ids=str)
def test_figures_worked_out_by_hand_are_met(fact: Fact) -> None:
    path = LIBRARY.find(fact.policy, fact.on).path
    made = engine(path, fact.on, asked_of(fact.expect), tuple(fact.settings.items()), fact.order)
    assert not differences(made.decide(dict(fact.given)), fact.expect)


def sources(policy: Policy) -> Iterator[tuple[str, str]]:
    yield "[policy]", policy.source
    for part in (policy.parameters, policy.tiers, policy.tables, policy.steps, policy.gates):
        for name, rule in part.items():
            yield name, rule.source
    for step in policy.steps.values():
        for limit in (step.cap, step.floor):
            if limit:
                yield f"{step.name} limit", limit.source
    for layer in policy.stack.layers if policy.stack else ():
        yield layer.alias, layer.source


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_rule_says_where_it_is_printed_and_how_sure_that_is(path: Path) -> None:
    policy = LIBRARY.load(path)
    vague = [
        name
        for name, source in sources(policy)
        if not EVIDENCE.match(policy.source if source == SAME_AS_POLICY else source)
    ]
    assert not vague


def texts(policy: Policy) -> Iterator[tuple[str, Text | None]]:
    yield "title", policy.title
    yield "notes", policy.notes
    for part in (policy.inputs, policy.parameters, policy.tiers, policy.tables, policy.steps):
        for name, rule in part.items():
            yield name, rule.label
    for label, english in policy.english.items():
        yield label, Text(label, english)
    for gate in policy.gates.values():
        yield gate.name, gate.reason
    for relation in policy.relations.values():
        yield relation.name, relation.label
        for field in relation.fields:
            yield field.name, field.label


def is_english(text: Text | None) -> bool:
    return text is not None and bool(text.zh) and bool(text.en) and text.en.isascii()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_label_reason_and_note_is_there_in_both_languages(path: Path) -> None:
    assert not [name for name, text in texts(LIBRARY.load(path)) if not is_english(text)]


def numbers(value: object) -> Iterator[Decimal]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Decimal(value)


def printed_bounds(policy: Policy) -> Iterator[Decimal]:
    """Tier bounds, and ceilings and floors that stand as plain amounts."""
    for tier in policy.tiers.values():
        for entry in tier.rows:
            yield from (row.bound for row in entry.value or () if row.bound is not None)
    for step in policy.steps.values():
        for limit in (step.cap, step.floor):
            if limit and re.fullmatch(r"[0-9.]+", limit.at):
                yield Decimal(limit.at)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_printed_bound_has_an_example_below_on_and_above_it(path: Path) -> None:
    policy = LIBRARY.load(path)
    fen = Decimal("0.01")
    for bound in printed_bounds(policy):
        seen = {number for example in policy.examples for number in numbers([example.given, example.expect])}
        paid = {number for example in policy.examples for number in numbers(example.expect)}
        around = {bound - fen, bound, bound + fen} <= seen
        assert around or {bound - fen, bound} <= paid, bound


def silent_rules(policy: Policy) -> list[str]:
    """Rules that are unknown on the first day of the policy and on every other."""
    dated = {**policy.parameters}
    return [name for name, rule in dated.items() if all(entry.value is None for entry in rule.values)]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_print_leaves_open_all_the_time_is_shown_undecided(path: Path) -> None:
    policy = LIBRARY.load(path)
    open_cases = [example for example in policy.examples if example.expect.get("status") == "incomplete"]
    assert not silent_rules(policy) or open_cases or policy.inherits


@pytest.mark.parametrize(
    ("asked", "found", "on"),
    [
        ("350602/serious_illness", "350600", date(2016, 6, 1)),
        ("370285/hardship_recognition", "370000", date(2025, 6, 1)),
        ("371083/hardship_recognition", "371083", date(2025, 6, 1)),
        ("371083/hardship_recognition", "370000", date(2024, 6, 1)),
        ("440300/hardship_recognition", "000000", date(2018, 6, 1)),
        ("500112/dues_late_fee", "500000", date(2024, 6, 1)),
        ("360825/start_up_loan", "360800", date(2021, 6, 1)),
        ("360825/start_up_loan", "360000", date(2019, 6, 1)),
    ],
)
def test_the_nearest_region_in_force_that_day_decides(asked: str, found: str, on: date) -> None:
    assert LIBRARY.find(asked, on).region == found


@pytest.mark.parametrize(("day", "version"), [(date(2020, 12, 31), "2016.1"), (date(2021, 1, 1), "2021.1")])
def test_the_day_chooses_between_two_generations_of_one_scheme(day: date, version: str) -> None:
    assert LIBRARY.find("350600/medical_mutual_aid", day).version == version


CASCADE = SHIPPED / "000000" / "dues_cascade.toml"
LAYERS = SHIPPED / "321100" / "medical_layers.toml"
TYPICAL = (("省级比例", Decimal("0.10")), ("市级比例", Decimal("0.10")))
MONEY = st.decimals(min_value=0, max_value=10_000_000, places=2)


@given(MONEY)
def test_the_cascade_of_dues_loses_no_fen(received: Decimal) -> None:
    made = engine(CASCADE, date(2024, 1, 1), ("上缴",), TYPICAL)
    parts = made.decide({"入库经费": received}).outputs
    assert parts is not None
    assert parts["上缴"] == sum(parts[name] for name in parts if name != "上缴")
    assert 0 <= parts["上缴"] <= received


@given(MONEY)
def test_a_later_layer_of_the_medical_relief_never_sees_less_than_nothing(own: Decimal) -> None:
    case = {
        "自付医疗费": own,
        "特困职工或家属": False,
        "困难职工": True,
        "慈善核定额": Decimal("2000"),
        "在档": True,
        "困难类别": "困难职工",
        "核定救助额": Decimal("5000"),
        "已赠送保障": False,
    }
    made = engine(LAYERS, date(2021, 1, 1), ("慈善_余额",))
    outputs = made.decide(case).outputs
    assert outputs is not None
    assert outputs["慈善_余额"] == max(own - 2000, Decimal(0))
    assert outputs["合计"] + outputs["余额"] == own
