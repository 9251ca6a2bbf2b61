"""行政区划: loads the shipped data, finds a code on a day, walks upward."""

import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from niangjia.organisation.kinds import RegionLevel
from niangjia.organisation.models import Region

FILE = Path(__file__).parent / "data" / "regions.json.gz"
NATION = "000000000000"
INVENTED = "99"
COLUMNS = ("code", "name", "level", "parent_id", "valid_from", "valid_to", "succeeded_by_id", "is_invented")

Row = tuple[Any, ...]


def level_of(code: str) -> RegionLevel:
    """By the zeroes at the end; a city without counties has its towns directly below."""
    if code == NATION:
        return RegionLevel.NATION
    if code[6:] != "000000":
        return RegionLevel.TOWN
    if code[4:] != "00000000":
        return RegionLevel.COUNTY
    return RegionLevel.CITY if code[2:] != "0000000000" else RegionLevel.PROVINCE


def regions_at(code: str, on: date) -> "QuerySet[Region]":
    """The region that bore a code on a day: one, or none if the code was not in use."""
    return Region.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        code=code,
    )


def current_regions() -> "QuerySet[Region]":
    return Region.objects.filter(valid_to__isnull=True)


# In SQL, since every regional parameter asks.
CHAIN = """
WITH RECURSIVE above(id, parent_id, steps) AS (
    SELECT id, parent_id, 0 FROM organisation_region WHERE id = %s
    UNION ALL
    SELECT region.id, region.parent_id, above.steps + 1 FROM organisation_region region
    JOIN above ON region.id = above.parent_id
)
SELECT id FROM above ORDER BY steps
"""


def chain(region_id: int) -> list[int]:
    """The region and everything above it, the nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, [region_id])
        return [found for (found,) in cursor.fetchall()]


def load_regions() -> int:
    """Bring the table to what the shipped file says; returns how many rows were added or changed.

    Rows are known by code and first day, so a newer file updates them in place. Invented ones stay.
    """
    shipped = json.loads(gzip.decompress(FILE.read_bytes()))
    with transaction.atomic():
        known = {(row[1], row[5]): row for row in _stored()}
        ids = _ids(shipped, known)
        wanted = [_row(ids, index, record) for index, record in enumerate(shipped)]
        new = [row for row in wanted if (row[1], row[5]) not in known]
        changed = [row for row in wanted if (old := known.get((row[1], row[5]))) and old != row]
        # First the changes: a code's old row must end before its new one begins.
        _update(changed)
        _insert(new)
    return len(new) + len(changed)


def _stored() -> Iterable[Row]:
    return Region.objects.filter(is_invented=False).values_list("pk", *COLUMNS).iterator(10_000)


def _ids(shipped: Sequence[Sequence[Any]], known: dict[tuple[str, date | None], Row]) -> list[int]:
    free = (Region.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    ids = []
    for code, _name, first, *_rest in shipped:
        if row := known.get((code, _first_day(first))):
            ids.append(row[0])
        else:
            ids.append(free)
            free += 1
    return ids


def _row(ids: Sequence[int], index: int, record: Sequence[Any]) -> Row:
    code, name, first, last, parent, successor = record
    return (
        ids[index],
        code,
        name,
        level_of(code).value,
        None if parent is None else ids[parent],
        _first_day(first),
        None if last is None else date(last, 12, 31),
        None if successor is None else ids[successor],
        False,
    )


def _first_day(year: int | None) -> date | None:
    return None if year is None else date(year, 1, 1)


def _insert(rows: Sequence[Row]) -> None:
    if not rows:
        return
    columns = ", ".join(("id", *COLUMNS))
    marks = ", ".join(["%s"] * (1 + len(COLUMNS)))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Region._meta.db_table} ({columns}) VALUES ({marks})",
            [_adapted(row) for row in rows],
        )
        for statement in connection.ops.sequence_reset_sql(no_style(), [Region]):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            # Else a session that has met the empty table goes on to read all of it for every foreign key it checks.
            cursor.execute(f"ANALYZE {Region._meta.db_table}")


def _update(rows: Sequence[Row]) -> None:
    if not rows:
        return
    settings = ", ".join(f"{column} = %s" for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Region._meta.db_table} SET {settings} WHERE id = %s",
            [(*adapted[1:], adapted[0]) for adapted in map(_adapted, rows)],
        )


def _adapted(row: Row) -> Row:
    adapt = connection.ops.adapt_datefield_value
    return (*row[:5], adapt(row[5]), adapt(row[6]), *row[7:])
