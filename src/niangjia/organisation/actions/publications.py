"""数据公布: a union shows a figure of its own to everybody, and takes it back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused, WrongState
from niangjia.kernel.figures import Measure, disclosure
from niangjia.kernel.figures.models import Publication
from niangjia.organisation import authority
from niangjia.organisation.models import UnionBody


def publish_figure(measure: Measure, unit: UnionBody, *, actor: Actor) -> Publication:
    """From now on everybody sees it, its past and its future, until it is withdrawn."""
    grant = authority.over(unit, actor)
    if not disclosure.may_be_shown(measure):
        raise Refused(_("金额合计不向公众公布：户数少的时候会看出一家得了多少。"))
    try:
        with transaction.atomic():
            made = Publication.objects.create(measure=measure.name, unit=unit, published_by=actor.account)
            changes = {"measure": measure.name, "unit": unit.pk}
            audit.record(made, "publish", actor=actor, changes=changes, principal_id=grant.principal_id)
    except IntegrityError:
        raise WrongState(_("这个数已经公布，无需再办。")) from None
    return made


def withdraw_figure(measure: Measure, unit: UnionBody, *, actor: Actor) -> Publication:
    grant = authority.over(unit, actor)
    with transaction.atomic():
        rows = Publication.objects.select_for_update().filter(unit=unit, withdrawn_at=None)
        found = rows.filter(measure=measure.name).first()
        if found is None:
            raise WrongState(_("这个数没有公布，无需撤下。"))
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        changes = {"withdrawn_at": found.withdrawn_at}
        audit.record(found, "withdraw", actor=actor, changes=changes, principal_id=grant.principal_id)
    return found
