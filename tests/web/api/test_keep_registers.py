"""The organisation's registers over the API, and the service points that anybody may read."""

import uuid
from typing import Any

import pytest
from django.test import Client

from niangjia.organisation.access import ORGANISATION_CLERK
from niangjia.organisation.models import Committee, EmployerPeriod, ServicePoint
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
