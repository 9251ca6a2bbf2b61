"""The pictures of a dashboard: one unit's figures of one month, its past, its parts and its place among others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access import Actor
from niangjia.kernel.figures import Average, Dimension, Edition, Measure, Ratio, Reading, queries
from niangjia.organisation import queries as organisation
from niangjia.web.shell.charts import (
    UNKNOWN,
    Cell,
    Chart,
    Heading,
    Line,
    as_of,
    month_name,
    percent,
    reading_cell,
    share_cell,
    told,
)

# A federation with more unions directly below is looked at district by district.
MOST_UNITS = 200
PERCENT = "%"


@dataclass(frozen=True)
class KeyFigure:
    """One large number: what, how many, in what, where its rows are, and how it moved in a month."""

    label: str
    value: str
    unit: str
    url: str = ""
    change: str = ""
    definition: str = ""


class Board:
    """One unit in one month, for one actor. Everything is read in a handful of queries, whatever is shown."""

    def __init__(self, actor: Actor, unit: Any, month: date | None, measures: Sequence[Measure]) -> None:
        self.actor = actor
        self.unit = unit
        self.measures = [measure for measure in measures if queries.may_read(measure, actor, unit)]
        self.editions = queries.current_editions(queries.months_back())
        self.month = month if month in self.editions else max(self.editions, default=None)
        self.series = queries.series(unit, self.measures, self.editions)

    @property
    def edition(self) -> Edition | None:
        return self.editions.get(self.month) if self.month else None

    @property
    def as_of(self) -> str:
        return as_of(self.edition)

    def reads(self, *measures: Measure) -> bool:
        return all(measure in self.measures for measure in measures)

    def reading(self, measure: Measure, month: date | None = None) -> Reading | None:
        month = month or self.month
        return self.series[measure.name].get(month) if month and measure.name in self.series else None

    def value(self, measure: Measure, month: date | None = None) -> int | None:
        found = self.reading(measure, month)
        return found.value if found else None

    # Large numbers

    def key_figure(self, measure: Measure) -> KeyFigure:
        value = self.value(measure)
        return KeyFigure(
            str(measure.label),
            told(measure, value),
            str(measure.unit.label),
            self.rows_url(measure) if value else "",
            self._change(measure),
            str(measure.definition),
        )

    def key_ratio(self, ratio: Ratio, url: str = "") -> KeyFigure:
        share = self._share(ratio, self.month)
        before = self._share(ratio, self._month_before)
        change = ""
        if share is not None and before is not None:
            points = round(share - before, 1)
            change = _("比上月 %(points)+.1f 个百分点") % {"points": points} if points else _("与上月持平")
        known = "" if share is None else url
        return KeyFigure(str(ratio.label), percent(share), "", known, change, str(ratio.definition))

    def key_average(self, average: Average) -> KeyFigure:
        amount = average.of(self.value(average.over), self.value(average.under))
        shown = UNKNOWN if amount is None else f"{amount:,.2f}"
        return KeyFigure(
            str(average.label), shown, str(average.over.unit.label), "", "", str(average.definition)
        )

    def _change(self, measure: Measure) -> str:
        now, before = self.value(measure), self.value(measure, self._month_before)
        if now is None or before is None:
            return ""
        if measure.is_flow:
            return _("上月 %(count)s") % {"count": told(measure, before)}
        change = f"{'+' if now > before else '-'}{told(measure, abs(now - before))}"
        return _("比上月 %(change)s") % {"change": change} if now != before else _("与上月持平")

    @property
    def _month_before(self) -> date | None:
        earlier = [month for month in self.editions if self.month and month < self.month]
        return max(earlier, default=None)

    def _share(self, ratio: Ratio, month: date | None) -> float | None:
        if month is None or not self.reads(ratio.over, ratio.under):
            return None
        return ratio.of(self.value(ratio.over, month), self.value(ratio.under, month))

    # Charts

    def over_time(self, slug: str, title: str, *measures: Measure, kind: Any = "line") -> Chart:
        lines = [
            Line(
                month_name(month),
                [reading_cell(self.reading(m, month), self.rows_url(m, month=month)) for m in measures],
            )
            for month in self.editions
        ]
        headings = [Heading(str(m.label), str(m.unit.label)) for m in measures]
        return Chart(slug, title, kind, _("月份"), headings, lines, self._span(), _definitions(measures))

    def ratio_over_time(self, slug: str, title: str, ratio: Ratio) -> Chart:
        lines = [
            Line(
                month_name(month),
                [
                    share_cell(self._share(ratio, month)),
                    reading_cell(self.reading(ratio.over, month), self.rows_url(ratio.over, month=month)),
                    reading_cell(self.reading(ratio.under, month), self.rows_url(ratio.under, month=month)),
                ],
            )
            for month in self.editions
        ]
        return Chart(
            slug,
            title,
            "line",
            _("月份"),
            _ratio_headings(ratio),
            lines,
            self._span(),
            [str(ratio.definition)],
            True,
        )

    def divided(
        self, slug: str, title: str, measure: Measure, dimension: Dimension, *, ranked: bool
    ) -> Chart:
        """The parts of one measure; `ranked`: the largest first, else in the order of the field."""
        found = self.reading(measure)
        parts = dict(found.parts.get(dimension.name, {})) if found else {}
        order = list(dimension.labels)
        codes = sorted(parts, key=lambda code: (order.index(code) if code in order else len(order), code))
        if ranked:
            codes.sort(key=lambda code: -parts[code])
        whole = (found.value if found else None) or 0
        lines = [
            Line(
                dimension.label_of(code),
                [
                    Cell(parts[code], url=self.rows_url(measure, dimension, code)),
                    share_cell(parts[code] * 100 / whole if whole else None),
                ],
            )
            for code in codes
        ]
        headings = [
            Heading(str(measure.label), str(measure.unit.label)),
            Heading(_("占比"), PERCENT, is_drawn=False),
        ]
        return Chart(
            slug, title, "bars", str(dimension.label), headings, lines, self.as_of, [str(measure.definition)]
        )

    def ratio_divided(self, slug: str, title: str, ratio: Ratio, dimension: Dimension) -> Chart:
        """A ratio part by part, the levels beside it; the largest part first."""
        over, under = self.reading(ratio.over), self.reading(ratio.under)
        above = over.parts.get(dimension.name, {}) if over else {}
        below = under.parts.get(dimension.name, {}) if under else {}
        lines = [
            Line(
                dimension.label_of(code),
                [
                    share_cell(ratio.of(above.get(code, 0), below[code])),
                    Cell(
                        above.get(code, 0),
                        url=self.rows_url(ratio.over, dimension, code) if above.get(code) else "",
                    ),
                    Cell(below[code], url=self.rows_url(ratio.under, dimension, code)),
                ],
            )
            for code in sorted(below, key=lambda code: -below[code])
        ]
        notes = [str(ratio.definition)]
        return Chart(
            slug, title, "bars", str(dimension.label), _ratio_headings(ratio), lines, self.as_of, notes, True
        )

    def units_ranked(self, slug: str, title: str, units: Sequence[Any], measure: Measure) -> Chart:
        return self._ranked(slug, title, units, [measure], None)

    def ratio_ranked(self, slug: str, title: str, units: Sequence[Any], ratio: Ratio) -> Chart:
        return self._ranked(slug, title, units, [ratio.over, ratio.under], ratio)

    def _ranked(
        self, slug: str, title: str, units: Sequence[Any], measures: Sequence[Measure], ratio: Ratio | None
    ) -> Chart:
        found = queries.across(units, measures, self.edition) if self.edition else {}
        lines = []
        for unit in units if found else ():
            cells = [reading_cell(found[unit.pk][m.name], self.rows_url(m, unit=unit)) for m in measures]
            if ratio:
                cells.insert(0, share_cell(ratio.of(*(found[unit.pk][m.name].value for m in measures))))
            lines.append(Line(unit.name, cells, self.board_url(unit), unit.pk == self.unit.pk))
        lines.sort(key=lambda line: (line.cells[0].number is None, -(line.cells[0].number or 0), line.label))
        headings = (
            _ratio_headings(ratio) if ratio else [Heading(str(m.label), str(m.unit.label)) for m in measures]
        )
        notes = [str(ratio.definition)] if ratio else _definitions(measures)
        return Chart(slug, title, "bars", _("工会"), headings, lines, self.as_of, notes, ratio is not None)

    def _span(self) -> str:
        """A series spans editions of several kinds; it says so once."""
        some = any(edition.is_reconstructed for edition in self.editions.values())
        return _("含补算的月份") if some else self.as_of

    # Others

    @cached_property
    def children(self) -> list[Any]:
        return list(organisation.children(self.unit)[:MOST_UNITS])

    @cached_property
    def siblings(self) -> list[Any]:
        """This unit among those of the same superior; alone where the actor does not see the superior."""
        if self.unit.parent_id is None or not any(
            self.unit.path.startswith(scope) and len(scope) < len(self.unit.path)
            for measure in self.measures
            for scope in self.actor.scopes(measure.purpose)
        ):
            return []
        return list(organisation.children(self.unit.parent)[:MOST_UNITS])

    # Addresses

    def rows_url(
        self,
        measure: Measure,
        dimension: Dimension | None = None,
        code: str = "",
        *,
        month: date | None = None,
        unit: Any = None,
    ) -> str:
        query = {"unit": (unit or self.unit).number, "month": f"{month or self.month:%Y-%m}"}
        if dimension is not None:
            query |= {"by": dimension.name, "code": code}
        return f"{reverse('figure_rows', args=[measure.name])}?{urlencode(query)}"

    def board_url(self, unit: Any) -> str:
        month = {"month": f"{self.month:%Y-%m}"} if self.month else {}
        return f"?{urlencode({'unit': unit.number, **month})}"


def _ratio_headings(ratio: Ratio) -> list[Heading]:
    levels = (ratio.over, ratio.under)
    return [
        Heading(str(ratio.label), PERCENT),
        *(Heading(str(measure.label), str(measure.unit.label), is_drawn=False) for measure in levels),
    ]


def _definitions(measures: Iterable[Measure]) -> list[str]:
    return [_("%(label)s：%(definition)s") % {"label": m.label, "definition": m.definition} for m in measures]


def compared(board: Board, ratio: Any, below: str, beside: str) -> list[Chart]:
    """The units below ranked, and this one among its siblings; nothing where the actor may not see the levels."""
    if not board.reads(ratio.over, ratio.under):
        return []
    return [
        board.ratio_ranked("below", below, board.children, ratio),
        board.ratio_ranked("siblings", beside, board.siblings, ratio),
    ]
