"""Judging the rows of families from an earlier system and taking them in, hundreds at a time."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from niangjia.assistance.category import offered
from niangjia.assistance.kinds import CLOSED_STATES, LEFT_STATES, UNCONFIRMED, Origin, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.parameters import RENEWAL_MONTHS
from niangjia.assistance.takeover.rows import Head, Relative, Words, take_apart
from niangjia.assistance.takeover.workflow import take_over, void_take_over
from niangjia.assistance.workflow import renewal_before
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.sheets import Effect, Row, Verdict
from niangjia.kernel.sheets.models import Batch
from niangjia.kernel.sheets.queries import authority
from niangjia.membership import households
from niangjia.organisation.models import UnionBody
from niangjia.organisation.parameters import value


class TakeOver:
    """Implements `niangjia.kernel.sheets.Importer`. An applicant's row stands above those of the family."""

    def __init__(self, *, actor: Actor, batch: Batch) -> None:
        self.actor = actor
        self.batch = batch
        authority(batch.declared, batch.unit_id, actor)
        self.words = Words()
        self.columns = {column.name: column for column in batch.declared.columns}
        self.today = clock.today()
        self._seen: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        # Of this run: what became of applicants, and which row first named a household.
        self._verdicts: dict[str, Verdict | None] = {}
        self._households: dict[int, int] = {}
        self._last_day = cache(self._last_day_of)
        self._offered = cache(offered)

    def prepare(self, rows: Sequence[Row]) -> None:
        for row in rows:
            found = take_apart(row, self.words, self.columns, self.today)
            if found is None:
                continue
            first = self._seen.setdefault(found.number.number, row.number)
            if first != row.number:
                row.wrong("id_number", _("与第 %d 行证件号码相同，只移入前一行。") % first, Verdict.TWICE)
            elif isinstance(found, Head):
                self._heads[found.number.number] = row.number
            elif found.head not in self._heads:
                row.wrong("head", _("上面没有这位申请人的行。请把申请人写在家属上面，并核对号码。"))
            if not row.problems:
                row.known = found

    def compare(self, rows: Sequence[Row]) -> None:
        self._judge_heads(_of(rows, Head))
        self._judge_relatives(_of(rows, Relative), is_written=False)

    def make_ready(self, rows: Sequence[Row]) -> None:
        pass

    def write(self, rows: Sequence[Row]) -> list[Effect]:
        heads, relatives = _of(rows, Head), _of(rows, Relative)
        self._judge_heads(heads, is_locking=True)
        effects = self._take_over([row for row in heads if row.verdict == Verdict.NEW])
        self._judge_relatives(relatives, is_written=True)
        effects += self._move_in([row for row in relatives if row.verdict == Verdict.NEW])
        return sorted(effects, key=lambda effect: effect.number)

    def undo(self, effects: Sequence[Effect]) -> list[tuple[int, str]]:
        """Files that nobody has confirmed are voided, and who moved in with them moves out."""
        files = HardshipFile.objects.in_bulk({effect.object_id for effect in effects})
        kept, voided, places = [], {}, []
        for effect in effects:
            file = files[effect.object_id]
            if file.state not in UNCONFIRMED:
                told = {"number": file.number, "state": file.get_state_display()}
                kept.append((effect.number, _("档案 %(number)s 现在是“%(state)s”，没有撤销。") % told))
                continue
            places += [effect.before["place"]] if effect.before["place"] else []
            if effect.before["is_head"] and file.state == State.TAKEN_OVER:
                voided[file.pk] = effect.number
        households.move_out(places, actor=self.actor)
        remark = _("撤销批次 %s") % self.batch.number
        for outcome in void_take_over.many([files[pk] for pk in voided], actor=self.actor, remark=remark):
            if outcome.refusal is not None:
                kept.append((voided[outcome.row.pk], str(outcome.refusal)))
        return kept

    def _judge_heads(self, rows: Sequence[Row], *, is_locking: bool = False) -> None:
        people = households.people_numbered([row.known.number.number for row in rows], is_locking=is_locking)
        places = households.places_of(people.values())
        running, earlier = _files([place.household_id for place in places.values()])
        for row in rows:
            head: Head = row.known
            row.problems.clear()
            row.verdict = None
            head.person = people.get(head.number.number)
            head.place = places.get(head.person.pk) if head.person else None
            household = head.place.household_id if head.place else None
            head.earlier = earlier.get(household) if household else None
            self._judge_head(row, head, running.get(household) if household else None)
            self._verdicts[head.number.number] = row.verdict

    def _judge_head(self, row: Row, head: Head, file: HardshipFile | None) -> None:
        person = head.person
        # Beyond the uploading union nobody learns who is registered.
        if person is None or not person.unit.path.startswith(self.batch.unit.path):
            row.wrong(
                "id_number",
                _("上传工会的辖区内没有登记过这个证件号码的职工。请先用“会员花名册”登记，再移入。"),
            )
        elif person.name != head.name:
            row.wrong("name", _("这个证件号码登记的是另一个姓名。请核对证件；姓名有误请由其所属工会更正。"))
        elif head.unit and head.unit not in (person.unit.name, person.unit.number):
            row.wrong("unit", _("登记在“%s”，与这一格不符。换了单位的，请先办理会籍接转。") % person.unit)
        elif head.facts["expires_on"] > self._last_day(person.unit):
            row.wrong("expires_on", _("有效期比本地区的复核周期还长，请核对；到期须复核。"))
        elif head.facts["category"] not in (there := self._offered(person.unit, head.facts["approved_on"])):
            row.wrong(
                "category",
                _("审批那天本地区用的类别是：%s。请照原档案核对类别和审批日期。")
                % _("、").join(str(one.label) for one in there),
            )
        elif file is not None:
            self._judge_file(row, head, file)
        elif head.place and (first := self._households.get(head.place.household_id)):
            row.wrong(
                "id_number", _("与第 %d 行的申请人是一家，一户一档，只移入前一行。") % first, Verdict.TWICE
            )
        else:
            row.verdict = Verdict.NEW
            if head.place:
                self._households[head.place.household_id] = row.number

    def _judge_file(self, row: Row, head: Head, file: HardshipFile) -> None:
        if file.person_id != head.person.pk or file.former_number != head.facts["former_number"]:
            row.wrong(
                "id_number",
                _("这户已有一份申请或档案，一户一档，不能再移入。请先在“困难职工档案”中查找、办结那一份，或请承办工会办理。"),
                Verdict.KNOWN,
            )  # fmt: skip
        elif file.state == State.TAKEN_OVER and any(
            getattr(file, name) != said for name, said in head.facts.items()
        ):
            row.wrong(
                "id_number",
                _("这户已移入（%s）待确认，内容与这一行不同。要更正的，请先撤销移入，再上传这一行。") % file.number,
                Verdict.KNOWN,
            )  # fmt: skip
        else:
            row.verdict = Verdict.SAME

    def _judge_relatives(self, rows: Sequence[Row], *, is_written: bool) -> None:
        numbers = {number for row in rows for number in (row.known.number.number, row.known.head)}
        people = households.people_numbered(numbers, is_locking=is_written)
        places = households.places_of(people.values())
        running, _earlier = _files([place.household_id for place in places.values()])
        for row in rows:
            relative: Relative = row.known
            row.problems.clear()
            row.verdict = None
            head = people.get(relative.head)
            home = places.get(head.pk) if head else None
            file = running.get(home.household_id) if home else None
            relative.person = people.get(relative.number.number)
            place = places.get(relative.person.pk) if relative.person else None
            if relative.person and relative.person.name != relative.name:
                row.wrong(
                    "name", _("这个证件号码登记的是另一个姓名。请核对证件；姓名有误请由其所属工会更正。")
                )
            elif (
                file is None or head is None or file.person_id != head.pk or file.origin != Origin.TAKEN_OVER
            ):
                # The dry run has not made the file yet.
                is_coming = not is_written and self._verdicts.get(relative.head) == Verdict.NEW
                self._judge_place(row, place, home, is_open=is_coming)
            else:
                relative.file = file
                self._judge_place(row, place, home, is_open=file.state == State.TAKEN_OVER)

    def _judge_place(self, row: Row, place: Any, home: Any, *, is_open: bool) -> None:
        if place and home and place.household_id == home.household_id:
            row.verdict = Verdict.SAME
        elif place:
            row.wrong("id_number", _("这位人员已登记在一个家庭中；请先核实，再办理迁出。"), Verdict.KNOWN)
        elif not is_open:
            row.wrong(
                "head",
                _("第 %d 行的申请人没有移入，或档案已经确认。以后请到档案的家庭成员里登记。")
                % self._heads[row.known.head],
            )
        else:
            row.verdict = Verdict.NEW

    def _take_over(self, rows: Sequence[Row]) -> list[Effect]:
        """A household for whoever has none, then the file; who must keep out of one leaves it to a colleague."""
        if not rows:
            return []
        moving = [row.known for row in rows if row.known.place is None]
        homes = households.form_many([(head.person, head.address) for head in moving], actor=self.actor)
        formed = dict(zip((head.person.pk for head in moving), homes, strict=True))
        said = []
        for row in rows:
            head: Head = row.known
            household = formed[head.person.pk][0] if head.place is None else head.place.household_id
            said.append(
                {
                    **head.facts,
                    "person": head.person,
                    "unit": head.person.unit,
                    "household_id": household,
                    "predecessor": head.earlier,
                    "renewal_on": renewal_before(head.facts["expires_on"], head.person.unit),
                }
            )
        effects = []
        for row, outcome in zip(rows, take_over.many(said, actor=self.actor), strict=True):
            if outcome.refusal is not None:
                row.verdict = None
                row.wrong("id_number", outcome.refusal)
                continue
            place = formed.get(row.known.person.pk, (None, None))[1]
            before = {"is_head": True, "place": place}
            effects.append(Effect(row.number, Verdict.NEW, outcome.row.pk, before))
        return effects

    def _move_in(self, rows: Sequence[Row]) -> list[Effect]:
        strangers = [row.known for row in rows if row.known.person is None]
        ids = households.register(
            [(one.name, one.number, one.file.unit) for one in strangers], actor=self.actor
        )
        known = dict(zip(map(id, strangers), ids, strict=True))
        moving = [
            (row.known.file.household_id, row.known.person.pk if row.known.person else known[id(row.known)],
             row.known.relation)
            for row in rows
        ]  # fmt: skip
        places = households.move_in(moving, actor=self.actor)
        return [
            Effect(row.number, Verdict.NEW, row.known.file.pk, {"is_head": False, "place": place})
            for row, place in zip(rows, places, strict=True)
        ]

    def _last_day_of(self, unit: UnionBody) -> Any:
        return calendar.add_months(self.today, value(RENEWAL_MONTHS, unit, self.today))


def _of(rows: Sequence[Row], kind: type[Head] | type[Relative]) -> list[Row]:
    return [row for row in rows if isinstance(row.known, kind)]


def _files(ids: Iterable[int]) -> tuple[dict[int, HardshipFile], dict[int, HardshipFile]]:
    """By household: the one that runs, and the latest of those that were left."""
    files = HardshipFile.objects.filter(household__in=ids).select_related("unit").order_by("pk")
    running = {file.household_id: file for file in files if file.state not in CLOSED_STATES}
    return running, {file.household_id: file for file in files if file.state in LEFT_STATES}
