"""The register of employers."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.organisation import authority, forms, queries
from niangjia.organisation.models import Employer


def register_employer(*, actor: Actor, **data: Any) -> Employer:
    cleaned = forms.checked(forms.EmployerForm, data, actor=actor)
    grant = authority.over(cleaned["unit"], actor)
    try:
        with transaction.atomic():
            employer = Employer.objects.create(**cleaned)
            audit.record(employer, "register", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    except IntegrityError:
        raise _duplicate(cleaned["uscc"], actor) from None
    return employer


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
