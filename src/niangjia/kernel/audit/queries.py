"""Reads of the audit trail beyond one object's history. The caller has checked who may see what."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Max, Min, Q, QuerySet

from niangjia.kernel.audit.anchors import AuditAnchor, unanchored
from niangjia.kernel.audit.entries import AuditEntry
from niangjia.kernel.clock import CHINA

# "More than this" is all anybody needs to know of what is not sealed yet.
MOST_COUNTED = 10_000

# Days beyond these are as good as none, and have no midnight before or after them.
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


def entries_between(first: date | None, last: date | None) -> "QuerySet[AuditEntry]":
    """Entries of some days, both inclusive, newest first.

    Entries are not indexed by time; the hourly anchors say between which ids the days lie.
    """
    rows = AuditEntry.objects.select_related("actor", "principal", "remark").order_by("-pk")
    if first:
        start = _midnight(first)
        before = AuditAnchor.objects.filter(at__lt=start).aggregate(last=Max("to_id"))["last"]
        rows = rows.filter(pk__gt=before or 0, at__gte=start)
    if last:
        end = _midnight(min(last, LATEST) + timedelta(days=1))
        rows = rows.filter(at__lt=end)
        if (
            seal := AuditAnchor.objects.filter(at__gte=end).aggregate(first=Min("to_id"))["first"]
        ) is not None:
            rows = rows.filter(pk__lte=seal)
    return rows


def concerning(objects: Collection[tuple[str, int]]) -> Q:
    """Entries of some objects, each named by type and id."""
    condition = Q(pk__in=[])
    for kind, object_id in objects:
        condition |= Q(object_type=kind, object_id=object_id)
    return condition


def numbers_of(entries: Iterable[AuditEntry]) -> dict[tuple[str, int], str]:
    """What people quote of the objects behind some entries, where their kind bears a number; one query a kind."""
    ids: dict[str, set[int]] = {}
    for entry in entries:
        ids.setdefault(entry.object_type, set()).add(entry.object_id)
    found: dict[tuple[str, int], str] = {}
    for kind, wanted in ids.items():
        model: Any = apps.get_model(kind)
        if any(field.name == "number" for field in model._meta.concrete_fields):
            numbered = model._base_manager.filter(pk__in=wanted).values_list("pk", "number")
            found |= {(kind, pk): str(number) for pk, number in numbered}
    return found


def last_anchor() -> AuditAnchor | None:
    return AuditAnchor.objects.order_by("number").last()


def unanchored_count() -> int:
    """How many entries no seal covers yet, counted to a little beyond `MOST_COUNTED`."""
    return unanchored()[: MOST_COUNTED + 1].count()


def _midnight(day: date) -> datetime:
    return datetime.combine(min(max(day, EARLIEST), LATEST), time(), CHINA)
