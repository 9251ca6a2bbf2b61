"""Schemes for workers on file find them by themselves: who has no file is known to have none."""

import pytest

from niangjia.assistance.kinds import State
from niangjia.benefits.kinds import Finding
from niangjia.benefits.models import Proposal
from niangjia.benefits.proposals.finding import find
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from tests.benefits.people import a_scheme
from tests.cast import Tree
from tests.families import Path, a_person

pytestmark = pytest.mark.django_db


def test_the_relief_finds_those_on_file_and_asks_nobody_else(path: Path, tree: Tree) -> None:
    file = path.to(State.FILED)
    a_person(tree.mill)
    relief = a_scheme(tree.city, "350600-festival_relief", parameters="慰问金标准 = 1000", papers="")
    find([relief], clock.today(), actor=CLOCK)
    [found] = Proposal.objects.all()
    assert (found.person, found.finding, found.amount) == (file.person, Finding.ENTITLED, 1000)
