"""A file in which much happened: its page shows the latest, all of it when asked, and asks no oftener than others."""

import pytest
from django.urls import reverse

from niangjia.assistance.actions import attach
from niangjia.assistance.kinds import State
from niangjia.assistance.workflow import add_visit
from niangjia.kernel import clock
from tests.browser.photos import a_photo
from tests.cast import Tree
from tests.families import VISIT, Path
from tests.questions import questions
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import text

pytestmark = pytest.mark.django_db

# Photos that differ: the same one twice is kept once.
COLOURS = [
    "red",
    "green",
    "blue",
    "white",
    "black",
    "yellow",
    "purple",
    "orange",
    "pink",
    "brown",
    "gray",
    "cyan",
    "magenta",
]


def test_the_latest_visits_and_papers_stand_there_and_the_earlier_ones_are_a_click_away(
    tree: Tree, signed_in: SignedIn
) -> None:
    path = Path(tree)
    file = path.to(State.VISITED)
    for number in range(1, 4):
        found = {**VISIT, "visited_on": clock.today().isoformat(), "findings": f"第 {number} 次补充核实。"}
        add_visit(file, actor=path.visitor, **found)
    for number in range(13):
        attach(file, actor=path.clerk, kind="income", upload=a_photo(f"{number}号.jpg", COLOURS[number]))
    client, page = signed_in(path.clerk), reverse("hardship_file", args=[file.public_id])
    shown, whole = text(client.get(page)), text(client.get(f"{page}?whole=1"))
    for latest in ("第 3 次补充", "第 1 次补充", "12号.jpg", "1号.jpg", "更早的入户记录", "更早的材料"):
        assert latest in shown
    assert "房屋租住" not in shown and " 0号.jpg" not in shown and "更早的核对记录" not in shown
    assert "房屋租住" in whole and " 0号.jpg" in whole and "更早的材料" not in whole


def test_a_page_asks_no_more_of_a_long_file_than_of_a_short_one(tree: Tree, signed_in: SignedIn) -> None:
    path = Path(tree)
    file = path.to(State.VISITED)
    client, page = signed_in(path.clerk), reverse("hardship_file", args=[file.public_id])
    short = questions(client, page)
    for number in range(1, 4):
        found = {**VISIT, "visited_on": clock.today().isoformat(), "findings": f"第 {number} 次补充核实。"}
        add_visit(file, actor=path.visitor, **found)
        attach(file, actor=path.clerk, kind="income", upload=a_photo(f"{number}号.jpg", COLOURS[number]))
    assert questions(client, page) == short <= 18
