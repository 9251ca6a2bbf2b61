"""What somebody received before, as facts: so that a rule can forbid aid twice."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.access import BENEFITS
from niangjia.benefits.facts import CHUNK, Fact, Provider, Row, Subject, Value
from niangjia.benefits.models import Grant, Scheme
from niangjia.membership.models import Household, Person

EVER, THIS_YEAR = "已享受本项目", "本年已享受本项目"
OF_SCHEME, OF_ALL = "本年本项目已享受金额", "本年已享受金额"
EXCLUDED = "本年已享受不得兼得项目"
FACTS = (
    Fact(EVER, "bool", BENEFITS),
    Fact(THIS_YEAR, "bool", BENEFITS),
    Fact(OF_SCHEME, "money", BENEFITS),
    Fact(OF_ALL, "money", BENEFITS),
    Fact(EXCLUDED, "bool", BENEFITS),
)


def provider(scheme: Scheme) -> Provider:
    """The facts of one scheme, about the household where it is assessed on it. Not registered: ask it by `also`."""
    subject = Subject.HOUSEHOLD if scheme.per_household else Subject.PERSON
    excluded = list(scheme.excludes.values_list("pk", flat=True))
    return Provider("history", subject, _("待遇发放记录"), FACTS, _Query(scheme, subject, excluded))


class _Query:
    def __init__(self, scheme: Scheme, subject: Subject, excluded: Sequence[int]) -> None:
        self.scheme, self.subject, self.excluded = scheme, subject, excluded

    def __call__(self, names: Sequence[str], ids: Sequence[int] | None, on: date) -> Iterator[Row]:
        """A row for everybody asked about: who received nothing has received nothing, and that is known."""
        year = Q(granted_on__year=on.year, granted_on__lte=on)
        own = Q(scheme=self.scheme)
        grants = Grant.objects.filter(voided_on=None, granted_on__lte=on)
        column = "household" if self.subject == Subject.HOUSEHOLD else "person"
        if ids is not None:
            grants = grants.filter(**{f"{column}__in": ids})
        rows = (
            grants.filter(**{f"{column}__isnull": False})
            .values_list(column)
            .annotate(
                ever=Count("pk", filter=own),
                times=Count("pk", filter=own & year),
                of_scheme=Sum("amount", filter=own & year),
                of_all=Sum("amount", filter=year),
                excluded=Count("pk", filter=Q(scheme__in=self.excluded) & year),
            )
        )
        found = {row[0]: row[1:] for row in rows.iterator(CHUNK)}
        for id in self._everybody() if ids is None else ids:
            yield Row(id, self._values(names, found.get(id)), on)

    def _everybody(self) -> Iterator[int]:
        rows = (
            Household.objects
            if self.subject == Subject.HOUSEHOLD
            else Person.objects.filter(merged_into=None)
        )
        return rows.values_list("pk", flat=True).iterator(CHUNK)

    def _values(self, names: Sequence[str], sums: Sequence[object] | None) -> list[Value | None]:
        ever, times, of_scheme, of_all, excluded = sums or (0, 0, None, None, 0)
        nothing = Decimal(0)
        values: dict[str, Value] = {
            EVER: bool(ever),
            THIS_YEAR: bool(times),
            OF_SCHEME: of_scheme if isinstance(of_scheme, Decimal) else nothing,
            OF_ALL: of_all if isinstance(of_all, Decimal) else nothing,
            EXCLUDED: bool(excluded),
        }
        return [values[name] for name in names]
