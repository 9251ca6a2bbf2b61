"""送资金, 指门路: the helper promises and gives, the union helped confirms; four eyes across the two unions."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.models import TwinningHelp
from niangjia.assistance.twinning import giving, queries, workflow
from niangjia.assistance.twinning.kinds import HelpState
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.organisation.models import Post
from tests.browser.photos import a_photo
from tests.cast import Tree, a_post
from tests.twinnings import REASON, TwinPath, day


def desk(row: TwinningHelp) -> Any:
    task = open_task_of("twinning-help", row.pk)
    return task and task.unit


@pytest.mark.django_db
def test_money_is_promised_given_and_confirmed_and_the_desk_moves(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.promise()
    assert (row.number, row.amount) == (f"{row.twinning.number}-01", Decimal("50000.50"))
    assert (desk(row), row.due_on) == (tree.west, row.planned_on)
    giving.give(row, actor=way.giver, given_on=day())
    assert (desk(row), row.unit, row.state) == (tree.east, tree.east, HelpState.GIVEN)
    giving.confirm(row, actor=way.taker, confirmed_on=day(), arrived_amount="50000.50")
    assert (desk(row), row.state, row.arrived_amount) == (None, "arrived", Decimal("50000.50"))
    assert row.confirmed_on == clock.today()
    with pytest.raises(WrongState):
        giving.withdraw(row, actor=way.giver, **REASON)


@pytest.mark.django_db
def test_the_helper_does_not_confirm_what_it_sent(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.help_to(HelpState.GIVEN)
    said = {"confirmed_on": day(), "arrived_amount": "50000.50"}
    with pytest.raises(NotAllowed, match="没有这个岗位"):
        giving.confirm(row, actor=way.giver, **said)
    # Another colleague of the helper, who also holds a post with the union helped.
    both = way.second_clerk(tree.west)
    a_post(CENTRE_CLERK, tree.east, both.account)
    for step, words in ((giving.confirm, said), (giving.dispute, REASON)):
        for actor in (Actor.of(both.account), way.second_clerk(tree.city)):
            with pytest.raises(NotAllowed, match="要由受助工会的人确认"):
                step(row, actor=actor, **words)
    # The city's clerk who promised for the helper is not the one who confirms for the helped.
    other = giving.promise(
        actor=way.clerk,
        twinning=row.twinning.number,
        kind="money",
        purpose="event",
        detail="职工文艺汇演",
        amount="8000",
        planned_on=day(),
    )
    giving.give(other, actor=way.giver, given_on=day())
    with pytest.raises(NotAllowed, match="须由另一人办理"):
        giving.confirm(other, actor=way.clerk, confirmed_on=day(), arrived_amount="8000")


@pytest.mark.django_db
def test_the_union_above_confirms_where_the_helped_has_no_clerk(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.help_to(HelpState.GIVEN)
    Post.objects.filter(user=way.taker.account).update(until_on=clock.today() - timedelta(days=1))
    giving.confirm(row, actor=way.clerk, confirmed_on=day(), arrived_amount="50000.50")
    assert row.state == HelpState.ARRIVED


@pytest.mark.django_db
def test_the_union_helped_does_not_promise_for_its_helper(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.twinning_to()
    facts = {"kind": "advice", "purpose": "jobs", "detail": "推荐到纺织厂", "planned_on": day()}
    with pytest.raises(NotAllowed):
        giving.promise(actor=way.taker, twinning=row.number, **facts)
    with pytest.raises(Invalid, match="没有这样一对正在结对的工会"):
        giving.promise(actor=way.stranger, twinning=row.number, **facts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": ""}, "送资金请填金额"),
        ({"amount": "0"}, "0.01"),
        ({"amount": "1.234"}, "两位小数"),
        ({"amount": "很多"}, "这不是金额"),
        ({"kind": "advice"}, "指门路不涉及拨款"),
        ({"kind": "project"}, "project"),
        ({"purpose": "villages"}, "villages"),
        ({"detail": "钱"}, "至少"),
        ({"twinning": "XJ2026999999"}, "没有这样一对正在结对的工会"),
    ],
)
def test_a_promise_that_does_not_hold_together_is_refused_in_words(
    tree: Tree, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        TwinPath(tree).promise(**wrong)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"arrived_amount": "60000"}, "到账不会更多"),
        ({"arrived_amount": "40000"}, "少在哪里"),
        ({"arrived_amount": ""}, "请填实际到账的金额"),
        ({"arrived_amount": "-1"}, "0.01"),
        ({"confirmed_on": "2026-03-01"}, "不能早于对方拨付"),
        ({"confirmed_on": "2027-03-01"}, "不能晚于今天"),
    ],
)
def test_what_arrived_is_not_more_than_was_sent_and_less_is_explained(
    tree: Tree, given: dict[str, Any], words: str
) -> None:
    way = TwinPath(tree)
    row = way.help_to(HelpState.GIVEN)
    with pytest.raises(Invalid, match=words):
        giving.confirm(row, actor=way.taker, **{"confirmed_on": day(), "arrived_amount": "50000.50"} | given)
    row.refresh_from_db()
    assert row.state == HelpState.GIVEN and row.arrived_amount is None


@pytest.mark.django_db
def test_less_may_arrive_with_a_word(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.help_to(HelpState.GIVEN)
    giving.confirm(
        row, actor=way.taker, confirmed_on=day(), arrived_amount="49000", remark="扣除统一印制教材费"
    )
    assert row.arrived_amount == Decimal("49000")


@pytest.mark.django_db
def test_what_did_not_arrive_goes_back_to_the_helper_who_may_withdraw(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.help_to(HelpState.GIVEN)
    with pytest.raises(Invalid, match="请写明理由"):
        giving.dispute(row, actor=way.taker)
    giving.dispute(row, actor=way.taker, **REASON)
    assert (row.state, row.given_on, desk(row)) == ("promised", None, tree.west)
    giving.withdraw(row, actor=way.giver, **REASON)
    assert (row.state, desk(row)) == ("withdrawn", None)
    workflow.end(row.twinning, actor=way.clerk, **REASON)


@pytest.mark.django_db
def test_advice_has_no_money_and_is_confirmed_too(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.help_to(HelpState.ARRIVED, kind="advice", purpose="market", amount="", detail="茶叶进机关食堂")
    assert (row.amount, row.arrived_amount, row.state) == (None, None, "arrived")


@pytest.mark.django_db
def test_help_is_given_not_before_today_ends_and_only_while_twinned(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.promise()
    with pytest.raises(Invalid, match="不能晚于今天"):
        giving.give(row, actor=way.giver, given_on=day(1))
    giving.withdraw(row, actor=way.giver, **REASON)
    workflow.end(row.twinning, actor=way.clerk, **REASON)
    with pytest.raises(Invalid, match="没有这样一对正在结对的工会"):
        way.promise(row.twinning)


@pytest.mark.django_db
def test_either_union_keeps_papers_until_the_help_is_settled(tree: Tree, settings: Any) -> None:
    way = TwinPath(tree)
    row = way.help_to(HelpState.GIVEN)
    sent = giving.attach(row, actor=way.giver, kind="transfer", upload=a_photo("sent.jpg"))
    received = giving.attach(row, actor=way.taker, kind="receipt", upload=a_photo("came.jpg", "red"))
    with pytest.raises(NotAllowed, match="由添加它的人作废"):
        giving.void(sent, actor=way.taker)
    giving.void(sent, actor=way.giver)
    assert list(queries.papers_of(row)) == [received]
    with pytest.raises(NotAllowed, match="两家工会的帮扶中心经办"):
        giving.attach(row, actor=way.chair, kind="photo", upload=a_photo("more.jpg"))
    with pytest.raises(Missing):
        queries.help_paper(way.stranger, received.public_id)
    giving.confirm(row, actor=way.taker, confirmed_on=day(), arrived_amount="50000.50")
    with pytest.raises(WrongState, match="已经固定"):
        giving.void(received, actor=way.taker)


@pytest.mark.django_db
def test_a_promise_past_its_day_is_overdue(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.promise()
    with clock.at(clock.today() + timedelta(days=6)):
        assert list(queries.help_chosen(way.giver, queries.Asked(overdue=True))) == [row]
    assert not queries.help_chosen(way.giver, queries.Asked(overdue=True)).exists()
