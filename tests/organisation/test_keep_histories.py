"""What an employer was on a day: changes with reasons, closing, opening again, merging."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, NotAllowed, WrongState
from niangjia.organisation import actions
from niangjia.organisation.access import AUDITOR, ORGANISATION_CLERK
from niangjia.organisation.models import Employer, EmployerPeriod, UnionBody
from niangjia.organisation.queries import histories
from tests.cast import Tree, a_uscc, who

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(ORGANISATION_CLERK, tree.east)


def registered(unit: UnionBody, clerk: Actor, on: date = date(2025, 1, 6), **given: Any) -> Employer:
    words = {
        "name": "翠屏食品有限公司",
        "uscc": a_uscc(),
        "unit": unit.public_id,
        "region": unit.region.code,
        "industry": "C",
        "kind": "170",
        "staff_count": 80,
        "head": "许安然",
    }
    with clock.at(on):
        return actions.register_employer(actor=clerk, **words | given)


def test_a_change_ends_the_old_period_the_day_before(tree: Tree, clerk: Actor) -> None:
    employer = registered(tree.willow, clerk)
    changed = actions.change_employer(
        employer, actor=clerk, from_on="2025-06-01", reason="扩建车间", staff_count=120, name="翠屏食品集团"
    )
    assert (changed.name, changed.staff_count, changed.head) == ("翠屏食品集团", 120, "许安然")
    before, after = (histories.employer_on(employer, day) for day in (date(2025, 5, 31), date(2025, 6, 1)))
    assert before and after
    assert (before.name, before.staff_count, before.until_on) == (
        "翠屏食品有限公司",
        80,
        date(2025, 5, 31),
    )
    assert (after.name, after.staff_count, after.reason) == ("翠屏食品集团", 120, "扩建车间")
    assert histories.employer_on(employer, date(2025, 1, 5)) is None
    last = list(audit.history(employer))[-1]
    assert (last.action, str(last.remark.text)) == ("change", "扩建车间")


def test_periods_neither_overlap_nor_leave_a_gap(tree: Tree, clerk: Actor) -> None:
    employer = registered(tree.willow, clerk)
    for month, staff in ((3, 90), (7, 70), (7, 75), (11, 200)):
        actions.change_employer(
            employer, actor=clerk, from_on=date(2025, month, 1), reason="月报", staff_count=staff
        )
    rows = list(EmployerPeriod.objects.filter(employer=employer).order_by("from_on"))
    assert [row.staff_count for row in rows] == [80, 90, 75, 200]
    for row, following in itertools.pairwise(rows):
        assert row.until_on and (following.from_on - row.until_on).days == 1
    assert rows[-1].until_on is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"staff_count": 90, "reason": ""}, "请填写"),
        ({"staff_count": 90, "from_on": "2026-03-03"}, "不能晚于今天"),
        ({"staff_count": 80}, "没有任何变化"),
        ({}, "没有任何变化"),
    ],
)
def test_a_change_wants_a_reason_a_day_and_something_that_changes(
    tree: Tree, clerk: Actor, given: dict[str, Any], sentence: str
) -> None:
    employer = registered(tree.willow, clerk)
    with pytest.raises(Invalid, match=sentence):
        actions.change_employer(employer, actor=clerk, **{"from_on": "2026-03-01", "reason": "年报", **given})
    assert EmployerPeriod.objects.count() == 1


def test_the_past_is_not_rewritten(tree: Tree, clerk: Actor) -> None:
    employer = registered(tree.willow, clerk)
    actions.change_employer(employer, actor=clerk, from_on="2026-01-01", reason="年报", staff_count=90)
    with pytest.raises(WrongState, match="不能早于它"):
        actions.change_employer(employer, actor=clerk, from_on="2025-12-01", reason="补记", staff_count=85)


def test_a_business_closes_once_and_opens_again(tree: Tree, clerk: Actor) -> None:
    employer = registered(tree.willow, clerk)
    closed = actions.close_employer(employer, actor=clerk, from_on="2026-01-01", reason="歇业")
    assert not closed.is_operating
    with pytest.raises(Invalid, match="已登记为停业"):
        actions.close_employer(employer, actor=clerk, from_on="2026-01-02", reason="歇业")
    opened = actions.reopen_employer(employer, actor=clerk, from_on="2026-02-01", reason="复工")
    assert opened.is_operating
    on = [histories.employer_on(employer, date(2026, month, 15)) for month in (1, 2)]
    assert [row and row.is_operating for row in on] == [False, True]


def test_a_merged_employer_leads_to_its_successor_and_does_not_reopen(tree: Tree, clerk: Actor) -> None:
    employer, other = registered(tree.willow, clerk), registered(tree.maple, clerk, name="枫林食品厂")
    for wrong, sentence in ((employer.uscc, "不能并入自己"), (a_uscc(), "没有这个单位")):
        with pytest.raises(Invalid, match=sentence):
            actions.merge_employer(
                employer, actor=clerk, from_on="2026-02-01", reason="吸收合并", successor=wrong
            )
    merged = actions.merge_employer(
        employer, actor=clerk, from_on="2026-02-01", reason="吸收合并", successor=other.uscc
    )
    assert (merged.successor, merged.is_operating) == (other, False)
    with pytest.raises(Invalid, match="承继单位"):
        actions.reopen_employer(employer, actor=clerk, from_on="2026-03-01", reason="恢复")


def test_a_large_private_enterprise_is_managed_from_the_day_it_grew(tree: Tree, clerk: Actor) -> None:
    employer = registered(tree.willow, clerk)
    assert histories.managed_since(employer) is None
    actions.change_employer(employer, actor=clerk, from_on="2025-08-01", reason="扩产", staff_count=400)
    actions.change_employer(employer, actor=clerk, from_on="2025-10-01", reason="扩产", staff_count=650)
    assert histories.managed_since(employer) == date(2025, 8, 1)
    rows = Employer.objects.all()
    assert list(histories.large_private_employers(rows, tree.east)) == [employer]
    actions.change_employer(employer, actor=clerk, from_on="2026-02-01", reason="裁员", staff_count=399)
    assert histories.managed_since(employer) is None


def test_a_list_of_employers_begins_their_histories_too(tree: Tree, clerk: Actor) -> None:
    words = {
        "unit": tree.willow.public_id, "region": tree.willow.region.code, "industry": "C", "kind": "170",
        "staff_count": 12,
    }  # fmt: skip
    rows = [{**words, "name": f"第{n}食品厂", "uscc": a_uscc()} for n in range(3)]
    assert all(outcome.refusal is None for outcome in actions.register_employers(rows, actor=clerk))
    periods = EmployerPeriod.objects.order_by("employer")
    assert [(row.from_on, row.staff_count, row.reason) for row in periods] == [(DAY, 12, "登记")] * 3


def test_only_who_keeps_the_register_changes_it_and_the_phone_is_sealed(tree: Tree, clerk: Actor) -> None:
    employer = registered(tree.willow, clerk)
    for stranger in (who(AUDITOR, tree.east), who(ORGANISATION_CLERK, tree.west)):
        with pytest.raises(NotAllowed):
            actions.close_employer(employer, actor=stranger, from_on="2026-01-01", reason="歇业")
    actions.correct_contact(employer, actor=clerk, contact="柳青萍", contact_phone="139 0000 0103")
    stored = Employer.objects.filter(pk=employer.pk).values_list("contact_phone", flat=True).get()
    assert "13900000103" not in repr(stored)
    employer.refresh_from_db()
    assert (employer.contact, employer.contact_phone) == ("柳青萍", "13900000103")
