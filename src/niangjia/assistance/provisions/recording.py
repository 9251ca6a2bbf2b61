"""A workbook is made and that it goes out is on record, before anybody has it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from django.db import transaction

from niangjia.assistance.models import DataProvision, HardshipFile, ProvidedPerson
from niangjia.kernel.access import Actor
from niangjia.kernel.sheets import write_rows
from niangjia.membership.consents.purposes import Purpose
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody


@dataclass(frozen=True)
class Workbook:
    """What goes out: its columns, its rows, and of which families and people they tell."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    files: Sequence[HardshipFile]
    people: Sequence[Person]

    @cached_property
    def content(self) -> bytes:
        target = BytesIO()
        write_rows(target, self.titles, self.rows, self.name)
        return target.getvalue()


@transaction.atomic
def record(
    book: Workbook,
    unit: UnionBody,
    *,
    receiver: str,
    purpose: Purpose,
    actor: Actor,
    taken_off: Iterable[int] = (),
) -> DataProvision:
    """`taken_off`: ids of people whom the receiver was told of before and is told of no more."""
    sent = DataProvision.objects.create(
        unit=unit,
        receiver=receiver,
        purpose=purpose.name,
        fields="、".join(book.titles),
        row_count=len(book.rows),
        digest=hashlib.sha256(book.content).hexdigest(),
        sent_by=actor.account,
    )
    sent.files.set(book.files)
    lines = [ProvidedPerson(provision=sent, person=person) for person in book.people]
    lines += [ProvidedPerson(provision=sent, person_id=pk, is_taken_off=True) for pk in taken_off]
    ProvidedPerson.objects.bulk_create(lines)
    return sent
