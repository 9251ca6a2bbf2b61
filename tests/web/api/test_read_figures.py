"""Figures over the API: what there is, by union and month, for whoever may see it."""

import pytest

from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs import run_until_idle
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, who
from tests.families import a_person
from tests.web.api.conftest import ROOT, Calling

MEASURES = f"{ROOT}/measures/"
MEMBERS = f"{MEASURES}membership.members/values/"


@pytest.fixture
def counted(tree: Tree) -> Tree:
    a_person(tree.mill, joined_on="2026-02-10")
    refresh.enqueue(months=3)
    run_until_idle()
    return tree


def test_measures_come_with_their_definitions(counted: Tree, calling: Calling) -> None:
    clerk = calling(who(MEMBERSHIP_CLERK, counted.east)).get(MEASURES).json()
    [members] = [one for one in clerk["measures"] if one["name"] == "membership.members"]
    assert (members["unit"], members["unit_label"], members["is_flow"]) == ("person", "人", False)
    assert members["definition"].startswith("期末在册的会员")
    assert members["dimensions"][0] == {
        "name": "sex",
        "label": "性别",
        "codes": {"male": "男", "female": "女"},
    }
    assert {one["name"] for one in clerk["ratios"]} == {
        "organisation.coverage",
        "membership.density",
        "membership.completeness",
    }
    keeper = calling(who(ADMINISTRATOR, counted.east)).get(MEASURES).json()
    assert {one["name"].split(".")[0] for one in keeper["measures"]} == {"organisation"}


def test_values_come_by_union_and_month(counted: Tree, calling: Calling) -> None:
    clerk = calling(who(MEMBERSHIP_CLERK, counted.east))
    found = clerk.get(MEMBERS, {"unit": counted.willow.number}).json()
    assert found["unit"] == {"number": counted.willow.number, "name": counted.willow.name}
    values = {value["month"]: value for value in found["values"]}
    assert {month: value["value"] for month, value in values.items()} == {
        "2026-01-01": 0, "2026-02-01": 1, "2026-03-01": 1,
    }  # fmt: skip
    assert values["2026-03-01"]["parts"]["sex"] in ({"male": 1}, {"female": 1})
    assert [value["is_final"] for value in found["values"]] == [False, True, False]
    assert [value["is_reconstructed"] for value in found["values"]] == [True, False, False]
    some = clerk.get(MEMBERS, {"unit": counted.willow.number, "first": "2026-02-05", "last": "2026-02-28"})
    assert [value["month"] for value in some.json()["values"]] == ["2026-02-01"]


def test_what_is_out_of_sight_does_not_exist(counted: Tree, calling: Calling) -> None:
    clerk, keeper = calling(who(MEMBERSHIP_CLERK, counted.east)), calling(who(ADMINISTRATOR, counted.east))
    assert clerk.get(MEMBERS, {"unit": counted.quarry.number}).status_code == 404
    assert keeper.get(MEMBERS, {"unit": counted.mill.number}).status_code == 404
    assert clerk.get(f"{MEASURES}membership.nobody/values/", {"unit": counted.mill.number}).status_code == 404
    assert clerk.get(MEMBERS, {"unit": counted.mill.number, "first": "never"}).status_code == 422
