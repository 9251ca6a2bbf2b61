"""Keyset pages: the next page begins after the last row shown, so page 1,000 costs what page 1 does.

Nothing is ever counted but up to a cap: a list says "10000+", never scans a table to say how long it is.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from niangjia.kernel.errors import Invalid

Row = TypeVar("Row", bound=Model)

SIZE = 50
CAP = 10_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page; `after` asks for the next (empty: this was the last)."""

    rows: Sequence[Row]
    after: str


def page(rows: "QuerySet[Row]", *, after: str = "", size: int = SIZE) -> Page[Row]:
    """One page of rows ordered by never-null columns of which the last is unique.

    Raises Invalid for an `after` that this list did not give out.
    """
    order = [str(name) for name in rows.query.order_by]
    # Signed for this list: what it did not give out, no column ever sees.
    signer = Signer(salt=f"{__name__}:{rows.model._meta.label}:{','.join(order)}")
    if after:
        rows = rows.filter(_beyond(order, _read(after, signer)))
    found = list(rows[: size + 1])
    more = len(found) > size
    return Page(found[:size], _write(order, found[size - 1], signer) if more else "")


def capped_count(rows: "QuerySet[Any]") -> str:
    """How many rows, exactly up to the cap: "37", "10000+"."""
    count = rows.order_by()[: CAP + 1].count()
    return f"{CAP}+" if count > CAP else str(count)


def _beyond(order: list[str], values: list[Any]) -> Q:
    """(a, b) > (x, y), written so that an index on `a` gives the range: a >= x AND (a > x OR b > y)."""
    name, value = order[0].lstrip("-"), values[0]
    side = "lt" if order[0].startswith("-") else "gt"
    if len(order) == 1:
        return Q(**{f"{name}__{side}": value})
    return Q(**{f"{name}__{side}e": value}) & (
        Q(**{f"{name}__{side}": value}) | _beyond(order[1:], values[1:])
    )


def _write(order: list[str], row: Any, signer: Signer) -> str:
    values = []
    for name in order:
        value = row
        for step in name.lstrip("-").split("__"):
            value = getattr(value, step)
        values.append(value)
    text = json.dumps(values, default=str, separators=(",", ":"))
    return signer.sign(base64.urlsafe_b64encode(text.encode()).decode().rstrip("="))


def _read(after: str, signer: Signer) -> list[Any]:
    try:
        text = signer.unsign(after)
    except BadSignature:
        raise Invalid(_("翻页地址不完整，请从第一页重新看。")) from None
    values: list[Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return values
