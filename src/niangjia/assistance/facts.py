"""What hardship files know, as facts under the names that policies ask for: of a household's latest file.

Income and the number of people are the best known: what the checking office answered, else what was found at home,
else what the family said. Policies add them up, so the first row of 成员 carries the whole income.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.circumstances.models import Circumstances
from niangjia.assistance.kinds import KEPT_STATES, Cause, State
from niangjia.assistance.models import EconomicCheck, HardshipFile, HomeVisit
from niangjia.benefits.facts import CHUNK, Fact, Provider, Row, Subject, Value, register
from niangjia.benefits.registers import months
from niangjia.kernel.money import yuan
from niangjia.kernel.order import by_age
from niangjia.kernel.prepared import Children
from niangjia.membership.models import Person

# 因病学残单亲等致困.
CLASSIC_CAUSES = (Cause.ILLNESS, Cause.SCHOOLING, Cause.DISABILITY, Cause.SINGLE_PARENT)


# What `READ` looks at of a file.
OF_FILE = (
    "household", "state", "cause", "household_size", "yearly_income_amount", "rigid_spending_amount",
    "applied_on", "filed_on", "renewed_on", "temporary_help_on",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A file with the latest of each kind of knowledge about it."""

    file: HardshipFile
    said: Circumstances | None
    visit: HomeVisit | None
    check: EconomicCheck | None

    @property
    def size(self) -> int:
        found = self.visit if self.visit and self._holds(self.visit.visited_on) else self.file
        return found.household_size

    @property
    def income(self) -> Decimal:
        found: Any = self.file
        if self.check and self._holds(self.check.checked_on):
            found = self.check
        elif self.visit and self._holds(self.visit.visited_on):
            found = self.visit
        return Decimal(found.yearly_income_amount)

    def _holds(self, day: date) -> bool:
        """A yearly review goes before what was found earlier."""
        return self.file.renewed_on is None or day >= self.file.renewed_on

    def told(self, name: str) -> Any:
        """The checking office's word goes before the family's."""
        if self.check is not None and hasattr(self.check, name):
            return getattr(self.check, name)
        return getattr(self.said, name) if self.said else None


def _members(known: Known, on: date) -> Value:
    first: dict[str, Any] = {"年可支配收入": known.income, "月收入": yuan(known.income / 12)}
    nothing: dict[str, Any] = {"年可支配收入": Decimal(0), "月收入": Decimal(0)}
    return [first, *([nothing] * (known.size - 1))]


def _months_at_work(known: Known, on: date) -> Value | None:
    began = known.told("employed_on")
    return months(began, on) if began else None


def _said(name: str) -> Callable[[Known, date], Value | None]:
    return lambda known, on: known.told(name)


READ: Mapping[str, tuple[str, bool, Callable[[Known, date], Value | None]]] = {
    "成员": ("list", True, _members),
    "年刚性支出": ("money", True, lambda known, on: known.file.rigid_spending_amount),
    "家庭年收入": ("money", True, lambda known, on: known.income),
    "年意外或重病支出": ("money", True, _said("accident_cost_amount")),
    "意外支出": ("money", True, _said("accident_cost_amount")),
    "投资净值": ("money", True, _said("investments_amount")),
    "家庭储蓄": ("money", True, _said("deposits_amount")),
    "因灾伤亡": ("bool", True, _said("struck_by_disaster")),
    "突发意外或重病": ("bool", True, _said("sudden_illness")),
    "因病学残单亲等致困": ("bool", True, lambda known, on: known.file.cause in CLASSIC_CAUSES),
    "在城居住": ("bool", False, _said("lives_in_city")),
    "劳动关系月数": ("int", False, _months_at_work),
    "房屋套数": ("int", True, _said("homes")),
    "有商铺或雇工": ("bool", True, _said("has_business")),
    "有经常使用的非营运汽车": ("bool", True, _said("has_car")),
    "子女就读私立学校": ("bool", True, _said("private_school")),
    "子女私校年学费": ("money", True, _said("private_fee_amount")),
    "同级公办年学费": ("money", True, _said("public_fee_amount")),
    "子女自费留学": ("bool", True, _said("studies_abroad")),
    "低于低保线月数": ("int", True, _said("months_below_line")),
    "已享受政府救助": ("bool", True, _said("receives_relief")),
    "救助后仍困难": ("bool", True, _said("still_poor")),
    "已建困难职工档案": ("bool", False, lambda known, on: known.file.state in KEPT_STATES),
    "建档日": ("date", False, lambda known, on: known.file.filed_on),
    "可临时帮扶": ("bool", False, lambda known, on: known.file.temporary_help_on is not None),
}


def _answer(names: Sequence[str], ids: Sequence[int] | None, on: date) -> Iterator[Row]:
    files = (
        HardshipFile.objects.exclude(state__in=(State.DECLINED, State.WITHDRAWN, State.NOT_TAKEN_OVER))
        .order_by()
        .only(*OF_FILE)
    )
    households = ids if ids is not None else list(files.values_list("household", flat=True).distinct())
    for start in range(0, len(households), CHUNK):
        wanted = files.filter(household__in=households[start : start + CHUNK])
        latest = {file.household_id: file for file in by_age(wanted)}
        for known in _known(list(latest.values())):
            yield _row(known, names, on)


def _row(known: Known, names: Sequence[str], on: date) -> Row:
    values = [READ[name][2](known, on) for name in names]
    told = known.said.told_at if known.said else None
    return Row(known.file.household_id, values, known.file.applied_on, told)


def known_of(file: HardshipFile) -> Known:
    """What is known about one file."""
    return next(_known([file]))


def _filed(names: Sequence[str], ids: Sequence[int] | None, on: date) -> Iterator[Row]:
    """Who has a file of their own. All files are here, so whoever has none is known to have none."""
    people = Person.objects.filter(merged_into=None)
    files = HardshipFile.objects.filter(state__in=KEPT_STATES)
    if ids is not None:
        people, files = people.filter(pk__in=ids), files.filter(person__in=ids)
    filed = set(files.values_list("person", flat=True))
    for person in people.values_list("pk", flat=True).iterator(CHUNK):
        yield Row(person, [person in filed], on)


def _known(files: Sequence[HardshipFile]) -> Iterator[Known]:
    ids = [file.pk for file in files]
    said, visits, checks = (_latest(kind, ids) for kind in LATEST)
    for file in files:
        yield Known(file, said.get(file.pk), visits.get(file.pk), checks.get(file.pk))


# What is known best was said last.
LATEST: Mapping[Any, Children[Any]] = {
    kind: Children(kind, "file") for kind in (Circumstances, HomeVisit, EconomicCheck)
}


def _latest(kind: Any, files: Sequence[int]) -> dict[int, Any]:
    rows = LATEST[kind].of(files[0]) if len(files) == 1 else by_age(kind.objects.filter(file__in=files))
    return {row.file_id: row for row in rows}


PROVIDER = Provider(
    "hardship",
    Subject.HOUSEHOLD,
    _("困难职工档案"),
    tuple(Fact(name, type_, ASSISTANCE, sealed) for name, (type_, sealed, _read) in READ.items()),  # type: ignore[arg-type]
    _answer,
)
register(PROVIDER)


def at_hand(known: Known) -> Provider:
    """The same facts of this very file, without asking again."""
    return replace(PROVIDER, query=lambda names, ids, on: [_row(known, names, on)])


register(
    Provider(
        "hardship-workers",
        Subject.PERSON,
        _("困难职工档案"),
        (Fact("是建档困难职工", "bool", ASSISTANCE),),
        _filed,
    )
)
