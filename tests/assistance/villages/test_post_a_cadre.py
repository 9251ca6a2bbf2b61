"""驻村: proposed by one, approved by another, never by the cadre; one first secretary to a village, handed over."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.assistance.access import APPROVER, CENTRE_CLERK, VILLAGE_OFFICER
from niangjia.assistance.models import VillagePosting
from niangjia.assistance.villages import postings, queries
from niangjia.assistance.villages.kinds import PostingState, VillageState
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.workflow.tasks import open_task_of
from tests.cast import Tree, a_post, a_user, who
from tests.families import a_worker
from tests.twinnings import REASON, day
from tests.villages import VillagePath


@pytest.mark.django_db
def test_a_proposal_lies_on_the_approvers_desk_and_approved_runs_to_the_end_of_its_term(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.propose()
    assert (row.state, row.unit, row.number) == ("to_approve", tree.east, f"{row.village.number}-01")
    task = open_task_of("village-posting", row.pk)
    assert task is not None and task.duty == APPROVER.name
    postings.approve(row, actor=way.approver)
    assert (row.state, row.approved_on, row.due_on) == ("posted", clock.today(), row.until_on)
    assert audit.history(row).last().action == "approve"  # type: ignore[union-attr]
    with pytest.raises(WrongState):
        postings.decline(row, actor=way.approver, **REASON)


@pytest.mark.django_db
def test_neither_the_proposer_nor_the_cadre_approves(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.propose()
    a_post(APPROVER, tree.east, way.clerk.account)
    a_post(APPROVER, tree.east, way.officer.account)
    for step, said in ((postings.approve, {}), (postings.decline, REASON)):
        with pytest.raises(NotAllowed, match="须由另一人办理"):
            step(row, actor=Actor.of(way.clerk.account), **said)
        with pytest.raises(NotAllowed, match="依回避规定"):
            step(row, actor=Actor.of(way.officer.account), **said)
        with pytest.raises(NotAllowed, match="没有这个岗位"):
            step(row, actor=who(CENTRE_CLERK, tree.city), **said)
    assert row.state == "to_approve"


@pytest.mark.django_db
def test_nobody_proposes_themselves_nor_for_a_union_that_is_not_theirs(tree: Tree) -> None:
    way = VillagePath(tree)
    village = way.pair()
    a_post(CENTRE_CLERK, tree.east, way.officer.account)
    way.clerk = Actor.of(way.officer.account)
    with pytest.raises(NotAllowed, match="不能提出自己"):
        way.propose(village)
    for other in (way.stranger, way.colleague):
        way.clerk = other
        with pytest.raises((Invalid, NotAllowed)):
            way.propose(village)
    assert not VillagePosting.objects.exists()


@pytest.mark.django_db
def test_the_successor_is_approved_and_the_first_secretary_hands_over_that_day(tree: Tree) -> None:
    way = VillagePath(tree)
    first = way.posting_to()
    second = way.propose(first.village, way.colleague)
    with pytest.raises(Refused, match="已有一名第一书记人选待批准"):
        way.propose(first.village, Actor.of(_officer(tree)))
    with pytest.raises(NotAllowed, match="随别的步骤一起办理"):
        postings.hand_over(first, actor=way.approver)
    postings.approve(second, actor=way.approver)
    first.refresh_from_db()
    assert (first.state, first.ended_on, first.successor) == ("relieved", clock.today(), second)
    assert queries.first_secretary(first.village) == second
    assert audit.history(first).last().action == "hand_over"  # type: ignore[union-attr]
    assert open_task_of("village-posting", first.pk) is None


@pytest.mark.django_db
def test_a_member_of_the_team_stands_beside_the_first_secretary(tree: Tree) -> None:
    way = VillagePath(tree)
    first = way.posting_to()
    member = way.propose(first.village, way.colleague, role="team_member")
    postings.approve(member, actor=way.approver)
    first.refresh_from_db()
    assert first.state == member.state == "posted"


@pytest.mark.django_db
def test_a_cadre_lives_in_one_village_at_a_time_and_holds_the_post(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.posting_to()
    other = way.pair(name="溪尾村")
    with pytest.raises(Refused, match=row.number):
        way.propose(other)
    with pytest.raises(Refused, match="没有“驻村干部”岗位"):
        way.propose(other, Actor.of(a_user()))
    with pytest.raises(Refused, match="没有“驻村干部”岗位"):
        way.propose(other, Actor.of(_officer(tree, tree.west)))
    postings.call_back(row, actor=way.clerk, **REASON)
    assert (row.state, row.ended_on) == ("relieved", clock.today())
    way.propose(other)


@pytest.mark.django_db
def test_declined_with_a_reason_another_may_be_proposed(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.propose()
    with pytest.raises(Invalid, match="请写明理由"):
        postings.decline(row, actor=way.approver)
    postings.decline(row, actor=way.approver, **REASON)
    assert (row.state, way.propose(row.village).state) == ("turned_down", "to_approve")


@pytest.mark.django_db
def test_only_the_cadre_writes_down_the_work_day_by_day(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.posting_to()
    way.work(row)
    way.work(row, done_on=day(-1), role="service", detail="帮村里办好冷库用电。")
    assert [(one.role, one.done_on) for one in row.work.all()] == [
        ("adviser", clock.today()),
        ("service", clock.today() - timedelta(days=1)),
    ]
    assert row.due_on == row.until_on
    for other in (way.clerk, way.approver, way.colleague):
        with pytest.raises(NotAllowed):
            postings.record_work(row, actor=other, done_on=day(), role="adviser", detail="代为登记工作")
    for wrong, words in (
        ({"done_on": day(1)}, "不能晚于今天"),
        ({"done_on": day(-31)}, "不能早于任期开始"),
        ({"role": "boss"}, "boss"),
        ({"detail": "忙"}, "至少"),
    ):
        with pytest.raises(Invalid, match=words):
            way.work(row, **wrong)
    postings.call_back(row, actor=way.clerk, **REASON)
    with pytest.raises(WrongState):
        way.work(row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"village": "FC2026999999"}, "没有这个正在帮扶的村"),
        ({"role": "mayor"}, "mayor"),
        ({"until_on": "2025-01-01"}, "不能早于开始日期"),
        ({"basis": "函"}, "至少"),
    ],
)
def test_what_does_not_hold_together_is_refused_in_words(
    tree: Tree, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        VillagePath(tree).propose(**wrong)


@pytest.mark.django_db
def test_the_posting_opens_the_village_to_its_cadre_until_it_ends(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.posting_to()
    assert queries.villages_visible_to(way.officer).get() == row.village
    assert not queries.villages_visible_to(way.colleague).exists()
    for stranger in (way.stranger, way.colleague, a_worker(tree.willow)):
        with pytest.raises(Missing):
            postings.village_posting.find(row.public_id, stranger)
    postings.call_back(row, actor=way.clerk, **REASON)
    assert not queries.villages_visible_to(way.officer).exists()
    assert queries.postings_visible_to(way.officer).get() == row


@pytest.mark.django_db
def test_nobody_is_posted_to_a_village_that_is_no_longer_helped(tree: Tree) -> None:
    way = VillagePath(tree)
    with pytest.raises(Invalid, match="没有这个正在帮扶的村"):
        way.propose(way.village_to(VillageState.HELP_ENDED))
    assert PostingState.POSTED not in VillagePosting.objects.values_list("state", flat=True)


def _officer(tree: Tree, unit: Any = None) -> Any:
    return a_post(VILLAGE_OFFICER, unit or tree.east).user
