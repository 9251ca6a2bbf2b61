"""Dated regional parameters: the nearest region wins, periods never overlap, only the keeper sets them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.kernel import audit
from niangjia.kernel.access import Actor, directory
from niangjia.kernel.errors import Invalid, NotAllowed
from niangjia.organisation import actions, parameters
from niangjia.organisation.access import ADMINISTRATOR, PARAMETER_KEEPER
from niangjia.organisation.models import ParameterValue, UnionBody
from niangjia.organisation.parameters import Measure, Parameter
from tests.cast import Tree, who

pytestmark = pytest.mark.django_db

YEAR = date(2026, 1, 1)
LATER = date(2026, 7, 1)


@pytest.fixture
def line() -> Iterator[str]:
    """A monthly amount that no rule of the product uses."""
    declared = Parameter(
        "tests.line", "标准线", Measure.YUAN_PER_MONTH, Decimal("800.00"), "测试", minimum=0, maximum=9999
    )
    yield declared.name
    del parameters.PARAMETERS[declared.name]


def words(name: str, value: object, region: Any = None, valid_from: date = YEAR) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "region": region and region.code,
        "valid_from": valid_from,
        "source": "南湖市第 3 号文件",
        "evidence": "document",
    }


def test_the_default_holds_where_nobody_said_otherwise(tree: Tree, line: str) -> None:
    assert parameters.value(line, tree.mill, YEAR) == Decimal("800.00")
    assert parameters.value(line, None, YEAR) == Decimal("800.00")


def test_the_nearest_region_wins(tree: Tree, line: str) -> None:
    root_keeper = who(PARAMETER_KEEPER, tree.province)
    for value, region in (("810", None), ("820", tree.city.region), ("830", tree.east.region)):
        actions.set_parameter(actor=root_keeper, **words(line, value, region))
    found = {
        union.name: parameters.value(line, union, YEAR)
        for union in (tree.province, tree.city, tree.west, tree.east, tree.mill)
    }
    assert [int(value) for value in found.values()] == [810, 820, 820, 830, 830]
    assert parameters.value(line, tree.mill.region, YEAR) == 830
    assert directory().parameter(line, tree.mill.pk, YEAR) == 830
    assert directory().parameter(line, None, YEAR) == 810


def test_an_amount_keeps_every_digit(tree: Tree, keeper: Actor, line: str) -> None:
    actions.set_parameter(actor=keeper, **words(line, "1062.10", tree.city.region))
    assert str(parameters.value(line, tree.city, YEAR)) == "1062.10"


def test_a_new_period_closes_the_one_before(tree: Tree, keeper: Actor, line: str) -> None:
    first = actions.set_parameter(actor=keeper, **words(line, "900", tree.city.region))
    actions.set_parameter(actor=keeper, **words(line, "950", tree.city.region, LATER))
    first.refresh_from_db()
    assert first.valid_to == date(2026, 6, 30)
    assert parameters.value(line, tree.city, date(2026, 6, 30)) == 900
    assert parameters.value(line, tree.city, LATER) == 950
    assert parameters.value(line, tree.city, date(2025, 12, 31)) == 800
    assert [entry.action for entry in audit.history(first)] == ["set", "close"]


def test_a_period_set_in_between_ends_before_the_next(tree: Tree, keeper: Actor, line: str) -> None:
    actions.set_parameter(actor=keeper, **words(line, "950", tree.city.region, LATER))
    row = actions.set_parameter(actor=keeper, **words(line, "900", tree.city.region))
    assert row.valid_to == date(2026, 6, 30)


@settings(max_examples=15, deadline=None)
@given(firsts=st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), min_size=1, max_size=8, unique=True))
def test_periods_never_overlap_whatever_the_order(django_db_setup: None, firsts: list[date]) -> None:
    from django.db import transaction

    from tests.cast import a_tree

    with transaction.atomic():
        tree = a_tree()
        keeper = who(PARAMETER_KEEPER, tree.city)
        for first in firsts:
            actions.set_parameter(
                actor=keeper, **words("organisation.delegation_days", 9, tree.city.region, first)
            )
        rows = list(ParameterValue.objects.order_by("valid_from"))
        ends = [row.valid_to for row in rows]
        starts = [row.valid_from for row in rows]
        transaction.set_rollback(True)
    assert starts == sorted(firsts)
    assert ends[-1] is None
    assert all((after - before).days == 1 for before, after in zip(ends, starts[1:], strict=False))


def test_one_day_has_one_value(tree: Tree, keeper: Actor, line: str) -> None:
    actions.set_parameter(actor=keeper, **words(line, "900", tree.city.region))
    with pytest.raises(Invalid, match="已经设定"):
        actions.set_parameter(actor=keeper, **words(line, "901", tree.city.region))


def test_a_keeper_sets_what_is_theirs(tree: Tree, line: str) -> None:
    east_keeper = who(PARAMETER_KEEPER, tree.east)
    actions.set_parameter(actor=east_keeper, **words(line, "900", tree.willow.region))
    for region in (tree.city.region, tree.west.region, None):
        with pytest.raises(NotAllowed, match="参数管理员"):
            actions.set_parameter(actor=east_keeper, **words(line, "900", region))


def test_another_duty_sets_nothing(tree: Tree, line: str) -> None:
    with pytest.raises(NotAllowed):
        actions.set_parameter(actor=who(ADMINISTRATOR, tree.city), **words(line, "900", tree.city.region))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("tests.line", "很多", "要填数"),
        ("tests.line", "NaN", "要填数"),
        ("tests.line", "-1", "之间"),
        ("tests.line", "10000", "之间"),
        ("organisation.delegation_days", "2.5", "要填整数"),
        ("organisation.delegation_days", "0", "之间"),
    ],
)
def test_wrong_values_are_refused_in_words(
    tree: Tree, keeper: Actor, line: str, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.set_parameter(actor=keeper, **words(name, value, tree.city.region))
    assert sentence in refusal.value.problems["value"][0]


def test_yes_or_no_is_read_as_written() -> None:
    declared = Parameter("tests.flag", "是否", Measure.YES_OR_NO, True, "测试")
    try:
        assert [declared.read(word) for word in ("是", "true", "1", "否", "False", 0)] == [True] * 3 + [
            False
        ] * 3
        with pytest.raises(Invalid, match="是或否"):
            declared.read("也许")
    finally:
        del parameters.PARAMETERS["tests.flag"]


def test_a_parameter_is_declared_once(line: str) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Parameter(line, "另一个", Measure.YUAN, Decimal(1), "测试")


@pytest.mark.django_db(transaction=True)
def test_a_remembered_reading_is_forgotten_when_a_value_is_set(line: str) -> None:
    from tests.cast import a_tree

    tree = a_tree()
    parameters.forget()
    assert parameters.value(line, tree.city, YEAR) == 800
    actions.set_parameter(actor=who(PARAMETER_KEEPER, tree.city), **words(line, "900", tree.city.region))
    assert parameters.value(line, tree.city, YEAR) == 900
    parameters.forget()


def test_a_share_is_kept_exactly(tree: Tree) -> None:
    declared = Parameter(
        "tests.share", "到会比例", Measure.RATIO, Fraction(2, 3), "测试", minimum=0, maximum=1
    )
    try:
        keeper = who(PARAMETER_KEEPER, tree.province)
        actions.set_parameter(actor=keeper, **words(declared.name, "3/4", tree.east.region))
        assert parameters.value(declared.name, tree.mill, YEAR) == Fraction(3, 4)
        assert parameters.value(declared.name, tree.spring, YEAR) == Fraction(2, 3)
        for wrong in ("1/0", "三分之二", "1e9999", "0.66", "3/2"):
            with pytest.raises(Invalid):
                actions.set_parameter(actor=keeper, **words(declared.name, wrong, None))
    finally:
        del parameters.PARAMETERS[declared.name]


def test_a_list_over_many_regions_sees_each_ones_own_setting(tree: Tree) -> None:
    """As `value` answers for one place, `by_region` answers for every row at once."""
    declared = Parameter("tests.count", "人数", Measure.PERSON, 25, "测试")
    try:
        keeper = who(PARAMETER_KEEPER, tree.province)

        def seen() -> dict[str, int]:
            rows = UnionBody.objects.annotate(said=parameters.by_region(declared.name, YEAR))
            return dict(rows.values_list("number", "said"))

        def single() -> dict[str, int]:
            return {union.number: parameters.value(declared.name, union, YEAR) for union in tree.all}

        assert seen() == single()
        for value, region in ((30, None), (20, tree.city.region), (10, tree.east.region)):
            actions.set_parameter(actor=keeper, **words(declared.name, value, region))
            assert seen() == single()
        assert set(seen().values()) == {10, 20, 30}
    finally:
        del parameters.PARAMETERS[declared.name]
