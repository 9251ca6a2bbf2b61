"""Taking and leaving a seat: the same rows, checks and audit for officers, representatives and workers."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import WrongState
from niangjia.organisation import authority, forms
from niangjia.organisation.kinds import SeatEnd
from niangjia.organisation.models import Seat

Held = TypeVar("Held", bound=Seat)

COLUMNS = ("name", "phone", "user_id", "from_on", "role", "route", "is_full_time", "constituency")


def take(seat: Held, action: str, *, actor: Actor, principal_id: int | None) -> Held:
    """Save a new seat; the caller holds the row of its body and has checked the input."""
    seat.save(force_insert=True)
    audit.append([told(seat, action, principal_id)], actor=actor, fresh=True)
    return seat


def told(seat: Seat, action: str, principal_id: int | None) -> audit.Link:
    """What the trail says of somebody new."""
    columns = {name: getattr(seat, name) for name in COLUMNS if hasattr(seat, name)}
    return audit.Link(seat, action, columns, principal_id)


def leave(seat: Held, form: type[forms.EndSeatForm], *, actor: Actor, **data: Any) -> Held:
    """Early or at the end, with the reason; the row stays as the record of who served."""
    grant = authority.over_registers(seat.unit, actor)
    with transaction.atomic():
        model = type(seat)
        seat = model._base_manager.select_for_update(no_key=True).get(pk=seat.pk)
        if seat.until_on is not None:
            raise WrongState(_("“%(name)s”已于 %(day)s 离任。") % {"name": seat.name, "day": seat.until_on})
        cleaned = forms.checked(form, data, actor=actor, row=seat)
        seat.until_on, seat.end_reason = cleaned["until_on"], cleaned["end_reason"]
        seat.save(update_fields=["until_on", "end_reason"])
        remark = cleaned.pop("remark", "")
        audit.record(
            seat, "leave_seat", actor=actor, changes=cleaned, principal_id=grant.principal_id, remark=remark
        )
    return seat


def end_many(
    rows: Iterable[Seat], on: date, reason: SeatEnd, *, actor: Actor, principal_id: int | None
) -> None:
    """With the body that they sat in."""
    links = []
    for seat in rows:
        seat.until_on, seat.end_reason = max(on, seat.from_on), reason
        seat.save(update_fields=["until_on", "end_reason"])
        links.append(audit.Link(seat, "leave_seat", {"until_on": on, "end_reason": reason}, principal_id))
    audit.append(links, actor=actor)


def correct_phone(seat: Held, *, actor: Actor, **data: Any) -> Held:
    grant = authority.over_registers(seat.unit, actor)
    cleaned = forms.checked(forms.CorrectPhoneForm, data, actor=actor, row=seat)
    with transaction.atomic():
        seat.phone = cleaned["phone"]
        seat.save(update_fields=["phone"])
        audit.record(seat, "correct", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    return seat
