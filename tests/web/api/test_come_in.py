"""Who gets in: a token or a session with its CSRF header; everybody else is told how, as JSON."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import get_resolver

from niangjia.kernel import clock, tokens
from niangjia.kernel.errors import Refused
from niangjia.web.shell.identity import DOOR, PHONE
from tests.families import DAY, REVIEW, Path
from tests.web.api.conftest import FILES, ROOT, Caller, Calling

OPEN = {"openapi.json", "docs/", ""}


def api_addresses() -> list[str]:
    patterns = {str(entry.pattern): entry for entry in get_resolver().url_patterns}
    found = []
    for entry in patterns["api/v1/"].url_patterns:
        for one in getattr(entry, "url_patterns", [entry]):
            found.append(str(one.pattern))
    nobody = "00000000-0000-4000-8000-000000000000"
    filled = (
        re.sub(r"<\w+:(?:public_id|draft_key)>", nobody, address) for address in found if address not in OPEN
    )
    return [re.sub(r"<\w+:\w+>", "nothing", address) for address in filled]


def test_strangers_are_told_how_to_come_in_at_every_address(db: None) -> None:
    addresses = api_addresses()
    assert len(addresses) > 30
    for address in addresses:
        if address.startswith("public/"):
            continue
        for answer in (Caller().get(f"{ROOT}/{address}"), Caller().send(f"{ROOT}/{address}")):
            if answer.status_code == 405:
                continue
            assert answer.status_code == 401, address
            assert set(answer.json()) == {"sentence", "problems"}
            assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("text", ["nj_nonsense", "nonsense", "nj_", "Basic abc"])
def test_a_wrong_token_is_no_token(db: None, text: str) -> None:
    assert Caller(headers={"Authorization": f"Bearer {text}"}).get(FILES).status_code == 401


def test_a_token_acts_with_the_posts_of_its_account(path: Path, calling: Calling) -> None:
    file = path.apply()
    assert [row["number"] for row in calling(path.reviewer).get(FILES).json()["rows"]] == [file.number]


def test_a_token_ends_with_its_day_its_revocation_and_its_account(path: Path, calling: Calling) -> None:
    old, revoked, closed = (calling(actor) for actor in (path.reviewer, path.visitor, path.clerk))
    tokens.revoke(tokens.tokens_of(path.visitor).get(), actor=path.visitor)
    path.clerk.account.is_active = False
    path.clerk.account.save()
    assert revoked.get(FILES).status_code == 401
    assert closed.get(FILES).status_code == 401
    with clock.at(DAY + timedelta(days=91)):
        assert old.get(FILES).status_code == 401


def test_a_session_reads_freely_and_writes_with_its_csrf_header(
    path: Path, browsing: Callable[..., Caller]
) -> None:
    file = path.apply()
    client = browsing(path.reviewer)
    address = f"{FILES}{file.public_id}/review/"
    assert client.get(FILES).status_code == 200
    refused = client.send(address, REVIEW)
    assert refused.status_code == 403
    assert "X-CSRFToken" in refused.json()["sentence"]
    client.get("/inbox/")
    token = client.cookies["csrftoken"].value
    assert client.send(address, REVIEW, X_CSRFToken=token).status_code == 200


def test_who_came_by_phone_code_has_no_post_here_either(path: Path, browsing: Callable[..., Caller]) -> None:
    file = path.apply()
    client = browsing(path.reviewer)
    session = client.session
    session[DOOR] = PHONE
    session.save()
    assert client.get(f"{ROOT}/me/").json()["has_posts"] is False
    assert client.get(f"{FILES}{file.public_id}/").status_code == 404
    assert client.get(f"{ROOT}/tasks/").json()["rows"] == []


def test_workers_have_no_tokens(path: Path) -> None:
    """A phone code could otherwise become a token, and a token opens every post of the account."""
    with pytest.raises(Refused, match="岗位"):
        tokens.issue(actor=path.worker, label="测试")


def test_answers_are_kept_by_nobody(path: Path, calling: Calling) -> None:
    for answer in (calling(path.reviewer).get(FILES), Caller().get(FILES)):
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_wrong_method_is_answered_in_words(path: Path, calling: Calling) -> None:
    answer = calling(path.reviewer).delete(FILES)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert set(json.loads(answer.content)) == {"sentence", "problems"}
