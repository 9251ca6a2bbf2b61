"""Applications, memberships and transfers over the API; the endpoints follow from their workflows."""

from typing import Any

from niangjia.kernel.access import Actor
from niangjia.membership.workflow import application, membership, transfer
from niangjia.web.api import rows
from niangjia.web.api.workflows import router_for


def _unit(union: Any) -> dict[str, Any]:
    return {"number": union.number, "name": union.name}


def _case(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "number": row.number,
        "state": row.state,
        "state_label": row.get_state_display(),
        "version": row.version,
        "due_on": row.due_on,
        "unit": _unit(row.unit),
    }


def _work(row: Any) -> dict[str, Any]:
    return {
        "occupation": row.occupation,
        "employment": row.employment,
        "new_employment": row.new_employment,
        "is_migrant": row.is_migrant,
        "employer": row.employer and row.employer.name,
    }


def _application(row: Any) -> dict[str, Any]:
    return _case(row) | {"person": row.person.name, "workplace": row.workplace, "applied_on": row.applied_on}


def _whole_application(row: Any, actor: Actor) -> dict[str, Any]:
    return _work(row) | {
        "pool": row.pool and _unit(row.pool),
        "region": row.region and row.region.code,
        "decided_on": row.decided_on,
        "member": row.member and row.member.number,
    }


def _membership(row: Any) -> dict[str, Any]:
    return _case(row) | {
        "stint": row.stint,
        "person": row.person.name,
        "joined_on": row.joined_on,
        "retained_on": row.retained_on,
        "left_on": row.left_on,
        "reason": row.reason,
    }


def _whole_membership(row: Any, actor: Actor) -> dict[str, Any]:
    return _work(row)


def _transfer(row: Any) -> dict[str, Any]:
    return _case(row) | {
        "person": row.member.person.name,
        "from_unit": _unit(row.from_unit),
        "to_unit": _unit(row.to_unit),
        "requested_on": row.requested_on,
        "released_on": row.released_on,
    }


def _whole_transfer(row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "member": row.member.number,
        "workplace": row.workplace,
        "employer": row.employer and row.employer.name,
        "is_at_residence": row.is_at_residence,
    }


applications = router_for(
    application,
    row=rows.MembershipApplication,
    whole=rows.WholeMembershipApplication,
    summary=_application,
    detail=_whole_application,
)
memberships = router_for(
    membership, row=rows.Membership, whole=rows.WholeMembership, summary=_membership, detail=_whole_membership
)
transfers = router_for(
    transfer, row=rows.Transfer, whole=rows.WholeTransfer, summary=_transfer, detail=_whole_transfer
)
