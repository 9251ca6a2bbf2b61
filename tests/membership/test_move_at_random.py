"""Random people join, move, stay and leave on random days. Whatever happens: one person, one union, counted right."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow.timed import run_due
from niangjia.membership import queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import APPLICATIONS_CLOSED, LeavingReason, MemberState, TransferState
from niangjia.membership.models import Member, MembershipApplication, Person, Transfer
from niangjia.membership.workflow import application, applications, membership, transfer, transfers
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, who
from tests.families import DAY, a_worker
from tests.memberships import a_stranger, an_application

MODELS = {application: MembershipApplication, membership: Member, transfer: Transfer}
STEPS = [(workflow, step) for workflow in MODELS for step in workflow.transitions.values() if step.is_offered]


class Moves(RuleBasedStateMachine):
    tree: Tree
    workers: list[Actor]
    newcomers: list[Actor]
    clerks: list[Actor]

    @initialize()
    def begin(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.day = DAY
        self.members_before = set(Member.objects.values_list("person", flat=True))
        self.places = [self.tree.mill, self.tree.logistics, self.tree.market, self.tree.quarry]

    def teardown(self) -> None:
        if hasattr(self, "example"):
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def attempt(self, deed: Any, **facts: Any) -> None:
        with clock.at(self.day), suppress(Refused):
            deed(**facts)

    @rule(newcomer=st.integers(0, 1), place=st.integers(0, 3), pooled=st.booleans())
    def join(self, newcomer: int, place: int, pooled: bool) -> None:
        where = self.places[place]
        actor = self.newcomers[newcomer]
        if pooled:
            self.attempt(applications.apply_to_pool, actor=actor, **an_application(region=where.region.code))
        else:
            self.attempt(applications.apply, actor=actor, **an_application(unit=where.number))

    @rule(worker=st.integers(0, 2), place=st.integers(0, 3))
    def ask_to_move(self, worker: int, place: int) -> None:
        self.attempt(transfers.ask, actor=self.workers[worker], to_unit=self.places[place].number)

    @rule(worker=st.integers(0, 2), place=st.integers(0, 3))
    def call_in(self, worker: int, place: int) -> None:
        person = queries.person_of(self.workers[worker])
        assert person is not None
        known = {"name": person.name, "id_number": str(person.id_number)}
        self.attempt(transfers.call_in, actor=self.clerks[place], to_unit=self.places[place].number, **known)

    @rule(data=st.data(), which=st.sampled_from(STEPS), somebody=st.integers(0, 9))
    def take_a_step(self, data: st.DataObject, which: Any, somebody: int) -> None:
        workflow, step = which
        rows = list(MODELS[workflow].objects.filter(state__in=step.sources).order_by("pk"))
        if not rows:
            return
        row = data.draw(st.sampled_from(rows))
        people = [*self.workers, *self.newcomers, *self.clerks]
        answers = {
            "reason": "retired" if "retain" in step.name else "resigned",
            "remark": "请核对现在的工作单位",
            "is_certain": True,
            "inactive_since": "2025-01-06",
            "to_unit": self.places[somebody % 4].number,
            "unit": self.places[somebody % 4].number if step.name == "assign" else self.tree.east.number,
        }
        given = {name: value for name, value in answers.items() if name in step.form.base_fields}
        self.attempt(lambda: step(row, actor=people[somebody % len(people)], **given))

    @rule(data=st.data())
    def the_desk_goes_on_with_a_transfer(self, data: st.DataObject) -> None:
        rows = Transfer.objects.filter(state__in=(TransferState.REQUESTED, TransferState.RELEASED))
        if found := list(rows.order_by("pk")):
            row = data.draw(st.sampled_from(found))
            step = transfers.release if row.state == TransferState.REQUESTED else transfers.receive
            clerk = next(actor for actor in self.clerks if actor.grants_for(MEMBERSHIP_CLERK, row.unit.path))
            self.attempt(lambda: step(row, actor=clerk))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)
        with clock.at(self.day):
            run_due()

    @invariant()
    def nobody_is_in_two_unions_and_nobody_is_lost(self) -> None:
        if not hasattr(self, "members_before"):
            return
        for person in Person.objects.prefetch_related("memberships"):
            stays = sorted(person.memberships.all(), key=lambda stay: (stay.number, stay.stint))
            current = [stay for stay in stays if stay.left_on is None]
            assert len(current) <= 1
            # A stay that ended by a transfer goes on in the next, under the same number.
            for stay in stays:
                goes_on = any((one.number, one.stint) == (stay.number, stay.stint + 1) for one in stays)
                assert goes_on == (stay.reason == LeavingReason.TRANSFERRED)
            if person.pk in self.members_before and not current:
                assert stays[-1].reason in (LeavingReason.RESIGNED, LeavingReason.LAPSED)
            if current:
                assert person.unit_id == current[0].unit_id

    @invariant()
    def every_union_counts_its_members(self) -> None:
        for union in UnionBody.objects.all():
            assert union.member_count == Member.objects.filter(unit=union, left_on=None).count()

    @invariant()
    def a_transfer_under_way_is_of_a_living_membership(self) -> None:
        running = Transfer.objects.exclude(
            state__in=(TransferState.RECEIVED, TransferState.REFUSED, TransferState.CANCELLED)
        )
        for row in running.select_related("member"):
            assert row.member.left_on is None and row.member.unit_id == row.from_unit_id
        assert not Member.objects.filter(left_on=None, state=MemberState.LEFT).exists()

    @invariant()
    def who_waits_to_join_is_no_member(self) -> None:
        waiting = MembershipApplication.objects.exclude(state__in=APPLICATIONS_CLOSED).values("person")
        assert not Member.objects.filter(person__in=waiting, left_on=None).exists()


@pytest.mark.django_db
def test_however_people_move(tree: Tree) -> None:
    with clock.at(DAY):
        Moves.tree = tree
        Moves.workers = [a_worker(tree.mill), a_worker(tree.quarry), a_worker(tree.market)]
        Moves.newcomers = [a_stranger(), a_stranger()]
        places = (tree.mill, tree.logistics, tree.market, tree.quarry)
        Moves.clerks = [who(MEMBERSHIP_CLERK, place) for place in places] + [who(MEMBERSHIP_CLERK, tree.city)]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Moves,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
