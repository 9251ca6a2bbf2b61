"""Plans of the demo city, one household at a time: one is carried to leaving hardship, others stand midway.

The centre takes up a household that is on file, shapes its plan, and each step follows some working days later.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import cycle, islice
from random import Random
from typing import Any

from niangjia.assistance.access import APPROVER
from niangjia.assistance.kinds import Cause, State
from niangjia.assistance.models import AidMeasure, AidPlan, HardshipFile
from niangjia.assistance.plans import actions, measures, workflow
from niangjia.assistance.plans.kinds import OPEN_MEASURES, AidKind, Intensity, MeasureState, PlanResult
from niangjia.demo import schooling
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.families import Placed
from niangjia.demo.pairings import Pairings, clerk_of, files_on_hand
from niangjia.demo.stories import Calendar
from niangjia.demo.workers import WORKERS
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.workflow import locking
from niangjia.membership import households
from niangjia.membership.queries import person_by_id_number

# Working days that a step lets wait.
WAITS = {"offer": 1, "agree": 3, "ask_for_change": 2, "approve": 2, "start": 2, "finish": 10, "review": 20}
WAITS |= {"revise": 8, "drop": 4, "conclude": 3}
AGREED = ("offer", "agree")
IN_FORCE = (*AGREED, "approve")
# Each ends where a plan may stand today.
WAYS: Sequence[tuple[str, ...]] = (
    (*IN_FORCE, "start", "finish", "start"),
    ("offer",),
    AGREED,
    IN_FORCE,
    (),
    (*IN_FORCE, "start", "finish", "start", "finish", "review"),
    ("offer", "ask_for_change"),
    (*IN_FORCE, "start", "finish", "drop", "conclude"),
    (*IN_FORCE, "start"),
    (*IN_FORCE, "start", "finish", "revise"),
)
# Shorter than the shortest time that a family which leaves hardship stays on file.
OUT = (*IN_FORCE, *("start", "finish") * 3, "conclude")
PLANS = 20
LONGEST_REST = 6
GOALS = (
    "一年内家里有一人稳定就业，孩子上学不欠费，月月有结余。",
    "把医药费的窟窿补上，爱人身体好转后能做轻便的活，两年内收入稳定。",
    "老人有人照看，大人安心上班，全家人均收入超过本地标准。",
)
# What is done, by whom, for how much and from where, and what came of it.
DEEDS: dict[str, tuple[str, str, str, str, str]] = {
    AidKind.LIVING: (
        "按季发放生活补助，米面油节前送到家。",
        "区总工会帮扶中心",
        *("2000", "市级帮扶资金"),
        "补助已到账，本人签收。",
    ),
    AidKind.MEDICAL: (
        "自付医药费按规定二次救助，指导申请互助保障。",
        "区总工会帮扶中心",
        *("3000", "中央财政专项帮扶资金"),
        "救助金已打卡，互助保障已受理。",
    ),
    AidKind.SCHOOLING: (
        "新学期学费和住宿费按金秋助学标准资助。",
        "市总工会女职工部",
        *("3000", "金秋助学资金"),
        "学费已交，孩子按时报到。",
    ),
    AidKind.TRAINING: (
        "参加家政收纳培训四十课时，考取证书。",
        "区总工会职工学校",
        *("1200", "职工培训专项"),
        "按时结业，取得证书。",
    ),
    AidKind.JOB: (
        "推荐到离家三站路的物业公司，签一年合同。",
        "区总工会职业介绍所",
        *("", ""),
        "已上岗，月薪三千二百元。",
    ),
    AidKind.VOLUNTEER: (
        "志愿者每周上门一次，陪老人说话、代买药品。",
        "青禾社会工作服务中心",
        *("", ""),
        "每周都来，老人精神好多了。",
    ),
}
PACKS: dict[str, tuple[str, ...]] = {
    Cause.ILLNESS: (AidKind.MEDICAL, AidKind.VOLUNTEER),
    Cause.SCHOOLING: (AidKind.SCHOOLING, AidKind.TRAINING),
    Cause.UNEMPLOYMENT: (AidKind.TRAINING, AidKind.JOB),
}
USUAL_PACK = (AidKind.LIVING, AidKind.JOB)
OUT_PACK = (AidKind.LIVING, AidKind.TRAINING, AidKind.JOB)
NEEDED = ("眼下最急的一件。", "家里自己想办法有困难。", "")


def plan(
    random: Callable[[str], Random], agenda: Agenda, desks: Desks, families: Sequence[Placed], days: Calendar
) -> None:
    """Plans, pairings, and children who left school."""
    paired = Pairings(random("pairings"), agenda, desks)
    Plans(random("plans"), agenda, desks, paired).plan(families, days)
    schooling.plan(random("schooling"), agenda, desks, days)


class Plans:
    def __init__(self, random: Random, agenda: Agenda, desks: Desks, paired: Pairings) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.paired = paired
        self.reserved: set[str] = set()

    def plan(self, families: Sequence[Placed], days: Calendar) -> None:
        for way in islice(cycle(WAYS), PLANS):
            waited = sum(WAITS[name] for name in way) + self.random.randint(1, LONGEST_REST)
            self.agenda.add(days.before(waited), partial(self._take_up, way))
        leaving = next(placed for placed in families if placed.family.story.state == State.EXITED)
        self._await(leaving, self._lead_out)
        [known] = [worker.name for worker in WORKERS if worker.state == State.FILED]
        shown = [placed for placed in families if placed.family.head.name == known]
        for placed in shown[:1]:
            self._await(placed, self.paired.pair_with_mentor)
            self.agenda.add(days.today, partial(self._offer_to, placed))

    def _await(self, placed: Placed, then: Callable[[HardshipFile], None]) -> None:
        """As soon as the family is on file."""
        number = placed.family.head.id_number.number
        self.reserved.add(number)
        self.agenda.add(placed.family.story.begins_on + timedelta(days=1), partial(self._look, number, then))

    def _look(self, number: str, then: Callable[[HardshipFile], None]) -> None:
        if file := _filed(number):
            then(file)
        else:
            self.agenda.add(calendar.add_working_days(clock.today(), 2), partial(self._look, number, then))

    def _take_up(self, way: tuple[str, ...]) -> None:
        """A household on file that has no plan yet; the nearer half lies under the demo accounts."""
        reserved = households.people_numbered(self.reserved).values()
        free = files_on_hand().filter(plans=None).exclude(person__in=list(reserved))
        files = free.order_by("unit__path", "pk").values_list("pk", flat=True)
        if files:
            file = free.get(pk=self.random.choice(files[: (len(files) + 1) // 2]))
            self.paired.pair(file)
            self._begin(file, way, PACKS.get(file.cause, USUAL_PACK))

    def _lead_out(self, file: HardshipFile) -> None:
        self.paired.pair(file)
        self._begin(file, OUT, OUT_PACK)

    def _offer_to(self, placed: Placed) -> None:
        """What the demo's worker finds on the phone today."""
        if file := _filed(placed.family.head.id_number.number):
            workflow.offer(self._draft(file, PACKS.get(file.cause, USUAL_PACK)), actor=self._clerk(file))

    def _begin(self, file: HardshipFile, way: tuple[str, ...], pack: Sequence[str]) -> None:
        self._go_on(self._draft(file, pack).pk, way)

    def _draft(self, file: HardshipFile, pack: Sequence[str]) -> AidPlan:
        clerk = self._clerk(file)
        plan: AidPlan = workflow.draft(actor=clerk, file=file.number, goal=self.random.choice(GOALS))
        begins = clock.today() + timedelta(days=14)
        for kind in pack:
            intensity = self.random.choice(Intensity.values)
            actions.record_need(
                plan, actor=clerk, kind=kind, intensity=intensity, note=self.random.choice(NEEDED)
            )
            detail, provider, amount, source, _result = DEEDS[kind]
            measures.suggest(
                actor=clerk,
                plan=plan.number,
                kind=kind,
                detail=detail,
                provider=provider,
                amount=amount,
                source=source,
                begins_on=begins,
                ends_on=begins + timedelta(days=30),
            )
            begins += timedelta(days=20)
        self._record_income(plan, clerk, file.yearly_income_amount, "建档时入户核实")
        return plan

    def _go_on(self, pk: int, way: tuple[str, ...]) -> None:
        if way:
            day = calendar.add_working_days(clock.today(), WAITS[way[0]])
            self.agenda.add(day, partial(self._take, pk, way))

    def _take(self, pk: int, way: tuple[str, ...]) -> None:
        [plan] = locking.read(workflow.aid_plan, pk)
        if way[0] in ("start", "finish", "drop"):
            self._carry_out(plan, way[0])
        elif way[0] == "conclude":
            self._conclude(plan)
        else:
            getattr(workflow, way[0])(plan, actor=self._doer(plan, way[0]), **self._said(plan, way[0]))
        self._go_on(pk, way[1:])

    def _doer(self, plan: AidPlan, name: str) -> Actor:
        user = plan.file.person.user
        if name in ("agree", "ask_for_change") and user is not None:
            return Actor.of(user)
        if name == "approve":
            return self.desks.somebody(self.random, APPROVER, plan.unit)
        return self._clerk(plan.file)

    def _said(self, plan: AidPlan, name: str) -> dict[str, Any]:
        if name == "agree" and plan.file.person.user is None:
            return {"signed_paper": "方案档案盒 2"}
        if name == "review":
            income = plan.file.yearly_income_amount + 6000
            told = {"household_size": plan.file.household_size, "yearly_income_amount": str(income)}
            return told | {"source": "工资流水", "remark": "措施按计划落实，家里收入有起色。"}
        remarks = {
            "ask_for_change": "孩子明年才毕业，助学想再延一年。",
            "revise": "老人新近住院，要增加照看的措施。",
        }
        return {"remark": remarks[name]} if name in remarks else {}

    def _carry_out(self, plan: AidPlan, name: str) -> None:
        wanted = (MeasureState.UNDER_WAY,) if name == "finish" else (MeasureState.PLANNED,)
        rows = AidMeasure.objects.select_related(*measures.aid_measure.related)
        row = rows.filter(plan=plan, state__in=wanted).order_by("begins_on", "pk").first()
        if row is None:
            return
        today, clerk = clock.today().isoformat(), self._clerk(plan.file)
        if name == "start":
            measures.start(row, actor=clerk, begun_on=today)
        elif name == "finish":
            result = DEEDS[row.kind][-1]
            measures.finish(row, actor=clerk, done_on=today, result=result, evidence="凭证在方案档案盒")
        else:
            measures.drop(row, actor=clerk, remark="家里已经自己解决，不再需要。")

    def _conclude(self, plan: AidPlan) -> None:
        """Out of hardship where everything was carried out, carried over otherwise."""
        clerk = self._clerk(plan.file)
        assert not plan.measures.filter(state__in=OPEN_MEASURES).exists()
        is_out = not plan.measures.exclude(state=MeasureState.DONE).exists()
        if is_out:
            self._record_income(plan, clerk, 26000 * plan.file.household_size, "工资流水和劳动合同")
        result = PlanResult.OUT if is_out else PlanResult.CARRIED_OVER
        remark = "爱人上岗，收入超过标准，帮到了位。" if is_out else "主要措施已落实，转入下一年度继续关心。"
        workflow.conclude(plan, actor=clerk, result=result, remark=remark)

    def _record_income(self, plan: AidPlan, clerk: Actor, amount: Any, source: str) -> None:
        actions.record_income(
            plan,
            actor=clerk,
            as_of=clock.today(),
            household_size=plan.file.household_size,
            yearly_income_amount=str(amount),
            source=source,
        )

    def _clerk(self, file: HardshipFile) -> Actor:
        return clerk_of(file, self.random, self.desks)


def _filed(number: str) -> HardshipFile | None:
    person = person_by_id_number(number)
    return files_on_hand().filter(person=person).first() if person else None
