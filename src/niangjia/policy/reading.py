"""Reads one policy file into the model. Every wrong key, kind or name is refused with its item."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from niangjia.policy import items
from niangjia.policy.errors import PolicyError
from niangjia.policy.model import Ceiling, Example, Layer, Policy, Stack, Text, Use
from niangjia.policy.sections import Section
from niangjia.policy.text import name_of

T = TypeVar("T")
UNITS = ("person", "household", "employer", "claim")


def read(path: Path) -> Policy:
    """Raises PolicyError; its place names the file, and the line where the item's name first stands."""
    return read_text(path.read_bytes(), path)


def read_text(raw: bytes, path: Path) -> Policy:
    """A file that was read already, or kept elsewhere; `path` says its region and scheme and is not opened."""
    try:
        return _policy(tomllib.loads(raw.decode(), parse_float=Decimal), path, raw)
    except UnicodeDecodeError:
        raise PolicyError(
            "文件不是 UTF-8 编码，请另存为 UTF-8。", "The file is not UTF-8; save it as UTF-8."
        ).within(file=path.name) from None
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(
            f"文件格式有误（TOML）：{error}。", f"The file is not well-formed TOML: {error}."
        ).within(file=path.name) from None
    except PolicyError as error:
        raise error.within(file=path.name).on(path) from None


def _policy(data: dict[str, Any], path: Path, raw: bytes) -> Policy:
    file = Section(data, path.name)
    head = Section(file.raw("policy"), "[policy]")
    origin, source = f"{path.parent.name}/{path.name}", head.need_word("source")
    start, until = head.need_day("from"), head.day("until")
    if until is not None and until < start:
        raise head.error("“until”早于“from”。", "'until' is before 'from'.")
    region, scheme = head.need_word("region"), head.need_word("scheme")
    if not (region.isascii() and region.isdigit() and len(region) in {6, 9, 12}):
        raise head.error(
            "“region”应是 6、9 或 12 位数字的地区代码。", "'region' must be a code of 6, 9 or 12 digits."
        )
    stack = _stack(file)
    policy = Policy(
        region=region,
        scheme=scheme,
        version=head.need_word("version"),
        title=_title(head),
        unit=head.one_of("unit", UNITS, ""),
        start=start,
        until=until,
        source=source,
        inherits=head.flag("inherits"),
        outputs=tuple(name_of(name) for name in head.words("outputs")),
        path=path,
        digest=hashlib.sha256(raw).hexdigest(),
        notes=head.text("notes"),
        inputs=_named("输入", (items.read_input(n, s, origin) for n, s in file.sections("input", "输入"))),
        relations=_named(
            "列表", (items.read_relation(n, s, origin) for n, s in file.sections("relation", "列表"))
        ),
        parameters=_named(
            "参数", (items.read_parameter(n, s, origin) for n, s in file.sections("param", "参数"))
        ),
        tiers=_named("档位", (items.read_tier(n, s, origin) for n, s in file.sections("tier", "档位"))),
        tables=_named("表", (items.read_table(n, s, origin) for n, s in file.sections("table", "表"))),
        steps=_named(
            "步骤", (items.read_step(Section(d, "步骤"), origin, source) for d in file.tables("step"))
        ),
        gates=_named(
            "排除条件", (items.read_gate(Section(d, "排除条件"), origin, source) for d in file.tables("gate"))
        ),
        uses=dict(_uses(file)),
        examples=tuple(_example(d, start) for d in file.tables("example")),
        stack=stack,
        english=_english(file),
    )
    head.finish()
    file.finish()
    return policy


def _english(file: Section) -> dict[str, str]:
    words = file.table("english")
    if not all(isinstance(word, str) and word for word in words.values()):
        raise PolicyError(
            '[english] 的每一行写成 "选项" = "English"。', 'Each line of [english] is "选项" = "English".'
        )
    return words


def _title(head: Section) -> Text:
    title = head.text("title")
    if title is None:
        raise head.error("缺少“title”。", "'title' is missing.")
    return title


def _named(what: str, made: Iterable[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for item in made:
        name = str(getattr(item, "name", ""))
        if name in found:
            raise PolicyError(f"{what}“{name}”写了两次。", f"'{name}' is defined twice.")
        found[name] = item
    return found


def _uses(file: Section) -> Iterable[tuple[str, Use]]:
    for name, section in file.sections("uses", "引用"):
        alias = name_of(name)
        use = Use(
            alias,
            section.need_word("policy"),
            section.word("version"),
            _bindings(section),
            section.word("per"),
        )
        section.finish()
        yield alias, use


def _bindings(section: Section) -> dict[str, str]:
    bindings = section.table("with")
    if not all(isinstance(value, str) for value in bindings.values()):
        raise section.error(
            "“with”的每一项应是加引号的公式。", "Each entry of 'with' is a formula in quotes."
        )
    return {name_of(name): value for name, value in bindings.items()}


def _example(data: object, start: date) -> Example:
    section = Section(data, "示例")
    name = section.need_word("name")
    section.item = f"示例“{name}”"
    lifted = section.table("lift")
    example = Example(
        name,
        section.day("on") or start,
        section.table("given"),
        section.table("expect"),
        section.table("set"),
        {name_of(step): str(reason) for step, reason in lifted.items()},
        section.word("order"),
    )
    if not example.expect:
        raise section.error(
            "缺少“expect”：请写出应得的结果。", "'expect' is missing: say what should come out."
        )
    section.finish()
    return example


def _stack(file: Section) -> Stack | None:
    data = file.raw("stack")
    if data is None:
        return None
    section = Section(data, "[stack]")
    layers = tuple(_layer(Section(each, "层")) for each in section.tables("layer"))
    names = tuple(layer.alias for layer in layers)
    orders = {key: tuple(name_of(n) for n in value) for key, value in section.table("orders").items()} or {
        "": names
    }
    stack = Stack(
        name_of(section.need_word("pool")),
        section.word("order", next(iter(orders))),
        orders,
        layers,
        tuple(_ceiling(Section(each, "合计上限"), names) for each in section.tables("ceiling")),
    )
    if stack.order not in orders or any(sorted(order) != sorted(names) for order in orders.values()):
        raise section.error(
            "每种顺序都要恰好列出全部各层，“order”要是其中之一。",
            "Every order must list each layer exactly once, and 'order' must be one of them.",
        )
    section.finish()
    return stack


def _layer(section: Section) -> Layer:
    name = section.need_word("name")
    section.item = f"层“{name}”"
    layer = Layer(
        name_of(name),
        section.need_word("policy"),
        section.word("version"),
        section.word("sees"),
        name_of(section.need_word("amount")),
        _bindings(section),
        section.need_word("source"),
    )
    section.finish()
    return layer


def _ceiling(section: Section, names: tuple[str, ...]) -> Ceiling:
    name = section.need_word("name")
    section.item = f"合计上限“{name}”"
    over = tuple(name_of(each) for each in section.words("over")) or names
    ceiling = Ceiling(
        name_of(name),
        section.need_word("limit"),
        over,
        tuple(name_of(each) for each in section.words("gives_way")) or tuple(reversed(over)),
        section.need_word("source"),
    )
    if not set(ceiling.gives_way) <= set(over) <= set(names):
        raise section.error(
            "“over”“gives_way”只能写已有的层。", "'over' and 'gives_way' may only name layers."
        )
    section.finish()
    return ceiling
