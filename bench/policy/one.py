"""One household, every engine, microseconds: interleaved rounds in one process, the best round of each
counts.

Prints JSON: per engine the best median, and whether its results equal the Decimal function's to the fen.
"""

import json
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from peers import by_decimal, by_niangjia, by_openfisca, by_zen

from niangjia.policy.engine import Engine
from niangjia.policy.explanation import explain

ROUNDS, REPEATS = 5, 300
CASE: dict[str, Any] = {
    "城市": "镇江",
    "二套房": False,
    "车价": Decimal(0),
    "意外支出": Decimal("12000"),
    "自付": Decimal("40379.72"),
    "挂号费": Decimal("55.50"),
    "检查费": Decimal("1830.45"),
    "农民工": True,
    "参保": True,
    "成员": [
        {"月收入": Decimal("1830.55"), "刚性医疗": Decimal("5600"), "刚性教育": Decimal(0)},
        {"月收入": Decimal("1200"), "刚性医疗": Decimal(0), "刚性教育": Decimal("4800")},
        {"月收入": Decimal(0), "刚性医疗": Decimal(0), "刚性教育": Decimal(0)},
    ],
}


def contenders() -> dict[str, tuple[Callable[[], Any], int]]:
    """Name → what to time and how often in one round."""
    engine = Engine(by_niangjia.compiled())
    decision, given = by_zen.decision(), by_zen.prepared(CASE)
    country, situation = by_openfisca.system(), by_openfisca.situation(CASE)
    return {
        "niangjia, explained": (lambda: engine.explain(CASE).json("zh"), REPEATS),
        "niangjia, told in Chinese": (lambda: explain(engine.explain(CASE), "zh"), REPEATS // 100),
        "niangjia, no trace": (lambda: engine.run(CASE), REPEATS * 10),
        "decimal function": (lambda: by_decimal.case(CASE), REPEATS * 10),
        "zen-engine, traced": (lambda: by_zen.case(decision, given, True), REPEATS),
        "zen-engine, no trace": (lambda: by_zen.case(decision, given, False), REPEATS),
        "openfisca, traced": (lambda: by_openfisca.case(country, situation, True), REPEATS // 15),
        "openfisca, no trace": (lambda: by_openfisca.case(country, situation, False), REPEATS // 15),
    }


def median(run: Callable[[], Any], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def same_fen() -> dict[str, bool]:
    expected = by_decimal.case(CASE)
    assert expected is not None
    fen = {name: value if isinstance(value, str) else int(value * 100) for name, value in expected.items()}
    engine = Engine(by_niangjia.compiled())
    zen = by_zen.case(by_zen.decision(), by_zen.prepared(CASE), True)
    fisca = by_openfisca.case(by_openfisca.system(), by_openfisca.situation(CASE), True)
    return {
        "niangjia": engine.decide(CASE).outputs == expected,
        "zen-engine": zen == fen,
        "openfisca": {name: value if isinstance(value, str) else value * 100 for name, value in fisca.items()}
        == fen,
    }


def main() -> None:
    rivals = contenders()
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, (run, repeats) in rivals.items():
            best[name] = min(best.get(name, 1e9), median(run, repeats))
    print(json.dumps({"microseconds": best, "same fen": same_fen()}, ensure_ascii=False))


if __name__ == "__main__":
    main()
