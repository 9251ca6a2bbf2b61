"""一户一策帮扶方案: which facts the sheet of a plan says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance import queries as files
from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.models import AidMeasure, AidPlan
from niangjia.assistance.pairing.queries import pairings_of
from niangjia.assistance.papers.hardship import FOLDER, Applicant, applicant
from niangjia.assistance.plans import queries
from niangjia.assistance.plans.incomes import track
from niangjia.assistance.plans.kinds import PlanState
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Template
from niangjia.kernel.documents.facts import write_day
from niangjia.kernel.errors import Missing
from niangjia.membership import queries as membership


@dataclass(frozen=True)
class Need:
    kind: str
    intensity: str
    note: str


@dataclass(frozen=True)
class Measure:
    kind: str
    detail: str
    beneficiary: str
    provider: str
    period: str
    amount: Decimal | None
    source: str
    standing: str


@dataclass(frozen=True)
class Income:
    as_of: date
    household_size: int
    yearly: Decimal
    monthly: Decimal
    source: str


@dataclass(frozen=True)
class PlanFacts(Applicant):
    """Days that have not come are empty, to be filled in by hand beside the signature."""

    plan_number: str
    state: str
    category: str
    cause: str
    family: str
    goal: str
    needs: list[Need]
    measures: list[Measure]
    incomes: list[Income]
    contacts: str
    drafted_on: date
    agreed_on: date | None
    signed_paper: str
    approved_on: date | None
    review_on: date | None
    concluded_on: date | None
    result: str


def plan_facts(plan: AidPlan, copy: Copy) -> PlanFacts:
    file = plan.file
    return PlanFacts(
        **applicant(file, copy),
        plan_number=plan.number,
        state=plan.get_state_display(),
        category=file.get_category_display(),
        cause=file.get_cause_display(),
        family="；".join(
            f"{one.person.name}（{one.get_relation_display()}，{one.person.age} 岁）"
            for one in membership.current_members(file.household_id)
        ),
        goal=plan.goal,
        needs=[
            Need(need.get_kind_display(), need.get_intensity_display(), need.note)
            for need in plan.needs.filter(voided_at=None)
        ],
        measures=[
            measure_of(one) for one in plan.measures.select_related("beneficiary").order_by("begins_on", "pk")
        ],
        incomes=[
            Income(
                one.as_of, one.household_size, one.yearly_income_amount, one.monthly_amount, str(one.source)
            )
            for one in track(file)
        ],
        contacts="；".join(
            f"{one.cadre.name}（{one.get_role_display()}，{one.office_phone}）" for one in pairings_of(file)
        ),
        drafted_on=plan.drafted_on,
        agreed_on=plan.agreed_on,
        signed_paper=plan.signed_paper,
        approved_on=plan.approved_on,
        review_on=plan.review_on,
        concluded_on=plan.concluded_on,
        result=plan.get_result_display(),
    )


def measure_of(one: AidMeasure) -> Measure:
    return Measure(
        kind=one.get_kind_display(),
        detail=one.detail,
        beneficiary=one.beneficiary.name if one.beneficiary else _("全家"),
        provider=one.provider,
        period=f"{write_day(one.begins_on)}\n至{write_day(one.ends_on)}",
        amount=one.amount,
        source=one.source,
        standing=one.get_state_display() + (f"：{one.result}" if one.result else ""),
    )


def _find(public_id: UUID, actor: Actor) -> AidPlan:
    rows = queries.plans_visible_to(actor).select_related("file__household", "file__unit", "file__person")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这份方案，或您的岗位看不到它。"))
    return found


def _may_print(plan: AidPlan, actor: Actor) -> bool:
    """The sheet says every measure, counselling too, so it is for those to whom the page shows every one."""
    is_inside = any(plan.unit.path.startswith(path) for path in actor.scopes(ASSISTANCE))
    return is_inside and files.sees_health(actor, plan.file)


def _subject(plan: AidPlan) -> int | None:
    """The family's own once it has been offered to them; a draft is still the clerks'."""
    return None if plan.state == PlanState.DRAFTED and not plan.agreed_on else plan.file.person.user_id


AID_PLAN = Template(
    name="aid-plan",
    label=gettext_lazy("一户一策帮扶方案表"),
    folder=FOLDER,
    model=AidPlan,
    find=_find,
    facts=plan_facts,
    may_print=_may_print,
    subject=_subject,
)
