"""Doors, headers and steps: what a hostile stranger, worker or colleague tries, and what they get for it."""

import uuid

import pytest
from django.test import Client
from pytest_django import Settings

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.users import User
from niangjia.membership.access import MEMBERSHIP_CLERK
from tests.cast import Tree, a_delegation, a_user, who
from tests.families import APPLICATION, DAY, REVIEW, Path
from tests.web.hostile.browsers import addresses_of, all_duties_at, browser, leaves

# Doors and headers

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "\t//evil.example",
]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_no_door_leads_elsewhere(path: Path, there: str) -> None:
    user = a_user(password="一句只有我记得的话")
    answers = [
        Client().post("/type-size/", {"next": there}),
        Client().post("/i18n/setlang/", {"language": "en", "next": there}),
        Client().post(
            "/accounts/login/", {"login": user.username, "password": "一句只有我记得的话", "next": there}
        ),
        Client().post(
            f"/accounts/login/?next={there}", {"login": user.username, "password": "一句只有我记得的话"}
        ),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert "evil" not in answer.headers["Location"]
        assert "javascript" not in answer.headers["Location"]


@pytest.mark.parametrize("there", ["²", "-1", "nonsense", "home", "x" * 20_000, ""])
def test_a_way_back_that_is_none_breaks_nothing(db: None, there: str) -> None:
    assert Client().post("/type-size/", {"next": there}).status_code in {302, 400}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "testserver@evil.example", "", "a b"])
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/api/v1/me/", "/nowhere/"])
def test_another_hosts_name_is_refused(db: None, host: str, address: str) -> None:
    answer = Client(raise_request_exception=False).get(address, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_every_page_of_an_account_is_private_and_has_its_policy(
    rows: dict[str, uuid.UUID], path: Path, tree: Tree
) -> None:
    staff, worker = browser(all_duties_at(tree.province)), browser(path.worker.user)
    seen = 0
    for address in {*leaves(), *addresses_of({"file": rows["file"], "union": rows["union"]})}:
        if "<" in address or "logout" in address:
            continue
        answer = (worker if address.startswith("/m/") else staff).get(address)
        # What is published is everybody's, and may be kept for a minute.
        kept = "public" if address.startswith("/api/v1/public/") and answer.status_code == 200 else "no-store"
        if address in ("/field/visits/", "/field/worker.js"):
            kept = "no-cache"  # the empty page is read without network; what it shows is sealed on the phone
        assert kept in answer.headers["Cache-Control"], address
        assert (
            "unsafe-inline" not in answer.headers["Content-Security-Policy"]
            or "sandbox" in (answer.headers["Content-Security-Policy"])
        )
        assert answer.headers["X-Frame-Options"] == "DENY"
        seen += answer.status_code == 200
    assert seen > 25


def test_a_login_changes_the_sessions_name(db: None) -> None:
    user, client = a_user(password="一句只有我记得的话"), Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = str(planted)
    client.post("/accounts/login/", {"login": user.username, "password": "一句只有我记得的话"})
    assert client.cookies["sessionid"].value != planted
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_every_write_asks_for_the_csrf_token(rows: dict[str, uuid.UUID], tree: Tree) -> None:
    client = browser(all_duties_at(tree.province), enforce_csrf_checks=True)
    for address in {*leaves(), *addresses_of({"file": rows["file"]})}:
        if "<" in address:
            continue
        answer = client.post(address, {"q": "1"})
        assert answer.status_code in {403, 404, 405}, (address, answer.status_code)


def test_a_closed_account_is_out_at_once(path: Path) -> None:
    client = browser(path.reviewer.user)
    assert client.get("/inbox/").status_code == 200
    User.objects.filter(pk=path.reviewer.user_id).update(is_active=False)
    assert client.get("/inbox/").status_code == 302


def test_who_acts_for_a_colleague_stops_with_the_colleagues_post(path: Path, tree: Tree) -> None:
    file, delegate = path.apply(), who(MEMBERSHIP_CLERK, tree.spring)
    post = path.reviewer.account.posts.get()  # type: ignore[attr-defined]
    a_delegation(post, delegate.account, DAY, DAY)
    client = browser(delegate.user)
    assert client.get(f"/hardship-files/{file.public_id}/").status_code == 200
    post.ended_at = clock.now()
    post.save()
    assert client.get(f"/hardship-files/{file.public_id}/").status_code == 404


def test_the_demos_doors_are_shut_in_earnest(settings: Settings, path: Path, tree: Tree) -> None:
    settings.DEMO = False
    assert Client().get("/style/").status_code == 404
    assert browser(all_duties_at(tree.province)).get("/inbox/").headers["Location"] == "/accounts/2fa/"
    for address in ("/", "/accounts/login/", "/m/login/"):
        assert "演示" not in Client().get(address).content.decode(), address


def test_a_key_of_one_account_says_nothing_to_another(path: Path) -> None:
    file, key = path.apply(), str(uuid.uuid4())
    address = f"/cases/hardship-file/{file.public_id}/review/"
    data = {**REVIEW, "version": file.version, "key": key}
    assert browser(path.reviewer.user).post(address, data).status_code == 302
    assert browser(path.clerk.user).post(address, data).status_code in {403, 409}


@pytest.mark.parametrize("key", ["short", "x" * 101, "键" * 20, "x" * 100_000])
def test_a_key_that_is_none_is_refused(path: Path, key: str) -> None:
    address = f"/cases/hardship-file/{path.apply().public_id}/review/"
    answer = browser(path.reviewer.user).post(address, {**REVIEW, "key": key})
    assert answer.status_code == 422


def test_a_worker_cannot_write_what_the_form_does_not_ask(path: Path, tree: Tree) -> None:
    extra = {
        "state": "filed",
        "unit": tree.spring.pk,
        "number": "X",
        "category": "deep",
        "accepts_missing": True,
        "shelf_mark": "A",
    }
    answer = browser(path.worker.user).post("/m/apply/", {**APPLICATION, **extra})
    assert answer.status_code == 302
    file = HardshipFile.objects.get()
    assert (file.state, file.unit, file.category, file.shelf_mark) == (State.APPLIED, path.unit, "", "")


@pytest.mark.parametrize("actor", ["worker", "visitor"])
def test_an_account_without_the_duty_takes_no_step_by_its_address(path: Path, actor: str) -> None:
    file = path.apply()
    who_tries: Actor = getattr(path, actor)
    for slug in ("review", "publish", "approve", "file-away", "end-notice"):
        answer = browser(who_tries.user).post(
            f"/cases/hardship-file/{file.public_id}/{slug}/",
            {**REVIEW, "shelf_mark": "A"},
        )
        assert answer.status_code in {403, 404, 409}, slug
    file.refresh_from_db()
    assert file.state == State.APPLIED
