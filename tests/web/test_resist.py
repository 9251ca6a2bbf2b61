"""What a hostile stranger, worker or colleague tries, and what they get for it."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path as Folder
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver
from pytest_django import Settings

from niangjia.assistance import actions
from niangjia.assistance.access import REVIEWER
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import take_in
from niangjia.kernel import clock
from niangjia.kernel.access import DUTIES, Actor
from niangjia.kernel.errors import Invalid, NotAllowed, Refused
from niangjia.kernel.jobs import Job
from niangjia.kernel.users import User
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.actions import add_to_household, enrol, form_household
from niangjia.organisation.parameters import PARAMETERS
from niangjia.web.shell import plain
from niangjia.web.shell.identity import DOOR, PHONE
from tests.cast import Tree, a_delegation, a_post, a_user, an_employer, who
from tests.families import APPLICATION, DAY, Path, a_person, a_worker
from tests.web.api.test_bring_papers import a_photo

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _monday(settings: Settings, tmp_path: Folder) -> Iterator[None]:
    settings.ROOT_URLCONF = "niangjia.config.urls"
    settings.FILES_FOLDER = tmp_path
    settings.DEMO = True
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


def browser(user: User | None, **options: Any) -> Client:
    client = Client(**options)
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def all_duties_at(unit: Any) -> User:
    user = a_user()
    for duty in list(DUTIES.values()):
        a_post(duty, unit, user)
    return user


def leaves(resolver: Any = None, prefix: str = "/") -> Iterator[str]:
    for entry in (resolver or get_resolver("niangjia.config.urls")).url_patterns:
        if isinstance(entry, URLResolver):
            yield from leaves(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern)


def addresses_of(ids: dict[str, uuid.UUID]) -> list[str]:
    """Every address that names a row, with the id of every row."""
    words = {"<slug:workflow_name>": "hardship-file", "<slug:slug>": "review", "<slug:field>": "phone"}
    found = []
    for pattern in leaves():
        for word, value in words.items():
            pattern = pattern.replace(word, value)
        if re.search(r"<\w+:public_id>", pattern):
            found += [re.sub(r"<\w+:public_id>", str(row), pattern) for row in ids.values()]
    return found


@pytest.fixture
def rows(path: Path, tree: Tree) -> dict[str, uuid.UUID]:
    """One row of each kind, all of one union."""
    file = path.apply()
    post = path.reviewer.account.posts.get()  # type: ignore[attr-defined]
    return {
        "file": file.public_id,
        "paper": actions.attach(file, actor=path.reviewer, kind="income", upload=a_photo()).public_id,
        "person": file.person.public_id,
        "member": file.person.memberships.get().public_id,
        "employer": an_employer(tree.willow).public_id,
        "union": tree.willow.public_id,
        "post": post.public_id,
        "delegation": a_delegation(post, path.visitor.account, DAY, DAY).public_id,
        "job": Job.objects.create(name="kernel.once.prune", asked_by=path.reviewer.user).public_id,
    }


# Other people's rows


@pytest.mark.parametrize("door", ["stranger", "worker", "colleague elsewhere", "reviewer by phone"])
def test_no_address_opens_somebody_elses_row(
    rows: dict[str, uuid.UUID], path: Path, tree: Tree, door: str
) -> None:
    client = {
        "stranger": lambda: browser(None),
        "worker": lambda: browser(a_worker(tree.spring).account),
        "colleague elsewhere": lambda: browser(all_duties_at(tree.spring)),
        "reviewer by phone": lambda: by_phone(path.reviewer.account),
    }[door]()
    # One's own post, its delegation and one's own job stay one's own, whichever door one came by.
    own = (
        {str(rows[name]) for name in ("post", "delegation", "job")} if door == "reviewer by phone" else set()
    )
    found = addresses_of(rows)
    assert len(found) > 300
    opened = []
    for address in found:
        if any(row in address for row in own):
            continue
        nowhere = re.sub(r"[0-9a-f-]{36}", str(uuid.uuid4()), address)
        for method, data in (("get", {}), ("post", {"q": "1"})):
            answer = getattr(client, method)(address, data)
            if answer.status_code == 302 and "/login/" in answer.headers["Location"]:
                continue
            if answer.status_code in {401, 403, 404, 405}:
                continue
            if getattr(client, method)(nowhere, data).status_code != answer.status_code:
                opened.append((address, answer.status_code))
    assert opened == []


def by_phone(user: User) -> Client:
    client = browser(user)
    session = client.session
    session[DOOR] = PHONE
    session.save()
    return client


def test_what_one_passed_on_is_not_shown_by_the_phones_door(path: Path) -> None:
    file = path.to(State.REVIEWED)
    assert file.number in browser(path.reviewer.user).get("/inbox/?view=waiting").content.decode()
    assert file.number not in by_phone(path.reviewer.account).get("/inbox/?view=waiting").content.decode()


def test_what_one_passed_on_is_not_shown_once_the_post_has_ended(path: Path) -> None:
    file = path.to(State.REVIEWED)
    path.reviewer.account.posts.update(ended_at=clock.now())  # type: ignore[attr-defined]
    assert file.number not in browser(path.reviewer.user).get("/inbox/?view=waiting").content.decode()


@pytest.mark.parametrize(
    "address", ["/accounts/2fa/", "/accounts/2fa/webauthn/add/", "/accounts/password/change/"]
)
def test_a_phone_code_sets_no_password_and_no_passkey(path: Path, address: str) -> None:
    """They would open, by the other door, the posts that the phone does not."""
    assert by_phone(path.reviewer.account).get(address).status_code == 403
    assert by_phone(path.reviewer.account).get("/accounts/logout/").status_code == 200


# Asking about people


def test_only_the_duty_learns_anything_from_taking_an_application_in(path: Path, tree: Tree) -> None:
    """The answers would tell who is registered and who has a hardship file."""
    with_file = path.apply().person.id_number
    without, nobody = a_person(tree.willow).id_number, "99" + "0" * 16
    worker = a_worker(tree.spring)
    for number in (with_file, without, nobody):
        with pytest.raises(NotAllowed, match="没有这个岗位"):
            take_in(actor=worker, id_number=number, **APPLICATION)


def test_a_colleague_elsewhere_gets_one_answer_for_everybody(path: Path, tree: Tree) -> None:
    with_file, without = path.apply().person.id_number, a_person(tree.willow).id_number
    elsewhere = who(REVIEWER, tree.quarry)
    said = set()
    for number in (with_file, without):
        with pytest.raises(Refused) as refusal:
            take_in(actor=elsewhere, id_number=number, **APPLICATION)
        said.add(str(refusal.value))
    assert len(said) == 1 and "柳塘" not in said.pop()


def test_a_number_alone_gives_no_name(path: Path, tree: Tree) -> None:
    clerk = who(MEMBERSHIP_CLERK, tree.quarry)
    victim, head = a_person(tree.willow, "柳青萍"), a_person(tree.quarry)
    household = form_household(head, actor=clerk)
    number = victim.id_number
    with pytest.raises(Refused, match="另一个姓名"):
        add_to_household(household, actor=clerk, name="某人", id_number=number, relation="child")
    with pytest.raises(Refused, match="另一个姓名"):
        enrol(actor=clerk, name="某人", id_number=number, unit=tree.quarry.number, joined_on="2026-03-02")


def test_trying_numbers_out_over_the_api_is_slowed_down(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.web.shell.limits.MOST_IDENTITY_CHECKS", 2)
    client = browser(who(MEMBERSHIP_CLERK, path.unit).user)
    answers = [
        client.post("/api/v1/members/", {"name": "某人"}, content_type="application/json") for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 429]


# What is sent


@pytest.mark.parametrize("version", ["²", "9" * 5000, "-1", "1.0", "x", "\N{ARABIC-INDIC DIGIT TWO}"])
def test_a_version_that_is_none_is_refused_in_words(path: Path, version: str) -> None:
    file = path.apply()
    address = f"/cases/hardship-file/{file.public_id}/review/"
    answer = browser(path.reviewer.user).post(address, {"category": "deep", "version": version})
    assert answer.status_code == 422
    file.refresh_from_db()
    assert file.state == State.APPLIED


@pytest.mark.parametrize(
    "address",
    ["/hardship-files/?state=%00", "/inbox/?view=%00", "/search/?q=%00", "/members/?q=a%00b", "/?%00=1"],
)
def test_text_that_no_database_keeps_is_refused_in_words(path: Path, address: str) -> None:
    answer = browser(all_duties_at(path.unit)).get(address)
    assert answer.status_code == 422
    assert "无法保存的字符" in answer.content.decode()


def test_a_nul_in_a_form_is_refused_in_words(path: Path) -> None:
    address = f"/cases/hardship-file/{path.apply().public_id}/review/"
    answer = browser(path.reviewer.user).post(address, {"category": "deep", "remark": "a\0b"})
    assert answer.status_code == 422


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "base64", "unicode_escape", "utf-16"])
def test_the_client_does_not_choose_how_its_text_is_read(path: Path, charset: str) -> None:
    """utf-7 makes half surrogate pairs, rot13 is no text encoding at all."""
    answer = browser(path.reviewer.user).get(
        "/hardship-files/?state=%2B2AA-", content_type=f"text/plain; charset={charset}"
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "django_language", "type_size"])
@pytest.mark.parametrize("value", [r'"abcdefgh\000"', "x" * 5000, "%00", '"\\"'])
def test_a_cookie_breaks_nothing(tree: Tree, name: str, value: str) -> None:
    answer = Client().get("/", headers={"Cookie": f"{name}={value}"})
    assert answer.status_code == 200


def test_more_than_a_dozen_photos_is_not_even_read(db: None) -> None:
    for address in ("/m/apply/", "/api/v1/members/"):
        answer = Client().post(address, CONTENT_LENGTH=str(plain.MOST_BYTES + 1))
        assert answer.status_code == 413
        assert "超过上限" in answer.content.decode()


def test_json_larger_than_memory_allows_is_refused(path: Path) -> None:
    body = b'{"name": "' + b"x" * (6 * 2**20) + b'"}'
    answer = browser(path.reviewer.user).post("/api/v1/members/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_too_many_files_or_fields_are_refused(path: Path) -> None:
    client = browser(path.worker.user)
    many = {"kind": "income", "uploads": [SimpleUploadedFile(f"{n}.png", b"x") for n in range(101)]}
    address = f"/m/matters/{path.apply().public_id}/papers/"
    assert client.post(address, many).status_code == 400
    assert client.post("/m/apply/", {f"f{n}": "1" for n in range(1001)}).status_code == 400


@pytest.mark.parametrize("text", ["1e999999999", "Infinity", "-Infinity", "NaN", "9" * 400, "1e-999999999"])
def test_a_number_cannot_keep_the_server_busy(text: str) -> None:
    with pytest.raises(Invalid):
        PARAMETERS["organisation.delegation_days"].read(text)


def test_a_hostile_file_name_stays_a_name(path: Path) -> None:
    name = 'a"\r\nSet-Cookie: x=1; <script>alert(1)</script>\u202egnp.exe\0.png'
    paper = actions.attach(path.apply(), actor=path.reviewer, kind="income", upload=a_photo(name))
    answer = browser(path.reviewer.user).get(f"/papers/{paper.public_id}/?save")
    assert "Set-Cookie" not in answer.headers
    disposition = answer.headers["Content-Disposition"]
    assert "\r" not in disposition and "\n" not in disposition and disposition.startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


SCRIPT = '"><script>alert(1)</script>'


def test_what_people_write_is_never_run(path: Path, tree: Tree) -> None:
    path.worker.account.name = SCRIPT
    path.worker.account.save()
    file: HardshipFile = path.apply()
    file.person.name = SCRIPT
    file.person.save()
    file.statement = f"{SCRIPT} 家里困难，孩子读书"
    file.save()
    address = f"/cases/hardship-file/{file.public_id}/ask-for-more/"
    browser(path.reviewer.user).post(address, {"remark": f"{SCRIPT} 请补材料"})
    staff, worker = browser(all_duties_at(tree.province)), browser(path.worker.user)
    pages = [staff.get(one) for one in (
        "/inbox/", "/hardship-files/", f"/hardship-files/{file.public_id}/", f"/people/{file.person.public_id}/",
        "/members/", f"/cases/hardship-file/{file.public_id}/resubmit/", "/search/?q=%22%3E%3Cscript%3E",
    )]  # fmt: skip
    pages += [worker.get(one) for one in (
        "/m/", "/m/me/", f"/m/matters/{file.public_id}/", f"/m/matters/{file.public_id}/resubmit/",
    )]  # fmt: skip
    for page in pages:
        assert page.status_code == 200, page.request["PATH_INFO"]
        assert "<script>alert" not in page.content.decode(), page.request["PATH_INFO"]


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
        assert "no-store" in answer.headers["Cache-Control"], address
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
    for address in {*leaves(), *addresses_of(rows)}:
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
    data = {"category": "deep", "version": file.version, "key": key}
    assert browser(path.reviewer.user).post(address, data).status_code == 302
    assert browser(path.clerk.user).post(address, data).status_code in {403, 409}


@pytest.mark.parametrize("key", ["short", "x" * 101, "键" * 20, "x" * 100_000])
def test_a_key_that_is_none_is_refused(path: Path, key: str) -> None:
    address = f"/cases/hardship-file/{path.apply().public_id}/review/"
    answer = browser(path.reviewer.user).post(address, {"category": "deep", "key": key})
    assert answer.status_code == 422


def test_a_worker_cannot_write_what_the_form_does_not_ask(path: Path, tree: Tree) -> None:
    extra = {"state": "filed", "unit": tree.spring.pk, "number": "X", "category": "deep", "shelf_mark": "A"}
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
            f"/cases/hardship-file/{file.public_id}/{slug}/", {"category": "deep", "shelf_mark": "A"}
        )
        assert answer.status_code in {403, 404, 409}, slug
    file.refresh_from_db()
    assert file.state == State.APPLIED
