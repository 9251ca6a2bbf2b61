"""One figure worked out by hand: where it is printed, the case, and what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Fact:
    """`expect` of outputs, or of `status` alone where print leaves the case open or excludes it."""

    where: str
    policy: str
    on: date
    given: Mapping[str, object]
    expect: Mapping[str, object]
    settings: Mapping[str, object] = field(default_factory=dict)
    order: str = ""

    def __str__(self) -> str:
        return f"{self.where} {self.policy} {dict(self.expect)}"


def yuan(text: str) -> Decimal:
    return Decimal(text)
