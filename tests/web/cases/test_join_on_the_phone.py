"""入会 on the phone, from a union's code on the wall to the membership, and moving it later."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.messages.models import Message
from niangjia.membership import queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import ApplicationState
from niangjia.membership.models import Member, MembershipApplication, Person
from niangjia.membership.workflow import applications
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, a_point, a_union, an_employer, who
from tests.families import DAY, a_person, a_worker, an_id_number
from tests.memberships import a_stranger, an_application
from tests.web.conftest import SignedIn

PHONE = "13700004321"
NEUTRAL = "这份申请不能在手机上办理"


def filled_in(**given: Any) -> dict[str, Any]:
    data = an_application(consents_to_register="on", new_employment="courier", key="a-key-of-this-page")
    return data | given


def code_sent_to(phone: str) -> str:
    body = str(Message.objects.filter(template="login-code").latest("pk").body)
    found = re.search(r"[0-9]{6}", body)
    assert found
    return found[0]


def prove(client: Client, phone: str, there: str) -> Any:
    """Through the door by phone and code, back to where one wanted to go."""
    client.post("/m/login/", {"phone": phone, "next": there})
    return client.post("/m/login/code/", {"code": code_sent_to(phone)})


def test_whoever_scans_a_code_without_login_lands_at_the_form_of_that_union(
    client: Client, tree: Tree
) -> None:
    door = client.get(f"/join/{tree.mill.number}/")
    assert door.status_code == 200 and "青禾纺织厂工会" in door.content.decode()
    there = f"/m/join/{tree.mill.number}/"
    asked = client.get(there)
    assert asked.status_code == 302 and asked.headers["Location"] == f"/m/login/?next={there}"
    answer = prove(client, PHONE, there)
    assert answer.headers["Location"] == there
    page = client.get(there).content.decode()
    assert "加入青禾纺织厂工会" in page and "证件号码" in page
    assert not Person.objects.exists()

    sent = client.post(there, filled_in())
    [row] = MembershipApplication.objects.all()
    assert sent.headers["Location"] == f"/m/cases/membership-application/{row.public_id}/"
    assert (row.state, row.unit, row.person.phone, row.person.name) == (
        "submitted",
        tree.mill,
        PHONE,
        "许安然",
    )
    assert "待审批入会" in client.get(sent.headers["Location"]).content.decode()
    assert row.number in client.get("/m/matters/").content.decode()

    applications.approve(row, actor=who(MEMBERSHIP_CLERK, tree.mill))
    mine = client.get("/m/membership/").content.decode()
    assert Member.objects.get().number in mine and "在会" in mine
    assert client.get("/m/").content.decode().count("青禾纺织厂工会") == 1


def test_a_double_click_is_one_application_and_lets_the_newcomer_in(client: Client, tree: Tree) -> None:
    there = f"/m/join/{tree.mill.number}/"
    prove(client, PHONE, there)
    second = Client()
    before = dict(client.session.items())
    given = filled_in()
    client.post(there, given)
    # The other request had read the same session before.
    other = second.session
    other.update(before)
    other.save()
    second.cookies[settings.SESSION_COOKIE_NAME] = other.session_key
    answer = second.post(there, given)
    assert answer.headers["Location"] == "/m/membership/"
    assert MembershipApplication.objects.count() == 1


def test_without_any_unit_it_lies_in_the_county_s_pool(client: Client, tree: Tree) -> None:
    prove(client, PHONE, "/m/join/")
    for place in ("柳塘街道", "东桥区柳塘街道", tree.willow.region.code):
        client.post("/m/join/", filled_in(region=place, name=""))  # no name: refused, the place is kept
    assert "东桥区" in client.post("/m/join/", filled_in(region="没有这个街道")).content.decode()
    client.post("/m/join/", filled_in(region="东桥区柳塘街道"))
    [row] = MembershipApplication.objects.all()
    assert (row.state, row.unit, row.pool) == (ApplicationState.POOLED, tree.east, tree.east)
    assert row.region == tree.willow.region


@pytest.mark.parametrize(
    "who_is_it", ["a member", "somebody of that number by another name", "in a household"]
)
def test_duplicates_are_answered_alike_and_leave_nothing(client: Client, tree: Tree, who_is_it: str) -> None:
    known = a_person(tree.quarry, "宋雨桐", id_number=(number := an_id_number()))
    if who_is_it == "in a household":
        known.memberships.update(left_on=DAY, state="left", reason="resigned")
    there = f"/m/join/{tree.mill.number}/"
    prove(client, PHONE, there)
    name = "宋雨桐" if who_is_it == "a member" else "许安然"
    answer = client.post(there, filled_in(id_number=number, name=name))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert NEUTRAL in page and tree.quarry.name not in page and known.memberships.get().number not in page
    assert name in page, "what was typed is still there"
    assert Person.objects.count() == 1 and not MembershipApplication.objects.exists()


def test_a_newcomer_s_proof_ends_after_half_an_hour_and_opens_nothing_else(
    client: Client, tree: Tree
) -> None:
    there = f"/m/join/{tree.mill.number}/"
    prove(client, PHONE, there)
    assert PHONE not in str(dict(client.session.items()))
    assert client.get("/m/").status_code == 302
    assert client.get("/m/membership/").status_code == 302
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert client.get(there).status_code == 302


def test_an_unknown_phone_gets_no_code_at_the_ordinary_door(client: Client, tree: Tree) -> None:
    client.post("/m/login/", {"phone": PHONE, "next": "/m/"})
    assert not Message.objects.exists()


def test_a_union_that_is_not_there_is_not_found(client: Client, tree: Tree) -> None:
    for there in ("/join/GH-999999/", "/m/join/GH-999999/"):
        assert client.get(there).status_code == 404


def test_a_member_at_another_union_s_door_may_move_there(tree: Tree, signed_in: SignedIn) -> None:
    worker = a_worker(tree.mill)
    client = signed_in(worker)
    door = client.get(f"/m/join/{tree.quarry.number}/").content.decode()
    assert "您已是会员" in door and f"/m/membership/transfer/?to={tree.quarry.number}" in door
    form = client.get(f"/m/membership/transfer/?to={tree.quarry.number}").content.decode()
    assert tree.quarry.number in form
    sent = client.post("/m/membership/transfer/", {"to_unit": "石泉采石场工会", "key": "another-page"})
    page = client.get(sent.headers["Location"]).content.decode()
    assert "原工会转出" in page and "待转出" in page
    assert "正在转会" in client.get("/m/membership/").content.decode()
    cancel = re.search(r"/m/cases/transfer/[0-9a-f-]+/cancel/", page)
    assert cancel
    client.post(cancel[0], {})
    person = queries.person_of(worker)
    assert person is not None
    assert queries.current_membership(person).unit == tree.mill  # type: ignore[union-attr]


def test_a_worker_asks_to_keep_the_membership_and_leaves_only_when_certain(
    tree: Tree, signed_in: SignedIn
) -> None:
    worker = a_worker(tree.mill)
    client = signed_in(worker)
    member = Member.objects.get()
    assert client.post(f"/m/cases/membership/{member.public_id}/resign/", {}).status_code == 422
    client.post(f"/m/cases/membership/{member.public_id}/ask-to-retain/", {"reason": "retired"})
    assert "申请保留" in client.get("/m/membership/").content.decode()
    client.post(f"/m/cases/membership/{member.public_id}/resign/", {"is_certain": "on"})
    member.refresh_from_db()
    assert (member.state, member.reason, member.left_on) == ("left", "resigned", DAY)
    assert "您还不是会员" in client.get("/m/membership/").content.decode()


def test_another_worker_s_cases_are_not_found(tree: Tree, signed_in: SignedIn) -> None:
    row = applications.apply(actor=a_stranger(), **an_application(unit=tree.mill.number))
    member = Member.objects.filter(person=a_person(tree.mill)).get()
    client = signed_in(a_worker(tree.mill))
    for there in (
        f"/m/cases/membership-application/{row.public_id}/",
        f"/m/cases/membership-application/{row.public_id}/withdraw/",
        f"/m/cases/membership/{member.public_id}/resign/",
        f"/m/cases/hardship-file/{row.public_id}/",
    ):
        assert client.get(there).status_code == 404


def doors(client: Client, words: str) -> list[str]:
    """The numbers of the unions that the search leads to."""
    page = client.get("/join/", {"q": words}).content.decode()
    return re.findall(r'href="/join/([^/"]+)/"', page)


def test_a_part_of_the_unions_or_the_employers_name_leads_to_the_door(client: Client, tree: Tree) -> None:
    an_employer(tree.willow, name="翠屏食品厂", union=tree.mill)
    an_employer(tree.willow, name="翠屏旧厂", union=tree.mill, is_operating=False)
    an_employer(tree.willow, name="翠屏小店")
    assert doors(client, "禾纺织") == [tree.mill.number]
    assert doors(client, " 屏食 ") == [tree.mill.number]
    assert doors(client, "屏旧") == doors(client, "屏小") == doors(client, "没有的") == []
    # Which employers there are is not told.
    assert "翠屏食品厂" not in client.get("/join/", {"q": "屏食"}).content.decode()
    assert client.get(f"/join/{doors(client, '屏食')[0]}/").status_code == 200


def test_the_search_lists_neither_everything_nor_what_nobody_joins(client: Client, tree: Tree) -> None:
    assert doors(client, "") == doors(client, "工") == []
    for union in (tree.province, tree.city, tree.east):
        assert union.number not in doors(client, union.name)
    for _union in range(12):
        a_union("翠屏联合工会", tree.willow)
    page = client.get("/join/", {"q": "翠屏联合"}).content.decode()
    assert page.count("翠屏联合工会") == 10 and "还有更多" in page
    UnionBody.objects.filter(name="翠屏联合工会").update(dissolved_on=DAY)
    assert doors(client, "翠屏联合") == []


def test_a_service_point_leads_to_its_union_and_a_districts_to_the_search(client: Client, tree: Tree) -> None:
    for union, door in ((tree.willow, f"/join/{tree.willow.number}/"), (tree.east, "/join/")):
        page = client.get(f"/near/{a_point(union).public_id}/").content.decode()
        assert f'href="{door}"' in page
