"""Unions, employers, posts, delegations: seen within the subtree, changed by the administrator."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR
from niangjia.organisation.models import Delegation, Employer, Post, UnionBody
from tests.cast import Tree, a_delegation, a_post, a_uscc, a_user, an_employer, who
from tests.families import a_person, a_worker
from tests.questions import questions
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import send, text


@pytest.fixture
def administrator(tree: Tree, signed_in: SignedIn) -> Any:
    return signed_in(who(ADMINISTRATOR, tree.east))


@pytest.fixture
def onlooker(tree: Tree, signed_in: SignedIn) -> Any:
    """Sees the organisation, changes nothing."""
    return signed_in(who(AUDITOR, tree.east))


def at(name: str, row: Any) -> str:
    return reverse(name, args=[row.public_id])


def test_the_tree_begins_at_ones_own_post_and_goes_down(onlooker: Any, tree: Tree) -> None:
    assert onlooker.get("/unions/").headers["Location"] == at("union", tree.east)
    shown = text(onlooker.get(at("union", tree.east)))
    assert "柳塘街道总工会" in shown and "枫林街道总工会" in shown and "西岭" not in shown
    deep = onlooker.get(at("union", tree.mill)).content.decode()
    assert at("union", tree.willow) in deep and at("union", tree.east) in deep
    assert at("union", tree.city) not in deep


def test_whoever_holds_posts_in_two_places_chooses_first(signed_in: SignedIn, tree: Tree) -> None:
    user = a_post(AUDITOR, tree.mill).user
    a_post(AUDITOR, tree.quarry, user)
    shown = text(signed_in(Actor.of(user)).get("/unions/"))
    assert "青禾纺织厂工会" in shown and "石泉采石场工会" in shown


def test_a_union_says_how_many_members_it_and_those_below_have(signed_in: SignedIn, tree: Tree) -> None:
    for unit in (tree.mill, tree.logistics, tree.market):
        a_person(unit)
    client = signed_in(who(MEMBERSHIP_CLERK, tree.east))
    shown = client.get(at("union", tree.east)).content.decode()
    assert "3 人" in shown and f"/members/?unit={tree.east.number}" in shown
    assert "2 人" in shown


@pytest.mark.parametrize("words", ["青禾", "GH"])
def test_a_union_is_found_by_the_beginning_of_its_name_or_its_number(
    onlooker: Any, tree: Tree, words: str
) -> None:
    words = tree.mill.number if words == "GH" else words
    moved = onlooker.post("/unions/", {"q": words})
    shown = text(onlooker.get(moved.headers["Location"]))
    assert "青禾纺织厂工会" in shown and "快递员" not in shown
    assert "不在您辖区的工会不会列出" in text(onlooker.get("/unions/?q=石泉"))


def test_a_union_is_founded_renamed_moved_and_dissolved(administrator: Any, tree: Tree) -> None:
    url = at("union_found", tree.willow)
    assert administrator.get(url).status_code == 200
    given = {
        "name": "柳塘奶茶店联合工会",
        "number": "GH-900001",
        "kind": "joint_union",
        "level": "grassroots",
        "region": f"柳塘街道 {tree.willow.region.code}",
        "founded_on": "2026-03-01",
        "key": str(uuid.uuid4()),
    }
    first, again = administrator.post(url, given), administrator.post(url, given)
    made = UnionBody.objects.get(number="GH-900001")
    assert first.headers["Location"] == again.headers["Location"] == at("union", made)
    assert made.parent == tree.willow
    assert send(administrator, at("union_rename", made), name="柳塘茶饮联合工会").status_code == 302
    assert send(administrator, at("union_move", made), new_parent=tree.maple.number).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.parent) == ("柳塘茶饮联合工会", tree.maple)
    gone = send(administrator, at("union_dissolve", made), dissolved_on="2026-03-02", remark="并入街道工会")
    assert gone.status_code == 302
    assert "已撤销" in text(administrator.get(at("union", made)))


def test_bad_input_stands_beside_its_field(administrator: Any, tree: Tree) -> None:
    given = {"name": "新工会", "number": tree.mill.number, "kind": "joint_union", "level": "city"}
    answer = send(administrator, at("union_found", tree.willow), **given, region="1", founded_on="2030-01-01")
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) >= {"number", "region", "founded_on"}
    assert "已被使用" in text(answer)
    stuck = send(
        administrator, at("union_dissolve", tree.willow), dissolved_on="2026-03-02", remark="不再需要"
    )
    assert stuck.status_code == 409 and "还有下级工会" in text(stuck)
    moved = send(administrator, at("union_move", tree.willow), new_parent=tree.mill.number)
    assert moved.status_code == 422 and "它自己或它的下级" in text(moved)


def test_whoever_is_no_administrator_is_refused_in_words(onlooker: Any, tree: Tree) -> None:
    answer = send(onlooker, at("union_rename", tree.mill), name="随便改改")
    assert answer.status_code == 403 and "组织管理员" in text(answer)
    assert "更名" not in text(onlooker.get(at("union", tree.mill)))


def test_out_of_sight_is_like_nothing_and_workers_are_refused(
    administrator: Any, signed_in: SignedIn, tree: Tree
) -> None:
    away = an_employer(tree.spring)
    for name in ("union", "union_found", "union_rename", "union_move", "union_dissolve", "appoint"):
        assert administrator.get(at(name, tree.spring)).status_code == 404, name
    assert administrator.get(at("employer", away)).status_code == 404
    worker = signed_in(a_worker(tree.willow))
    for url in ("/unions/", "/employers/", "/employers/new/", "/delegations/", "/unions/suggested/?a=青"):
        assert worker.get(url).status_code == 403, url


def test_employers_are_listed_found_and_filtered(onlooker: Any, tree: Tree) -> None:
    assert "税务代收" in text(onlooker.get("/employers/"))
    one = an_employer(tree.willow, name="青禾纺织厂", union=tree.mill)
    an_employer(tree.maple, name="枫林市场")
    an_employer(tree.spring, name="石泉采石场")
    everything = text(onlooker.get("/employers/"))
    assert "青禾纺织厂" in everything and "枫林市场" in everything and "石泉" not in everything
    assert "青禾纺织厂" not in text(onlooker.get("/employers/?without=1"))
    assert "枫林市场" not in text(onlooker.get(f"/employers/?unit={tree.willow.number}"))
    for words in ("青禾", one.uscc):
        found = onlooker.post("/employers/", {"q": words}, follow=True)
        assert "青禾纺织厂" in text(found) and "枫林市场" not in text(found)
    assert one.uscc in text(onlooker.get(at("employer", one)))


def test_an_employer_is_registered_once(administrator: Any, tree: Tree) -> None:
    page = administrator.get(f"/employers/new/?unit={tree.willow.number}")
    assert page.context["form"].initial["unit"] == f"柳塘街道总工会 {tree.willow.number}"
    given = {
        "name": "听澜茶饮店",
        "uscc": a_uscc(),
        "unit": tree.willow.number,
        "region": tree.willow.region.code,
        "industry": "H",
        "kind": "600",
        "staff_count": "8",
        "is_operating": "true",
    }
    made = send(administrator, "/employers/new/", **given)
    assert made.headers["Location"] == at("employer", Employer.objects.get(name="听澜茶饮店"))
    again = send(administrator, "/employers/new/", **given)
    assert again.status_code == 422
    assert "已登记为“听澜茶饮店”" in str(again.context["form"].errors["uscc"])


def test_lists_ask_the_database_the_same_whatever_their_length(onlooker: Any, tree: Tree) -> None:
    for _ in range(5):
        an_employer(tree.willow, union=tree.mill)
    for url, most in (("/employers/", 11), (at("union", tree.east), 16), ("/unions/?q=青", 10)):
        assert questions(onlooker, url) <= most


def test_somebody_is_appointed_and_the_post_ends(administrator: Any, tree: Tree) -> None:
    colleague = a_user("柳青萍")
    url = at("appoint", tree.mill)
    assert administrator.get(url).status_code == 200
    given = {"user": f"柳青萍 {colleague.username}", "duty": MEMBERSHIP_CLERK.name, "from_on": "2026-03-02"}
    assert send(administrator, url, **given).status_code == 302
    post = Post.objects.get(user=colleague)
    assert (post.unit, post.duty) == (tree.mill, MEMBERSHIP_CLERK.name)
    assert "柳青萍" in text(administrator.get(at("union", tree.mill)))
    twice = send(administrator, url, **given)
    assert twice.status_code == 422 and "已任此职" in text(twice)
    assert send(administrator, at("post_end", post), until_on="").status_code == 302
    post.refresh_from_db()
    assert post.ended_at is not None


def test_nobody_appoints_themselves(administrator: Any, tree: Tree) -> None:
    me = who(ADMINISTRATOR, tree.east).account
    given = {"user": me.username, "duty": MEMBERSHIP_CLERK.name, "from_on": "2026-03-02"}
    assert send(administrator, at("appoint", tree.mill), **given).status_code == 403


def test_a_post_is_handed_over_in_two_clicks_and_taken_back(signed_in: SignedIn, tree: Tree) -> None:
    me, colleague = who(MEMBERSHIP_CLERK, tree.willow), a_post(AUDITOR, tree.willow, a_user("沈望川")).user
    client = signed_in(me)
    post = Post.objects.get(user=me.account)
    first = client.get("/delegations/").content.decode()
    assert at("post_delegate", post) in first
    page = client.get(at("post_delegate", post))
    assert "交给 沈望川" in text(page)
    form = page.context["form"]
    filled = {name: form[name].value() for name in ("from_on", "until_on", "reason")}
    assert filled["until_on"] - filled["from_on"] == timedelta(days=7)
    assert send(client, at("post_delegate", post), delegate=colleague.username, **filled).status_code == 302
    delegation = Delegation.objects.get()
    assert delegation.delegate == colleague
    assert "沈望川 代" in text(client.get("/delegations/"))
    assert Actor.of(colleague).has(MEMBERSHIP_CLERK)
    assert client.post(at("delegation_end", delegation)).status_code == 302
    assert not Actor.of(colleague).has(MEMBERSHIP_CLERK)
    assert client.post(at("delegation_end", delegation)).status_code == 409


def test_the_one_who_acts_sees_for_whom_and_may_give_it_back(signed_in: SignedIn, tree: Tree) -> None:
    post = a_post(MEMBERSHIP_CLERK, tree.willow, a_user("柳青萍"))
    stand_in = a_user("沈望川")
    delegation = a_delegation(post, stand_in, clock.today(), clock.today() + timedelta(days=3))
    client = signed_in(Actor.of(stand_in))
    assert "沈望川 代 柳青萍" in text(client.get("/delegations/"))
    assert client.post(at("delegation_end", delegation)).status_code == 302


def test_a_stranger_neither_sees_nor_ends_it(signed_in: SignedIn, tree: Tree) -> None:
    post = a_post(MEMBERSHIP_CLERK, tree.willow, a_user("柳青萍"))
    delegation = a_delegation(post, a_user(), clock.today(), clock.today() + timedelta(days=3))
    client = signed_in(who(MEMBERSHIP_CLERK, tree.spring))
    assert "柳青萍" not in text(client.get("/delegations/"))
    assert client.post(at("delegation_end", delegation)).status_code == 404
    assert client.get(at("post_delegate", post)).status_code == 404


def test_too_long_an_absence_is_refused_beside_the_date(signed_in: SignedIn, tree: Tree) -> None:
    me, colleague = who(MEMBERSHIP_CLERK, tree.willow), a_post(AUDITOR, tree.willow).user
    given = {
        "delegate": colleague.username,
        "from_on": "2026-03-02",
        "until_on": "2026-12-31",
        "reason": "学习",
    }
    answer = send(signed_in(me), at("post_delegate", Post.objects.get(user=me.account)), **given)
    assert answer.status_code == 422
    assert "最长 30 天" in str(answer.context["form"].errors["until_on"])


def test_boxes_suggest_what_is_within_sight(administrator: Any, onlooker: Any, tree: Tree) -> None:
    an_employer(tree.willow, name="青禾纺织厂")
    shown = administrator.get("/unions/suggested/?parent=青").content.decode()
    assert f"青禾纺织厂工会 {tree.mill.number}" in shown
    assert "<option" not in administrator.get("/unions/suggested/?parent=石").content.decode()
    assert "<option" not in administrator.get("/unions/suggested/?parent=").content.decode()
    assert "青禾纺织厂 9199" in administrator.get("/employers/suggested/?employer=青禾").content.decode()
    assert tree.willow.region.code in administrator.get("/regions/suggested/?region=柳塘").content.decode()
    a_post(AUDITOR, tree.spring, a_user("韩若谷"))
    assert "韩若谷" in administrator.get("/staff/suggested/?user=韩").content.decode()
    assert "韩若谷" not in onlooker.get("/staff/suggested/?user=韩").content.decode()
