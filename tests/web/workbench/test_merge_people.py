"""The pages of duplicates: found, compared, proposed, carried out by a colleague, undone, over the API."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs.models import Job
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates.kinds import MergeState
from niangjia.membership.duplicates.models import DuplicatePair, PersonMerge
from tests.cast import Tree, an_actor, who
from tests.twins import twins
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import send, text


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(MEMBERSHIP_CLERK, tree.city)


def propose(client: Any, pair: DuplicatePair, **data: str) -> Any:
    url = reverse("duplicate", args=[pair.public_id])
    given = {"pair": str(pair.public_id), "keep": "first", "remark": "与本人核对过两张证件"}
    return send(client, url, **given | data)


def test_from_the_list_to_the_merge_and_back(tree: Tree, clerk: Actor, signed_in: SignedIn) -> None:
    pair = twins(tree.mill, tree.quarry)
    mine, other = signed_in(clerk), signed_in(an_actor(MEMBERSHIP_CLERK, tree.city))
    shown = text(mine.get(reverse("duplicates")))
    assert "宋雨桐" in shown and "证件类型不同" in shown and "石泉采石场工会" in shown
    beside = mine.get(reverse("duplicate", args=[pair.public_id]))
    assert pair.first.id_number not in beside.content.decode() and text(beside).count("不同") >= 3
    page = propose(mine, pair, identity="second").headers["Location"]
    row = PersonMerge.objects.get()
    assert row.taken == ["identity"] and "另一人办理" in text(mine.get(page))
    assert "宋雨桐" in text(other.get(reverse("inbox")))
    assert send(other, reverse("step", args=["person-merge", row.public_id, "merge"])).status_code == 302
    row.refresh_from_db()
    assert row.state == MergeState.MERGED
    away = other.get(reverse("person", args=[row.gone.public_id]), follow=True)
    assert away.redirect_chain[0][0] == reverse("person", args=[row.kept.public_id])
    assert "已并入下面这个人" in text(away)
    found = other.post("/members/", {"q": pair.first.id_number})
    assert "宋雨桐" in text(found)
    send(mine, reverse("step", args=["person-merge", row.public_id, "undo"]), remark="原来是两个人")
    assert "已撤销合并" in text(mine.get(page))


def test_whoever_sees_one_side_gets_neutral_words_and_passes_it_up(tree: Tree, signed_in: SignedIn) -> None:
    pair = twins(tree.mill, tree.quarry)
    client = signed_in(who(MEMBERSHIP_CLERK, tree.mill))
    for url in (reverse("duplicates"), reverse("duplicate", args=[pair.public_id])):
        shown = client.get(url).content.decode()
        assert "石泉" not in shown and pair.second.id_number[-4:] not in shown and "证件类型" not in shown
    assert propose(client, pair).status_code == 403
    assert client.post(reverse("duplicate_escalate", args=[pair.public_id])).status_code == 302
    assert "已提请上级核对" in text(client.get(reverse("duplicate", args=[pair.public_id])))
    assert "下级提请" in text(signed_in(who(MEMBERSHIP_CLERK, tree.city)).get(reverse("duplicates")))


def test_strangers_find_nothing(tree: Tree, clerk: Actor, signed_in: SignedIn) -> None:
    pair = twins(tree.mill, tree.quarry)
    propose(signed_in(clerk), pair)
    away = signed_in(who(MEMBERSHIP_CLERK, tree.market))
    row = PersonMerge.objects.get()
    for name, public_id in (("duplicate", pair.public_id), ("person_merge", row.public_id)):
        assert away.get(reverse(name, args=[public_id])).status_code == 404
    assert away.get(f"/api/v1/person-merge/{row.public_id}/").status_code == 404
    assert away.get("/api/v1/duplicates/").json()["rows"] == []


def test_dismissing_is_a_page_that_asks_why(tree: Tree, clerk: Actor, signed_in: SignedIn) -> None:
    pair = twins(tree.mill)
    client, url = signed_in(clerk), reverse("duplicate_dismiss", args=[pair.public_id])
    assert send(client, url, reason="").status_code == 422
    assert send(client, url, reason="双胞胎，已核对").headers["Location"] == reverse("duplicates")
    assert "名册很干净" in text(client.get(reverse("duplicates")))
    assert audit.history(pair).last().action == "dismiss"  # type: ignore[union-attr]


def test_a_wrong_form_comes_back_with_words(tree: Tree, clerk: Actor, signed_in: SignedIn) -> None:
    answer = propose(signed_in(clerk), twins(tree.mill), keep="both")
    assert answer.status_code == 422 and "保留哪一条登记" in text(answer)
    assert not PersonMerge.objects.exists()


def test_a_double_click_proposes_once(tree: Tree, clerk: Actor, signed_in: SignedIn) -> None:
    pair, client, key = twins(tree.mill), signed_in(clerk), str(uuid.uuid4())
    assert [propose(client, pair, key=key).status_code for _ in range(2)] == [302, 302]
    assert PersonMerge.objects.count() == 1


def test_looking_now_is_a_job(tree: Tree, clerk: Actor, signed_in: SignedIn) -> None:
    client = signed_in(clerk)
    client.post(reverse("duplicates_look"))
    client.post("/api/v1/duplicates/look/")
    assert Job.objects.filter(name="membership.duplicates.find").count() == 1


def test_the_api_does_the_same(tree: Tree, clerk: Actor, signed_in: SignedIn) -> None:
    pair = twins(tree.mill, tree.quarry)
    client, other = signed_in(clerk), signed_in(an_actor(MEMBERSHIP_CLERK, tree.city))
    [seen] = client.get("/api/v1/duplicates/").json()["rows"]
    assert seen["first"]["name"] == "宋雨桐" and "same_birth" in seen["reasons"]
    [half] = signed_in(who(MEMBERSHIP_CLERK, tree.quarry)).get("/api/v1/duplicates/").json()["rows"]
    assert half["first"] is None and half["reasons"] == []
    made = client.post(
        "/api/v1/person-merge/propose/",
        {"pair": str(pair.public_id), "keep": "second"},
        content_type="application/json",
    ).json()
    done = other.post(f"/api/v1/person-merge/{made['id']}/merge/", {}, content_type="application/json")
    assert done.json()["state"] == "merged"
    assert client.get(f"/api/v1/person-merge/{made['id']}/").json()["kept"]["name"] == "宋雨桐"
