"""The sheet of a plan: it says what the plan says, masked or for a reason, to whom the page shows all of it."""

import pytest

from niangjia.assistance.models import AidPlan
from niangjia.assistance.papers import AID_PLAN
from niangjia.assistance.plans import actions, workflow
from niangjia.assistance.plans.kinds import PlanState
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Form, Printed, print_out, templates_for
from niangjia.kernel.documents.facts import write_day
from niangjia.kernel.errors import Invalid, Missing, NotAllowed
from niangjia.membership import actions as membership
from niangjia.membership.access import MEMBERSHIP_CLERK
from tests.cast import Tree, a_user, who
from tests.families import an_id_number
from tests.plans import GOAL, OFFICE, PairPath, day
from tests.printed import fonts_of, pages_of, text_of_pdf, text_of_word

FULL = Copy(in_full=True)


@pytest.fixture
def plan(way: PairPath) -> AidPlan:
    """In force, of a family of two with an income and a cadre."""
    file = way.filed()
    membership.add_to_household(
        file.household,
        actor=who(MEMBERSHIP_CLERK, way.unit),
        name="苏小满",
        id_number=an_id_number(),
        relation="spouse",
    )
    plan = way.draft(file)
    way.ready(plan)
    way.suggest(
        plan,
        kind="training",
        detail="学家政收纳，四十课时。",
        beneficiary="苏小满",
        amount="1200",
        source="市总工会培训专项",
    )
    workflow.offer(plan, actor=way.clerk)
    workflow.agree(plan, actor=way.worker)
    workflow.approve(plan, actor=way.approver)
    actions.record_income(
        plan,
        actor=way.clerk,
        as_of=day(),
        household_size="2",
        yearly_income_amount="30000",
        source="工资流水",
    )
    way.pair(file)
    return plan


def printed(plan: AidPlan, actor: Actor, form: Form = Form.PDF, **given: object) -> Printed:
    found = AID_PLAN.find(plan.public_id, actor)
    return print_out(AID_PLAN, found, form, actor=actor, **{"copy": Copy(), **given})  # type: ignore[arg-type]


@pytest.mark.parametrize("form", list(Form))
def test_the_sheet_says_what_the_plan_says(way: PairPath, plan: AidPlan, form: Form) -> None:
    made = printed(plan, way.worker, form)
    text = (text_of_pdf if form is Form.PDF else text_of_word)(made.content)
    person = plan.file.person
    for said in (
        *(person.name, person.id_number, person.phone, plan.number, plan.file.number, GOAL),
        *("职业介绍", "急需", "爱人下岗两年", "介绍到纺织厂做质检员，签一年合同。", "县总工会职业介绍所"),
        *("学家政收纳，四十课时。", "苏小满", "¥1,200.00", "市总工会培训专项", "全家"),
        *("¥30,000.00", "¥1,250.00", "工资流水", way.cadre.account.name, OFFICE, "待实施"),
        write_day(clock.today()),
    ):
        assert said in text
    assert "None" not in text
    assert made.name == f"一户一策帮扶方案表.{form.suffix}"


def test_it_is_pdf_a_on_one_page_with_its_type(way: PairPath, plan: AidPlan) -> None:
    made = printed(plan, way.clerk).content
    assert b"pdfaid:part" in made
    assert pages_of(made) == 1
    assert all(fonts_of(made).values())


def test_many_measures_go_on_over_numbered_pages(way: PairPath) -> None:
    plan = way.plan_to(PlanState.DRAFTED)
    for number in range(24):
        way.suggest(plan, detail=f"第 {number} 项，介绍到纺织厂做质检员，签一年合同。")
    made = printed(plan, way.clerk).content
    assert pages_of(made) > 1
    assert f"共{pages_of(made)}页" in text_of_pdf(made)


def test_a_plan_not_yet_agreed_leaves_the_days_to_be_written(way: PairPath) -> None:
    plan = way.plan_to(PlanState.OFFERED)
    for form, read in ((Form.PDF, text_of_pdf), (Form.WORD, text_of_word)):
        text = read(printed(plan, way.worker, form).content).replace("　", "")
        assert text.count("年月日") == 2
        assert "None" not in text


def test_a_colleague_gets_masks_without_giving_a_reason(way: PairPath, plan: AidPlan) -> None:
    text, person = text_of_pdf(printed(plan, way.clerk).content), plan.file.person
    assert person.id_number not in text
    assert person.phone not in text
    assert f"{person.id_number[:6]}********{person.id_number[-4:]}" in text
    assert not audit.history(plan).filter(action="print").exists()


def test_everything_is_printed_for_a_reason_that_is_kept(way: PairPath, plan: AidPlan) -> None:
    with pytest.raises(Invalid, match="至少 4 个字"):
        printed(plan, way.clerk, copy=FULL, reason="存")
    text = text_of_pdf(printed(plan, way.clerk, copy=FULL, reason="存入纸质档案").content)
    assert plan.file.person.id_number in text
    entry = audit.history(plan).get(action="print")
    assert (entry.actor, entry.remark.text) == (way.clerk.account, "一户一策帮扶方案表：存入纸质档案")


def test_the_cadre_and_posts_without_health_see_no_sheet(way: PairPath, plan: AidPlan) -> None:
    """It would say a counselling that the page keeps from them."""
    for actor in (way.cadre, way.reviewer):
        assert templates_for(plan, actor) == []
        with pytest.raises(NotAllowed, match="一户一策帮扶方案表"):
            printed(plan, actor)
    assert templates_for(plan, way.clerk) == templates_for(plan, way.worker) == [AID_PLAN]


def test_a_stranger_finds_no_plan_and_the_family_none_that_is_drafted(way: PairPath, tree: Tree) -> None:
    plan = way.plan_to(PlanState.DRAFTED)
    for actor in (Actor.of(a_user()), way.worker, PairPath(tree).worker):
        with pytest.raises(Missing):
            printed(plan, actor)
    assert printed(plan, way.clerk).content
