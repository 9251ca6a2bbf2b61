"""A clerk and the union above carry a case from the lead to the founded union, in a browser."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from niangjia.organisation.building import acceptance
from niangjia.organisation.building.kinds import State
from niangjia.organisation.models import Committee, Officer, UnionBody, UnionBuilding
from tests.building import ASSEMBLY, DAY, LATER_BODIES, REASON, RESULTS, VISIT, Path
from tests.cast import Tree, who
from tests.web.api.test_bring_papers import a_photo

TODAY = DAY.isoformat()


def page_of(case: UnionBuilding) -> str:
    return f"/union-building/{case.public_id}/"


def press(client: Client, case: UnionBuilding, slug: str, **data: Any) -> UnionBuilding:
    """The step's page shows, and its form does it."""
    case.refresh_from_db()
    address = f"/cases/union-building/{case.public_id}/{slug}/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"key": str(uuid.uuid4()), "version": case.version, **data})
    assert answer.status_code == 302, re.findall(r'class="error".*?</', answer.content.decode())
    assert client.get(page_of(case)).status_code in {200, 404}
    case.refresh_from_db()
    return case


def test_from_the_first_lead_to_the_union_in_the_tree(
    path: Path, tree: Tree, clerk: Client, approver: Client
) -> None:
    employer = path.employer(name="新禾制造厂")
    assert clerk.get("/cases/union-building/new/begin/").status_code == 200
    facts = {
        "source": "visit",
        "kind": "grassroots_union",
        "employers": f"新禾制造厂 {employer.uscc}",
        "name": "",
    }
    answer = clerk.post("/cases/union-building/new/begin/", {**facts, "key": str(uuid.uuid4())})
    case = UnionBuilding.objects.get()
    assert answer.headers["Location"] == page_of(case)
    press(clerk, case, "record-visit", **VISIT, visited_on=TODAY)
    press(clerk, case, "verify", name="新禾制造厂", kind="grassroots_union", staff_count=60, women_count=22)
    assert "营业执照" in clerk.get(page_of(case)).content.decode()
    clerk.post(f"{page_of(case)}papers/", {"kind": "licence", "upload": a_photo()})
    press(approver, case, "approve-preparation", prepared_on=TODAY)
    for body, role, name, votes in RESULTS:
        row = {"body": body, "role": role, "name": name, "vote_count": votes, "key": str(uuid.uuid4())}
        assert clerk.post(f"{page_of(case)}add/result/", row).status_code == 302
    press(clerk, case, "hold-assembly", **{**ASSEMBLY, "is_of_delegates": ""}, held_on=TODAY)
    press(approver, case, "ratify", remark="同意")
    assert case.approval_number == "工复〔2026〕1号"
    refused = clerk.post(
        f"/cases/union-building/{case.public_id}/found/",
        {"union_name": "新禾制造厂工会", "number": "XJ-000900", "founded_on": TODAY},
    )
    assert refused.status_code == 409
    assert "有牌子" in refused.content.decode()
    for body, role, name in LATER_BODIES:
        row = {"body": body, "role": role, "name": name, "vote_count": "", "key": str(uuid.uuid4())}
        assert clerk.post(f"{page_of(case)}add/result/", row).status_code == 302
    paper = case.papers.get()
    for item in acceptance.items(case):
        row = {"item": item.text, "paper": str(paper.public_id), "note": "", "key": str(uuid.uuid4())}
        assert clerk.post(f"{page_of(case)}add/tick/", row).status_code == 302
    gift = {"side": "owners", "amount": "1200", "is_in_kind": "on", "given_on": TODAY, "note": "图书 200 册"}
    assert (
        clerk.post(f"{page_of(case)}add/contribution/", {**gift, "key": str(uuid.uuid4())}).status_code == 302
    )
    press(clerk, case, "found", union_name="新禾制造厂工会", number="XJ-000900", founded_on=TODAY)

    union = UnionBody.objects.get(number="XJ-000900")
    employer.refresh_from_db()
    assert (case.state, case.union, employer.union) == (State.FOUNDED, union, union)
    assert union.parent == tree.willow and union.path.startswith(tree.willow.path)
    assert Committee.objects.filter(unit=union).count() == 5
    assert Officer.objects.get(unit=union, role="chair").name == "苏晓禾"
    shown = clerk.get(page_of(case)).content.decode()
    assert "1,200.00" in shown and "工复〔2026〕1号" in shown
    assert clerk.get(f"/building-papers/{paper.public_id}/").status_code == 200


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_page_for_both_sides(
    path: Path, clerk: Client, approver: Client, state: State
) -> None:
    case = path.to(state)
    for client in (clerk, approver):
        answer = client.get(page_of(case))
        assert answer.status_code == 200
        assert str(state.label) in answer.content.decode()
    assert case.number in clerk.get(f"/union-building/?state={state}").content.decode()


def test_others_do_not_even_find_it(path: Path, tree: Tree) -> None:
    from niangjia.organisation.access import ADMINISTRATOR, UNION_ORGANISER
    from tests.families import a_worker
    from tests.web.hostile.browsers import browser

    case = path.to(State.PREPARING)
    for stranger, status in (
        (who(UNION_ORGANISER, tree.spring), 404),
        (who(ADMINISTRATOR, tree.city), 403),
        (a_worker(tree.willow), 403),
    ):
        assert browser(stranger.user).get(page_of(case)).status_code == status


def test_a_row_struck_out_is_gone_and_stays_on_record(path: Path, clerk: Client) -> None:
    case = path.to(State.PREPARING)
    path.elect(case)
    row = case.elected.first()
    assert row is not None
    assert clerk.post(f"/building-rows/result/{row.public_id}/strike/").status_code == 302
    row.refresh_from_db()
    assert row.voided_at is not None
    assert clerk.post(f"/building-rows/result/{row.public_id}/strike/").status_code == 404
    assert "作废选举结果" in clerk.get(page_of(case)).content.decode()


def test_an_objection_is_heard_before_the_election_is_approved(
    path: Path, clerk: Client, approver: Client
) -> None:
    case = path.to(State.ELECTED)
    press(clerk, case, "contest", **REASON)
    assert approver.get(f"/cases/union-building/{case.public_id}/ratify/").status_code == 409
    press(approver, case, "uphold-objection", **REASON)
    assert case.state == State.PREPARING
