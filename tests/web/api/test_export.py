"""Lists as workbooks over the API: asked for, made in the background, fetched by whoever asked."""

import io
from typing import Any

import openpyxl
import pytest

from niangjia.kernel.jobs import run_until_idle
from niangjia.membership.access import MEMBERSHIP_CLERK
from tests.cast import Tree, who
from tests.families import a_person
from tests.web.api.conftest import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_is_made_and_fetched_by_who_asked(calling: Any, tree: Tree) -> None:
    person = a_person(tree.mill, "柳青萍")
    caller = calling(who(MEMBERSHIP_CLERK, tree.east))
    asked = {"list": "members", "unit": tree.mill.number}
    job = caller.send(f"{ROOT}/exports/", asked, Idempotency_Key="one-export-0001").json()
    assert caller.send(f"{ROOT}/exports/", asked, Idempotency_Key="one-export-0001").json()["id"] == job["id"]
    there = f"{ROOT}/jobs/{job['id']}/file/"
    assert caller.get(there).status_code == 404
    run_until_idle()
    assert caller.get(f"{ROOT}/jobs/{job['id']}/").json()["state"] == "done"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(caller.get(there).streaming_content)))
    rows = [[cell.value for cell in row] for row in book["会员名册"].rows]
    assert [row[0] for row in rows[1:]] == ["柳青萍"]
    assert person.id_number not in str(rows)
    assert calling(who(MEMBERSHIP_CLERK, tree.city)).get(there).status_code == 404


def test_what_one_may_not_see_is_not_exported(calling: Any, tree: Tree) -> None:
    clerk = calling(who(MEMBERSHIP_CLERK, tree.west))
    assert clerk.send(f"{ROOT}/exports/", {"list": "hardship-files"}).status_code == 403
    answer = clerk.send(f"{ROOT}/exports/", {"list": "members", "unit": tree.mill.number})
    assert answer.status_code == 404
    assert clerk.send(f"{ROOT}/exports/", {"list": "salaries"}).status_code == 422
