"""What a place decides for itself: its parameters, and regions that the national list does not have."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.organisation import authority, forms, parameters, paths, regions
from niangjia.organisation.models import ParameterValue, Region, UnionBody


def record_region(*, actor: Actor, **data: Any) -> Region:
    """A development zone or the demo city: its code begins with 99. Before there is a root, anybody may."""
    cleaned = forms.checked(forms.RegionForm, data, actor=actor)
    root = UnionBody.objects.filter(path=paths.ROOT).first()
    with transaction.atomic():
        if root is not None:
            authority.over(root, actor)
        if regions.current_regions().filter(code=cleaned["code"]).exists():
            raise Invalid(_("区划代码“%s”已被使用，请换一个。") % cleaned["code"])
        region = Region.objects.create(**cleaned, level=regions.level_of(cleaned["code"]), is_invented=True)
        audit.record(region, "record", actor=actor, changes=cleaned)
    return region


def set_parameter(*, actor: Actor, **data: Any) -> ParameterValue:
    """From a day on, until the next day that is already set; the period before ends the day before."""
    cleaned = forms.checked(forms.ParameterForm, data, actor=actor)
    grant = authority.over_region(cleaned["region"], actor)
    parameter = parameters.declared(cleaned["name"])
    cleaned["value"] = parameter.written(cleaned["value"])
    with transaction.atomic():
        periods = _locked_periods(cleaned["name"], cleaned["region"])
        first = cleaned["valid_from"]
        if any(period.valid_from == first for period in periods):
            raise Invalid(
                _("“%(label)s”自 %(day)s 起的数值已经设定，请另选日期。")
                % {"label": parameter.label, "day": first}
            )
        for period in _cut_short(periods, first):
            audit.record(
                period,
                "close",
                actor=actor,
                changes={"valid_to": period.valid_to},
                principal_id=grant.principal_id,
            )
        row = ParameterValue.objects.create(**cleaned, valid_to=_day_before_next(periods, first))
        audit.record(row, "set", actor=actor, changes=cleaned, principal_id=grant.principal_id)
        transaction.on_commit(parameters.forget)
    return row


def _locked_periods(name: str, region: Region | None) -> list[ParameterValue]:
    """All periods of one parameter in one region, locked by the region: the first period has no row to hold.

    Where there is no region, for everywhere, the root of the unions stands in.
    """
    if region is not None:
        list(Region.objects.select_for_update(no_key=True).filter(pk=region.pk).values_list("pk"))
    else:
        list(UnionBody.objects.select_for_update(no_key=True).filter(path=paths.ROOT).values_list("pk"))
    return list(ParameterValue.objects.filter(name=name, region=region).order_by("valid_from"))


def _cut_short(periods: Iterable[ParameterValue], first: date) -> list[ParameterValue]:
    """Ends the period that the new one falls into."""
    cut = []
    for period in periods:
        if period.valid_from < first and (period.valid_to is None or period.valid_to >= first):
            period.valid_to = first - timedelta(days=1)
            period.save(update_fields=["valid_to"])
            cut.append(period)
    return cut


def _day_before_next(periods: Iterable[ParameterValue], first: date) -> date | None:
    following = [period.valid_from for period in periods if period.valid_from > first]
    return min(following) - timedelta(days=1) if following else None
