"""服务阵地: opening, changing, closing; special hours for some days."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import WrongState
from niangjia.organisation import authority, forms
from niangjia.organisation.models import PointFacility, ServicePoint, SpecialHours


def open_point(*, actor: Actor, **data: Any) -> ServicePoint:
    cleaned = forms.checked(forms.PointForm, data, actor=actor)
    grant = authority.over_registers(cleaned["unit"], actor)
    facilities = cleaned.pop("facilities")
    try:
        with transaction.atomic():
            point = ServicePoint.objects.create(**cleaned)
            _equip(point, facilities)
            told = {**cleaned, "facilities": facilities}
            audit.record(point, "open_point", actor=actor, changes=told, principal_id=grant.principal_id)
    except IntegrityError:
        raise WrongState(_("这个服务阵地刚刚已由他人登记，请刷新页面查看。")) from None
    return point


def change_point(point: ServicePoint, *, actor: Actor, **data: Any) -> ServicePoint:
    """All of it as the form shows it; the audit says which columns were changed."""
    grant = authority.over_registers(point.unit, actor)
    with transaction.atomic():
        point = _open(point)
        cleaned = forms.checked(forms.PointForm, data, actor=actor, row=point)
        authority.over_registers(cleaned["unit"], actor)
        facilities = cleaned.pop("facilities")
        changes = {name: given for name, given in cleaned.items() if getattr(point, name) != given}
        for name, given in changes.items():
            setattr(point, name, given)
        point.save(update_fields=list(changes))
        if _equip(point, facilities):
            changes["facilities"] = facilities
        if changes:
            audit.record(point, "change", actor=actor, changes=changes, principal_id=grant.principal_id)
    return point


def close_point(point: ServicePoint, *, actor: Actor, **data: Any) -> ServicePoint:
    grant = authority.over_registers(point.unit, actor)
    with transaction.atomic():
        point = _open(point)
        cleaned = forms.checked(forms.ClosePointForm, data, actor=actor, row=point)
        point.closed_on = cleaned["closed_on"]
        point.save(update_fields=["closed_on"])
        _tell(point, "close_point", {"closed_on": point.closed_on}, actor, grant.principal_id, cleaned)
    return point


def reopen_point(point: ServicePoint, *, actor: Actor, **data: Any) -> ServicePoint:
    grant = authority.over_registers(point.unit, actor)
    cleaned = forms.checked(forms.ReopenPointForm, data, actor=actor, row=point)
    with transaction.atomic():
        point = _locked(point)
        if point.closed_on is None:
            raise WrongState(_("“%s”没有停用，不用恢复。") % point.name)
        if point.unit.is_dissolved:
            raise WrongState(_("主管工会已撤销，请另行登记服务阵地。"))
        point.closed_on = None
        try:
            with transaction.atomic():
                point.save(update_fields=["closed_on"])
        except IntegrityError:
            raise WrongState(_("这个工会已有同名的服务阵地在用，不能恢复。")) from None
        _tell(point, "reopen_point", {"closed_on": None}, actor, grant.principal_id, cleaned)
    return point


def keep_special_hours(point: ServicePoint, *, actor: Actor, **data: Any) -> SpecialHours:
    """Holidays kept open, a week of repairs: the newest entry holds where two meet."""
    grant = authority.over_registers(point.unit, actor)
    with transaction.atomic():
        point = _open(point)
        cleaned = forms.checked(forms.SpecialHoursForm, data, actor=actor, row=point)
        special = SpecialHours.objects.create(point=point, **cleaned)
        told = {"special_hours": special.pk, **cleaned}
        audit.record(point, "special_hours", actor=actor, changes=told, principal_id=grant.principal_id)
    return special


def drop_special_hours(special: SpecialHours, *, actor: Actor) -> ServicePoint:
    """The ordinary week holds again; the audit trail keeps that there was something else."""
    grant = authority.over_registers(special.point.unit, actor)
    with transaction.atomic():
        point = _locked(special.point)
        changes = {"special_hours": special.pk}
        if not SpecialHours.objects.filter(pk=special.pk).delete()[0]:
            raise WrongState(_("这条特别开放时间已经取消。"))
        audit.record(
            point, "drop_special_hours", actor=actor, changes=changes, principal_id=grant.principal_id
        )
    return point


def _equip(point: ServicePoint, wanted: list[str]) -> bool:
    """Facilities as they are ticked; whether anything changed."""
    present = set(point.facilities.values_list("kind", flat=True))
    point.facilities.filter(kind__in=present - set(wanted)).delete()
    PointFacility.objects.bulk_create(
        [PointFacility(point=point, kind=kind) for kind in wanted if kind not in present]
    )
    return present != set(wanted)


def _locked(point: ServicePoint) -> ServicePoint:
    rows = ServicePoint.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("unit__region", "region").get(pk=point.pk)


def _open(point: ServicePoint) -> ServicePoint:
    point = _locked(point)
    if point.closed_on is not None:
        raise WrongState(
            _("“%(point)s”已于 %(day)s 停用，请先恢复。") % {"point": point.name, "day": point.closed_on}
        )
    return point


def _tell(
    point: ServicePoint,
    action: str,
    changes: dict[str, Any],
    actor: Actor,
    principal_id: int | None,
    cleaned: dict[str, Any],
) -> None:
    audit.record(
        point, action, actor=actor, changes=changes, principal_id=principal_id, remark=cleaned["remark"]
    )
