"""What a Word form is made of, and short words for the parts that return on each. `>` moves a line of a cell right."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One paragraph; sizes and spaces in points. `line` is the colour of a rule below it."""

    words: str
    size: float = 10.5
    font: str = "song"
    align: str = "left"
    indent: bool = False
    before: float = 0
    after: float = 0
    leading: float = 1.0
    line: str = ""
    is_red: bool = False


@dataclass(frozen=True)
class Cell:
    words: str = ""
    span: int = 1
    down: int = 1
    align: str = "center"
    is_label: bool = False
    is_top: bool = False
    size: float = 10.5


@dataclass(frozen=True)
class Row:
    cells: Sequence[Cell]
    height: float = 9


@dataclass(frozen=True)
class Table:
    """Widths in millimetres."""

    widths: Sequence[float]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Break:
    """The next part begins on a new page."""


@dataclass(frozen=True)
class Layout:
    """Margins in millimetres."""

    title: str
    parts: Sequence[Text | Table | Break]
    side: float = 20
    top: float = 18
    bottom: float = 18
    size: float = 10.5
    is_numbered: bool = False


def L(words: str, span: int = 1, down: int = 1) -> Cell:
    return Cell(words, span, down, is_label=True)


def V(words: str, span: int = 1, **given: object) -> Cell:
    return Cell(words, span, **given)  # type: ignore[arg-type]  # names and types of Cell's own


def row(*cells: Cell, height: float = 9) -> Row:
    return Row(cells, height)


def body(words: str, **given: object) -> Text:
    return Text(words, **{"size": 15, "font": "fang", "indent": True, "leading": 1.6, **given})  # type: ignore[arg-type]


def head(words: str, size: float = 20, after: float = 10) -> Text:
    return Text(words, size=size, font="hei", align="center", after=after)


def ticks(name: str) -> str:
    return "{% for one in " + name + " %}{{ one.box }}{{ one.label }}　{% endfor %}"


SIGN = "\n\n\n>{who}（签字）：　　　　　　　\n>（盖章）　　　　\n>　年　　月　　日"


def opinion(words: str, who: str, span: int = 1) -> Cell:
    return V(words + SIGN.format(who=who), span, align="left", is_top=True)


DAY = "年　　月　　日"
