"""Kept files that are easily forgotten: nothing happened in them for a year, or their family was never helped."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.help import times_helped
from niangjia.assistance.kinds import KEPT_STATES, State
from niangjia.assistance.models import (
    Attachment,
    Circumstances,
    EconomicCheck,
    FamilyMember,
    HardshipFile,
    HomeVisit,
)
from niangjia.kernel import calendar, clock

MONTHS = 12


class Overlooked(TextChoices):
    UNCHANGED = "unchanged", _("一年未更新")
    UNHELPED = "unhelped", _("从未得到帮扶")


def cut_down(files: "QuerySet[HardshipFile]", which: str) -> "QuerySet[HardshipFile]":
    """The overlooked ones among the files; all of them where nothing, or no such list, is asked for."""
    return _LISTS[which](files.filter(state__in=KEPT_STATES)) if which in _LISTS else files


def _unchanged(files: "QuerySet[HardshipFile]") -> "QuerySet[HardshipFile]":
    """Not filed, renewed or proposed to leave within a year, and nothing added to them.

    That the clock put a file up for renewal changes nothing in it.
    """
    day = calendar.add_months(clock.today(), -MONTHS)
    since = clock.midnight(day)
    files = files.alias(kept_on=Coalesce("renewed_on", "filed_on")).filter(
        Q(state=State.RENEWAL) | Q(state_since__lt=since), kept_on__lt=day
    )
    of_file = {"file": OuterRef("pk")}
    return files.filter(
        ~Exists(Circumstances.objects.filter(told_at__gte=since, **of_file)),
        ~Exists(FamilyMember.objects.filter(Q(added_at__gte=since) | Q(ended_at__gte=since), **of_file)),
        ~Exists(HomeVisit.objects.filter(recorded_at__gte=since, **of_file)),
        ~Exists(EconomicCheck.objects.filter(recorded_at__gte=since, **of_file)),
        ~Exists(Attachment.objects.filter(Q(added_at__gte=since) | Q(voided_at__gte=since), **of_file)),
    )


def _unhelped(files: "QuerySet[HardshipFile]") -> "QuerySet[HardshipFile]":
    """Nothing was ever granted to the household, the worker, or anybody who lives in it now."""
    return files.alias(helped=times_helped(clock.today())).filter(helped=0)


_LISTS: dict[str, Callable[["QuerySet[HardshipFile]"], "QuerySet[HardshipFile]"]] = {
    Overlooked.UNCHANGED: _unchanged,
    Overlooked.UNHELPED: _unhelped,
}
