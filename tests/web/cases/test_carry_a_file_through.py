"""The workbench, as clerks use it: inbox, detail, step, and what they are told when it does not go."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import hardship
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.organisation.access import AUDITOR
from tests.cast import Tree, who
from tests.families import APPLICATION, CHECK, DAY, REVIEW, VISIT, Path, a_person, a_worker
from tests.questions import questions

SignedIn = Callable[[Actor], Client]


def step_url(file: HardshipFile, slug: str) -> str:
    return reverse("step", args=[hardship.name, file.public_id, slug])


def test_three_people_carry_a_file_to_its_archive(path: Path, signed_in: SignedIn) -> None:
    file = path.apply()
    steps = [
        (path.reviewer, "review", REVIEW),
        (path.visitor, "record-visit", {**VISIT, "visited_on": DAY.isoformat()}),
        (path.clerk, "record-check", {**CHECK, "checked_on": DAY.isoformat()}),
        (path.clerk, "publish", {}),
    ]
    for actor, slug, data in steps:
        client = signed_in(actor)
        assert file.number in client.get(reverse("inbox")).content.decode()
        assert client.get(step_url(file, slug)).status_code == 200
        response = client.post(step_url(file, slug), {**data, "version": file.version}, follow=True)
        assert response.status_code == 200
        file.refresh_from_db()
        assert file.get_state_display() in response.content.decode()
    assert file.state == State.ON_NOTICE


@pytest.mark.parametrize("state", State.values)
def test_every_page_of_every_state_opens(path: Path, signed_in: SignedIn, state: str) -> None:
    file = path.to(state)
    for actor in (path.reviewer, path.visitor, path.clerk, path.approver, path.archivist):
        client = signed_in(actor)
        # The one who approves reads English: what a page says in each state must read in both.
        client.cookies["django_language"] = "en" if actor == path.approver else "zh-hans"
        for url in (
            reverse("inbox"),
            reverse("inbox") + "?view=waiting",
            reverse("inbox") + "?view=returned",
            reverse("hardship_files"),
            reverse("hardship_files") + f"?state={state}",
            reverse("hardship_file", args=[file.public_id]),
        ):
            assert client.get(url).status_code == 200, url


def test_who_has_done_a_step_is_led_to_the_next_case_on_the_desk(
    path: Path, signed_in: SignedIn, tree: Tree
) -> None:
    first, second = path.apply(), Path(tree).apply()
    client = signed_in(path.reviewer)
    answer = client.post(
        step_url(first, "review"),
        {**REVIEW, "version": first.version},
        follow=True,
    )
    page = answer.content.decode()
    assert "接着办下一件" in page
    assert reverse("hardship_file", args=[second.public_id]) in page
    assert (
        "接着办下一件" not in client.get(reverse("hardship_file", args=[second.public_id])).content.decode()
    )


def test_what_came_back_says_why_beside_the_next_step(path: Path, signed_in: SignedIn) -> None:
    file = path.to(State.REVIEWED)
    hardship.step("return-to-review")(file, actor=path.visitor, remark="类别与原因对不上，请重看")
    page = signed_in(path.reviewer).get(reverse("hardship_file", args=[file.public_id])).content.decode()
    assert page.index("下一步") < page.index("类别与原因对不上") < page.index("申请情况")


def test_the_papers_that_nobody_brought_are_named_but_none_that_the_reader_may_not_see(
    path: Path, signed_in: SignedIn
) -> None:
    file = path.apply()
    HardshipFile.objects.update(cause="illness", shares_health_with_unit=False)
    url = reverse("hardship_file", args=[file.public_id])
    assert "还没有：身份证件、户口簿、收入证明<" in signed_in(path.reviewer).get(url).content.decode()
    assert (
        "还没有：身份证件、户口簿、收入证明、病情与医疗费" in signed_in(path.clerk).get(url).content.decode()
    )


def test_sending_a_step_twice_does_it_once(path: Path, signed_in: SignedIn) -> None:
    file = path.apply()
    client = signed_in(path.reviewer)
    data = {**REVIEW, "version": file.version, "key": str(uuid.uuid4())}
    first = client.post(step_url(file, "review"), data)
    second = client.post(step_url(file, "review"), data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert [entry.action for entry in audit.history(file)].count("review") == 1


def test_the_second_of_two_clerks_is_told_who_was_first(path: Path, signed_in: SignedIn) -> None:
    file = path.apply()
    data = {**REVIEW, "version": file.version}
    signed_in(path.reviewer).post(step_url(file, "review"), data)
    late = signed_in(path.reviewer).post(step_url(file, "review"), data)
    assert late.status_code == 409
    assert str(path.reviewer.user) in late.content.decode()


def test_bad_input_comes_back_as_it_was_typed(path: Path, signed_in: SignedIn) -> None:
    file = path.to(State.REVIEWED)
    data = {**VISIT, "visited_on": "2027-01-01", "version": file.version}
    response = signed_in(path.visitor).post(step_url(file, "record-visit"), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "入户日期不能晚于今天" in page
    assert VISIT["findings"] in page


def test_a_stranger_gets_the_same_answer_as_for_nothing(path: Path, signed_in: SignedIn, tree: Tree) -> None:
    file = path.apply()
    stranger = signed_in(a_worker(tree.spring))
    there = stranger.get(reverse("hardship_file", args=[file.public_id]))
    nowhere = stranger.get(reverse("hardship_file", args=[uuid.uuid4()]))
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_nobody_enters_without_signing_in(path: Path) -> None:
    file = path.apply()
    response = Client().get(reverse("hardship_file", args=[file.public_id]))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_a_clerk_types_in_a_paper_application(path: Path, signed_in: SignedIn, tree: Tree) -> None:
    person = a_person(tree.willow, "柳青萍")
    url = reverse("begin", args=[hardship.name, "take-in"])
    client = signed_in(path.reviewer)
    assert client.get(url).status_code == 200
    response = client.post(
        url, {**APPLICATION, "id_number": person.id_number, "key": str(uuid.uuid4())}, follow=True
    )
    assert "柳青萍" in response.content.decode()
    assert f'href="{reverse("inbox")}">先不办' in client.get(url).content.decode()
    again = client.post(url, {**APPLICATION, "id_number": person.id_number})
    assert again.status_code == 409


def test_the_list_costs_the_same_whatever_its_length(path: Path, signed_in: SignedIn, tree: Tree) -> None:
    for _ in range(3):
        Path(tree).apply()
    client = signed_in(path.clerk)
    files = reverse("hardship_files")
    lists = [(files, 8), (f"{files}?only=unhelped", 8), (f"{files}?only=unchanged", 8)]
    for url, most in (*lists, (reverse("inbox"), 10)):
        assert questions(client, url) <= most


def test_the_list_is_cut_down_by_words_state_and_union(path: Path, signed_in: SignedIn, tree: Tree) -> None:
    mine, other = path.apply(), Path(tree, tree.maple).apply()
    client = signed_in(path.clerk)
    home = reverse("hardship_files")
    for query, shown, hidden in (
        (f"?q={mine.number}", mine, other),
        (f"?unit={tree.maple.number}", other, mine),
        (f"?unit={tree.willow.number}&state=applied", mine, other),
    ):
        page = client.get(home + query).content.decode()
        assert shown.number in page and hidden.number not in page
    number = mine.person.id_number
    page = client.post(home, {"q": number}).content.decode()
    assert mine.number in page and number not in page.replace(f'value="{number}"', "")


def test_an_auditor_reads_a_file_but_not_its_medical_papers(
    path: Path, signed_in: SignedIn, tree: Tree
) -> None:
    file = path.apply()
    auditor = signed_in(who(AUDITOR, tree.city))
    page = auditor.get(reverse("hardship_file", args=[file.public_id]))
    assert page.status_code == 200
    assert step_url(file, "review") not in page.content.decode()
