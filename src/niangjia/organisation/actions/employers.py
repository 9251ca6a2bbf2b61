"""The register of employers, one by one and in long lists."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, bulk, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.workflow import Outcome
from niangjia.organisation import authority, forms, queries
from niangjia.organisation.actions import histories
from niangjia.organisation.models import Employer, EmployerPeriod

# So many rows a transaction, to keep other writers waiting no longer than a fifth of a second.
CHUNK = 100


def register_employer(*, actor: Actor, **data: Any) -> Employer:
    cleaned = forms.checked(forms.EmployerForm, data, actor=actor)
    grant = authority.over_registers(cleaned["unit"], actor)
    try:
        with transaction.atomic():
            employer = Employer.objects.create(**cleaned)
            histories.first_period(employer, clock.today()).save()
            audit.record(employer, "register", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    except IntegrityError:
        raise _duplicate(cleaned["uscc"], actor) from None
    return employer


def register_employers(rows: Iterable[Mapping[str, Any]], *, actor: Actor) -> list[Outcome]:
    """The same for a list, in short transactions; an outcome holds the employer, or row and refusal."""
    listed = list(rows)
    return [
        outcome
        for start in range(0, len(listed), CHUNK)
        for outcome in _register_chunk(listed[start : start + CHUNK], actor)
    ]


def _register_chunk(rows: Sequence[Mapping[str, Any]], actor: Actor) -> list[Outcome]:
    examiner = forms.Examiner(forms.EmployerForm, actor=actor, known=forms.Known.of(rows, actor))
    codes = [str(row.get("uscc")) for row in rows]
    taken = set(Employer.objects.filter(uscc__in=codes).values_list("uscc", flat=True))
    examined = [_examined(row, actor, examiner, taken) for row in rows]
    links = [found for found in examined if isinstance(found, audit.Link)]
    try:
        with transaction.atomic():
            rows_made = bulk.with_public_ids([cast(Employer, link.row) for link in links])
            employers = Employer.objects.bulk_create(rows_made)
            today = clock.today()
            EmployerPeriod.objects.bulk_create([histories.first_period(one, today) for one in employers])
            audit.append(links, actor=actor, fresh=True)
    except IntegrityError:
        # Somebody registered one of them meanwhile, or a code was written loosely: each row by itself.
        return [_one(row, actor) for row in rows]
    return [found if isinstance(found, Outcome) else Outcome(found.row) for found in examined]


def _examined(
    data: Mapping[str, Any], actor: Actor, examiner: forms.Examiner, taken: set[str]
) -> audit.Link | Outcome:
    """The employer, not yet saved, in what the audit will say of it; or the row with its refusal."""
    try:
        cleaned = examiner.checked(data)
        grant = authority.over_registers(cleaned["unit"], actor)
        if cleaned["uscc"] in taken:
            raise _duplicate(cleaned["uscc"], actor)
    except Refused as refusal:
        return Outcome(data, refusal)
    taken.add(cleaned["uscc"])
    return audit.Link(Employer(**cleaned), "register", cleaned, grant.principal_id)


def _one(data: Mapping[str, Any], actor: Actor) -> Outcome:
    try:
        return Outcome(register_employer(actor=actor, **data))
    except Refused as refusal:
        return Outcome(data, refusal)


def _duplicate(uscc: str, actor: Actor) -> Invalid:
    """Names the employer only to those who may see it: others learn no more than that the code is taken."""
    seen = queries.employers_visible_to(actor).filter(uscc=uscc).first()
    if seen is None:
        return _taken(_("这个代码不能登记。请核对代码；如无误，请联系上级工会核实。"))
    return _taken(
        _("这个代码已登记为“%(employer)s”，归口“%(unit)s”，请直接使用。")
        % {"employer": seen.name, "unit": seen.unit.name}
    )


def _taken(sentence: object) -> Invalid:
    return Invalid(sentence, {"uscc": [str(sentence)]})
