"""Bill lines come in by Excel and answer a policy; the layers follow in their order."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from niangjia.benefits import asking
from niangjia.benefits.access import ASSESSOR
from niangjia.benefits.facts import Case, gather
from niangjia.benefits.models import Settlement
from niangjia.benefits.settlements import SHEET
from niangjia.kernel.access import Actor
from niangjia.kernel.sheets import actions
from niangjia.kernel.sheets.models import Batch
from niangjia.membership.models import Person
from tests.benefits.people import a_scheme
from tests.cast import Tree, who
from tests.families import DAY, a_person
from tests.membership.rosters import workbook, worked

TITLES = ["结算单号*", "姓名*", "证件号码*", "结算日期*", "结算自付*", "急诊诊查费", "普通床位费"]


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(ASSESSOR, tree.city)


def a_bill(person: Person, number: str = "JS01", day: str = "2026-02-05", own: str = "6000") -> list[Any]:
    return [number, person.name, person.id_number, day, own, "15", "970"]


def upload(tree: Tree, clerk: Actor, *lines: list[Any]) -> Batch:
    book = workbook(lines, TITLES, "结算.xlsx")
    return worked(actions.upload(SHEET, upload=book, unit=tree.city, actor=clerk))


def accept(batch: Batch, clerk: Actor) -> Batch:
    return worked(actions.accept(batch, actor=clerk))


def test_bills_of_the_year_are_summed_and_sealed(tree: Tree, clerk: Actor) -> None:
    person = a_person(tree.mill)
    lines = [a_bill(person), a_bill(person, "JS02", own="4000"), a_bill(person, "JS03", "2025-12-30")]
    accept(upload(tree, clerk, *lines), clerk)
    names = ["本年结算自付", "本年急诊诊查费", "本年住院诊查费"]
    [(_case, known)] = gather(names, [Case(person.pk)], DAY)
    assert [known[name].value for name in names] == [Decimal(10000), Decimal(30), Decimal(0)]
    assert all(known[name].fact.sensitive for name in names)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lines FROM benefits_settlement")
        assert all(b"6000" not in bytes(row[0]) for row in cursor.fetchall())


def test_a_dry_run_marks_what_is_wrong_and_writes_nothing(tree: Tree, clerk: Actor) -> None:
    person, elsewhere = a_person(tree.mill), "990102199001011239"
    twice = a_bill(person)
    stranger = ["JS09", "没有的人", elsewhere, "2026-02-05", "10", "", ""]
    future = a_bill(person, "JS10", "2027-01-01")
    batch = upload(tree, clerk, a_bill(person), twice, stranger, future)
    assert not Settlement.objects.exists()
    assert (batch.found["new"], batch.found["twice"], batch.found["wrong"]) == (1, 1, 2)


def test_the_same_file_again_changes_nothing_and_undo_takes_it_back(tree: Tree, clerk: Actor) -> None:
    person = a_person(tree.mill)
    first = accept(upload(tree, clerk, a_bill(person)), clerk)
    again = upload(tree, clerk, a_bill(person))
    assert again.found["same"] == 1
    worked(actions.undo(first, actor=clerk))
    assert Settlement.objects.get().voided_on == DAY


def test_the_four_layers_follow_in_order_from_the_bill(tree: Tree, clerk: Actor) -> None:
    person = a_person(tree.mill)
    accept(upload(tree, clerk, a_bill(person, own="10000")), clerk)
    scheme = a_scheme(tree.city, "321100-medical_layers", notice="", papers="")
    said = {
        "特困职工或家属": True,
        "困难职工": True,
        "慈善核定额": "2000",
        "在档": True,
        "困难类别": "特困职工",
        "核定救助额": "3000",
        "已赠送保障": True,
        "按条款应给额": "2500",
    }
    made = asking.assess(scheme, DAY, person, None, said)
    assert made.facts["自付医疗费"].source == "医疗费结算单"
    layers = [made.outputs[f"{layer}_金额"] for layer in ("减免", "慈善", "工会救助", "互助")]
    assert layers == ["500.00", "2000.00", "3000.00", "2500.00"]
    assert made.amount("合计") == Decimal(8000)
