"""The directory: which posts count on a day, for whom, and on whose desk a matter lands."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import clock
from niangjia.kernel.access import Actor, Grant, directory
from niangjia.kernel.users import User
from niangjia.kernel.workflow.tasks import Desks
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR, PARAMETER_KEEPER
from niangjia.organisation.directory import delegations_held, posts_held
from niangjia.organisation.models import Delegation, Post
from tests.cast import Tree, a_delegation, a_post, a_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.at(TODAY):
        yield


def names(user: User) -> set[tuple[str, int, int | None]]:
    return {(grant.duty.name, grant.unit_id, grant.principal_id) for grant in Actor.of(user).grants}


def test_a_post_grants_its_duty_over_its_union(tree: Tree) -> None:
    post = a_post(AUDITOR, tree.east)
    (grant,) = Actor.of(post.user).grants
    assert grant == Grant(AUDITOR, tree.east.pk, tree.east.path, principal_id=None)
    assert grant.covers(tree.mill.path)
    assert not grant.covers(tree.quarry.path)


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        ({"from_on": TODAY, "until_on": TODAY}, True),
        ({"from_on": TODAY + DAY}, False),
        ({"from_on": TODAY - DAY, "until_on": TODAY - DAY}, False),
        ({"from_on": TODAY - DAY, "ended_at": "now"}, False),
    ],
)
def test_a_post_counts_on_its_days(tree: Tree, period: dict[str, Any], counts: bool) -> None:
    if "ended_at" in period:
        period = period | {"ended_at": clock.now()}
    post = a_post(AUDITOR, tree.east, **period)
    assert bool(Actor.of(post.user).grants) is counts
    assert post.is_held_on(TODAY) is counts


def test_a_closed_account_holds_nothing(tree: Tree) -> None:
    post = a_post(AUDITOR, tree.east)
    User.objects.filter(pk=post.user_id).update(is_active=False)
    assert not Actor.of(post.user).grants


def test_a_delegate_acts_for_the_principal_beside_their_own_post(tree: Tree) -> None:
    post, own = a_post(ADMINISTRATOR, tree.east), a_post(AUDITOR, tree.west)
    a_delegation(post, own.user, TODAY, TODAY + DAY)
    assert names(own.user) == {
        ("auditor", tree.west.pk, None),
        ("organisation_administrator", tree.east.pk, post.user_id),
    }
    assert names(post.user) == {("organisation_administrator", tree.east.pk, None)}


def _post_ends(post: Post, delegation: Delegation) -> None:
    Post.objects.filter(pk=post.pk).update(until_on=TODAY - DAY)


def _post_is_taken_back(post: Post, delegation: Delegation) -> None:
    Post.objects.filter(pk=post.pk).update(ended_at=clock.now())


def _principal_leaves(post: Post, delegation: Delegation) -> None:
    User.objects.filter(pk=post.user_id).update(is_active=False)


def _delegate_leaves(post: Post, delegation: Delegation) -> None:
    User.objects.filter(pk=delegation.delegate_id).update(is_active=False)


def _delegation_is_taken_back(post: Post, delegation: Delegation) -> None:
    Delegation.objects.filter(pk=delegation.pk).update(ended_at=clock.now())


def _delegation_runs_out(post: Post, delegation: Delegation) -> None:
    Delegation.objects.filter(pk=delegation.pk).update(until_on=TODAY - DAY)


@pytest.mark.parametrize(
    "happens",
    [
        _post_ends,
        _post_is_taken_back,
        _principal_leaves,
        _delegate_leaves,
        _delegation_is_taken_back,
        _delegation_runs_out,
    ],
)
def test_a_delegation_ends_with_whatever_carries_it(tree: Tree, happens: Any) -> None:
    post, delegate = a_post(ADMINISTRATOR, tree.east), a_user()
    delegation = a_delegation(post, delegate, TODAY - 3 * DAY, TODAY + DAY)
    assert Actor.of(delegate).grants
    happens(post, delegation)
    assert not Actor.of(delegate).grants


def test_grants_are_the_posts_and_delegations_that_count(tree: Tree) -> None:
    user, periods = a_user(), (TODAY - 2 * DAY, TODAY - DAY, TODAY, TODAY + DAY)
    for number, begin in enumerate(periods):
        own = a_post(AUDITOR, tree.east, user, from_on=begin, until_on=begin + number * DAY)
        lent = a_post(ADMINISTRATOR, tree.west, from_on=begin - DAY, until_on=TODAY + (number - 1) * DAY)
        a_delegation(lent, user, begin, begin + DAY)
        if number == 1:
            Post.objects.filter(pk__in=[own.pk, lent.pk]).update(ended_at=clock.now())
    for day in (TODAY - DAY, TODAY, TODAY + DAY, TODAY + 9 * DAY):
        posts = posts_held(day).filter(user=user).values_list("unit_id", Value(0), "unit__name", Value(""))
        lent_to = delegations_held(day).filter(delegate=user)
        lent = lent_to.values_list("post__unit_id", "post__user_id", "post__unit__name", "post__user__name")
        assert sorted([*posts, *lent]) == sorted(
            (grant.unit_id, grant.principal_id or 0, grant.unit_name, grant.principal_name)
            for grant in directory().grants(user.pk, day)
        )


def test_all_grants_come_in_one_query(tree: Tree) -> None:
    user = a_post(AUDITOR, tree.east).user
    a_post(PARAMETER_KEEPER, tree.west, user)
    for unit in (tree.willow, tree.maple, tree.spring):
        a_delegation(a_post(ADMINISTRATOR, unit), user, TODAY, TODAY)
    with CaptureQueriesContext(connection) as run:
        assert len(Actor.of(user).grants) == 5
    assert len(run) == 1


def test_a_duty_that_is_gone_from_the_code_grants_nothing(tree: Tree) -> None:
    post = a_post(AUDITOR, tree.east)
    Post.objects.filter(pk=post.pk).update(duty="lamplighter")
    post.refresh_from_db()
    assert not Actor.of(post.user).grants
    assert post.duty_label == "lamplighter"


def test_a_matter_lands_at_the_nearest_holder_upward(tree: Tree) -> None:
    def desk(*barred: int) -> int:
        return Desks(TODAY).find(AUDITOR, tree.mill.pk, barred)

    assert desk() == tree.province.pk
    city, street = a_post(AUDITOR, tree.city), a_post(AUDITOR, tree.willow)
    a_post(AUDITOR, tree.maple)
    a_post(ADMINISTRATOR, tree.mill)
    assert desk() == tree.willow.pk
    assert desk(street.user_id) == tree.city.pk
    assert desk(street.user_id, city.user_id) == tree.province.pk
    own = a_post(AUDITOR, tree.mill)
    assert desk() == tree.mill.pk
    Post.objects.filter(pk=own.pk).update(until_on=TODAY - DAY)
    assert desk() == tree.willow.pk


def test_who_acts_for_a_barred_colleague_is_no_way_round(tree: Tree) -> None:
    post = a_post(AUDITOR, tree.willow)
    delegate = a_post(ADMINISTRATOR, tree.maple).user
    a_delegation(post, delegate, TODAY, TODAY)
    assert Desks(TODAY).find(AUDITOR, tree.mill.pk, [post.user_id]) == tree.province.pk
    assert Desks(TODAY).find(AUDITOR, tree.mill.pk, [delegate.pk]) == tree.willow.pk


def test_a_second_holder_keeps_the_desk_where_it_is(tree: Tree) -> None:
    first, _ = a_post(AUDITOR, tree.willow), a_post(AUDITOR, tree.willow)
    assert Desks(TODAY).find(AUDITOR, tree.mill.pk, [first.user_id]) == tree.willow.pk


def test_the_directory_knows_where_a_union_stands(tree: Tree) -> None:
    assert directory().path(tree.mill.pk) == tree.mill.path
