"""A round of visits by page and by API: the list, the key of the phone, forms on paper, the workbook, the sending."""

import uuid
from typing import Any

import pytest
from django.test import Client

from niangjia.assistance.access import VISITOR
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile, HomeVisit
from niangjia.kernel import audit
from tests.assistance.visits.conftest import ANSWERS, PHOTO, picture
from tests.cast import Tree, who
from tests.families import Path, a_worker
from tests.printed import pages_of, text_of_pdf
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db

API = "/api/v1/home-visits/"


@pytest.fixture
def visitor(path: Path, signed_in: SignedIn) -> Client:
    return signed_in(path.visitor)


def posted(client: Client, address: str, body: Any = None) -> Any:
    return client.post(API + address, body or {}, content_type="application/json")


def send_part(client: Client, file: HardshipFile, key: uuid.UUID, **given: Any) -> Any:
    body = {"key": str(key), "slot": PHOTO, "expected": 1, "upload": picture(), **given}
    return client.post(f"{API}{file.public_id}/parts/", body)


def send(client: Client, file: HardshipFile, key: uuid.UUID, /, **given: Any) -> Any:
    body = {"key": str(key), "version": file.version, **ANSWERS, **given}
    return posted(client, f"{file.public_id}/send/", body)


def test_the_list_shows_what_waits_and_what_is_half_sent(visitor: Client, file: HardshipFile) -> None:
    assert file.number in visitor.get("/home-visits/").content.decode()
    send_part(visitor, file, uuid.uuid4(), expected=3)
    shown = visitor.get("/home-visits/").content.decode()
    assert "已收到照片和签字 1 件，应到 3 件" in shown
    assert (
        "已收到照片和签字 1 件，应到 3 件"
        in visitor.get(f"/hardship-files/{file.public_id}/").content.decode()
    )


def test_only_visitors_have_the_pages(path: Path, file: HardshipFile, signed_in: SignedIn) -> None:
    for actor in (path.reviewer, path.clerk):
        client = signed_in(actor)
        for address in ("/home-visits/", "/field/visits/"):
            assert client.get(address).status_code == 403
        assert client.post("/field/visits/key/").status_code == 403
        assert client.post("/home-visits/workbook/").status_code == 403
        assert posted(client, "take-along/").status_code == 403


def test_the_phones_page_holds_nobodys_data(visitor: Client, path: Path, file: HardshipFile) -> None:
    shown = visitor.get("/field/visits/").content.decode()
    for secret in (file.number, file.person.name, file.person.phone, path.visitor.account.name):
        assert secret not in shown


def test_half_of_the_key_is_a_cookie_for_those_pages_and_logging_out_drops_it(visitor: Client) -> None:
    first = visitor.post("/field/visits/key/").cookies["field_key"]
    assert (first["path"], first["max-age"], first["samesite"]) == ("/field/", 7 * 86400, "Strict")
    assert len(first.value) > 40
    assert visitor.post("/field/visits/key/").cookies["field_key"].value == first.value
    assert visitor.post("/accounts/logout/").cookies["field_key"]["max-age"] == 0


def test_the_worker_lists_files_that_exist(client: Client) -> None:
    answer = client.get("/field/worker.js")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/javascript")
    assert "/field/visits/" in answer.content.decode()


def test_a_visit_goes_along_and_comes_back_once(visitor: Client, file: HardshipFile) -> None:
    round_ = posted(visitor, "take-along/").json()
    assert round_["days"] == 7
    [taken] = round_["rows"]
    assert (taken["id"], taken["phone"]) == (str(file.public_id), file.person.phone)
    key = uuid.uuid4()
    assert visitor.get(f"{API}drafts/{key}/").json()["received"] == []
    assert send_part(visitor, file, key).json()["received"] == [PHOTO]
    assert visitor.get(f"{API}drafts/{key}/").json()["received"] == [PHOTO]
    for _ in range(2):
        answer = send(visitor, file, key, slots=PHOTO).json()
        assert (answer["outcome"], answer["is_same"]) == ("recorded", True)
    assert HomeVisit.objects.count() == 1
    assert visitor.get(f"{API}drafts/{key}/").json()["outcome"] == "recorded"
    shown = visitor.get(f"/api/v1/hardship-file/{file.public_id}/").json()["visits"][0]
    assert (shown["came_by"], shown["housing"], shown["conclusion"]) == ("phone", "rented", "true")


def test_a_conflict_answers_both_sides_and_what_may_be_chosen(
    visitor: Client, path: Path, file: HardshipFile, signed_in: SignedIn, tree: Tree
) -> None:
    send(visitor, file, uuid.uuid4())
    other = signed_in(who(VISITOR, tree.east))
    key = uuid.uuid4()
    met = send(other, file, key, household_size=5).json()
    assert (met["outcome"], met["theirs"]["household_size"]) == ("conflict", 3)
    assert [way["name"] for way in met["may"]] == ["mine", "combined", "theirs"]
    kept = send(other, file, key, household_size=5, version=met["file"]["version"], choice="mine").json()
    assert kept["outcome"] == "added"


@pytest.mark.parametrize(
    "bad",
    [
        {"version": None},
        {"key": "x"},
        {"choice": "both"},
        {"slots": "../x"},
        {"household_size": "3"},
        {"nonsense": 1},
    ],
)
def test_what_makes_no_sense_is_refused(visitor: Client, file: HardshipFile, bad: dict[str, Any]) -> None:
    answer = send(visitor, file, uuid.uuid4(), **bad)
    assert answer.status_code == 422 and answer.json()["sentence"]
    assert not HomeVisit.objects.exists()


def test_a_stranger_finds_neither_file_nor_draft(
    visitor: Client, path: Path, file: HardshipFile, signed_in: SignedIn, tree: Tree
) -> None:
    key = uuid.uuid4()
    send_part(visitor, file, key)
    for actor in (who(VISITOR, tree.spring), a_worker(tree.spring)):
        stranger = signed_in(actor)
        assert send(stranger, file, key).status_code == 404
        assert send_part(stranger, file, key).status_code == 404
        assert stranger.get(f"{API}drafts/{key}/").json()["received"] == []


def test_several_forms_are_one_pdf_and_leave_a_trace(visitor: Client, path: Path, file: HardshipFile) -> None:
    path.worker = a_worker(path.unit)
    second = path.to(State.REVIEWED)
    printed = visitor.post("/home-visits/print/", {"reason": "三月第一轮入户"})
    assert pages_of(printed.content) == 2
    said = text_of_pdf(printed.content)
    for one in (file, second):
        assert one.number in said and one.person.phone in said
        last = audit.happenings(one)[-1]
        assert last.action == "print" and "三月第一轮入户" in last.remark
    one = visitor.post("/home-visits/print/", {"reason": "三月第一轮入户", "id": str(second.public_id)})
    assert pages_of(one.content) == 1 and second.number in text_of_pdf(one.content)


def test_a_round_is_not_printed_without_a_reason(visitor: Client, file: HardshipFile) -> None:
    for reason in ("", "看"):
        answer = visitor.post("/home-visits/print/", {"reason": reason})
        assert answer.status_code == 422 and "打印" in answer.content.decode()


def test_nothing_waiting_is_said(visitor: Client) -> None:
    assert "现在没有等您入户的档案" in visitor.get("/home-visits/").content.decode()
    assert visitor.post("/home-visits/print/", {"reason": "三月第一轮入户"}).status_code == 409


def test_the_workbook_is_handed_out(visitor: Client, path: Path, file: HardshipFile) -> None:
    answer = visitor.post("/home-visits/workbook/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
