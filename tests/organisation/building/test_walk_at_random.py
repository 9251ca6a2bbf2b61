"""Random people take random steps of union building on random days. Whatever happens, these things hold."""

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

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow.engine import refusal_of
from niangjia.kernel.workflow.tasks import Task
from niangjia.kernel.workflow.timed import run_due
from niangjia.organisation.access import BUILDING_APPROVER, UNION_ORGANISER
from niangjia.organisation.building import acceptance, actions, workflow
from niangjia.organisation.building.kinds import CLOSED_STATES, State
from niangjia.organisation.building.workflow import building
from niangjia.organisation.models import BuildingEmployer, Employer, UnionBody, UnionBuilding
from tests.building import ASSEMBLY, DAY, LATER_BODIES, RESULTS, VISIT
from tests.cast import Tree, a_delegation, a_post, a_user, an_employer, who

STEPS = [step for step in building.transitions.values() if not step.by_clock]
FOUR_EYES = {name: step.unlike for name, step in building.transitions.items() if step.unlike}


class Walk(RuleBasedStateMachine):
    employers: list[Employer]
    staff: list[Actor]
    tree: Tree
    unions: int

    @initialize()
    def start(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.day = DAY
        self.cases: list[UnionBuilding] = []
        self.numbers = iter(range(1000, 9999))

    def teardown(self) -> None:
        if hasattr(self, "example"):
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    @rule(employer=st.integers(0, 2), actor=st.integers(0, 1))
    def begin(self, employer: int, actor: int) -> None:
        chosen = Employer.objects.get(pk=self.employers[employer].pk)
        busy = chosen.union_id is not None or chosen.building_links.filter(released_at=None).exists()
        facts = {"source": "visit", "kind": "grassroots_union", "employers": chosen.uscc}
        with clock.at(self.day):
            try:
                self.cases.append(workflow.begin(actor=self.staff[actor], **facts))
            except Refused:
                assert busy
            else:
                assert not busy

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def anybody_takes_any_step(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(self.cases))
        self._take(case, data.draw(st.sampled_from(STEPS)), data.draw(st.sampled_from(self.staff)))

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def somebody_takes_an_offered_step(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(self.cases))
        case.refresh_from_db()
        offered = [
            (step, actor)
            for step in building.leaving(case.state)
            for actor in self.staff
            if not step.by_clock and refusal_of(step, case, actor) is None
        ]
        if offered:
            self._take(case, *data.draw(st.sampled_from(offered)))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)
        with clock.at(self.day):
            run_due()

    def _take(self, case: UnionBuilding, step: Any, actor: Actor) -> None:
        case.refresh_from_db()
        with clock.at(self.day):
            self._prepare(case, step.name)
            before = (case.state, case.version, audit.history(case).count())
            expected = refusal_of(step, case, actor)
            try:
                step(case, actor=actor, **self._answers(case, step))
            except Refused:
                case.refresh_from_db()
                assert (case.state, case.version, audit.history(case).count()) == before
            else:
                assert expected is None
                assert (case.state, case.version) == (step.to, before[1] + 1)

    def _prepare(self, case: UnionBuilding, name: str) -> None:
        """What the step rests on, where the case stands right for it."""
        clerk = self.staff[0]
        if name == "hold_assembly" and case.state == State.PREPARING and not case.elected.exists():
            for body, role, person, votes in RESULTS:
                actions.record_result(case, actor=clerk, body=body, role=role, name=person, vote_count=votes)
        if name == "found" and case.state == State.RATIFIED and acceptance.lacking(case):
            for body, role, person in LATER_BODIES:
                actions.record_result(case, actor=clerk, body=body, role=role, name=person)
            for item in acceptance.items(case):
                actions.tick(case, actor=clerk, item=item.text, note="已到现场看过")

    def _answers(self, case: UnionBuilding, step: Any) -> dict[str, Any]:
        """Good input for any step."""
        today = self.day.isoformat()
        others = [other.number for other in self.cases if other.pk != case.pk]
        everything = {
            **VISIT, **ASSEMBLY, "visited_on": today, "held_on": today, "prepared_on": today, "founded_on": today,
            "name": "新禾制造厂", "kind": "grassroots_union", "staff_count": 60, "women_count": 22,
            "union_name": "新禾制造厂工会", "number": f"XJ-{next(self.numbers)}", "given_up_for": "closed",
            "put_off_until": (self.day + timedelta(days=20)).isoformat(), "into": others[0] if others else "JH0",
            "unit": self.tree.willow.number, "remark": "情况属实，请按期办理",
        }  # fmt: skip
        return {name: value for name, value in everything.items() if name in step.form.base_fields}

    @invariant()
    def every_case_is_on_exactly_the_desk_it_belongs_to(self) -> None:
        for case in self._cases():
            waiting = list(Task.objects.filter(workflow=building.name, object_id=case.pk, closed_at=None))
            assert [task.state for task in waiting] == (
                [case.state] if building.stage(case.state).has_task else []
            )

    @invariant()
    def the_trail_tells_the_whole_story(self) -> None:
        for case in self._cases():
            steps = [entry for entry in audit.history(case) if entry.to_state]
            assert [entry.from_state for entry in steps[1:]] == [entry.to_state for entry in steps[:-1]]
            assert steps[-1].to_state == case.state

    @invariant()
    def nobody_was_two_pairs_of_eyes(self) -> None:
        for case in self._cases():
            done: dict[str, set[int]] = {}
            for entry in audit.history(case):
                people = {person for person in (entry.actor_id, entry.principal_id) if person}
                for earlier in FOUR_EYES.get(entry.action, ()):
                    assert not people & done.get(earlier, set())
                done.setdefault(entry.action, set()).update(people)

    @invariant()
    def an_employer_is_held_by_running_cases_only_and_by_one(self) -> None:
        held = BuildingEmployer.objects.filter(released_at=None).select_related("building")
        assert len({link.employer_id for link in held}) == len(held)
        assert not any(link.building.state in CLOSED_STATES for link in held)

    @invariant()
    def each_founded_case_has_its_own_union_and_no_other_has_one(self) -> None:
        founded = [case for case in self._cases() if case.state == State.FOUNDED]
        assert len({case.union_id for case in founded}) == len(founded)
        assert UnionBody.objects.count() == self.unions + len(founded)
        for case in founded:
            employers = {link.employer.union_id for link in case.links.filter(voided_at=None)}
            assert employers == {case.union_id}

    def _cases(self) -> list[UnionBuilding]:
        return list(UnionBuilding.objects.filter(pk__in=[case.pk for case in getattr(self, "cases", [])]))


@pytest.mark.django_db
def test_random_walks(tree: Tree) -> None:
    """Two organisers, two approvers, a colleague with both duties, a delegate of an approver."""
    Walk.tree, Walk.unions = tree, UnionBody.objects.count()
    Walk.employers = [an_employer(tree.willow) for _ in range(3)]
    jack, stand_in = a_user("沈望川"), a_user("林知秋")
    for duty in (UNION_ORGANISER, BUILDING_APPROVER):
        a_post(duty, tree.east, jack)
    approver = who(BUILDING_APPROVER, tree.east)
    a_delegation(approver.account.posts.get(), stand_in, DAY, DAY + timedelta(days=4000))  # type: ignore[attr-defined]
    Walk.staff = [
        who(UNION_ORGANISER, tree.willow),
        Actor.of(jack),
        who(UNION_ORGANISER, tree.east),
        approver,
        who(BUILDING_APPROVER, tree.city),
        Actor.of(stand_in),
    ]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Walk,
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
