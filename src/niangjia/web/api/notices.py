"""Notices, their lines and objections over the API. Lines say what the public page says, and where they stand."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from niangjia.kernel.access import Actor
from niangjia.kernel.fields import mask_name, mask_phone
from niangjia.notices import queries
from niangjia.notices.workflow import notice, objection
from niangjia.web.api import rows
from niangjia.web.api.workflows import router_for


class Line(Schema):
    """As the public reads it: the name is masked; `amount` only where the kind of notice demands it."""

    id: UUID
    position: int
    name: str
    unit: str
    category: str
    amount: str | None
    standing: str
    standing_label: str
    removal: str
    case_number: str
    cleared_on: date | None
    removed_on: date | None


class Notice(rows.Case):
    kind: str
    title: str
    from_on: date
    until_on: date
    ended_on: date | None


class WholeNotice(Notice):
    basis: str
    contact: str
    lines: list[Line]
    steps: list[rows.Step]
    history: list[rows.Moment]


class Objection(rows.Case):
    """`line` null: against how the whole list came about."""

    notice: str
    line: int | None
    channel: str
    is_anonymous: bool
    lodged_at: datetime
    answered_on: date | None


class WholeObjection(Objection):
    """Name and phone of whoever objected are masked."""

    reason: str
    name: str
    phone: str
    steps: list[rows.Step]
    history: list[rows.Moment]


def _line(line: Any) -> dict[str, Any]:
    return {
        "id": line.public_id,
        "position": line.position,
        "name": line.shown_name,
        "unit": line.shown_unit,
        "category": line.category,
        "amount": None if line.amount is None else str(line.amount),
        "standing": line.standing,
        "standing_label": str(line.standing.label),
        "removal": line.removal,
        "case_number": line.case_number,
        "cleared_on": line.cleared_on,
        "removed_on": line.removed_on,
    }


def _case(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "number": row.number,
        "state": row.state,
        "state_label": row.get_state_display(),
        "version": row.version,
        "due_on": row.due_on,
        "unit": {"number": row.unit.number, "name": row.unit.name},
    }


def _notice(row: Any) -> dict[str, Any]:
    return {
        **_case(row),
        "kind": row.kind,
        "title": row.title,
        "from_on": row.from_on,
        "until_on": row.until_on,
        "ended_on": row.ended_on,
    }


def _whole_notice(row: Any, actor: Actor) -> dict[str, Any]:
    lines = [_line(line) for line in queries.lines_of(row)]
    return {"basis": row.basis, "contact": row.contact, "lines": lines}


def _objection(row: Any) -> dict[str, Any]:
    return {
        **_case(row),
        "notice": row.notice.number,
        "line": row.line.position if row.line else None,
        "channel": row.channel,
        "is_anonymous": row.is_anonymous,
        "lodged_at": row.lodged_at,
        "answered_on": row.answered_on,
    }


def _whole_objection(row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "reason": row.reason,
        "name": mask_name(row.name),
        "phone": mask_phone(row.phone) if row.phone else "",
    }


notices = router_for(notice, row=Notice, whole=WholeNotice, summary=_notice, detail=_whole_notice)
objections = router_for(
    objection, row=Objection, whole=WholeObjection, summary=_objection, detail=_whole_objection
)
