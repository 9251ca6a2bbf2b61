"""Finding pairs, over the whole register at once: one walk along each of two indexes, a look at what stands together.

A walk reads the columns of an index and holds nothing but who stands together; only those are then read in full. So it
costs one pass along each index, however large the register.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby, islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.kernel import bulk, clock
from niangjia.kernel.jobs import Progress, daily, job
from niangjia.membership.duplicates.kinds import ENOUGH, WEIGHTS, Why
from niangjia.membership.duplicates.models import DuplicatePair
from niangjia.membership.models import Person

# A phone that a whole workshop gave, a birthday that an import invented: no pair of those says anything.
LARGEST_GROUP = 12
# More than this nobody can look at; the strongest come first.
MOST_PAIRS = 20_000
MOST_GROUPS = 200_000
CHUNK = 500


@dataclass(frozen=True)
class Trait:
    """What is compared of a person."""

    pk: int
    name: str
    pinyin: str
    born_on: date
    sex: str
    id_kind: str
    unit_id: int
    phone: bytes | None


COLUMNS = ("pk", "name", "pinyin", "born_on", "sex", "id_kind", "unit_id", "phone_index")


@job(label=_("查找重复登记"), every=daily("02:40"), long=True, name="membership.duplicates.find")
def find(progress: Progress) -> dict[str, int]:
    """Every pair that looks like one person; pairs that no longer do are taken off unless somebody spoke about them."""
    began = clock.now()
    found = 0
    for columns in (["phone_index"], ["born_on", "pinyin"]):
        # All groups first: SQLite does not let a reader who is still reading begin to write.
        groups = iter(list(islice(_groups(*columns), MOST_GROUPS)))
        while (chunk := list(islice(groups, CHUNK))) and found < MOST_PAIRS:
            found += _write(chunk)
            progress.advance(len(chunk))
    stale = DuplicatePair.objects.filter(
        seen_at__lt=began, dismissed_at=None, is_escalated=False, merges=None
    )
    return {"found": found, "gone": stale.delete()[0]}


def _groups(*columns: str) -> Iterator[list[int]]:
    """The ids of people who share the columns: walked in the order of an index, one group held at a time."""
    living = Person.objects.filter(merged_into=None)
    if columns[0] == "phone_index":
        living = living.exclude(phone_index=None)
    rows = living.order_by(*columns, "pk").values_list(*columns, "pk").iterator(chunk_size=5000)
    for _key, group in groupby(rows, key=lambda row: row[:-1]):
        ids = [row[-1] for row in group]
        if 2 <= len(ids) <= LARGEST_GROUP:
            yield ids


def _write(groups: Sequence[Sequence[int]]) -> int:
    """Judge the pairs of some groups and keep those that say enough; how many."""
    wanted = {pk for group in groups for pk in group}
    traits = {row[0]: Trait(*row) for row in _read(wanted)}
    now = clock.now()
    pairs = []
    for group in groups:
        for first, second in combinations(sorted(group), 2):
            if first in traits and second in traits:
                why = reasons(traits[first], traits[second])
                strength = sum(WEIGHTS[word] for word in why)
                if strength >= ENOUGH:
                    pairs.append(
                        DuplicatePair(
                            first_id=first,
                            second_id=second,
                            why=[word.value for word in why],
                            strength=strength,
                            seen_at=now,
                        )
                    )
    DuplicatePair.objects.bulk_create(
        bulk.with_public_ids(pairs),
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["why", "strength", "seen_at"],
    )
    return len(pairs)


def _read(ids: Iterable[int]) -> "Iterable[tuple[Any, ...]]":
    return Person.objects.filter(pk__in=list(ids)).values_list(*COLUMNS)


def reasons(one: Trait, other: Trait) -> list[Why]:
    """What two registrations have in common that two people seldom have."""
    found = []
    if one.phone is not None and one.phone == other.phone:
        found.append(Why.SAME_PHONE)
    if one.name == other.name:
        found.append(Why.SAME_NAME)
    elif one.pinyin == other.pinyin and one.sex == other.sex:
        found.append(Why.SAME_SOUND)
    if one.born_on == other.born_on:
        found.append(Why.SAME_BIRTH)
    if one.unit_id == other.unit_id:
        found.append(Why.SAME_UNION)
    if one.id_kind != other.id_kind:
        found.append(Why.OTHER_DOCUMENT)
    if one.phone is None or other.phone is None:
        found.append(Why.PHONE_MISSING)
    # Different names count only with phone and birthday in common: a family shares a phone, twins share a birthday.
    is_named_alike = Why.SAME_NAME in found or Why.SAME_SOUND in found
    return found if is_named_alike or {Why.SAME_PHONE, Why.SAME_BIRTH} <= set(found) else []
