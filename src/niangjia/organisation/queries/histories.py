"""What an employer was, and since when."""

from datetime import date

from django.db.models import Q, QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.organisation import parameters
from niangjia.organisation.kinds import EmployerKind
from niangjia.organisation.models import Employer, EmployerPeriod, UnionBody
from niangjia.organisation.queries import employers_visible_to


def periods_of(employer: Employer) -> "QuerySet[EmployerPeriod]":
    """The newest first."""
    return EmployerPeriod.objects.filter(employer=employer).select_related("region").order_by("-from_on")


def employer_on(employer: Employer, day: date) -> EmployerPeriod | None:
    """What it was on a day; None before it was known."""
    return (
        periods_of(employer).filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day).first()
    )


def managed_since(employer: Employer) -> date | None:
    """代管: since when a private enterprise is so large that the union above keeps its officers' records.

    Counted back over the periods without a break; each is measured by the number that held on its first day.
    """
    since = None
    for period in periods_of(employer):
        least = parameters.value("organisation.managed_from_staff", employer.unit, period.from_on)
        if not (
            period.is_operating and period.kind in EmployerKind.private() and period.staff_count >= least
        ):
            break
        since = period.from_on
    return since


def large_private_employers(rows: "QuerySet[Employer]", unit: UnionBody | None) -> "QuerySet[Employer]":
    """Of a list, those whose officers the union above keeps, by the number that holds at a place today."""
    least = parameters.value("organisation.managed_from_staff", unit, clock.today())
    return rows.filter(is_operating=True, kind__in=EmployerKind.private(), staff_count__gte=least)


def employers_closed(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[Employer]":
    return employers_visible_to(actor, beneath).filter(is_operating=False)
