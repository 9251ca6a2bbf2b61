"""Moving rows to the newest keys in short transactions, while everybody works; a killed run goes on."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from niangjia.kernel import keys
from niangjia.kernel.fields import envelope, phases
from niangjia.kernel.fields.columns import Column
from niangjia.kernel.fields.index import BlindIndexField, indexes_on
from niangjia.kernel.fields.phases import IndexRotation, Phase
from niangjia.kernel.fields.text import EncryptedTextField

Progress = Callable[[int], None]
BATCH = 500
AFTER = {
    Phase.FILLING: Phase.PROMOTING,
    Phase.PROMOTING: Phase.CLEARING,
    Phase.CLEARING: Phase.SETTLED,
}


def _silent(_rows: int) -> None:
    pass


def sealed_columns() -> Iterator[EncryptedTextField]:
    for model in apps.get_models():
        yield from (
            field for field in model._meta.local_concrete_fields if isinstance(field, EncryptedTextField)
        )


def blind_indexes() -> Iterator[BlindIndexField]:
    for model in apps.get_models():
        yield from indexes_on(model)


def reseal(column: EncryptedTextField, *, batch: int = BATCH, progress: Progress = _silent) -> int:
    """Seal every row of a column with the newest key; rows that have it already are left alone."""
    last, done = 0, 0
    while True:
        with transaction.atomic():
            rows = list(_rows(column.model, last, batch).values_list("pk", "public_id", column.attname))
            old = [row for row in rows if row[2] and envelope.key_id(row[2]) != keys.current("fields").id]
            _write(
                column.model,
                [column],
                [
                    (column.seal(public_id, column.open(public_id, sealed)), pk)
                    for pk, public_id, sealed in old
                ],
            )
        if not rows:
            return done
        last, done = rows[-1][0], done + len(old)
        progress(len(rows))


def rows_sealed_with(column: EncryptedTextField, key: keys.Key) -> int:
    stored = column.model._base_manager.exclude(**{f"{column.name}__isnull": True})
    return sum(
        envelope.key_id(sealed) == key.id
        for sealed in stored.values_list(column.attname, flat=True).iterator(chunk_size=5000)
    )


def rotate_index(
    index: BlindIndexField,
    *,
    batch: int = BATCH,
    wait: float = 2 * phases.SECONDS_KNOWN,
    progress: Progress = _silent,
) -> None:
    """Carry one blind index to the newest key through its `_next` column; `phases` says why in this order."""
    rotation = _begun(index)
    while rotation.phase != Phase.SETTLED:
        _settle(index, wait)
        _rewrite(index, rotation, batch, progress)
        _enter(index, rotation, AFTER[Phase(rotation.phase)])


def _begun(index: BlindIndexField) -> IndexRotation:
    """The rotation under way, or a new one when a newer key exists."""
    newest, oldest = keys.current("index"), keys.ring("index")[-1]
    with transaction.atomic():
        rotation, _made = IndexRotation.objects.select_for_update().get_or_create(
            label=index.label, defaults={"key_id": oldest.id}
        )
        if rotation.phase == Phase.SETTLED and rotation.key_id != newest.id:
            rotation.next_key_id = newest.id
            _enter(index, rotation, Phase.FILLING)
    return rotation


def _enter(index: BlindIndexField, rotation: IndexRotation, phase: Phase) -> None:
    rotation.phase, rotation.last_pk = phase, 0
    if phase == Phase.SETTLED and rotation.next_key_id is not None:
        rotation.key_id, rotation.next_key_id = rotation.next_key_id, None
    rotation.save()
    phases.forget(index.label)


def _settle(index: BlindIndexField, wait: float) -> None:
    """Every process knows the phase, and whoever wrote by the last one has committed."""
    time.sleep(wait)
    with transaction.atomic(), connection.cursor() as cursor:
        # SQLite's transactions take the one write lock as they begin, so there the wait is already over.
        if connection.vendor == "postgresql":
            table = connection.ops.quote_name(index.model._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _rewrite(index: BlindIndexField, rotation: IndexRotation, batch: int, progress: Progress) -> None:
    """Bring every row to what the phase says, computed from the sealed text itself, so nothing is missed."""
    names = ("pk", "public_id", index.of, index.attname, index.next_name)
    while True:
        with transaction.atomic():
            rows = list(_rows(index.model, rotation.last_pk, batch).values_list(*names))
            wanted = [
                (pk, index.columns(index.source.open(row, sealed)), had) for pk, row, sealed, *had in rows
            ]
            changed = [(*columns, pk) for pk, columns, had in wanted if _bytes(had) != columns]
            _write(index.model, [index, index.following], changed)
            if rows:
                rotation.last_pk = rows[-1][0]
                rotation.save(update_fields=["last_pk"])
        if not rows:
            return
        progress(len(rows))


def _rows(model: type[models.Model], last: int, batch: int) -> "models.QuerySet[models.Model]":
    """The next rows by primary key, locked so that nobody changes the text under our hands."""
    return model._base_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:batch]


def _bytes(columns: list[bytes | memoryview | None]) -> tuple[bytes | None, ...]:
    return tuple(None if value is None else bytes(value) for value in columns)


def _write(model: type[models.Model], columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> None:
    """One UPDATE per row, by primary key, last in each tuple; the ORM's CASE form is ten times slower."""
    if not rows:
        return
    quote = connection.ops.quote_name
    assignments = ", ".join(f"{quote(str(column.column))} = %s" for column in columns)
    key = quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {assignments} WHERE {key} = %s", rows)
