"""Pairings 结对 and children who left school 劝学 over the API."""

from datetime import date
from typing import Any

from ninja import Schema

from niangjia.assistance.pairing import queries
from niangjia.assistance.pairing.workflow import pairing
from niangjia.assistance.schooling import queries as schooling_queries
from niangjia.assistance.schooling.workflow import schooling
from niangjia.kernel.access import Actor
from niangjia.web.api import rows
from niangjia.web.api.plans import case_of
from niangjia.web.api.workflows import router_for


class Pairing(rows.Case):
    """`cadre`: the colleague's name; `office_phone` is never a private one."""

    person: str
    file: str
    cadre: str
    role: str
    office_phone: str
    paired_on: date
    last_visit_on: date | None


class PairVisit(Schema):
    visited_on: date
    cadre: str
    manner: str
    discussed: str
    next_steps: str


class Stint(Schema):
    cadre: str
    from_on: date
    until_on: date | None


class WholePairing(Pairing):
    ended_on: date | None
    visits: list[PairVisit]
    stints: list[Stint]
    steps: list[rows.Step]
    history: list[rows.Moment]


class SchoolingCase(rows.Case):
    grade: str
    left_on: date
    drop_out_count: int


class PersuasionVisit(Schema):
    visited_on: date
    team: str
    answer: str
    said: str


class SchoolSupport(Schema):
    kind: str
    amount: str
    source: str
    from_on: date
    until_on: date


class WholeSchoolingCase(SchoolingCase):
    child: str
    guardian: str
    school: str
    circumstances: str
    consented_on: date | None
    returned_on: date | None
    follow_up_on: date | None
    closed_on: date | None
    end_reason: str
    visits: list[PersuasionVisit]
    supports: list[SchoolSupport]
    steps: list[rows.Step]
    history: list[rows.Moment]


def _pairing(row: Any) -> dict[str, Any]:
    return {
        **case_of(row),
        "person": row.file.person.name,
        "file": row.file.number,
        "cadre": row.cadre.name,
        "role": row.role,
        "office_phone": row.office_phone,
        "paired_on": row.paired_on,
        "last_visit_on": row.last_visit_on,
    }


def _whole_pairing(row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "ended_on": row.ended_on,
        "visits": [
            {
                "visited_on": visit.visited_on,
                "cadre": visit.cadre.name,
                "manner": visit.manner,
                "discussed": visit.discussed,
                "next_steps": visit.next_steps,
            }
            for visit in queries.visits(row)
        ],
        "stints": [
            {"cadre": stint.cadre.name, "from_on": stint.from_on, "until_on": stint.until_on}
            for stint in row.stints.select_related("cadre")
        ],
    }


def _case(row: Any) -> dict[str, Any]:
    return {
        **case_of(row),
        "grade": row.grade,
        "left_on": row.left_on,
        "drop_out_count": row.drop_out_count,
    }


def _whole_case(row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "child": row.child.name,
        "guardian": row.guardian.name,
        "school": row.school,
        "circumstances": row.circumstances,
        "consented_on": row.consented_on,
        "returned_on": row.returned_on,
        "follow_up_on": row.follow_up_on,
        "closed_on": row.closed_on,
        "end_reason": row.end_reason,
        "visits": [
            {"visited_on": visit.visited_on, "team": visit.team, "answer": visit.answer, "said": visit.said}
            for visit in schooling_queries.visits(row)
        ],
        "supports": [
            {
                "kind": one.kind,
                "amount": str(one.amount),
                "source": one.source,
                "from_on": one.from_on,
                "until_on": one.until_on,
            }
            for one in row.supports.all()
        ],
    }


pairings = router_for(pairing, row=Pairing, whole=WholePairing, summary=_pairing, detail=_whole_pairing)
cases = router_for(schooling, row=SchoolingCase, whole=WholeSchoolingCase, summary=_case, detail=_whole_case)
