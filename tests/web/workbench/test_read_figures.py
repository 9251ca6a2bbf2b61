"""The dashboards: what they show, whom they show it to, and that each number leads to exactly its rows."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs import Job, run_until_idle
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Person
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, an_employer, who
from tests.families import a_person, a_worker
from tests.questions import questions
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import text

pytestmark = pytest.mark.django_db

ORGANISATION = "/figures/organisation/"
MEMBERS = "/figures/membership/"


@pytest.fixture
def counted(tree: Tree) -> Tree:
    """Three members and three employers of the east, one member of the west."""
    factory = an_employer(tree.willow, union=tree.mill, staff_count=12)
    an_employer(tree.willow, staff_count=8)
    an_employer(tree.maple, is_operating=False)
    a_person(tree.mill, "柳青萍", employer=factory.uscc)
    a_person(tree.mill, "沈望川", employer=factory.uscc, joined_on="2026-03-01")
    a_person(tree.market, "林知秋")
    a_person(tree.quarry, "叶听澜")
    refresh.enqueue(months=3)
    run_until_idle()
    return tree


def links(page: Any) -> list[tuple[str, int]]:
    """Every number that leads to rows: the address, and the number."""
    found = re.findall(r'<a href="([^"]*/figures/rows/[^"]*)">([\d,]+)</a>', page.content.decode())
    return [(unescape(url), int(number.replace(",", ""))) for url, number in found]


def test_every_number_leads_to_as_many_rows(counted: Tree, signed_in: SignedIn) -> None:
    clerk, keeper = (
        signed_in(who(MEMBERSHIP_CLERK, counted.east)),
        signed_in(who(ADMINISTRATOR, counted.east)),
    )
    seen = 0
    for client, page in ((clerk, MEMBERS), (keeper, ORGANISATION)):
        for url, number in dict.fromkeys(links(client.get(page))):
            rows = client.get(url)
            assert rows.status_code == 200, url
            shown = rows.context["page"].rows
            assert not rows.context["has_moved"]
            staff = rows.context["measure"].total
            assert (sum(row.staff_count for row in shown) if staff else len(shown)) == number, url
            seen += 1
    assert seen > 20


def test_the_dashboard_of_members_says_how_complete_their_register_is(
    counted: Tree, signed_in: SignedIn
) -> None:
    Person.objects.update(identity_checked_on="2026-03-01")
    refresh.enqueue(months=1)
    run_until_idle()
    shown = signed_in(who(MEMBERSHIP_CLERK, counted.east)).get(MEMBERS)
    # Of three members of the east two have an employer; checked and with a phone are all.
    assert "实名资料齐全率 66.7%" in text(shown)
    assert f"/realname/?unit={counted.east.number}" in shown.content.decode()


def test_level_and_ratio_stand_side_by_side(counted: Tree, signed_in: SignedIn) -> None:
    shown = text(signed_in(who(ADMINISTRATOR, counted.east)).get(ORGANISATION))
    for words in ("用人单位 2 家", "已建会单位 1 家", "建会率 50.0%", "2026年3月，截至 2026年3月2日"):
        assert words in shown
    shown = text(signed_in(who(MEMBERSHIP_CLERK, counted.east)).get(MEMBERS))
    for words in ("会员 3 人", "职工 20 人", "入会率 10.0%"):
        assert words in shown


def test_a_union_is_compared_with_its_siblings_where_they_are_in_sight(
    counted: Tree, signed_in: SignedIn
) -> None:
    city, east = (signed_in(who(ADMINISTRATOR, unit)) for unit in (counted.city, counted.east))
    address = f"{ORGANISATION}?unit={counted.east.number}"
    [siblings] = [chart for chart in city.get(address).context["charts"] if chart.slug == "siblings"]
    assert [(line.label, line.is_own) for line in siblings.lines] == [
        ("东桥区总工会", True),
        ("西岭区总工会", False),
    ]
    own = east.get(ORGANISATION)
    assert "siblings" not in [chart.slug for chart in own.context["charts"]]
    assert "西岭区" not in text(own)


def test_a_union_out_of_sight_does_not_exist(counted: Tree, signed_in: SignedIn) -> None:
    client = signed_in(who(MEMBERSHIP_CLERK, counted.east))
    for address in (ORGANISATION, MEMBERS, "/figures/rows/membership.members/"):
        assert client.get(f"{address}?unit={counted.quarry.number}").status_code == 404
        assert client.get(f"{address}?unit={counted.mill.number}").status_code == 200


def test_members_are_counted_only_for_those_who_may_see_them(counted: Tree, signed_in: SignedIn) -> None:
    keeper = signed_in(who(ADMINISTRATOR, counted.east))
    assert keeper.get(MEMBERS).status_code == 403
    assert keeper.get("/figures/rows/membership.members/").status_code == 403
    worker = signed_in(a_worker(counted.mill))
    assert worker.get(ORGANISATION).status_code == 403


def test_what_changed_since_is_said(counted: Tree, signed_in: SignedIn) -> None:
    client = signed_in(who(MEMBERSHIP_CLERK, counted.east))
    a_person(counted.market, "苏晓禾", joined_on="2026-03-02")
    shown = client.get("/figures/rows/membership.members/")
    assert "汇总时是 3 人" in text(shown) and "现在按同样的口径是 4 人" in text(shown)
    assert "会员 3 人" in text(client.get(MEMBERS))


@pytest.mark.parametrize(
    "query", ["?by=sex&code=female", "?by=sex&code=nobody", "?month=1999-01", "?month=0000-13", "?by=stars"]
)
def test_any_address_is_answered(counted: Tree, signed_in: SignedIn, query: str) -> None:
    client = signed_in(who(MEMBERSHIP_CLERK, counted.east))
    assert client.get("/figures/rows/membership.members/" + query).status_code in {200, 404}
    assert client.get(MEMBERS + query).status_code == 200
    assert client.get("/figures/rows/membership.nobody/").status_code == 404


def test_before_the_first_count_the_page_says_how_numbers_come(tree: Tree, signed_in: SignedIn) -> None:
    assert "还没有汇总" in text(signed_in(who(ADMINISTRATOR, tree.east)).get(ORGANISATION))


def test_counting_anew_is_asked_for_once_and_by_an_administrator(counted: Tree, signed_in: SignedIn) -> None:
    address = reverse("figures_refresh")
    assert signed_in(who(MEMBERSHIP_CLERK, counted.east)).post(address).status_code == 403
    keeper = signed_in(who(ADMINISTRATOR, counted.east))
    for _ in range(2):
        assert "已开始重新汇总" in text(keeper.post(address, follow=True))
    assert Job.objects.filter(name=refresh.name, key="asked").count() == 1


def test_a_dashboard_asks_the_same_whatever_it_shows(counted: Tree, signed_in: SignedIn) -> None:
    client = signed_in(who(MEMBERSHIP_CLERK, counted.city))
    assert questions(client, MEMBERS) <= 20
    for number in range(12):
        a_person(counted.all[number % 12 + 1], joined_on=date(2026, 2, 3))
    refresh.enqueue(months=3)
    run_until_idle()
    assert questions(client, MEMBERS) <= 20


def test_the_table_of_a_chart_comes_as_a_workbook(counted: Tree, signed_in: SignedIn) -> None:
    client = signed_in(who(MEMBERSHIP_CLERK, counted.east))
    answer = client.get(f"{MEMBERS}?chart=units")
    book = load_workbook(BytesIO(answer.content))
    numbers, about = book.worksheets
    assert [[cell.value for cell in row] for row in numbers] == [
        ["工会", "会员（人）"],
        ["柳塘街道总工会", 2],
        ["枫林街道总工会", 1],
    ]
    said = {row[0].value: row[1].value for row in about}
    assert said["工会"] == "东桥区总工会" and said["时间"].startswith("2026年3月，截至")
    assert client.get(f"{MEMBERS}?chart=nothing").status_code == 404
