"""Both doors: staff by password and second factor, workers by phone and code."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.jobs import Job
from niangjia.kernel.messages import Message
from niangjia.kernel.users import User
from niangjia.membership.models import Person
from niangjia.web.shell.identity import DOOR, PHONE
from tests.cast import Tree
from tests.families import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_of_tests")]

PASSWORD = "一句只有我记得的话"
KNOWN = "13800000001"
UNKNOWN = "13900000002"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def worker(tree: Tree) -> Person:
    return a_person(tree.market, "柳青萍", phone=KNOWN)


def sign_in(client: Client, user: User, password: str = PASSWORD) -> int:
    return client.post("/accounts/login/", {"login": user.username, "password": password}).status_code


def confirm_it_is_me(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def totp_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def code_from_the_spool() -> str:
    message = Message.objects.order_by("pk").last()
    assert message is not None
    found = re.search(r"\d{6}", message.body)
    assert found
    return found[0]


# Staff


def test_staff_sign_in_by_name_and_password(client: Client, clerk: User) -> None:
    assert sign_in(client, clerk) == 302
    assert client.get("/who/").status_code == 200


def test_a_wrong_password_says_what_to_do(client: Client, clerk: User) -> None:
    answer = client.post("/accounts/login/", {"login": clerk.username, "password": "猜一个"})
    assert "忘记密码请联系本单位管理员重设" in answer.content.decode()


def test_guessing_is_slowed_down_even_with_the_right_password_at_last(client: Client, clerk: User) -> None:
    for _guess in range(5):
        client.post("/accounts/login/", {"login": clerk.username, "password": "猜一个"})
    answer = client.post("/accounts/login/", {"login": clerk.username, "password": PASSWORD})
    assert "连续输错次数太多" in answer.content.decode()


def test_counters_hold_no_readable_address(client: Client, clerk: User) -> None:
    client.post("/accounts/login/", {"login": clerk.username, "password": "猜一个"})
    from niangjia.kernel.cache import CacheEntry

    keys = list(CacheEntry.objects.values_list("cache_key", flat=True))
    assert keys and all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"])
def test_nobody_opens_an_account_or_resets_a_password_by_mail(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_authenticator_is_set_up_and_asked_for_at_the_next_login(
    client: Client, administrator: User
) -> None:
    assert sign_in(client, administrator) == 302
    assert (
        client.get("/accounts/2fa/totp/activate/").headers["Location"].startswith("/accounts/reauthenticate/")
    )
    confirm_it_is_me(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert "data:image/svg+xml;base64," in page.content.decode()
    answer = client.post("/accounts/2fa/totp/activate/", {"code": totp_now(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/who/").status_code == 200

    stored = Authenticator.objects.get(user=administrator, type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)

    client.post("/accounts/logout/")
    answer = client.post("/accounts/login/", {"login": administrator.username, "password": PASSWORD})
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/who/").status_code == 302
    codes = Authenticator.objects.get(user=administrator, type=Authenticator.Type.RECOVERY_CODES).wrap()
    client.post("/accounts/2fa/authenticate/", {"code": codes.get_unused_codes()[0]})
    assert client.get("/who/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
    ],
)
def test_every_account_page_is_in_our_words(client: Client, administrator: User, path: str) -> None:
    sign_in(client, administrator)
    confirm_it_is_me(client)
    shown = client.get(path).content.decode()
    assert "娘家" in shown
    assert not re.search(r">\s*(Password|Confirm|Two-Factor|Authenticator|Sign Out|Activate|Add)\b", shown)


def test_logging_out_asks_first_and_then_clears_the_browser(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert "Clear-Site-Data" not in client.get("/accounts/logout/").headers
    answer = client.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/who/").status_code == 302


def test_a_password_is_changed_with_the_old_one(client: Client, clerk: User) -> None:
    sign_in(client, clerk)
    new = "另一句只有我记得的话"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", given)
    clerk.refresh_from_db()
    assert clerk.check_password(new)


# Workers


def test_a_worker_signs_in_by_phone_and_code(client: Client, worker: Person) -> None:
    assert client.post("/m/login/", {"phone": "+86 138-0000-0001"}).headers["Location"] == "/m/login/code/"
    assert "138****0001" in client.get("/m/login/code/").content.decode()
    answer = client.post("/m/login/code/", {"code": code_from_the_spool()})
    assert answer.headers["Location"] == "/"
    assert client.session[DOOR] == PHONE
    assert client.get("/m/who/").content.decode() == "柳青萍 0"
    worker.refresh_from_db()
    assert worker.user is not None and not worker.user.has_usable_password()


def test_the_worker_comes_back_to_the_page_that_asked(client: Client, worker: Person) -> None:
    client.post("/m/login/", {"phone": KNOWN, "next": "/m/who/"})
    answer = client.post("/m/login/code/", {"code": code_from_the_spool()})
    assert answer.headers["Location"] == "/m/who/"


def test_but_never_to_a_foreign_page(client: Client, worker: Person) -> None:
    client.post("/m/login/", {"phone": KNOWN, "next": "//elsewhere.example/m/"})
    assert client.post("/m/login/code/", {"code": code_from_the_spool()}).headers["Location"] == "/"


def test_an_unknown_phone_is_answered_alike_and_sent_nothing(client: Client, worker: Person) -> None:
    known, unknown = Client(), Client()
    first = known.post("/m/login/", {"phone": KNOWN})
    second = unknown.post("/m/login/", {"phone": UNKNOWN})
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert _common(known.get("/m/login/code/")) == _common(unknown.get("/m/login/code/"))
    assert Message.objects.count() == 1
    wrong = {"code": f"{(int(code_from_the_spool()) + 1) % 1_000_000:06}"}
    answers = [_common(one.post("/m/login/code/", wrong)) for one in (known, unknown)]
    assert answers[0] == answers[1]
    assert "还可以再试 4 次" in answers[0]


def _common(answer: Any) -> str:
    """A page without its token and the masked phone."""
    return re.sub(r'value="\w{64}"|1\d\d\*{4}\d{4}', "", answer.content.decode())


def test_two_people_on_one_phone_cannot_use_it(client: Client, worker: Person, tree: Tree) -> None:
    a_person(tree.market, phone=KNOWN)
    client.post("/m/login/", {"phone": KNOWN})
    assert Message.objects.count() == 0


def test_the_session_is_a_fresh_one_after_the_login(client: Client, worker: Person) -> None:
    client.post("/m/login/", {"phone": KNOWN})
    session = client.session
    session["planted"] = "before"
    session.save()
    before = session.session_key
    client.post("/m/login/code/", {"code": code_from_the_spool()})
    assert client.session.session_key != before
    assert "planted" not in client.session


def test_the_session_of_a_waiting_login_holds_no_phone(client: Client, worker: Person) -> None:
    client.post("/m/login/", {"phone": KNOWN})
    assert KNOWN not in str(dict(client.session))


def test_asking_again_at_once_is_refused_in_words(client: Client, worker: Person) -> None:
    client.post("/m/login/", {"phone": KNOWN})
    answer = client.post("/m/login/", {"phone": KNOWN})
    assert answer.status_code == 429
    assert "请等 1 分钟再重新获取" in answer.content.decode()


def test_a_mistyped_phone_is_refused_in_words(client: Client) -> None:
    answer = client.post("/m/login/", {"phone": "12345"})
    assert answer.status_code == 422
    assert "手机号应为 1 开头的 11 位数字" in answer.content.decode()


def test_a_closed_account_stays_out(client: Client, worker: Person) -> None:
    client.post("/m/login/", {"phone": KNOWN})
    client.post("/m/login/code/", {"code": code_from_the_spool()})
    User.objects.filter(person=worker).update(is_active=False)
    again = Client()
    with clock.at(clock.now() + timedelta(minutes=2)):
        again.post("/m/login/", {"phone": KNOWN})
        answer = again.post("/m/login/code/", {"code": code_from_the_spool()})
    assert "这个账号已停用" in answer.content.decode()
    assert DOOR not in again.session


def test_the_message_is_sent_by_a_job_not_by_the_page(client: Client, worker: Person) -> None:
    client.post("/m/login/", {"phone": KNOWN})
    assert Job.objects.filter(name="kernel.messages.deliver").exists()


def test_a_worker_sees_who_they_are_and_the_way_out(client: Client, worker: Person) -> None:
    client.post("/m/login/", {"phone": KNOWN})
    client.post("/m/login/code/", {"code": code_from_the_spool()})
    shown = client.get("/m/me/").content.decode()
    assert "柳青萍" in shown and "138****0001" in shown and "退出登录" in shown
