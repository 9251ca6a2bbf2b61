"""Hardship files on notice, and objections to them, for tests: each gets where it stands the proper way."""

from datetime import datetime, time, timedelta
from typing import Any

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.jobs import run_until_idle
from niangjia.notices import workflow
from niangjia.notices.access import ANSWERER, RECEIVER
from niangjia.notices.actions import line_of
from niangjia.notices.kinds import ObjectionState
from niangjia.notices.models import NoticeLine, Objection, PublicNotice
from tests.cast import Tree, who
from tests.families import Path

REASON = "他家去年买了一辆新车，申请里没有写。"
FINDING = "到车管所核实，车辆登记在他人名下。"


class Listing:
    """One file of the east on notice, and who handles objections there."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.path = Path(tree)
        self.receiver = who(RECEIVER, tree.east)
        self.answerer = who(ANSWERER, tree.east)

    def published(self, path: Path | None = None) -> HardshipFile:
        return (path or self.path).to(State.ON_NOTICE)

    def path_file(self) -> HardshipFile:
        return HardshipFile.objects.get(person__user=self.path.worker.user)

    def line(self, file: HardshipFile) -> NoticeLine:
        line = line_of(file)
        assert line is not None
        return line

    def object_to(self, line: NoticeLine, **said: Any) -> Objection:
        """Against the line; `whole=True`: against how the list came about."""
        position = None if said.pop("whole", False) else line.position
        data = {"notice": line.notice, "line": position, "reason": REASON, **said}
        lodged: Objection = workflow.lodge(actor=CLOCK, **data)
        return lodged

    def objection(self, state: str, **said: Any) -> Objection:
        """One in that state, against a freshly published file."""
        row = self.object_to(self.line(self.published(Path(self.tree))), **said)
        return self.bring(row, state)

    def bring(self, row: Objection, state: str) -> Objection:
        if state == ObjectionState.TURNED_AWAY:
            return self._take(workflow.turn_away, row, self.receiver, remark="说的是邻里纠纷，与公示无关")
        if state != ObjectionState.LODGED:
            self._take(workflow.accept, row, self.receiver)
        if state == ObjectionState.DISMISSED:
            self._take(workflow.dismiss, row, self.answerer, remark=FINDING)
        if state == ObjectionState.UPHELD:
            self._take(workflow.uphold, row, self.answerer, remark=FINDING)
        return row

    def _take(self, step: Any, row: Objection, actor: Actor, **data: Any) -> Objection:
        done: Objection = step(row, actor=actor, **data)
        return done

    def notice_in(self, state: str) -> PublicNotice:
        """A list that got to the state the proper way."""
        line = self.line(self.published(Path(self.tree)))
        if state == "ended":
            with clock.at(line.notice.until_on + timedelta(days=1)):
                workflow.end(line.notice, actor=CLOCK)
        elif state != "on_notice":
            row = self.object_to(line, whole=True)
            if state == "revoked":
                self.bring(row, ObjectionState.UPHELD)
        return PublicNotice.objects.get(pk=line.notice_id)


def last_minute(line: NoticeLine) -> datetime:
    return datetime.combine(line.notice.until_on, time(23, 59, 59), tzinfo=clock.CHINA)


def day_after(line: NoticeLine) -> datetime:
    return datetime.combine(line.notice.until_on + timedelta(days=1), time(0, 0), tzinfo=clock.CHINA)


def hear_the_news() -> None:
    run_until_idle()


def now(file: HardshipFile) -> HardshipFile:
    return HardshipFile.objects.select_related("person", "unit").get(pk=file.pk)
