"""Every step of a workflow over the API: the form's fields as typed JSON, the version, the key."""

import json
import uuid
from typing import Any

import pytest

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.kernel import audit
from niangjia.kernel.once import Once
from tests.cast import Tree
from tests.families import APPLICATION, CHECK, DAY, REVIEW, VISIT, Path, a_person, a_worker
from tests.web.api.conftest import FILES, Caller, Calling


def step(file: HardshipFile, slug: str) -> str:
    return f"{FILES}{file.public_id}/{slug}/"


def test_a_file_goes_its_way_from_the_phone_to_the_notice(
    path: Path, calling: Calling, browsing: Any
) -> None:
    worker = browsing(path.worker)
    worker.get("/m/apply/")
    begun = worker.send(f"{FILES}apply/", APPLICATION, X_CSRFToken=worker.cookies["csrftoken"].value)
    assert begun.status_code == 200, begun.json()
    url = f"{FILES}{begun.json()['id']}/"
    for actor, slug, data in (
        (path.reviewer, "review", REVIEW),
        (path.visitor, "record-visit", {**VISIT, "visited_on": DAY.isoformat()}),
        (path.clerk, "record-check", {**CHECK, "checked_on": DAY.isoformat()}),
        (path.clerk, "publish", None),
    ):
        client = calling(actor)
        seen = client.get(url).json()
        assert slug in [offer["name"] for offer in seen["steps"] if offer["refusal"] is None]
        body = None if data is None else {**data, "version": seen["version"]}
        answer = client.send(f"{url}{slug}/", body)
        assert answer.status_code == 200, answer.json()
    assert answer.json()["state"] == State.ON_NOTICE
    whole = calling(path.clerk).get(url).json()
    assert whole["rigid_spending_amount"] == "24000.50"
    assert [moment["label"] for moment in whole["history"]] == [
        "申请",
        "初审通过",
        "登记入户核查",
        "登记核对结果",
        "发起公示",
    ]
    assert whole["visits"][0]["yearly_income_amount"] == "35500.00"


def test_a_clerk_takes_a_paper_application_in(path: Path, calling: Calling, tree: Tree) -> None:
    person = a_person(tree.willow, "柳青萍")
    body = {**APPLICATION, "id_number": person.id_number}
    answer = calling(path.reviewer).send(f"{FILES}take-in/", body)
    assert answer.json()["person"] == "柳青萍"


def test_the_same_request_again_does_nothing_and_answers_the_same_row(path: Path, calling: Calling) -> None:
    file = path.apply()
    client, key = calling(path.reviewer), str(uuid.uuid4())
    answers = [client.send(step(file, "review"), REVIEW, Idempotency_Key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert [entry.action for entry in audit.history(file)].count("review") == 1


def test_a_repeated_opening_answers_the_row_it_made(path: Path, calling: Calling, tree: Tree) -> None:
    body = {**APPLICATION, "id_number": a_person(tree.willow).id_number}
    client, key = calling(path.reviewer), str(uuid.uuid4())
    numbers = {client.send(f"{FILES}take-in/", body, Idempotency_Key=key).json()["number"] for _ in range(2)}
    assert len(numbers) == 1


def test_what_is_kept_for_repeats_holds_no_name(path: Path, calling: Calling, tree: Tree) -> None:
    body = {**APPLICATION, "id_number": a_person(tree.willow, "柳青萍").id_number}
    calling(path.reviewer).send(f"{FILES}take-in/", body, Idempotency_Key="12345678")
    assert list(Once.objects.get(key="12345678").outcome) == ["public_id"]


def test_a_key_means_one_body_and_one_account(path: Path, calling: Calling) -> None:
    first, key = path.apply(), str(uuid.uuid4())
    calling(path.reviewer).send(step(first, "review"), REVIEW, Idempotency_Key=key)
    other = calling(path.reviewer).send(
        step(first, "review"), {**REVIEW, "category": "relative"}, Idempotency_Key=key
    )
    assert other.status_code == 409
    visit = {**VISIT, "visited_on": DAY.isoformat()}
    somebody = calling(path.visitor).send(step(first, "record-visit"), visit, Idempotency_Key=key)
    assert somebody.status_code == 200


@pytest.mark.parametrize("key", ["", "short", "x" * 101, "键" * 10, "a\tb\tc\td\te"])
def test_a_key_that_is_none_is_refused_in_words(path: Path, calling: Calling, key: str) -> None:
    answer = calling(path.reviewer).send(step(path.apply(), "review"), REVIEW, Idempotency_Key=key)
    assert answer.status_code == 422
    assert "防重键" in answer.json()["sentence"]


def test_a_stale_version_is_refused(path: Path, calling: Calling) -> None:
    file = path.apply()
    answer = calling(path.reviewer).send(step(file, "review"), {**REVIEW, "version": 99})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"category": "deep", "state": "filed"}, "state"),
        ({"category": "deep", "unit_id": 1}, "unit_id"),
        ({"category": ["deep"]}, "category"),
        ({"category": {"a": 1}}, "category"),
        ({"category": 1}, "category"),
        ({"category": True}, "category"),
        ({"category": "nonsense"}, "nonsense"),
        ({}, "category"),
        ({"category": None}, "category"),
        ({"category": "deep", "version": "2"}, "version"),
        ({"category": "deep", "version": True}, "version"),
        ({"category": "deep", "version": 1.5}, "version"),
        ({"category": "deep", "remark": "\0"}, "NUL"),
        ({"category": "deep", "remark": "长" * 1001}, "1000"),
        ({"category": "deep", "\0": 1}, "NUL"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(path: Path, calling: Calling, body: Any, named: str) -> None:
    file = path.apply()
    answer = calling(path.reviewer).send(step(file, "review"), body)
    assert answer.status_code == 422
    assert named in json.dumps(answer.json(), ensure_ascii=False)
    file.refresh_from_db()
    assert file.state == State.APPLIED


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"version": ' + b"9" * 5000 + b"}",
        b'{"remark": "\\ud800"}',
        b'{"\\udfff": 1}',
        b"NaN",
    ],
)
def test_what_is_no_json_object_of_text_is_refused_in_words(path: Path, calling: Calling, raw: bytes) -> None:
    client = calling(path.reviewer)
    answer = client.post(step(path.apply(), "review"), raw, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["sentence"]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded"]
)
def test_only_json_counts_as_json(path: Path, calling: Calling, content_type: str) -> None:
    raw = b'{"category": "deep", "accepts_missing": true}'
    if "multipart" in content_type:
        raw = b'--b\r\nContent-Disposition: form-data; name="category"\r\n\r\ndeep\r\n--b--\r\n'
    answer = calling(path.reviewer).post(step(path.apply(), "review"), raw, content_type=content_type)
    assert answer.status_code == 422
    assert "application/json" in answer.json()["sentence"]


@pytest.mark.parametrize("consent", [False, None, "no", "yes", 1, [], "true"])
def test_a_consent_is_a_true_and_nothing_else(path: Path, calling: Calling, tree: Tree, consent: Any) -> None:
    body = {**APPLICATION, "id_number": a_person(tree.willow).id_number, "consents_to_notice": consent}
    assert calling(path.reviewer).send(f"{FILES}take-in/", body).status_code == 422


@pytest.mark.parametrize("amount", [36000, 36000.5, "abc", "1.234", "-1", "9" * 30, "1e9", "NaN", "Infinity"])
def test_money_is_a_string_with_two_decimals(path: Path, calling: Calling, tree: Tree, amount: Any) -> None:
    body = {**APPLICATION, "id_number": a_person(tree.willow).id_number, "yearly_income_amount": amount}
    answer = calling(path.reviewer).send(f"{FILES}take-in/", body)
    assert answer.status_code == 422
    assert "yearly_income_amount" in answer.json()["problems"]


def test_a_colleague_of_another_duty_is_told_whose_it_is(path: Path, calling: Calling) -> None:
    answer = calling(path.visitor).send(step(path.apply(), "review"), REVIEW)
    assert answer.status_code == 403
    assert "帮扶初审员" in answer.json()["sentence"]


def test_what_the_clock_does_has_no_address(path: Path, calling: Calling) -> None:
    assert calling(path.clerk).send(step(path.to(State.ON_NOTICE), "end-notice")).status_code == 404


def test_a_stranger_gets_the_same_answer_as_for_nothing(path: Path, browsing: Any, tree: Tree) -> None:
    file = path.apply()
    stranger: Caller = browsing(a_worker(tree.spring))
    there = stranger.get(f"{FILES}{file.public_id}/")
    nowhere = stranger.get(f"{FILES}{uuid.uuid4()}/")
    assert (there.status_code, there.content) == (404, nowhere.content)
    assert stranger.get(FILES).json() == {"rows": [], "after": ""}
