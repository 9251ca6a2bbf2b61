"""The entries themselves and the one way to write them."""

import hmac
import json
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import bulk, clock, keys
from niangjia.kernel.access import Actor
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.triggers import append_only

# Writers share this lock until they commit, the anchor takes it alone: so nothing older commits behind an anchor.
ANCHOR_LOCK = 7_306_001


@append_only
class AuditEntry(models.Model):
    """审计记录. Holds field names and keyed digests, never personal values; kept for as long as the object."""

    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    position = models.PositiveIntegerField(help_text="1, 2, 3 … within the object")
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="null is the clock"
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="acted for"
    )
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    changes = models.JSONField(default=dict, help_text="field name → keyed digest of the new value")
    key_id = models.PositiveSmallIntegerField()
    mac = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("审计记录")
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "position"], name="audit_position")
        ]
        indexes = [models.Index(fields=["actor", "at"], name="audit_actor_at")]

    def __str__(self) -> str:
        return f"{self.object_type}/{self.object_id}#{self.position} {self.action}"

    def expected_mac(self, previous: str) -> str:
        """The MAC this entry must carry behind `previous`, the MAC of the entry before it in the object."""
        content = [
            previous,
            self.object_type,
            self.object_id,
            self.position,
            _written(self.at),
            self.action,
            self.actor_id,
            self.principal_id,
            self.from_state,
            self.to_state,
            self.changes,
        ]
        return _mac(keys.by_id("audit", self.key_id), content)


class Remark(models.Model):
    """意见: what was said with an entry. May hold personal data, so it is sealed and erasable; its digest stays."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="remark")
    text = EncryptedTextField(_("意见"))

    class Meta:
        verbose_name = _("意见")

    def __str__(self) -> str:
        return f"{self.entry_id}"


@dataclass(frozen=True)
class Link:
    """One thing done to one object, before it is chained."""

    row: models.Model
    action: str
    changes: Mapping[str, object] = field(default_factory=dict)
    principal_id: int | None = None
    from_state: str = ""
    to_state: str = ""
    remark: str = ""


def object_type(model: type[models.Model] | models.Model) -> str:
    return model._meta.label_lower


def digest(name: str, value: object, key: keys.Key | None = None) -> str:
    """A keyed fingerprint: proves later what a field held without saying it."""
    message = f"{name}\0{value}".encode()
    return hmac.digest((key or keys.current("audit")).secret, message, "sha256").hex()[:24]


def record(
    row: models.Model,
    action: str,
    *,
    actor: Actor,
    changes: Mapping[str, object] | None = None,
    principal_id: int | None = None,
    from_state: str = "",
    to_state: str = "",
    remark: str = "",
) -> AuditEntry:
    """Append one entry to the object's chain, in the caller's transaction. Locks the row."""
    link = Link(row, action, changes or {}, principal_id, from_state, to_state, remark)
    # No savepoint: an entry that cannot be written undoes all that it would have told of.
    with transaction.atomic(savepoint=False):
        if connection.features.has_select_for_update:
            manager = type(row)._base_manager
            list(manager.select_for_update(no_key=True).filter(pk=row.pk).order_by().values_list("pk"))
        return append([link], actor=actor)[0]


def append(links: Sequence[Link], *, actor: Actor, fresh: bool = False) -> list[AuditEntry]:
    """Chain and write many entries at once, at most one per object.

    The caller holds the locks of the rows; `fresh` says that the rows were made in this transaction.
    """
    _share_anchor_lock()
    heads = {} if fresh else _heads(links)
    at = clock.now()
    key = keys.current("audit")
    entries = []
    for link in links:
        kind = object_type(link.row)
        position, previous = heads.get((kind, link.row.pk), (0, ""))
        entry = AuditEntry(
            object_type=kind,
            object_id=link.row.pk,
            position=position + 1,
            at=at,
            action=link.action,
            actor_id=actor.user_id,
            principal_id=link.principal_id,
            from_state=link.from_state,
            to_state=link.to_state,
            changes={name: digest(name, value, key) for name, value in _with_remark(link).items()},
            key_id=key.id,
        )
        entry.mac = entry.expected_mac(previous)
        entries.append(entry)
    _write(entries, [link.remark for link in links])
    return entries


# The columns of an entry, and of the word that goes with it.
ENTRY = (
    "object_type", "object_id", "position", "at", "action", "actor", "principal", "from_state", "to_state", "changes",
    "key_id", "mac",
)  # fmt: skip
REMARK = ("public_id", "entry", "text")
_values: Any = attrgetter(*(f"{name}_id" if name in ("actor", "principal") else name for name in ENTRY))


def _write(entries: Sequence[AuditEntry], remarks: Sequence[str]) -> None:
    said: Any = Remark._meta.get_field("text")
    ids = bulk.add(AuditEntry, ENTRY, [_values(entry) for entry in entries])
    for entry, pk in zip(entries, ids, strict=True):
        entry.pk = pk
    spoken = [(pk, remark) for pk, remark in zip(ids, remarks, strict=True) if remark]
    if spoken:
        names = bulk.public_ids(len(spoken))
        words = [
            (name, pk, said.seal(name, remark)) for name, (pk, remark) in zip(names, spoken, strict=True)
        ]
        bulk.insert(Remark, REMARK, words)


def append_new(
    model: type[models.Model],
    ids: Sequence[int],
    action: str,
    changes: Sequence[Mapping[str, object]],
    *,
    actor: Actor,
    principal_id: int | None = None,
    to_state: str = "",
) -> None:
    """The first entries of very many rows made in this transaction: what `append` writes, without an object each."""
    _share_anchor_lock()
    at, key, kind = clock.now(), keys.current("audit"), object_type(model)
    moment = _written(at)
    alike = {
        "object_type": kind,
        "position": 1,
        "at": at,
        "action": action,
        "actor": actor.user_id,
        "principal": principal_id,
        "to_state": to_state,
        "key_id": key.id,
    }
    # What the MAC is made of differs by the object's id, and by the changes: those of a file are a few units'.
    head = _message(["", kind])[:-1]
    known: dict[tuple[tuple[str, object], ...], tuple[str, bytes]] = {}
    rows = []
    for object_id, given in zip(ids, changes, strict=True):
        pairs = tuple(given.items())
        if pairs not in known:
            told = {name: digest(name, value, key) for name, value in pairs}
            tail = [1, moment, action, actor.user_id, principal_id, "", to_state, told]
            known[pairs] = json.dumps(told), _message(tail)[1:]
        text, rest = known[pairs]
        mac = hmac.digest(key.secret, b"%b, %d, %b" % (head, object_id, rest), "sha256").hex()
        rows.append((object_id, text, mac))
    bulk.insert(AuditEntry, ("object_id", "changes", "mac"), rows, alike)


def history(row: models.Model) -> "QuerySet[AuditEntry]":
    """Everything that happened to one object, oldest first, with actors and remarks at hand."""
    return (
        AuditEntry.objects.filter(object_type=object_type(row), object_id=row.pk)
        .select_related("actor", "principal", "remark")
        .order_by("position")
    )


class Happening(NamedTuple):
    """What pages tell of an entry. Empty names: the system, nobody acted for, nothing was written."""

    at: datetime
    action: str
    to_state: str
    actor_id: int | None
    principal_id: int | None
    actor: str
    principal: str
    remark: str


def happenings(row: models.Model) -> list[Happening]:
    """Everything that happened to one object, oldest first, without the weight of the entries' own rows."""
    told = AuditEntry.objects.filter(object_type=object_type(row), object_id=row.pk).order_by("position")
    shown = ("at", "action", "to_state", "actor_id", "principal_id", "actor__name", "principal__name")
    said: Any = Remark._meta.get_field("text")
    rows: Any = told.values_list(*shown, "remark__public_id", "remark__text")
    return [
        Happening(at, action, state, by, acting_for, actor or "", principal or "", said.open(remark, sealed))
        for at, action, state, by, acting_for, actor, principal, remark, sealed in rows
    ]


def people_behind(happened: Iterable[Happening], actions: Collection[str]) -> set[int]:
    """Everybody who did one of the actions, in person or as the one acted for."""
    done = [one for one in happened if one.action in actions]
    return {person for one in done for person in (one.actor_id, one.principal_id) if person}


def actors_of(kind: str, object_ids: Iterable[int], actions: Iterable[str]) -> dict[int, set[int]]:
    """Per object, everybody who did one of the actions, in person or as the one acted for."""
    found: dict[int, set[int]] = {}
    ids, names = list(object_ids), list(map(str, actions))
    if not ids or not names:
        return found
    statement = ACTORS.format(objects=", ".join(["%s"] * len(ids)), actions=", ".join(["%s"] * len(names)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [kind, *ids, *names])
        for object_id, *people in cursor.fetchall():
            found.setdefault(object_id, set()).update(person for person in people if person)
    return found


# In SQL, since every step asks, and the ORM needs longer to write the question than the database to answer.
ACTORS = """
SELECT object_id, actor_id, principal_id FROM kernel_auditentry
WHERE object_type = %s AND object_id IN ({objects}) AND action IN ({actions})
"""


def _share_anchor_lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ANCHOR_LOCK])


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _mac(key: keys.Key, content: Sequence[object]) -> str:
    return hmac.digest(key.secret, _message(content), "sha256").hex()


def _message(content: Sequence[object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def _with_remark(link: Link) -> dict[str, object]:
    return {**link.changes, "remark": link.remark} if link.remark else dict(link.changes)


# In SQL, for the same reason.
HEADS = """
SELECT object_id, position, mac FROM kernel_auditentry
WHERE object_type = %s AND object_id IN ({places})
ORDER BY position
"""
# Of one object only the newest: a list or a union may have thousands.
HEAD = """
SELECT object_id, position, mac FROM kernel_auditentry
WHERE object_type = %s AND object_id = %s
ORDER BY position DESC LIMIT 1
"""


def _heads(links: Sequence[Link]) -> dict[tuple[str, int], tuple[int, str]]:
    """Position and MAC of each object's newest entry. Of many objects, with a dozen entries each, all are read."""
    ids_by_type: dict[str, list[int]] = {}
    for link in links:
        ids_by_type.setdefault(object_type(link.row), []).append(link.row.pk)
    heads: dict[tuple[str, int], tuple[int, str]] = {}
    with connection.cursor() as cursor:
        for kind, ids in ids_by_type.items():
            places = ", ".join(["%s"] * len(ids))
            cursor.execute(HEAD if len(ids) == 1 else HEADS.format(places=places), [kind, *ids])
            for object_id, position, mac in cursor.fetchall():
                heads[kind, object_id] = (position, mac)
    return heads
