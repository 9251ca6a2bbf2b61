"""Bodies, their terms and who sits on them; and where a term, a chair or a body is missing."""

from datetime import date
from uuid import UUID

from django.db.models import DateField, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor, scoped
from niangjia.kernel.errors import Missing
from niangjia.organisation import parameters
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.kinds import CommitteeKind, OfficerRole, UnionLevel
from niangjia.organisation.models import Committee, Officer, Representative, UnionBody
from niangjia.organisation.queries import in_scopes, scopes_beneath


def committees_visible_to(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[Committee]":
    """By the end of the term, the earliest first."""
    rows = Committee.objects.select_related("unit__region").order_by("until_on", "id")
    return in_scopes(rows, scopes_beneath(actor, PURPOSE, beneath))


def committee_visible_to(actor: Actor, public_id: UUID) -> Committee:
    found = committees_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这个机构，或您的岗位看不到它。"))
    return found


def officer_visible_to(actor: Actor, public_id: UUID) -> Officer:
    rows = Officer.objects.select_related("unit__region", "committee")
    found = scoped(rows, actor, PURPOSE).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这位干部，或您的岗位看不到他。"))
    return found


def representative_visible_to(actor: Actor, public_id: UUID) -> Representative:
    rows = Representative.objects.select_related("unit__region", "committee")
    found = scoped(rows, actor, PURPOSE).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这位代表，或您的岗位看不到他。"))
    return found


def officers_visible_to(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[Officer]":
    """Whoever serves today, by union and then in the order of registration."""
    rows = Officer.objects.filter(until_on__isnull=True).select_related("unit", "committee")
    return in_scopes(rows, scopes_beneath(actor, PURPOSE, beneath)).order_by("unit__path", "id")


def in_office(unit: UnionBody) -> "QuerySet[Committee]":
    """The bodies of one union as they stand, each with its head."""
    heads = Officer.objects.filter(until_on__isnull=True, role__in=OfficerRole.heads())
    return (
        Committee.objects.filter(unit=unit, ended_on__isnull=True)
        .prefetch_related(Prefetch("officers", heads, to_attr="heads"))
        .order_by("id")
    )


def organiser_of(unit: UnionBody) -> Officer | None:
    return Officer.objects.filter(unit=unit, committee__isnull=True, until_on__isnull=True).first()


def terms_of(committee: Committee) -> "QuerySet[Committee]":
    """All terms of the same body, the newest first."""
    rows = Committee.objects.filter(unit=committee.unit, kind=committee.kind, name=committee.name)
    return rows.order_by("-number")


def terms_ending(actor: Actor, within: int, beneath: UnionBody | None = None) -> "QuerySet[Committee]":
    """Terms that end within so many days and have not ended yet."""
    today = clock.today()
    last = date.fromordinal(today.toordinal() + within)
    rows = committees_visible_to(actor, beneath).filter(ended_on__isnull=True)
    return rows.filter(until_on__gte=today, until_on__lte=last)


def terms_overdue(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[Committee]":
    """Terms that are over while nobody has been elected anew."""
    rows = committees_visible_to(actor, beneath).filter(ended_on__isnull=True)
    return rows.filter(until_on__lt=clock.today())


def chairs_vacant(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[Committee]":
    """Committees in office without a chair; `vacant_since` is the day the last one left, or the term began."""
    chairs = Officer.objects.filter(committee=OuterRef("pk"), role=OfficerRole.CHAIR).order_by()
    left = chairs.values("committee").annotate(last=Max("until_on")).values("last")
    return (
        committees_visible_to(actor, beneath)
        .filter(kind=CommitteeKind.UNION_COMMITTEE, ended_on__isnull=True)
        .filter(~Exists(chairs.filter(until_on__isnull=True)))
        .annotate(vacant_since=Coalesce(Subquery(left), F("from_on"), output_field=DateField()))
        .order_by("vacant_since", "id")
    )


def fill_chair_by(committee: Committee, vacant_since: date) -> date:
    """Until when a chair must be elected, by the parameter of the place."""
    months = parameters.value("organisation.vacancy_months", committee.unit, clock.today())
    return calendar.add_months(vacant_since, months)


def unions_without_committee(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[UnionBody]":
    """Grassroots unions with neither a committee in office nor an organiser."""
    bodies = Committee.objects.filter(
        unit=OuterRef("pk"), kind=CommitteeKind.UNION_COMMITTEE, ended_on__isnull=True
    )
    organisers = Officer.objects.filter(unit=OuterRef("pk"), committee__isnull=True, until_on__isnull=True)
    rows = UnionBody.objects.select_related("region").filter(
        ~Q(Exists(bodies)) & ~Q(Exists(organisers)), level=UnionLevel.GRASSROOTS, dissolved_on__isnull=True
    )
    return in_scopes(rows, scopes_beneath(actor, PURPOSE, beneath), "").order_by("path")
