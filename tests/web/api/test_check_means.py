"""The economic check and help before filing, for programs."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.kinds import State
from niangjia.assistance.models import DataProvision, EconomicCheck
from niangjia.assistance.parameters import TEMPORARY_HELP
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs import run_until_idle
from niangjia.organisation.models import ParameterValue
from tests.cast import Tree, who
from tests.families import DAY, Path
from tests.membership.rosters import workbook
from tests.web.api.conftest import FILES, ROOT, Caller

pytestmark = pytest.mark.django_db

CHECKS = f"{ROOT}/economic-checks/"
HEAD = ["档案编号*", "核对日期*", "家庭年收入*", "存款*", "投资净值*", "住房套数*"]


def test_the_request_file_goes_out_once_each_time_it_is_asked_for(
    tree: Tree, path: Path, calling: Callable[[Actor], Caller]
) -> None:
    file, client = path.to(State.VISITED), calling(path.clerk)
    Path(tree).to(State.REVIEWED)
    assert [one["number"] for one in client.get(f"{CHECKS}waiting/").json()] == [file.number]
    assert client.send(f"{CHECKS}request/", {"receiver": ""}).status_code == 422
    assert not DataProvision.objects.exists()
    sent = client.send(f"{CHECKS}request/", {"receiver": "青禾核对中心"})
    sheet: Any = openpyxl.load_workbook(io.BytesIO(sent.content)).active
    assert [row[0] for row in sheet.values][1:] == [file.number]
    assert DataProvision.objects.get().receiver == "青禾核对中心"


def test_only_clerks_of_the_centre_ask_and_each_for_their_own(
    tree: Tree, path: Path, calling: Callable[[Actor], Caller]
) -> None:
    path.to(State.VISITED)
    for stranger in (path.reviewer, path.approver):
        assert calling(stranger).get(f"{CHECKS}waiting/").status_code == 403
        assert calling(stranger).send(f"{CHECKS}request/", {"receiver": "核对中心"}).status_code == 403
    west = calling(who(CENTRE_CLERK, tree.west))
    assert west.get(f"{CHECKS}waiting/").json() == []
    assert west.send(f"{CHECKS}request/", {"receiver": "核对中心"}).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_the_answer_file_comes_in_as_an_upload(
    tree: Tree, path: Path, calling: Callable[[Actor], Caller]
) -> None:
    file, client = path.to(State.VISITED), calling(path.clerk)
    told = [one["name"] for one in client.get(f"{ROOT}/sheets/").json()]
    assert "economic-checks" in told
    book = workbook([[file.number, DAY.isoformat(), 35800, 2600, 0, 1]], HEAD)
    sent = {"sheet": "economic-checks", "unit": tree.east.number, "upload": book}
    upload = client.post(f"{ROOT}/uploads/", sent).json()
    run_until_idle()
    client.send(f"{ROOT}/uploads/{upload['id']}/accept/")
    run_until_idle()
    file.refresh_from_db()
    assert (file.state, EconomicCheck.objects.get().deposits_amount) == (State.CHECKED, 2600)


def test_help_before_filing_is_the_approvers_where_the_region_allows_it(
    tree: Tree, path: Path, calling: Callable[[Actor], Caller]
) -> None:
    file = path.to(State.REVIEWED)
    address, approver = f"{FILES}{file.public_id}/temporary-help/", calling(path.approver)
    assert approver.send(address).status_code == 409
    ParameterValue.objects.create(name=TEMPORARY_HELP, value=True, valid_from=DAY)
    assert calling(path.clerk).send(address).status_code == 403
    assert calling(who(CENTRE_CLERK, tree.west)).send(address).status_code == 404
    assert approver.send(address).json()["number"] == file.number
    whole = approver.get(f"{FILES}{file.public_id}/").json()
    assert whole["temporary_help_on"] == DAY.isoformat()
    described = approver.get(f"{ROOT}/openapi.json").json()["paths"]
    for known in (f"{CHECKS}request/", f"{CHECKS}waiting/", FILES + "{public_id}/temporary-help/"):
        assert known in described
