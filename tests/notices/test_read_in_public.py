"""What anybody reads: the strict mask while the window runs, and nothing else, anywhere, ever."""

import re
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from niangjia.assistance.kinds import State
from niangjia.kernel import calendar, clock, documents
from niangjia.kernel.access import Actor
from niangjia.membership.consents import actions as consents
from niangjia.notices.access import RECEIVER
from niangjia.notices.consents import PUBLICITY
from niangjia.notices.kinds import ObjectionState, Standing
from niangjia.notices.models import Objection
from niangjia.notices.papers import CERTIFICATE, SHEET
from niangjia.notices.parameters import TRIAGE_DAYS
from niangjia.organisation.models import ParameterValue
from niangjia.web.shell.limits import MOST_OBJECTIONS, MOST_OBJECTIONS_TO_ONE
from tests.cast import LONG_AGO, Tree, who
from tests.families import APPLICATION, Path
from tests.notices.lists import FINDING, REASON, Listing, day_after, last_minute, now
from tests.printed import text_of_pdf, text_of_word

NAME = "欧阳听雨"
PRIVATE = [NAME, "听雨", APPLICATION["statement"], "36000", "患病"]


@pytest.fixture(autouse=True)
def _empty_cache(db: None) -> None:
    cache.clear()


@pytest.fixture
def listing(tree: Tree) -> Listing:
    listing = Listing(tree)
    person = listing.path.worker.account.person  # type: ignore[attr-defined]
    person.name = NAME
    person.save(update_fields=["name"])
    return listing


def leaks(text: str, file: Any) -> list[str]:
    private = [*PRIVATE, file.person.id_number, file.person.phone, file.person.id_number[-4:], file.number]
    return [one for one in private if one in text]


def said(page: Any) -> str:
    return str(page.content.decode())


def test_the_page_shows_the_mask_and_nothing_else(listing: Listing) -> None:
    file = listing.published()
    line = listing.line(file)
    page = Client().get(line.notice.address)
    assert page.status_code == 200
    for shown in ("欧阳**", line.shown_unit, "相对困难", "2026年3月9日", "12351"):
        assert shown in said(page)
    assert leaks(said(page), file) == []
    assert str(file.public_id) not in said(page) and str(line.public_id) not in said(page)


def test_no_page_of_it_is_indexed_or_kept(listing: Listing) -> None:
    notice = listing.line(listing.published()).notice
    row = listing.object_to(listing.line(now(listing.path_file())))
    for address in (
        notice.address,
        f"{notice.address}object/",
        f"/board/{notice.unit.number}/",
        "/objection/",
        f"/objection/{row.receipt}/",
    ):
        page = Client().get(address)
        assert page.status_code == 200, address
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert page.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex' in said(page)


def test_it_is_gone_when_the_window_is_over_whatever_the_clock_has_done(listing: Listing) -> None:
    file = listing.published()
    line = listing.line(file)
    with clock.at(last_minute(line)):
        assert Client().get(line.notice.address).status_code == 200
    with clock.at(day_after(line)):
        for address in (line.notice.address, f"{line.notice.address}object/"):
            page = Client().get(address)
            assert page.status_code == 410
            assert "已到期撤下" in said(page) and "欧阳" not in said(page)
        assert "现在没有公示" in said(Client().get(f"/board/{line.notice.unit.number}/"))


def test_somebody_who_withdrew_is_off_the_page_at_once(listing: Listing) -> None:
    file, other = listing.published(), listing.published(Path(listing.tree))
    consents.withdraw(file.person, PUBLICITY, actor=listing.path.worker)
    page = said(Client().get(listing.line(file).notice.address))
    assert "欧阳" not in page and listing.line(other).shown_name in page


def test_the_board_lists_what_runs_and_asks_nobody_who_they_are(listing: Listing) -> None:
    notice = listing.line(listing.published()).notice
    page = Client().get(f"/board/{notice.unit.number}/")
    assert notice.address in said(page) and notice.title in said(page)
    assert Client().get("/board/GH-999999/").status_code == 404
    assert Client().get(f"/notice/{uuid.uuid4()}/").status_code == 404


def words(**given: str) -> dict[str, str]:
    return {"about": "1", "reason": REASON, "key": str(uuid.uuid4()), **given}


def test_anybody_objects_without_a_name_and_finds_the_outcome_by_the_receipt(listing: Listing) -> None:
    file = listing.published()
    address = f"{listing.line(file).notice.address}object/"
    answer = Client().post(address, words())
    row = Objection.objects.get()
    assert answer.headers["Location"] == f"/objection/{row.receipt}/"
    assert (row.line, row.is_anonymous, row.channel) == (listing.line(file), True, "online")
    assert listing.line(file).standing == Standing.STOPPED
    page = said(Client().get(answer.headers["Location"]))
    assert "已收到，工会在 2026年3月4日前决定" in page and row.receipt in page
    listing.bring(row, ObjectionState.DISMISSED)
    page = said(Client().get(answer.headers["Location"]))
    assert "异议不成立" in page
    assert not [
        word for word in (FINDING, REASON, "欧阳", row.number, listing.line(file).shown_unit) if word in page
    ]
    assert leaks(page, file) == []


def test_the_days_that_are_promised_are_the_regions(listing: Listing) -> None:
    file = listing.published()
    notice = listing.line(file).notice
    given = {"value": 4, "valid_from": LONG_AGO, "source": "本地办法", "evidence": "decision"}
    ParameterValue.objects.create(name=TRIAGE_DAYS, region=notice.unit.region, **given)
    assert "工会在 4 个工作日内决定" in said(Client().get(notice.address))
    row = listing.object_to(listing.line(file))
    assert row.due_on == calendar.add_working_days(clock.today(), 4)


def test_the_receipt_is_typed_as_people_type(listing: Listing) -> None:
    row = listing.object_to(listing.line(listing.published()))
    typed = f" {row.receipt[:6].lower()} {row.receipt[6:]} "
    assert (
        Client().post("/objection/", {"receipt": typed}).headers["Location"] == f"/objection/{row.receipt}/"
    )
    assert Client().get("/objection/AAAAAAAAAAAA/").status_code == 404


def test_an_objection_to_the_procedure_stops_the_whole_list(listing: Listing) -> None:
    line = listing.line(listing.published())
    Client().post(f"{line.notice.address}object/", words(about="list", name="叶听澜", phone="139 0000 0001"))
    row = Objection.objects.get()
    assert (row.line, row.name, row.phone) == (None, "叶听澜", "13900000001")
    assert listing.line(now(listing.path_file())).notice.state == "stopped"


@pytest.mark.parametrize("bad", [{"reason": "有车"}, {"about": ""}, {"about": "7"}, {"name": "叶听澜"}])
def test_what_is_missing_is_said_beside_the_field(listing: Listing, bad: dict[str, str]) -> None:
    line = listing.line(listing.published())
    page = Client().post(f"{line.notice.address}object/", words(**bad))
    assert page.status_code == 422
    assert not Objection.objects.exists()


def test_a_double_click_is_one_objection_with_one_receipt(listing: Listing) -> None:
    address = f"{listing.line(listing.published()).notice.address}object/"
    sent = words()
    places = {Client().post(address, sent).headers["Location"] for _ in range(3)}
    assert len(places) == 1 and Objection.objects.count() == 1


def test_one_address_does_not_flood_a_list(listing: Listing) -> None:
    address = f"{listing.line(listing.published()).notice.address}object/"
    answers = [Client().post(address, words()).status_code for _ in range(MOST_OBJECTIONS + 2)]
    assert answers.count(302) == MOST_OBJECTIONS == Objection.objects.count()
    assert set(answers[-2:]) == {429}


def test_nor_do_many_addresses(listing: Listing) -> None:
    address = f"{listing.line(listing.published()).notice.address}object/"
    answers = [
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(address, words()).status_code
        for number in range(MOST_OBJECTIONS_TO_ONE + 1)
    ]
    assert answers[-1] == 429 and answers.count(302) == MOST_OBJECTIONS_TO_ONE


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.account)
    return client


def test_the_clerk_sees_the_mask_too_and_the_objector_only_with_a_reason(
    listing: Listing, settings: Any
) -> None:
    settings.DEMO = True
    file = listing.published()
    row = listing.object_to(listing.line(file), name="叶听澜", phone="13900000001")
    handler, clerk = signed_in(listing.receiver), signed_in(listing.path.clerk)
    notice_page = f"/notices/{row.notice.public_id}/"
    assert leaks(said(handler.get(notice_page)), file) == []
    assert file.number in said(clerk.get(notice_page))
    assert row.number not in said(clerk.get(notice_page))
    assert clerk.get(f"/objections/{row.public_id}/").status_code in (403, 404)
    page = said(handler.get(f"/objections/{row.public_id}/"))
    assert REASON in page and "叶听澜" not in page and "13900000001" not in page
    full = f"/objections/{row.public_id}/full/phone/"
    assert "13900000001" not in said(handler.get(full))
    assert "13900000001" in said(handler.post(full, {"reason": "电话核实情况"}))


def test_the_api_says_no_more_than_the_page(listing: Listing) -> None:
    file = listing.published()
    row = listing.object_to(listing.line(file), name="叶听澜", phone="13900000001")
    handler = signed_in(listing.receiver)
    found = handler.get(f"/api/v1/public-notice/{row.notice.public_id}/")
    assert found.json()["lines"][0]["name"] == "欧阳**"
    assert [one for one in leaks(said(found), file) if one != file.number] == []
    answer = said(handler.get(f"/api/v1/objection/{row.public_id}/"))
    assert "叶听澜" not in answer and "13900000001" not in answer
    assert signed_in(listing.path.worker).get(f"/api/v1/objection/{row.public_id}/").status_code == 404


def test_the_sheet_says_what_the_page_says_and_leads_to_it(listing: Listing) -> None:
    file = listing.published()
    notice = listing.line(file).notice
    assert SHEET in documents.templates_for(notice, listing.path.clerk)
    copy = documents.Copy(site="https://union.example")
    for form, text_of in ((documents.Form.PDF, text_of_pdf), (documents.Form.WORD, text_of_word)):
        printed = documents.print_out(SHEET, notice, form, actor=listing.path.clerk, copy=copy)
        text = re.sub(r"\s", "", text_of(printed.content))
        for shown in (
            "欧阳**",
            "相对困难",
            notice.number,
            f"union.example{notice.address}",
            "12351",
            "2个工作日内决定",
        ):
            assert shown in text
        assert leaks(text, file) == []
    with clock.at(day_after(listing.line(file))):
        assert SHEET not in documents.templates_for(notice, listing.path.clerk)


def test_the_certificate_tells_of_window_place_and_objections(listing: Listing) -> None:
    file = listing.published()
    row = listing.object_to(listing.line(file))
    assert CERTIFICATE not in documents.templates_for(listing.line(file), listing.path.clerk)
    listing.bring(row, ObjectionState.DISMISSED)
    with clock.at(day_after(listing.line(file))):
        from niangjia.kernel.workflow import timed

        timed.run_due()
        line = listing.line(file)
        assert now(file).state == State.CLEARED
        for form, text_of in ((documents.Form.PDF, text_of_pdf), (documents.Form.WORD, text_of_word)):
            printed = documents.print_out(
                CERTIFICATE, line, form, actor=listing.path.worker, copy=documents.Copy()
            )
            text = re.sub(r"\s", "", text_of(printed.content))
            for told in (
                NAME,
                "欧阳**",
                "2026年3月2日至2026年3月9日，共5个工作日",
                "1件",
                row.number,
                "异议不成立",
            ):
                assert told in text, told
            assert file.person.id_number not in text and APPLICATION["statement"] not in text


def test_the_worker_reads_on_their_own_page_what_others_see(listing: Listing) -> None:
    file = listing.published()
    client = signed_in(listing.path.worker)
    page = said(client.get(f"/m/matters/{file.public_id}/"))
    assert "正在公示" in page and "欧阳**" in page and listing.line(file).notice.address in page
    with clock.at(day_after(listing.line(file))):
        assert "正在公示" not in said(client.get(f"/m/matters/{file.public_id}/"))


def test_a_stranger_gets_nothing_of_the_staffs_pages(listing: Listing, tree: Tree) -> None:
    row = listing.object_to(listing.line(listing.published()))
    stranger = signed_in(who(RECEIVER, tree.west))
    assert stranger.get(f"/notices/{row.notice.public_id}/").status_code == 404
    assert stranger.get(f"/objections/{row.public_id}/").status_code == 404
    assert row.number not in said(stranger.get("/objections/"))
