"""Where the rotation of a blind index stands, and so which keys a row is written with.

Each phase keeps one column unique over all rows, so a duplicate is refused at any moment:
settled (old, –) → filling (old, new) → promoting (new, new) → clearing (new, –) → settled under the new key.
"""

import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import keys

# So long may a process write as the last phase said; a rotation waits longer before it relies on the next.
SECONDS_KNOWN = 1.0


class Phase(models.TextChoices):
    SETTLED = "settled"
    FILLING = "filling"
    PROMOTING = "promoting"
    CLEARING = "clearing"


class IndexRotation(models.Model):
    """One blind index and its keys. No row: written with the oldest key. No personal data."""

    label = models.CharField(max_length=130, unique=True)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.SETTLED)
    key_id = models.PositiveSmallIntegerField()
    next_key_id = models.PositiveSmallIntegerField(null=True)
    last_pk = models.BigIntegerField(default=0, help_text="rows up to this one are done in this phase")

    class Meta:
        verbose_name = _("索引换钥")

    def __str__(self) -> str:
        return f"{self.label}: {self.phase}"

    def keys_to_write(self) -> tuple[keys.Key, keys.Key | None]:
        old = keys.by_id("index", self.key_id)
        if self.phase == Phase.SETTLED or self.next_key_id is None:
            return old, None
        new = keys.by_id("index", self.next_key_id)
        if self.phase == Phase.FILLING:
            return old, new
        return new, new if self.phase == Phase.PROMOTING else None


_known: dict[str, tuple[float, IndexRotation | None]] = {}


def keys_to_write(label: str) -> tuple[keys.Key, keys.Key | None]:
    """The keys of a column and of its `_next`. Asks the database only while more than one key exists."""
    ring = keys.ring("index") or (keys.current("index"),)
    if len(ring) == 1:
        return ring[0], None
    until, rotation = _known.get(label, (0.0, None))
    if time.monotonic() > until:
        rotation = IndexRotation.objects.filter(label=label).first()
        _known[label] = time.monotonic() + SECONDS_KNOWN, rotation
    return rotation.keys_to_write() if rotation else (ring[-1], None)


def settled_elsewhere(key: keys.Key, labels: list[str]) -> bool:
    """Whether every blind index is written, and settled, under another key."""
    settled = IndexRotation.objects.filter(label__in=labels, phase=Phase.SETTLED).exclude(key_id=key.id)
    return settled.count() == len(labels)


def forget(label: str) -> None:
    _known.pop(label, None)
