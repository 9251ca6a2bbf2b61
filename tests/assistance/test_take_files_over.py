"""Files of an earlier system: a workbook, another person's yes, one household one file, and all of it taken back."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from niangjia.assistance.access import APPROVER
from niangjia.assistance.exits import on_file
from niangjia.assistance.kinds import Category, Origin, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.renewal import begin_renewal
from niangjia.assistance.takeover.columns import TAKE_OVER
from niangjia.assistance.takeover.workflow import (
    confirm_take_over,
    decline_take_over,
    take_over,
    void_take_over,
)
from niangjia.assistance.workflow import hardship
from niangjia.kernel import audit, clock, files
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.audit.verify import verify
from niangjia.kernel.errors import Missing, NotAllowed, Refused
from niangjia.kernel.messages.models import Message
from niangjia.kernel.sheets import actions, sheet_named
from niangjia.kernel.sheets.models import Batch
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.membership import queries as people
from niangjia.membership.actions import add_to_household, form_household
from niangjia.membership.consents.models import Consent
from niangjia.membership.models import HouseholdMembership, Person
from tests.cast import Tree, a_post
from tests.families import Path, a_person, a_worker, an_id_number
from tests.takeover import Line, a_relative, a_workbook, an_applicant, checked, take_in, worked

pytestmark = pytest.mark.django_db

CHILD = an_id_number(born_on=date(2012, 4, 1))


@pytest.fixture
def person(path: Path) -> Person:
    return a_person(path.unit)


def upload(path: Path, *lines: Line) -> Batch:
    return checked(a_workbook(lines), unit=path.clerk_unit, actor=path.clerk)


def bring(path: Path, *lines: Line) -> Batch:
    return take_in(a_workbook(lines), unit=path.clerk_unit, actor=path.clerk)


def told(batch: Batch) -> str:
    return str(batch.problems)


def test_a_family_comes_in_as_it_stood_and_waits_for_another_person(path: Path, person: Person) -> None:
    lines = (an_applicant(person), a_relative(person, "苏小满", CHILD))
    assert upload(path, *lines).found == {"new": 2}
    assert not HardshipFile.objects.exists()
    assert bring(path, *lines).done == {"new": 2}

    file = HardshipFile.objects.get()
    assert (file.state, file.origin, file.former_number) == (
        State.TAKEN_OVER,
        Origin.TAKEN_OVER,
        "990102-2025-0015",
    )
    assert (file.unit, file.category, file.number[:6]) == (person.unit, Category.RELATIVE, "KN2026")
    assert (file.applied_on, file.filed_on) == (date(2025, 9, 1), date(2025, 9, 30))
    assert (file.expires_on, file.renewal_on) == (date(2026, 9, 30), date(2026, 8, 31))
    assert not (file.consents_to_check or file.consents_to_notice or Consent.objects.exists())
    family = HouseholdMembership.objects.filter(household=file.household, until_on=None)
    assert list(family.order_by("pk").values_list("relation", flat=True)) == ["head", "child"]
    task = open_task_of(hardship.name, file.pk)
    assert task is not None and task.duty == APPROVER.name
    assert path.clerk.user_id in task.barred.values_list("pk", flat=True)
    [entry] = audit.history(file)
    assert (entry.action, entry.to_state, entry.actor_id) == ("take_over", "taken_over", path.clerk.user_id)
    assert verify().is_sound


def test_only_what_is_confirmed_counts_as_on_file(path: Path) -> None:
    file = path.taken_over()
    day = date(2026, 2, 28)
    assert not on_file(day).exists()
    confirm_take_over(file, actor=path.approver)
    assert list(on_file(day)) == [file]
    assert not on_file(date(2025, 9, 29)).exists()
    path.worker = a_worker(path.unit)
    path.to(State.NOT_TAKEN_OVER)
    assert list(on_file(day)) == [file]


def test_confirmed_it_is_on_file_and_reviewed_when_its_year_ends(path: Path) -> None:
    file = path.taken_over()
    confirm_take_over(file, actor=path.approver)
    assert (file.state, file.due_on, file.filed_on) == (State.FILED, date(2026, 8, 31), date(2025, 9, 30))
    assert Message.objects.filter(template="hardship-taken-over").exists()
    with clock.at(date(2026, 9, 1)):
        begin_renewal(file, actor=CLOCK)
    assert (file.state, file.due_on) == (State.RENEWAL, date(2026, 9, 30))


def test_whoever_took_it_in_does_not_confirm_it(path: Path) -> None:
    a_post(APPROVER, path.clerk_unit, path.clerk.account)
    path.clerk = Actor.of(path.clerk.account)
    file = path.taken_over()
    with pytest.raises(NotAllowed, match="移入存量档案"):
        confirm_take_over(file, actor=path.clerk)


def test_what_expired_while_it_waited_is_not_confirmed(path: Path) -> None:
    file = path.taken_over()
    with clock.at(date(2026, 10, 1)), pytest.raises(Refused, match="有效期已过"):
        confirm_take_over(file, actor=path.approver)


def test_the_list_confirms_many_and_a_returned_one_comes_again(path: Path, tree: Tree) -> None:
    workers = [a_person(path.unit) for _number in range(3)]
    bring(path, *(an_applicant(one, former_number=f"旧{place}") for place, one in enumerate(workers)))
    first, *others = HardshipFile.objects.order_by("pk")
    decline_take_over(first, actor=path.approver, remark="盒号与原档案不符")
    outcomes = confirm_take_over.many(others, actor=path.approver)
    assert [outcome.refusal for outcome in outcomes] == [None, None]
    again = bring(path, an_applicant(workers[0], former_number="旧0", shelf_mark="B-01"))
    assert again.done == {"new": 1}
    states = HardshipFile.objects.filter(person=workers[0]).order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.NOT_TAKEN_OVER, State.TAKEN_OVER]


def test_the_same_workbook_again_changes_nothing(path: Path, person: Person) -> None:
    lines = (an_applicant(person), a_relative(person, "苏小满", CHILD))
    bring(path, *lines)
    rows = HardshipFile.objects.count(), Person.objects.count(), HouseholdMembership.objects.count()
    assert bring(path, *lines).done == {"same": 2}
    confirm_take_over(HardshipFile.objects.get(), actor=path.approver)
    assert bring(path, *lines).done == {"same": 2}
    assert (HardshipFile.objects.count(), Person.objects.count(), HouseholdMembership.objects.count()) == rows


def test_another_content_of_what_waits_is_told(path: Path, person: Person) -> None:
    bring(path, an_applicant(person))
    batch = upload(path, an_applicant(person, category="深度困难"))
    assert batch.found == {"known": 1} and "先撤销移入" in told(batch)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"former_number": None}, "须填“原系统编号”"),
        ({"notice_until": None}, "须填“公示止”"),
        ({"category": "很困难"}, "只能填"),
        ({"household_size": 0}, "在 1 到 30 之间"),
        ({"filed_on": "2025-09-28"}, "早于“审批日期”"),
        ({"filed_on": "2026-03-03"}, "晚于今天"),
        ({"expires_on": "2026-03-01"}, "有效期已过"),
        ({"expires_on": "2027-03-03"}, "复核周期还长"),
        ({"name": "别的姓名"}, "另一个姓名"),
        ({"unit": "别的工会"}, "与这一格不符"),
        ({"id_number": "990102199003070016"}, "校验位不对"),
    ],
)
def test_a_wrong_cell_comes_back_marked(
    path: Path, person: Person, given: dict[str, Any], sentence: str
) -> None:
    batch = upload(path, an_applicant(person, **given))
    assert batch.good == 0 and sentence in told(batch)
    assert batch.marked is not None
    page = openpyxl.load_workbook(io.BytesIO(b"".join(files.open_stream(batch.marked)))).worksheets[0]
    [column] = given
    place = [one.name for one in TAKE_OVER.columns].index(column) + 1
    assert page.cell(2, place).comment is not None


def test_one_household_has_one_file(path: Path, person: Person) -> None:
    household = form_household(person, actor=path.clerk)
    spouse = a_person(path.unit)
    add_to_household(
        household, actor=path.clerk, name=spouse.name, id_number=spouse.id_number, relation="spouse"
    )
    both = upload(path, an_applicant(person), an_applicant(spouse, former_number="旧2"))
    assert both.found == {"new": 1, "twice": 1} and "是一家" in told(both)
    bring(path, an_applicant(person))
    batch = upload(path, an_applicant(spouse, former_number="旧2"))
    assert batch.found == {"known": 1} and "一户一档" in told(batch)


def test_who_has_applied_is_shown_the_way(path: Path) -> None:
    path.apply()
    batch = upload(path, an_applicant(path.worker.account.person))
    assert batch.found == {"known": 1} and "先在“困难职工档案”中查找" in told(batch)


def test_relatives_come_with_their_applicant_or_not_at_all(path: Path, person: Person) -> None:
    child = a_relative(person, "苏小满", CHILD)
    assert "写在家属上面" in told(upload(path, child, an_applicant(person)))
    spoilt = upload(path, an_applicant(person, name="别的姓名"), child)
    assert spoilt.found == {"wrong": 2} and "第 2 行的申请人没有移入" in told(spoilt)
    elsewhere = a_person(path.unit)
    form_household(elsewhere, actor=path.clerk)
    housed = upload(
        path, an_applicant(person), a_relative(person, elsewhere.name, elsewhere.id_number, "其他")
    )
    assert housed.found == {"new": 1, "known": 1}


def test_who_is_not_registered_below_the_union_is_answered_alike(
    path: Path, person: Person, tree: Tree
) -> None:
    stranger, nobody = a_person(tree.spring), an_id_number()
    lines = [an_applicant(stranger), an_applicant(person, id_number=nobody)]
    sentences = [told(upload(path, line)) for line in lines]
    assert len(set(sentences)) == 1 and "先用“会员花名册”登记" in sentences[0]


def test_the_clerk_does_not_take_over_a_file_of_their_own_home(path: Path, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(user=path.clerk.account)
    other = a_person(path.unit)
    batch = bring(path, an_applicant(person), an_applicant(other, former_number="旧2"))
    assert batch.done == {"wrong": 1, "new": 1}
    file = HardshipFile.objects.get()
    assert (file.person, file.number) == (other, "KN2026000001")


def test_a_whole_batch_is_taken_back_but_not_what_was_confirmed(path: Path, person: Person) -> None:
    second = a_person(path.unit)
    batch = bring(
        path,
        an_applicant(person),
        a_relative(person, "苏小满", CHILD),
        an_applicant(second, former_number="旧2"),
    )
    confirm_take_over(HardshipFile.objects.get(person=second), actor=path.approver)
    undone = worked(actions.undo(batch, actor=path.clerk))
    assert undone.kept_count == 1 and "现在是“已建档”" in str(undone.kept)
    file = HardshipFile.objects.get(person=person)
    assert file.state == State.NOT_TAKEN_OVER and open_task_of(hardship.name, file.pk) is None
    assert people.current_household(person) is None and people.current_household(second) is not None
    child = people.person_by_id_number(CHILD)
    assert child is not None and people.current_household(child) is None
    assert verify().is_sound
    assert bring(path, an_applicant(person)).done == {"new": 1}


def test_the_clerk_takes_back_one_that_was_a_mistake(path: Path) -> None:
    file = path.taken_over()
    void_take_over(file, actor=path.clerk, remark="与另一户重复，移错了")
    assert file.state == State.NOT_TAKEN_OVER


def test_a_family_that_had_left_has_a_file_that_follows(path: Path) -> None:
    old = path.to(State.EXITED)
    assert path.taken_over().predecessor == old


def test_only_the_centre_takes_over(path: Path, person: Person, tree: Tree) -> None:
    with pytest.raises(Missing):
        sheet_named(TAKE_OVER.name, path.reviewer)
    with pytest.raises(NotAllowed):
        take_over.many([], actor=path.reviewer)
    with pytest.raises(NotAllowed):
        actions.upload(TAKE_OVER, upload=a_workbook([an_applicant(person)]), unit=tree.west, actor=path.clerk)


def test_a_stranger_does_not_find_it(path: Path, tree: Tree) -> None:
    file = path.taken_over()
    with pytest.raises(Missing):
        hardship.find(file.public_id, a_worker(tree.willow))
