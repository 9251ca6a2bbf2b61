"""Choose rows in the list, fill one form, see what became of each."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import hardship, publish
from niangjia.kernel.access import Actor
from tests.cast import Tree
from tests.families import Path

SignedIn = Callable[[Actor], Client]
URL = reverse("bulk", args=[hardship.name, "publish"])


@pytest.fixture
def files(path: Path, tree: Tree) -> list[HardshipFile]:
    return [Path(tree).to(State.CHECKED) for _ in range(3)]


def test_the_list_offers_it_where_the_state_and_the_duty_fit(
    path: Path, files: list[HardshipFile], signed_in: SignedIn
) -> None:
    home = reverse("hardship_files")
    assert URL in signed_in(path.clerk).get(f"{home}?state=checked").content.decode()
    assert URL not in signed_in(path.clerk).get(home).content.decode()
    assert URL not in signed_in(path.reviewer).get(f"{home}?state=checked").content.decode()


def test_each_row_gets_its_own_answer(path: Path, files: list[HardshipFile], signed_in: SignedIn) -> None:
    client = signed_in(path.clerk)
    ids = [str(file.public_id) for file in files]
    assert client.post(URL, {"id": ids}).status_code == 200
    publish(files[1], actor=path.clerk)
    page = client.post(URL, {"id": ids, "go": "1", "remark": "集中公示"}).content.decode()
    assert "已办理 2 件" in page
    assert "有 1 件没有办理" in page
    assert set(HardshipFile.objects.values_list("state", flat=True)) == {State.ON_NOTICE}


def test_nothing_chosen_and_nonsense_are_answered_in_words(
    path: Path, files: list[HardshipFile], signed_in: SignedIn
) -> None:
    client = signed_in(path.clerk)
    assert client.post(URL, {}).status_code == 422
    assert client.post(URL, {"id": ["nonsense"]}).status_code == 404
    assert client.post(reverse("bulk", args=[hardship.name, "approve"]), {"id": ["x"]}).status_code == 404


def test_what_one_may_not_see_is_not_among_them(
    path: Path, files: list[HardshipFile], signed_in: SignedIn, tree: Tree
) -> None:
    other = Path(tree, tree.spring).to(State.APPLIED)
    page = signed_in(path.clerk).post(URL, {"id": [str(other.public_id), str(uuid.uuid4())]}).content.decode()
    assert other.number not in page
