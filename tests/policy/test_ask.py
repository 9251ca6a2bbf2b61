"""What is missing: only what matters to this case as it stands, and enough to settle it in the end."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.policy.compiling import compile_policy
from niangjia.policy.engine import Engine
from niangjia.policy.errors import PolicyError
from niangjia.policy.library import Library
from tests.policy.files import decide, flag, money, step, write
from tests.policy.sets.generator import ON, Maker, cases_for
from tests.policy.test_decide import GATE, MEMBERS


def missing(path: Path, case: dict[str, Any]) -> set[str]:
    return set(decide(path, case).missing)


def test_a_branch_not_taken_is_not_asked_for_whatever_else_is_missing(tmp_path: Path) -> None:
    aid = step("(学费 if 学生 else 0) + 自付")
    path = write(tmp_path, flag("学生") + money("学费") + money() + aid)
    assert missing(path, {"学生": False}) == {"自付"}
    assert missing(path, {"学生": True}) == {"自付", "学费"}


def test_facts_behind_an_open_question_wait_for_its_answer(tmp_path: Path) -> None:
    path = write(tmp_path, flag("学生") + money("学费") + step("学费 if 学生 else 0"))
    assert missing(path, {}) == {"学生"}


def test_a_guard_known_to_fail_asks_for_nothing_behind_it(tmp_path: Path) -> None:
    gate = GATE.format(name="私校", kind="exclude", condition="私立 and 学费 > 标准")
    path = write(tmp_path, flag("私立") + money("学费") + money("标准") + money() + gate + step("自付"))
    assert missing(path, {"私立": False}) == {"自付"}
    assert missing(path, {"私立": True, "标准": 5}) == {"学费", "自付"}
    assert missing(path, {}) == {"私立", "学费", "标准", "自付"}


def test_of_several_lines_only_those_still_possible_are_asked_for(tmp_path: Path) -> None:
    cases = """[[step]]
name = "补助"
type = "money"
source = "一"
cases = [{ when = "甲", then = "额一" }, { when = "乙", then = "额二" }, { then = "额三" }]
"""
    body = flag("甲") + flag("乙") + "".join(money(name) for name in ("额一", "额二", "额三"))
    path = write(tmp_path, body + cases)
    assert missing(path, {}) == {"甲"}
    assert missing(path, {"甲": True}) == {"额一"}
    assert missing(path, {"甲": False, "额一": 1}) == {"乙"}
    assert missing(path, {"甲": False, "乙": False}) == {"额三"}


def test_a_step_used_only_in_a_branch_not_taken_is_not_asked_for(tmp_path: Path) -> None:
    steps = step("max(学费 - 减免, 0)", "净学费") + step("(净学费 if 学生 else 0) + 自付")
    path = write(tmp_path, flag("学生") + money("学费") + money("减免") + money() + steps)
    assert missing(path, {"学生": False}) == {"自付"}
    assert missing(path, {"学生": True, "减免": 0}) == {"自付", "学费"}


def test_rows_and_the_unit_ask_each_other_only_for_what_a_row_needs(tmp_path: Path) -> None:
    aid = step("sum(学费 if 成员.关系 == '子女' else 0) + 自付")
    path = write(tmp_path, MEMBERS + money("学费") + money() + aid)
    assert missing(path, {"成员": [{"关系": "本人"}]}) == {"自付"}
    assert missing(path, {"成员": [{"关系": "本人"}, {"关系": "子女"}]}) == {"自付", "学费"}


def test_an_unpublished_cell_is_not_blamed_while_its_key_is_open(tmp_path: Path) -> None:
    body = """[input."级别"]
type = { keys_of = "奖励" }
[table."奖励"]
type = "money"
source = "一"
rows = { "高级工" = "unknown", "技师" = 1000 }
"""
    path = write(tmp_path, body + step("lookup(奖励, 级别)"))
    assert missing(path, {}) == {"级别"}
    assert missing(path, {"级别": "高级工"}) == {"奖励"}


def test_a_policy_in_use_that_is_not_reached_asks_for_nothing(tmp_path: Path) -> None:
    gate = GATE.format(name="非会员", kind="require", condition="会员")
    write(tmp_path, flag("会员") + money("费用") + gate + step("费用"), "mutual")
    use = '[uses."互助"]\npolicy = "350600/mutual"\n'
    path = write(tmp_path, flag("参保") + money() + use + step("自付 + (互助.补助 if 参保 else 0)"))
    assert missing(path, {"参保": False}) == {"自付"}
    assert missing(path, {"参保": True}) == {"自付", "会员", "费用"}
    assert missing(path, {"参保": True, "会员": False}) == {"自付"}


def generated(seed: int, root: Path) -> tuple[Engine, list[dict[str, Any]]] | None:
    random = Random(seed)
    policy = Maker(random).make()
    path = root / "000000" / "generated.toml"
    path.parent.mkdir()
    path.write_text(policy.text, encoding="utf-8")
    library = Library(root)
    try:
        return Engine(compile_policy(library.load(path), ON, library)), cases_for(policy, random, 40)
    except PolicyError:
        return None


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**9))
def test_an_incomplete_case_names_something_and_what_it_does_not_name_changes_nothing(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = generated(seed, tmp_path_factory.mktemp("policy"))
    if made is None:
        return
    engine, cases = made
    for case in cases:
        before = engine.decide(case)
        if before.status != "incomplete":
            continue
        assert before.missing
        silent = [
            one
            for one in engine.program.inputs
            if one.name not in before.missing and case.get(one.name) is None
        ]
        for one in silent:
            if one.default is None:
                assert engine.decide(case | {one.name: sample(one)}) == before


def sample(one: Any) -> Any:
    from niangjia.policy import convert

    return convert.value(one.shape.high, one.shape)
