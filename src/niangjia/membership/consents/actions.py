"""Giving consent and taking it back: by the person, or by their union's clerk from a signed paper."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import audit, clock, outbox
from niangjia.kernel.access import Actor
from niangjia.kernel.documents.printing import in_chinese
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.membership import queries as people
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.consents import queries
from niangjia.membership.consents.models import Consent, How
from niangjia.membership.consents.purposes import Purpose
from niangjia.membership.models.people import Person

ACTION_LABELS.update({"give_consent": gettext_lazy("同意"), "withdraw_consent": gettext_lazy("撤回同意")})

# Told with the ids of person and purpose when the last standing consent is gone.
WITHDRAWN = "membership.consent-withdrawn"


def give(person: Person, purpose: Purpose, *, actor: Actor) -> Consent:
    return record(person, purpose, actor=actor, how=way(person, actor))


def withdraw(person: Person, purpose: Purpose, *, actor: Actor) -> None:
    """What was done until now stays lawful; what rests on the consent stops."""
    way(person, actor)
    _withdraw(person, purpose, actor)


def settle(person: Person, ticks: Mapping[Purpose, bool], *, actor: Actor) -> None:
    """As an application's ticks say, signed or on screen; whoever takes the application in may record them."""
    how = How.ONLINE if _is_own(person, actor) else How.PAPER
    with transaction.atomic():
        people.hold(person)
        stand = set(queries.consents(person).filter(withdrawn_on=None).values_list("purpose", flat=True))
        for purpose, is_ticked in ticks.items():
            if is_ticked and purpose.name not in stand:
                _keep(person, purpose, actor, how)
            elif not is_ticked and purpose.name in stand:
                _withdraw(person, purpose, actor)


def record(person: Person, purpose: Purpose, *, actor: Actor, how: How) -> Consent:
    """For a domain's own step, which asked who may. Said twice, it stands once."""
    with transaction.atomic():
        people.hold(person)
        return queries.standing(person, purpose).first() or _keep(person, purpose, actor, how)


def _keep(person: Person, purpose: Purpose, actor: Actor, how: How) -> Consent:
    """The caller holds the person."""
    consent = Consent.objects.create(person=person, purpose=purpose.name, how=how, recorded_by=actor.user)
    changes = {"purpose": purpose.name, "how": how, "consent": consent.public_id}
    audit.append([audit.Link(person, "give_consent", changes, remark=_said(purpose))], actor=actor)
    return consent


def way(person: Person, actor: Actor) -> How:
    """How this actor may speak for the person; NotAllowed for everybody else."""
    if _is_own(person, actor):
        return How.ONLINE
    if actor.grants_for(MEMBERSHIP_CLERK, person.unit.path):
        return How.PAPER
    raise NotAllowed(_("授权由本人给出或撤回；本人交来签字材料的，由登记工会的会员管理员记录。"))


def _withdraw(person: Person, purpose: Purpose, actor: Actor) -> None:
    with transaction.atomic():
        people.hold(person)
        if not queries.standing(person, purpose).update(withdrawn_on=clock.today()):
            return
        changes = {"purpose": purpose.name}
        audit.record(person, "withdraw_consent", actor=actor, changes=changes, remark=_said(purpose))
        outbox.publish(WITHDRAWN, person.pk, person=person.pk, purpose=purpose.name)


def _said(purpose: Purpose) -> str:
    """The trail is Chinese whatever language the page is in."""
    said: str = in_chinese(lambda: str(purpose.label))
    return said


def _is_own(person: Person, actor: Actor) -> bool:
    return actor.user_id is not None and actor.user_id == person.user_id
