"""Help on record: how often a family was granted something, as of a day; once, twice, never."""

from datetime import date
from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Least
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Grant
from niangjia.kernel.figures import Dimension
from niangjia.membership.models import HouseholdMembership

OFTEN = 3


def times_helped(day: date) -> Any:
    """How many grants in force on that day a file's household, its worker, or anybody living in it had by then.

    Three counts that share no grant, because each finds its rows by an index of its own.
    """
    in_force = Grant.objects.filter(Q(voided_on=None) | Q(voided_on__gt=day), granted_on__lte=day).order_by()
    own = Q(household=OuterRef("household"))
    elsewhere = in_force.filter(~own | Q(household=None))
    worker = Q(person=OuterRef("person"))
    living = HouseholdMembership.objects.filter(
        Q(until_on=None) | Q(until_on__gt=day), household=OuterRef(OuterRef("household")), from_on__lte=day
    )
    return (
        _number(in_force.filter(own))
        + _number(elsewhere.filter(worker))
        + _number(elsewhere.filter(~worker, person__in=living.values("person")))
    )


def _number(grants: "QuerySet[Grant]") -> Any:
    counted = grants.annotate(together=Value(1)).values("together").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


HELPED = Dimension(
    "helped",
    _("得到救助"),
    lambda period: Cast(Least(times_helped(period.last), OFTEN), CharField()),
    {"0": _("从未"), "1": _("一次"), "2": _("两次"), str(OFTEN): _("三次及以上")},
)
