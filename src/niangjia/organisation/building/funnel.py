"""漏斗: how many cases came into each stage, left it and stand in it, and how long they stood there.

Read from the audit trail in one statement, so nothing is kept twice and any period may be asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from niangjia.kernel import audit, clock
from niangjia.kernel.access import END
from niangjia.kernel.errors import Invalid
from niangjia.organisation.building.kinds import State
from niangjia.organisation.models import UnionBuilding

# Ranks by the nearest-rank method: a real case stood so long, nothing is interpolated.
STATEMENT = """
WITH stays AS (
    SELECT entry.to_state AS state, entry.object_id AS building_id, entry.at AS entered_at,
        LEAD(entry.at) OVER (PARTITION BY entry.object_id ORDER BY entry.position) AS left_at
    FROM kernel_auditentry entry
    JOIN organisation_unionbuilding building ON building.id = entry.object_id
    JOIN organisation_unionbody unit ON unit.id = building.unit_id
    WHERE entry.object_type = %(kind)s AND entry.to_state <> '' AND entry.to_state <> entry.from_state
        AND ({scope})
), ended AS (
    SELECT state, {days} AS days FROM stays WHERE left_at >= %(start)s AND left_at < %(end)s
), ranked AS (
    SELECT state, days, ROW_NUMBER() OVER (PARTITION BY state ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY state) AS count
    FROM ended
), lengths AS (
    SELECT state,
        MIN(CASE WHEN place * 100 >= count * 50 THEN days END) AS median_days,
        MIN(CASE WHEN place * 100 >= count * 90 THEN days END) AS ninetieth_days
    FROM ranked GROUP BY state
), counts AS (
    SELECT state,
        COUNT(DISTINCT CASE WHEN entered_at >= %(start)s AND entered_at < %(end)s THEN building_id END) AS came,
        COUNT(DISTINCT CASE WHEN left_at >= %(start)s AND left_at < %(end)s THEN building_id END) AS went,
        COUNT(DISTINCT CASE WHEN entered_at < %(end)s AND (left_at IS NULL OR left_at >= %(end)s)
            THEN building_id END) AS stand
    FROM stays GROUP BY state
)
SELECT counts.state, came, went, stand, median_days, ninetieth_days
FROM counts LEFT JOIN lengths ON lengths.state = counts.state
"""
DAYS = {
    "postgresql": "EXTRACT(EPOCH FROM left_at - entered_at) / 86400.0",
    "sqlite": "julianday(left_at) - julianday(entered_at)",
}


@dataclass(frozen=True)
class StageFigures:
    """One stage in a period: counts are of cases (件); days are None where no stay ended in the period."""

    state: State
    came_in: int = 0
    went_out: int = 0
    now: int = 0
    median_days: float | None = None
    ninetieth_days: float | None = None


EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 30)


def check_period(first: date, last: date) -> None:
    if not EARLIEST <= first <= last <= LATEST:
        sentence = _("结束日期不能早于开始日期，年份在 2000 到 2999 之间，请改正。")
        raise Invalid(sentence, {"last": [sentence]})


def figures(scopes: Sequence[str], first: date, last: date) -> list[StageFigures]:
    """Every stage in the order of the way, for the unions beneath the paths, both days inclusive.

    A step that stays in its stage, such as another visit, neither ends the stay nor begins one.
    """
    check_period(first, last)
    if not scopes:
        return [StageFigures(state) for state in State]
    scope, bounds = _scope(scopes)
    facts: dict[str, Any] = {
        "kind": audit.object_type(UnionBuilding),
        "start": _moment(first),
        "end": _moment(last + timedelta(days=1)),
        **bounds,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(scope=scope, days=DAYS[connection.vendor]), facts)
        found = {
            state: StageFigures(State(state), came, went, stand, _days(median), _days(ninetieth))
            for state, came, went, stand, median, ninetieth in cursor.fetchall()
        }
    return [found.get(state.value, StageFigures(state)) for state in State]


def _scope(scopes: Sequence[str]) -> tuple[str, dict[str, str]]:
    parts: list[str] = []
    bounds: dict[str, str] = {}
    for number, path in enumerate(scopes):
        parts.append(f"(unit.path >= %(from{number})s AND unit.path < %(until{number})s)")
        bounds |= {f"from{number}": path, f"until{number}": path + END}
    return " OR ".join(parts), bounds


def _moment(day: date) -> Any:
    return connection.ops.adapt_datetimefield_value(clock.midnight(day))


def _days(found: Any) -> float | None:
    return None if found is None else round(float(found), 1)
