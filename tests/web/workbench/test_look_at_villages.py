"""Villages on the desk, on paper and over the API: who finds what, what leads on, numbers that lead to rows."""

from typing import Any

from django.urls import reverse

from niangjia.assistance.models import PairedVillage, VillageDividend, VillagePosting
from niangjia.assistance.papers import VILLAGE_SHEET
from niangjia.assistance.villages import postings
from niangjia.kernel.documents import Copy, Form, print_out
from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs.running import run_next
from tests.cast import Tree
from tests.printed import pages_of, text_of_pdf
from tests.twinnings import day
from tests.villages import BASIS, VillagePath
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import text
from tests.web.workbench.test_look_at_plans import at_desk
from tests.web.workbench.test_look_at_twinning import step


def test_from_the_pairing_to_the_confirmed_dividend(tree: Tree, signed_in: SignedIn) -> None:
    way = VillagePath(tree)
    clerk, approver = at_desk(way.clerk), signed_in(way.approver)
    days = {"from_on": day(-20), "until_on": day(700)}
    begun = {"union": tree.east.number, "town": way.town.code, "name": "坪上村", "basis": BASIS}
    clerk.post("/cases/paired-village/new/pair/", begun | days, follow=True)
    village = PairedVillage.objects.get()
    address = reverse("paired_village", args=[village.public_id])
    page = clerk.get(address).content.decode()
    assert f"{reverse('begin', args=['village-posting', 'propose'])}?village={village.number}" in page
    asked = {"village": village.number, "officer": way.officer.account.username, "basis": BASIS}
    clerk.post("/cases/village-posting/new/propose/", asked | days | {"role": "first_secretary"})
    posting = VillagePosting.objects.get()
    assert "月溪乡坪上村" in text(approver.get(reverse("inbox")))
    step(approver, posting, "village-posting", "approve")

    cadre = at_desk(way.officer)
    survey = {"surveyed_on": day(), "households": "312", "findings": "林下湿润，宜种食用菌。"}
    step(cadre, village, "paired-village", "record-survey", **survey)
    grown = {
        "name": "食用菌大棚",
        "kind": "planting",
        "area_mu": "40",
        "households": "26",
        "started_on": day(),
    }
    cadre.post(f"/cases/paired-village/{village.public_id}/record-industry/", grown)
    worked = {"done_on": day(), "role": "liaison", "detail": "请农技站来讲接种。"}
    done = step(cadre, posting, "village-posting", "record-work", **worked)
    assert "请农技站来讲接种。" in text(done) and "联络员" in text(done)
    shared = {"village": village.number, "year": "2025", "amount": "￥130,500", "households": "88"}
    clerk.post("/cases/village-dividend/new/record/", shared | {"evidence": "分红方案和发放表"})
    step(approver, VillageDividend.objects.get(), "village-dividend", "confirm")
    paid = {"document": "县总工会 3 号通知", "given_on": day(), "amount": "100000"}
    step(clerk, village, "paired-village", "record-funding", **paid)

    shown = text(clerk.get(address))
    for words in ("食用菌大棚", "40 亩", "带动 26 户", "¥130,500.00", "¥100,000.00", "全村户数 312"):
        assert words in shown
    listed = text(clerk.get(f"{reverse('paired_villages')}?year=2025&unit={tree.east.number}"))
    assert "本年度分红 ¥130,500.00" in listed and "¥100,000.00" not in listed
    assert "¥100,000.00" in text(clerk.get(f"{reverse('paired_villages')}?q=坪上"))
    assert "没有符合条件的" in text(clerk.get(f"{reverse('village_dividends')}?year=2024"))
    assert way.officer.account.name in text(cadre.get(reverse("village_postings")))


def test_a_hand_over_shows_on_both_pages(tree: Tree) -> None:
    way = VillagePath(tree)
    first = way.posting_to()
    page = at_desk(way.clerk).get(reverse("village_posting", args=[first.public_id])).content.decode()
    assert f"?village={first.village.number}&amp;role=first_secretary" in page
    second = way.propose(first.village, way.colleague)
    postings.approve(second, actor=way.approver)
    clerk = at_desk(way.clerk)
    for row, words in ((first, "接任"), (second, "前任")):
        assert words in text(clerk.get(reverse("village_posting", args=[row.public_id])))
    village = clerk.get(reverse("paired_village", args=[first.village.public_id]))
    assert f"交接给 {way.colleague.account.name}" in text(village)


def test_strangers_find_nothing_and_a_cadre_one_village(tree: Tree) -> None:
    way = VillagePath(tree)
    posting = way.posting_to()
    dividend = way.record(posting.village)
    other = way.pair(name="溪尾村")
    stranger, cadre = at_desk(way.stranger), at_desk(way.officer)
    for route, name, row in (
        ("paired_village", "paired-village", posting.village),
        ("village_posting", "village-posting", posting),
        ("village_dividend", "village-dividend", dividend),
    ):
        for address in (reverse(route, args=[row.public_id]), f"/api/v1/{name}/{row.public_id}/"):
            assert stranger.get(address).status_code == 404
            assert cadre.get(address).status_code == 200
    assert cadre.get(reverse("paired_village", args=[other.public_id])).status_code == 404
    assert "溪尾村" not in text(cadre.get(reverse("paired_villages")))


def test_the_sheet_says_what_the_page_says_on_one_page(tree: Tree) -> None:
    way = VillagePath(tree)
    posting = way.posting_to()
    village = posting.village
    way.work(posting)
    way.industry(village)
    way.fund(village)
    way.fund(village, document="县总工会 4 号通知", amount="200000.50")
    way.dividend_to(under=village)
    way.record(village, year="2024", amount="99")
    made = print_out(
        VILLAGE_SHEET,
        VILLAGE_SHEET.find(village.public_id, way.officer),
        Form.PDF,
        actor=way.officer,
        copy=Copy(),
    )
    said = text_of_pdf(made.content)
    for words in (
        *(village.number, "月溪乡坪上村", way.officer.account.name, "第一书记", "参谋员1"),
        *("食用菌大棚", "经营中", "¥130,500.00", "合计¥300,000.50"),
    ):
        assert words in said
    assert "¥99.00" not in said and "None" not in said
    assert pages_of(made.content) == 1


def test_the_api_tells_the_village_and_its_totals(tree: Tree, signed_in: SignedIn) -> None:
    way = VillagePath(tree)
    posting = way.posting_to()
    village = posting.village
    way.work(posting)
    way.industry(village, started_on="")
    way.fund(village)
    clerk, approver = at_desk(way.clerk), signed_in(way.approver)
    told = clerk.get(f"/api/v1/paired-village/{village.public_id}/").json()
    assert (told["town"], [one["state"] for one in told["industries"]]) == (way.town.code, ["planned"])
    assert [one["amount"] for one in told["funding"]] == ["100000.00"]
    told = clerk.get(f"/api/v1/village-posting/{posting.public_id}/").json()
    assert (told["successor"], [one["role"] for one in told["work"]]) == (None, ["adviser"])
    dividend = way.record(village, year="2026")
    address = f"/api/v1/village-dividend/{dividend.public_id}/confirm/"
    assert approver.post(address, {}, content_type="application/json").json()["amount"] == "130500.00"
    assert clerk.get("/api/v1/village-totals/?year=2026").json() == {
        "villages": 1,
        "officers": 1,
        "industries": 0,
        "area_mu": 0,
        "given_amount": "100000.00",
        "shared_amount": "130500.00",
    }


def test_the_numbers_of_the_board_lead_to_their_rows(tree: Tree) -> None:
    way = VillagePath(tree)
    posting: Any = way.posting_to()
    village = posting.village
    way.industry(village)
    way.fund(village)
    dividend = way.dividend_to(under=village)
    refresh.enqueue(months=2)
    run_next([refresh.name])
    clerk = at_desk(way.clerk)
    board = text(clerk.get(reverse("village_figures")))
    for words in ("产业面积", "亩", "130,500.00", "100,000.00"):
        assert words in board
    rows = {
        "villages.villages": village.number,
        "villages.officers": posting.number,
        "villages.industries": "食用菌大棚",
        "villages.area": "40",
        "villages.money": "县总工会拨款通知",
        "villages.dividends": dividend.number,
    }
    for measure, words in rows.items():
        assert words in text(clerk.get(reverse("figure_rows", args=[measure])))
