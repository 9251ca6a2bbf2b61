"""The same step for a list: the same checks row by row, one audit entry each, a refused row holds up nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from niangjia.assistance.access import VISITOR
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import hardship, review
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.audit.verify import verify
from niangjia.kernel.workflow import engine, timed
from niangjia.kernel.workflow.locking import lock
from niangjia.kernel.workflow.tasks import Task, on_desk_of, open_task_of
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.actions import end_post
from tests.cast import Tree, a_post, a_user, who
from tests.families import Path


@pytest.fixture
def files(path: Path, tree: Tree) -> list[HardshipFile]:
    """Seven at one union, of which one is already further, and one in another district."""
    made = [Path(tree).apply() for _ in range(7)]
    review(made[3], actor=path.reviewer, category="deep", accepts_missing=True)
    return [*made, Path(tree, tree.spring).apply()]


def test_each_row_gets_its_own_answer(path: Path, files: list[HardshipFile]) -> None:
    outcomes = review.many(files, actor=path.reviewer, category="relative", accepts_missing=True)
    refused = {outcome.row.pk: str(outcome.refusal) for outcome in outcomes if outcome.refusal}
    assert set(refused) == {files[3].pk, files[7].pk}
    assert "已于" in refused[files[3].pk]
    assert "岗位办理" in refused[files[7].pk]
    states = dict(HardshipFile.objects.values_list("pk", "state"))
    assert [states[file.pk] for file in files] == [State.REVIEWED] * 7 + [State.APPLIED]


def test_something_may_be_said_of_each_row(path: Path, files: list[HardshipFile]) -> None:
    said = {file.pk: category for file, category in zip(files[:3], ("deep", "relative", "rich"), strict=True)}
    outcomes = review.many(
        files[:3], actor=path.reviewer, each=lambda file: {"category": said[file.pk]}, accepts_missing=True
    )
    assert [outcome.refusal is None for outcome in outcomes] == [True, True, False]
    found = dict(HardshipFile.objects.filter(pk__in=said).values_list("pk", "category"))
    assert [found[file.pk] for file in files[:3]] == ["deep", "relative", ""]


def test_one_row_is_locked_as_many_are(files: list[HardshipFile]) -> None:
    with transaction.atomic():
        both = lock(hardship, [files[0].pk, files[1].pk])
        [alone] = lock(hardship, [files[0].pk])
        assert lock(hardship, [-1]) == []
    first = both[0]
    assert alone == first
    for field in HardshipFile._meta.concrete_fields:
        assert getattr(alone, field.attname) == getattr(first, field.attname), field.name
    assert (alone.unit.name, alone.person.name, alone.person.user) == (
        first.unit.name,
        first.person.name,
        first.person.user,
    )


@pytest.mark.usefixtures("own_anchors")
def test_every_row_has_one_entry_and_one_task(path: Path, files: list[HardshipFile]) -> None:
    review.many(files, actor=path.reviewer, category="relative", accepts_missing=True)
    for file in files[:7]:
        assert [entry.action for entry in audit.history(file)].count("review") == 1
        task = open_task_of(hardship.name, file.pk)
        assert task is not None and task.duty == VISITOR.name
    barred = set(Task.objects.get(object_id=files[0].pk, closed_at=None).barred.all())
    assert path.reviewer.user in barred
    assert verify().is_sound


def test_bad_input_refuses_every_row_and_changes_none(path: Path, files: list[HardshipFile]) -> None:
    outcomes = review.many(files[:3], actor=path.reviewer, category="rich", accepts_missing=True)
    assert all(outcome.refusal is not None for outcome in outcomes)
    assert HardshipFile.objects.filter(state=State.REVIEWED).count() == 1


def test_the_cost_of_a_list_does_not_grow_with_its_rows(
    path: Path, tree: Tree, django_assert_max_num_queries: Any
) -> None:
    many = [Path(tree).apply() for _ in range(12)]
    with django_assert_max_num_queries(12 * 2 + 26):  # a savepoint per row, all else per chunk
        review.many(many, actor=path.reviewer, category="deep", accepts_missing=True)


def test_long_lists_are_cut_into_short_transactions(
    path: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "FIRST_CHUNK", 2)
    monkeypatch.setattr(engine, "LONGEST_CHUNK_SECONDS", 0.0001)
    many = [Path(tree).apply() for _ in range(5)]
    outcomes = review.many(many, actor=path.reviewer, category="deep", accepts_missing=True)
    assert [outcome.row.pk for outcome in outcomes] == [file.pk for file in many]
    assert not [outcome for outcome in outcomes if outcome.refusal]


def test_the_clock_takes_every_notice_that_is_over(path: Path, tree: Tree) -> None:
    early, late = path.to(State.ON_NOTICE), None
    with clock.at(clock.today() + timedelta(days=3)):
        late = Path(tree).to(State.ON_NOTICE)
    assert early.due_on is not None and late.due_on is not None
    with clock.at(early.due_on + timedelta(days=1)):
        gone = [outcome.row for outcome in timed.run_due() if not outcome.refusal]
        assert [row.pk for row in gone if isinstance(row, HardshipFile)] == [early.pk]
        assert timed.run_due() == []
    with clock.at(late.due_on + timedelta(days=1)):
        timed.run_due()
    assert {file.state for file in HardshipFile.objects.all()} == {State.CLEARED}


def test_a_task_finds_another_desk_when_its_holder_leaves(path: Path, tree: Tree) -> None:
    file = path.to(State.REVIEWED)
    above = who(VISITOR, tree.city)
    assert list(on_desk_of(above)) == []
    end_post(path.visitor.user.posts.get(), actor=who(ADMINISTRATOR, tree.province))  # type: ignore[union-attr]
    assert timed.reroute() == 1
    assert timed.reroute() == 0
    assert [task.object_id for task in on_desk_of(above)] == [file.pk]


def test_a_colleague_who_holds_the_duty_at_the_same_desk_sees_the_task_too(path: Path, tree: Tree) -> None:
    second = a_user("宋雨桐")
    a_post(VISITOR, tree.willow, second)
    file = path.to(State.REVIEWED)
    assert [task.object_id for task in on_desk_of(Actor.of(second))] == [file.pk]
