"""女职工: which unions have so many women members that they should have a women's committee, and have none."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.membership.kinds import Sex
from niangjia.membership.models import Member
from niangjia.organisation import parameters
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.kinds import CommitteeKind, UnionLevel
from niangjia.organisation.models import Committee, UnionBody


def unions_without_womens_committee(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[UnionBody]":
    """Grassroots unions, by the least number that holds at the place one looks at."""
    home = beneath or organisation.tops(actor).select_related("region").first()
    least = parameters.value("organisation.women_committee_members", home, clock.today())
    women = Member.objects.filter(left_on__isnull=True, person__sex=Sex.FEMALE)
    scopes: Sequence[str] = organisation.scopes_beneath(actor, PURPOSE, beneath)
    counted = organisation.in_scopes(women, scopes).order_by().values("unit").annotate(number=Count("pk"))
    found = dict(counted.filter(number__gte=least).values_list("unit", "number"))
    bodies = Committee.objects.filter(
        unit=OuterRef("pk"), kind=CommitteeKind.WOMEN_COMMITTEE, ended_on__isnull=True
    )
    return (
        UnionBody.objects.filter(
            ~Exists(bodies), pk__in=found, level=UnionLevel.GRASSROOTS, dissolved_on__isnull=True
        )
        .select_related("region")
        .order_by("path")
    )
