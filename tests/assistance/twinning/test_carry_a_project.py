"""一县一项目: plan, money, start, completion, in this order; the money is whole before the first spade."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.assistance.access import APPROVER
from niangjia.assistance.models import CountyProject
from niangjia.assistance.twinning import projects, queries
from niangjia.assistance.twinning.kinds import MILESTONES, ProjectState
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.workflow.tasks import open_task_of
from tests.browser.photos import a_photo
from tests.cast import Tree, a_post
from tests.twinnings import REASON, TwinPath, day


@pytest.mark.django_db
def test_each_milestone_has_its_day_and_its_desk(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.draft()
    assert (row.unit, row.due_on) == (tree.east, row.plan_by)
    way.fund(row)
    for step, actor, said, due, duty in (
        (projects.plan, way.taker, {}, row.fund_by, "assistance_approver"),
        (projects.arrange, way.chair, {}, row.start_by, "assistance_clerk"),
        (projects.start, way.taker, {"started_on": day()}, row.finish_by, "assistance_clerk"),
    ):
        step(row, actor=actor, **said)
        task = open_task_of("county-project", row.pk)
        assert task is not None and (row.due_on, task.duty) == (due, duty)
    projects.finish(row, actor=way.taker, finished_on=day())
    assert (row.state, row.due_on, open_task_of("county-project", row.pk)) == ("finished", None, None)
    today = clock.today()
    assert {row.planned_on, row.funded_on, row.started_on, row.finished_on} == {today}


@pytest.mark.django_db
def test_the_money_is_whole_to_the_fen_before_the_plan_is_done(tree: Tree) -> None:
    way = TwinPath(tree)
    row, twinning = way.draft(), way.twinning_to()
    way.fund(row, amount="500000")
    way.fund(row, kind="twin", payer="", twinning=twinning.number, amount="299999.99")
    with pytest.raises(Refused, match=r"¥799,999\.99，总投资 ¥800,000\.00"):
        projects.plan(row, actor=way.taker)
    # Said again of the same payer, it corrects.
    way.fund(row, kind="twin", payer="", twinning=twinning.number, amount="300000")
    assert [(one.payer, str(one.amount)) for one in queries.funding_of(row)] == [
        ("县财政局", "500000.00"),
        (tree.west.name, "300000.00"),
    ]
    projects.plan(row, actor=way.taker)
    with pytest.raises(WrongState):
        way.fund(row, amount="1")
    assert queries.projects_visible_to(way.giver).get() == row


@pytest.mark.django_db
def test_a_source_is_taken_back_with_nought(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.draft()
    way.fund(row)
    way.fund(row, amount="0")
    assert queries.funded_amount(row) == 0
    with pytest.raises(Refused, match="没有登记过“县财政局”的资金"):
        way.fund(row, amount="0")


@pytest.mark.django_db
def test_whoever_made_the_plan_does_not_confirm_the_money(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.project_to(ProjectState.AWAITING_FUNDS)
    a_post(APPROVER, tree.east, way.taker.account)
    with pytest.raises(NotAllowed, match="须由另一人办理"):
        projects.arrange(row, actor=Actor.of(way.taker.account))
    projects.send_back(row, actor=way.chair, **REASON)
    assert (row.state, row.planned_on, row.due_on) == ("planning", None, row.plan_by)


@pytest.mark.django_db
def test_nothing_is_started_before_its_money(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.project_to(ProjectState.AWAITING_FUNDS)
    with pytest.raises(WrongState):
        projects.start(row, actor=way.taker, started_on=day())
    projects.arrange(row, actor=way.chair)
    for wrong, words in ((day(-1), "不能早于资金安排日期"), (day(1), "不能晚于今天")):
        with pytest.raises(Invalid, match=words):
            projects.start(row, actor=way.taker, started_on=wrong)
    projects.start(row, actor=way.taker, started_on=day())
    with pytest.raises(Invalid, match="不能早于开工日期"):
        projects.finish(row, actor=way.taker, finished_on=day(-1))


@pytest.mark.django_db
def test_a_county_has_one_project_at_a_time(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.draft()
    with pytest.raises(Refused, match="一县一项目"):
        way.draft()
    with pytest.raises(NotAllowed):
        projects.abandon(row, actor=way.taker, **REASON)
    projects.abandon(row, actor=way.chair, **REASON)
    assert (row.state, row.abandoned_on) == ("halted", clock.today())
    way.draft()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"total_amount": "0"}, "0.01"),
        ({"total_amount": "二百万"}, "这不是金额"),
        ({"start_by": "2026-03-05"}, "不能早于前一个节点"),
        ({"finish_by": "2026-03-05"}, "不能早于前一个节点"),
        ({"name": "园"}, "至少"),
        ({"kind": "bridge"}, "bridge"),
        ({"county": "GH-999999"}, "没有这个区县级工会"),
    ],
)
def test_a_project_that_does_not_hold_together_is_refused_in_words(
    tree: Tree, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        TwinPath(tree).draft(**wrong)
    assert not CountyProject.objects.exists()


@pytest.mark.django_db
def test_projects_are_for_key_counties_by_their_own_clerks(tree: Tree) -> None:
    way = TwinPath(tree)
    way.taker = way.giver
    with pytest.raises(Invalid, match="不在重点县名单里"):
        way.draft(county=tree.west.number)
    with pytest.raises(Invalid, match="没有这个区县级工会"):
        way.draft()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"payer": ""}, "请写明谁出这笔钱"),
        ({"kind": "twin"}, "请填这家结对工会的县区结对编号"),
        ({"amount": "-5"}, "0"),
        ({"twinning": "XJ2026999999"}, "没有这样一对正在结对的工会"),
    ],
)
def test_a_source_that_does_not_hold_together_is_refused_in_words(
    tree: Tree, wrong: dict[str, Any], words: str
) -> None:
    way = TwinPath(tree)
    row = way.draft()
    with pytest.raises(Invalid, match=words):
        way.fund(row, **wrong)


@pytest.mark.django_db
def test_a_twin_pays_into_projects_of_the_county_it_helps_alone(tree: Tree) -> None:
    way = TwinPath(tree)
    row, twinning = way.draft(), way.twinning_to()
    with pytest.raises(Invalid, match="不是结对工会出资"):
        way.fund(row, twinning=twinning.number)
    row.unit = way.north
    row.save(update_fields=["unit"])
    way.taker = way.clerk
    with pytest.raises(Invalid, match="没有这样一对正在结对的工会"):
        way.fund(row, kind="twin", payer="", twinning=twinning.number)


@pytest.mark.django_db
def test_its_papers_are_kept_by_the_county_while_it_runs(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.project_to(ProjectState.STARTED)
    paper = projects.attach(row, actor=way.taker, kind="acceptance", upload=a_photo("done.jpg"))
    wrong = projects.attach(row, actor=way.taker, kind="photo", upload=a_photo("wrong.jpg", "red"))
    projects.void(wrong, actor=way.taker)
    assert list(queries.papers_of(row)) == [paper]
    with pytest.raises(NotAllowed, match="帮扶中心经办添加"):
        projects.attach(row, actor=way.chair, kind="photo", upload=a_photo("more.jpg"))
    with pytest.raises(Missing):
        queries.project_paper(way.stranger, paper.public_id)
    projects.finish(row, actor=way.taker, finished_on=day())
    with pytest.raises(WrongState, match="已经固定"):
        projects.void(paper, actor=way.taker)


@pytest.mark.django_db
def test_a_milestone_past_its_day_is_overdue(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.project_to(ProjectState.FUNDED)
    with clock.at(clock.today() + timedelta(days=61)):
        assert list(queries.projects_chosen(way.chair, queries.Asked(overdue=True))) == [row]
    with pytest.raises(Missing):
        projects.county_project.find(row.public_id, way.stranger)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "step", "planned"),
    [
        (ProjectState.PLANNING, projects.put_off_plan, "plan_by"),
        (ProjectState.AWAITING_FUNDS, projects.put_off_funds, "fund_by"),
        (ProjectState.FUNDED, projects.put_off_start, "start_by"),
        (ProjectState.STARTED, projects.put_off_finish, "finish_by"),
    ],
)
def test_the_union_above_puts_the_next_milestone_off_and_the_first_day_stays(
    tree: Tree, state: ProjectState, step: Any, planned: str
) -> None:
    way = TwinPath(tree)
    row = way.project_to(state)
    before = {name: getattr(row, name) for _label, name, _reached in MILESTONES}
    later = [name for name in before if list(before).index(name) >= list(before).index(planned)]
    for days in (7, 3):
        to = getattr(row, planned) + timedelta(days=days)
        step(row, actor=way.approver, put_off_to=to.isoformat(), **REASON)
    assert (row.state, row.due_on) == (state, getattr(row, planned))
    assert {name: getattr(row, name) - day for name, day in before.items()} == {
        name: timedelta(days=10 if name in later else 0) for name in before
    }
    assert queries.first_planned(row) == {name: before[name] for name in later}
    assert row.delays.count() == 2 * len(later)


@pytest.mark.django_db
def test_nobody_puts_off_what_they_are_late_with_nor_to_a_day_that_is_past(tree: Tree) -> None:
    way = TwinPath(tree)
    row = way.project_to(ProjectState.STARTED)
    to = day(400)
    for actor in (way.chair, way.taker, way.clerk, way.giver):
        with pytest.raises(NotAllowed):
            projects.put_off_finish(row, actor=actor, put_off_to=to, **REASON)
    with pytest.raises(Invalid, match="请写明理由"):
        projects.put_off_finish(row, actor=way.approver, put_off_to=to)
    for wrong in (row.finish_by.isoformat(), day(5)):
        with pytest.raises(Invalid, match="要晚于今天和现在的期限"):
            projects.put_off_finish(row, actor=way.approver, put_off_to=wrong, **REASON)
    with pytest.raises(WrongState):
        projects.put_off_start(row, actor=way.approver, put_off_to=to, **REASON)
    assert not row.delays.exists()
