"""Anchors: every hour the entries written since the last one are sealed together and the seal leaves the database.

An exported line lists every entry it seals (`leaves`), so that a later look can name what was changed, removed or put
in another place. Keep a copy of the folder on another machine; whoever holds it can prove the past.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock, keys
from niangjia.kernel.audit.entries import ANCHOR_LOCK, AuditEntry
from niangjia.kernel.jobs import job, minutes
from niangjia.kernel.triggers import append_only

Leaf = tuple[int, str, int, int, str]  # entry id, object type, object id, position, MAC


@append_only
class AuditAnchor(models.Model):
    """审计锚点: one seal over the entries `from_id … to_id`, chained to the seal before."""

    number = models.PositiveIntegerField(unique=True)
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    at = models.DateTimeField()
    key_id = models.PositiveSmallIntegerField()
    mac = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("审计锚点")

    def __str__(self) -> str:
        return f"#{self.number} {self.from_id}–{self.to_id}"


@dataclass(frozen=True)
class Exported:
    """One line of an exported anchor file."""

    number: int
    at: str
    key_id: int
    mac: str
    leaves: list[Leaf]

    def expected_mac(self, previous: str) -> str:
        content = json.dumps([previous, self.number, self.at, self.leaves], ensure_ascii=False)
        return hmac.new(keys.by_id("audit", self.key_id).secret, content.encode(), hashlib.sha256).hexdigest()


@job(label=_("审计锚点"), every=minutes(60))
def anchor_audit(progress: Any) -> int:
    made = anchor()
    return made.count if made else 0


def anchor() -> AuditAnchor | None:
    """Seal what is not yet sealed, and export it; None when there is nothing new."""
    with transaction.atomic():
        _wait_for_writers()
        last = AuditAnchor.objects.order_by("number").last()
        after = last.to_id if last else 0
        leaves = list(
            AuditEntry.objects.filter(pk__gt=after)
            .order_by("pk")
            .values_list("pk", "object_type", "object_id", "position", "mac")
        )
        if not leaves:
            return None
        line = Exported(
            number=last.number + 1 if last else 1,
            at=clock.now().isoformat(),
            key_id=keys.current("audit").id,
            mac="",
            leaves=leaves,
        )
        mac = line.expected_mac(last.mac if last else "")
        made = AuditAnchor.objects.create(
            number=line.number,
            from_id=leaves[0][0],
            to_id=leaves[-1][0],
            count=len(leaves),
            at=clock.now(),
            key_id=line.key_id,
            mac=mac,
        )
        # Exported before the commit: a seal that is only in the database would prove nothing.
        _export(Exported(line.number, line.at, line.key_id, mac, leaves))
        return made


def exported() -> Iterator[Exported]:
    """All exported anchors, oldest first. The last line of a number counts: an earlier one lost its commit."""
    lines: dict[int, Exported] = {}
    for file in sorted(folder().glob("*.jsonl")):
        for text in file.read_text(encoding="utf-8").splitlines():
            data = json.loads(text)
            data["leaves"] = [tuple(leaf) for leaf in data["leaves"]]
            lines[data["number"]] = Exported(**data)
    yield from (lines[number] for number in sorted(lines))


def folder() -> Path:
    return Path(settings.ANCHORS_FOLDER)


def unanchored() -> "models.QuerySet[AuditEntry]":
    """Entries that no seal covers yet."""
    last = AuditAnchor.objects.order_by("number").last()
    return AuditEntry.objects.filter(pk__gt=last.to_id if last else 0).order_by("pk")


def _wait_for_writers() -> None:
    # SQLite's IMMEDIATE transactions already write one after another.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ANCHOR_LOCK])


def _export(line: Exported) -> None:
    file = folder() / f"{line.at[:7]}.jsonl"
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(vars(line), ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
