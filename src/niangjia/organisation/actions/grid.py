"""网格: drawing, changing and giving up a cell; who answers for it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import WrongState
from niangjia.organisation import authority, forms
from niangjia.organisation.actions import seats
from niangjia.organisation.kinds import SeatEnd
from niangjia.organisation.models import GridCell, GridWorker


def draw_cell(*, actor: Actor, **data: Any) -> GridCell:
    cleaned = forms.checked(forms.CellForm, data, actor=actor)
    grant = authority.over_registers(cleaned["unit"], actor)
    try:
        with transaction.atomic():
            cell = GridCell.objects.create(**cleaned)
            audit.record(cell, "draw", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    except IntegrityError:
        raise WrongState(_("这个网格刚刚已由他人登记，请刷新页面查看。")) from None
    return cell


def change_cell(cell: GridCell, *, actor: Actor, **data: Any) -> GridCell:
    grant = authority.over_registers(cell.unit, actor)
    with transaction.atomic():
        cell = _living(cell)
        cleaned = forms.checked(forms.CellForm, data, actor=actor, row=cell)
        authority.over_registers(cleaned["unit"], actor)
        changes = {name: given for name, given in cleaned.items() if getattr(cell, name) != given}
        for name, given in changes.items():
            setattr(cell, name, given)
        cell.save(update_fields=list(changes))
        # Who serves is kept where the cell is.
        cell.workers.filter(until_on__isnull=True).update(unit=cell.unit)
        if changes:
            audit.record(cell, "change", actor=actor, changes=changes, principal_id=grant.principal_id)
    return cell


def end_cell(cell: GridCell, *, actor: Actor, **data: Any) -> GridCell:
    """Its workers leave with it."""
    grant = authority.over_registers(cell.unit, actor)
    with transaction.atomic():
        cell = _living(cell)
        cleaned = forms.checked(forms.EndCellForm, data, actor=actor, row=cell)
        cell.ended_on = cleaned["ended_on"]
        cell.save(update_fields=["ended_on"])
        serving = cell.workers.filter(until_on__isnull=True)
        seats.end_many(serving, cell.ended_on, SeatEnd.OTHER, actor=actor, principal_id=grant.principal_id)
        audit.record(
            cell,
            "give_up",
            actor=actor,
            changes={"ended_on": cell.ended_on},
            principal_id=grant.principal_id,
            remark=cleaned["remark"],
        )
    return cell


def seat_grid_worker(cell: GridCell, *, actor: Actor, **data: Any) -> GridWorker:
    grant = authority.over_registers(cell.unit, actor)
    with transaction.atomic():
        cell = _living(cell)
        cleaned = forms.checked(forms.GridWorkerForm, data, actor=actor, row=cell)
        worker = GridWorker(unit=cell.unit, cell=cell, **cleaned)
        return seats.take(worker, "take_seat", actor=actor, principal_id=grant.principal_id)


def end_grid_worker(worker: GridWorker, *, actor: Actor, **data: Any) -> GridWorker:
    return seats.leave(worker, forms.EndSeatForm, actor=actor, **data)


def _living(cell: GridCell) -> GridCell:
    rows = GridCell.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related("unit__region", "region").get(pk=cell.pk)
    if found.ended_on is not None:
        raise WrongState(_("网格“%(cell)s”已于 %(day)s 撤销。") % {"cell": found.name, "day": found.ended_on})
    return found
