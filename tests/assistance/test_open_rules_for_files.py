"""The nation's rules for hardship files as a scheme: a union opens them with its own line, and files go by them."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.assistance import category, workflow
from niangjia.assistance.circumstances.actions import state
from niangjia.assistance.kinds import Category, State
from niangjia.benefits import decisions, queries
from niangjia.benefits.access import SCHEME_KEEPER
from niangjia.benefits.models import Scheme
from niangjia.benefits.proposals.finding import open_schemes
from niangjia.benefits.workflow import applications, schemes
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Invalid, Refused
from tests.benefits.people import a_scheme
from tests.cast import Tree, who
from tests.families import CHECK, Path, a_worker
from tests.policies.test_rule_the_demo_city import LIVING
from tests.takeover import a_workbook, an_applicant, checked

pytestmark = pytest.mark.django_db

TEMPLATE = "000000-hardship_recognition"
OWN = "低保标准=1050\n类别体系=沿用三类"


def opened(tree: Tree, **given: Any) -> Scheme:
    return a_scheme(tree.city, TEMPLATE, **{"parameters": OWN} | given)


def test_what_print_leaves_open_stays_open_until_a_union_says_it(path: Path, tree: Tree) -> None:
    file = path.to(State.APPLIED)
    state(file, actor=path.reviewer, **LIVING)
    opened(tree, parameters="")
    found = category.propose(file)
    assert found is not None and not found.is_decided
    assert any("类别体系" in line for line in found.missing)


def test_files_go_by_the_rules_that_the_union_opened_and_keep_them(path: Path, tree: Tree) -> None:
    rules, path.supposed = opened(tree), Category.BORDERLINE
    file = path.to(State.VISITED)
    state(file, actor=path.visitor, **LIVING)
    found = category.propose(file)
    assert found is not None and (found.is_decided, found.category) == (True, Category.MINIMUM)
    path.step(workflow.record_check, file, path.clerk, **CHECK, checked_on=clock.today().isoformat())
    path.step(workflow.publish, file, path.clerk)
    assert file.due_on is not None
    with clock.at(file.due_on + timedelta(days=1)):
        workflow.end_notice(file, actor=CLOCK)
        with pytest.raises(Invalid, match="低保户"):
            path.step(workflow.approve, file, path.approver, category="borderline")
        path.step(workflow.approve, file, path.approver, category="minimum")
        schemes.close(rules, actor=who(SCHEME_KEEPER, tree.city), remark="改用本省办法")
    file.refresh_from_db()
    assert file.decision is not None and decisions.rerun(file.decision).is_equal


def test_an_older_file_is_taken_over_in_the_words_of_its_place(path: Path, tree: Tree) -> None:
    opened(tree)
    assert path.worker.account is not None
    person = path.worker.account.person
    for word, is_right in (("相对困难", False), ("低保边缘户", True)):
        workbook = a_workbook([an_applicant(person, category=word)])
        batch = checked(workbook, unit=path.clerk_unit, actor=path.clerk)
        assert ("低保户、低保边缘户、意外致困户" not in str(batch.problems)) is is_right


def test_the_nearest_union_above_decides(tree: Tree) -> None:
    of_city = opened(tree)
    of_street = a_scheme(tree.willow, TEMPLATE, parameters=OWN)
    today = clock.today()
    assert queries.recognition(tree.mill, today) == of_street
    assert queries.recognition(tree.spring, today) == of_city
    assert queries.recognition(tree.province, today) is None


def test_nobody_applies_for_rules_and_nothing_is_looked_for(path: Path, tree: Tree) -> None:
    rules, worker = opened(tree), a_worker(tree.mill)
    assert not queries.schemes_for(worker.account.person)
    assert open_schemes(clock.today()) == []
    with pytest.raises(Refused, match="请申请困难职工建档"):
        applications.apply(actor=worker, scheme=rules.number, consents_to_decide=True)


@pytest.mark.parametrize("wrong", [{"output": "人均月收入"}, {"basis": "household"}])
def test_rules_give_a_category_and_schemes_money(tree: Tree, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="政策没有这个步骤。可以写："):
        opened(tree, **wrong)
