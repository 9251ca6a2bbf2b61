"""医院识别名单: who is in it, what it says of them and nothing else, and that it is on record with everybody."""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from niangjia.assistance.consents import HOSPITAL_ROSTER
from niangjia.assistance.kinds import State
from niangjia.assistance.models import DataProvision, HardshipFile
from niangjia.assistance.parameters import ROSTER_CATEGORIES
from niangjia.assistance.provisions import queries
from niangjia.assistance.provisions.roster import TITLES, send_roster
from niangjia.kernel import audit, clock
from niangjia.kernel.errors import Missing, NotAllowed, Refused
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.consents import actions
from niangjia.membership.models import HouseholdMembership
from niangjia.organisation.models import ParameterValue
from tests.cast import Tree, who
from tests.families import DAY, Path, a_person

HOSPITAL = "青禾市第一医院"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY + timedelta(days=60)):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


def filed(path: Path, *, agrees: bool = True) -> HardshipFile:
    with clock.at(DAY):
        file = path.to(State.FILED)
    if agrees:
        actions.give(file.person, HOSPITAL_ROSTER, actor=path.worker)
    return file


def rows_of(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.values)  # type: ignore[union-attr]


def line_of(file: HardshipFile, person: Any = None) -> tuple[str, ...]:
    person = person or file.person
    return (person.name, person.id_number, "深度困难", f"{file.expires_on:%Y-%m-%d}")


def test_only_who_agreed_is_in_it_with_four_columns(tree: Tree, path: Path) -> None:
    file, silent = filed(path), filed(Path(tree), agrees=False)
    sent, content = send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    assert rows_of(content) == [TITLES, line_of(file)]
    assert silent.person.id_number not in str(rows_of(content))
    assert (sent.receiver, sent.purpose, sent.row_count) == (HOSPITAL, "hospital-roster", 1)
    assert (sent.sent_by, sent.sent_at, sent.fields) == (path.clerk.user, clock.now(), "、".join(TITLES))
    assert sent.digest == hashlib.sha256(content).hexdigest()
    assert [entry.action for entry in audit.history(file.person)][-1] == "send_roster"


def test_family_is_in_it_by_their_own_consent(tree: Tree, path: Path) -> None:
    file = filed(path, agrees=False)
    wife, son = a_person(tree.willow), a_person(tree.willow)
    for one in (wife, son):
        HouseholdMembership.objects.filter(person=one).update(until_on=clock.today())
        HouseholdMembership.objects.create(household=file.household, person=one, relation="other")
    actions.give(wife, HOSPITAL_ROSTER, actor=who(MEMBERSHIP_CLERK, tree.willow))
    _sent, content = send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    assert rows_of(content) == [TITLES, line_of(file, wife)]


def test_the_region_says_which_categories(tree: Tree, path: Path) -> None:
    filed(path)
    ParameterValue.objects.create(
        name=ROSTER_CATEGORIES, region=None, value="低保户", valid_from=DAY, source="本市办法"
    )
    with pytest.raises(Refused, match="不用发名单"):
        send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)


def test_who_is_no_more_on_file_or_elsewhere_is_not_in_it(tree: Tree, path: Path) -> None:
    file = filed(path)
    with clock.at(DAY + timedelta(days=500)), pytest.raises(Refused):
        send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    HardshipFile.objects.filter(pk=file.pk).update(unit=tree.quarry)
    with pytest.raises(Refused):
        send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    assert not DataProvision.objects.exists()


def test_withdrawing_takes_off_the_next_roster_and_is_on_record(tree: Tree, path: Path) -> None:
    file, second = filed(path), Path(tree)
    stays = filed(second)
    first, _content = send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    actions.withdraw(file.person, HOSPITAL_ROSTER, actor=path.worker)
    assert {line.person: line.stands for line in queries.lines(first)} == {  # type: ignore[attr-defined]
        file.person: False,
        stays.person: True,
    }
    _other, content = send_roster(tree.east, actor=path.clerk, receiver="另一家医院")
    sent, content = send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    assert rows_of(content) == [TITLES, line_of(stays)]
    assert [line.provision for line in queries.about(file.person)] == [sent, first]
    assert sent.people.get(is_taken_off=True).person == file.person
    again, _content = send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    assert not again.people.filter(is_taken_off=True).exists()


def test_the_last_one_out_still_gets_an_empty_roster_sent(tree: Tree, path: Path) -> None:
    file = filed(path)
    send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    actions.withdraw(file.person, HOSPITAL_ROSTER, actor=path.worker)
    sent, content = send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    assert sent.row_count == 0 and file.person.id_number not in str(rows_of(content))
    assert sent.people.get().is_taken_off


def test_only_the_clerk_of_the_help_centre_sends_and_only_health_duties_look(tree: Tree, path: Path) -> None:
    filed(path)
    for actor in (path.reviewer, path.approver, path.worker, Path(tree, tree.quarry).reviewer):
        with pytest.raises(NotAllowed):
            send_roster(tree.east, actor=actor, receiver=HOSPITAL)
    sent, _content = send_roster(tree.east, actor=path.clerk, receiver=HOSPITAL)
    assert queries.provision(sent.public_id, path.approver) == sent
    for actor in (path.reviewer, path.worker):
        with pytest.raises(Missing):
            queries.provision(sent.public_id, actor)
