"""The programme as a JDM expression node for zen-engine, on fen, because its numbers leave as Python floats."""

import json
from typing import Any

import zen

STEPS = [
    ("count", "len(members)"),
    ("income", "sum(map(members, #.income))"),
    ("rigid", "sum(map(members, #.medical + #.school))"),
    ("average", "floor((income + floor(count / 2)) / count)"),
    ("line", "city == 'N' ? 107000 : city == 'X' ? 76550 : 90000"),
    ("over", "income * 12 - rigid - accident"),
    (
        "net",
        "over < 0 ? -floor((-over + count * 6) / (count * 12)) : floor((over + count * 6) / (count * 12))",
    ),
    (
        "kind",
        "homes or car > 15000000 ? '无' : average <= line ? '低保户' : average * 10 <= line * 15 ? '低保边缘'"
        " : net <= line ? '意外致困' : '无'",
    ),
    ("known", "kind != '无'"),
    ("fee", "min([kind == '低保户' ? registration : known ? floor((registration + 1) / 2) : 0, 50000])"),
    (
        "check",
        "min([kind == '低保户' ? floor((checks + 1) / 2) : known ? floor((checks * 3 + 5) / 10) : 0, 200000])",
    ),
    ("left1", "max([own - fee - check, 0])"),
    ("above", "max([left1 - (kind == '低保户' ? 200000 : 300000), 0])"),
    (
        "tiered",
        "min([above, 1000000]) * 50 + max([min([above, 3000000]) - 1000000, 0]) * 40"
        " + max([min([above, 8000000]) - 3000000, 0]) * 30 + max([above - 8000000, 0]) * 20",
    ),
    ("medical", "known ? min([floor((tiered + 50) / 100), 3000000]) : 0"),
    ("left2", "max([left1 - medical, 0])"),
    (
        "whole",
        "left2 < 600000 ? 0 : left2 <= 1000000 ? 50000 : left2 <= 3000000 ? floor((left2 * 10 + 50) / 100)"
        " : left2 <= 8000000 ? floor((left2 * 15 + 50) / 100) : floor((left2 * 20 + 50) / 100)",
    ),
    ("serious", "migrant ? min([whole, 5000000]) : 0"),
    ("left3", "max([left2 - serious, 0])"),
    ("mutual", "insured ? min([floor((max([left3 - 30000, 0]) * 6 + 5) / 10), 5000000]) : 0"),
    ("total", "medical + serious + mutual"),
    ("ceiling", "floor((own * 9 + 5) / 10)"),
    ("paid", "total - max([total - ceiling, 0])"),
    ("gap", "own - paid"),
]
OUTPUTS = {
    "户类别": "kind",
    "人均月收入": "average",
    "扣支后人均": "net",
    "挂号费减免": "fee",
    "检查费减免": "check",
    "医疗救助": "medical",
    "大病补助": "serious",
    "互助给付": "mutual",
    "应发": "paid",
    "缺口": "gap",
}
CITIES = {"南京": "N", "徐州": "X"}
INPUTS = {
    "二套房": "homes",
    "车价": "car",
    "意外支出": "accident",
    "自付": "own",
    "挂号费": "registration",
    "检查费": "checks",
    "农民工": "migrant",
    "参保": "insured",
}


def decision() -> Any:
    """Each expression sees the results before it: `$` is the node's own output."""
    names = [name for name, _ in STEPS]
    expressions = []
    for place, (name, text) in enumerate(STEPS):
        expressions.append({"id": f"e{place}", "key": name, "value": _own(text, names[:place])})
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "content": {}},
            {"id": "x", "type": "expressionNode", "name": "x", "content": {"expressions": expressions}},
            {"id": "out", "type": "outputNode", "name": "out", "content": {}},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "x", "type": "edge"},
            {"id": "2", "sourceId": "x", "targetId": "out", "type": "edge"},
        ],
    }
    return zen.ZenEngine().create_decision(json.dumps(graph, ensure_ascii=False))


def _own(text: str, names: list[str]) -> str:
    import re

    return re.sub(
        r"(?<![\w'.#])([a-z]\w*)\b(?!\()", lambda hit: f"$.{hit[1]}" if hit[1] in names else hit[0], text
    )


def prepared(case: dict[str, Any]) -> dict[str, Any]:
    """The case of by_decimal in fen and ASCII names."""
    given: dict[str, Any] = {INPUTS[name]: _fen(value) for name, value in case.items() if name in INPUTS}
    given["city"] = CITIES.get(case["城市"], "")
    given["members"] = [
        {"income": _fen(one["月收入"]), "medical": _fen(one["刚性医疗"]), "school": _fen(one["刚性教育"])}
        for one in case["成员"]
    ]
    return given


def _fen(value: Any) -> Any:
    return value if isinstance(value, bool) else int(value * 100)


def case(engine: Any, given: dict[str, Any], trace: bool) -> dict[str, Any]:
    answer = engine.evaluate(given, {"trace": trace})
    return {name: answer["result"][key] for name, key in OUTPUTS.items()}
