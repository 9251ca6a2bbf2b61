"""单位沿革: an employer changes, closes, opens again, merges: each change dated, with its reason."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, WrongState
from niangjia.kernel.prepared import NOBODY, ByKey
from niangjia.organisation import authority, forms
from niangjia.organisation.models import Employer, EmployerPeriod

FIRST = _("登记")


def first_period(employer: Employer, on: date) -> EmployerPeriod:
    """What is known of a new employer begins on the day it is registered; not yet saved."""
    return EmployerPeriod(employer=employer, from_on=on, reason=str(FIRST), **facts_of(employer))


def facts_of(employer: Employer) -> dict[str, Any]:
    return {name: getattr(employer, name) for name in EmployerPeriod.FACTS}


def change_employer(employer: Employer, *, actor: Actor, **data: Any) -> Employer:
    """From a day on, with a reason; what is not named stays as it was."""
    return _changed(employer, forms.ChangeEmployerForm, "change", actor, data)


def close_employer(employer: Employer, *, actor: Actor, **data: Any) -> Employer:
    return _changed(employer, forms.CloseEmployerForm, "close_business", actor, data)


def reopen_employer(employer: Employer, *, actor: Actor, **data: Any) -> Employer:
    return _changed(employer, forms.ReopenEmployerForm, "reopen_business", actor, data)


def merge_employer(employer: Employer, *, actor: Actor, **data: Any) -> Employer:
    """It ends; the other goes on. Its rows stay with it, its page leads to the successor."""
    return _changed(employer, forms.MergeEmployerForm, "merge", actor, data)


def correct_contact(employer: Employer, *, actor: Actor, **data: Any) -> Employer:
    """Whom to call; of that no history is kept."""
    grant = authority.over_registers(employer.unit, actor)
    cleaned = forms.checked(forms.ContactForm, data, actor=actor, row=employer)
    with transaction.atomic():
        employer = _locked(employer)
        for name, given in cleaned.items():
            setattr(employer, name, given)
        employer.save(update_fields=list(cleaned))
        audit.record(employer, "correct", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    return employer


def _changed(
    employer: Employer, form: type[forms.ActionForm], action: str, actor: Actor, data: dict[str, Any]
) -> Employer:
    grant = authority.over_registers(employer.unit, actor)
    with transaction.atomic():
        employer = _locked(employer)
        cleaned = forms.checked(form, data, actor=actor, row=employer)
        on, reason = cleaned.pop("from_on"), cleaned.pop("reason")
        changes = {name: given for name, given in cleaned.items() if getattr(employer, name) != given}
        if not changes:
            raise Invalid(_("没有任何变化，不用登记。请改正要变更的内容。"))
        for name, given in changes.items():
            setattr(employer, name, given)
        employer.save(update_fields=list(changes))
        _write_period(employer, on, reason)
        told = {**changes, "from_on": on}
        audit.record(
            employer, action, actor=actor, changes=told, principal_id=grant.principal_id, remark=reason
        )
    return employer


def _write_period(employer: Employer, on: date, reason: str) -> None:
    """Ends the open period the day before; a second change of one day rewrites that day's."""
    current = EmployerPeriod.objects.filter(employer=employer, until_on__isnull=True).first()
    if current is not None and on < current.from_on:
        raise WrongState(_("已登记过 %s 起的情况，变更日期不能早于它。请改为当日或以后。") % current.from_on)
    if current is not None and on == current.from_on:
        for name, fact in facts_of(employer).items():
            setattr(current, name, fact)
        current.reason = reason
        current.save()
        return
    if current is not None:
        current.until_on = on - timedelta(days=1)
        current.save(update_fields=["until_on"])
    EmployerPeriod.objects.create(employer=employer, from_on=on, reason=reason, **facts_of(employer))


def _locked(employer: Employer) -> Employer:
    [found] = _held(employer.pk)
    return found


_held = ByKey(
    lambda: (
        Employer.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit__region", "region", "union")
        .filter(pk=NOBODY)
    )
)
