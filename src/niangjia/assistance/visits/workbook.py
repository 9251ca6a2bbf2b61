"""入户核查 as a workbook: the visits that wait go out with locked columns to find them again, and come back filled."""

from collections.abc import Iterator, Sequence
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import VISITOR
from niangjia.assistance.models import HardshipFile, HomeVisit
from niangjia.assistance.queries import files_visible_to
from niangjia.assistance.visits import actions
from niangjia.assistance.visits.forms import VisitForm
from niangjia.assistance.visits.kinds import BELONGINGS, NO_BELONGINGS, Conclusion, Housing, Way
from niangjia.assistance.workflow import record_visit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.forms import cleaned
from niangjia.kernel.sheets import Column, Effect, Kind, Row, Sheet, Verdict, prefilled
from niangjia.kernel.sheets.models import Batch
from niangjia.kernel.sheets.queries import authority
from niangjia.kernel.workflow.engine import refusal_of

ANSWERS = (
    "visited_on",
    "companion",
    "household_size",
    "yearly_income_amount",
    "housing",
    "belongings",
    "findings",
    "conclusion",
)


class Visits:
    """Implements `niangjia.kernel.sheets.Importer`. Every good row takes the step itself."""

    def __init__(self, *, actor: Actor, batch: Batch) -> None:
        self.actor = actor
        self.batch = batch
        authority(batch.declared, batch.unit_id, actor)
        self._seen: dict[str, int] = {}

    def prepare(self, rows: Sequence[Row]) -> None:
        for row in rows:
            number = row.cells.get("number")
            if number is None:
                continue
            first = self._seen.setdefault(number, row.number)
            if first != row.number:
                row.wrong("number", _("与第 %d 行是同一份档案，只登记前一行。") % first, Verdict.TWICE)

    def compare(self, rows: Sequence[Row]) -> None:
        numbers = [row.cells["number"] for row in rows]
        seen = files_visible_to(self.actor).filter(number__in=numbers)
        files = {file.number: file for file in seen.select_related(*record_visit.workflow.related)}
        for row in rows:
            self._judge(row, files.get(row.cells["number"]))

    def make_ready(self, rows: Sequence[Row]) -> None:
        pass

    def write(self, rows: Sequence[Row]) -> list[Effect]:
        self.compare(rows)
        effects = []
        for row in rows:
            if row.verdict != Verdict.NEW:
                continue
            file, answers = row.known
            key = uuid5(NAMESPACE_URL, f"{self.batch.public_id}/{row.number}")
            try:
                with transaction.atomic():
                    more = {"came_by": Way.WORKBOOK, "client_key": str(key)}
                    version = int(row.cells["version"])
                    record_visit(file, actor=self.actor, version=version, **{**answers, **more})
            except Refused as refusal:
                row.verdict = None
                row.wrong("number", refusal)
                continue
            visit = HomeVisit.objects.get(client_key=key)
            effects.append(Effect(row.number, Verdict.NEW, visit.pk))
        return effects

    def undo(self, effects: Sequence[Effect]) -> list[tuple[int, str]]:
        """A visit is evidence, and the file has moved on by it."""
        why = _("已登记的核查不能整批撤销。登记有误的，请帮扶中心退回核查后重新登记。")
        return [(effect.number, why) for effect in effects]

    def _judge(self, row: Row, file: HardshipFile | None) -> None:
        row.problems.clear()
        row.verdict = None
        if file is None or not file.unit.path.startswith(self.batch.unit.path):
            row.wrong("number", _("没有这份档案，或不在上传工会的辖区内。请用导出的表填写，不要改编号。"))
            return
        if not any(row.cells.get(name) is not None for name in ANSWERS):
            row.verdict = Verdict.SAME  # not visited yet
            return
        try:
            row.known = (file, self._answers(row, file))
        except Invalid as problem:
            for name, sentences in problem.problems.items():
                row.wrong("belongings" if name.startswith("has_") else name or "number", sentences[0])
            return
        if self._is_recorded(file, cleaned(VisitForm(row.known[1], row=file))):
            row.verdict = Verdict.SAME
        elif refusal := refusal_of(record_visit, file, self.actor):
            row.wrong("number", refusal)
        elif str(file.version) != row.cells["version"]:
            row.wrong("version", _("导出以后档案有了变动。请重新导出这一户，核对后再填。"))
        else:
            row.verdict = Verdict.NEW

    def _answers(self, row: Row, file: HardshipFile) -> dict[str, Any]:
        """The row as the form takes it; Invalid with the sentence for each column."""
        cells = row.cells
        answers = {name: "" if cells.get(name) is None else str(cells[name]) for name in ANSWERS}
        answers["housing"] = _value(Housing.choices, cells.get("housing"))
        answers["conclusion"] = _value(Conclusion.choices, cells.get("conclusion"))
        belongings = answers.pop("belongings")
        said = [word for word in belongings.replace("，", "、").replace(",", "、").split("、") if word]
        known = {str(label): name for name, label in BELONGINGS.items()} | {str(NO_BELONGINGS): "has_none"}
        for word in said:
            if word not in known:
                sentence = _("“%s”不在主要财产的选项里，请照填表说明写。") % word
                raise Invalid(sentence, {"has_none": [sentence]})
        given: dict[str, Any] = {**answers, **{known[word]: True for word in said}}
        cleaned(VisitForm(given, row=file))
        return given

    def _is_recorded(self, file: HardshipFile, answers: dict[str, Any]) -> bool:
        """Whether the same visit is on record, however it came: uploading twice changes nothing."""
        asked = [name for name in answers if name not in ("remark", "came_by", "client_key")]
        return any(
            all(getattr(visit, name) == answers[name] for name in asked) for visit in file.visits.all()
        )


def _value(choices: Any, word: object) -> str:
    return next((value for value, label in choices if str(label) == word), "")


def export(*, actor: Actor) -> IO[bytes]:
    """The visits on the actor's desk, ready to be filled in. Address and phone in full leave a trace, as on a phone."""
    return prefilled(HOME_VISITS, _rows(actions.take_along(actor=actor)))


def _rows(files: Sequence[HardshipFile]) -> Iterator[list[Any]]:
    for file in files:
        yield [
            file.number,
            str(file.version),
            file.person.name,
            file.household.address,
            file.person.phone,
            str(file.household_size),
            str(file.yearly_income_amount),
            *[None] * len(ANSWERS),
        ]


HOME_VISITS = Sheet(
    name="home-visits",
    label=gettext_lazy("入户核查"),
    duty=VISITOR,
    columns=(
        Column("number", gettext_lazy("档案编号"), is_required=True, is_fixed=True, example="KN2026000001"),
        Column(
            "version",
            gettext_lazy("版本"),
            is_required=True,
            is_fixed=True,
            note=gettext_lazy("导出时的版本，系统用来看档案有没有变动。"),
        ),
        Column("person", gettext_lazy("姓名"), is_fixed=True),
        Column("address", gettext_lazy("住址"), is_fixed=True),
        Column("phone", gettext_lazy("手机号"), Kind.PHONE, is_fixed=True),
        Column("declared_size", gettext_lazy("申报人数"), is_fixed=True),
        Column("declared_income", gettext_lazy("申报年收入"), is_fixed=True),
        Column("visited_on", gettext_lazy("入户日期"), Kind.DATE, example="2026-03-02"),
        Column("companion", gettext_lazy("同行人"), longest=50, note=gettext_lazy("入户须两人同行。")),
        Column("household_size", gettext_lazy("核实人数"), Kind.NUMBER, example="3"),
        Column("yearly_income_amount", gettext_lazy("核实年收入"), Kind.AMOUNT, example="36000"),
        Column(
            "housing", gettext_lazy("住房情况"), choices=tuple(label for _value, label in Housing.choices)
        ),
        Column(
            "belongings",
            gettext_lazy("主要财产"),
            note=gettext_lazy("商品房两套以上、机动车、经营实体、大额存款；都没有写“均无”。几项用顿号隔开。"),
            example="均无",
        ),
        Column("findings", gettext_lazy("核查情况"), longest=2000, note=gettext_lazy("至少 10 个字。")),
        Column(
            "conclusion",
            gettext_lazy("核查结论"),
            choices=tuple(label for _value, label in Conclusion.choices),
        ),
    ),
    importer=Visits,
    help=gettext_lazy("先从“入户核查”导出等待入户的档案，灰色的列不要改；没去的一户留空，不会登记。"),
    notes=(
        gettext_lazy("一行一户。灰色的列已锁定，系统靠它找到档案。"),
        gettext_lazy("照片和签字不在表里，登记后到档案里添加。"),
    ),
    route="home_visits",
)
