"""Pairs that look like one person: found over the whole register, with why; what is no pair is not proposed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import audit
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.membership import actions as membership
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates import actions, finding, queries
from niangjia.membership.duplicates.models import DuplicatePair
from niangjia.organisation.access import AUDITOR
from tests.cast import Tree, who
from tests.families import a_person, an_id_number
from tests.twins import BORN, a_permit_number, a_registration, look, twins

pytestmark = pytest.mark.django_db


def pairs() -> list[set[str]]:
    return [set(pair.why) for pair in DuplicatePair.objects.order_by("pk")]


def test_one_human_with_two_kinds_of_document_is_found(tree: Tree) -> None:
    pair = twins(tree.mill, tree.quarry)
    assert set(pair.why) == {"same_name", "same_birth", "other_document", "phone_missing"}
    assert "证件类型不同" in pair.reasons


def test_a_phone_and_a_birthday_in_common_are_enough_whatever_the_names(tree: Tree) -> None:
    a_person(tree.mill, "林知秋", id_number=an_id_number(1, BORN), phone="13911112222")
    a_person(tree.quarry, "叶听澜", id_number=an_id_number(3, BORN), phone="13911112222")
    look()
    assert pairs() == [{"same_phone", "same_birth"}]


def test_a_name_written_with_another_character_of_the_same_sound_is_near(tree: Tree) -> None:
    a_person(tree.mill, "程远舟", id_number=an_id_number(1, BORN))
    a_person(tree.mill, "程远洲", id_number=an_id_number(3, BORN))
    look()
    assert pairs() == [{"same_sound", "same_birth", "same_union"}]


def test_a_phone_and_a_name_in_common_are_enough_with_a_wrong_birthday(tree: Tree) -> None:
    a_person(tree.mill, "程远舟", id_number=an_id_number(1, BORN), phone="13911112222")
    a_person(tree.quarry, "程远舟", id_number=an_id_number(3, BORN.replace(day=21)), phone="13911112222")
    look()
    assert pairs() == [{"same_name", "same_phone"}]


def test_namesakes_of_one_birthday_far_apart_are_two_people(tree: Tree) -> None:
    a_person(tree.mill, "林知秋", id_number=an_id_number(1, BORN))
    a_person(tree.quarry, "林知秋", id_number=an_id_number(3, BORN))
    look()
    assert pairs() == []


def test_a_family_on_one_phone_is_no_pair(tree: Tree) -> None:
    a_person(tree.mill, "林知秋", id_number=an_id_number(1, BORN), phone="13911112222")
    a_person(tree.mill, "叶听澜", id_number=an_id_number(3, BORN.replace(year=1984)), phone="13911112222")
    look()
    assert pairs() == []


def test_looking_again_changes_nothing_and_a_correction_takes_the_pair_off(tree: Tree) -> None:
    a_person(tree.mill, "林知秋", id_number=an_id_number(1, BORN), phone="13911112222")
    other = a_person(tree.quarry, "叶听澜", id_number=an_id_number(3, BORN), phone="13911112222")
    look()
    before = DuplicatePair.objects.values_list("pk", "public_id").get()
    look()
    assert DuplicatePair.objects.values_list("pk", "public_id").get() == before
    membership.correct(other, actor=who(MEMBERSHIP_CLERK, tree.quarry), name="叶听澜", phone="13933334444")
    assert look() == {"found": 0, "gone": 1}


def test_a_dismissed_pair_is_never_proposed_again(tree: Tree) -> None:
    pair = twins(tree.mill)
    clerk = who(MEMBERSHIP_CLERK, tree.mill)
    actions.dismiss(pair, actor=clerk, reason="双胞胎兄弟，已核对证件")
    look()
    assert not queries.pairs_visible_to(clerk).exists()
    assert DuplicatePair.objects.get().dismissed_by == clerk.account
    assert audit.history(pair).last().remark.text == "双胞胎兄弟，已核对证件"  # type: ignore[union-attr]
    with pytest.raises(WrongState):
        actions.dismiss(pair, actor=clerk, reason="双胞胎兄弟，已核对证件")


def test_dismissing_asks_a_reason_and_the_duty_over_both(tree: Tree) -> None:
    pair = twins(tree.mill, tree.quarry)
    with pytest.raises(Invalid):
        actions.dismiss(pair, actor=who(MEMBERSHIP_CLERK, tree.city), reason="不")
    with pytest.raises(NotAllowed):
        actions.dismiss(pair, actor=who(MEMBERSHIP_CLERK, tree.mill), reason="双胞胎兄弟")


def test_who_sees_one_side_passes_it_up_and_the_union_above_finds_it_first(tree: Tree) -> None:
    stronger = twins(tree.mill, tree.mill, "许安然", 2)
    passed_up = twins(tree.mill, tree.quarry)
    below, above = who(MEMBERSHIP_CLERK, tree.mill), who(MEMBERSHIP_CLERK, tree.city)
    assert not queries.sees_both(below, passed_up)
    actions.escalate(passed_up, actor=below)
    actions.escalate(passed_up, actor=below)
    assert list(queries.pairs_visible_to(above)) == [passed_up, stronger]
    assert audit.history(passed_up).count() == 1
    with pytest.raises(Missing):
        queries.pair_visible_to(who(MEMBERSHIP_CLERK, tree.market), passed_up.public_id)
    with pytest.raises(NotAllowed):
        actions.escalate(passed_up, actor=who(MEMBERSHIP_CLERK, tree.market))


def test_a_list_beneath_one_union_shows_its_own_pairs(tree: Tree) -> None:
    twins(tree.mill, number=1)
    away = twins(tree.quarry, number=2, name="许安然")
    clerk = who(MEMBERSHIP_CLERK, tree.city)
    assert list(queries.pairs_visible_to(clerk, tree.west)) == [away]


def test_asking_to_look_now_is_one_job_and_needs_the_duty(tree: Tree) -> None:
    clerk = who(MEMBERSHIP_CLERK, tree.mill)
    assert actions.look(actor=clerk) == actions.look(actor=clerk)
    with pytest.raises(NotAllowed):
        actions.look(actor=who(AUDITOR, tree.city))


def test_a_group_that_says_nothing_is_passed_over(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LARGEST_GROUP", 3)
    for number in range(4):
        a_registration(tree.mill, "林知秋", a_permit_number(100 + number))
    look()
    assert pairs() == []


def test_looking_costs_the_same_number_of_questions_whatever_the_register(tree: Tree) -> None:
    twins(tree.mill)
    few = questions()
    for number in range(12):
        born_on = BORN.replace(day=1 + number)
        a_person(tree.mill, "唐明溪", id_number=an_id_number(500 + number, born_on))
        a_registration(tree.mill, "唐明溪", a_permit_number(300 + number, born_on))
    assert questions() == few
    assert DuplicatePair.objects.count() == 13


def questions() -> int:
    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked)
