"""Decisions by policy: what is known is gathered, what comes out is exact, and years later it comes out again."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from niangjia.benefits import decisions, policies
from niangjia.benefits.decisions import Assessment, assess, keep, rerun
from niangjia.benefits.facts import Case
from niangjia.benefits.models import Decision, PolicyEdition, PolicyText
from niangjia.benefits.policies import Reading
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Invalid
from niangjia.membership.models import Person
from tests.benefits.people import a_migrant
from tests.cast import Tree
from tests.families import DAY, a_person

ILLNESS = "350600/serious_illness"
SLICES = Reading({"分档读法": "分段"})


def case(cost: str, reading: Reading = policies.PRINTED, person: Person | None = None) -> Assessment:
    given: dict[str, Any] = {"参加医疗互助": True, "自费部分": Decimal(cost)}
    if person is None:
        given["农民工"] = True
    return assess(ILLNESS, DAY, Case(person.pk if person else None), given=given, reading=reading)


@pytest.mark.parametrize(
    ("cost", "due"),
    [
        ("5999.99", "0"),
        ("6000", "500"),
        ("10000", "500"),
        ("10000.01", "1000.00"),
        ("30000", "3000"),
        ("30000.01", "4500.00"),
        ("80000", "12000"),
        ("80000.01", "16000.00"),
        ("250000", "50000"),
    ],
)
def test_the_bands_on_the_whole_amount_are_the_golden_ones(db: None, cost: str, due: str) -> None:
    assert case(cost).amount() == Decimal(due)


@pytest.mark.parametrize(
    ("cost", "due"),
    [("5999.99", "0"), ("10000", "500"), ("30000", "2500"), ("80000", "10000"), ("280000", "50000")],
)
def test_the_bands_slice_by_slice_are_the_golden_ones(db: None, cost: str, due: str) -> None:
    assert case(cost, SLICES).amount() == Decimal(due)


def test_what_the_register_knows_is_not_asked(tree: Tree) -> None:
    made = case("30000", person=a_migrant(tree.mill))
    known = made.facts["农民工"]
    assert (made.status, known.value, known.source, known.as_of) == ("decided", True, "会员登记", DAY)
    assert known.known_at == clock.now()


def test_the_register_goes_before_what_people_say(tree: Tree) -> None:
    person = a_person(tree.mill)
    made = assess(
        ILLNESS, DAY, Case(person.pk), given={"农民工": True, "参加医疗互助": True, "自费部分": "9000"}
    )
    assert (made.status, made.reason) == ("excluded", "不是农民工")


def test_what_is_missing_is_named(tree: Tree) -> None:
    made = assess(ILLNESS, DAY, Case(a_migrant(tree.mill).pk), given={"参加医疗互助": True})
    assert (made.status, made.missing, made.amount()) == ("incomplete", ["自费部分"], None)


def test_a_decision_keeps_its_facts_and_seals_what_people_said(tree: Tree) -> None:
    person = a_migrant(tree.mill)
    decision = keep(case("30000.01", person=person), unit=tree.mill, actor=CLOCK, person=person)
    decision.refresh_from_db()
    assert decision.outputs == {"大病补助": "4500.00"}
    assert decision.amount == Decimal(4500)
    assert set(decision.facts) == {"农民工"}
    assert decisions.facts_of(decision)["自费部分"]["value"] == "30000.01"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_facts, facts FROM benefits_decision")
        sealed, facts = cursor.fetchone()
    assert "自费部分".encode() not in bytes(sealed) and b"30000" not in bytes(sealed)
    assert "30000" not in str(facts)


@pytest.fixture
def own_folder(tmp_path: Path, settings: Settings) -> Path:
    """A deployment's own folder in front of the shipped policies."""
    shipped = policies.SHIPPED / "350600" / "serious_illness.toml"
    folder = tmp_path / "350600"
    folder.mkdir()
    (folder / shipped.name).write_bytes(shipped.read_bytes().replace(b"amount = 500 ", b"amount = 600 "))
    settings.POLICIES_FOLDER = str(tmp_path)
    policies.shelf.cache_clear()
    return folder


@pytest.fixture(autouse=True)
def _shelf_as_shipped() -> Any:
    yield
    policies.shelf.cache_clear()
    decisions._shelf.cache_clear()


def test_the_deployments_own_file_goes_before_the_shipped_one(db: None, own_folder: Path) -> None:
    assert case("9000").amount() == Decimal(600)


def test_a_decision_is_made_again_to_the_fen_when_the_file_is_gone(
    tree: Tree, own_folder: Path, settings: Settings
) -> None:
    person = a_migrant(tree.mill)
    decision = keep(case("9000", person=person), unit=tree.mill, actor=CLOCK, person=person)
    (own_folder / "serious_illness.toml").unlink()
    settings.POLICIES_FOLDER = ""
    policies.shelf.cache_clear()
    decisions._shelf.cache_clear()
    assert case("9000").amount() == Decimal(500)
    assert rerun(Decision.objects.get(pk=decision.pk)).is_equal
    assert "600" in decisions.explanation_text(decision)


def test_a_decision_that_was_tampered_with_does_not_come_out_again(tree: Tree) -> None:
    person = a_migrant(tree.mill)
    decision = keep(case("9000", person=person), unit=tree.mill, actor=CLOCK, person=person)
    Decision.objects.filter(pk=decision.pk).update(amount=Decimal("500.01"))
    assert rerun(Decision.objects.get(pk=decision.pk)).differences == ("amount",)


def test_texts_are_kept_once_with_all_they_use(tree: Tree) -> None:
    person = a_migrant(tree.mill)
    given = {
        "参加医疗互助": True,
        "自费医疗费": "49200.01",
        "按标准应给额": "19200",
    }
    for _time in range(2):
        made = assess(
            "350600/illness_case",
            DAY.replace(year=2020),
            Case(person.pk),
            given=given,
        )
        decision = keep(made, unit=tree.mill, actor=CLOCK, person=person)
    assert decision.outputs["两项合计"] == "23700.00"
    assert PolicyEdition.objects.count() == 1
    assert set(PolicyText.objects.values_list("name", flat=True)) == {
        "350600/illness_case.toml",
        "350600/medical_mutual_aid.toml",
        "350600/medical_mutual_aid.2021.toml",
        "350600/serious_illness.toml",
    }
    assert rerun(decision).is_equal


def test_a_policy_that_is_not_in_force_is_refused_in_words(db: None) -> None:
    with pytest.raises(Invalid, match="350600/student_aid"):
        assess("350600/student_aid", DAY, Case())


def test_the_explanation_reads_in_both_languages(tree: Tree) -> None:
    person = a_migrant(tree.mill)
    decision = keep(case("30000.01", person=person), unit=tree.mill, actor=CLOCK, person=person)
    assert any("4,500.00" in line for line in decisions.explain(decision).verdict)
    with translation.override("en"):
        assert decisions.explain(decision).title.startswith("Second serious-illness subsidy")


def test_a_wrong_file_in_the_own_folder_stops_the_start(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "350600").mkdir()
    (tmp_path / "350600" / "gift.toml").write_text('[policy]\nregion = "350600"\n', encoding="utf-8")
    settings.POLICIES_FOLDER = str(tmp_path)
    with pytest.raises(SystemExit, match=r"NIANGJIA_POLICIES.*gift\.toml"):
        policies.refuse_wrong_folder()
    settings.POLICIES_FOLDER = str(tmp_path / "nowhere")
    with pytest.raises(SystemExit, match="no folder"):
        policies.refuse_wrong_folder()
