"""A refusal is mapped to HTTP once: the sentence, the status, one thing to do next."""

import pytest
from django.test import Client

from tests.web.pages import REFUSALS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_of_tests")]


@pytest.mark.parametrize(
    ("kind", "status"), [("state", 409), ("duty", 403), ("missing", 404), ("input", 422)]
)
def test_each_refusal_has_its_status_and_keeps_its_sentence(
    clerk_client: Client, kind: str, status: int
) -> None:
    answer = clerk_client.get(f"/refuse/{kind}/")
    assert answer.status_code == status
    assert str(REFUSALS[kind]) in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_problems_are_listed(clerk_client: Client) -> None:
    assert "金额不能小于 0。" in clerk_client.get("/refuse/input/").content.decode()


def test_what_changed_can_be_looked_at_again(clerk_client: Client) -> None:
    answer = clerk_client.get("/refuse/state/", headers={"Referer": "http://testserver/files/7/?part=family"})
    assert "回到刚才那一页，看看最新情况" in answer.content.decode()
    assert 'href="/files/7/?part=family"' in answer.content.decode()


def test_a_foreign_page_is_no_way_back(clerk_client: Client) -> None:
    answer = clerk_client.get("/refuse/state/", headers={"Referer": "http://elsewhere.example/"})
    assert "elsewhere" not in answer.content.decode()


def test_a_part_of_a_page_gets_a_notice_on_top_of_the_page(clerk_client: Client) -> None:
    answer = clerk_client.get("/refuse/duty/", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_the_api_gets_json(clerk_client: Client) -> None:
    answer = clerk_client.get("/api/refuse/input/")
    assert answer.status_code == 422
    assert answer.json() == {"sentence": "有内容需要更正。", "problems": {"amount": ["金额不能小于 0。"]}}


def test_unknown_addresses_are_worded_like_ours(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "这一页不存在，或您的岗位看不到它" in answer.content.decode()
    assert client.get("/api/nowhere/").json()["sentence"].startswith("这一页不存在")


def test_a_stale_form_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/type-size/")
    assert answer.status_code == 403
    assert "这一页停留太久" in answer.content.decode()


def test_a_fault_of_ours_is_admitted_without_details(clerk_client: Client) -> None:
    clerk_client.raise_request_exception = False
    answer = clerk_client.get("/fall/")
    assert answer.status_code == 500
    assert "不是您操作的问题" in answer.content.decode()
    assert "ZeroDivision" not in answer.content.decode()
