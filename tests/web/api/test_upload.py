"""A program uploads a roster: sends it, reads what was found, takes it in, takes it back."""

from collections.abc import Callable

import pytest

from niangjia.kernel.access import Actor
from niangjia.kernel.jobs import run_until_idle
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member
from tests.cast import Tree, who
from tests.membership.rosters import a_line, workbook
from tests.web.api.conftest import ROOT, Caller

UPLOADS = f"{ROOT}/uploads/"


@pytest.fixture
def caller(tree: Tree, calling: Callable[[Actor], Caller]) -> Caller:
    return calling(who(MEMBERSHIP_CLERK, tree.east))


def test_an_upload_over_the_api(caller: Caller, tree: Tree, calling: Callable[[Actor], Caller]) -> None:
    [sheet] = caller.get(f"{ROOT}/sheets/").json()
    assert sheet["name"] == "roster" and "证件号码" in sheet["columns"]
    assert caller.get(sheet["template"]).status_code == 200
    lines = [a_line(1, unit=tree.mill.name), a_line(2, "1", unit=tree.mill.name)]
    form = {"sheet": "roster", "unit": tree.east.number, "upload": workbook(lines)}
    sent = caller.post(UPLOADS, form)
    assert sent.status_code == 200, sent.content
    one = f"{UPLOADS}{sent.json()['id']}/"
    run_until_idle()
    found = caller.get(one).json()
    assert (found["state"], found["found"]) == ("checked", {"new": 1, "wrong": 1})
    assert found["problems"][0]["row"] == 3 and found["problems"][0]["column"] == "name"
    assert len(found["files"]) == 2
    accept = {"Idempotency_Key": "accept-it-once"}
    assert caller.send(f"{one}accept/", **accept).json()["state"] == "accepting"
    assert caller.send(f"{one}accept/", **accept).status_code == 200
    run_until_idle()
    assert caller.get(one).json()["done"] == {"new": 1, "wrong": 1}
    assert caller.send(f"{one}undo/").status_code == 200
    run_until_idle()
    assert Member.objects.get().state == "left"
    assert [row["state"] for row in caller.get(UPLOADS).json()["rows"]] == ["undone"]

    stranger = calling(who(MEMBERSHIP_CLERK, tree.west))
    assert stranger.get(one).status_code == 404
    assert stranger.send(f"{one}accept/").status_code == 404
    refused = stranger.post(UPLOADS, {**form, "upload": workbook(lines)})
    assert refused.status_code in (403, 404)
