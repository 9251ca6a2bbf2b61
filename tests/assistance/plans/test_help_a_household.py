"""What plans, pairings and drop-out cases promise beyond each single step."""

from datetime import timedelta
from decimal import Decimal

import pytest

from niangjia.assistance import renewal
from niangjia.assistance.access import APPROVER, CENTRE_CLERK, PAIRED_CADRE, REVIEWER, SCHOOL_WORKER
from niangjia.assistance.consents import SCHOOL_CONTACT
from niangjia.assistance.kinds import State
from niangjia.assistance.models import AidPlan, HardshipFile
from niangjia.assistance.pairing import parameters
from niangjia.assistance.pairing import queries as pairing_queries
from niangjia.assistance.pairing import workflow as pairings
from niangjia.assistance.pairing.kinds import Role
from niangjia.assistance.plans import actions, incomes, measures, queries, workflow
from niangjia.assistance.plans.kinds import MeasureState, PlanState
from niangjia.assistance.schooling import workflow as schooling
from niangjia.assistance.schooling.kinds import SchoolState
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.messages import Message
from niangjia.kernel.workflow.tasks import on_desk_of
from niangjia.membership.consents.actions import withdraw
from niangjia.membership.consents.queries import has_consented
from niangjia.organisation.models import ParameterValue
from tests.cast import LONG_AGO, Tree, a_post, a_user, who
from tests.plans import OFFICE, REASON, PairPath, SchoolPath, day

INCOME = {"household_size": "3", "source": "入户核实"}


def test_a_plan_follows_a_filed_file_and_there_is_one(way: PairPath) -> None:
    file = way.to("cleared")
    with pytest.raises(Refused, match="先建档、后帮扶"):
        way.draft(file)
    other = PairPath(way.tree)
    plan = other.draft()
    with pytest.raises(Refused, match=plan.number):
        other.draft(plan.file)


def test_a_plan_without_need_or_measure_is_not_offered(way: PairPath) -> None:
    plan = way.plan_to(PlanState.DRAFTED)
    with pytest.raises(Refused, match="需求"):
        workflow.offer(plan, actor=way.clerk)
    actions.record_need(plan, actor=way.clerk, kind="training", intensity="2", note="")
    with pytest.raises(Refused, match="措施"):
        workflow.offer(plan, actor=way.clerk)
    way.suggest(plan)
    # The need is training, the measure is a job: it shows as unanswered.
    found = queries.unanswered(queries.needs(way.clerk, plan), queries.measures(way.clerk, plan))
    assert [need.kind for need in found] == ["training"]
    workflow.offer(plan, actor=way.clerk)
    assert Message.objects.filter(template="aid-plan-to-confirm").count() == 1


def test_the_worker_sees_the_plan_once_it_is_offered(way: PairPath) -> None:
    plan = way.draft()
    with pytest.raises(Missing):
        workflow.aid_plan.find(plan.public_id, way.worker)
    way.ready(plan)
    workflow.offer(plan, actor=way.clerk)
    assert workflow.aid_plan.find(plan.public_id, way.worker) == plan
    assert [task.object_id for task in on_desk_of(way.worker)] == [plan.pk]


def test_whoever_drafted_may_not_approve(way: PairPath) -> None:
    a_post(APPROVER, way.tree.east, way.clerk.account)
    plan = way.plan_to(PlanState.AGREED)
    with pytest.raises(NotAllowed, match="另一人"):
        workflow.approve(plan, actor=Actor.of(way.clerk.account))


def test_approving_puts_the_measures_on_the_desk(way: PairPath) -> None:
    plan = way.plan_to(PlanState.IN_FORCE)
    measure = plan.measures.get()
    assert (measure.state, measure.due_on) == (MeasureState.PLANNED, measure.begins_on)
    assert plan.due_on == plan.review_on
    with pytest.raises(NotAllowed, match="随别的步骤"):
        measures.release(way.suggest(PairPath(way.tree).draft()), actor=way.clerk)


def test_measures_stand_still_while_the_household_looks_at_them(way: PairPath) -> None:
    plan = way.plan_to(PlanState.OFFERED)
    with pytest.raises(Refused, match="退回草拟"):
        measures.drop(plan.measures.get(), actor=way.clerk, **REASON)
    with pytest.raises(WrongState, match="修订方案"):
        way.suggest(plan)
    with pytest.raises(WrongState, match="退回草拟"):
        actions.record_need(plan, actor=way.clerk, kind="legal", intensity="1", note="")


def test_out_of_hardship_needs_finished_measures_and_a_recent_income(way: PairPath) -> None:
    plan = way.plan_to(PlanState.IN_FORCE)
    out = {"result": "out", "remark": "爱人已上岗，收入稳定"}
    with pytest.raises(Refused, match="1 项措施"):
        workflow.conclude(plan, actor=way.clerk, **out)
    measure = plan.measures.get()
    measures.start(measure, actor=way.clerk, begun_on=day())
    measures.finish(measure, actor=way.clerk, **way.finished())
    with pytest.raises(Refused, match="收入记录"):
        workflow.conclude(plan, actor=way.clerk, **out)
    actions.record_income(plan, actor=way.clerk, as_of=day(), yearly_income_amount="66000", **INCOME)
    workflow.conclude(plan, actor=way.clerk, **out)
    assert (plan.state, plan.result, plan.concluded_on) == (PlanState.CONCLUDED, "out", clock.today())
    assert AidPlan.objects.filter(file=plan.file).count() == 1


def test_income_is_a_curve_with_one_value_a_day(way: PairPath) -> None:
    plan = way.plan_to(PlanState.IN_FORCE)
    for days, amount in ((-200, "30000"), (0, "54000")):
        actions.record_income(plan, actor=way.clerk, as_of=day(days), yearly_income_amount=amount, **INCOME)
    with pytest.raises(Invalid, match="已有收入记录"):
        actions.record_income(plan, actor=way.clerk, as_of=day(), yearly_income_amount="1", **INCOME)
    told = [str(one.monthly_amount) for one in incomes.track(plan.file) if one.record]
    assert told == ["833.33", "1500.00"]


def test_the_curve_begins_before_the_plan_and_the_family_does_not_see_what_was_found(way: PairPath) -> None:
    plan = way.plan_to(PlanState.IN_FORCE)
    actions.record_income(plan, actor=way.clerk, as_of=day(), yearly_income_amount="54000", **INCOME)

    def sources(actor: Actor) -> list[str]:
        return [str(one.source) for one in incomes.track(plan.file, incomes.found_about(plan.file, actor))]

    assert sources(way.clerk) == ["申请时填写", "入户核查", "经济状况核对", "入户核实"]
    assert sources(way.worker) == sources(way.cadre) == ["申请时填写", "入户核实"]


def test_a_review_keeps_what_it_overwrites(way: PairPath) -> None:
    file = way.to(State.FILED)
    said = (file.applied_on, file.yearly_income_amount)
    for year, amount in ((1, "40000"), (2, "52000")):
        assert file.renewal_on is not None
        with clock.at(file.renewal_on + timedelta(days=1)):
            renewal.begin_renewal(file, actor=CLOCK)
            now = {"household_size": "3", "rigid_spending_amount": "0", "category": "deep"}
            renewal.renew(file, actor=way.clerk, yearly_income_amount=amount, **now)
            # The plan that is reviewed on the same day and says the same is no second point.
            keep = {"as_of": clock.today(), "household_size": 3, "yearly_income_amount": Decimal(amount)}
            incomes.keep_income(file, actor=way.clerk, source="方案复核", **keep)
        assert len(incomes.track(file)) == year + 1
    first, *_reviews, last = incomes.track(file)
    assert (first.as_of, first.yearly_income_amount, first.source) == (*said, "申请时填写")
    assert (str(last.monthly_amount), last.source) == ("1444.44", "年度复核")


def test_counselling_is_opened_to_health_duties_and_the_family_only(way: PairPath, tree: Tree) -> None:
    plan = way.plan_to(PlanState.DRAFTED)
    actions.record_need(plan, actor=way.clerk, kind="counselling", intensity="2", note="夜里睡不着")
    way.suggest(plan, kind="counselling")
    assert [need.kind for need in queries.needs(way.clerk, plan)] == ["counselling"]
    for actor in (way.reviewer, way.visitor):
        assert (queries.needs(actor, plan), queries.measures(actor, plan)) == ([], [])


def test_money_has_a_source_and_a_measure_is_for_the_household(way: PairPath) -> None:
    plan = way.plan_to(PlanState.DRAFTED)
    with pytest.raises(Invalid) as refused:
        way.suggest(plan, amount="3000", source="", beneficiary="不相干的人")
    assert set(refused.value.problems) == {"source", "beneficiary"}


# Pairing


def test_a_staff_member_has_one_household_and_a_leader_two(way: PairPath, tree: Tree) -> None:
    way.pair()
    with pytest.raises(Invalid, match="最多 1 户"):
        PairPath(tree).pair(cadre=way.cadre.account)
    leader = way.a_cadre(tree.city, is_leader=True)
    for _household in range(2):
        PairPath(tree).pair(cadre=leader)
    with pytest.raises(Invalid, match="最多 2 户"):
        PairPath(tree).pair(cadre=leader)


def test_a_region_may_allow_more(way: PairPath, tree: Tree) -> None:
    way.pair()
    ParameterValue.objects.create(
        name=parameters.MOST_HOUSEHOLDS[Role.STAFF],
        region=tree.west.region,
        value=3,
        valid_from=LONG_AGO,
        source="县办法",
    )
    assert PairPath(tree).pair(cadre=way.cadre.account).cadre_id == way.cadre.user_id


def test_only_who_holds_the_post_is_paired_and_with_an_office_phone(way: PairPath) -> None:
    file = way.filed()
    with pytest.raises(Invalid, match="没有“挂钩领导”或“结对干部”岗位"):
        way.pair(file, a_user())
    with pytest.raises(Invalid) as refused:
        pairings.pair(
            actor=way.clerk, file=file.number, cadre=way.cadre.account.username, office_phone="13900000001"
        )
    assert "个人手机" in refused.value.problems["office_phone"][0]


def test_the_pairing_alone_opens_the_household_and_the_hand_over_closes_it(way: PairPath) -> None:
    plan = way.plan_to(PlanState.IN_FORCE)
    with pytest.raises(Missing):
        workflow.aid_plan.find(plan.public_id, way.cadre)
    row = way.pair(plan.file)
    assert workflow.aid_plan.find(plan.public_id, way.cadre) == plan
    assert [task.object_id for task in on_desk_of(way.cadre)] == [row.pk]

    pairings.hand_over(row, actor=way.cadre, cadre=way.colleague.username, office_phone=OFFICE)
    newcomer = Actor.of(way.colleague)
    assert [task.object_id for task in on_desk_of(newcomer)] == [row.pk]
    assert list(on_desk_of(way.cadre)) == []
    for workflow_row in (plan, row):
        with pytest.raises(Missing):
            (workflow.aid_plan if workflow_row is plan else pairings.pairing).find(
                workflow_row.public_id, way.cadre
            )
    stints = [(stint.cadre_id, stint.until_on is None) for stint in row.stints.order_by("pk")]
    assert stints == [(way.cadre.user_id, False), (way.colleague.pk, True)]
    assert Message.objects.filter(template="pairing-handed-over").count() == 1


def test_a_hand_over_keeps_to_the_quota_and_the_role(way: PairPath, tree: Tree) -> None:
    row = way.pair()
    PairPath(tree).pair(cadre=way.colleague)
    leader = way.a_cadre(tree.city, is_leader=True)
    for cadre, words in ((way.colleague, "最多 1 户"), (leader, "结对干部"), (way.cadre.account, "另一位")):
        with pytest.raises(Invalid, match=words):
            pairings.hand_over(row, actor=way.clerk, cadre=cadre.username, office_phone=OFFICE)


def test_a_visit_sets_the_next_and_a_missed_one_is_overdue(way: PairPath) -> None:
    row = way.pair()
    assert row.due_on == clock.today() + timedelta(days=91)
    with clock.at(clock.today() + timedelta(days=92)):
        assert list(pairing_queries.pairings_chosen(way.cadre, overdue=True)) == [row]
        pairings.record_visit(row, actor=way.cadre, **way.visit())
        assert list(pairing_queries.pairings_chosen(way.cadre, overdue=True)) == []
        [load] = [one for one in pairing_queries.loads(who(CENTRE_CLERK, way.tree.west)) if one.households]
        assert (load.visits, load.visits_asked, load.owes_visits) == (1, 4, True)


def test_a_household_member_may_neither_be_paired_nor_act(way: PairPath, tree: Tree) -> None:
    a_post(PAIRED_CADRE, tree.city, way.worker.account)
    with pytest.raises(Refused, match="回避"):
        way.pair(cadre=way.worker.account)
    a_post(CENTRE_CLERK, tree.east, way.worker.account)
    plan = way.draft(HardshipFile.objects.get())
    with pytest.raises(NotAllowed, match="回避"):
        actions.record_need(plan, actor=Actor.of(way.worker.account), kind="job", intensity="1", note="")


def test_households_without_a_cadre_are_listed_until_they_have_one(way: PairPath) -> None:
    file = way.filed()
    assert list(pairing_queries.unpaired_files(way.clerk)) == [file]
    way.pair(file)
    assert list(pairing_queries.unpaired_files(way.clerk)) == []


# A child who left school


def test_a_child_leaves_comes_back_leaves_again_and_stays(school: SchoolPath) -> None:
    case = school.case_to(SchoolState.SUPPORTED)
    schooling.drop_out_again(case, actor=school.worker, left_on=day(), circumstances="住校不习惯，又回了家。")
    assert (case.state, case.drop_out_count, case.follow_up_on) == (SchoolState.PERSUADING, 2, None)
    schooling.persuade(case, actor=school.worker, **school.visit(consented_on="", consent_paper=""))
    schooling.return_to_school(case, actor=school.worker, **school.back())
    with pytest.raises(Refused, match="到那天再"):
        schooling.follow_up(case, actor=school.worker, is_at_school=True, remark="班主任说天天到校")
    assert case.follow_up_on is not None
    with clock.at(case.follow_up_on):
        with pytest.raises(Invalid):
            schooling.follow_up(case, actor=school.worker, remark="班主任说没有来")
        schooling.follow_up(case, actor=school.worker, is_at_school=True, remark="班主任说天天到校")
        assert case.state == SchoolState.STAYED
        # Closed, and opened again.
        schooling.drop_out_again(case, actor=school.worker, left_on=day(), circumstances="寒假后没有返校。")
    assert (case.drop_out_count, case.closed_on, case.visits.count()) == (3, None, 2)


def test_nothing_is_arranged_with_a_school_without_the_guardians_consent(school: SchoolPath) -> None:
    case = school.find()
    schooling.persuade(case, actor=school.worker, **school.visit(consented_on="", consent_paper=""))
    with pytest.raises(Refused, match="同意书"):
        schooling.return_to_school(case, actor=school.worker, **school.back())
    with pytest.raises(Invalid) as refused:
        schooling.persuade(case, actor=school.worker, **school.visit(consent_paper=""))
    assert set(refused.value.problems) == {"consent_paper"}


def test_a_consent_that_the_guardian_took_back_counts_no_more(school: SchoolPath) -> None:
    case = school.case_to(SchoolState.PERSUADING)
    schooling.persuade(case, actor=school.worker, **school.visit())
    assert has_consented(school.parent, SCHOOL_CONTACT)
    withdraw(school.parent, SCHOOL_CONTACT, actor=school.guardian)
    with pytest.raises(Refused, match="撤回"):
        schooling.return_to_school(case, actor=school.worker, **school.back())
    schooling.persuade(case, actor=school.worker, **school.visit())
    schooling.return_to_school(case, actor=school.worker, **school.back())
    assert case.state == SchoolState.BACK


def test_a_childs_case_is_shut_to_other_assistance_posts(school: SchoolPath, tree: Tree) -> None:
    case = school.find()
    for actor in (who(CENTRE_CLERK, tree.east), who(REVIEWER, tree.willow), PairPath(tree).cadre):
        with pytest.raises(Missing):
            schooling.schooling.find(case.public_id, actor)
    assert schooling.schooling.find(case.public_id, school.guardian) == case


def test_a_case_is_about_a_minor_of_the_household_and_there_is_one(school: SchoolPath, tree: Tree) -> None:
    with pytest.raises(Refused, match="未成年人"):
        school.find(child="没有的孩子")
    case = school.find()
    with pytest.raises(WrongState, match=case.number):
        school.find()
    other = SchoolPath(tree)
    other.worker = who(SCHOOL_WORKER, tree.west)
    with pytest.raises(Refused, match="没有登记过"):
        other.find()
