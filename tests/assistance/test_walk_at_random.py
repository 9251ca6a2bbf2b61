"""Random people take random steps on random days. Whatever happens, these things hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from niangjia.assistance.access import APPROVER, ARCHIVIST, CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.finding import found
from niangjia.assistance.kinds import CLOSED_STATES, PAST_NOTICE, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import apply, hardship
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow.engine import refusal_of
from niangjia.kernel.workflow.tasks import Task
from niangjia.kernel.workflow.timed import run_due
from niangjia.organisation.models import Delegation
from tests.cast import Tree, a_delegation, a_post, a_user, who
from tests.families import APPLICATION, CHECK, DAY, FOUND, VISIT, a_worker

STEPS = [step for step in hardship.transitions.values() if step.is_offered]
FOUR_EYES = {name: step.unlike for name, step in hardship.transitions.items() if step.unlike}
DUTIES = (REVIEWER, VISITOR, CENTRE_CLERK, APPROVER, ARCHIVIST)


def answers(step: Any, day: str) -> dict[str, Any]:
    """Good input for any step."""
    everything = {
        **APPLICATION,
        **VISIT,
        "visited_on": day,
        "category": "deep",
        **CHECK,
        "checked_on": day,
        "accepts_missing": True,
        "leaving_reason": "found_work" if step.name == "propose_exit" else "died",
        "shelf_mark": "B-7",
        "remark": "请补充材料",
    }
    return {name: value for name, value in everything.items() if name in step.form.base_fields}


class Walk(RuleBasedStateMachine):
    workers: list[Actor]
    staff: list[Actor]

    @initialize()
    def begin(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.day = DAY
        self.files: list[HardshipFile] = []

    def teardown(self) -> None:
        if hasattr(self, "example"):
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    @rule(worker=st.integers(0, 2))
    def apply(self, worker: int) -> None:
        actor = self.workers[worker]
        runs = HardshipFile.objects.filter(person__user=actor.user).exclude(state__in=CLOSED_STATES).exists()
        with clock.at(self.day):
            try:
                self.files.append(apply(actor=actor, **APPLICATION))
            except Refused:
                assert runs
            else:
                assert not runs

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def anybody_takes_any_step(self, data: st.DataObject) -> None:
        file = data.draw(st.sampled_from(self.files))
        step = data.draw(st.sampled_from(STEPS))
        self._take(file, step, data.draw(st.sampled_from([*self.staff, *self.workers])))

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def somebody_takes_an_offered_step(self, data: st.DataObject) -> None:
        file = data.draw(st.sampled_from(self.files))
        file.refresh_from_db()
        offered = [
            (step, actor)
            for step in hardship.leaving(file.state)
            for actor in (*self.staff, *self.workers)
            if refusal_of(step, file, actor) is None
        ]
        if offered:
            self._take(file, *data.draw(st.sampled_from(offered)))

    @rule(worker=st.integers(0, 2))
    def a_clerk_finds_somebody(self, worker: int) -> None:
        person = self.workers[worker].account.person
        runs = HardshipFile.objects.filter(person=person).exclude(state__in=CLOSED_STATES).exists()
        with clock.at(self.day):
            try:
                self.files.append(found(actor=self.staff[0], id_number=person.id_number, **FOUND))
            except Refused:
                assert runs
            else:
                assert not runs

    @rule(days=st.sampled_from([1, 2, 3, 5, 9, 9, 340, 31]))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)
        with clock.at(self.day):
            run_due()

    def _take(self, file: HardshipFile, step: Any, actor: Actor) -> None:
        file.refresh_from_db()
        before = (file.state, file.version, audit.history(file).count())
        with clock.at(self.day):
            expected = refusal_of(step, file, actor)
            try:
                step(file, actor=actor, **answers(step, self.day.isoformat()))
            except Refused:
                file.refresh_from_db()
                assert (file.state, file.version, audit.history(file).count()) == before
            else:
                assert expected is None
                assert (file.state, file.version) == (step.to, before[1] + 1)
                assert step.name != "review" or not self._expired(file.household_id)

    @invariant()
    def every_file_is_on_exactly_the_desk_it_belongs_to(self) -> None:
        for file in self._files():
            waiting = list(Task.objects.filter(object_id=file.pk, closed_at=None))
            assert [task.state for task in waiting] == (
                [file.state] if hardship.stage(file.state).has_task else []
            )

    @invariant()
    def the_trail_tells_the_whole_story(self) -> None:
        for file in self._files():
            entries = list(audit.history(file))
            assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
            assert [entry.from_state for entry in entries[1:]] == [entry.to_state for entry in entries[:-1]]
            assert entries[-1].to_state == file.state

    @invariant()
    def nobody_was_two_pairs_of_eyes(self) -> None:
        for file in self._files():
            done: dict[str, set[int]] = {}
            for entry in audit.history(file):
                people = {person for person in (entry.actor_id, entry.principal_id) if person}
                for earlier in FOUR_EYES.get(entry.action, ()):
                    assert not people & done.get(earlier, set())
                done.setdefault(entry.action, set()).update(people)

    @invariant()
    def a_household_has_one_file_under_way(self) -> None:
        running = [file.household_id for file in self._files() if file.state not in CLOSED_STATES]
        assert len(running) == len(set(running))

    @invariant()
    def a_notice_ran_its_full_time(self) -> None:
        for file in self._files():
            if file.state in PAST_NOTICE:
                assert file.notice_until is not None and file.notice_until < self.day

    @invariant()
    def nothing_is_kept_beyond_its_time_nor_left_without_a_reason(self) -> None:
        for file in self._files():
            if file.state in (State.FILED, State.RENEWAL):
                assert file.expires_on is not None and file.expires_on >= self.day
            assert (file.left_on is not None) == (file.state in (State.EXITED, State.STRUCK_OFF))

    @invariant()
    def what_follows_begins_after_the_file_before_it(self) -> None:
        for file in self._files():
            if file.predecessor is not None:
                assert file.predecessor.household_id == file.household_id
                assert file.predecessor.state in (State.EXPIRED, State.EXITED, State.STRUCK_OFF)
                assert file.predecessor.pk < file.pk

    def _expired(self, household: int) -> bool:
        return HardshipFile.objects.filter(household=household, state=State.EXPIRED).exists()

    def _files(self) -> list[HardshipFile]:
        return list(HardshipFile.objects.filter(pk__in=[file.pk for file in getattr(self, "files", [])]))


@pytest.mark.django_db
def test_random_walks(tree: Tree) -> None:
    """Three workers, five holders of one duty, one colleague with all duties, one delegate."""
    Walk.workers = [a_worker(tree.willow) for _ in range(3)]
    jack = a_user("沈望川")
    for duty in DUTIES:
        a_post(duty, tree.east, jack)
    stand_in = a_user("林知秋")
    a_delegation(who(APPROVER, tree.east).user.posts.get(), stand_in, DAY, DAY + timedelta(days=400))  # type: ignore[union-attr]
    assert Delegation.objects.exists()
    Walk.staff = [*(who(duty, tree.east) for duty in DUTIES), Actor.of(jack), Actor.of(stand_in)]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Walk,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
