"""录入纸质申请: a paper brought to the desk is taken in through the policy's own questions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.benefits import asking
from niangjia.benefits.access import RECEIVER
from niangjia.benefits.kinds import Origin, State
from niangjia.benefits.models import BenefitApplication
from tests.benefits.people import Way
from tests.cast import Tree, an_actor
from tests.families import a_worker
from tests.web.conftest import SignedIn, signed_in
from tests.web.workbench.conftest import text

__all__ = ["signed_in"]

pytestmark = pytest.mark.django_db

PAGE = reverse("begin", args=["benefit-application", "take-in"])
ANSWERS = {"自费部分": "30000.01", "参加医疗互助": "true"}
CONSENTS = {"consents_to_decide": "on", "shares_with_unit": "on"}


@pytest.fixture
def way(tree: Tree) -> Way:
    return Way(tree)


@pytest.fixture
def desk(way: Way, signed_in: SignedIn) -> Client:
    return signed_in(way.receiver)


@pytest.fixture
def paper(way: Way) -> dict[str, Any]:
    return {"scheme": way.scheme.number, "id_number": way.worker.account.person.id_number}


def test_the_page_asks_first_who_and_what_for(desk: Client, way: Way) -> None:
    shown = desk.get(PAGE).content.decode()
    assert f'value="{way.scheme.number}"' in shown and 'name="id_number"' in shown
    assert 'name="said"' not in shown and 'name="自费部分"' not in shown


def test_then_the_questions_of_the_policy_without_reproach(desk: Client, way: Way, paper: Any) -> None:
    answer = desk.post(PAGE, {**paper, "find": "1"})
    assert answer.status_code == 200 and "需要更正" not in text(answer)
    shown = answer.content.decode()
    assert 'name="自费部分"' in shown and 'name="参加医疗互助"' in shown and "单位：元。" in shown
    assert way.worker.account.person.name in text(answer)


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(desk: Client, paper: Any) -> None:
    answer = desk.post(PAGE, {**paper, **ANSWERS, "自费部分": "-5", "look": "1"})
    assert answer.status_code == 422 and "不能小于 0.00" in text(answer)
    assert 'value="-5"' in answer.content.decode()
    empty = desk.post(PAGE, {**paper, "参加医疗互助": "true", "send": "1", **CONSENTS})
    assert empty.status_code == 422 and not BenefitApplication.objects.exists()


def test_the_result_is_seen_before_it_is_sent_and_signed_for(desk: Client, paper: Any, way: Way) -> None:
    assert 'name="send"' in desk.post(PAGE, {**paper, **ANSWERS, "look": "1"}).content.decode()
    unsigned = desk.post(PAGE, {**paper, **ANSWERS, "send": "1"})
    assert unsigned.status_code == 422 and "没有这项授权" in text(unsigned)
    desk.post(PAGE, {**paper, **ANSWERS, **CONSENTS, "send": "1", "key": "a-paper-brought"})
    row = BenefitApplication.objects.get()
    assert (row.state, row.origin, row.person) == (State.ASKED, Origin.PAPER, way.worker.account.person)
    assert asking.said_of(row) == {"自费部分": "30000.01", "参加医疗互助": True}


def test_a_second_one_is_refused_in_place(desk: Client, paper: Any, way: Way) -> None:
    way.apply()
    answer = desk.post(PAGE, {**paper, **ANSWERS, **CONSENTS, "send": "1"})
    assert answer.status_code == 409 and "不能重复申请" in text(answer)
    assert 'value="30000.01"' in answer.content.decode()
    assert BenefitApplication.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"id_number": "1101"}, "18"),
        ({"id_number": ""}, "请填写证件号码"),
        ({"scheme": "DY9"}, "请从列表中选择一项"),
        ({"scheme": ""}, "请填写这一项"),
    ],
)
def test_who_or_what_is_wrong_is_said_at_once(
    desk: Client, paper: Any, wrong: dict[str, str], sentence: str
) -> None:
    answer = desk.post(PAGE, {**paper, **wrong, "find": "1"})
    assert answer.status_code == 422 and sentence in text(answer)


def test_nobody_learns_who_is_registered_elsewhere(
    desk: Client, paper: Any, tree: Tree, signed_in: SignedIn
) -> None:
    elsewhere = signed_in(an_actor(RECEIVER, tree.maple))
    answer = elsewhere.post(PAGE, {**paper, "find": "1"})
    assert answer.status_code == 422 and "没有登记过这个证件号码" in text(answer)


def test_the_workers_own_desk_asks_but_does_not_see_what_an_illness_comes_to(
    way: Way, paper: Any, tree: Tree, signed_in: SignedIn
) -> None:
    own = signed_in(an_actor(RECEIVER, tree.mill))
    answer = text(own.post(PAGE, {**paper, **ANSWERS, "look": "1"}))
    assert "由承办工会核定后告知" in answer and "录入纸质申请" in answer and "大病补助" not in answer


def test_somebody_without_the_duty_is_told_whose_it_is(way: Way, signed_in: SignedIn) -> None:
    answer = signed_in(way.assessor).get(PAGE)
    assert answer.status_code == 403 and "待遇受理员" in answer.content.decode()


def test_workers_begin_on_their_own_pages(tree: Tree, signed_in: SignedIn) -> None:
    own = signed_in(a_worker(tree.mill)).get(reverse("begin", args=["benefit-application", "apply"]))
    assert own.headers["Location"] == reverse("portal_benefits")
