"""困难类别 by the rules of the place: what is missing is named, the rest decided, and a deviation has its reason."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path as FilePath
from typing import Any

import pytest
from django.urls import reverse

from niangjia.assistance import category, facts, renewal, workflow
from niangjia.assistance.circumstances import actions
from niangjia.assistance.kinds import Category, State
from niangjia.benefits import decisions, policies
from niangjia.benefits.facts import Case, gather
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Invalid
from tests.cast import Tree
from tests.families import DAY, Path
from tests.web.conftest import SignedIn, signed_in
from tests.web.workbench.conftest import text

__all__ = ["signed_in"]

pytestmark = pytest.mark.django_db

LOCAL = """[policy]
region = "990000"
scheme = "hardship_recognition"
title = { zh = "云泽省困难职工认定", en = "Recognition, invented province" }
version = "2025.1"
from = 2025-01-01
unit = "household"
source = "[P] 演示"
outputs = ["困难类别"]

[relation."成员"]
label = { zh = "成员", en = "members" }
key = "户号"
max_count = 50
unit = "人"

[relation."成员".fields]
"年可支配收入" = { type = "money", unit = "元/年", label = { zh = "收入", en = "income" }, min = 0, max = 10000000 }

[input."房屋套数"]
type = "int"
unit = "套"
label = { zh = "房屋套数", en = "homes owned" }
min = 0
max = 1000

[param."低保标准"]
type = "money"
unit = "元/人/月"
label = { zh = "低保标准", en = "line" }
source = "[P] 演示"
value = 1000

[[gate]]
name = "两套以上住房"
exclude = "房屋套数 >= 2"
reason = { zh = "家庭有两套以上住房", en = "two or more homes" }
source = "[P] 演示"

[[step]]
name = "困难类别"
type = ["不符合", "深度困难", "相对困难"]
label = { zh = "困难类别", en = "category" }
cases = [
  { when = "sum(成员.年可支配收入) < 低保标准 * count(成员) * unit(12, '月/年')", then = "深度困难" },
  { then = "不符合" } ]
source = "[P] 演示"

[english]
"不符合" = "not in hardship"
"深度困难" = "deep hardship"
"相对困难" = "relative hardship"
"""


@pytest.fixture(autouse=True)
def local(tmp_path: FilePath, settings: Any) -> Iterator[None]:
    folder = tmp_path / "990000"
    folder.mkdir()
    (folder / "hardship_recognition.toml").write_text(LOCAL, "utf-8")
    settings.POLICIES_FOLDER = str(tmp_path)
    policies.shelf.cache_clear()
    yield
    settings.POLICIES_FOLDER = ""
    policies.shelf.cache_clear()


@pytest.fixture
def way(tree: Tree) -> Path:
    return Path(tree)


def test_what_is_missing_is_named_and_the_checked_income_decides(way: Path) -> None:
    with clock.at(DAY):
        file = way.to(State.VISITED)
        proposal = category.propose(file)
        assert proposal is not None and proposal.category == ""
        assert "房屋套数" in "".join(proposal.missing)
        way.step(workflow.record_check, file, way.clerk, **_check(homes=1, income="35999.99"))
        decided = category.propose(file)
        assert decided is not None and (decided.category, decided.missing) == ("deep", [])
        assert "深度困难" in decided.text


def test_a_file_at_hand_tells_what_the_register_tells(way: Path) -> None:
    with clock.at(DAY):
        file = way.to(State.VISITED)
        way.step(workflow.record_check, file, way.clerk, **_check(homes=1, income="35999.99"))
        names, case = list(facts.READ), Case(file.person_id, file.household_id)
        [(_case, asked)] = gather(names, [case], clock.today())
        [(_case, at_hand)] = gather(names, [case], clock.today(), also=[facts.at_hand(facts.known_of(file))])
    assert asked["房屋套数"].value == 1
    assert at_hand == asked


def test_income_at_the_line_is_not_below_it(way: Path) -> None:
    with clock.at(DAY):
        file = way.to(State.VISITED)
        way.step(workflow.record_check, file, way.clerk, **_check(homes=1, income="36000"))
        proposal = category.propose(file)
    assert proposal is not None and proposal.is_decided and proposal.category == ""


def test_the_approver_may_differ_only_with_a_reason_that_is_kept(way: Path) -> None:
    file = way_to_approval(way)
    with pytest.raises(Invalid, match="深度困难"):
        workflow.approve(file, actor=way.approver, category="relative")
    reason = "核对后孩子已就业，收入将稳定"
    workflow.approve(file, actor=way.approver, category="relative", category_reason=reason)
    file.refresh_from_db()
    assert (file.category, file.category_reason) == ("relative", reason)
    assert file.decision is not None and decisions.rerun(file.decision).is_equal
    assert "深度困难" in category.explanation(file.decision)


def test_only_the_categories_of_the_place_are_offered(way: Path) -> None:
    file = way_to_approval(way)
    assert category.offered(file.unit, clock.today()) == [Category.DEEP, Category.RELATIVE]
    with pytest.raises(Invalid, match="minimum"):
        workflow.approve(file, actor=way.approver, category="minimum", category_reason="旧办法的类别")
    assert category.offered(file.unit, date(2024, 12, 31)) == list(Category), "before these rules"


def test_what_the_rules_propose_needs_no_reason(way: Path) -> None:
    file = way_to_approval(way)
    workflow.approve(file, actor=way.approver, category="deep")
    assert file.category_reason == ""


def test_a_statement_of_the_family_is_a_fact_until_the_check_answers(way: Path) -> None:
    with clock.at(DAY):
        file = way.to(State.VISITED)
        actions.state(file, actor=way.worker, homes=2)
        proposal = category.propose(file)
        assert proposal is not None and proposal.assessment.reason == "两套以上住房"
        way.step(workflow.record_check, file, way.clerk, **_check(homes=1, income="20000"))
        after = category.propose(file)
    assert after is not None and after.category == "deep"


def test_a_review_goes_by_the_rules_and_by_what_it_found(way: Path, signed_in: SignedIn) -> None:
    with clock.at(DAY):
        file = way.to(State.FILED)
    now: dict[str, Any] = {
        "household_size": "3",
        "rigid_spending_amount": "0",
        "yearly_income_amount": "36000",
    }
    assert file.renewal_on is not None
    with clock.at(file.renewal_on + timedelta(days=1)):
        renewal.begin_renewal(file, actor=CLOCK)
        actions.state(file, actor=way.clerk, homes=1)
        page = signed_in(way.clerk).get(reverse("hardship_file", args=[file.public_id]))
        assert "政策测算的类别" in text(page)
        address = f"/api/v1/hardship-file/{file.public_id}/"
        told = {one: signed_in(one).get(address).json() for one in (way.clerk, way.worker)}
        assert told[way.clerk]["by_rules"]["verdict"] in page.content.decode()
        assert told[way.clerk]["by_rules"]["explanation"] != told[way.worker]["by_rules"]["explanation"]
        assert [one["source"] for one in told[way.worker]["incomes"]] == ["申请时填写"]
        with pytest.raises(Invalid, match="不符合"):
            renewal.renew(file, actor=way.clerk, category="deep", **now)
        renewal.renew(file, actor=way.clerk, category="relative", category_reason="孩子还在上学", **now)
        assert file.decision is not None and category.verdict(file.decision) == "不符合"
        assert facts.known_of(file).income == 36000, "what the office answered a year ago is past"
        [(_case, known)] = gather(["家庭年收入"], [Case(file.person_id, file.household_id)], clock.today())
        assert known["家庭年收入"].value == 36000


def way_to_approval(way: Path) -> Any:
    with clock.at(DAY):
        return way.to(State.CLEARED)


def _check(homes: int, income: str) -> dict[str, Any]:
    return {
        "checked_on": DAY.isoformat(),
        "yearly_income_amount": income,
        "deposits_amount": "0",
        "investments_amount": "0",
        "homes": homes,
    }


def test_the_page_says_what_the_rules_made_of_it_before_how(way: Path, tree: Tree) -> None:
    file = way_to_approval(way)
    proposal = category.propose(file)
    assert proposal is not None and proposal.verdict == "深度困难"
    workflow.approve(file, actor=way.approver, category="relative", category_reason="核对后孩子已就业")
    assert file.decision is not None and category.verdict(file.decision) == "深度困难"
    with clock.at(DAY):
        asked = category.propose(Path(tree, tree.maple).to(State.VISITED))
    assert asked is not None and asked.verdict == "资料不足"
