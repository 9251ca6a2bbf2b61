"""Teams of union workers: specialists, professional and social union workers, their contracts and postings."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.organisation import actions
from niangjia.organisation.access import AUDITOR, ORGANISATION_CLERK
from niangjia.organisation.models import Team
from niangjia.organisation.queries import teams as queries
from tests.cast import Tree, who

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(date(2026, 3, 2)):
        yield


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(ORGANISATION_CLERK, tree.east)


@pytest.fixture
def team(tree: Tree, clerk: Actor) -> Team:
    given = {"name": "东桥区社会化工会工作者队伍", "kind": "social_workers", "from_on": "2025-01-06"}
    return actions.form_team(tree.east, actor=clerk, **given)


def words(**given: Any) -> dict[str, Any]:
    return {
        "name": "柳青萍", "specialty": "assistance", "basis": "contract", "from_on": "2025-02-01",
        "contract_until": "2027-01-31", **given,
    }  # fmt: skip


def test_a_worker_is_engaged_posted_and_leaves(tree: Tree, clerk: Actor, team: Team) -> None:
    posted = words(posted_to=tree.willow.number, title="街道总工会副主席", phone="13900000110")
    member = actions.seat_team_member(team, actor=clerk, **posted)
    assert (member.posted_to, member.unit) == (tree.willow, tree.east)
    assert queries.team_visible_to(clerk, team.public_id).serving_count == 1  # type: ignore[attr-defined]
    actions.end_team_member(member, actor=clerk, until_on="2026-01-31", end_reason="contract")
    assert queries.team_visible_to(clerk, team.public_id).serving_count == 0  # type: ignore[attr-defined]
    assert [entry.action for entry in audit.history(member)] == ["take_seat", "leave_seat"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"contract_until": ""}, "contract_until"),
        ({"contract_until": "2024-01-01"}, "contract_until"),
        ({"title": "副主席"}, "posted_to"),
        ({"posted_to": "GH-NOWHERE"}, "posted_to"),
        ({"phone": "12345"}, "phone"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    clerk: Actor, team: Team, given: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.seat_team_member(team, actor=clerk, **words(**given))
    assert list(refusal.value.problems) == [field]


def test_a_specialist_names_a_specialty(tree: Tree, clerk: Actor) -> None:
    given = {"name": "专业指导员", "kind": "specialists", "from_on": "2025-01-06"}
    team = actions.form_team(tree.east, actor=clerk, **given)
    with pytest.raises(Invalid, match="写明专长"):
        actions.seat_team_member(team, actor=clerk, **words(specialty="general"))
    with pytest.raises(Invalid, match="同名"):
        actions.form_team(tree.east, actor=clerk, **given)


def test_a_disbanded_team_takes_nobody(clerk: Actor, team: Team) -> None:
    member = actions.seat_team_member(team, actor=clerk, **words())
    actions.disband_team(team, actor=clerk, ended_on="2026-03-01", remark="职能并入街道")
    member.refresh_from_db()
    assert (member.until_on, member.end_reason) == (date(2026, 3, 1), "other")
    with pytest.raises(WrongState, match="解散"):
        actions.seat_team_member(team, actor=clerk, **words())


def test_strangers_neither_see_nor_keep_a_team(tree: Tree, clerk: Actor, team: Team) -> None:
    with pytest.raises(NotAllowed):
        actions.seat_team_member(team, actor=who(AUDITOR, tree.east), **words())
    with pytest.raises(Missing):
        queries.team_visible_to(who(ORGANISATION_CLERK, tree.west), team.public_id)
