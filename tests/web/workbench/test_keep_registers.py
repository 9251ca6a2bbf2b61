"""Bodies, officers, employers' changes, service points and grid cells on the pages of those who keep them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.organisation.access import AUDITOR, ORGANISATION_CLERK
from niangjia.organisation.models import (
    Committee,
    Employer,
    GridCell,
    Officer,
    ServicePoint,
    SpecialHours,
    Team,
)
from tests.cast import Tree, a_cell, a_committee, a_point, an_employer, an_officer, who
from tests.families import a_person, an_id_number
from tests.questions import questions
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import send, text


@pytest.fixture
def clerk(tree: Tree, signed_in: SignedIn) -> Any:
    return signed_in(who(ORGANISATION_CLERK, tree.east))


@pytest.fixture
def onlooker(tree: Tree, signed_in: SignedIn) -> Any:
    return signed_in(who(AUDITOR, tree.east))


def at(name: str, row: Any) -> str:
    return reverse(name, args=[row.public_id])


def test_a_committee_is_set_up_filled_and_renewed(clerk: Any, tree: Tree) -> None:
    given = {"kind": "union_committee", "number": "3", "from_on": "2023-04-03", "term_years": "3"}
    made = send(clerk, at("committee_establish", tree.mill), **given)
    committee = Committee.objects.get()
    assert made.headers["Location"] == at("committee", committee)
    seat = {
        "name": "苏晓禾",
        "role": "chair",
        "route": "elected",
        "from_on": "2023-04-03",
        "phone": "13900000105",
    }
    refused = send(clerk, at("officer_seat", committee), **seat)
    assert refused.status_code == 422 and "近亲属" in text(refused)
    assert send(clerk, at("officer_seat", committee), **seat, declares_no_kinship="on").status_code == 302
    shown = clerk.get(at("committee", committee)).content.decode()
    assert "苏晓禾" in shown and "139****0105" in shown and "13900000105" not in shown
    assert "青禾纺织厂工会" in text(clerk.get("/committees/?view=ending"))
    assert "苏晓禾 主席" in text(clerk.get(at("union", tree.mill)))
    assert (
        send(clerk, at("committee_renew", committee), from_on="2026-03-02", term_years="5").status_code == 302
    )
    assert "第 4 届" in text(clerk.get(at("committee", Committee.objects.get(number=4))))
    assert "2026年3月1日" in text(clerk.get(at("committee", committee)))


def test_the_phone_is_shown_for_a_reason_only(clerk: Any, tree: Tree) -> None:
    officer = an_officer(a_committee(tree.mill), phone="13900000106")
    url = reverse("seat_reveal", args=["officers", officer.public_id])
    assert "13900000106" not in clerk.get(url).content.decode()
    assert clerk.post(url, {"reason": "看"}).status_code == 422
    answer = clerk.post(url, {"reason": "通知换届会议"})
    assert "13900000106" in answer.content.decode() and answer.headers["Cache-Control"] == "no-store"
    assert clerk.get(reverse("seat_reveal", args=["nobody", officer.public_id])).status_code == 404


def test_an_officer_leaves_and_the_chair_shows_as_vacant(clerk: Any, tree: Tree) -> None:
    committee = a_committee(tree.mill)
    officer = an_officer(committee)
    url = reverse("seat_leave", args=["officers", officer.public_id])
    assert send(clerk, url, until_on="2025-10-01", end_reason="retired").status_code == 302
    shown = text(clerk.get("/committees/?view=vacant"))
    assert "青禾纺织厂工会" in shown and "2025年10月1日" in shown and "超期" in shown
    assert send(clerk, url, until_on="2025-10-01", end_reason="retired").status_code == 409


def test_who_looks_on_sees_no_buttons_and_presses_none(onlooker: Any, tree: Tree) -> None:
    committee, point, cell = a_committee(tree.mill), a_point(tree.willow), a_cell(tree.willow)
    for name, row, word in (
        ("committee", committee, "登记换届"),
        ("point", point, "停用"),
        ("cell", cell, "撤销网格"),
    ):
        assert word not in text(onlooker.get(at(name, row)))
    answer = send(onlooker, at("committee_renew", committee), from_on="2026-03-02", term_years="3")
    assert answer.status_code == 403 and "组织建设干事" in text(answer)


def test_what_stands_elsewhere_is_not_there(clerk: Any, tree: Tree) -> None:
    committee = a_committee(tree.quarry)
    rows = (
        ("committee", committee), ("committee_renew", committee), ("point", a_point(tree.spring)),
        ("cell", a_cell(tree.spring)), ("employer_close", an_employer(tree.spring)),
    )  # fmt: skip
    for name, row in rows:
        assert clerk.get(at(name, row)).status_code == 404
    officer = an_officer(committee)
    assert clerk.get(reverse("seat_leave", args=["officers", officer.public_id])).status_code == 404
    assert Officer.objects.get(pk=officer.pk).until_on is None


def test_an_employer_changes_and_says_what_it_was(clerk: Any, tree: Tree) -> None:
    employer = an_employer(tree.willow, name="翠屏食品厂", staff_count=80)
    given = {"from_on": "2026-02-01", "reason": "改制", "name": "翠屏食品有限公司", "staff_count": "120"}
    assert send(clerk, at("employer_change", employer), **given).status_code == 302
    given = {"from_on": "2026-03-01", "reason": "并购", "staff_count": "420"}
    assert send(clerk, at("employer_change", employer), **given).status_code == 302
    shown = text(clerk.get(f"{at('employer', employer)}?day=2026-02-10"))
    assert "2026年2月10日：翠屏食品有限公司" in shown and "职工 120 人" in shown
    assert "上级代管" in shown and "2026年3月1日起" in shown
    assert "翠屏食品有限公司" in text(clerk.get("/employers/?only=large"))
    assert send(clerk, at("employer_close", employer), from_on="2026-03-02", reason="停产").status_code == 302
    assert not Employer.objects.get().is_operating
    assert "翠屏食品有限公司" in text(clerk.get("/employers/?only=closed"))


def test_a_point_is_opened_and_the_public_finds_it_at_once(clerk: Any, tree: Tree) -> None:
    given = {
        "name": "柳塘驿站", "kind": "rest_station", "unit": tree.willow.number,
        "region": tree.willow.region.code, "address": "青禾路 12 号", "phone": "0990-1234567",
        "opened_on": "2026-01-01", "monday": "8:00-20:00", "has_water": "on",
    }  # fmt: skip
    refused = send(clerk, reverse("point_open"), **{**given, "monday": "早八晚八"})
    assert refused.status_code == 422 and "看不懂" in text(refused) and "柳塘驿站" in refused.content.decode()
    assert send(clerk, reverse("point_open"), **given).status_code == 302
    point = ServicePoint.objects.get()
    visitor = Client()
    shown = text(visitor.get("/near/"))
    assert "柳塘驿站" in shown and "现在开放" in shown and "饮水" in shown
    assert "08:00-20:00" in text(visitor.get(at("point_near", point)))
    special = {"from_on": "2026-03-02", "until_on": "2026-03-05", "hours": "", "reason": "装修"}
    assert send(clerk, at("point_special", point), **special).status_code == 302
    shown = text(visitor.get("/near/"))
    assert "已关闭" in shown and "装修" in shown
    row = SpecialHours.objects.get()
    assert send(clerk, at("special_drop", row)).status_code == 302
    assert "现在开放" in text(visitor.get("/near/"))
    gone = send(clerk, at("point_close", point), closed_on="2026-03-02", remark="房屋到期")
    assert gone.status_code == 302
    assert visitor.get(at("point_near", point)).status_code == 404
    assert "柳塘驿站" not in text(visitor.get("/near/"))


def test_a_grid_cell_is_drawn_and_gets_its_head(clerk: Any, tree: Tree) -> None:
    given = {
        "number": "wg-7", "name": "青禾网格", "unit": tree.willow.number, "region": tree.willow.region.code,
        "from_on": "2026-01-01",
    }  # fmt: skip
    assert send(clerk, reverse("cell_draw"), **given).status_code == 302
    cell = GridCell.objects.get()
    assert "空缺" in text(clerk.get("/grid-cells/"))
    head = {"name": "程远舟", "role": "head", "from_on": "2026-01-02"}
    assert send(clerk, at("grid_worker_seat", cell), **head).status_code == 302
    assert "程远舟" in text(clerk.get("/grid-cells/"))
    worker = cell.workers.get()
    url = reverse("seat_leave", args=["grid-workers", worker.public_id])
    assert send(clerk, url, until_on="2026-03-01", end_reason="contract").status_code == 302
    assert "合同到期" in text(clerk.get(at("cell", cell)))


def test_a_union_of_ten_women_should_have_their_committee(clerk: Any, tree: Tree) -> None:
    def women(unit: Any, count: int) -> None:
        for number in range(count):
            # The last digit before the check says the sex: even is a woman.
            a_person(unit, id_number=an_id_number(2 * number + (600 if unit == tree.mill else 800)))

    women(tree.mill, 10)
    women(tree.logistics, 9)
    shown = text(clerk.get("/committees/?view=women"))
    assert "青禾纺织厂工会" in shown and "快递员联合工会" not in shown
    a_committee(tree.mill, kind="women_committee")
    assert "青禾纺织厂工会" not in text(clerk.get("/committees/?view=women"))


def test_a_team_is_formed_and_its_member_posted(clerk: Any, tree: Tree) -> None:
    given = {"name": "东桥区专业指导员", "kind": "specialists", "from_on": "2026-01-05"}
    made = send(clerk, at("team_form", tree.east), **given)
    team = Team.objects.get()
    assert made.headers["Location"] == at("team", team)
    member = {
        "name": "柳青萍", "specialty": "wage_bargaining", "basis": "contract", "from_on": "2026-01-05",
        "contract_until": "2028-01-04", "posted_to": tree.willow.number, "title": "副主席",
    }  # fmt: skip
    assert send(clerk, at("team_member_seat", team), **member).status_code == 302
    shown = text(clerk.get(at("team", team)))
    assert "柳塘街道总工会 副主席" in shown and "合同至 2028年1月4日" in shown
    assert "东桥区专业指导员" in text(clerk.get("/teams/"))
    gone = send(clerk, at("team_disband", team), ended_on="2026-03-01", remark="职能并入街道")
    assert gone.status_code == 302 and "已解散" in text(clerk.get(at("team", team)))


def test_lists_ask_no_more_of_the_database_for_more_rows(clerk: Any, tree: Tree) -> None:
    for unit in (tree.mill, tree.logistics, tree.market, tree.compound):
        an_officer(a_committee(unit))
        a_point(unit)
        a_cell(unit)
    for address in ("/committees/?view=all", "/teams/", "/service-points/", "/grid-cells/", "/near/"):
        assert questions(clerk, address) <= 16
