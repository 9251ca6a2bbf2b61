"""Unions helping unions on the desk and over the API: who finds what, what is filled in, numbers that lead to rows."""

from typing import Any

from django.test import Client
from django.urls import reverse

from niangjia.assistance.models import Twinning, TwinningHelp
from niangjia.assistance.twinning.kinds import HelpState, ProjectState
from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs.running import run_next
from tests.browser.photos import a_photo
from tests.cast import Tree
from tests.twinnings import BASIS, TwinPath, day, mark
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import text
from tests.web.workbench.test_look_at_plans import at_desk


def step(client: Client, row: Any, workflow: str, name: str, **data: Any) -> Any:
    return client.post(f"/cases/{workflow}/{row.public_id}/{name}/", data, follow=True)


def test_from_the_proposal_to_the_confirmed_money(tree: Tree, signed_in: SignedIn) -> None:
    way = TwinPath(tree)
    city, approver = at_desk(way.clerk), signed_in(way.approver)
    assert "东桥区总工会" in text(city.get(reverse("key_counties")))
    assert "有 1 个重点县还没有工会结对帮扶" in text(city.get(reverse("key_counties")))
    days = {"from_on": day(), "until_on": day(700)}
    begun = {"helper": tree.west.number, "helped": tree.east.number, "basis": BASIS}
    city.post("/cases/twinning/new/propose/", days | begun, follow=True)
    row = Twinning.objects.get()
    step(approver, row, "twinning", "approve")

    giver, taker = at_desk(way.giver), at_desk(way.taker)
    page = giver.get(reverse("twinning", args=[row.public_id]))
    begin = f"{reverse('begin', args=['twinning-help', 'promise'])}?twinning={row.number}"
    assert begin in page.content.decode()
    assert f'value="{row.number}"' in giver.get(begin).content.decode()
    facts = {"twinning": row.number, "kind": "money", "purpose": "reading_room", "amount": "￥60,000"}
    giver.post("/cases/twinning-help/new/promise/", facts | {"detail": "添置图书", "planned_on": day()})
    help = TwinningHelp.objects.get()
    step(giver, help, "twinning-help", "give", given_on=day())
    assert "东桥区总工会" in text(taker.get(reverse("inbox")))
    confirmed = step(taker, help, "twinning-help", "confirm", confirmed_on=day(), arrived_amount="60000")
    assert "已确认" in text(confirmed)
    overview = taker.get(reverse("key_counties"))
    assert "¥60,000.00 平均数的 100%" in text(overview) and "均衡" in text(overview)
    assert "到账资金按用途 职工书屋 ¥60,000.00" in text(overview)
    assert help.number in text(taker.get(f"{reverse('twinning_helps')}?unit={tree.east.number}&year=2026"))
    assert help.number not in text(taker.get(f"{reverse('twinning_helps')}?year=2025"))
    assert row.number in text(taker.get(f"{reverse('twinnings')}?q={tree.west.name}"))


def test_the_projects_page_shows_milestones_money_and_papers(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.project_to(ProjectState.PLANNING)
    taker = at_desk(way.taker)
    address = reverse("county_project", args=[row.public_id])
    shown = taker.get(address)
    assert "¥800,000.00" in text(shown) and "还差" not in text(shown)
    assert f"/cases/county-project/{row.public_id}/record-funding/" in shown.content.decode()
    taker.post(f"{address}papers/", {"kind": "plan", "upload": a_photo("plan.jpg")})
    paper = row.papers.get()
    fetched = taker.get(reverse("project_paper", args=[paper.public_id]))
    assert fetched.status_code == 200 and fetched["Content-Type"] == "image/jpeg"
    taker.post(reverse("project_paper_void", args=[paper.public_id]))
    assert "还没有凭证" in text(taker.get(address))
    assert row.name in text(taker.get(reverse("county_projects")))


def test_strangers_find_nothing_and_others_have_no_page(tree: Tree) -> None:
    way = TwinPath(tree)
    help, project = way.help_to(HelpState.GIVEN), way.project_to(ProjectState.STARTED)
    stranger = at_desk(way.stranger)
    for route, row in (
        ("twinning", help.twinning),
        ("twinning_help", help),
        ("county_project", project),
    ):
        address = reverse(route, args=[row.public_id])
        assert stranger.get(address).status_code == 404
        assert at_desk(way.taker).get(address).status_code == 200
    for name, row in (("twinning", help.twinning), ("twinning-help", help), ("county-project", project)):
        assert stranger.get(f"/api/v1/{name}/{row.public_id}/").status_code == 404
    assert help.twinning.number not in text(stranger.get(reverse("twinnings")))


def test_the_api_tells_both_sides_and_confirms(tree: Tree, signed_in: SignedIn) -> None:
    way = TwinPath(tree)
    help = way.help_to(HelpState.GIVEN)
    taker = at_desk(way.taker)
    told = taker.get(f"/api/v1/twinning-help/{help.public_id}/").json()
    assert (told["amount"], told["arrived_amount"], told["helper"]["name"]) == (
        "50000.50",
        None,
        tree.west.name,
    )
    done = taker.post(
        f"/api/v1/twinning-help/{help.public_id}/confirm/",
        {"confirmed_on": day(), "arrived_amount": "50000.50"},
        content_type="application/json",
    )
    assert (done.status_code, done.json()["arrived_amount"]) == (200, "50000.50")
    [county] = taker.get("/api/v1/key-counties/?year=2026").json()
    assert (county["arrived_amount"], [one["name"] for one in county["helpers"]]) == (
        "50000.50",
        [tree.west.name],
    )
    assert taker.get("/api/v1/key-counties/?year=99999").status_code == 422
    project = way.project_to(ProjectState.FUNDED)
    whole = taker.get(f"/api/v1/county-project/{project.public_id}/").json()
    assert [one["on"] is not None for one in whole["milestones"]] == [True, True, False, False]
    assert whole["funding"] == [
        {"kind": "government", "payer": "县财政局", "amount": "800000.00", "twinning": None}
    ]
    above = signed_in(way.approver)
    late = {"put_off_to": day(90), "remark": "汛期不能动土"}
    put_off = f"/api/v1/county-project/{project.public_id}/put-off-start/"
    whole = above.post(put_off, late, content_type="application/json").json()
    assert [one["first_by"] for one in whole["milestones"]] == [None, None, day(60), day(300)]
    page = above.get(reverse("county_project", args=[project.public_id]))
    assert "原定期限" in text(page) and "推迟开工" in text(page)
    own = signed_in(way.chair).get(reverse("county_project", args=[project.public_id]))
    assert "put-off-start" not in own.content.decode()
    sent = taker.post(
        f"/api/v1/county-project/{project.public_id}/papers/",
        {"kind": "plan", "upload": a_photo("plan.jpg")},
    ).json()
    assert taker.get(sent["url"]).status_code == 200


def test_the_numbers_of_the_board_lead_to_their_rows(tree: Tree) -> None:
    way = TwinPath(tree)
    mark(way.north)
    help = way.help_to(HelpState.ARRIVED)
    project = way.project_to(ProjectState.STARTED)
    refresh.enqueue(months=2)
    run_next([refresh.name])
    city = at_desk(way.clerk)
    board = text(city.get(reverse("twinning_figures")))
    for words in ("重点县结对率", "50.0%", "50,000.50", "超期的县项目"):
        assert words in board
    rows = {
        "twinning.alone_counties": way.north.name,
        "twinning.twinnings": help.twinning.number,
        "twinning.money": help.number,
        "twinning.projects": project.name,
    }
    for measure, words in rows.items():
        assert words in text(city.get(reverse("figure_rows", args=[measure])))
