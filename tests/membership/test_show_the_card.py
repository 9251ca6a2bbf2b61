"""The card: a code that holds a minute, says nothing by itself, and cannot be made or kept by anybody else."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from niangjia.kernel import clock, keys
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs import Progress
from niangjia.kernel.jobs.models import Job
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.cards import actions, codes, queries
from niangjia.membership.cards.models import CardCheck
from niangjia.membership.cards.queries import Standing
from niangjia.membership.kinds import LeavingReason, MemberState, RetentionReason
from niangjia.membership.models import Member
from niangjia.web.shell.limits import MOST_CARD_CHECKS
from tests.cast import Tree, who
from tests.families import a_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(tree: Tree) -> Actor:
    cache.clear()
    return a_worker(tree.mill, "顾念禾")


@pytest.fixture
def member(worker: Actor) -> Member:
    return queries.own_card(worker)


def page(code: str, client: Client | None = None) -> Any:
    return (client or Client()).get(reverse("card_check", args=[code]))


def test_a_fresh_code_says_valid_with_the_surname_and_the_union_only(member: Member) -> None:
    answer = page(codes.make(member.pk).text)
    shown = answer.content.decode()
    assert answer.status_code == 200 and "有效会员" in shown
    assert "顾**" in shown and str(member.unit) in shown
    for secret in ("念禾", member.number, member.person.phone, member.person.id_number):
        assert secret not in shown


def test_the_answer_is_neither_indexed_nor_stored_and_sets_no_session(member: Member) -> None:
    answer = page(codes.make(member.pk).text)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "sessionid" not in answer.cookies


def test_a_code_holds_a_minute_and_not_longer(member: Member) -> None:
    code = codes.make(member.pk).text
    now = clock.now()
    with clock.at(now + timedelta(seconds=55)):
        assert actions.check(code, actor=None).standing == Standing.VALID
    for later in (timedelta(seconds=62), timedelta(days=400)):
        with clock.at(now + later):
            verdict = actions.check(code, actor=None)
            assert (verdict.standing, verdict.name, verdict.union) == (Standing.EXPIRED, "", "")
            assert "一分钟一换" in page(code).content.decode()


def test_a_code_from_the_future_is_no_good_but_a_server_a_little_ahead_is(member: Member) -> None:
    with clock.at(clock.now() + timedelta(seconds=3)):
        near = codes.make(member.pk).text
    with clock.at(clock.now() + timedelta(hours=1)):
        far = codes.make(member.pk).text
    assert actions.check(near, actor=None).standing == Standing.VALID
    assert actions.check(far, actor=None).standing == Standing.EXPIRED


def test_every_single_changed_bit_is_noticed(member: Member) -> None:
    sealed = bytearray(base64.urlsafe_b64decode(codes.make(member.pk).text + "=="))
    for position in range(len(sealed)):
        forged = bytearray(sealed)
        forged[position] ^= 1
        text = base64.urlsafe_b64encode(forged).decode().rstrip("=")
        assert actions.check(text, actor=None).standing == Standing.UNKNOWN, position


@pytest.mark.parametrize("text", ["", "x", "123456", "会员", "A" * 60, "A" * 5000, "../../etc", "%00"])
def test_what_is_no_code_is_told_so(text: str, db: None) -> None:
    assert actions.check(text, actor=None).standing == Standing.UNKNOWN
    if text and "/" not in text:
        answer = page(text)
        assert answer.status_code == 404 and "不是会员码" in answer.content.decode()


def test_a_code_sealed_with_another_purpose_s_key_is_no_code(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "PURPOSE", "fields")
    forged = codes.make(member.pk).text
    monkeypatch.undo()
    assert actions.check(forged, actor=None).standing == Standing.UNKNOWN


def test_two_codes_of_one_member_have_nothing_in_common(member: Member) -> None:
    one, other = (base64.urlsafe_b64decode(codes.make(member.pk).text + "==") for _ in range(2))
    head = 3  # scheme and key, the same for everybody
    assert one[:head] == other[:head]
    assert sum(a == b for a, b in zip(one[head:], other[head:], strict=False)) < 8


def test_a_code_survives_the_change_of_the_key(member: Member) -> None:
    code = codes.make(member.pk).text
    keys.rotate("cards")
    assert codes.make(member.pk).text[:4] != code[:4]
    assert actions.check(code, actor=None).standing == Standing.VALID


def test_who_has_left_is_said_to_have_left(member: Member) -> None:
    code = codes.make(member.pk).text
    leave(member)
    assert actions.check(code, actor=None).standing == Standing.LEFT
    assert "已不是会员" in page(code).content.decode()


def test_a_retained_membership_is_said_to_be_one(member: Member) -> None:
    code = codes.make(member.pk).text
    leave(
        member,
        state=MemberState.RETAINED,
        left_on=None,
        retained_on=clock.today(),
        reason=RetentionReason.RETIRED,
    )
    assert actions.check(code, actor=None).standing == Standing.RETAINED
    assert "保留会籍" in page(code).content.decode()


def test_the_holder_sees_that_somebody_looked_and_of_colleagues_from_where(
    worker: Actor, member: Member, tree: Tree
) -> None:
    clerk = who(MEMBERSHIP_CLERK, tree.east)
    actions.check(codes.make(member.pk).text, actor=None)
    code = codes.make(member.pk).text
    actions.check(code, actor=clerk)
    actions.check(f"https://union.example/c/{code}/", actor=clerk)
    actions.check(codes.make(member.pk).text, actor=worker)
    seen = [(check.unit, check.times) for check in queries.own_checks(worker)]
    assert sorted(seen, key=str) == sorted([(None, 1), (tree.east, 2)], key=str)


def test_nobody_sees_who_looked_at_somebody_else(worker: Actor, member: Member, tree: Tree) -> None:
    actions.check(codes.make(member.pk).text, actor=None)
    assert list(queries.own_checks(a_worker(tree.mill))) == []


def test_looks_are_forgotten_after_a_month(worker: Actor, member: Member) -> None:
    with clock.at(clock.now() - timedelta(days=31)):
        actions.check(codes.make(member.pk).text, actor=None)
    actions.check(codes.make(member.pk).text, actor=None)
    assert actions.prune(Progress(Job.objects.create(name="membership.cards.prune"))) == {"removed": 1}
    assert queries.own_checks(worker).count() == 1


def test_who_asks_too_often_waits(member: Member) -> None:
    client = Client()
    code = codes.make(member.pk).text
    with clock.at(clock.now()):
        statuses = [page(code, client).status_code for _ in range(MOST_CARD_CHECKS + 1)]
    assert set(statuses[:-1]) == {200} and statuses[-1] == 429


def test_the_phone_shows_the_card_and_renews_the_code(worker: Actor, member: Member) -> None:
    client = signed_in(worker)
    shown = client.get("/m/card/")
    text = shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    for word in ("顾念禾", member.number, str(member.unit), "<svg"):
        assert word in text
    assert "<noscript><meta http-equiv" in text
    first, second = (client.get("/m/card/code/").context["code"].text for _ in range(2))
    assert first != second
    assert actions.check(second, actor=None).standing == Standing.VALID
    assert 'href="/m/card/"' in client.get("/m/").content.decode()


def test_whoever_is_no_member_has_no_card(tree: Tree) -> None:
    worker = a_worker(tree.mill)
    for member in Member.objects.all():
        leave(member)
    client = signed_in(worker)
    assert "没有在册会籍" in client.get("/m/card/").content.decode()
    assert client.get("/m/card/code/").status_code == 404
    assert 'href="/m/card/"' not in client.get("/m/").content.decode()


def test_other_systems_get_and_check_codes(worker: Actor, member: Member, tree: Tree) -> None:
    card = signed_in(worker).get("/api/v1/me/card/").json()
    assert (card["name"], card["number"], card["standing"]) == ("顾念禾", member.number, "valid")
    assert card["url"].endswith(f"/c/{card['code']}/")
    shop = signed_in(who(MEMBERSHIP_CLERK, tree.east))
    answer = shop.post("/api/v1/cards/check/", {"code": card["url"]}, content_type="application/json").json()
    assert (answer["standing"], answer["name"]) == ("valid", "顾**")
    assert Client().post("/api/v1/cards/check/", {"code": card["url"]}).status_code == 401
    assert CardCheck.objects.get().unit == tree.east


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.account)
    return client


def leave(member: Member, **also: Any) -> None:
    """As the membership's own steps leave it."""
    given = {"state": MemberState.LEFT, "left_on": clock.today(), "reason": LeavingReason.RESIGNED}
    Member.objects.filter(pk=member.pk).update(**given | also)
