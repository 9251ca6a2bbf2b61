"""A scheme, applications to it and somebody it was found for, for every address that shows them."""

from typing import Any

from niangjia.benefits import actions
from niangjia.kernel.access import Actor
from tests.benefits.people import Way, a_proposal
from tests.browser.photos import a_photo
from tests.cast import Tree


class Benefited:
    """Somebody asks for what a scheme gives, with a paper; the worker who looks on may apply too."""

    def __init__(self, tree: Tree, visitors: dict[str, Actor | None]) -> None:
        way = Way(tree)
        self.assessed = way.to("assessed")
        self.scheme = way.scheme
        asked = Way(tree, way.scheme)
        upload = a_photo("bill.jpg", "green")
        self.asked = asked.apply()
        self.rows: dict[str, Any] = {
            "benefit-papers": actions.attach(self.asked, actor=asked.worker, kind="medical", upload=upload),
            "proposals": a_proposal(way.scheme, self.assessed.person),
            "schemes": way.scheme,
        }
        visitors["worker with a benefit"] = asked.worker
