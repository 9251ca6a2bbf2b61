"""Registering employers by their social credit code."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, NotAllowed
from niangjia.organisation import actions
from niangjia.organisation.access import AUDITOR
from niangjia.organisation.kinds import EmployerKind, Industry
from niangjia.organisation.models import Employer, UnionBody
from tests.cast import Tree, a_uscc, an_employer, who

pytestmark = pytest.mark.django_db


def words(unit: UnionBody, **changed: Any) -> dict[str, Any]:
    return {
        "name": "翠屏食品有限公司",
        "uscc": a_uscc(),
        "unit": unit.public_id,
        "region": unit.region.code,
        "industry": Industry.MANUFACTURING,
        "kind": EmployerKind.PRIVATE,
        "staff_count": 80,
        **changed,
    }


def test_an_employer_without_a_union_is_kept_by_one_above(tree: Tree, east_administrator: Actor) -> None:
    employer = actions.register_employer(actor=east_administrator, **words(tree.willow))
    assert (employer.unit, employer.union, employer.is_operating) == (tree.willow, None, True)
    assert [entry.action for entry in audit.history(employer)] == ["register"]


def test_an_employer_with_a_union_names_it(tree: Tree, east_administrator: Actor) -> None:
    employer = actions.register_employer(
        actor=east_administrator, **words(tree.mill, union=tree.mill.public_id, is_operating=False)
    )
    assert (employer.union, employer.is_operating) == (tree.mill, False)


def test_a_code_is_tidied_before_it_is_checked(tree: Tree, east_administrator: Actor) -> None:
    code = a_uscc()
    employer = actions.register_employer(
        actor=east_administrator, **words(tree.willow, uscc=f" {code[:4]} {code[4:].lower()} ")
    )
    assert employer.uscc == code


def test_a_wrong_code_is_refused(tree: Tree, east_administrator: Actor) -> None:
    code = a_uscc()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(Invalid, match="校验位") as refusal:
        actions.register_employer(actor=east_administrator, **words(tree.willow, uscc=wrong))
    assert list(refusal.value.problems) == ["uscc"]


def test_a_duplicate_in_sight_is_named(tree: Tree, east_administrator: Actor) -> None:
    known = an_employer(tree.maple, name="枫林印刷厂")
    with pytest.raises(Invalid, match=r"枫林印刷厂.*枫林街道总工会"):
        actions.register_employer(actor=east_administrator, **words(tree.willow, uscc=known.uscc))


def test_a_duplicate_out_of_sight_tells_nothing(tree: Tree, east_administrator: Actor) -> None:
    known = an_employer(tree.quarry, name="石泉采石场")
    with pytest.raises(Invalid) as refusal:
        actions.register_employer(actor=east_administrator, **words(tree.willow, uscc=known.uscc))
    assert "石泉" not in str(refusal.value)
    assert "登记为" not in str(refusal.value)
    assert Employer.objects.count() == 1


def test_only_the_administrator_registers(tree: Tree) -> None:
    with pytest.raises(NotAllowed):
        actions.register_employer(actor=who(AUDITOR, tree.east), **words(tree.willow))


def test_a_list_is_registered_with_a_result_for_each_row(tree: Tree, east_administrator: Actor) -> None:
    known = an_employer(tree.maple, name="枫林印刷厂")
    code = a_uscc()
    rows = [
        words(tree.willow, name="甲厂"),
        words(tree.quarry, name="乙厂"),
        words(tree.maple, name="丙厂", uscc=known.uscc),
        words(tree.maple, name="丁厂", uscc=code),
        words(tree.maple, name="戊厂", uscc=code),
        words(tree.maple, name="己厂") | {"unit": "不是编号"},
        words(tree.maple, name="庚厂") | {"region": tree.maple.region, "unit": tree.maple},
    ]
    outcomes = actions.register_employers(rows, actor=east_administrator)
    assert [outcome.refusal is None for outcome in outcomes] == [True, False, False, True, False, False, True]
    assert [str(outcomes[place].refusal)[:6] for place in (1, 5)] == ["没有这个工会"] * 2
    assert "枫林印刷厂" in str(outcomes[2].refusal)
    assert set(Employer.objects.values_list("name", flat=True)) == {"枫林印刷厂", "甲厂", "丁厂", "庚厂"}
    assert [entry.action for entry in audit.history(outcomes[3].row)] == ["register"]


def test_a_long_list_costs_few_queries_a_row(tree: Tree, east_administrator: Actor) -> None:
    rows = [words(tree.willow, name=f"第{number}厂") for number in range(250)]
    with CaptureQueriesContext(connection) as run:
        outcomes = actions.register_employers(rows, actor=east_administrator)
    assert all(outcome.refusal is None for outcome in outcomes)
    assert len(run) < 60


def test_a_loosely_written_duplicate_in_a_list_is_found_too(tree: Tree, east_administrator: Actor) -> None:
    known = an_employer(tree.maple)
    rows = [words(tree.willow, uscc=known.uscc.lower()), words(tree.willow, name="甲厂")]
    outcomes = actions.register_employers(rows, actor=east_administrator)
    assert [outcome.refusal is None for outcome in outcomes] == [False, True]
