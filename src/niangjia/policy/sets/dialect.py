"""What differs between the three engines: quoting, integer literals, division, the fence between layers,
checks of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LOWEST = -(2**63)
FEW = 16


@dataclass(frozen=True, slots=True)
class Dialect:
    """`divide` truncates towards zero on 64-bit integers; `fence` keeps layers from being merged into one
    another; `small_sum` is for sums that are proved to fit 53 bits.
    """

    name: str
    quote: str
    suffix: str
    divide: str
    fence: str
    sum: str
    small_sum: str
    any: str
    all: str
    text_type: str
    matches: str
    day: str
    identifier_bytes: int
    enumerated: bool = False

    def identifier(self, name: str) -> str:
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def integer(self, value: int) -> str:
        """A 64-bit literal; without the type small ones would be 32-bit and overflow in a product."""
        if value == LOWEST:
            return f"({self.integer(LOWEST + 1)} - {self.integer(1)})"
        return f"{value}{self.suffix}" if value >= 0 else f"(-{-value}{self.suffix})"

    def text(self, value: str) -> str:
        doubled = value.replace("'", "''")
        if self.name == "spark":
            doubled = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{doubled}'"

    def label(self, value: str, choices: Sequence[str]) -> str:
        """One text of a short closed list. As a number with a name it need not be hashed to be written."""
        if not self.enumerated or len(choices) > FEW:
            return self.text(value)
        return f"{self.text(value)}::ENUM({', '.join(map(self.text, choices))})"


DUCKDB = Dialect(
    name="duckdb",
    quote='"',
    suffix="::BIGINT",
    divide="//",
    fence="",
    sum="sum({0})",
    # 53 bits are exact in a DOUBLE, and half as wide as the 128 bits that a sum of integers takes here.
    small_sum="sum(CAST({0} AS DOUBLE))",
    # Of booleans the same as BOOL_OR and BOOL_AND, and a fifth faster per group.
    any="MAX",
    all="MIN",
    text_type="VARCHAR",
    matches="regexp_full_match({0}, {1})",
    day="TRY_CAST({0} AS DATE)",
    identifier_bytes=255,
    enumerated=True,
)
SPARK = Dialect(
    name="spark",
    quote="`",
    suffix="L",
    divide="div",
    fence="",
    # A list longer than its maximum may pass 64 bits before it is set aside; the engine must not stop there.
    sum="try_sum({0})",
    small_sum="try_sum({0})",
    any="BOOL_OR",
    all="BOOL_AND",
    text_type="STRING",
    matches="{0} RLIKE {1}",
    day="TRY_CAST({0} AS DATE)",
    identifier_bytes=255,
)
POSTGRESQL = Dialect(
    name="postgresql",
    quote='"',
    suffix="::BIGINT",
    divide="/",
    # PostgreSQL merges nested selects and multiplies their expressions until memory ends; OFFSET 0 forbids
    # it.
    fence=" OFFSET 0",
    sum="sum({0})",
    small_sum="sum({0})",
    any="BOOL_OR",
    all="BOOL_AND",
    text_type="TEXT",
    matches="{0} ~ {1}",
    day="",
    identifier_bytes=63,
)
DIALECTS = {dialect.name: dialect for dialect in (DUCKDB, SPARK, POSTGRESQL)}


class Names:
    """Column names as the engines can hold them: within their length, and unequal where case is ignored."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()

    def __getitem__(self, name: str) -> str:
        """The quoted identifier for a column of the program; the same one each time."""
        if name not in self._given:
            self._given[name] = self._dialect.identifier(self._free(name))
        return self._given[name]

    def _free(self, name: str) -> str:
        limit = self._dialect.identifier_bytes
        candidate = name.encode()[:limit].decode(errors="ignore")
        number = 0
        while candidate.casefold() in self._taken or not candidate:
            number += 1
            tail = f"~{number}"
            candidate = name.encode()[: limit - len(tail)].decode(errors="ignore") + tail
        self._taken.add(candidate.casefold())
        return candidate
