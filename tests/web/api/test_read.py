"""Lists go on from the last row, show what the posts open and nothing else, and never break on what is asked."""

from typing import Any

import pytest

from niangjia.kernel.jobs import Job
from niangjia.kernel.jobs.models import State as JobState
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation.access import ADMINISTRATOR, PARAMETER_KEEPER
from niangjia.organisation.actions.rules import set_parameter
from tests.cast import Tree, an_employer, who
from tests.families import Path, a_person, an_id_number
from tests.web.api.conftest import FILES, ROOT, Caller, Calling

LISTS = [
    "tasks",
    "jobs",
    "hardship-file",
    "members",
    "unions",
    "employers",
    "posts",
    "delegations",
    "parameters",
    "committees",
    "officers",
    "service-points",
    "grid-cells",
]


def rows_of(client: Caller, address: str, **query: Any) -> list[dict[str, Any]]:
    """All pages."""
    found, after = [], ""
    while True:
        answer = client.get(f"{ROOT}/{address}/", {**query, "size": 2, "after": after})
        assert answer.status_code == 200, answer.content
        found += answer.json()["rows"]
        if not (after := answer.json()["after"]):
            return found


def test_every_list_goes_on_from_its_last_row(path: Path, calling: Calling, tree: Tree) -> None:
    for _ in range(3):
        Path(tree, path.unit).apply()
        an_employer(tree.willow)
    keeper = who(PARAMETER_KEEPER, tree.province)
    for day in ("2026-04-01", "2026-05-01", "2026-06-01"):
        period = {"value": "10", "valid_from": day, "source": "测试", "evidence": "decision"}
        set_parameter(actor=keeper, name="organisation.delegation_days", **period)
    reviewer, clerk = calling(path.reviewer), calling(who(MEMBERSHIP_CLERK, path.unit))
    assert len(rows_of(reviewer, "hardship-file")) == len(rows_of(reviewer, "tasks")) == 3
    assert len({row["id"] for row in rows_of(clerk, "members")}) == 4
    admin = calling(who(ADMINISTRATOR, tree.city))
    assert len({row["number"] for row in rows_of(admin, "unions")}) == 12
    assert len(rows_of(admin, "employers")) == 3
    assert len({row["id"] for row in rows_of(admin, "posts")}) >= 6
    assert [row["value"] for row in rows_of(admin, "parameters")] == [10, 10, 10]


@pytest.mark.parametrize("name", sorted(set(LISTS) - {"hardship-file"}))
def test_a_list_is_empty_for_whom_nothing_is_open(path: Path, browsing: Any, name: str) -> None:
    path.apply()
    assert browsing(path.worker).get(f"{ROOT}/{name}/").json()["rows"] == []


def test_files_are_cut_down_to_the_overlooked_ones(path: Path, calling: Calling, tree: Tree) -> None:
    kept, _applied = path.to("filed"), Path(tree, path.unit).apply()
    clerk = calling(path.clerk)
    assert [row["number"] for row in rows_of(clerk, "hardship-file", only="unhelped")] == [kept.number]
    assert rows_of(clerk, "hardship-file", only="unhelped", state="applied") == []
    assert rows_of(clerk, "hardship-file", only="unchanged") == []
    assert clerk.get(FILES, {"only": "bogus"}).status_code == 422


def test_a_worker_sees_their_own_file_and_no_other(path: Path, browsing: Any, tree: Tree) -> None:
    file, _other = path.apply(), Path(tree).apply()
    [row] = browsing(path.worker).get(FILES).json()["rows"]
    assert row["number"] == file.number


@pytest.mark.parametrize("name", ["members", "unions", "employers"])
def test_one_row_has_the_address_of_its_id_and_is_missing_out_of_sight(
    path: Path, calling: Calling, tree: Tree, name: str
) -> None:
    an_employer(tree.willow)
    clerk = calling(who(MEMBERSHIP_CLERK, path.unit.parent))
    [row, *_rest] = clerk.get(f"{ROOT}/{name}/").json()["rows"]
    assert clerk.get(f"{ROOT}/{name}/{row['id']}/").json() == row
    elsewhere = calling(who(MEMBERSHIP_CLERK, tree.spring))
    assert elsewhere.get(f"{ROOT}/{name}/{row['id']}/").status_code == 404


def test_numbers_are_masked(path: Path, calling: Calling) -> None:
    person = a_person(path.unit, phone="13812345678")
    clerk = calling(who(MEMBERSHIP_CLERK, path.unit))
    [row] = clerk.get(f"{ROOT}/members/", {"search": person.id_number}).json()["rows"]
    assert row["phone"] == "138****5678"
    assert person.id_number not in str(row)


def test_a_clerk_enrols_and_a_repeat_does_not(path: Path, calling: Calling) -> None:
    clerk = calling(who(MEMBERSHIP_CLERK, path.unit))
    body = {
        "name": "叶听澜", "id_number": an_id_number(), "unit": path.unit.number, "joined_on": "2026-03-02",
    }  # fmt: skip
    answers = [clerk.send(f"{ROOT}/members/", body, Idempotency_Key="enrol-1234") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert clerk.send(f"{ROOT}/members/", body).status_code == 409


def test_the_desk_says_whose_case_and_where(path: Path, calling: Calling) -> None:
    file = path.apply()
    client = calling(path.reviewer)
    [task] = client.get(f"{ROOT}/tasks/").json()["rows"]
    assert (task["number"], task["whose"]) == (file.number, file.person.name)
    assert client.get(task["url"]).json()["id"] == str(file.public_id)


def own_post(client: Caller, path: Path) -> dict[str, Any]:
    rows = client.get(f"{ROOT}/posts/").json()["rows"]
    return next(row for row in rows if row["duty"] == "assistance_reviewer")


def test_a_post_is_handed_over_and_taken_back(path: Path, calling: Calling) -> None:
    client = calling(path.reviewer)
    post = own_post(client, path)
    body = {
        "post": post["id"], "delegate": path.visitor.account.username, "reason": "出差",
        "from_on": "2026-03-02", "until_on": "2026-03-06",
    }  # fmt: skip
    made = client.send(f"{ROOT}/delegations/", body, Idempotency_Key="delegate-1").json()
    assert client.send(f"{ROOT}/delegations/", body, Idempotency_Key="delegate-1").json() == made
    delegate = calling(path.visitor)
    assert delegate.get(f"{ROOT}/me/").json()["posts"][-1]["acting_for"] == path.reviewer.account.name
    ended = client.send(f"{ROOT}/delegations/{made['id']}/end/")
    assert ended.json()["has_ended"] is True
    assert [post["acting_for"] for post in delegate.get(f"{ROOT}/me/").json()["posts"]] == [""]


@pytest.mark.parametrize("post", [None, "", "nonsense", 7, "00000000-0000-4000-8000-000000000000"])
def test_only_a_post_in_sight_is_handed_over(path: Path, calling: Calling, post: Any) -> None:
    body = {"post": post, "delegate": path.visitor.account.username, "reason": "出差"}
    assert calling(path.reviewer).send(f"{ROOT}/delegations/", body).status_code in (404, 422)


def test_a_colleague_of_no_authority_neither_sees_nor_ends_a_delegation(
    path: Path, calling: Calling, tree: Tree
) -> None:
    client = calling(path.reviewer)
    post = own_post(client, path)
    body = {
        "post": post["id"], "delegate": path.visitor.account.username, "reason": "出差",
        "from_on": "2026-03-02", "until_on": "2026-03-06",
    }  # fmt: skip
    made = client.send(f"{ROOT}/delegations/", body).json()
    stranger = calling(who(ADMINISTRATOR, tree.west))
    assert stranger.send(f"{ROOT}/delegations/{made['id']}/end/").status_code == 404


def test_one_sees_and_cancels_own_jobs_only(path: Path, calling: Calling) -> None:
    job = Job.objects.create(name="kernel.once.prune", asked_by=path.reviewer.user)
    mine, theirs = calling(path.reviewer), calling(path.visitor)
    assert mine.get(f"{ROOT}/jobs/{job.public_id}/").json()["label"] == "清理一次性请求"
    assert theirs.get(f"{ROOT}/jobs/{job.public_id}/").status_code == 404
    assert theirs.send(f"{ROOT}/jobs/{job.public_id}/cancel/").status_code == 404
    assert mine.send(f"{ROOT}/jobs/{job.public_id}/cancel/").json()["state"] == JobState.CANCELLED


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        {"after": "W10"},
        {"after": "WyJ4Il0"},
        {"after": "WzFlNDAwXQ"},
        {"after": "\0"},
        {"after": "[" * 5000},
        {"size": "many"},
        {"search": "\0", "state": "\0"},
    ],
)
def test_a_list_refuses_in_words_what_it_did_not_give_out(
    path: Path, calling: Calling, name: str, query: dict[str, str]
) -> None:
    answer = calling(path.reviewer).get(f"{ROOT}/{name}/", query)
    assert answer.status_code == 422, (name, query)
    assert answer.json()["sentence"]


def test_the_next_page_of_one_list_is_none_of_another(path: Path, calling: Calling, tree: Tree) -> None:
    admin = calling(who(ADMINISTRATOR, tree.city))
    after = admin.get(f"{ROOT}/unions/", {"size": 1}).json()["after"]
    assert admin.get(f"{ROOT}/parameters/", {"after": after}).status_code == 422


@pytest.mark.parametrize("size", [-1, 0, 10**30])
def test_a_page_has_a_bearable_size(path: Path, calling: Calling, size: int) -> None:
    assert calling(path.reviewer).get(FILES, {"size": size}).status_code == 200
