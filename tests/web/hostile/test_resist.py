"""Hostile input: what is sent is refused in words, or stays the text that it is."""

import pytest
from allauth.account.adapter import get_adapter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from pytest_django import Settings

from niangjia.assistance import actions
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.kernel.errors import Invalid
from niangjia.organisation.parameters import PARAMETERS
from niangjia.web.shell import plain
from tests.cast import Tree
from tests.families import REVIEW, Path
from tests.web.api.test_bring_papers import a_photo
from tests.web.hostile.browsers import all_duties_at, browser

# What is sent


@pytest.mark.parametrize("version", ["²", "9" * 5000, "-1", "1.0", "x", "\N{ARABIC-INDIC DIGIT TWO}"])
def test_a_version_that_is_none_is_refused_in_words(path: Path, version: str) -> None:
    file = path.apply()
    address = f"/cases/hardship-file/{file.public_id}/review/"
    answer = browser(path.reviewer.user).post(address, {**REVIEW, "version": version})
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


@pytest.mark.parametrize("name", ["first", "last"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_audit_page_takes_any_day_there_is(tree: Tree, name: str, day: str) -> None:
    assert browser(all_duties_at(tree.province)).get("/audit/", {name: day}).status_code == 200


@pytest.mark.parametrize(("proxies", "counted"), [(0, "10.0.0.9"), (1, "203.0.113.7")])
def test_nobody_chooses_the_address_that_logins_are_counted_by(
    settings: Settings, rf: RequestFactory, proxies: int, counted: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.9", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.7"})
    assert get_adapter().get_client_ip(request) == counted


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
