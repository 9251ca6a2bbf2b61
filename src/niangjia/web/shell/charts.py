"""Numbers for pages: a table, and how a browser with script may draw it. Without script the table stands alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Literal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from niangjia.kernel.figures import Edition, Measure, Reading
from niangjia.kernel.money import from_fen
from niangjia.web.shell.formats import in_chinese, write_day, write_moment

# Lines and columns run along months, bars lie side by side and are ranked.
Kind = Literal["line", "columns", "bars"]
UNKNOWN = "—"


@dataclass(frozen=True)
class Cell:
    """`number` is what is drawn; None: nobody knows it."""

    number: float | None
    text: str = ""
    url: str = ""

    @property
    def shown(self) -> str:
        return self.text or (UNKNOWN if self.number is None else written(self.number))

    @property
    def markup(self) -> str:
        number = "" if self.number is None else f' data-n="{self.number:.10g}"'
        text = escape(self.shown)
        return f"<td{number}>" + (f'<a href="{escape(self.url)}">{text}</a>' if self.url else text) + "</td>"


@dataclass(frozen=True)
class Heading:
    """One column: what is counted, in what. Only columns that are `drawn` stand in the picture."""

    label: str
    unit: str = ""
    is_drawn: bool = True

    @property
    def text(self) -> str:
        return (
            _("%(label)s（%(unit)s）") % {"label": self.label, "unit": self.unit} if self.unit else self.label
        )


@dataclass(frozen=True)
class Line:
    """One row; `is_own` stands out among its siblings."""

    label: str
    cells: Sequence[Cell]
    url: str = ""
    is_own: bool = False

    @property
    def markup(self) -> str:
        own = " data-own" if self.is_own else ""
        label = f'<a href="{escape(self.url)}">{escape(self.label)}</a>' if self.url else escape(self.label)
        return f'<tr{own}><th scope="row">{label}</th>{"".join(cell.markup for cell in self.cells)}</tr>\n'


@dataclass(frozen=True)
class Chart:
    """`slug` names it in addresses, `first` heads the column of labels, `notes` are its definitions."""

    slug: str
    title: str
    kind: Kind
    first: str
    headings: Sequence[Heading]
    lines: Sequence[Line]
    as_of: str = ""
    notes: Sequence[str] = field(default_factory=tuple)
    is_percent: bool = False

    @property
    def unit(self) -> str:
        return next((heading.unit for heading in self.headings if heading.is_drawn), "")

    @property
    def body(self) -> SafeString:
        """The rows of the table, written in Python as those of lists are."""
        return mark_safe("".join(line.markup for line in self.lines))

    @property
    def is_known(self) -> bool:
        return any(cell.number is not None for line in self.lines for cell in line.cells)


def written(number: float) -> str:
    """1,204"""
    return f"{number:,.0f}"


def value_of(measure: Measure, value: int) -> float:
    """What is drawn: a count, or yuan."""
    return float(from_fen(value)) if measure.is_money else value


def told(measure: Measure, value: int | None) -> str:
    """1,204 — or 1,906,700.00 where it is money."""
    if value is None:
        return UNKNOWN
    return f"{from_fen(value):,.2f}" if measure.is_money else written(value)


def percent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{share:.1f}%"


def share_cell(share: float | None) -> Cell:
    return Cell(None if share is None else round(share, 1), percent(share))


def reading_cell(reading: Reading | None, url: str = "") -> Cell:
    """A number with the way to its rows; no way where nothing was counted."""
    if reading is None or reading.value is None:
        return Cell(None)
    measure, value = reading.measure, reading.value
    return Cell(value_of(measure, value), told(measure, value), url if value else "")


def month_name(month: date) -> str:
    return f"{month.year}年{month.month}月" if in_chinese() else f"{month:%b %Y}"


def as_of(edition: Edition | None) -> str:
    """Of which moment the numbers are, and how far they can be trusted not to move."""
    if edition is None:
        return _("还没有汇总")
    month = month_name(edition.month)
    if edition.is_reconstructed:
        return _("%(month)s（补算：当时没有汇总，按 %(day)s 的名册推算）") % {
            "month": month,
            "day": write_day(edition.as_of),
        }
    if edition.is_closed:
        return _("%(month)s末（%(moment)s 汇总，不再改动）") % {
            "month": month,
            "moment": write_moment(edition.as_of),
        }
    return _("%(month)s，截至 %(moment)s") % {"month": month, "moment": write_moment(edition.as_of)}
