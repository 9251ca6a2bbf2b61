"""The organisation's registers over the API, and the service points that anybody may read."""

import uuid
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import audit
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation.access import ORGANISATION_CLERK
from niangjia.organisation.models import Committee, EmployerPeriod, ServicePoint, Team
from tests.cast import Tree, a_cell, a_committee, a_point, an_employer, an_officer, who
from tests.web.api.conftest import ROOT, Caller, Calling


@pytest.fixture
def clerk(tree: Tree, calling: Calling) -> Any:
    return calling(who(ORGANISATION_CLERK, tree.east))


def test_a_term_is_begun_and_renewed_once_however_often_it_is_sent(clerk: Caller, tree: Tree) -> None:
    body = {
        "unit": tree.mill.number,
        "kind": "union_committee",
        "number": 1,
        "from_on": "2023-03-02",
        "term_years": 3,
    }
    key = str(uuid.uuid4())
    first, again = (clerk.send(f"{ROOT}/committees/", body, Idempotency_Key=key) for _ in range(2))
    assert first.status_code == 200, first.content
    assert first.json() == again.json()
    assert (first.json()["until_on"], Committee.objects.count()) == ("2026-03-01", 1)
    made = first.json()["id"]
    overdue = clerk.get(f"{ROOT}/committees/?overdue=true").json()["rows"]
    assert [row["id"] for row in overdue] == [made]
    renewed = clerk.send(f"{ROOT}/committees/{made}/renew/", {"from_on": "2026-03-02", "term_years": 5})
    assert renewed.json()["number"] == 2
    stale = clerk.send(f"{ROOT}/committees/{made}/renew/", {"from_on": "2026-03-02", "term_years": 5})
    assert stale.status_code == 409 and "已于" in stale.json()["sentence"]


def test_an_officer_sits_and_leaves(clerk: Caller, tree: Tree) -> None:
    committee = a_committee(tree.mill)
    url = f"{ROOT}/committees/{committee.public_id}/officers/"
    body = {
        "name": "苏晓禾",
        "role": "chair",
        "route": "elected",
        "from_on": "2026-01-05",
        "phone": "13900000107",
    }
    refused = clerk.send(url, body)
    assert refused.status_code == 422 and list(refused.json()["problems"]) == ["declares_no_kinship"]
    seated = clerk.send(url, body | {"declares_no_kinship": True})
    assert (seated.status_code, seated.json()["phone"]) == (200, "139****0107")
    whole = clerk.get(f"{ROOT}/committees/{committee.public_id}/").json()
    assert [seat["name"] for seat in whole["seats"]] == ["苏晓禾"]
    left = clerk.send(
        f"{ROOT}/officers/{seated.json()['id']}/leave/", {"until_on": "2026-03-01", "end_reason": "resigned"}
    )
    assert left.json()["until_on"] == "2026-03-01"
    assert clerk.get(f"{ROOT}/officers/").json()["rows"] == []


def test_an_employer_tells_what_it_was(clerk: Caller, tree: Tree) -> None:
    body = {
        "name": "翠屏食品厂", "uscc": "", "unit": tree.willow.number, "region": tree.willow.region.code,
        "industry": "C", "kind": "170", "staff_count": 80,
    }  # fmt: skip
    assert clerk.send(f"{ROOT}/employers/", body).status_code == 422
    employer = an_employer(tree.willow, staff_count=60)
    url = f"{ROOT}/employers/{employer.public_id}"
    for day, staff in (("2026-01-01", 90), ("2026-02-01", 120)):
        changed = clerk.send(f"{url}/change/", {"from_on": day, "reason": "月报", "staff_count": staff})
        assert (changed.status_code, changed.json()["staff_count"]) == (200, staff)
    assert [row["staff_count"] for row in clerk.get(f"{url}/periods/").json()] == [120, 90, 60]
    assert clerk.get(f"{url}/periods/2026-01-31/").json()["staff_count"] == 90
    assert clerk.get(f"{url}/periods/2010-01-01/").status_code == 404
    assert clerk.get(f"{url}/periods/yesterday/").status_code == 422
    assert EmployerPeriod.objects.count() == 3


def test_a_point_is_opened_changed_and_closed(clerk: Caller, tree: Tree) -> None:
    body = {
        "name": "柳塘驿站", "kind": "rest_station", "unit": tree.willow.number,
        "region": tree.willow.region.code, "address": "青禾路 12 号", "latitude": "30.123456",
        "longitude": "120.654321", "opened_on": "2026-01-01", "monday": "9:00-17:00", "has_water": True,
    }  # fmt: skip
    made = clerk.send(f"{ROOT}/service-points/", body).json()
    assert (made["latitude"], made["hours"]["monday"], made["facilities"]) == (
        "30.123456",
        "09:00-17:00",
        ["water"],
    )
    assert made["today"]["is_open"] is True
    url = f"{ROOT}/service-points/{made['id']}"
    changed = clerk.send(f"{url}/change/", body | {"has_wifi": True}).json()
    assert sorted(changed["facilities"]) == ["water", "wifi"]
    special = {"from_on": "2026-03-02", "hours": "", "reason": "装修"}
    assert clerk.send(f"{url}/special-hours/", special).json()["today"]["is_open"] is False
    closed = clerk.send(f"{url}/close/", {"closed_on": "2026-03-02", "remark": "到期"}).json()
    assert closed["closed_on"] == "2026-03-02"


def test_anybody_reads_open_points_and_proxies_may_keep_them(tree: Tree) -> None:
    point = a_point(tree.willow)
    a_point(tree.spring, closed_on="2026-01-01")
    answer = Client().get(f"{ROOT}/public/service-points/")
    assert [row["id"] for row in answer.json()["rows"]] == [str(point.public_id)]
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    one = Client().get(f"{ROOT}/public/service-points/{point.public_id}/")
    assert one.json()["name"] == point.name
    for place, count in ((tree.east.region.code, 1), (tree.west.region.code, 0), ("nowhere", 0)):
        assert len(Client().get(f"{ROOT}/public/service-points/", {"place": place}).json()["rows"]) == count


def test_a_cell_is_drawn_with_its_worker_and_strangers_see_none(
    clerk: Caller, calling: Calling, tree: Tree
) -> None:
    body = {
        "number": "WG-9", "name": "青禾网格", "unit": tree.willow.number,
        "region": tree.willow.region.code, "from_on": "2026-01-01",
    }  # fmt: skip
    made = clerk.send(f"{ROOT}/grid-cells/", body).json()
    head = {"name": "程远舟", "role": "head", "from_on": "2026-01-02"}
    assert clerk.send(f"{ROOT}/grid-cells/{made['id']}/workers/", head).status_code == 200
    assert clerk.get(f"{ROOT}/grid-cells/").json()["rows"][0]["workers"] == ["程远舟"]
    stranger = calling(who(ORGANISATION_CLERK, tree.west))
    assert stranger.get(f"{ROOT}/grid-cells/").json()["rows"] == []
    assert stranger.send(f"{ROOT}/grid-cells/{made['id']}/workers/", head).status_code == 404
    committee = an_officer(a_committee(tree.mill)).committee
    assert committee and stranger.get(f"{ROOT}/committees/{committee.public_id}/").status_code == 404
    point = a_point(tree.willow)
    assert stranger.send(f"{ROOT}/service-points/{point.public_id}/close/", {}).status_code == 404
    assert ServicePoint.objects.get(pk=point.pk).closed_on is None
    assert a_cell(tree.willow).ended_on is None


def test_a_cell_changes_and_is_given_up_with_its_worker(clerk: Caller, calling: Calling, tree: Tree) -> None:
    cell = a_cell(tree.willow)
    url = f"{ROOT}/grid-cells/{cell.public_id}"
    worker = clerk.send(
        f"{url}/workers/", {"name": "程远舟", "role": "worker", "from_on": "2026-01-02"}
    ).json()
    left = {"until_on": "2026-02-01", "end_reason": "resigned"}
    gone = clerk.send(f"{ROOT}/grid-workers/{worker['id']}/leave/", left)
    assert (gone.status_code, gone.json()["until_on"]) == (200, "2026-02-01"), gone.content
    clerk.send(f"{url}/workers/", {"name": "苏晓禾", "role": "head", "from_on": "2026-02-02"})
    body = {
        "number": cell.number, "name": "柳塘北片", "unit": tree.maple.number,
        "region": tree.maple.region.code, "boundary": "东至河", "from_on": "2015-01-01",
    }  # fmt: skip
    stranger = calling(who(ORGANISATION_CLERK, tree.west))
    assert stranger.send(f"{url}/change/", body).status_code == stranger.get(f"{url}/").status_code == 404
    assert stranger.send(f"{ROOT}/grid-workers/{worker['id']}/leave/", left).status_code == 404
    key = str(uuid.uuid4())
    first, again = (clerk.send(f"{url}/change/", body, Idempotency_Key=key) for _ in range(2))
    assert (first.json(), first.json()["name"]) == (again.json(), "柳塘北片"), first.content
    assert [entry.action for entry in audit.history(cell)] == ["change"]
    assert clerk.send(f"{url}/change/", body | {"name": ""}).status_code == 422
    whole = clerk.get(f"{url}/").json()
    assert [(one["name"], one["unit"]["number"]) for one in whole["seats"]] == [
        ("程远舟", tree.willow.number),
        ("苏晓禾", tree.maple.number),
    ]
    ended = clerk.send(f"{url}/end/", {"ended_on": "2026-03-01", "remark": "并入南片"}).json()
    assert (ended["ended_on"], ended["workers"]) == ("2026-03-01", [])
    assert clerk.send(f"{url}/change/", body).status_code == 409


def test_other_hours_are_told_dropped_once_and_a_closed_point_comes_back(
    clerk: Caller, calling: Calling, tree: Tree
) -> None:
    point = a_point(tree.willow)
    url = f"{ROOT}/service-points/{point.public_id}"
    clerk.send(f"{url}/special-hours/", {"from_on": "2026-03-02", "hours": "", "reason": "装修"})
    [special] = clerk.get(f"{url}/").json()["special_hours"]
    assert (special["reason"], special["hours"], special["until_on"]) == ("装修", "", None)
    drop = f"{ROOT}/special-hours/{special['id']}/drop/"
    assert calling(who(ORGANISATION_CLERK, tree.west)).send(drop, {}).status_code == 404
    key = str(uuid.uuid4())
    first, again = (clerk.send(drop, {}, Idempotency_Key=key) for _ in range(2))
    assert (first.status_code, again.json()["id"]) == (200, str(point.public_id)), first.content
    assert [entry.action for entry in audit.history(point)] == ["special_hours", "drop_special_hours"]
    assert clerk.send(drop, {}).status_code == 404
    assert clerk.send(f"{url}/reopen/", {"remark": "装修完了"}).status_code == 409
    clerk.send(f"{url}/close/", {"closed_on": "2026-03-02", "remark": "到期"})
    assert clerk.send(f"{url}/reopen/", {"remark": "装修完了"}).json()["closed_on"] is None


def test_a_team_is_formed_serves_and_is_disbanded(clerk: Caller, calling: Calling, tree: Tree) -> None:
    form = f"{ROOT}/unions/{tree.willow.public_id}/teams/"
    body = {"name": "柳塘指导队", "kind": "specialists", "from_on": "2026-01-05"}
    stranger = calling(who(ORGANISATION_CLERK, tree.west))
    assert stranger.send(form, body).status_code == 404
    assert calling(who(MEMBERSHIP_CLERK, tree.east)).send(form, body).status_code in (403, 404)
    key = str(uuid.uuid4())
    first, again = (clerk.send(form, body, Idempotency_Key=key) for _ in range(2))
    assert (first.status_code, first.json()) == (200, again.json()), first.content
    assert Team.objects.count() == 1
    url = f"{ROOT}/teams/{first.json()['id']}"
    member = {
        "name": "程远舟", "specialty": "general", "basis": "contract", "from_on": "2026-01-06",
        "contract_until": "2027-01-05", "phone": "13900000107", "posted_to": tree.maple.number, "title": "副主席",
    }  # fmt: skip
    assert list(clerk.send(f"{url}/members/", member).json()["problems"]) == ["specialty"]
    seated = clerk.send(f"{url}/members/", member | {"specialty": "law_supervision"}).json()
    assert (seated["phone"], seated["posted_to"]["number"]) == ("139****0107", tree.maple.number)
    assert stranger.get(f"{url}/").status_code == stranger.send(f"{url}/disband/", {}).status_code == 404
    left = {"until_on": "2026-02-01", "end_reason": "resigned"}
    assert stranger.send(f"{ROOT}/team-members/{seated['id']}/leave/", left).status_code == 404
    assert clerk.get(f"{ROOT}/teams/").json()["rows"][0]["serving_count"] == 1
    gone = clerk.send(f"{ROOT}/team-members/{seated['id']}/leave/", left).json()
    assert gone["until_on"] == "2026-02-01"
    ended = clerk.send(f"{url}/disband/", {"ended_on": "2026-03-01", "remark": "任务完成"}).json()
    assert (ended["ended_on"], ended["serving_count"]) == ("2026-03-01", 0)
    assert clerk.get(f"{url}/").json()["members"][0]["name"] == "程远舟"
    assert clerk.get(f"{ROOT}/teams/").json()["rows"] == []
    assert clerk.send(f"{url}/members/", member | {"specialty": "law_supervision"}).status_code == 409
