"""Spot checks 档案抽查 over the API: with all that is needed to draw the lot again."""

from datetime import date
from typing import Any

from ninja import Schema

from niangjia.assistance.spot_checks import queries
from niangjia.assistance.spot_checks.workflow import spot_check
from niangjia.kernel.access import Actor
from niangjia.web.api import rows
from niangjia.web.api.plans import case_of
from niangjia.web.api.workflows import router_for


class SpotCheck(rows.Case):
    """`share`: what the region asks, 0 to 1, as a string."""

    district: rows.Unit
    year: int
    round: int
    drawn_on: date
    share: str


class SampledFile(Schema):
    """`position` in the lot; `result` empty: not looked into yet."""

    file: str
    position: int
    result: str
    discrepancy: str
    findings: str
    checked_on: date | None


class WholeSpotCheck(SpotCheck):
    """Files in the order of SHA-256 over `seed:number`; `is_as_drawn`: drawn again they are those of `sampled`."""

    seed: str
    population: list[str]
    is_as_drawn: bool
    confirmed_on: date | None
    sampled: list[SampledFile]
    steps: list[rows.Step]
    history: list[rows.Moment]


def _check(row: Any) -> dict[str, Any]:
    return {
        **case_of(row),
        "district": {"number": row.district.number, "name": row.district.name},
        "year": row.year,
        "round": row.round,
        "drawn_on": row.drawn_on,
        "share": str(row.share.normalize()),
    }


def _whole(row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "seed": row.seed,
        "population": row.population,
        "is_as_drawn": queries.drawn_again(row),
        "confirmed_on": row.confirmed_on,
        "sampled": [
            {
                "file": one.file.number,
                "position": one.position,
                "result": one.result,
                "discrepancy": one.discrepancy,
                "findings": one.findings,
                "checked_on": one.checked_on,
            }
            for one in queries.sampled(row)
        ],
    }


checks = router_for(spot_check, row=SpotCheck, whole=WholeSpotCheck, summary=_check, detail=_whole)
