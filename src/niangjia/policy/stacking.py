"""Writes a stack – the order between schemes – out as ordinary uses and steps: each layer sees what the
former left.
"""

from __future__ import annotations

from datetime import date

from niangjia.policy.errors import Place, PolicyError
from niangjia.policy.model import Ceiling, Entry, Formula, Layer, Policy, Stack, Step, Text, Type, Use
from niangjia.policy.records import replace

_YUAN = Type("money", "元")


def unstack(policy: Policy, order: str = "") -> Policy:
    """The same policy without a stack. `order` names the reading; empty takes the file's."""
    stack = policy.stack
    if stack is None:
        if order:
            raise PolicyError(
                f"这份政策没有多层顺序（[stack]），不能用“{order}”。",
                f"There is no [stack] to put in the order '{order}'.",
            ).within(file=policy.path.name)
        return policy
    names = _order(stack, order)
    layers = {layer.alias: layer for layer in stack.layers}
    uses, steps, left = dict(policy.uses), dict(policy.steps), stack.pool
    for name in names:
        layer = layers[name]
        uses[name] = Use(
            name, layer.policy, layer.version, {**layer.bindings, layer.sees or stack.pool: left}, ""
        )
        left = _add_layer(steps, policy, layer, left)
    amounts = {name: f"{name}_核定" for name in names}
    for ceiling in stack.ceilings:
        amounts = _add_ceiling(steps, policy, ceiling, amounts)
    finals = [
        _add(steps, policy, f"{name}_金额", amounts[name], _words(policy, layers[name], "金额", "paid"))
        for name in names
    ]
    total = _add(steps, policy, "合计", " + ".join(finals), Text("各层合计", "all layers together"))
    rest = _add(steps, policy, "余额", f"max({stack.pool} - 合计, 0)", Text("仍需自付", "left to the person"))
    return replace(policy, uses=uses, steps=steps, stack=None, outputs=(total, rest, *finals))


def _order(stack: Stack, order: str) -> tuple[str, ...]:
    try:
        return stack.orders[order or stack.order]
    except KeyError:
        known = "、".join(stack.orders)
        raise PolicyError(
            f"没有名为“{order}”的顺序，可用：{known}。",
            f"There is no order '{order}'; known: {known}.",
            Place(item="[stack]"),
        ) from None


def _words(policy: Policy, layer: Layer, zh: str, en: str) -> Text:
    return Text(f"{layer.alias}{zh}", f"{_english(policy, layer.alias)}: {en}")


def _english(policy: Policy, name: str) -> str:
    return policy.english.get(name, name)


def _add_layer(steps: dict[str, Step], policy: Policy, layer: Layer, left: str) -> str:
    granted = f"{layer.alias}_核定"
    _add(
        steps,
        policy,
        granted,
        f"{layer.alias}.{layer.amount}",
        _words(policy, layer, "核定", "granted"),
        layer.source,
    )
    words = _words(policy, layer, "之后余额", "left after it")
    return _add(steps, policy, f"{layer.alias}_余额", f"max({left} - {granted}, 0)", words, layer.source)


def _add_ceiling(
    steps: dict[str, Step], policy: Policy, ceiling: Ceiling, amounts: dict[str, str]
) -> dict[str, str]:
    """Cuts what passes the limit, first from the layer that gives way first."""
    together = " + ".join(amounts[name] for name in ceiling.over)
    words = Text(f"超出“{ceiling.name}”", f"above '{_english(policy, ceiling.name)}'")
    rest = f"{ceiling.name}_超出"
    _add(steps, policy, rest, f"max({together} - ({ceiling.limit}), 0)", words, ceiling.source)
    after = dict(amounts)
    for name in ceiling.gives_way:
        cut, words = (
            f"{name}_{ceiling.name}_让减",
            Text(f"{name}让减", f"{_english(policy, name)} gives way by"),
        )
        _add(steps, policy, cut, f"min({amounts[name]}, {rest})", words, ceiling.source)
        after[name] = _add(
            steps,
            policy,
            f"{name}_{ceiling.name}_之后",
            f"{amounts[name]} - {cut}",
            Text(f"{name}让减后", f"{_english(policy, name)} after giving way"),
            ceiling.source,
        )
        rest = _add(
            steps, policy, f"{cut}_余", f"{rest} - {cut}", Text("仍超出", "still above"), ceiling.source
        )
    return after


def _add(steps: dict[str, Step], policy: Policy, name: str, expr: str, label: Text, source: str = "") -> str:
    if name in steps:
        raise PolicyError(
            f"步骤“{name}”由 [stack] 生成，请改名。", f"The step '{name}' is made by [stack]; rename yours."
        )
    origin = f"{policy.region}/{policy.path.name}"
    entry = Entry(date.min, None, Formula(expr))
    steps[name] = Step(name, _YUAN, label, (entry,), "", None, None, source or policy.source, origin)
    return name
