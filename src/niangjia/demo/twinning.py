"""Unions helping unions in the demo city: two help the last county, its project is late; another has no helper yet."""

from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random
from typing import Any

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.models import CountyProject, Twinning, TwinningHelp
from niangjia.assistance.twinning import giving, projects, workflow
from niangjia.assistance.twinning.kinds import FundingKind, HelpKind, ProjectKind, Purpose
from niangjia.assistance.twinning.parameters import KEY_COUNTY
from niangjia.demo.absences import set_rule
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.places import Places
from niangjia.demo.stories import Calendar
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor, Duty
from niangjia.organisation.models import UnionBody

LIST = "省扶贫开发重点县名单（演示）"
BASIS = "市总工会县区结对“重点帮”实施方案"
TOTAL = "680000"
# Working days before today: the list, the proposals; then each piece of help, when given and confirmed (0: not yet).
LISTED, PROPOSED = 290, 280
HELP: tuple[tuple[int, int, int, dict[str, Any]], ...] = (
    (270, 262, 258, {"kind": HelpKind.MONEY, "purpose": Purpose.CADRE_TRAINING, "amount": "86000",
                     "detail": "县、乡镇两级工会干部培训两期"}),
    (190, 186, 183, {"kind": HelpKind.MONEY, "purpose": Purpose.VISITS, "amount": "60000",
                     "detail": "春节走访慰问困难职工一百二十户"}),
    (150, 140, 136, {"kind": HelpKind.ADVICE, "purpose": Purpose.JOBS,
                     "detail": "在结对区开两场招聘会，介绍到工业园区上班"}),
    (60, 52, 49, {"kind": HelpKind.MONEY, "purpose": Purpose.READING_ROOM, "amount": "45500.50",
                  "detail": "两家职工书屋添置图书和书架"}),
    (15, 4, 0, {"kind": HelpKind.MONEY, "purpose": Purpose.EVENT, "amount": "30000",
                "detail": "县职工运动会器材和奖品"}),
    (12, 0, 0, {"kind": HelpKind.ADVICE, "purpose": Purpose.MARKET,
                "detail": "茶叶和笋干进结对区机关食堂"}),
)  # fmt: skip
# Working days from the promise to the day it is planned for.
NOTICE = 10
DRAFTED, PLANNED, FUNDED, STARTED = 170, 160, 150, 110
PUT_OFF, START_BY = 125, 112
# The days planned for the four milestones; the start is put off and the end with it, which is past, and not reached.
MILESTONES = {"plan_by": 155, "fund_by": 145, "start_by": 117, "finish_by": 11}


def plan(random: Random, agenda: Agenda, desks: Desks, places: Places, days: Calendar) -> None:
    *others, helped = [district.union for district in places.districts]
    alone = others.pop() if len(others) > 1 else None
    story = Story(random, agenda, desks, days, helped)
    for county in (helped, alone):
        if county is not None:
            agenda.add(days.before(LISTED), partial(story.mark, county))
    for helper in others:
        agenda.add(days.before(PROPOSED), partial(story.pair, helper))
    for number, told in enumerate(HELP):
        story.help(others[number % len(others)], *told)
    story.build(others[0])


class Story:
    """What happens between the unions; each deed looks its row up by what it is called."""

    def __init__(
        self, random: Random, agenda: Agenda, desks: Desks, days: Calendar, helped: UnionBody
    ) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self.days = days
        self.helped = helped

    def mark(self, county: UnionBody) -> None:
        set_rule(county.region, KEY_COUNTY, True, clock.today(), LIST)

    def pair(self, helper: UnionBody) -> None:
        city = self.helped.parent
        assert city is not None
        row = workflow.propose(
            actor=self._at(CENTRE_CLERK, city),
            helper=helper.number,
            helped=self.helped.number,
            basis=BASIS,
            from_on=clock.today().isoformat(),
            until_on=calendar.add_months(clock.today(), 24).isoformat(),
        )
        workflow.approve(row, actor=self._at(APPROVER, city))

    def help(
        self, helper: UnionBody, promised: int, given: int, confirmed: int, facts: dict[str, Any]
    ) -> None:
        def row() -> TwinningHelp:
            return TwinningHelp.objects.select_related(*giving.twinning_help.related).get(
                detail=facts["detail"]
            )

        self._on(
            promised,
            lambda: giving.promise(
                actor=self._at(CENTRE_CLERK, helper),
                twinning=Twinning.objects.get(helper=helper).number,
                planned_on=calendar.add_working_days(clock.today(), NOTICE).isoformat(),
                **facts,
            ),
        )
        if given:
            self._on(
                given,
                lambda: giving.give(row(), actor=self._at(CENTRE_CLERK, helper), given_on=_today()),
            )
        if confirmed:
            arrived: Any = {"arrived_amount": facts["amount"]} if "amount" in facts else {}
            self._on(
                confirmed,
                lambda: giving.confirm(
                    row(), actor=self._at(CENTRE_CLERK, self.helped), confirmed_on=_today(), **arrived
                ),
            )

    def build(self, helper: UnionBody) -> None:
        """One county, one project: three who pay, under way, its completion overdue."""

        def step(transition: Any, duty: Duty, **said: Any) -> None:
            row = CountyProject.objects.select_related("unit").get(unit=self.helped)
            transition(row, actor=self._at(duty, self.helped), **said)

        self._on(DRAFTED, self._draft)
        self._on(DRAFTED - 2, lambda: step(projects.record_funding, CENTRE_CLERK, **_twin(helper)))
        for days, payer, kind, amount in (
            (DRAFTED - 3, "市总工会", FundingKind.UNION_ABOVE, "300000"),
            (DRAFTED - 4, "县财政局", FundingKind.GOVERNMENT, "260000"),
        ):
            said = {"payer": payer, "kind": kind, "amount": amount}
            self._on(days, partial(step, projects.record_funding, CENTRE_CLERK, **said))
        self._on(PLANNED, lambda: step(projects.plan, CENTRE_CLERK))
        self._on(FUNDED, lambda: step(projects.arrange, APPROVER))
        self._on(
            PUT_OFF,
            lambda: step(
                projects.put_off_start,
                APPROVER,
                put_off_to=self.days.before(START_BY).isoformat(),
                remark="汛期不能动土，同意推迟一周开工。",
            ),
        )
        self._on(STARTED, lambda: step(projects.start, CENTRE_CLERK, started_on=_today()))

    def _draft(self) -> None:
        planned: Any = {name: self.days.before(number).isoformat() for name, number in MILESTONES.items()}
        projects.draft(
            actor=self._at(CENTRE_CLERK, self.helped),
            county=self.helped.number,
            name="溪口工业集中区农民工服务中心",
            kind=ProjectKind.SERVICE_CENTRE,
            place="溪口工业集中区",
            total_amount=TOTAL,
            **planned,
        )

    def _on(self, days: int, deed: Callable[[], object]) -> None:
        self.agenda.add(self.days.before(days), deed)

    def _at(self, duty: Duty, unit: UnionBody) -> Actor:
        return self.desks.somebody(self.random, duty, unit)


def _twin(helper: UnionBody) -> dict[str, Any]:
    number = Twinning.objects.get(helper=helper).number
    return {"kind": FundingKind.TWIN, "payer": "", "twinning": number, "amount": "120000"}


def _today() -> str:
    day: date = clock.today()
    return day.isoformat()
