"""Regions: the nearest file wins or is laid over the one above; stacks: each layer sees what is left."""

from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from niangjia.policy import explanation, rendering
from niangjia.policy.errors import PolicyError
from niangjia.policy.library import Library
from tests.policy.files import ON, decide, explain, money, step, write
from tests.policy.test_decide import GATE

RATE = '[param."比例"]\ntype = "rate"\nvalue = 0.10\nsource = "国家"\n'


def test_the_nearest_policy_is_found_and_its_changes_laid_over(tmp_path: Path) -> None:
    write(tmp_path, money() + RATE + step("round(自付 * 比例, 2)"), region="000000")
    write(
        tmp_path,
        RATE.replace("0.10", "0.20").replace("国家", "本市"),
        region="350600",
        outputs="",
        head="inherits = true",
    )
    library = Library(tmp_path)
    assert library.find("350602/aid", ON).region == "350600"
    assert library.find("360000/aid", ON).region == "000000"
    near = tmp_path / "350600" / "aid.toml"
    assert decide(near, {"自付": 100}).outputs == {"补助": 20}
    (entry,) = explain(near, {"自付": 100}).json()["steps"]
    assert entry["origin"] == "000000/aid.toml"
    told = explain(near, {"自付": 100})
    assert "依据：第一条，沿用全国《测试补助》" in rendering.text(explanation.explain(told))
    assert ", from the national ‘Test aid’" in rendering.text(explanation.explain(told, "en"))


def test_a_rule_of_a_region_between_is_told_by_its_title(tmp_path: Path) -> None:
    write(tmp_path, money() + step("自付"), region="420000")
    near = write(tmp_path, RATE, region="420600", outputs="", head="inherits = true")
    told = rendering.text(explanation.explain(explain(near, {"自付": 100})))
    assert "，沿用《测试补助》" in told and "420000" not in told


def test_the_day_chooses_the_version(tmp_path: Path) -> None:
    old = write(tmp_path, money() + step("自付"), head="until = 2024-12-31")
    new = old.with_name("aid.2025.toml")
    text = (
        old.read_text(encoding="utf-8")
        .replace("from = 2024-01-01", "from = 2025-01-01")
        .replace("until = 2024-12-31", "")
    )
    new.write_text(text.replace('version = "1"', 'version = "2"'), encoding="utf-8")
    library = Library(tmp_path)
    assert library.find("350600/aid", date(2024, 12, 31)).version == "1"
    assert library.find("350600/aid", date(2025, 1, 1)).version == "2"
    assert library.find("350600/aid", date(2025, 1, 1), "1").version == "1"
    with pytest.raises(PolicyError, match="找不到"):
        library.find("350600/aid", date(2023, 12, 31))


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    gate = GATE.format(name="非会员", kind="require", condition="会员")
    member = '[input."会员"]\ntype = "bool"\n'
    write(tmp_path, money() + step("round(自付 * 0.5, 2)"), "half")
    write(tmp_path, money("费用") + member + gate + step("min(费用, 400)"), "fixed")
    body = (
        money()
        + """[stack]
pool = "自付"
order = "先减半"
[stack.orders]
"先减半" = ["减半", "定额"]
"先定额" = ["定额", "减半"]
[[stack.layer]]
name = "减半"
policy = "350600/half"
amount = "补助"
source = "第一条"
[[stack.layer]]
name = "定额"
policy = "350600/fixed"
sees = "费用"
amount = "补助"
source = "第二条"
[[stack.ceiling]]
name = "封顶"
limit = "800"
source = "第三条"
"""
    )
    return write(tmp_path, body, "layers", outputs="")


def outputs(path: Path, case: dict[str, Any], **options: Any) -> dict[str, Any]:
    made = decide(path, case, **options).outputs
    assert made is not None
    return made


def test_each_layer_sees_what_the_former_left(stack: Path) -> None:
    case = {"自付": 1000, "会员": True}
    assert outputs(stack, case) == {"合计": 800, "余额": 200, "减半_金额": 500, "定额_金额": 300}
    small = {"自付": 600, "会员": True}
    assert outputs(stack, small) == {"合计": 600, "余额": 0, "减半_金额": 300, "定额_金额": 300}


def test_another_order_gives_another_result(stack: Path) -> None:
    made = outputs(stack, {"自付": 600, "会员": True}, order="先定额")
    assert made == {"合计": 500, "余额": 100, "减半_金额": 100, "定额_金额": 400}
    with pytest.raises(PolicyError, match="没有名为“随便”的顺序"):
        outputs(stack, {"自付": 600}, order="随便")


def test_the_joint_ceiling_cuts_who_gives_way_first(stack: Path) -> None:
    made = outputs(stack, {"自付": 1000, "会员": True}, order="先定额")
    assert (made["减半_金额"], made["定额_金额"], made["合计"]) == (300, 400, 700)
    first = stack.read_text(encoding="utf-8").replace('limit = "800"', 'limit = "600"\ngives_way = ["减半"]')
    stack.write_text(first, encoding="utf-8")
    made = outputs(stack, {"自付": 1000, "会员": True}, order="先定额")
    assert (made["减半_金额"], made["定额_金额"], made["合计"]) == (D(200), 400, 600)


def test_a_layer_that_excludes_leaves_everything_to_the_next(stack: Path) -> None:
    assert outputs(stack, {"自付": 1000, "会员": False})["定额_金额"] == 0
    assert decide(stack, {"自付": 1000}).missing == ("会员",)


def test_an_order_must_name_every_layer_once(stack: Path) -> None:
    stack.write_text(
        stack.read_text(encoding="utf-8").replace('["定额", "减半"]', '["定额"]'), encoding="utf-8"
    )
    with pytest.raises(PolicyError, match="恰好列出"):
        outputs(stack, {"自付": 1})
