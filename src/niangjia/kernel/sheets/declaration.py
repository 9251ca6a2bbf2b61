"""The words in which a sheet is declared: its columns, who may upload it, and who takes its rows in.

    ROSTER = Sheet(name="roster", label=_("会员花名册"), duty=MEMBERSHIP_CLERK, columns=(…), importer=Roster)

From that line come the template, the reading, the dry run, the marked workbook, the pages and the endpoints.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from niangjia.kernel.access import Actor, Duty
from niangjia.kernel.errors import Missing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from niangjia.kernel.sheets.models import Batch

SHEETS: dict[str, "Sheet"] = {}
SOURCE_LANGUAGE = "zh-hans"


class Kind(StrEnum):
    """What a cell of the column holds. `ID` and `PHONE` must be text in Excel, or digits are lost."""

    TEXT = "text"
    DATE = "date"
    AMOUNT = "amount"
    NUMBER = "number"
    ID = "id"
    PHONE = "phone"


@dataclass(frozen=True)
class Column:
    """One column. `aliases` are other titles that people give it; `choices` are the words of the drop-down."""

    name: str
    title: "StrOrPromise"
    kind: Kind = Kind.TEXT
    is_required: bool = False
    choices: tuple["StrOrPromise", ...] = ()
    note: "StrOrPromise" = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    longest: int = 200
    # Filled in by us, to find the row again: locked in the workbook.
    is_fixed: bool = False

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Titles of files are Chinese, whatever the language of the page."""
        with override(SOURCE_LANGUAGE):
            return (plain_title(str(self.title)), *map(plain_title, self.aliases))

    @cached_property
    def words(self) -> tuple[str, ...]:
        with override(SOURCE_LANGUAGE):
            return tuple(map(str, self.choices))


class Verdict(TextChoices):
    """What taking a row in would do."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("变更")
    SAME = "same", _("无变化")
    TWICE = "twice", _("文件内重复")
    KNOWN = "known", _("库中重复")
    WRONG = "wrong", _("有错")

    @property
    def is_good(self) -> bool:
        return self in (Verdict.NEW, Verdict.CHANGED, Verdict.SAME)


@dataclass(slots=True)
class Row:
    """One row of a file: `number` as the office program counts, `raw` as it was read, `cells` by column name."""

    number: int
    raw: list[Any]
    cells: dict[str, Any]
    problems: list[tuple[str, str]] = field(default_factory=list)
    verdict: Verdict | None = None
    # What the dry run gave it, once it is taken in.
    expected: str | None = None
    # Whatever the importer has found out about the row.
    known: Any = None

    def wrong(self, column: str, sentence: object, verdict: Verdict = Verdict.WRONG) -> None:
        """Something stands against the row; the first reason decides what it counts as."""
        self.problems.append((column, str(sentence)))
        self.verdict = self.verdict or verdict


@dataclass(frozen=True)
class Effect:
    """What was done for one row: enough to undo it. `before` holds earlier values, sealed at rest."""

    number: int
    verdict: str
    object_id: int
    before: Mapping[str, Any] = field(default_factory=dict)


class Importer(Protocol):
    """Takes the rows of one file in. Made anew for every run over it; rows come in the order of the file."""

    def __init__(self, *, actor: Actor, batch: "Batch") -> None: ...

    def prepare(self, rows: Sequence[Row]) -> None:
        """Everything that asks no table of people: forms of numbers, twice in the file, known places.

        Rows with wrong cells come too, those cells empty, so that all that is wrong is told at once.
        """

    def compare(self, rows: Sequence[Row]) -> None:
        """Give every row that is still good its verdict against what is registered. Writes nothing."""

    def make_ready(self, rows: Sequence[Row]) -> None:
        """Whatever costs much and needs no lock, just before `write`, for what the dry run expected of the rows."""

    def write(self, rows: Sequence[Row]) -> list[Effect]:
        """Take the rows in, in the caller's transaction, comparing again what may have changed since."""

    def undo(self, effects: Sequence[Effect]) -> list[tuple[int, str]]:
        """Void what was done, in the caller's transaction; the rows that must stay, each with the reason."""


@dataclass(frozen=True)
class Sheet:
    """One kind of file that people upload. `name` is its address."""

    name: str
    label: "StrOrPromise"
    duty: Duty
    columns: tuple[Column, ...]
    importer: Callable[..., Importer]
    help: "StrOrPromise" = ""
    notes: tuple["StrOrPromise", ...] = ()
    # Where one sees what was taken in: a route name.
    route: str = ""

    def __post_init__(self) -> None:
        SHEETS[self.name] = self

    @cached_property
    def by_title(self) -> dict[str, Column]:
        return {title: column for column in self.columns for title in column.titles}

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def plain_title(title: str) -> str:
    """Without the mark of a required column, spaces and line breaks."""
    return re.sub(r"\s+", "", title).rstrip("*＊")


def sheet_named(name: str, actor: Actor) -> Sheet:
    """The sheet, if the actor's posts open it; otherwise Missing, whether it exists or not."""
    sheet = SHEETS.get(name)
    if sheet is None or not actor.has(sheet.duty):
        raise Missing(_("没有这种表格，或您的岗位不能上传它。"))
    return sheet


def sheets_of(actor: Actor) -> list[Sheet]:
    return [sheet for sheet in SHEETS.values() if actor.has(sheet.duty)]
