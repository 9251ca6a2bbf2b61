"""Writes about pairs that change nobody's registration: this is not one person; somebody above should look."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, WrongState
from niangjia.kernel.forms import cleaned
from niangjia.kernel.jobs import Job
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates import queries
from niangjia.membership.duplicates.finding import find
from niangjia.membership.duplicates.forms import DismissForm
from niangjia.membership.duplicates.models import DuplicatePair


def dismiss(pair: DuplicatePair, *, actor: Actor, **data: Any) -> None:
    """Two people after all. The pair is never proposed again."""
    reason = cleaned(DismissForm(data))["reason"]
    if not queries.may_decide(actor, pair):
        raise NotAllowed(_("排除重复要由两条登记共同的上级工会的会员管理员办理。请提请上级核对。"))
    with transaction.atomic():
        row = _still_open(pair)
        row.dismissed_at, row.dismissed_by = clock.now(), actor.account
        row.save(update_fields=["dismissed_at", "dismissed_by"])
        audit.record(row, "dismiss", actor=actor, remark=reason)


def escalate(pair: DuplicatePair, *, actor: Actor) -> None:
    """Whoever sees only one side asks the union above both to look."""
    sides = [person for person in (pair.first, pair.second) if queries.sees(actor, person)]
    if not any(actor.grants_for(MEMBERSHIP_CLERK, person.unit.path) for person in sides):
        raise NotAllowed(_("提请上级核对由“%s”岗位办理，您没有这个岗位。") % MEMBERSHIP_CLERK.label)
    with transaction.atomic():
        row = _still_open(pair)
        if row.is_escalated:
            return
        row.is_escalated = True
        row.save(update_fields=["is_escalated"])
        audit.record(row, "escalate", actor=actor)


def look(*, actor: Actor) -> Job:
    """Compare now instead of at night."""
    if not actor.has(MEMBERSHIP_CLERK):
        raise NotAllowed(_("查找重复登记由“%s”岗位办理，您没有这个岗位。") % MEMBERSHIP_CLERK.label)
    return find.enqueue(actor=actor, key="whole register")


def _still_open(pair: DuplicatePair) -> DuplicatePair:
    row = DuplicatePair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    if row.dismissed_at is not None:
        raise WrongState(_("这一对已有人排除，请刷新列表。"))
    return row
