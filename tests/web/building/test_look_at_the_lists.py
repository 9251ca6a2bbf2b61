"""Blank spots, the months' lists and the funnel as pages: filters, limits of sight, numbers that lead somewhere."""

import re
from datetime import date

from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs import run_until_idle
from niangjia.organisation.access import ADMINISTRATOR, ORGANISATION_CLERK, UNION_ORGANISER
from niangjia.organisation.building import blank_spots
from niangjia.organisation.building.kinds import State
from tests.building import Path
from tests.cast import Tree, an_employer, who
from tests.questions import questions
from tests.web.hostile.browsers import browser


def test_the_blank_list_is_cut_down(path: Path, tree: Tree, clerk: Client) -> None:
    big = an_employer(tree.willow, name="大厂", staff_count=300)
    an_employer(tree.willow, name="中厂", staff_count=60)
    an_employer(tree.spring, name="西岭厂", staff_count=60)
    case = path.begin(big)
    page = clerk.get("/union-building/blank-spots/").content.decode()
    assert "大厂" in page and "中厂" in page and "西岭厂" not in page
    assert case.number in page and "共 2 家，其中 1 家正在建会" in page
    assert "中厂" not in clerk.get("/union-building/blank-spots/?staff=200").content.decode()
    assert "大厂" not in clerk.get("/union-building/blank-spots/?followed=no").content.decode()
    assert "中厂" in clerk.get("/union-building/blank-spots/?q=中").content.decode()
    assert clerk.get("/union-building/blank-spots/?staff=x&followed=x&unit=&after=").status_code == 200


def test_the_list_asks_few_questions(path: Path, tree: Tree, clerk: Client) -> None:
    for number in range(30):
        an_employer(tree.willow, name=f"第{number}厂", staff_count=100)
    assert questions(clerk, "/union-building/blank-spots/") <= 14


def test_each_months_list_is_shown_with_what_became_of_it(path: Path, tree: Tree, clerk: Client) -> None:
    an_employer(tree.willow, staff_count=60)
    assert "还没有名单" in clerk.get("/union-building/releases/").content.decode()
    with clock.at(date(2026, 3, 25)):
        blank_spots.release_due()
    east = browser(who(UNION_ORGANISER, tree.east).user)
    page = east.get("/union-building/releases/").content.decode()
    assert "2026-03" in page and "东桥区总工会" in page


def test_every_number_of_the_funnel_leads_to_as_many_rows(path: Path, tree: Tree) -> None:
    for state in State:
        path.to(state)
    client = browser(who(UNION_ORGANISER, tree.city).user)
    page = client.get("/union-building/funnel/?first=2026-03-01&last=2026-03-31").content.decode()
    links = re.findall(r'<a href="(/union-building/funnel/cases/[^"]+)">(\d+)</a>', page)
    assert len(links) > 20
    for url, count in links:
        shown = client.get(url.replace("&amp;", "&")).content.decode()
        assert f"{count} 件" in shown
    wrong = client.get("/union-building/funnel/?first=2026-03-31&last=2026-03-01")
    assert wrong.status_code == 422
    assert client.get("/union-building/funnel/?first=0001-01-01&last=9999-12-31").status_code == 422
    assert client.get("/union-building/funnel/cases/?state=nonsense&moved=in").status_code == 404


def test_the_dashboard_shows_the_funnel_of_its_month_to_who_may_see_it(path: Path, tree: Tree) -> None:
    for state in State:
        path.to(state)
    refresh.enqueue(months=1)
    run_until_idle()
    client = browser(who(UNION_ORGANISER, tree.city).user)
    page = client.get("/figures/organisation/").content.decode()
    links = re.findall(r'href="(/union-building/funnel/cases/[^"]+)">(\d+)</a>', page)
    assert len(links) > 20
    for url, count in links[:6]:
        assert f"{count} 件" in client.get(url.replace("&amp;", "&")).content.decode()
    other = browser(who(ORGANISATION_CLERK, tree.city).user).get("/figures/organisation/").content.decode()
    assert "建会率" in other and "funnel/cases" not in other


def test_only_who_builds_unions_sees_them(path: Path, tree: Tree) -> None:
    client = browser(who(ADMINISTRATOR, tree.city).user)
    for page in ("", "blank-spots/", "releases/", "funnel/", "funnel/cases/?state=lead&moved=in"):
        assert client.get(f"/union-building/{page}").status_code == 403


def test_the_blank_list_goes_out_as_a_workbook(path: Path, tree: Tree, clerk: Client) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    an_employer(tree.willow, name="大厂", staff_count=300)
    an_employer(tree.willow, name="中厂", staff_count=60)
    answer = clerk.post("/export/blank-spots/", {"staff": "200"})
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    said = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "大厂" in said and "中厂" not in said
