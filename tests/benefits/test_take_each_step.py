"""Each step of an application: it does it, and is refused to the wrong duty, the same person, the wrong state."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from niangjia.benefits import decisions, queries
from niangjia.benefits.access import ARBITER, ASSESSOR, CONFIRMER, RECEIVER, SCHEME_KEEPER
from niangjia.benefits.kinds import SchemeState, State
from niangjia.benefits.models import Appeal, Grant, Override
from niangjia.benefits.workflow import application, applications, scheme, schemes
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.workflow import tasks
from niangjia.membership.consents import actions as consents
from niangjia.membership.models import Person
from niangjia.notices import actions as notices
from niangjia.notices import workflow as objections
from niangjia.notices.consents import PUBLICITY
from tests.benefits.people import Way, a_scheme, days_later, said
from tests.cast import Tree, a_post, an_actor, who
from tests.families import a_worker


@pytest.fixture
def way(tree: Tree) -> Way:
    return Way(tree)


def task(row: Any) -> Any:
    return tasks.open_task_of(application.name, row.pk)


def test_an_application_goes_from_the_worker_to_a_grant(way: Way) -> None:
    row = way.apply()
    assert (row.state, row.period, row.unit, task(row).duty) == (
        State.ASKED,
        "2026",
        way.tree.city,
        RECEIVER.name,
    )
    way.step(applications.check, row, way.receiver)
    assert (row.state, task(row).duty) == (State.CHECKED, ASSESSOR.name)
    way.step(applications.assess, row, way.assessor)
    assert (row.state, task(row).duty) == (State.ASSESSED, CONFIRMER.name)
    assert row.decision is not None and row.decision.amount == Decimal(4500)
    way.step(applications.confirm, row, way.confirmer)
    grant = Grant.objects.get()
    assert (row.state, task(row)) == (State.GRANTED, None)
    assert (grant.amount, grant.fund, grant.payee, grant.decision) == (
        Decimal(4500),
        "city",
        row.payee,
        row.decision,
    )
    assert decisions.rerun(grant.decision).is_equal
    assert row.appeal_until is not None and row.appeal_until > row.settled_on


@pytest.mark.parametrize(
    ("state", "step", "data"),
    [
        (State.ASKED, applications.check, {}),
        (State.ASKED, applications.ask_for_more, {"remark": "请补票据"}),
        (State.CHECKED, applications.assess, {}),
        (State.ASSESSED, applications.confirm, {}),
        (State.ASSESSED, applications.decline, {}),
        (State.ASSESSED, applications.return_to_assess, {"remark": "请再核对"}),
        (State.APPEALED, applications.uphold, {"answer": "票据已经算在内，原核定无误。"}),
        (State.AMOUNT_APPEALED, applications.uphold_amount, {"answer": "票据已经算在内，原核定无误。"}),
        (State.APPEALED, applications.assess_again, {"answer": "应当把新票据算进去，请重核。"}),
    ],
)
def test_a_step_is_refused_to_other_duties_and_elsewhere(
    way: Way, state: State, step: Any, data: dict[str, Any]
) -> None:
    row = way.to(state)
    wrong = [duty for duty in (RECEIVER, ASSESSOR, CONFIRMER, ARBITER) if duty != step.duty]
    for actor in (*(who(duty, way.tree.city) for duty in wrong), who(step.duty, way.tree.east)):
        with pytest.raises(NotAllowed):
            step(row, actor=actor, **data)
    row.refresh_from_db()
    assert row.state == state


def test_a_step_is_refused_from_another_state(way: Way) -> None:
    row = way.to(State.GRANTED)
    for step in (applications.check, applications.assess, applications.confirm, applications.decline):
        with pytest.raises(WrongState):
            step(row, actor=way.confirmer)


@pytest.mark.parametrize("done", [applications.check, applications.assess])
def test_who_checked_or_assessed_does_not_confirm(way: Way, done: Any) -> None:
    row = way.to(State.CHECKED if done is applications.assess else State.ASKED)
    both = an_actor(done.duty, way.tree.city)
    a_post(CONFIRMER, way.tree.city, both.user)
    both = Actor.of(both.account)
    done(row, actor=both)
    if done is applications.check:
        way.step(applications.assess, row, way.assessor)
    with pytest.raises(NotAllowed, match="另一人"):
        applications.confirm(row, actor=both)


def test_the_applicants_own_family_keeps_out(way: Way) -> None:
    row = way.apply()
    a_post(RECEIVER, way.tree.city, way.worker.user)
    with pytest.raises(NotAllowed, match="回避"):
        applications.check(row, actor=Actor.of(way.worker.account))


def test_papers_that_the_scheme_asks_for_must_be_there(tree: Tree) -> None:
    way = Way(tree, a_scheme(tree.city, notice="", papers="身份证件、病历与医疗费票据"))
    row = way.apply()
    with pytest.raises(Refused, match="病历与医疗费票据"):
        way.step(applications.check, row, way.receiver)


def test_sent_back_it_waits_for_the_worker_who_sends_it_again(way: Way) -> None:
    row = way.to(State.RETURNED)
    assert task(row).subject_id == way.worker.user_id
    way.step(applications.resubmit, row, way.worker, said=said("80000.01"))
    assert row.state == State.ASKED
    way.step(applications.check, row, way.receiver)
    way.step(applications.assess, row, way.assessor)
    assert row.decision is not None and row.decision.amount == Decimal(16000)


def test_papers_verified_go_before_what_was_written(way: Way) -> None:
    row = way.to(State.CHECKED)
    way.step(applications.assess, row, way.assessor, verified=said("9000"))
    assert row.decision is not None and row.decision.amount == Decimal(500)


def test_what_is_missing_is_said_when_it_cannot_be_assessed(way: Way) -> None:
    row = way.apply(said={"参加医疗互助": True})
    way.step(applications.check, row, way.receiver)
    with pytest.raises(Refused, match="自费部分：未提供"):
        way.step(applications.assess, row, way.assessor)
    assert row.decision is None


def test_what_the_policy_grants_cannot_be_declined_and_what_it_refuses_not_granted(way: Way) -> None:
    row = way.to(State.ASSESSED)
    with pytest.raises(Refused, match="应当给付"):
        way.step(applications.decline, row, way.confirmer)
    other = Way(way.tree, way.scheme).to(State.ASSESSED, "5999.99")
    with pytest.raises(Refused, match="不能批准"):
        way.step(applications.confirm, other, way.confirmer)


def test_the_budget_is_not_passed(tree: Tree) -> None:
    way = Way(tree, budget_amount="8999.99")
    way.to(State.GRANTED)
    row = Way(tree, way.scheme).to(State.ASSESSED)
    with pytest.raises(Refused, match="只剩"):
        way.step(applications.confirm, row, way.confirmer)
    assert Grant.objects.count() == 1


def test_a_cap_in_principle_is_lifted_by_another_with_a_reason(way: Way) -> None:
    row = way.to(State.ASSESSED, "300000")
    assert row.decision is not None and row.decision.amount == Decimal(50000)
    reason = "同一年两次大手术，主席办公会研究同意。"
    way.step(applications.ask_to_lift, row, way.assessor, step="大病补助", reason=reason)
    with pytest.raises(NotAllowed):
        way.step(applications.lift, row, way.assessor)
    way.step(applications.lift, row, way.confirmer)
    override = Override.objects.get()
    assert (override.is_approved, override.answered_by_id) == (True, way.confirmer.user_id)
    assert row.decision.amount == Decimal(60000)
    assert row.decision.lifted == {"大病补助": reason}
    assert decisions.rerun(row.decision).is_equal
    assert "两次大手术" in decisions.explanation_text(row.decision)


def test_a_cap_may_be_kept(way: Way) -> None:
    row = way.to(State.ASSESSED, "300000")
    data = {"step": "大病补助", "reason": "同一年两次大手术，主席办公会研究同意。"}
    way.step(applications.ask_to_lift, row, way.assessor, **data)
    way.step(applications.keep_cap, row, way.confirmer, remark="理由不够充分")
    assert (row.state, Override.objects.get().is_approved) == (State.ASSESSED, False)
    assert row.decision is not None and row.decision.amount == Decimal(50000)


def test_only_a_cap_that_binds_and_is_in_principle_can_be_lifted(way: Way) -> None:
    row = way.to(State.ASSESSED)
    with pytest.raises(Invalid):
        way.step(
            applications.ask_to_lift, row, way.assessor, step="大病补助", reason="金额不高，也想放开看看。"
        )


def test_a_refusal_is_appealed_once_and_in_time(way: Way) -> None:
    row = way.to(State.DECLINED)
    late = (row.appeal_until - row.settled_on).days + 1
    with days_later(late), pytest.raises(Refused, match="期限已过"):
        way.step(applications.appeal, row, way.worker, grounds="还有一张住院票据没有算进去。")
    way.step(applications.appeal, row, way.worker, grounds="还有一张住院票据没有算进去。")
    assert (row.state, task(row).duty) == (State.APPEALED, ARBITER.name)


def test_an_appeal_is_answered_by_somebody_who_had_no_part(way: Way) -> None:
    a_post(ARBITER, way.tree.city, way.assessor.user)
    row = way.to(State.APPEALED)
    with pytest.raises(NotAllowed, match="另一人"):
        applications.uphold(row, actor=Actor.of(way.assessor.account), answer="票据已经算在内，原核定无误。")
    way.step(applications.uphold, row, way.arbiter, answer="票据已经算在内，原核定无误。")
    assert (row.state, Appeal.objects.get().outcome) == (State.REFUSAL_STANDS, "stands")


def test_an_appeal_may_lead_to_a_new_decision(way: Way) -> None:
    row = way.to(State.AMOUNT_APPEALED)
    first = row.decision
    way.step(applications.assess_again, row, way.arbiter, answer="应当把新票据算进去，请重核。")
    assert Grant.objects.get().voided_on is not None
    way.step(applications.assess, row, way.assessor, verified=said("80000.01"))
    way.step(applications.confirm, row, way.second)
    assert row.decision != first
    assert Grant.objects.get(voided_on=None).amount == Decimal(16000)


def test_the_amount_may_be_upheld(way: Way) -> None:
    row = way.to(State.AMOUNT_APPEALED)
    way.step(applications.uphold_amount, row, way.arbiter, answer="票据已经算在内，金额无误。")
    assert row.state == State.GRANTED
    with pytest.raises(Refused, match="已经复议过"):
        way.step(applications.appeal_amount, row, way.worker, grounds="我还是不同意这个金额。")


def test_only_the_applicant_appeals_and_withdraws(way: Way) -> None:
    row = way.to(State.DECLINED)
    with pytest.raises(NotAllowed, match="本人"):
        way.step(applications.appeal, row, way.confirmer, grounds="还有一张住院票据没有算进去。")
    other = Way(way.tree, way.scheme).apply()
    with pytest.raises(NotAllowed, match="本人"):
        way.step(applications.withdraw, other, way.receiver)


def test_a_clerk_types_in_a_paper_of_their_own_unions_only(way: Way) -> None:
    person = Person.objects.get(user=way.worker.user_id)
    data = {
        "scheme": way.scheme.number,
        "said": said(),
        "consents_to_decide": True,
        "id_number": person.id_number,
    }
    row = applications.take_in(actor=way.receiver, **data)
    assert (row.origin, row.payee) == ("paper", person)
    with pytest.raises(Refused, match="没有登记过"):
        applications.take_in(actor=who(RECEIVER, way.tree.west), **data)
    with pytest.raises(NotAllowed):
        applications.take_in(actor=way.assessor, **data)


def test_a_stranger_finds_nothing(way: Way) -> None:
    row = way.apply()
    for actor in (a_worker(way.tree.mill), who(RECEIVER, way.tree.west), who(SCHEME_KEEPER, way.tree.city)):
        with pytest.raises(Missing):
            application.find(row.public_id, actor)


def test_a_matter_of_health_skips_the_workers_own_union_unless_they_agree(way: Way) -> None:
    beside = who(RECEIVER, way.tree.mill)
    with pytest.raises(Missing):
        application.find(way.apply().public_id, beside)
    other = Way(way.tree, way.scheme).apply(shares_with_unit=True)
    assert application.find(other.public_id, beside) == other
    assert queries.sees_sealed(beside, other)


def test_outside_its_union_or_its_time_a_scheme_takes_no_application(tree: Tree) -> None:
    way = Way(tree, a_scheme(tree.west, notice="", papers=""))
    with pytest.raises(Refused, match="不在它的范围内"):
        way.apply()
    way = Way(tree, a_scheme(tree.city, notice="", papers="", opens_on="2026-04-01"))
    with pytest.raises(Refused, match="不收申请"):
        way.apply()


def test_a_scheme_is_opened_by_another_and_closed(tree: Tree) -> None:
    made = a_scheme(tree.city)
    keeper = who(SCHEME_KEEPER, tree.city)
    schemes.close(made, actor=keeper, remark="今年的钱发完了")
    assert made.state == SchemeState.CLOSED
    schemes.bring_back(made, actor=keeper, remark="追加了预算，重新开办")
    with pytest.raises(NotAllowed, match="另一人"):
        schemes.open_up(made, actor=keeper)
    with pytest.raises(Missing):
        scheme.find(made.public_id, a_worker(tree.mill))


def test_a_scheme_that_does_not_fit_its_policy_is_refused_in_words(tree: Tree) -> None:
    with pytest.raises(Invalid, match="大病补助"):
        a_scheme(tree.city, output="别的金额")
    with pytest.raises(Invalid):
        a_scheme(tree.city, policy="350600/nothing")
    with pytest.raises(Invalid):
        a_scheme(tree.city, parameters={"分档读法": "随便"})
    with pytest.raises(Invalid, match="政策要名单“学生”，系统里没有登记"):
        a_scheme(tree.city, policy="000000/assistance_caps", output="医疗救助额", parameters="")


def test_a_scheme_that_demands_it_is_shown_to_the_public_first(tree: Tree) -> None:
    way = Way(tree, a_scheme(tree.city, papers=""))
    with pytest.raises(Invalid, match="要先公示"):
        way.apply(consents_to_notice=False)
    row = way.to(State.ASSESSED) if way.scheme.notice else None
    assert row is not None
    with pytest.raises(Refused, match="要先公示"):
        way.step(applications.confirm, row, way.confirmer)
    way.step(applications.publish, row, way.confirmer)
    line = notices.line_of(row)
    assert line is not None
    assert (row.state, line.amount, line.category) == (State.ON_NOTICE, Decimal(4500), "救助")
    with pytest.raises(NotAllowed):
        applications.end_notice(row, actor=way.confirmer)
    with clock.at(row.due_on + timedelta(days=1)):
        applications.end_notice(row, actor=CLOCK)
    assert (row.state, Grant.objects.get().amount) == (State.GRANTED, Decimal(4500))


def test_an_open_objection_holds_the_grant_up(tree: Tree) -> None:
    way = Way(tree, a_scheme(tree.city, papers=""))
    row = way.step(applications.publish, way.to(State.ASSESSED), way.confirmer)
    line = notices.line_of(row)
    assert line is not None
    reason = "他家去年买了一辆新车，申请里没有写。"
    objections.lodge(actor=CLOCK, notice=line.notice, line=line.position, reason=reason)
    with clock.at(row.due_on + timedelta(days=1)), pytest.raises(Refused, match="异议"):
        applications.end_notice(row, actor=CLOCK)
    assert not Grant.objects.exists()


def test_consent_taken_back_sends_the_application_back(tree: Tree) -> None:
    way = Way(tree, a_scheme(tree.city, papers=""))
    row = way.step(applications.publish, way.to(State.ASSESSED), way.confirmer)
    consents.withdraw(row.payee, PUBLICITY, actor=way.worker)
    run_until_idle()
    row.refresh_from_db()
    assert row.state == State.CHECKED


def test_a_notice_is_taken_down_by_who_publishes(tree: Tree) -> None:
    way = Way(tree, a_scheme(tree.city, papers=""))
    row = way.step(applications.publish, way.to(State.ASSESSED), way.confirmer)
    way.step(applications.take_down, row, way.second, remark="金额有误，重新核定")
    line = notices.line_of(row)
    assert (row.state, line is not None and line.is_running) == (State.CHECKED, False)
