"""What a union shows to everybody: what it chose, with date and definition, and never so few that one is meant."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import audit, clock
from niangjia.kernel.errors import NotAllowed, WrongState
from niangjia.kernel.figures import disclosure, refresh
from niangjia.kernel.figures.models import Publication
from niangjia.kernel.jobs import run_until_idle
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.figures import JOINED, MEMBERS
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.actions import publish_figure, withdraw_figure
from niangjia.organisation.figures import EMPLOYERS
from tests.cast import Tree, a_post, an_employer, who
from tests.families import DAY, a_person
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def counted(tree: Tree) -> Tree:
    an_employer(tree.willow)
    for _ in range(6):
        a_person(tree.mill)
    a_person(tree.mill, joined_on="2026-03-01")
    for _ in range(4):
        a_person(tree.quarry)
    refresh.enqueue(months=2)
    run_until_idle()
    return tree


def page(union: Any) -> Any:
    return Client().get(f"/published/{union.number}/")


def test_nobody_sees_what_was_not_published(counted: Tree) -> None:
    assert page(counted.east).status_code == 404
    assert "还没有工会公布数据" in text(Client().get("/published/"))


def test_everybody_sees_what_was_published_until_it_is_withdrawn(counted: Tree) -> None:
    keeper = who(ADMINISTRATOR, counted.east)
    publish_figure(MEMBERS, counted.east, actor=keeper)
    assert "东桥区总工会" in text(Client().get("/published/"))
    shown = text(page(counted.east))
    for words in (
        "会员（人）",
        "2026年3月 5",
        str(MEMBERS.definition),
        "截至 2026年3月2日",
        "2026年3月2日 起公布",
    ):
        assert words in shown
    assert str(EMPLOYERS.definition) not in shown
    withdraw_figure(MEMBERS, counted.east, actor=keeper)
    assert page(counted.east).status_code == 404
    trail = audit.AuditEntry.objects.filter(object_type=audit.object_type(Publication))
    assert list(trail.values_list("action", flat=True)) == ["publish", "withdraw"]


def test_fewer_than_five_people_are_not_told_and_employers_are(counted: Tree) -> None:
    for union in (counted.east, counted.west):
        for measure in (MEMBERS, JOINED, EMPLOYERS):
            publish_figure(measure, union, actor=who(ADMINISTRATOR, union))
    west, east = page(counted.west).content.decode(), page(counted.east).content.decode()
    assert ">少于 5<" in west and 'data-n="4"' not in west
    assert 'data-n="5"' in east and 'data-n="7"' not in east and 'data-n="1"' in east  # one employer
    assert east.count("少于 5<") == 1  # one who joined


def test_no_few_people_come_out_when_published_numbers_are_subtracted() -> None:
    """Whatever two tables, unions or months say: a few people more in one than in the other stay "fewer than five"."""
    behind: dict[int | None, set[int]] = {}
    for value in range(65):
        behind.setdefault(disclosure.told(MEMBERS, value), set()).add(value)
    for larger in range(60):
        for smaller in range(max(0, larger - disclosure.LEAST + 1), larger):
            above, below = (behind[disclosure.told(MEMBERS, value)] for value in (larger, smaller))
            assert len({one - other for one in above for other in below}) >= disclosure.LEAST - 1
    assert disclosure.told(EMPLOYERS, 7) == 7


def test_only_an_administrator_of_the_union_publishes_and_once(counted: Tree, signed_in: SignedIn) -> None:
    with pytest.raises(NotAllowed):
        publish_figure(MEMBERS, counted.east, actor=who(MEMBERSHIP_CLERK, counted.east))
    with pytest.raises(NotAllowed):
        publish_figure(MEMBERS, counted.east, actor=who(ADMINISTRATOR, counted.willow))
    keeper = who(ADMINISTRATOR, counted.east)
    a_post(MEMBERSHIP_CLERK, counted.east, keeper.account)
    client = signed_in(keeper)
    address, data = "/figures/publish/membership.members/", {"unit": counted.willow.number}
    assert "已公布" in text(client.post(address, data, follow=True))
    assert "这个数已经公布" in text(client.post(address, data, follow=True))
    assert "已撤下" in text(client.post(address, {**data, "withdraw": "1"}, follow=True))
    with pytest.raises(WrongState):
        withdraw_figure(MEMBERS, counted.willow, actor=keeper)
    assert client.post(address, {"unit": counted.quarry.number}).status_code == 404
