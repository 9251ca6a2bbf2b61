"""News between domains: published in the transaction that made them true, heard after it committed.

A handler runs exactly once per event: its effect and the `Delivery` row that tells of it are one transaction.
Events of one topic and key are heard in order; a failing handler holds back only its own later ones.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.jobs import Progress, daily, job, minutes
from niangjia.kernel.workflow.engine import under_way

KEPT = timedelta(days=30)
# An event this old without an end is offered again; its own job has long failed or been lost.
STALE = timedelta(minutes=30)
CHUNK = 500


class Event(models.Model):
    """事件. `payload` holds ids, never personal values; kept 30 days once heard by all."""

    topic = models.CharField(_("主题"), max_length=100)
    key = models.CharField(_("次序键"), max_length=100, blank=True)
    payload = models.JSONField(_("内容"), default=dict)
    published_at = models.DateTimeField(_("发布时间"), default=clock.now, editable=False)
    heard_at = models.DateTimeField(_("全部送达时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("事件")
        verbose_name_plural = _("事件")
        indexes = [
            models.Index(
                name="unheard_events", fields=["topic", "key", "id"], condition=Q(heard_at__isnull=True)
            ),
            models.Index(name="heard_events", fields=["heard_at"], condition=Q(heard_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


class Delivery(models.Model):
    """送达: this handler has had its effect for this event. No personal data; goes with its event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries", verbose_name=_("事件"))
    handler = models.CharField(_("处理者"), max_length=150)
    at = models.DateTimeField(_("时间"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("送达")
        verbose_name_plural = _("送达")
        constraints = [models.UniqueConstraint(name="one_delivery_per_handler", fields=["event", "handler"])]

    def __str__(self) -> str:
        return f"{self.handler} {self.event_id}"


@dataclass(frozen=True)
class News:
    """What a handler is told."""

    topic: str
    key: str
    at: datetime
    payload: dict[str, Any]


Handler = Callable[[News], None]

_HANDLERS: dict[str, dict[str, Handler]] = defaultdict(dict)


def subscribe(topic: str) -> Callable[[Handler], Handler]:
    """Hear a topic. The worker loads handlers from a domain's `jobs`, `actions` and `workflow` modules."""

    def declare(handler: Handler) -> Handler:
        name = f"{handler.__module__.removeprefix('niangjia.')}.{handler.__name__}"
        if _HANDLERS[topic].setdefault(name, handler) is not handler:
            raise ValueError(f"two handlers are called {name}")
        return handler

    return declare


def publish(topic: str, key: object = "", **payload: Any) -> Event:
    """Tell what this transaction makes true.

    `key` names the row that the transaction holds locked; as its writers take turns, its events are in order.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish belongs inside the transaction that makes the news true")
    event = Event.objects.create(topic=topic, key=str(key), payload=payload)
    deliver.enqueue(event_id=event.pk)
    return event


@job(label=_("传递事件"), retries=8, name="kernel.outbox.deliver")
def deliver(progress: Progress, *, event_id: int) -> None:
    """Bring an event, and whatever of its key still waits before it, to all handlers."""
    event = Event.objects.filter(pk=event_id, heard_at__isnull=True).first()
    if event is None:
        return
    failures: list[Exception] = []
    lane = list(_lane(event))
    for name, handler in _HANDLERS[event.topic].items():
        with _Collecting(failures):
            for waiting in lane:
                _hear(waiting, name, handler)
    if failures:
        raise failures[0]
    Event.objects.filter(pk__in=[heard.pk for heard in lane]).update(heard_at=clock.now())


@job(label=_("重送滞留事件"), every=minutes(30), name="kernel.outbox.sweep")
def sweep(progress: Progress) -> dict[str, int]:
    """Offer again what was not heard by all: one job per key brings everything up to the newest."""
    stale = Event.objects.filter(heard_at__isnull=True, published_at__lt=clock.now() - STALE)
    keyed = stale.exclude(key="").values("topic", "key").annotate(newest=Max("pk"))
    newest = [row["newest"] for row in keyed] + list(stale.filter(key="").values_list("pk", flat=True))
    for event_id in newest:
        deliver.enqueue(key=f"sweep:{event_id}", event_id=event_id)
    return {"offered": len(newest)}


@job(label=_("清理已送达事件"), every=daily("03:30"), name="kernel.outbox.prune")
def prune(progress: Progress) -> dict[str, int]:
    old = Event.objects.filter(heard_at__lt=clock.now() - KEPT)
    removed = 0
    while chunk := list(old.values_list("pk", flat=True)[:CHUNK]):
        Event.objects.filter(pk__in=chunk).delete()
        removed += len(chunk)
        progress.advance(len(chunk))
    return {"removed": removed}


class _Collecting:
    """Lets one handler fail without keeping the news from the others."""

    def __init__(self, failures: list[Exception]) -> None:
        self.failures = failures

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception):
            return False
        self.failures.append(error)
        return True


def _lane(event: Event) -> QuerySet[Event]:
    """The event and, if it has a key, those of the key still waiting before it, oldest first."""
    if not event.key:
        return Event.objects.filter(pk=event.pk)
    waiting = Event.objects.filter(topic=event.topic, key=event.key, heard_at__isnull=True)
    return waiting.filter(pk__lte=event.pk).order_by("pk")


def _hear(event: Event, name: str, handler: Handler) -> None:
    """Effect and delivery in one transaction; a second worker waits on the unique row, then does nothing."""
    with transaction.atomic():
        _delivery, is_new = Delivery.objects.get_or_create(event=event, handler=name)
        if is_new:
            with under_way(f"news/{event.topic}"):
                handler(News(event.topic, event.key, event.published_at, event.payload))
