"""Facts of one case and of the whole archive come from the same providers."""

from collections.abc import Iterator
from datetime import date

import pytest

from niangjia.benefits import facts
from niangjia.benefits.facts import Case, Fact, Provider, Row, Subject, gather
from niangjia.membership import actions
from niangjia.membership.models import Person
from niangjia.policy.compiling import compile_policy
from niangjia.policy.library import Library
from niangjia.policy.sets import duck
from tests.benefits.people import a_migrant
from tests.cast import Tree
from tests.families import DAY, a_person, a_worker


def test_many_cases_cost_one_query_per_provider(tree: Tree, django_assert_num_queries: object) -> None:
    people = [(a_migrant if number % 2 else a_person)(tree.mill) for number in range(4)]
    cases = [Case(person.pk) for person in people]
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = dict(gather(["农民工", "年龄", "会员月数", "没有人知道的事"], cases, DAY))
    assert [found[case]["农民工"].value for case in cases] == [False, True, False, True]
    assert {name for known in found.values() for name in known} == {"农民工", "年龄", "会员月数"}
    assert found[cases[0]]["年龄"].value == 45  # born 1980-05-17, on 2026-03-02
    assert found[cases[0]]["会员月数"].value == 73  # since 2020-01-06


def test_somebody_the_register_has_not_as_a_member_that_day_is_none(tree: Tree) -> None:
    person = a_person(tree.mill, joined_on="2024-05-06")
    [(_case, known)] = gather(["是会员", "会员月数", "农民工"], [Case(person.pk)], date(2024, 5, 5))
    assert known["是会员"].value is False
    assert known["会员月数"].value == 0
    assert "农民工" not in known


def test_a_household_answers_for_those_who_live_in_it(tree: Tree) -> None:
    worker = a_worker(tree.willow)
    person = Person.objects.get(user=worker.user_id)
    household = actions.form_household(person, actor=worker)
    found = dict(gather(["家庭人口", "性别"], [Case(person.pk, household.pk)], DAY))
    known = found[Case(person.pk, household.pk)]
    assert (known["家庭人口"].value, known["家庭人口"].source) == (1, "家庭登记")
    assert known["性别"].value in ("男", "女")


def test_two_schemes_may_mean_different_facts_by_one_name(tree: Tree) -> None:
    person = a_migrant(tree.mill)
    [(_case, known)] = gather(["农民工"], [Case(person.pk)], DAY, mapping={"农民工": "是会员"})
    assert known["农民工"].fact.name == "是会员"


def test_no_two_providers_answer_the_same_name() -> None:
    double = Provider("double", Subject.PERSON, "别处", (Fact("农民工", "bool", "membership"),), _nobody)
    with pytest.raises(ValueError, match="农民工"):
        facts.register(double)
    assert "double" not in facts.PROVIDERS


def _nobody(names: object, ids: object, on: object) -> Iterator[Row]:
    return iter(())


def test_the_whole_archive_streams_into_the_engine_of_columns(tree: Tree) -> None:
    people = [(a_migrant if number % 3 else a_person)(tree.mill) for number in range(9)]
    [answer] = facts.answers(["农民工"])
    library = Library()
    program = compile_policy(library.find("350600/serious_illness", DAY), DAY, library).program
    rows = ((row.id, *row.values, True, 3_000_001) for row in answer.rows(None, DAY))
    columns = {"person": "BIGINT", "农民工": "BOOLEAN", "参加医疗互助": "BOOLEAN", "自费部分": "BIGINT"}
    with duck.session() as connection:
        archive = duck.Archive(duck.Rows(columns, rows), key="person", scaled=True)
        sources = duck.sources(connection, program, archive)
        found = {row["person"]: row for row in duck.fetch(connection, program, sources)}
    assert [found[person.pk]["status"] for person in people] == ["excluded", "decided", "decided"] * 3
