"""Quorum and majority, as a law for all counts; and who may sit where."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.errors import Invalid, NotAllowed, Refused, WrongState
from niangjia.organisation import actions as organisation
from niangjia.organisation.access import PARAMETER_KEEPER
from niangjia.organisation.building import acceptance, actions, workflow
from niangjia.organisation.building.elections import has_majority, has_quorum
from niangjia.organisation.building.kinds import State
from niangjia.organisation.models import Officer
from tests.building import ASSEMBLY, DAY, LATER_BODIES, Path
from tests.cast import Tree, who

HELD = {**ASSEMBLY, "held_on": DAY.isoformat()}
TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)


@given(entitled=st.integers(1, 100_000), data=st.data())
def test_two_thirds_and_more_than_half_are_exact(entitled: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(0, entitled))
    votes = data.draw(st.integers(0, present))
    assert has_quorum(present, entitled, TWO_THIRDS) == (3 * present >= 2 * entitled)
    assert has_majority(votes, entitled, HALF) == (2 * votes > entitled)
    if has_quorum(present, entitled, TWO_THIRDS):
        assert has_quorum(min(entitled, present + 1), entitled, TWO_THIRDS)


@pytest.mark.parametrize(("present", "is_valid"), [(40, True), (39, False)])
def test_two_thirds_must_have_come(path: Path, present: int, is_valid: bool) -> None:
    case = path.to(State.PREPARING)
    for body, role, name in (
        ("union_committee", "chair", "苏晓禾"),
        ("audit_committee", "director", "柳青萍"),
    ):
        actions.record_result(case, actor=path.organiser, body=body, role=role, name=name, vote_count=31)
    if is_valid:
        workflow.hold_assembly(case, actor=path.organiser, **{**HELD, "present_count": present})
    else:
        with pytest.raises(Refused, match="2/3"):
            workflow.hold_assembly(case, actor=path.organiser, **{**HELD, "present_count": present})


def elect(path: Path, case: Any, *rows: tuple[str, str, str, int]) -> None:
    for body, role, name, votes in rows:
        actions.record_result(case, actor=path.organiser, body=body, role=role, name=name, vote_count=votes)


CHAIR = ("union_committee", "chair", "苏晓禾", 50)
AUDITOR = ("audit_committee", "director", "柳青萍", 50)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([CHAIR, ("audit_committee", "director", "柳青萍", 30)], "1/2"),
        ([CHAIR, ("audit_committee", "director", "柳青萍", 53)], "多于实到"),
        ([CHAIR], "经费审查委员会"),
        ([AUDITOR], "工会委员会"),
        ([CHAIR, AUDITOR, ("audit_committee", "member", "苏晓禾", 50)], "兼任"),
        ([("union_committee", "organiser", "苏晓禾", 50)], "不能只设组织员"),
    ],
)
def test_what_the_law_wants_otherwise_is_refused(path: Path, rows: Any, words: str) -> None:
    case = path.to(State.PREPARING)
    elect(path, case, *rows)
    with pytest.raises(Refused, match=words):
        workflow.hold_assembly(case, actor=path.organiser, **HELD)
    case.refresh_from_db()
    assert (case.state, case.assemblies.count()) == (State.PREPARING, 0)


def test_a_small_union_does_with_an_organiser(path: Path) -> None:
    case = path.to(State.PREPARING)
    elect(path, case, ("union_committee", "organiser", "苏晓禾", 20))
    workflow.hold_assembly(case, actor=path.organiser, **{**HELD, "entitled_count": 24, "present_count": 22})
    workflow.ratify(case, actor=path.approver)
    assert [body.is_required for body in acceptance.bodies(case)] == [True, False, False, False, False]
    for item in acceptance.items(case):
        actions.tick(case, actor=path.organiser, item=item.text, note="已到现场看过")
    found = {"union_name": "小店工会", "number": "XJ-000801", "founded_on": DAY.isoformat()}
    workflow.found(case, actor=path.organiser, **found)
    assert Officer.objects.get(unit=case.union).role == "organiser"


def test_few_women_need_no_committee_of_their_own(path: Path) -> None:
    case = path.to(State.RATIFIED)
    assert "女职工委员会" in acceptance.lacking(case)
    case.women_count = 9
    assert "女职工委员会" not in acceptance.lacking(case)


def test_a_place_words_its_own_acceptance(path: Path, tree: Tree) -> None:
    keeper = who(PARAMETER_KEEPER, tree.east)
    for name, value in (
        ("union_building.acceptance", "有场所、有设备、有印章、有制度、有档案、有经费、有宣传栏（可选）"),
        ("union_building.bodies", "工会委员会、经费审查委员会、集体协商领导小组"),
    ):
        organisation.set_parameter(
            actor=keeper, name=name, value=value, region=tree.east.region.code,
            valid_from=DAY.replace(month=1), source="东桥区规定", evidence="document",
        )  # fmt: skip
    case = path.to(State.RATIFIED)
    assert acceptance.lacking(case) == [
        "集体协商领导小组", "有场所", "有设备", "有印章", "有制度", "有档案", "有经费",
    ]  # fmt: skip
    for item in acceptance.to_tick(case):
        if item.is_required:
            actions.tick(case, actor=path.organiser, item=item.text, note="已到现场看过")
    assert acceptance.lacking(case) == []


def test_a_tick_needs_evidence_and_counts_once(path: Path) -> None:
    case = path.to(State.RATIFIED)
    with pytest.raises(Invalid, match="依据"):
        actions.tick(case, actor=path.organiser, item="有牌子")
    tick = actions.tick(case, actor=path.organiser, item="有牌子", note="大门右侧")
    with pytest.raises(Invalid):
        actions.tick(case, actor=path.organiser, item="有牌子", note="又看了一次")
    with pytest.raises(Invalid):
        actions.tick(case, actor=path.organiser, item="有食堂", note="不在清单上")
    actions.untick(tick, actor=path.organiser)
    assert "有牌子" in acceptance.lacking(case)
    with pytest.raises(WrongState):
        actions.untick(tick, actor=path.organiser)


def test_after_the_approval_the_elected_stay(path: Path) -> None:
    case = path.to(State.RATIFIED)
    elected = case.elected.filter(vote_count__isnull=False).first()
    assert elected is not None
    with pytest.raises(WrongState, match="已经批复"):
        actions.strike_result(elected, actor=path.organiser)
    with pytest.raises(Invalid):
        actions.record_result(
            case, actor=path.organiser, body="union_committee", role="member", name="宋雨桐"
        )
    for body, role, name in LATER_BODIES:
        actions.record_result(case, actor=path.organiser, body=body, role=role, name=name)


def test_only_who_builds_unions_adds_rows(path: Path, tree: Tree) -> None:
    case = path.to(State.PREPARING)
    for stranger in (who(PARAMETER_KEEPER, tree.province), who(workflow.UNION_ORGANISER, tree.west)):
        with pytest.raises(NotAllowed):
            elected = {"body": "mediation", "role": "director", "name": "宋雨桐"}
            actions.record_result(case, actor=stranger, **elected)


def test_five_sides_are_summed_up(path: Path) -> None:
    from niangjia.organisation.building import queries

    case = path.to(State.PREPARING)
    gift = {"given_on": DAY.isoformat(), "note": "图书和桌椅"}
    for side, amount in (("owners", "100.50"), ("owners", "0.50"), ("union_above", "5000")):
        actions.contribute(case, actor=path.organiser, side=side, amount=amount, **gift)
    wrong = actions.contribute(case, actor=path.organiser, side="street", amount="9", **gift)
    actions.strike_contribution(wrong, actor=path.organiser)
    sums = {side.value: str(total) for side, total in queries.contributed(case) if total is not None}
    assert sums == {"owners": "101.00", "union_above": "5000.00"}
    with pytest.raises(Invalid, match="大于零"):
        actions.contribute(case, actor=path.organiser, side="street", amount="0", **gift)
