"""The rows of a list, from columns that are declared once.

Written in Python: fifty rows of seven template variables each cost four times as much as everything else on a page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Column:
    """`cell(row)` is what stands there: escaped unless it is markup, a dash for nothing. `kind` is the CSS class.

    The label heads the column and, on a phone, each cell; without `names_cells` only the column.
    """

    label: str
    cell: Callable[[Any], object]
    kind: str = ""
    names_cells: bool = True

    @property
    def opening(self) -> SafeString:
        kind = format_html(' class="{}"', self.kind) if self.kind else ""
        label = format_html(' data-label="{}"', self.label) if self.names_cells else ""
        return format_html("<td{}{}>", kind, label)


@dataclass(frozen=True)
class Listing:
    """What a template shows: `columns` for the head, `rows` for the body."""

    columns: Sequence[Column]
    found: Iterable[Any]

    @property
    def rows(self) -> SafeString:
        cells = [(column.opening, column.cell) for column in self.columns]
        lines = [
            "".join(f"{opening}{written(cell(row))}</td>" for opening, cell in cells) for row in self.found
        ]
        return mark_safe("".join(f"<tr>{line}</tr>\n" for line in lines))


def written(value: object) -> str:
    """As markup: what is markup stays, what is text is escaped, nothing is a dash."""
    if isinstance(value, SafeString):
        return value
    return "—" if value is None or value == "" else escape(str(value))


def main_link(url: str, text: object) -> SafeString:
    """The first cell: the way to the row's own page."""
    return SafeString(f'<a class="main" href="{escape(url)}">{escape(str(text))}</a>')


def tick(value: object, label: str) -> SafeString:
    """A box that puts the row among those a step is taken for."""
    return SafeString(
        f'<input class="tick" type="checkbox" name="id" value="{escape(str(value))}" aria-label="{escape(label)}">'
    )
