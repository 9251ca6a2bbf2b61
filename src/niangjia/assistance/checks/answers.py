"""The answer file: one row a family; a good row is the step `record_check` of its file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance import queries
from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import record_check, return_to_check
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.sheets import Column, Effect, Kind, Row, Sheet, Verdict
from niangjia.kernel.sheets.models import Batch

YES, NO = gettext_lazy("是"), gettext_lazy("否")
TRUTHS = ("has_car", "has_business", "receives_relief")


class Answers:
    """Implements `niangjia.kernel.sheets.Importer`."""

    def __init__(self, *, actor: Actor, batch: Batch) -> None:
        self.actor = actor
        self.batch = batch
        self._seen: dict[str, int] = {}

    def prepare(self, rows: Sequence[Row]) -> None:
        for row in rows:
            first = self._seen.setdefault(str(row.cells.get("number")), row.number)
            if first != row.number:
                row.wrong("number", _("与第 %d 行是同一份档案，只导入前一行。") % first, Verdict.TWICE)
            day = row.cells.get("checked_on")
            if isinstance(day, date) and day > clock.today():
                row.wrong("checked_on", _("核对日期不能晚于今天。"))

    def compare(self, rows: Sequence[Row]) -> None:
        good = [row for row in rows if not row.problems]
        numbers = [row.cells["number"] for row in good]
        within = queries.files_visible_to(self.actor).filter(
            number__in=numbers, unit__path__startswith=self.batch.unit.path
        )
        files = {file.number: file for file in within}
        for row in good:
            self._judge(row, files.get(row.cells["number"]))

    def make_ready(self, rows: Sequence[Row]) -> None:
        pass

    def write(self, rows: Sequence[Row]) -> list[Effect]:
        self.compare(rows)
        effects = []
        for row in rows:
            if row.verdict != Verdict.NEW:
                continue
            try:
                record_check(row.known, actor=self.actor, **_answer(row.cells))
            except Refused as refusal:
                row.verdict = None
                row.wrong("number", refusal)
            else:
                effects.append(Effect(row.number, Verdict.NEW, row.known.pk))
        return effects

    def undo(self, effects: Sequence[Effect]) -> list[tuple[int, str]]:
        kept = []
        for effect in effects:
            file = HardshipFile.objects.get(pk=effect.object_id)
            try:
                return_to_check(file, actor=self.actor, remark=_("撤销这一批核对结果，重新核对。"))
            except Refused as refusal:
                kept.append((effect.number, str(refusal)))
        return kept

    def _judge(self, row: Row, file: HardshipFile | None) -> None:
        row.known, row.verdict = file, None
        if file is None:
            row.wrong("number", _("没有这份档案，或不在所选工会范围内。请核对档案编号。"))
        elif file.state == State.VISITED and queries.has_authorised(file):
            row.verdict = Verdict.NEW
        elif file.state == State.VISITED:
            row.wrong("number", _("这户还没有签字的授权委托书，不能登记核对结果。"))
        elif file.checks.filter(checked_on=row.cells["checked_on"]).exists():
            row.verdict = Verdict.SAME
        else:
            row.wrong("number", _("这份档案现在是“%s”，不在核对环节。") % file.get_state_display())


def _answer(cells: dict[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in cells.items() if name != "number" and value is not None}
    for name in TRUTHS:
        said[name] = str(said.get(name, NO)) == "是"
    return said | {"checked_on": cells["checked_on"].isoformat()}


ANSWERS = Sheet(
    name="economic-checks",
    label=gettext_lazy("经济状况核对答复"),
    duty=CENTRE_CLERK,
    help=gettext_lazy("核对机构的答复，一户一行，用档案编号对应。"),
    columns=(
        Column("number", gettext_lazy("档案编号"), is_required=True, example="KN2026000001"),
        Column("checked_on", gettext_lazy("核对日期"), Kind.DATE, is_required=True, example="2026-03-02"),
        Column(
            "yearly_income_amount", gettext_lazy("家庭年收入"), Kind.AMOUNT, is_required=True, example="35800"
        ),
        Column("deposits_amount", gettext_lazy("存款"), Kind.AMOUNT, is_required=True, example="2600"),
        Column("investments_amount", gettext_lazy("投资净值"), Kind.AMOUNT, is_required=True, example="0"),
        Column("homes", gettext_lazy("住房套数"), Kind.NUMBER, is_required=True, example="1"),
        Column("has_car", gettext_lazy("非营运汽车"), choices=(YES, NO), example="否"),
        Column("has_business", gettext_lazy("商铺或雇工"), choices=(YES, NO), example="否"),
        Column("receives_relief", gettext_lazy("政府救助"), choices=(YES, NO), example="否"),
        Column("note", gettext_lazy("核对说明")),
    ),
    importer=Answers,
    route="hardship_files",
)
