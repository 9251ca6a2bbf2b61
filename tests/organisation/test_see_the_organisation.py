"""What each post sees, in how many queries, and by which plan."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor, scoped
from niangjia.organisation import queries
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR, PARAMETER_KEEPER
from niangjia.organisation.kinds import UnionKind, UnionLevel
from niangjia.organisation.models import Employer, UnionBody
from tests.cast import Tree, a_delegation, a_post, a_user, an_employer, who

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.at(TODAY):
        yield


def test_a_post_opens_its_subtree_in_the_order_of_the_tree(tree: Tree) -> None:
    seen = list(queries.unions_visible_to(who(AUDITOR, tree.east)))
    assert seen == [tree.east, tree.willow, tree.mill, tree.logistics, tree.maple, tree.market, tree.compound]


def test_the_root_sees_all_without_any_condition(tree: Tree) -> None:
    rows = queries.unions_visible_to(who(AUDITOR, tree.province))
    assert set(rows) == set(tree.all)
    assert "WHERE" not in str(rows.query)


def test_whoever_holds_nothing_sees_nothing(tree: Tree) -> None:
    for actor in (Actor.of(a_user()), CLOCK):
        assert not queries.unions_visible_to(actor).exists()
        assert not queries.employers_visible_to(actor).exists()
        assert not queries.posts_visible_to(actor).exists()
        assert not queries.delegations_visible_to(actor).exists()
        assert not queries.parameter_values_visible_to(actor).exists()


def test_employers_follow_the_union_that_keeps_them(tree: Tree) -> None:
    here, there = an_employer(tree.mill), an_employer(tree.quarry)
    assert list(queries.employers_visible_to(who(ADMINISTRATOR, tree.east))) == [here]
    assert set(queries.employers_visible_to(who(ADMINISTRATOR, tree.city))) == {here, there}


def test_everybody_sees_their_own_posts_and_what_they_act_under(tree: Tree) -> None:
    post, delegate = a_post(AUDITOR, tree.willow), a_user()
    a_post(AUDITOR, tree.quarry)
    delegation = a_delegation(post, delegate, TODAY, TODAY)
    assert list(queries.posts_visible_to(Actor.of(post.user))) == [post]
    assert list(queries.delegations_visible_to(Actor.of(delegate))) == [delegation]
    root = who(ADMINISTRATOR, tree.province)
    assert queries.posts_visible_to(root).count() == 3
    assert list(queries.delegations_visible_to(root)) == [delegation]


def test_ancestors_children_and_subtree(tree: Tree) -> None:
    assert list(queries.ancestors(tree.mill)) == [tree.province, tree.city, tree.east, tree.willow]
    UnionBody.objects.filter(pk=tree.compound.pk).update(dissolved_on=TODAY)
    assert [(union, union.child_count) for union in queries.children(tree.east)] == [
        (tree.willow, 2),
        (tree.maple, 1),
    ]
    assert list(queries.subtree(tree.willow)) == [tree.willow, tree.mill, tree.logistics]


def test_colleagues_sit_here_or_one_step_away_and_hold_a_post_today(tree: Tree) -> None:
    me = who(AUDITOR, tree.willow)
    near = [a_post(AUDITOR, unit).user for unit in (tree.willow, tree.east, tree.mill)]
    a_post(AUDITOR, tree.quarry)
    a_post(AUDITOR, tree.willow, until_on=date(2026, 1, 1))
    assert set(queries.colleagues(me, tree.willow)) == set(near)


def test_holders_of_a_duty_at_one_union(tree: Tree) -> None:
    post = a_post(AUDITOR, tree.willow)
    a_post(ADMINISTRATOR, tree.willow)
    a_post(AUDITOR, tree.mill)
    assert list(queries.holders(AUDITOR, tree.willow, TODAY)) == [post.user]


def test_parameters_are_public_among_staff(tree: Tree) -> None:
    assert queries.parameter_values_visible_to(who(PARAMETER_KEEPER, tree.east)).count() == 0


def test_the_member_counters_tell_how_large_a_scope_is(tree: Tree) -> None:
    UnionBody.objects.filter(pk=tree.mill.pk).update(member_count=9_000)
    UnionBody.objects.filter(pk=tree.market.pk).update(member_count=1_001)
    assert queries.member_total([tree.willow.path]) == 9_000
    assert not queries.is_large([tree.willow.path])
    assert queries.is_large([tree.east.path])
    assert queries.member_total([]) == 0


def test_lists_cost_the_same_queries_however_long(tree: Tree) -> None:
    actor = who(ADMINISTRATOR, tree.city)
    for unit in (tree.mill, tree.market, tree.quarry):
        an_employer(unit, union=unit)
    with CaptureQueriesContext(connection) as run:
        for employer in queries.employers_visible_to(actor):
            assert employer.unit.name and employer.union and employer.region.name
        for union in queries.unions_visible_to(actor):
            assert union.region.name
        for post in queries.posts_visible_to(actor):
            assert post.user.name and post.unit.name
    assert len(run) == 3


def _grow(tree: Tree) -> None:
    """Three thousand unions under the west, so that a planner has something to choose."""
    UnionBody.objects.bulk_create(
        UnionBody(
            name=f"第{n}工会", number=f"P-{n}", kind=UnionKind.GRASSROOTS_UNION, level=UnionLevel.GRASSROOTS,
            parent=tree.spring, path=f"{tree.spring.path}{n + 100:04}", region=tree.spring.region,
            founded_on=TODAY,
        )
        for n in range(3000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _plan(rows: Any) -> str:
    return str(rows.explain())


def test_a_subtree_is_read_by_the_index_on_the_path(tree: Tree) -> None:
    _grow(tree)
    plan = _plan(queries.unions_visible_to(who(AUDITOR, tree.east))[:50])
    assert re.search(r"(SEARCH|Index).*union_path_once|SEARCH.*path>\?", plan), plan
    assert "Seq Scan on organisation_unionbody" not in plan


def test_a_large_subtree_is_read_in_order_without_sorting(tree: Tree) -> None:
    _grow(tree)
    plan = _plan(queries.unions_visible_to(who(AUDITOR, tree.west))[:50])
    assert "Sort" not in plan and "TEMP B-TREE" not in plan, plan


def test_a_joined_list_is_scoped_by_the_index_on_the_path(tree: Tree) -> None:
    _grow(tree)
    for unit in (tree.mill, tree.quarry):
        an_employer(unit)
    rows = scoped(Employer.objects.all(), who(AUDITOR, tree.willow), "organisation")
    plan = _plan(rows.order_by("unit__path", "id")[:50])
    assert re.search(r"(SEARCH|Index).*(union_path_once|path>\?)", plan) or "unionbody_pkey" in plan, plan
    assert "Seq Scan on organisation_unionbody" not in plan, plan


def test_both_databases_sort_paths_byte_by_byte(tree: Tree) -> None:
    base = tree.mill.path
    for step in ("000Z", "000A", "0009", "0010"):
        UnionBody.objects.create(
            name=step, number=f"S-{step}", kind=UnionKind.BRANCH_UNION, level=UnionLevel.GRASSROOTS,
            parent=tree.mill, path=base + step, region=tree.mill.region, founded_on=TODAY,
        )  # fmt: skip
    assert [union.name for union in queries.subtree(tree.mill)][1:] == ["0009", "000A", "000Z", "0010"]
