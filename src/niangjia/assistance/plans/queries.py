"""Every read of plans and measures. Each starts from what the actor may see.

Seen by: assistance duties over the unit; the worker; the cadre paired with the household today, who sees the plan and
nothing else of the file.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.assistance import queries as files
from niangjia.assistance.access import ASSISTANCE, HEALTH
from niangjia.assistance.models import (
    AidMeasure,
    AidPlan,
    HardshipFile,
    HouseholdNeed,
    IncomeRecord,
    MeasureEvidence,
    Pairing,
)
from niangjia.assistance.pairing.kinds import PairingState
from niangjia.assistance.plans.kinds import HEALTH_KINDS, OVER, MeasureState, PlanState
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor, within
from niangjia.kernel.errors import Missing
from niangjia.membership import queries as membership
from niangjia.organisation.models import UnionBody

NO_ROW = _("没有找到这一行，或您的岗位看不到它。")


def plans_visible_to(actor: Actor) -> "QuerySet[AidPlan]":
    return AidPlan.objects.filter(_seen(actor, "")).select_related("unit", "file__person")


def measures_visible_to(actor: Actor) -> "QuerySet[AidMeasure]":
    """Of plans that are seen; rehabilitation and counselling only where illness may be known."""
    rows = AidMeasure.objects.select_related("unit", "plan__file__person", "beneficiary")
    seen = rows.filter(_seen(actor, "plan__"))
    return seen.filter(_may_know_health(actor, "plan__file__") | ~Q(kind__in=HEALTH_KINDS))


def _seen(actor: Actor, plan: str) -> Q:
    """`plan` is the lookup from the row to its plan."""
    if actor.user_id is None:
        return Q(pk__in=[])
    paired = Pairing.objects.filter(
        cadre=actor.user_id, state=PairingState.PAIRED, file=OuterRef(f"{plan}file")
    )
    # A plan that is still being drafted is the clerks' own business; the family sees it once it is offered.
    offered = ~Q(**{f"{plan}state": PlanState.DRAFTED}) | Q(**{f"{plan}agreed_on__isnull": False})
    theirs = Q(**{f"{plan}file__person__user": actor.user_id}) | Q(Exists(paired))
    return within(actor.scopes(ASSISTANCE)) | (theirs & offered)


def _may_know_health(actor: Actor, file: str) -> Q:
    """The same rule as `queries.sees_health`, for lists."""
    return (
        Q(**{f"{file}person__user": actor.user_id})
        | (Q(**{f"{file}shares_health_with_unit": True}) & within(actor.scopes(ASSISTANCE)))
        | within(actor.scopes(HEALTH))
    )


def plans_chosen(
    actor: Actor, *, words: str = "", state: str = "", overdue: bool = False, unit: UnionBody | None = None
) -> "QuerySet[AidPlan]":
    return _chosen(plans_visible_to(actor), words, "file__person__", state, overdue, unit)


def measures_chosen(
    actor: Actor,
    *,
    words: str = "",
    state: str = "",
    kind: str = "",
    overdue: bool = False,
    unit: UnionBody | None = None,
) -> "QuerySet[AidMeasure]":
    rows = measures_visible_to(actor).exclude(state=MeasureState.SUGGESTED)
    if kind:
        rows = rows.filter(kind=kind)
    return _chosen(rows, words, "plan__file__person__", state, overdue, unit)


def _chosen(
    rows: "QuerySet[Any]", words: str, person: str, state: str, overdue: bool, unit: UnionBody | None
) -> "QuerySet[Any]":
    """A list as a clerk cuts it down, newest first."""
    rows, words = rows.order_by("-pk"), words.strip()
    if words:
        rows = rows.filter(Q(number=words.upper()) | membership.named(words, person))
    if state:
        rows = rows.filter(state=state)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    return rows.filter(within([unit.path])) if unit else rows


def running_plan(file: HardshipFile) -> AidPlan | None:
    """The one plan of a file that is not over."""
    return AidPlan.objects.filter(file=file).exclude(state__in=OVER).first()


def plans_of(actor: Actor, file: HardshipFile) -> "QuerySet[AidPlan]":
    return plans_visible_to(actor).filter(file=file).order_by("-pk")


def own_plans(actor: Actor) -> "QuerySet[AidPlan]":
    """The worker's, newest first."""
    return plans_visible_to(actor).filter(file__person__user=actor.user_id).order_by("-pk")


def needs(actor: Actor, plan: AidPlan) -> list[HouseholdNeed]:
    found = plan.needs.filter(voided_at=None)
    return list(found if files.sees_health(actor, plan.file) else found.exclude(kind__in=HEALTH_KINDS))


def measures(actor: Actor, plan: AidPlan) -> list[AidMeasure]:
    return list(measures_visible_to(actor).filter(plan=plan).order_by("begins_on", "pk"))


def unanswered(needs: Sequence[HouseholdNeed], measures: Sequence[AidMeasure]) -> list[HouseholdNeed]:
    """Needs for which no measure is planned or done."""
    answered = {measure.kind for measure in measures if measure.state != MeasureState.DROPPED}
    return [need for need in needs if need.kind not in answered]


def incomes(file: HardshipFile) -> "QuerySet[IncomeRecord]":
    """Oldest first, as a curve is read."""
    return file.incomes.filter(voided_at=None).select_related("recorded_by")


def last_income(file: HardshipFile, since: date) -> IncomeRecord | None:
    return incomes(file).filter(as_of__gte=since).last()


def year_ago() -> date:
    return calendar.add_months(clock.today(), -12)


def evidence(measure: AidMeasure) -> "QuerySet[MeasureEvidence]":
    return measure.papers.filter(voided_at=None).select_related("stored", "added_by")


def evidence_visible_to(actor: Actor, public_id: UUID | str) -> MeasureEvidence:
    rows = MeasureEvidence.objects.select_related("measure__plan__file", "measure__unit", "stored")
    found = rows.filter(public_id=public_id, measure__in=measures_visible_to(actor)).first()
    if found is None:
        raise Missing(_("没有找到这份材料，或您的岗位看不到它。"))
    return found


def row_visible_to(actor: Actor, what: str, public_id: UUID | str) -> Any:
    """One need, or one income record of a file with a plan that the actor sees."""
    plans = plans_visible_to(actor)
    rows: dict[str, QuerySet[Any]] = {
        "need": HouseholdNeed.objects.filter(plan__in=plans).select_related("plan__file__person"),
        "income": IncomeRecord.objects.filter(file__plans__in=plans).select_related("file__person"),
    }
    found = rows[what].filter(public_id=public_id, voided_at=None).first() if what in rows else None
    if found is None:
        raise Missing(NO_ROW)
    return found


def subjects(plans: Sequence[AidPlan]) -> dict[int, set[int]]:
    return {plan.pk: {plan.file.person.user_id} for plan in plans if plan.file.person.user_id is not None}


def kept_out(plans: Sequence[AidPlan]) -> dict[int, set[int]]:
    """The household (回避)."""
    housemates = membership.housemates(plan.file.person for plan in plans)
    return {plan.pk: housemates[plan.file.person_id] for plan in plans}


def subjects_of_measures(rows: Sequence[AidMeasure]) -> dict[int, set[int]]:
    people = ((row.pk, row.plan.file.person.user_id) for row in rows)
    return {pk: {user} for pk, user in people if user is not None}


def kept_out_of_measures(rows: Sequence[AidMeasure]) -> dict[int, set[int]]:
    housemates = membership.housemates(row.plan.file.person for row in rows)
    return {row.pk: housemates[row.plan.file.person_id] for row in rows}
