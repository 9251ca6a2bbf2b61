"""People of the demo city object to notices: some are wrong, some are right, one has just come in.

Those that were not upheld are answered within the window, so that a story keeps its days; one that was upheld takes the
place of a clerk taking the notice down.
"""

from functools import partial
from random import Random
from typing import Any

from niangjia.assistance.models import HardshipFile
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.kernel import calendar, clock, outbox
from niangjia.kernel.access import CLOCK, Actor, Duty, within
from niangjia.kernel.jobs.running import run_next
from niangjia.kernel.workflow.tasks import open_task_of
from niangjia.notices import workflow
from niangjia.notices.access import ANSWERER, RECEIVER
from niangjia.notices.actions import line_of
from niangjia.notices.models import NoticeLine, Objection
from niangjia.organisation.models import UnionBody

UPHELD_SHARE = 0.6
DISMISSED_SHARE = 0.12
REASONS = (
    "他家去年在城东买了新房，申请里好像没有写，请核实。",
    "听说他爱人有一份不错的工作，收入不止这些，请工会查一查。",
    "他平时开一辆小汽车上下班，不像困难的样子，请核对。",
)
FOUND_WRONG = (
    "到不动产登记中心查询，名下没有房产；反映的房屋是亲戚的。",
    "到单位调取工资流水，收入与申报一致。",
    "到车管所核实，车辆登记在单位名下，是工作用车。",
)
FOUND_RIGHT = (
    "到车管所核实，家庭名下有一辆小汽车未申报，需要重新核查家庭财产。",
    "到社保机构核实，配偶有一份工作未申报，需要重新核算家庭收入。",
)
NAMES = ("", "", "江晚晴", "陆予安")


class Objections:
    """What may be said against one file while it is on notice."""

    def __init__(self, random: Random, agenda: Agenda, desks: Desks) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        self._has_upheld = self._has_dismissed = False

    def maybe(self, file: HardshipFile) -> None:
        """On the day after it was published somebody objects in vain: against the first, then now and then."""
        is_first, self._has_dismissed = not self._has_dismissed, True
        if is_first or self.random.random() < DISMISSED_SHARE:
            day = calendar.add_working_days(clock.today(), 1)
            self.agenda.add(day, partial(self._begin, file))

    def leave_work(self, union: UnionBody) -> None:
        """Today two come in against what a district has on notice; one of them is being looked into."""
        lines = NoticeLine.objects.filter(
            within([union.path], "notice__unit"), cleared_on=None, removed_on=None
        )
        running = [line for line in lines.order_by("pk") if line.notice.is_open]
        for place, line in enumerate((running[:1] * 2 if len(running) == 1 else running)[:2]):
            row = self._lodge_against(line)
            if place == 0:
                self._accept(row)

    def is_upheld(self) -> bool:
        """The first is, so that even a small city has one."""
        is_first, self._has_upheld = not self._has_upheld, True
        return is_first or self.random.random() < UPHELD_SHARE

    def uphold(self, file: HardshipFile) -> None:
        """Lodged, looked into and found right in one day; the file hears of it at once."""
        row = self._lodge(file)
        if row is None:
            return
        self._accept(row)
        workflow.uphold(row, actor=self._somebody(ANSWERER, row), remark=self.random.choice(FOUND_RIGHT))
        while run_next([outbox.deliver.name]):
            pass

    def _begin(self, file: HardshipFile) -> None:
        row = self._lodge(file)
        if row is not None:
            start = clock.today()
            self.agenda.add(calendar.add_working_days(start, 1), partial(self._accept, row))
            self.agenda.add(calendar.add_working_days(start, 2), partial(self._dismiss, row))

    def _lodge(self, file: HardshipFile) -> Objection | None:
        line = line_of(file)
        if line is None or not line.is_running or not line.notice.is_open:
            return None
        return self._lodge_against(line)

    def _lodge_against(self, line: NoticeLine) -> Objection:
        name = self.random.choice(NAMES)
        said: dict[str, Any] = {"name": name, "phone": "15400000099"} if name else {}
        row: Objection = workflow.lodge(
            actor=CLOCK, notice=line.notice, line=line.position, reason=self.random.choice(REASONS), **said
        )
        return row

    def _accept(self, row: Objection) -> None:
        workflow.accept(row, actor=self._somebody(RECEIVER, row))

    def _dismiss(self, row: Objection) -> None:
        workflow.dismiss(row, actor=self._somebody(ANSWERER, row), remark=self.random.choice(FOUND_WRONG))

    def _somebody(self, duty: Duty, row: Objection) -> Actor:
        task = open_task_of(workflow.objection.name, row.pk)
        barred = set(task.barred.values_list("pk", flat=True)) if task else set()
        return self.desks.somebody(self.random, duty, row.unit, barred)
