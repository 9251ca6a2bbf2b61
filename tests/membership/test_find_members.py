"""Members are found by what a clerk has at hand, within what the clerk may see, by an index whatever the size."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing
from niangjia.membership import actions, identity, queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation import queries as organisation
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, who
from tests.families import a_person, an_id_number

SURNAMES, GIVEN = "张王李赵陈杨黄吴周徐", "安宁远舟青禾望川知秋雨桐明溪若谷听澜"


def found(actor: Actor, words: str, beneath: UnionBody | None = None) -> list[str]:
    return [member.person.name for member in queries.members_matching(actor, words, beneath)]


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(MEMBERSHIP_CLERK, tree.willow)


@pytest.mark.parametrize("words", ["曾", "曾望", "zengwang", "Zeng Wang", "zwc", "z"])
def test_a_name_is_found_by_its_beginning_its_pinyin_or_its_initials(
    tree: Tree, clerk: Actor, words: str
) -> None:
    a_person(tree.willow, "曾望川")
    a_person(tree.willow, "柳青萍")
    assert found(clerk, words) == ["曾望川"]


def test_a_full_number_phone_or_member_number_finds_exactly_one(tree: Tree, clerk: Actor) -> None:
    person = a_person(tree.willow, "曾望川")
    a_person(tree.willow, "柳青萍")
    member = queries.current_membership(person)
    assert member is not None
    for words in (
        person.id_number,
        person.id_number.lower(),
        person.phone,
        f"+86 {person.phone}",
        member.number,
        member.number.lower(),
    ):
        assert found(clerk, words) == ["曾望川"], words
    assert found(clerk, person.id_number[:17]) == []


def test_nobody_is_found_outside_the_clerk_s_subtree(tree: Tree, clerk: Actor) -> None:
    away = a_person(tree.spring, "曾望川")
    assert found(clerk, "曾") == found(clerk, "zeng") == found(clerk, away.id_number) == []
    assert found(who(MEMBERSHIP_CLERK, tree.city), "曾") == ["曾望川"]


def test_a_view_is_cut_down_to_one_union_but_never_widened(tree: Tree, clerk: Actor) -> None:
    a_person(tree.mill, "曾望川")
    a_person(tree.willow, "曾若谷")
    a_person(tree.spring, "曾雨桐")
    assert found(clerk, "曾", tree.mill) == ["曾望川"]
    assert sorted(found(clerk, "曾", tree.city)) == ["曾望川", "曾若谷"]
    assert found(clerk, "曾", tree.spring) == []
    assert queries.members_visible_to(clerk, tree.mill).count() == 1
    assert queries.members_visible_to(clerk, tree.spring).count() == 0


def test_a_search_stops_at_fifty_for_each_way_of_reading(tree: Tree, clerk: Actor) -> None:
    grow(tree, 700)
    everywhere = who(MEMBERSHIP_CLERK, tree.province)
    assert len(found(everywhere, "张")) == queries.MOST_MATCHES
    assert len(found(everywhere, "z")) <= 2 * queries.MOST_MATCHES


def test_a_person_out_of_sight_is_answered_like_nobody(tree: Tree, clerk: Actor) -> None:
    away = a_person(tree.spring)
    for public_id in (away.public_id, uuid4()):
        with pytest.raises(Missing, match="没有找到这个人"):
            queries.person_visible_to(clerk, public_id)


def test_a_person_registered_elsewhere_is_seen_where_they_are_a_member(tree: Tree, clerk: Actor) -> None:
    away = a_person(tree.spring)
    queries.Member.objects.filter(person=away).update(unit=tree.willow)
    assert queries.person_visible_to(clerk, away.public_id) == away


def grow(tree: Tree, many: int) -> None:
    """People in every union of the tree, enough for the planner to care, and the statistics it plans by."""
    unions = [tree.mill, tree.logistics, tree.market, tree.compound, tree.quarry, tree.building_site]
    rows = [
        actions.Enrolment(
            SURNAMES[number % 10] + GIVEN[number % 18] + GIVEN[number % 7],
            identity.parse(an_id_number(100_000 + number)),
            unions[number % 6],
            date(2020, 1, 6),
            f"138{number:08}",
        )
        for number in range(many)
    ]
    actions.enrol_many(rows, actor=who(MEMBERSHIP_CLERK, tree.province))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # It rightly reads a table of some pages whole; what counts is that an index could serve.
            cursor.execute("SET LOCAL enable_seqscan = off")


def plans(actor: Actor, words: str) -> str:
    """The plans of all statements of a search."""
    explained = _Explained()
    with connection.execute_wrapper(explained):
        list(queries.members_matching(actor, words))
    return "\n".join(explained.plans)


class _Explained:
    """Asks the database how it would answer each question about members, and then lets it answer."""

    def __init__(self) -> None:
        self.plans: list[str] = []
        self._asking = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self._asking and "membership_" in sql:
            self._asking = True
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {'QUERY PLAN ' * (connection.vendor == 'sqlite')}{sql}", params)
                self.plans += [str(line[-1]) for line in cursor.fetchall()]
            self._asking = False
        return execute(sql, params, many, context)


WHOLE_TABLE = re.compile(r"SCAN (?:membership_)?(?:person|member)\b(?! USING)|Seq Scan on membership_")


def test_no_search_and_no_list_reads_a_whole_table(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organisation, "LARGE_SCOPE", 500)  # so that a district is large and a factory is not
    grow(tree, 2_000)
    for place in (tree.province, tree.east, tree.mill):
        clerk = who(MEMBERSHIP_CLERK, place)
        for words in ("张安", "zhanga", "za", "990000199001010019", "13900000001", "HY000000001"):
            plan = plans(clerk, words)
            assert plan and not WHOLE_TABLE.search(plan), f"{place} {words}: {plan}"
        listed = str(queries.members_visible_to(clerk).filter(left_on=None)[:51].explain())
        assert not re.search(r"SCAN membership_member\b(?! USING)", listed), listed


def test_a_search_passes_namesakes_elsewhere_without_looking_at_their_rows(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how much of a table has been vacuumed")
    monkeypatch.setattr(organisation, "LARGE_SCOPE", 500)
    grow(tree, 2_000)
    for words, index in (("张安", "person_name"), ("zhanga", "person_pinyin"), ("za", "person_initials")):
        plan = plans(who(MEMBERSHIP_CLERK, tree.east), words)
        assert f"SEARCH person USING COVERING INDEX {index}" in plan, plan
        assert "SEARCH member USING COVERING INDEX member_whose_and_where" in plan, plan
