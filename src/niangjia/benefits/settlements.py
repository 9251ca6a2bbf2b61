"""Bill lines come in by Excel and answer policies: what somebody paid themselves this year, fee by fee."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.benefits.access import ASSESSOR, HEALTH
from niangjia.benefits.facts import CHUNK, Fact, Provider, Row, Subject, register
from niangjia.benefits.models import Decision, Settlement
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.sheets import Column, Effect, Kind, Sheet, Verdict
from niangjia.kernel.sheets import Row as Line
from niangjia.kernel.sheets.models import Batch
from niangjia.kernel.sheets.queries import authority
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.membership import identity
from niangjia.membership import queries as people

ACTION_LABELS.update(
    {
        "import_settlement": gettext_lazy("导入结算单"),
        "void_settlement": gettext_lazy("作废结算单"),
    }
)

# Column → heading; the fact of the year is called 本年 + heading.
FEES = {
    "own": "结算自付",
    "clinic": "普通门诊诊查费",
    "emergency": "急诊诊查费",
    "injection": "门诊注射费",
    "ward": "住院诊查费",
    "nursing": "基本医疗护理费",
    "bed": "普通床位费",
}


def of_year(heading: str) -> str:
    return f"本年{heading}"


class Settlements:
    """Implements `niangjia.kernel.sheets.Importer`."""

    def __init__(self, *, actor: Actor, batch: Batch) -> None:
        self.actor, self.batch = actor, batch
        self.principal_id = authority(batch.declared, batch.unit_id, actor)
        self._seen: dict[str, int] = {}

    def prepare(self, rows: Sequence[Line]) -> None:
        for row in rows:
            self._check(row)
            number = row.cells.get("number")
            first = self._seen.setdefault(number, row.number) if number else row.number
            if first != row.number:
                row.wrong("number", _("与第 %d 行结算单号相同，只导入前一行。") % first, Verdict.TWICE)

    def _check(self, row: Line) -> None:
        cells = row.cells
        if (day := cells.get("settled_on")) and day > clock.today():
            row.wrong("settled_on", _("结算日期不能晚于今天，请改正。"))
        for name in FEES:
            if (amount := cells.get(name)) is not None and amount < 0:
                row.wrong(name, _("金额不能小于零，请改正。"))
        try:
            row.known = identity.parse(cells.get("id_number") or "").number
        except Invalid as problem:
            row.wrong("id_number", problem)

    def compare(self, rows: Sequence[Line]) -> None:
        numbers = [row.cells["number"] for row in rows if not row.problems]
        there = {one.number: one for one in Settlement.objects.filter(number__in=numbers, voided_on=None)}
        for row in rows:
            if row.problems:
                continue
            person = people.person_by_id_number(row.known)
            # Whom another union registered is as unknown here as somebody nobody registered.
            if person is None or not person.unit.path.startswith(self.batch.unit.path):
                row.wrong(
                    "id_number", _("本单位范围内没有登记过这个证件号码。请先登记会员，或请其所属工会导入。")
                )
            elif person.name != row.cells["name"]:
                row.wrong(
                    "name", _("这个证件号码登记的是另一个姓名。请核对证件；姓名有误请由其所属工会更正。")
                )
            elif (known := there.get(row.cells["number"])) is None:
                row.verdict = Verdict.NEW
            elif known.person_id == person.pk and known.lines == _written(row):
                row.verdict = Verdict.SAME
            else:
                row.wrong(
                    "number",
                    _("这个结算单号已经导入过，内容不同。请核对，或先撤销原来那一批。"),
                    Verdict.KNOWN,
                )

    def make_ready(self, rows: Sequence[Line]) -> None:
        """Nothing costs much."""

    def write(self, rows: Sequence[Line]) -> list[Effect]:
        self.compare(rows)
        effects, links = [], []
        for row in rows:
            if row.verdict != Verdict.NEW:
                continue
            person = people.person_by_id_number(row.known)
            assert person is not None
            made = Settlement.objects.create(
                unit=self.batch.unit,
                number=row.cells["number"],
                person=person,
                settled_on=row.cells["settled_on"],
                lines=_written(row),
            )
            links.append(self._link(made, "import_settlement"))
            effects.append(Effect(row.number, Verdict.NEW, made.pk))
        audit.append(links, actor=self.actor)
        return effects

    def undo(self, effects: Sequence[Effect]) -> list[tuple[int, str]]:
        found = Settlement.objects.in_bulk([effect.object_id for effect in effects])
        kept, links = [], []
        for effect in effects:
            row = found[effect.object_id]
            rests = Decision.objects.filter(person=row.person_id, made_at__gte=row.imported_at)
            if rests.exists():
                kept.append((effect.number, _("结算单 %s 已用于核定，没有撤销。") % row.number))
                continue
            row.voided_on = clock.today()
            row.save(update_fields=["voided_on"])
            links.append(self._link(row, "void_settlement"))
        audit.append(links, actor=self.actor)
        return kept

    def _link(self, row: Settlement, action: str) -> audit.Link:
        return audit.Link(row, action, {"batch": self.batch.number}, self.principal_id)


def _written(row: Line) -> str:
    fees = {name: f"{row.cells[name]:.2f}" for name in FEES if row.cells.get(name) is not None}
    return json.dumps(
        {"hospital": row.cells.get("hospital") or "", "fees": fees}, ensure_ascii=False, sort_keys=True
    )


def bills(names: Sequence[str], ids: Sequence[int] | None, on: date) -> Iterator[Row]:
    """Per person with any bill of that year up to the day: the sums of its lines."""
    rows = Settlement.objects.filter(voided_on=None, settled_on__year=on.year, settled_on__lte=on)
    if ids is not None:
        rows = rows.filter(person__in=ids)
    columns = {of_year(heading): name for name, heading in FEES.items()}
    sums: dict[int, dict[str, Decimal]] = {}
    days: dict[int, Any] = {}
    for bill in rows.order_by("settled_on", "pk").iterator(CHUNK):
        total = sums.setdefault(bill.person_id, dict.fromkeys(FEES, Decimal(0)))
        for name, amount in bill.fees.items():
            total[name] += amount
        days[bill.person_id] = bill.settled_on, bill.imported_at
    for person, total in sums.items():
        yield Row(person, [total[columns[name]] for name in names], *days[person])


register(
    Provider(
        "settlements",
        Subject.PERSON,
        gettext_lazy("医疗费结算单"),
        tuple(Fact(of_year(heading), "money", HEALTH, sensitive=True) for heading in FEES.values()),
        bills,
    )
)

SHEET = Sheet(
    name="settlements",
    label=gettext_lazy("医疗费结算清单"),
    duty=ASSESSOR,
    columns=(
        Column("number", gettext_lazy("结算单号"), is_required=True, example="JS20260001", longest=60),
        Column("name", gettext_lazy("姓名"), is_required=True, example="苏晓禾", longest=50),
        Column(
            "id_number", gettext_lazy("证件号码"), Kind.ID, is_required=True, example="990102199001011239"
        ),
        Column("settled_on", gettext_lazy("结算日期"), Kind.DATE, is_required=True, example="2026-02-05"),
        Column("hospital", gettext_lazy("医院"), example="南湖市第一医院", longest=80),
        Column("own", gettext_lazy("结算自付"), Kind.AMOUNT, is_required=True, example="3250.60"),
        Column("clinic", gettext_lazy("普通门诊诊查费"), Kind.AMOUNT),
        Column("emergency", gettext_lazy("急诊诊查费"), Kind.AMOUNT),
        Column("injection", gettext_lazy("门诊注射费"), Kind.AMOUNT),
        Column("ward", gettext_lazy("住院诊查费"), Kind.AMOUNT),
        Column("nursing", gettext_lazy("基本医疗护理费"), Kind.AMOUNT),
        Column("bed", gettext_lazy("普通床位费"), Kind.AMOUNT),
    ),
    importer=Settlements,
    help=gettext_lazy("一行一张结算单。导入后，按医疗费核定的待遇自动取用全年合计。"),
    notes=(
        gettext_lazy("带 * 的列必填。没有的费用留空。"),
        gettext_lazy("同一结算单号只导入一次；撤销整批以前，没有用于核定的才会作废。"),
    ),
    route="benefits",
)
