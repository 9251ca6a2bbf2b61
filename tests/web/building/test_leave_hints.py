"""At the public door: with or without a name, once, slowly, and never telling what is known."""

import uuid

import pytest
from django.test import Client

from niangjia.kernel import audit
from niangjia.organisation.access import UNION_ORGANISER
from niangjia.organisation.building import workflow
from niangjia.organisation.building.kinds import Source, State
from niangjia.organisation.models import UnionBuilding
from niangjia.web.shell.limits import MOST_HINTS
from tests.building import Path
from tests.cast import Tree, who
from tests.families import a_worker
from tests.web.hostile.browsers import browser, by_phone


def words(tree: Tree, **given: str) -> dict[str, str]:
    return {
        "source": "worker",
        "name": "新禾制造厂",
        "unit": str(tree.east.public_id),
        "message": "厂里六十多人，都想要工会。",
        "contact": "15400000009",
        "key": str(uuid.uuid4()),
        **given,
    }


def test_anybody_may_tell_the_district(path: Path, tree: Tree) -> None:
    client = Client()
    assert "东桥区总工会" in client.get("/hint/").content.decode()
    answer = client.post("/hint/", words(tree))
    assert answer.headers["Location"] == "/hint/thanks/"
    assert client.get("/hint/thanks/").status_code == 200
    case = UnionBuilding.objects.get()
    assert (case.state, case.source, case.unit, case.reporter) == (State.LEAD, Source.WORKER, tree.east, None)
    page = (
        browser(who(UNION_ORGANISER, tree.east).user)
        .get(f"/union-building/{case.public_id}/")
        .content.decode()
    )
    assert "154****0009" in page and "六十多人" not in page


def test_a_clerk_reads_it_for_a_reason(path: Path, tree: Tree) -> None:
    Client().post("/hint/", words(tree))
    case, client = UnionBuilding.objects.get(), browser(who(UNION_ORGANISER, tree.east).user)
    address = f"/union-building/{case.public_id}/full/message/"
    assert "六十多人" not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert "六十多人" in client.post(address, {"reason": "上门前了解情况"}).content.decode()
    assert audit.history(case).last().action == "reveal"  # type: ignore[union-attr]
    assert client.get(f"/union-building/{case.public_id}/full/name/").status_code == 404


def test_a_worker_sees_how_far_it_is_and_the_trail_does_not_name_them(path: Path, tree: Tree) -> None:
    worker = a_worker(tree.willow)
    client = by_phone(worker.account)
    client.post("/hint/", words(tree))
    case = UnionBuilding.objects.get()
    assert case.reporter == worker.user
    assert {entry.actor_id for entry in audit.history(case)} == {None}
    assert "已收到" in client.get("/m/hints/").content.decode()
    path.step(
        workflow.give_up,
        case,
        who(UNION_ORGANISER, tree.east),
        given_up_for="untrue",
        remark="按地址没有找到",
    )
    shown = client.get("/m/hints/").content.decode()
    assert "这次没有建成" in shown and "没有找到" not in shown
    assert client.get(f"/union-building/{case.public_id}/").status_code in {403, 404}
    assert "新禾制造厂" not in by_phone(a_worker(tree.willow).account).get("/m/hints/").content.decode()


def test_whoever_gave_the_hint_does_not_handle_it(path: Path, tree: Tree) -> None:
    from niangjia.kernel.errors import NotAllowed
    from niangjia.organisation.building import actions

    clerk = who(UNION_ORGANISER, tree.east)
    data = words(tree)
    del data["key"]
    case = actions.leave_hint(reporter=clerk, **data)
    with pytest.raises(NotAllowed, match="回避"):
        workflow.give_up(case, actor=clerk, given_up_for="untrue", remark="自己放弃自己的线索")
    with pytest.raises(NotAllowed, match="回避"):
        actions.add_employer(case, actor=clerk, employer=path.employer().uscc)


def test_the_answer_is_the_same_whatever_is_known(path: Path, tree: Tree) -> None:
    path.begin(path.employer(name="新禾制造厂"))
    for name in ("新禾制造厂", "从没听过的厂"):
        answer = Client().post("/hint/", words(tree, name=name))
        assert (answer.status_code, answer.headers["Location"]) == (302, "/hint/thanks/")


def test_a_double_click_is_one_hint(path: Path, tree: Tree) -> None:
    said, client = words(tree), Client()
    for _time in range(2):
        assert client.post("/hint/", said).status_code == 302
    assert UnionBuilding.objects.count() == 1


def test_bad_words_come_back_with_a_sentence(path: Path, tree: Tree) -> None:
    answer = Client().post("/hint/", words(tree, name="", unit=str(tree.willow.public_id)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请从列表中选择单位所在的区县" in page and "厂里六十多人" in page
    assert not UnionBuilding.objects.exists()


def test_nobody_floods_the_unions_desk(path: Path, tree: Tree) -> None:
    answers = [Client().post("/hint/", words(tree, name=f"第{number}厂")) for number in range(MOST_HINTS + 2)]
    assert [answer.status_code for answer in answers] == [302] * MOST_HINTS + [429, 429]
    assert UnionBuilding.objects.count() == MOST_HINTS
