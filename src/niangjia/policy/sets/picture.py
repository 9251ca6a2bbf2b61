"""A comparison or a sweep as one SVG: bars with their numbers written out, title and description for screen
readers.

No style sheet and no script, so it stands inside any page and prints; gain and loss differ in mark as well as
in colour.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from niangjia.policy.sets.report import word, yuan
from niangjia.policy.sets.simulation import Bucket, Comparison, Point

WIDTH, LEFT, RIGHT, ROW, TOP = 760, 190, 130, 26, 84
# Okabe and Ito's palette: apart for every kind of colour blindness, and dark enough on white.
GAIN, LOSS, SAME, OWN = "#0072B2", "#B34700", "#666666", "#555555"
FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif"


def comparison(found: Comparison, language: str = "zh") -> str:
    """How many units change by how much."""
    bars = []
    for bucket in _reached(found.buckets):
        loses = bucket.high is not None and bucket.high <= 0 and bucket.low != bucket.high
        mark, colour = ("▼", LOSS) if loses else ("▲", GAIN)
        if bucket.low == bucket.high:
            mark, colour = "＝", SAME
        label = bucket.text or word("none", language)
        bars.append((f"{mark} {label}", bucket.units, f"{bucket.units:,}", colour))
    title = f"{found.before.label} → {found.after.label}"
    change = found.after.cost - found.before.cost
    summary = (
        f"{word('cost', language)} {yuan(found.before.cost)} → {yuan(found.after.cost)} ({change:+,.2f}); "
        f"{word('gain', language)} {found.gain.units:,}, {word('lose', language)} {found.lose.units:,}, "
        f"{word('same', language)} {found.same:,}"
    )
    return _chart(title, summary, word("distribution", language), bars)


def _reached(buckets: Sequence[Bucket]) -> Sequence[Bucket]:
    """Without the empty buckets at both ends."""
    places = [place for place, bucket in enumerate(buckets) if bucket.units]
    return buckets[places[0] : places[-1] + 1] if places else buckets


def sweep(points: Sequence[Point], parameter: str, language: str = "zh") -> str:
    """What the policy costs at each value of the parameter."""
    bars = []
    for point in points:
        short = point.gap is not None and point.gap.gap > 0
        bars.append((f"{point.value:f}", point.side.cost, yuan(point.side.cost), LOSS if short else GAIN))
    summary = "; ".join(f"{label}: {shown}" for label, _, shown, _ in bars)
    own = points[0].gap.own if points and points[0].gap else None
    return _chart(parameter, summary, word("cost", language), bars, own, word("own", language))


Bar = tuple[str, int | Decimal, str, str]


def _chart(
    title: str,
    summary: str,
    axis: str,
    bars: Sequence[Bar],
    line: Decimal | None = None,
    line_name: str = "",
) -> str:
    height = TOP + ROW * len(bars) + 34
    most = max([Decimal(value) for _, value, _, _ in bars] + [line or Decimal(0), Decimal(1)])
    room = WIDTH - LEFT - RIGHT
    body = [
        f'<text x="16" y="26" font-size="15" font-weight="bold">{escape(title)}</text>',
        f'<text x="16" y="48" font-size="12" fill="#333333">{escape(_cut(summary))}</text>',
        f'<text x="16" y="72" font-size="12" fill="#333333">{escape(axis)}</text>',
    ]
    for place, (label, value, shown, colour) in enumerate(bars):
        length = float(Decimal(value) / most * room)
        body.append(_bar(TOP + place * ROW, label, length, shown, colour))
    if line is not None:
        body.append(
            _mark(LEFT + float(line / most * room), TOP + ROW * len(bars), f"{line_name} {yuan(line)}")
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" viewBox="0 0 {WIDTH} {height}"'
        f' font-family="{escape(FONT)}"><title id="t">{escape(title)}</title><desc id="d">{escape(summary)}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(body)}</svg>\n'
    )


def _bar(top: int, label: str, length: float, shown: str, colour: str) -> str:
    middle = top + ROW * 0.62
    return (
        f'<text x="{LEFT - 8}" y="{middle:.1f}" font-size="13" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{LEFT}" y="{top + 3}" width="{max(length, 0):.1f}" height="{ROW - 8}" fill="{colour}"/>'
        f'<text x="{LEFT + max(length, 0) + 6:.1f}" y="{middle:.1f}" font-size="13">{escape(shown)}</text>'
    )


def _mark(x: float, bottom: int, label: str) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}" stroke="{OWN}" stroke-dasharray="5 4"/>'
        f'<text x="{x:.1f}" y="{bottom + 18}" font-size="12" text-anchor="middle" fill="{OWN}">{escape(label)}</text>'
    )


def _cut(text: str, most: int = 110) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
