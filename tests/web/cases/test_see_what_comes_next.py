"""What a case shows of its way: the step that leads on, never one it cannot take; what happened, the latest first."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.urls import reverse

from niangjia.assistance.kinds import State as FileState
from niangjia.benefits.access import ASSESSOR, CONFIRMER
from niangjia.benefits.kinds import State
from niangjia.benefits.workflow.applications import confirm, publish
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.audit import happenings
from niangjia.web.portal.matters import way
from niangjia.web.shell.parts import Moment
from tests import cast
from tests.benefits.people import Way, a_scheme
from tests.cast import Tree
from tests.families import Path
from tests.web.conftest import SignedIn


@pytest.mark.parametrize("has_notice", [False, True], ids=["without notice", "with notice"])
def test_what_leads_on_is_the_desks_own_step_and_one_the_scheme_allows(
    tree: Tree, signed_in: SignedIn, has_notice: bool
) -> None:
    row = Way(tree, a_scheme(tree.city, papers="") if has_notice else None).to(State.ASSESSED)
    user = cast.a_user()
    for duty in (ASSESSOR, CONFIRMER):
        cast.a_post(duty, tree.city, user)
    shown = signed_in(Actor.of(user)).get(reverse("benefit", args=[row.public_id])).context
    right, wrong = (publish, confirm) if has_notice else (confirm, publish)
    assert shown["next"].transition is right
    assert wrong not in [offer.transition for offer in shown["offers"]]


def test_leaving_hardship_is_a_good_end(path: Path) -> None:
    file = path.to(FileState.EXITED)
    assert way(file, happenings(file))[-1].progress == "done"
    struck_off = path.to(FileState.STRUCK_OFF)
    assert way(struck_off, happenings(struck_off))[-1].progress == "stopped"


def test_a_long_history_is_folded_after_the_latest() -> None:
    def told(count: int) -> str:
        moments = [Moment(clock.now() - timedelta(days=one), f"第{one}次") for one in range(count)]
        return Template("{% load niangjia %}{% timeline moments %}").render(Context({"moments": moments}))

    assert "<details" not in told(12)
    latest, _fold, earlier = told(15).partition("<details")
    assert (latest.count("<li>"), earlier.count("<li>")) == (12, 3)
    assert "更早的 3 条" in earlier
