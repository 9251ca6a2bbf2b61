"""Founding, renaming, moving and dissolving unions."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Invalid, NotAllowed, WrongState
from niangjia.organisation import actions, paths, queries
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR
from niangjia.organisation.kinds import UnionKind, UnionLevel
from niangjia.organisation.models import Employer, Post, UnionBody
from tests.cast import Tree, a_post, a_region, a_union, a_user, an_employer, who

pytestmark = pytest.mark.django_db


def words(parent: UnionBody, **changed: Any) -> dict[str, Any]:
    return {
        "name": "翠屏食品厂工会",
        "number": "GH-2026-001",
        "kind": UnionKind.GRASSROOTS_UNION
        if parent.level != UnionLevel.GRASSROOTS
        else UnionKind.BRANCH_UNION,
        "level": UnionLevel.GRASSROOTS,
        "region": parent.region.code,
        "parent": parent.public_id,
        "founded_on": date(2026, 3, 1),
        **changed,
    }


def history(row: Any) -> list[str]:
    return [entry.action for entry in audit.history(row)]


@given(st.integers(min_value=0, max_value=36**4 - 2))
def test_the_next_step_sorts_right_behind_the_last(number: int) -> None:
    def step(value: int) -> str:
        digits = ""
        for _ in range(4):
            value, digit = divmod(value, 36)
            digits = paths.DIGITS[digit] + digits
        return digits

    assert paths.following("0000" + step(number)) == "0000" + step(number + 1)
    assert step(number) < step(number + 1)


def test_the_last_step_under_a_parent_has_no_next() -> None:
    with pytest.raises(OverflowError):
        paths.following("0000ZZZZ")


def test_the_first_union_is_planted_once_with_its_administrator(db: None) -> None:
    user, region = a_user(), a_region()
    given = {
        "name": "云泽省总工会",
        "number": "GH-001",
        "kind": UnionKind.PROVINCIAL_FEDERATION,
        "level": UnionLevel.PROVINCE,
        "region": region.code,
        "founded_on": date(1950, 5, 1),
    }
    root = actions.plant_root(administrator=user, **given)
    assert root.path == paths.ROOT
    assert Actor.of(user).has(ADMINISTRATOR)
    assert history(root) == ["found"]
    with pytest.raises(WrongState, match="已经建立"):
        actions.plant_root(administrator=user, **given | {"number": "GH-002"})


def test_a_second_root_is_refused_by_the_database(tree: Tree) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnionBody.objects.create(
            name="另一个", number="X-1", kind="city_federation", level="city", path="0001",
            region=tree.city.region, founded_on=date(2020, 1, 1),
        )  # fmt: skip


def test_a_union_is_founded_below_its_parent_and_audited(tree: Tree, east_administrator: Actor) -> None:
    union = actions.found_union(actor=east_administrator, **words(tree.willow))
    assert union.parent == tree.willow
    assert union.path == paths.following(tree.logistics.path)
    assert history(union) == ["found"]


def test_the_first_child_takes_the_first_step(tree: Tree, east_administrator: Actor) -> None:
    union = actions.found_union(actor=east_administrator, **words(tree.mill))
    assert union.path == tree.mill.path + "0000"


def test_nobody_founds_outside_their_subtree(tree: Tree, east_administrator: Actor) -> None:
    with pytest.raises(Invalid, match="看不到它"):
        actions.found_union(actor=east_administrator, **words(tree.spring))


def test_seeing_is_not_founding(tree: Tree) -> None:
    with pytest.raises(NotAllowed, match="组织管理员"):
        actions.found_union(actor=who(AUDITOR, tree.city), **words(tree.willow))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("number", "编号", "3 至 30 位"),
        ("level", UnionLevel.PROVINCE, "不能高于上级"),
        ("region", "123456789012", "现行区划"),
        ("founded_on", date(2999, 1, 1), "不能晚于今天"),
        ("name", "", "请填写"),
    ],
)
def test_wrong_input_is_refused_in_words(
    tree: Tree, east_administrator: Actor, field: str, value: Any, sentence: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.found_union(actor=east_administrator, **words(tree.willow, **{field: value}))
    assert list(refusal.value.problems) == [field]
    assert sentence in refusal.value.problems[field][0]


def test_a_number_is_given_once(tree: Tree, east_administrator: Actor) -> None:
    with pytest.raises(Invalid, match="已被使用"):
        actions.found_union(actor=east_administrator, **words(tree.willow, number=tree.quarry.number))


def test_an_industry_union_named_as_second_superior_gains_no_rights(tree: Tree, administrator: Actor) -> None:
    industry = a_union("纺织产业工会", tree.west, kind=UnionKind.INDUSTRY_UNION, level=UnionLevel.COUNTY)
    union = actions.found_union(actor=administrator, **words(tree.willow, industry_parent=industry.public_id))
    assert union.industry_parent == industry
    assert union not in queries.unions_visible_to(who(ADMINISTRATOR, industry))


def test_renaming_asks_for_the_duty(tree: Tree, east_administrator: Actor) -> None:
    renamed = actions.rename_union(tree.mill, actor=east_administrator, name="青禾纺织集团工会")
    assert renamed.name == "青禾纺织集团工会"
    assert history(renamed) == ["rename"]
    with pytest.raises(NotAllowed):
        actions.rename_union(tree.quarry, actor=east_administrator, name="别人的工会")


def test_a_district_moves_with_everything_below_it(tree: Tree, administrator: Actor) -> None:
    below = set(queries.subtree(tree.willow))
    moved = actions.move_union(tree.willow, actor=administrator, new_parent=tree.west.public_id)
    assert moved == len(below) == 3
    tree.willow.refresh_from_db()
    assert tree.willow.parent == tree.west
    assert set(queries.subtree(tree.willow)) == below
    assert below < set(queries.subtree(tree.west))
    assert not below & set(queries.subtree(tree.east))
    assert history(tree.willow) == ["move"]
    for union in UnionBody.objects.exclude(parent=None).select_related("parent"):
        assert union.path[: -paths.STEP] == union.parent.path


def test_moving_rewrites_paths_in_one_update_of_unions_alone(tree: Tree, administrator: Actor) -> None:
    with CaptureQueriesContext(connection) as run:
        actions.move_union(tree.willow, actor=administrator, new_parent=tree.west.public_id)
    written = [query["sql"] for query in run if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert [sql.split('"')[1] for sql in written] == [
        "organisation_unionbody",
        "organisation_unionbody",
        "kernel_auditentry",
    ]
    assert sum('SET "path"' in sql for sql in written) == 1


def test_a_union_never_moves_under_itself(tree: Tree, administrator: Actor) -> None:
    for target in (tree.east, tree.mill):
        with pytest.raises(Invalid, match="它自己或它的下级"):
            actions.move_union(tree.east, actor=administrator, new_parent=target.public_id)


def test_a_move_to_where_it_is_says_so(tree: Tree, administrator: Actor) -> None:
    with pytest.raises(Invalid, match="无需移动"):
        actions.move_union(tree.mill, actor=administrator, new_parent=tree.willow.public_id)


def test_a_union_does_not_decide_on_its_own_place(tree: Tree, east_administrator: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.move_union(tree.east, actor=east_administrator, new_parent=tree.maple.public_id)
    with pytest.raises(NotAllowed, match="最上级"):
        actions.move_union(
            tree.province, actor=who(ADMINISTRATOR, tree.province), new_parent=tree.city.public_id
        )


def test_a_move_needs_the_duty_at_both_ends(tree: Tree, east_administrator: Actor) -> None:
    with pytest.raises(Invalid, match="看不到它"):
        actions.move_union(tree.mill, actor=east_administrator, new_parent=tree.spring.public_id)


def test_a_tree_grows_no_deeper_than_its_paths(tree: Tree, administrator: Actor) -> None:
    union = tree.mill
    for _ in range(paths.LONGEST // paths.STEP - 5):
        union = a_union(parent=union)
    lower = a_union(parent=tree.maple, kind=UnionKind.AREA_FEDERATION)
    with pytest.raises(Invalid, match="太深"):
        actions.found_union(actor=administrator, **words(union))
    with pytest.raises(Invalid, match="太深"):
        actions.move_union(tree.mill, actor=administrator, new_parent=lower.public_id)


def test_a_dissolved_union_loses_its_posts_but_stays_in_sight(tree: Tree, administrator: Actor) -> None:
    post = a_post(AUDITOR, tree.mill)
    employer = an_employer(tree.mill, union=tree.mill)
    with clock.at(date(2026, 6, 1)):
        union = actions.dissolve_union(
            tree.mill, actor=administrator, dissolved_on=date(2026, 5, 31), remark="企业已注销"
        )
        assert union.is_dissolved
        assert not Actor.of(post.user).grants
    assert Employer.objects.get(pk=employer.pk).union is None
    assert Post.objects.get(pk=post.pk).until_on == date(2026, 6, 1)
    assert union in queries.unions_visible_to(administrator)
    assert history(union) == ["dissolve"]
    assert history(post) == ["end"]
    assert history(employer) == ["lose_union"]
    with pytest.raises(WrongState, match="撤销"):
        actions.dissolve_union(union, actor=administrator, dissolved_on=date(2026, 6, 1), remark="再来一次")


def test_a_union_with_members_or_unions_below_is_not_dissolved(tree: Tree, administrator: Actor) -> None:
    day = {"dissolved_on": date(2026, 1, 1), "remark": "合并到其他工会"}
    with pytest.raises(WrongState, match="下级工会"):
        actions.dissolve_union(tree.willow, actor=administrator, **day)
    UnionBody.objects.filter(pk=tree.mill.pk).update(member_count=12)
    with pytest.raises(WrongState, match="12 名会员"):
        actions.dissolve_union(tree.mill, actor=administrator, **day)


def test_the_clock_founds_nothing(tree: Tree) -> None:
    with pytest.raises(Invalid):
        actions.found_union(actor=CLOCK, **words(tree.willow))
