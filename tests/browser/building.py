"""A union that is being built, for the addresses that show it."""

from typing import Any

from niangjia.organisation.building import actions
from tests.browser.photos import a_photo
from tests.building import Path
from tests.cast import Tree


def a_union_on_its_way(tree: Tree) -> tuple[Any, Any, Any]:
    """The case, an employer in it, a paper."""
    path = Path(tree)
    row = path.to("met")
    paper = actions.attach(row, actor=path.organiser, kind="licence", upload=a_photo("licence.jpg", "blue"))
    return row, row.links.get(), paper
