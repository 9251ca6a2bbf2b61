"""县区结对: the union above proposes, another person approves, it ends; who may be helper and helped."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.models import Twinning
from niangjia.assistance.twinning import queries, workflow
from niangjia.assistance.twinning.kinds import TwinningState
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.workflow.tasks import open_task_of
from tests.cast import Tree, a_post, who
from tests.families import a_worker
from tests.twinnings import REASON, TwinPath, day, mark


@pytest.mark.django_db
def test_the_union_above_both_proposes_and_its_approver_gets_it(tree: Tree) -> None:
    row = TwinPath(tree).propose()
    assert (row.state, row.unit, row.number[:6]) == (TwinningState.TO_APPROVE, tree.city, "XJ2026")
    task = open_task_of("twinning", row.pk)
    assert task is not None and task.duty == APPROVER.name and task.unit_id == tree.city.pk
    assert row.due_on is not None and row.due_on > clock.today()
    assert audit.history(row).last().action == "propose"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_one_of_the_two_unions_may_not_propose_it_for_itself(tree: Tree) -> None:
    way = TwinPath(tree)
    facts = {"helper": tree.west.number, "helped": tree.east.number, "basis": "两家自行商定"}
    with pytest.raises(Invalid, match="没有这个区县级工会"):
        workflow.propose(actor=way.giver, from_on=day(), until_on=day(9), **facts)
    assert not Twinning.objects.exists()


@pytest.mark.django_db
def test_whoever_proposed_it_may_not_approve_it(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.propose()
    a_post(APPROVER, tree.city, way.clerk.account)
    for step, said in ((workflow.approve, {}), (workflow.decline, REASON)):
        with pytest.raises(NotAllowed, match="须由另一人办理"):
            step(row, actor=Actor.of(way.clerk.account), **said)
    workflow.approve(row, actor=way.approver)
    assert (row.state, row.approved_on, row.due_on) == ("twinned", clock.today(), row.until_on)
    with pytest.raises(WrongState):
        workflow.decline(row, actor=way.approver, **REASON)


@pytest.mark.django_db
def test_declined_with_a_reason_the_two_may_be_proposed_again(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.propose()
    with pytest.raises(Invalid, match="请写明理由"):
        workflow.decline(row, actor=way.approver)
    workflow.decline(row, actor=way.approver, **REASON)
    assert (row.state, way.propose().state) == ("turned_down", "to_approve")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"helper": "GH-999999"}, "没有这个区县级工会"),
        ({"helped": ""}, "请填写这一项"),
        ({"basis": "会"}, "至少"),
        ({"until_on": "2026-01-01"}, "不能早于开始日期"),
        ({"from_on": "昨天"}, "日期"),
    ],
)
def test_what_does_not_hold_together_is_refused_in_words(
    tree: Tree, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        TwinPath(tree).propose(**wrong)


@pytest.mark.django_db
def test_only_key_counties_are_helped_and_they_help_nobody(tree: Tree) -> None:
    way = TwinPath(tree)
    with pytest.raises(Invalid, match="不在重点县名单里"):
        way.propose(helped=way.north.number)
    with pytest.raises(Invalid, match="重点县是受助的一方"):
        way.propose(helper=tree.east.number, helped=tree.east.number)
    with pytest.raises(Invalid, match="没有这个区县级工会"):
        way.propose(helper=tree.willow.number)


@pytest.mark.django_db
def test_a_county_has_several_helpers_but_each_once(tree: Tree) -> None:
    way = TwinPath(tree)
    first = way.twinning_to()
    way.propose(helper=way.north.number)
    with pytest.raises(Refused, match=first.number):
        way.propose()
    workflow.end(first, actor=way.clerk, **REASON)
    assert (first.state, first.ended_on) == ("parted", clock.today())
    way.propose()


@pytest.mark.django_db
def test_a_union_is_not_helper_and_helped_at_once(tree: Tree) -> None:
    """The list of key counties changes while twinnings run."""
    way = TwinPath(tree)
    way.twinning_to()
    mark(tree.west, since=clock.today())
    with pytest.raises(Refused, match="正在帮扶别人，不能同时受助"):
        way.propose(helper=way.north.number, helped=tree.west.number)
    with clock.at(clock.today() - timedelta(days=1)), pytest.raises(Refused, match="已经结对或正在报批"):
        way.propose()


@pytest.mark.django_db
def test_it_does_not_end_while_help_waits(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.twinning_to()
    help = way.promise(row)
    with pytest.raises(Refused, match="还有 1 件帮助没有确认"):
        workflow.end(row, actor=way.clerk, **REASON)
    with pytest.raises(NotAllowed):
        workflow.end(row, actor=way.giver, **REASON)
    assert help.twinning.state == "twinned"


@pytest.mark.django_db
def test_both_sides_see_it_and_a_third_county_does_not(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.twinning_to()
    for actor in (way.clerk, way.giver, way.taker):
        assert queries.twinnings_visible_to(actor).get() == row
    for stranger in (way.stranger, who(CENTRE_CLERK, tree.willow), a_worker(tree.willow)):
        with pytest.raises(Missing):
            workflow.twinning.find(row.public_id, stranger)
