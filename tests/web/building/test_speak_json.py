"""The same over the API: steps, rows that are added and struck, blank spots, the funnel, hints."""

import json
import uuid
from typing import Any

from django.test import Client

from niangjia.organisation.access import UNION_ORGANISER
from niangjia.organisation.building.kinds import State
from niangjia.organisation.models import UnionBuilding
from tests.building import DAY, RESULTS, VISIT, Path
from tests.cast import Tree, an_employer, who
from tests.families import a_worker
from tests.web.api.test_bring_papers import a_photo
from tests.web.hostile.browsers import browser

ROOT = "/api/v1"


def post(client: Client, url: str, key: str = "", **data: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{ROOT}{url}", json.dumps(data), content_type="application/json", headers=headers)


def test_a_case_is_begun_and_carried_on(path: Path, clerk: Client, approver: Client) -> None:
    employer, key = path.employer(), str(uuid.uuid4())
    facts = {"source": "visit", "kind": "grassroots_union", "employers": employer.uscc}
    made = [post(clerk, "/union-building/begin/", key, **facts).json() for _time in range(2)]
    assert made[0] == made[1] and UnionBuilding.objects.count() == 1
    case = f"/union-building/{made[0]['id']}"
    visit = {**VISIT, "visited_on": DAY.isoformat()}
    assert post(clerk, f"{case}/record-visit/", **visit).json()["state"] == "met"
    verified = {"name": "新禾厂", "kind": "grassroots_union", "staff_count": 60, "women_count": 20}
    assert post(clerk, f"{case}/verify/", **verified).json()["state"] == "verified"
    assert post(clerk, f"{case}/approve-preparation/", prepared_on=DAY.isoformat()).status_code == 403
    assert post(approver, f"{case}/approve-preparation/", prepared_on=DAY.isoformat()).status_code == 200
    for body, role, name, votes in RESULTS:
        row = post(clerk, f"{case}/added/result/", body=body, role=role, name=name, vote_count=votes)
        assert row.status_code == 200
    whole = clerk.get(f"{ROOT}{case}/").json()
    assert whole["state"] == "preparing" and whole["prepared_on"] == DAY.isoformat()
    assert [asked["is_met"] for asked in whole["bodies"]] == [True, False, True, False, False]
    assert "licence" in whole["papers_missing"]
    struck = next(row for row in whole["added"] if row["kind"] == "result")
    assert post(clerk, f"/union-building-rows/result/{struck['id']}/strike/").status_code == 200
    assert post(clerk, f"/union-building-rows/result/{struck['id']}/strike/").status_code == 404


def test_papers_go_up_and_come_down(path: Path, tree: Tree, clerk: Client) -> None:
    case = path.to(State.MET)
    url = f"{ROOT}/union-building/{case.public_id}/papers/"
    paper = clerk.post(url, {"kind": "licence", "upload": a_photo()}).json()
    assert paper["kind"] == "licence" and clerk.get(paper["url"]).status_code == 200
    assert clerk.post(url, {"kind": "nonsense", "upload": a_photo()}).status_code == 422
    assert browser(who(UNION_ORGANISER, tree.west).user).get(paper["url"]).status_code == 404


def test_lists_and_figures(path: Path, tree: Tree, clerk: Client) -> None:
    path.begin(an_employer(tree.willow, name="大厂", staff_count=99))
    [spot] = clerk.get(f"{ROOT}/blank-spots/").json()["rows"]
    assert (spot["name"], spot["case"] is not None) == ("大厂", True)
    assert clerk.get(f"{ROOT}/blank-spots/?followed=no").json()["rows"] == []
    rows = clerk.get(f"{ROOT}/union-building-funnel/").json()
    assert {row["state"]: row["came_in"] for row in rows}["lead"] == 1
    assert clerk.get(f"{ROOT}/union-building-funnel/?first=2027-01-01&last=2026-01-01").status_code == 422
    assert browser(a_worker(tree.willow).user).get(f"{ROOT}/blank-spots/").json()["rows"] == []


def test_a_hint_by_a_worker_is_answered_the_same_each_time(path: Path, tree: Tree) -> None:
    client, key = browser(a_worker(tree.willow).user), str(uuid.uuid4())
    said = {"source": "worker", "name": "新禾厂", "unit": str(tree.east.public_id)}
    answers = [post(client, "/hints/", key, **said) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert UnionBuilding.objects.count() == 1
    case = UnionBuilding.objects.get()
    assert client.get(f"{ROOT}/union-building/{case.public_id}/").status_code == 404
    # The clock's ways in have no address.
    assert post(client, "/union-building/take-from-list/", employer="x").status_code in {404, 405}
