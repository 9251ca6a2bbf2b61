"""Giving duties to people, lending them to colleagues, and taking both back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, NotAllowed, WrongState
from niangjia.kernel.users import User
from niangjia.organisation import actions
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR, PARAMETER_KEEPER
from niangjia.organisation.models import Delegation, Post, UnionBody
from tests.cast import Tree, a_delegation, a_post, a_user, who

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.at(TODAY):
        yield


def post_words(user: User, unit: UnionBody, **changed: Any) -> dict[str, Any]:
    return {
        "user": user.username,
        "unit": unit.public_id,
        "duty": AUDITOR.name,
        "title": "经审委员",
        "from_on": TODAY,
        **changed,
    }


def days(delegate: User, **changed: Any) -> dict[str, Any]:
    return {
        "delegate": delegate.username,
        "from_on": TODAY,
        "until_on": TODAY + 4 * DAY,
        "reason": "外出培训",
        **changed,
    }


def test_an_appointment_gives_the_duty_and_says_who_gave_it(tree: Tree, east_administrator: Actor) -> None:
    post = actions.appoint(actor=east_administrator, **post_words(a_user(), tree.mill))
    assert post.appointed_by == east_administrator.user
    assert Actor.of(post.user).has(AUDITOR)
    assert [entry.action for entry in audit.history(post)] == ["appoint"]


def test_an_appointment_needs_the_duty_over_that_union(tree: Tree, east_administrator: Actor) -> None:
    with pytest.raises(Invalid, match="看不到它"):
        actions.appoint(actor=east_administrator, **post_words(a_user(), tree.quarry))
    with pytest.raises(NotAllowed):
        actions.appoint(actor=who(AUDITOR, tree.east), **post_words(a_user(), tree.mill))


def test_nobody_appoints_themselves_nor_whom_they_act_for(tree: Tree, east_administrator: Actor) -> None:
    own = post_words(east_administrator.user, tree.mill)
    with pytest.raises(NotAllowed, match="自己"):
        actions.appoint(actor=east_administrator, **own)
    post = Post.objects.get(user=east_administrator.user)
    delegate = a_user()
    a_delegation(post, delegate, TODAY, TODAY)
    with pytest.raises(NotAllowed, match="被代办人"):
        actions.appoint(actor=Actor.of(delegate), **own)


def test_acting_for_somebody_is_written_in_the_audit_trail(tree: Tree, east_administrator: Actor) -> None:
    delegate = a_user()
    a_delegation(Post.objects.get(user=east_administrator.user), delegate, TODAY, TODAY)
    post = actions.appoint(actor=Actor.of(delegate), **post_words(a_user(), tree.mill))
    (entry,) = audit.history(post)
    assert (entry.actor, entry.principal) == (delegate, east_administrator.user)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"user": "nobody"}, "user", "没有这个账号"),
        ({"duty": "lamplighter"}, "duty", "lamplighter"),
        ({"until_on": TODAY - DAY}, "until_on", "不能早于"),
    ],
)
def test_wrong_appointments_are_refused_in_words(
    tree: Tree, east_administrator: Actor, changed: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.appoint(actor=east_administrator, **post_words(a_user(), tree.mill) | changed)
    assert sentence in refusal.value.problems[field][0]


def test_one_person_holds_one_duty_once_at_a_time(tree: Tree, east_administrator: Actor) -> None:
    user = a_user()
    actions.appoint(actor=east_administrator, **post_words(user, tree.mill, until_on=TODAY + 9 * DAY))
    with pytest.raises(Invalid, match="已任此职"):
        actions.appoint(actor=east_administrator, **post_words(user, tree.mill, from_on=TODAY + 9 * DAY))
    actions.appoint(actor=east_administrator, **post_words(user, tree.mill, from_on=TODAY + 10 * DAY))
    actions.appoint(actor=east_administrator, **post_words(user, tree.mill, duty=PARAMETER_KEEPER.name))


def test_a_post_ends_on_a_last_day(tree: Tree, east_administrator: Actor) -> None:
    post = a_post(AUDITOR, tree.mill)
    actions.end_post(post, actor=east_administrator, until_on=TODAY)
    assert Actor.of(post.user).has(AUDITOR)
    with clock.at(TODAY + DAY):
        assert not Actor.of(post.user).has(AUDITOR)
        with pytest.raises(WrongState, match="已经结束"):
            actions.end_post(post, actor=east_administrator)


def test_a_post_ends_at_once_and_so_does_acting_under_it(tree: Tree, east_administrator: Actor) -> None:
    post, delegate = a_post(AUDITOR, tree.mill), a_user()
    a_delegation(post, delegate, TODAY, TODAY + DAY)
    actions.end_post(post, actor=east_administrator)
    assert not Actor.of(post.user).grants
    assert not Actor.of(delegate).grants


def test_a_mistaken_appointment_is_taken_back_and_made_again_the_same_day(
    tree: Tree, east_administrator: Actor
) -> None:
    given = post_words(a_user(), tree.mill)
    actions.end_post(actions.appoint(actor=east_administrator, **given), actor=east_administrator)
    assert actions.appoint(actor=east_administrator, **given).is_held_on(TODAY)


def test_a_post_does_not_end_before_it_began(tree: Tree, east_administrator: Actor) -> None:
    post = a_post(AUDITOR, tree.mill, from_on=TODAY)
    with pytest.raises(Invalid, match="不能早于任职起"):
        actions.end_post(post, actor=east_administrator, until_on=TODAY - DAY)


def test_a_stranger_ends_no_post(tree: Tree, east_administrator: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.end_post(a_post(AUDITOR, tree.quarry), actor=east_administrator)


def test_the_holder_hands_over_for_some_days(tree: Tree) -> None:
    post, colleague = a_post(AUDITOR, tree.east), a_post(AUDITOR, tree.maple).user
    delegation = actions.delegate(post, actor=Actor.of(post.user), **days(colleague))
    assert delegation.created_by == post.user
    assert {grant.principal_id for grant in Actor.of(colleague).grants} == {None, post.user_id}
    assert [entry.action for entry in audit.history(delegation)] == ["delegate"]
    with clock.at(TODAY + 5 * DAY):
        assert {grant.principal_id for grant in Actor.of(colleague).grants} == {None}


def test_an_administrator_hands_over_for_somebody_who_fell_ill(tree: Tree, east_administrator: Actor) -> None:
    post, colleague = a_post(AUDITOR, tree.mill), a_post(AUDITOR, tree.maple).user
    delegation = actions.delegate(post, actor=east_administrator, **days(colleague))
    assert delegation.created_by == east_administrator.user


def test_nobody_lends_a_post_that_is_not_theirs(tree: Tree) -> None:
    post, colleague = a_post(AUDITOR, tree.mill), a_post(AUDITOR, tree.mill).user
    with pytest.raises(NotAllowed):
        actions.delegate(post, actor=Actor.of(colleague), **days(a_post(AUDITOR, tree.mill).user))


def test_who_acts_for_somebody_does_not_hand_on(tree: Tree) -> None:
    post, first = a_post(AUDITOR, tree.mill), a_post(AUDITOR, tree.maple).user
    a_delegation(post, first, TODAY, TODAY)
    with pytest.raises(NotAllowed):
        actions.delegate(post, actor=Actor.of(first), **days(a_post(AUDITOR, tree.maple).user))


def test_an_administrator_does_not_take_a_post_for_themselves(tree: Tree, east_administrator: Actor) -> None:
    with pytest.raises(NotAllowed, match="委托给自己"):
        actions.delegate(
            a_post(AUDITOR, tree.mill), actor=east_administrator, **days(east_administrator.user)
        )


def _to_the_holder(post: Post) -> dict[str, Any]:
    return days(post.user)


def _to_a_worker(post: Post) -> dict[str, Any]:
    return days(a_user("周一帆"))


def _to_a_closed_account(post: Post) -> dict[str, Any]:
    return days(a_user(is_active=False))


def _without_end(post: Post) -> dict[str, Any]:
    return days(a_post(AUDITOR, post.unit).user, until_on=None)


def _for_too_long(post: Post) -> dict[str, Any]:
    return days(a_post(AUDITOR, post.unit).user, until_on=TODAY + 30 * DAY)


def _from_the_past(post: Post) -> dict[str, Any]:
    return days(a_post(AUDITOR, post.unit).user, from_on=TODAY - DAY)


def _beyond_the_post(post: Post) -> dict[str, Any]:
    Post.objects.filter(pk=post.pk).update(until_on=TODAY + DAY)
    return days(a_post(AUDITOR, post.unit).user)


def _without_reason(post: Post) -> dict[str, Any]:
    return days(a_post(AUDITOR, post.unit).user, reason="")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (_to_the_holder, "本人"),
        (_to_a_worker, "没有工会岗位"),
        (_to_a_closed_account, "没有这个账号"),
        (_without_end, "请填写"),
        (_for_too_long, "最长 30 天"),
        (_from_the_past, "不能从过去开始"),
        (_beyond_the_post, "超出了这项任职"),
        (_without_reason, "请填写"),
    ],
)
def test_wrong_delegations_are_refused_in_words(tree: Tree, given: Any, sentence: str) -> None:
    post = a_post(AUDITOR, tree.east)
    wrong = given(post)
    with pytest.raises(Invalid, match=sentence):
        actions.delegate(post, actor=Actor.of(post.user), **wrong)
    assert not Delegation.objects.exists()


def test_a_region_may_allow_fewer_days(tree: Tree, keeper: Actor) -> None:
    actions.set_parameter(
        actor=keeper,
        name="organisation.delegation_days",
        region=tree.east.region.code,
        value=3,
        valid_from=TODAY,
        source="东桥区总工会通知",
        evidence="decision",
    )
    post, colleague = a_post(AUDITOR, tree.east), a_post(AUDITOR, tree.maple).user
    with pytest.raises(Invalid, match="最长 3 天"):
        actions.delegate(post, actor=Actor.of(post.user), **days(colleague))
    actions.delegate(post, actor=Actor.of(post.user), **days(colleague, until_on=TODAY + 2 * DAY))


def test_the_same_days_are_lent_once(tree: Tree) -> None:
    post, colleague = a_post(AUDITOR, tree.east), a_post(AUDITOR, tree.maple).user
    actions.delegate(post, actor=Actor.of(post.user), **days(colleague))
    with pytest.raises(Invalid, match="已代办此岗"):
        actions.delegate(post, actor=Actor.of(post.user), **days(colleague, from_on=TODAY + 4 * DAY))


@pytest.mark.parametrize("ender", ["holder", "delegate", "administrator"])
def test_those_concerned_end_a_delegation_at_once(tree: Tree, east_administrator: Actor, ender: str) -> None:
    post, colleague = a_post(AUDITOR, tree.east), a_post(AUDITOR, tree.maple).user
    delegation = a_delegation(post, colleague, TODAY, TODAY + DAY)
    actors = {
        "holder": Actor.of(post.user),
        "delegate": Actor.of(colleague),
        "administrator": east_administrator,
    }
    actions.end_delegation(delegation, actor=actors[ender])
    assert {grant.principal_id for grant in Actor.of(colleague).grants} == {None}
    with pytest.raises(WrongState, match="已经结束"):
        actions.end_delegation(delegation, actor=actors[ender])


def test_a_stranger_ends_no_delegation(tree: Tree) -> None:
    delegation = a_delegation(a_post(AUDITOR, tree.east), a_user(), TODAY, TODAY)
    with pytest.raises(NotAllowed):
        actions.end_delegation(delegation, actor=who(ADMINISTRATOR, tree.west))
