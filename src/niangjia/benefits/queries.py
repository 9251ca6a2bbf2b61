"""Every read of benefits. Each starts from what the actor may see."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.access import BENEFITS, HEALTH, RECEIVER
from niangjia.benefits.kinds import CLOSED_STATES, Basis, PaperKind, SchemeState, State
from niangjia.benefits.models import Appeal, BenefitApplication, BenefitPaper, Grant, Scheme
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, scoped, within
from niangjia.kernel.errors import Missing
from niangjia.kernel.prepared import ByKey
from niangjia.membership import queries as membership
from niangjia.membership.models import Household, Person
from niangjia.organisation.access import AUDIT
from niangjia.organisation.models import UnionBody
from niangjia.organisation.paths import ROOT

SCHEMES = "schemes"
STEP = 4


def about_nobody(rows: Sequence[object]) -> Mapping[int, set[int]]:
    return {}


def schemes_visible_to(actor: Actor) -> "QuerySet[Scheme]":
    """What is or was given is everybody's to know; what is being prepared, the keepers'."""
    rows = Scheme.objects.select_related("unit").order_by("-pk")
    scopes = actor.scopes(SCHEMES)
    if ROOT in scopes:
        return rows
    return rows.filter(~Q(state=SchemeState.DRAFT) | within(scopes))


def schemes_chosen(
    actor: Actor, *, words: str = "", state: str = "", unit: UnionBody | None = None
) -> "QuerySet[Scheme]":
    rows = schemes_visible_to(actor)
    if words.strip():
        rows = rows.filter(Q(number=words.strip().upper()) | Q(title__contains=words.strip()))
    if state in SchemeState.values:
        rows = rows.filter(state=state)
    return rows.filter(within([unit.path])) if unit else rows


def scheme_visible_to(actor: Actor, number: str) -> Scheme:
    found = schemes_visible_to(actor).filter(number=number.strip().upper()).first()
    if found is None:
        raise Missing(_("没有这个待遇项目，或它还没有开办。"))
    return found


def units_above(path: str) -> list[str]:
    """The paths of a union and of all those it lies under."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def schemes_for(person: Person, on: date | None = None) -> "QuerySet[Scheme]":
    """What somebody may apply for today: open schemes of their union and of those above it."""
    return open_on(on or clock.today()).filter(unit__path__in=units_above(person.unit.path))


def recognition(unit: UnionBody, on: date) -> Scheme | None:
    """The rules for hardship files that a union has opened, or the nearest above it."""
    found = _for_files(on.isoformat())
    above = [row for row in found if unit.path.startswith(row.unit.path)]
    return max(above, key=lambda row: (row.unit.path, row.pk), default=None)


# By the day. Few places have rules of their own, and each page of a file asks.
_for_files = ByKey(
    lambda: _open(date.min).filter(basis=Basis.FILE).select_related("unit").order_by(), date.min
)


def schemes_received_by(actor: Actor) -> "QuerySet[Scheme]":
    """What workers of the unions for which somebody takes applications in may apply for today."""
    paths = [grant.path for grant in actor.grants if grant.duty == RECEIVER]
    above = {path for below in paths for path in units_above(below)}
    return open_on(clock.today()).filter(Q(unit__path__in=above) | within(paths))


def open_on(day: date) -> "QuerySet[Scheme]":
    """What may be applied for that day; rules for hardship files are not."""
    return _open(day).exclude(basis=Basis.FILE).select_related("unit").order_by("title", "pk")


def _open(day: date) -> "QuerySet[Scheme]":
    begun, not_over = Q(opens_on=None) | Q(opens_on__lte=day), Q(closes_on=None) | Q(closes_on__gte=day)
    return Scheme.objects.filter(begun, not_over, state=SchemeState.OPEN)


def applications_visible_to(actor: Actor) -> "QuerySet[BenefitApplication]":
    """Applications of the actor's subtrees, and those that are the actor's own or paid to them."""
    rows = BenefitApplication.objects.select_related("person", "payee", "unit", "scheme")
    own = Q(person__user=actor.user_id) | Q(payee__user=actor.user_id) if actor.user else Q(pk__in=[])
    scopes = actor.scopes(BENEFITS)
    if ROOT in scopes:
        return rows
    return rows.filter(within(scopes) | own if scopes else own)


def listed(rows: "QuerySet[BenefitApplication]") -> "QuerySet[BenefitApplication]":
    """With only what lists show; anything else costs a query of its own."""
    own = ("public_id", "number", "state", "due_on", "applied_on", "period", "decision")
    return rows.select_related("decision").only(
        *own, "person", "person__name", "payee", "unit", "unit__name", "unit__path", "scheme",
        "scheme__title", "scheme__title_en", "decision__amount", "decision__status",
    )  # fmt: skip


def applications_chosen(
    actor: Actor,
    *,
    words: str = "",
    state: str = "",
    overdue: bool = False,
    unit: UnionBody | None = None,
) -> "QuerySet[BenefitApplication]":
    """The list as a clerk cuts it down; newest first."""
    rows = applications_visible_to(actor).order_by("-pk")
    if words:
        rows = rows.filter(_worded(words.strip()))
    if state in State.values:
        rows = rows.filter(state=state)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    return rows.filter(within([unit.path])) if unit else rows


def _worded(words: str) -> Q:
    if not any(character.isdigit() for character in words):
        return membership.named(words, "person__")
    return Q(number=words.upper()) | Q(person__in=membership.people_numbered(words))


def applications_matching(actor: Actor, words: str) -> "QuerySet[BenefitApplication]":
    return applications_chosen(actor, words=words)


def own_applications(actor: Actor) -> "QuerySet[BenefitApplication]":
    """What the worker applied for, for themselves or a child; newest first."""
    own = Q(person__user=actor.user_id) | Q(payee__user=actor.user_id)
    return (
        BenefitApplication.objects.filter(own)
        .select_related("scheme", "unit", "person", "payee")
        .order_by("-pk")
    )


def traced(actor: Actor, number: str) -> list[BenefitApplication]:
    """What an auditor may look into under an application's number."""
    return list(scoped(BenefitApplication.objects.filter(number=number), actor, AUDIT))


def is_own(actor: Actor, row: BenefitApplication) -> bool:
    return actor.user_id is not None and actor.user_id in (row.person.user_id, row.payee.user_id)


def sees_sealed(actor: Actor, row: BenefitApplication) -> bool:
    """Facts and papers in the clear: the people concerned; health duties; others where no illness is concerned, or
    once the applicant agreed.
    """
    if is_own(actor, row) or not row.scheme.is_medical or row.shares_with_unit:
        return True
    return sees_health(actor, row.unit)


def sees_health(actor: Actor, unit: UnionBody) -> bool:
    return any(unit.path.startswith(path) for path in actor.scopes(HEALTH))


def papers_visible_to(actor: Actor, row: BenefitApplication) -> "QuerySet[BenefitPaper]":
    papers = row.papers.filter(voided_at=None).select_related("stored", "added_by")
    return papers if sees_sealed(actor, row) else papers.exclude(kind=PaperKind.MEDICAL)


def paper(public_id: UUID | str, actor: Actor) -> BenefitPaper:
    """One paper, if the actor sees its application and may see its kind; otherwise Missing."""
    found = BenefitPaper.objects.filter(
        public_id=public_id, application__in=applications_visible_to(actor)
    ).first()
    if found is None or not papers_visible_to(actor, found.application).filter(pk=found.pk).exists():
        raise Missing(_("没有找到这份材料，或您的岗位看不到它。"))
    return found


def papers_missing(row: BenefitApplication) -> list[PaperKind]:
    """The kinds its scheme asks for and that are not there."""
    there = set(row.papers.filter(voided_at=None).values_list("kind", flat=True))
    return [PaperKind(kind) for kind in row.scheme.papers if kind not in there]


def running(
    scheme: Scheme, period: str, person: Person, household: Household | None
) -> BenefitApplication | None:
    """The one application for this scheme, period and subject that is under way or granted."""
    about = Q(household=household) if scheme.per_household else Q(person=person, household=None)
    return (
        BenefitApplication.objects.filter(about, scheme=scheme, period=period)
        .exclude(state__in=CLOSED_STATES)
        .first()
    )


def excluding(
    scheme: Scheme, person: Person, household: Household | None, year: int
) -> BenefitApplication | None:
    """An application of the same year, for the same person or household, in a scheme that excludes this one."""
    about = Q(person=person) | (Q(household=household) if household else Q(pk__in=[]))
    return (
        BenefitApplication.objects.filter(about, scheme__in=scheme.excludes.all(), on__year=year)
        .exclude(state__in=CLOSED_STATES)
        .select_related("scheme")
        .first()
    )


def granted_from(scheme: Scheme) -> Decimal:
    """What the scheme has granted in all."""
    found = Grant.objects.filter(scheme=scheme, voided_on=None).aggregate(all=Sum("amount"))["all"]
    return found or Decimal(0)


def history_of(people: Iterable[Person], households: Iterable[Household] = ()) -> "QuerySet[Grant]":
    """Everything these people, or their households, ever received; newest first."""
    return (
        Grant.objects.filter(Q(person__in=people) | Q(household__in=households), voided_on=None)
        .select_related("scheme", "unit", "person", "application")
        .order_by("-granted_on", "-pk")
    )


def history_visible_to(actor: Actor, person: Person) -> list[Grant]:
    """What somebody ever received ("elsewhere"), as far as the actor's purpose reaches; all of one's own.

    A scheme that concerns health shows only to health duties: its name alone would tell.
    """
    household = membership.current_household(person)
    grants = history_of([person], [household] if household else [])
    if actor.user_id is not None and actor.user_id == person.user_id:
        return list(grants)
    seen = scoped(grants, actor, BENEFITS)
    health = scoped(grants, actor, HEALTH)
    return [grant for grant in seen if not grant.scheme.is_medical or grant in set(health)]


def subjects(rows: Sequence[BenefitApplication]) -> Mapping[int, set[int]]:
    """Per application, the accounts of those it is about: for whom it is, and who is paid."""
    return {
        row.pk: {one.user_id for one in (row.payee, row.person) if one.user_id is not None} for row in rows
    }


def kept_out(rows: Sequence[BenefitApplication]) -> Mapping[int, set[int]]:
    """Per application, the accounts of those concerned and of everybody in their households (回避)."""
    housemates = membership.housemates(one for row in rows for one in (row.person, row.payee))
    return {row.pk: housemates[row.person_id] | housemates[row.payee_id] for row in rows}


def own_schemes(person: Person) -> set[int]:
    """The schemes in which somebody has an application that runs or was granted this year."""
    rows = BenefitApplication.objects.filter(payee=person, on__year=clock.today().year)
    return set(rows.exclude(state__in=CLOSED_STATES).values_list("scheme_id", flat=True))


def appeal_of(row: BenefitApplication) -> Appeal | None:
    return Appeal.objects.filter(application=row).first()
