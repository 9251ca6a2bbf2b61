"""收入变化: what a household lived on, from its application through the yearly reviews to its way out of hardship."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance import queries as files
from niangjia.assistance.models import EconomicCheck, HardshipFile, HomeVisit, IncomeRecord
from niangjia.assistance.plans.queries import incomes
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents.printing import in_chinese
from niangjia.kernel.errors import Invalid
from niangjia.kernel.money import yuan

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATED, VISITED, CHECKED = gettext_lazy("申请时填写"), gettext_lazy("入户核查"), gettext_lazy("经济状况核对")
# Kept in Chinese whatever language is on; read out in the reader's.
REVIEWED = gettext_lazy("年度复核")


@dataclass(frozen=True)
class Income:
    """What a family had as of a day. `record` is the row that may be struck; the rest stands elsewhere in the file."""

    as_of: date
    household_size: int
    yearly_income_amount: Decimal
    source: "StrOrPromise"
    record: IncomeRecord | None = None

    @property
    def monthly_amount(self) -> Decimal:
        """Per head and month."""
        return yuan(self.yearly_income_amount / 12 / self.household_size)


def track(file: HardshipFile, found: Iterable[HomeVisit | EconomicCheck] = ()) -> list[Income]:
    """The oldest first: what the family said, what was `found` about it, what plans and reviews kept."""
    points = []
    if file.renewed_on is None:
        points.append(Income(file.applied_on, file.household_size, file.yearly_income_amount, STATED))
    for one in found:
        if isinstance(one, HomeVisit):
            points.append(Income(one.visited_on, one.household_size, one.yearly_income_amount, VISITED))
        else:
            points.append(Income(one.checked_on, file.household_size, one.yearly_income_amount, CHECKED))
    points += [
        Income(one.as_of, one.household_size, one.yearly_income_amount, _(one.source), one)
        for one in incomes(file)
    ]
    return sorted(points, key=lambda one: one.as_of)


def found_about(file: HardshipFile, actor: Actor) -> list[HomeVisit | EconomicCheck]:
    """What was found at home and what the office answered: the union's to know, not the family's or its cadre's."""
    if not files.works_on(file, actor):
        return []
    return [*files.bare_visits(file), *files.checks(file)]


def keep_income(
    file: HardshipFile,
    *,
    actor: Actor,
    as_of: date,
    household_size: int,
    yearly_income_amount: Decimal,
    source: str,
) -> IncomeRecord:
    """For whoever has already been asked whether they may: one record a day, another refused in words."""
    try:
        with transaction.atomic():
            record: IncomeRecord = IncomeRecord.objects.create(
                file=file,
                as_of=as_of,
                household_size=household_size,
                yearly_income_amount=yearly_income_amount,
                source=source,
                recorded_by=actor.account,
            )
    except IntegrityError:
        there = incomes(file).get(as_of=as_of)
        if (there.household_size, there.yearly_income_amount) == (household_size, yearly_income_amount):
            return there
        raise Invalid(_("这一天已有收入记录。有误的请先作废，再重新登记。")) from None
    return record


def keep_at_review(file: HardshipFile, *, actor: Actor, now: dict[str, Any]) -> None:
    """A review overwrites what the file says of income, so both stay on record; a day that has one keeps it."""
    points = [(clock.today(), now["household_size"], now["yearly_income_amount"], REVIEWED)]
    if file.renewed_on is None:
        points.append((file.applied_on, file.household_size, file.yearly_income_amount, STATED))
    there = set(incomes(file).values_list("as_of", flat=True))
    for as_of, size, amount, source in points:
        if as_of not in there:
            keep_income(
                file,
                actor=actor,
                as_of=as_of,
                household_size=size,
                yearly_income_amount=amount,
                source=in_chinese(lambda source=source: str(source)),  # type: ignore[misc]
            )
            there.add(as_of)
