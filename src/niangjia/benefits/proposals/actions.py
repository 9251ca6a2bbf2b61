"""Writes about proposals: the worker says no, or the clerk tells them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.benefits.access import RECEIVER, SCHEME_KEEPER
from niangjia.benefits.models import Proposal, Scheme
from niangjia.benefits.proposals import jobs, queries
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.jobs import Job
from niangjia.kernel.messages import MessageTemplate, send
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS.update({"find": gettext_lazy("主动查找"), "tell_proposals": gettext_lazy("告知可享受的待遇")})

FOUND = MessageTemplate(
    "benefit-found",
    gettext_lazy("可能有您能享受的待遇"),
    gettext_lazy("工会查到您可能有能享受的待遇，请登录“娘家”的“我能享受什么”查看。"),
    "benefits",
)


def decline(row: Proposal, *, actor: Actor) -> None:
    """The worker does not want it; for this period nobody asks again. Taking it back is `reconsider`."""
    _must_be_own(row, actor)
    Proposal.objects.filter(pk=row.pk, declined_at=None).update(
        declined_at=clock.now(), declined_by=actor.account
    )


def reconsider(row: Proposal, *, actor: Actor) -> None:
    _must_be_own(row, actor)
    Proposal.objects.filter(pk=row.pk).update(declined_at=None, declined_by=None)


def tell(rows: Sequence[Proposal], *, actor: Actor) -> int:
    """A message to each who has an account and was not told yet; how many. It names no scheme: the name alone may
    tell of an illness.
    """
    told = 0
    for row in rows:
        if not actor.grants_for(RECEIVER, row.unit.path):
            raise NotAllowed(_("告知职工由“待遇受理员”办理，您在%s没有这个岗位。") % row.unit)
        with transaction.atomic():
            user = row.person.user
            if user is None or not Proposal.objects.filter(pk=row.pk, told_at=None).update(
                told_at=clock.now()
            ):
                continue
            send(user, FOUND, actor=actor)
            audit.record(row.scheme, "tell_proposals", actor=actor, changes={"proposal": row.public_id})
            told += 1
    return told


def look_now(schemes: Sequence[Scheme], *, actor: Actor) -> Job:
    """Puts the schemes to the register at once, in the background; while one such run is under way, that one."""
    for scheme in schemes:
        if not any(actor.grants_for(duty, scheme.unit.path) for duty in (RECEIVER, SCHEME_KEEPER)):
            raise NotAllowed(_("“%s”由开办它的工会查找，您在那里没有岗位。") % scheme)
    numbers = sorted(scheme.number for scheme in schemes)
    return jobs.find_entitled.enqueue(actor, key=",".join(numbers)[:100], schemes=numbers)


def _must_be_own(row: Proposal, actor: Actor) -> None:
    if not queries.is_own(actor, row):
        raise NotAllowed(_("这条提示不是给您或您家的，只能由本人决定。"))
