"""The blank spots of a place, and the month's list that becomes leads: once, whoever asks and however often."""

from datetime import date, timedelta

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow.tasks import on_desk_of, open_task_of
from niangjia.organisation import actions as organisation
from niangjia.organisation.access import PARAMETER_KEEPER, UNION_ORGANISER
from niangjia.organisation.building import blank_spots, workflow
from niangjia.organisation.building.kinds import Source, State
from niangjia.organisation.building.workflow import building
from niangjia.organisation.jobs import release_blank_spots
from niangjia.organisation.models import BlankSpot, BlankSpotRelease, Employer, UnionBuilding
from tests.building import Path
from tests.cast import Tree, an_employer, who

THE_25TH = date(2026, 3, 25)


class Nobody:
    """A job's progress that nobody watches."""

    def advance(self, count: int) -> None:
        pass


def names(rows: object) -> set[str]:
    return {row.name for row in rows}  # type: ignore[attr-defined]


@pytest.fixture
def places(tree: Tree) -> dict[str, Employer]:
    return {
        "big": an_employer(tree.willow, name="大厂", staff_count=25),
        "small": an_employer(tree.willow, name="小店", staff_count=24),
        "closed": an_employer(tree.willow, name="停业厂", staff_count=90, is_operating=False),
        "organised": an_employer(tree.willow, name="有会厂", staff_count=90, union=tree.mill),
        "west": an_employer(tree.spring, name="西岭厂", staff_count=80),
    }


def test_it_is_operating_without_a_union_and_large_enough(tree: Tree, places: dict[str, Employer]) -> None:
    east, city = who(UNION_ORGANISER, tree.east), who(UNION_ORGANISER, tree.city)
    assert names(blank_spots.blank_spots_visible_to(east)) == {"大厂"}
    assert names(blank_spots.blank_spots_visible_to(city)) == {"大厂", "西岭厂"}
    assert names(blank_spots.blank_spots_visible_to(city, unit=tree.west)) == {"西岭厂"}
    assert names(blank_spots.blank_spots_visible_to(city, staff_from=50)) == {"西岭厂"}
    assert names(blank_spots.blank_spots_visible_to(who(PARAMETER_KEEPER, tree.city))) == set()


def test_a_district_counts_from_its_own_number(tree: Tree, places: dict[str, Employer]) -> None:
    organisation.set_parameter(
        actor=who(PARAMETER_KEEPER, tree.east),
        name="union_building.blank_from",
        value="10",
        region=tree.east.region.code,
        valid_from=date(2026, 1, 1),
        source="东桥区规定",
        evidence="document",
    )
    city = who(UNION_ORGANISER, tree.city)
    assert names(blank_spots.blank_spots_visible_to(city)) == {"大厂", "小店", "西岭厂"}


def test_it_says_since_when_who_follows_and_when_last(path: Path, places: dict[str, Employer]) -> None:
    case = path.begin(places["big"])
    [row] = blank_spots.blank_spots_visible_to(path.organiser)
    assert (row.known_on, row.case_number, row.last_contact_on) == (clock.today(), case.number, None)  # type: ignore[attr-defined]
    assert names(blank_spots.blank_spots_visible_to(path.organiser, followed="no")) == set()
    assert names(blank_spots.blank_spots_visible_to(path.organiser, followed="yes")) == {"大厂"}
    assert names(blank_spots.blank_spots_visible_to(path.organiser, followed="never")) == {"大厂"}
    path.step(workflow.give_up, case, path.organiser, given_up_for="unwilling", remark="多次上门仍不愿意")
    [row] = blank_spots.blank_spots_visible_to(path.organiser, followed="no")
    assert row.case_number is None  # type: ignore[attr-defined]
    assert blank_spots.blank_counts(path.organiser) == (1, 0)


def test_before_the_day_of_the_month_nothing_happens(tree: Tree, places: dict[str, Employer]) -> None:
    with clock.at(THE_25TH - timedelta(days=1)):
        assert release_blank_spots(Nobody()) == {"opened": 0}  # type: ignore[arg-type]
    assert not BlankSpotRelease.objects.exists()


def test_on_the_day_each_becomes_a_lead_of_the_union_that_answers(
    tree: Tree, places: dict[str, Employer]
) -> None:
    clerk = who(UNION_ORGANISER, tree.willow)
    with clock.at(THE_25TH):
        assert release_blank_spots(Nobody()) == {"opened": 2}  # type: ignore[arg-type]
        assert on_desk_of(Actor.of(clerk.account)).count() == 1
    case = UnionBuilding.objects.get(name="大厂")
    assert (case.state, case.source, case.unit) == (State.LEAD, Source.BLANK_SPOT, tree.willow)
    assert case.links.get().employer == places["big"]
    assert open_task_of(building.name, case.pk) is not None
    # The district's list holds its own; the city's holds what no district does.
    spots = {release.unit: release.spots.count() for release in BlankSpotRelease.objects.all()}
    assert spots == {tree.province: 0, tree.city: 0, tree.east: 1, tree.west: 1}


def test_twice_in_a_month_changes_nothing(tree: Tree, places: dict[str, Employer]) -> None:
    with clock.at(THE_25TH):
        release_blank_spots(Nobody())  # type: ignore[arg-type]
    an_employer(tree.willow, name="后来的厂", staff_count=70)
    for day in (THE_25TH, THE_25TH + timedelta(days=3)):
        with clock.at(day):
            assert release_blank_spots(Nobody()) == {"opened": 0}  # type: ignore[arg-type]
    assert UnionBuilding.objects.count() == 2
    with clock.at(date(2026, 4, 25)):
        assert release_blank_spots(Nobody()) == {"opened": 1}  # type: ignore[arg-type]
    assert names(UnionBuilding.objects.all()) == {"大厂", "西岭厂", "后来的厂"}


def test_a_missed_day_is_made_up_in_the_same_month(tree: Tree, places: dict[str, Employer]) -> None:
    with clock.at(date(2026, 3, 30)):
        assert release_blank_spots(Nobody()) == {"opened": 2}  # type: ignore[arg-type]


def test_what_a_killed_run_left_is_taken_up(
    tree: Tree, places: dict[str, Employer], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        an_employer(tree.willow, name=f"第{number}厂", staff_count=50)
    monkeypatch.setattr(blank_spots, "CHUNK", 1)
    handled = blank_spots._handle
    done: list[BlankSpot] = []

    def killed(spot: BlankSpot) -> bool:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(spot)
        return handled(spot)

    with clock.at(THE_25TH):
        monkeypatch.setattr(blank_spots, "_handle", killed)
        with pytest.raises(KeyboardInterrupt):
            release_blank_spots(Nobody())  # type: ignore[arg-type]
        monkeypatch.setattr(blank_spots, "_handle", handled)
        assert UnionBuilding.objects.count() == 2
        assert release_blank_spots(Nobody()) == {"opened": 3}  # type: ignore[arg-type]
    assert UnionBuilding.objects.count() == 5
    assert not BlankSpot.objects.filter(handled_at=None).exists()


def test_whoever_is_followed_already_is_not_followed_twice(path: Path, places: dict[str, Employer]) -> None:
    case = path.begin(places["big"])
    with clock.at(THE_25TH):
        assert release_blank_spots(Nobody()) == {"opened": 1}  # type: ignore[arg-type]
    assert BlankSpot.objects.get(employer=places["big"]).building == case


def test_whoever_was_given_up_rests_a_year(path: Path, places: dict[str, Employer]) -> None:
    case = path.begin(places["big"])
    path.step(workflow.give_up, case, path.organiser, given_up_for="unwilling", remark="多次上门仍不愿意")
    with clock.at(THE_25TH):
        assert release_blank_spots(Nobody()) == {"opened": 1}  # type: ignore[arg-type]
    with clock.at(date(2027, 3, 25)):
        assert release_blank_spots(Nobody()) == {"opened": 1}  # type: ignore[arg-type]
    assert UnionBuilding.objects.filter(name="大厂").count() == 2


def test_nobody_takes_the_clocks_way_in(path: Path, places: dict[str, Employer]) -> None:
    from niangjia.kernel.errors import NotAllowed

    with pytest.raises(NotAllowed):
        workflow.take_from_list(actor=path.organiser, employer=places["big"].uscc)
    assert workflow.take_from_list(actor=CLOCK, employer=places["big"].uscc).state == State.LEAD
