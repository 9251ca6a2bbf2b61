"""A comparison or a sweep as text tables, Chinese or English; the picture's twin for those who do not see it."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from niangjia.policy.sets.simulation import Comparison, Gap, Line, Point, Side

WORDS = {
    "before": ("现行", "before"),
    "after": ("拟改", "after"),
    "policy": ("政策", "policy"),
    "decided": ("已核定", "decided"),
    "excluded": ("排除", "excluded"),
    "incomplete": ("缺资料", "incomplete"),
    "entitled": ("享受户数", "entitled"),
    "cost": ("所需资金（元）", "cost (yuan)"),
    "moves": ("增减", "who moves"),
    "gain": ("增加", "gain"),
    "lose": ("减少", "lose"),
    "same": ("不变", "same"),
    "newly": ("其中新享受", "newly entitled"),
    "no_longer": ("其中不再享受", "no longer entitled"),
    "undecided": ("资料不全，未比较", "incomplete, not compared"),
    "units": ("户数", "units"),
    "amount": ("金额（元）", "amount (yuan)"),
    "distribution": ("每户变化（元）", "change per unit (yuan)"),
    "need": ("需要资金", "need"),
    "own": ("自有资金", "own money"),
    "gap": ("缺口", "gap"),
    "value": ("取值", "value"),
    "open": ("（未定）", "(open)"),
    "none": ("不变", "no change"),
}


def word(name: str, language: str) -> str:
    chinese, english = WORDS[name]
    return english if language == "en" else chinese


def yuan(value: Decimal) -> str:
    return f"{value:,.2f}"


def comparison(found: Comparison, language: str = "zh") -> str:
    parts = [_sides(found, language), _moves(found, language)]
    parts += [_lines(column, lines, language) for column, lines in found.lines.items()]
    parts.append(_buckets(found, language))
    if found.gap:
        parts.append(_gap(found.gap, language))
    return "\n\n".join(parts) + "\n"


def sweep(points: Sequence[Point], parameter: str, language: str = "zh") -> str:
    heads = [parameter, *(word(name, language) for name in ("entitled", "cost"))]
    rows = [[f"{point.value:f}", f"{point.side.entitled:,}", yuan(point.side.cost)] for point in points]
    if points and points[0].gap:
        heads += [word("own", language), word("gap", language)]
        for row, point in zip(rows, points, strict=True):
            row += [yuan(point.gap.own), yuan(point.gap.gap)] if point.gap else ["", ""]
    return table(heads, rows) + "\n"


def _sides(found: Comparison, language: str) -> str:
    def row(name: str, side: Side) -> list[str]:
        counts = (side.decided, side.excluded, side.incomplete, side.entitled)
        return [word(name, language), side.label, *(f"{count:,}" for count in counts), yuan(side.cost)]

    heads = [
        "",
        *(
            word(name, language)
            for name in ("policy", "decided", "excluded", "incomplete", "entitled", "cost")
        ),
    ]
    change = found.after.cost - found.before.cost
    last = ["Δ", "", "", "", "", f"{found.after.entitled - found.before.entitled:+,}", f"{change:+,.2f}"]
    return table(heads, [row("before", found.before), row("after", found.after), last])


def _moves(found: Comparison, language: str) -> str:
    rows = [
        [word("gain", language), f"{found.gain.units:,}", yuan(found.gain.amount)],
        [word("newly", language), f"{found.newly:,}", ""],
        [word("lose", language), f"{found.lose.units:,}", yuan(found.lose.amount)],
        [word("no_longer", language), f"{found.no_longer:,}", ""],
        [word("same", language), f"{found.same:,}", ""],
        [word("undecided", language), f"{found.undecided:,}", ""],
    ]
    return table([word(name, language) for name in ("moves", "units", "amount")], rows)


def _lines(column: str, lines: Sequence[Line], language: str) -> str:
    heads = [
        column,
        *(word(name, language) for name in ("units", "before", "after", "gain", "amount", "lose", "amount")),
    ]
    rows = [
        [
            line.name or word("open", language),
            f"{line.units:,}",
            yuan(line.before),
            yuan(line.after),
            f"{line.gain.units:,}",
            yuan(line.gain.amount),
            f"{line.lose.units:,}",
            yuan(line.lose.amount),
        ]
        for line in lines
    ]
    return table(heads, rows)


def _buckets(found: Comparison, language: str) -> str:
    rows = [[bucket.text or word("none", language), f"{bucket.units:,}"] for bucket in found.buckets]
    return table([word("distribution", language), word("units", language)], rows)


def _gap(gap: Gap, language: str) -> str:
    names = ("need", "own", "gap")
    return table([word(name, language) for name in names], [[yuan(gap.need), yuan(gap.own), yuan(gap.gap)]])


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned for a monospaced screen on which a Chinese character is two wide; text left, numbers
    right.
    """
    widths = [max(width(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    rule = "  ".join("─" * size for size in widths)
    return "\n".join([_row(heads, widths), rule, *(_row(row, widths) for row in rows)])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    shown = []
    for place, (cell, size) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (size - width(cell))
        shown.append(cell + space if place == 0 else space + cell)
    return "  ".join(shown).rstrip()


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
