"""Checking a code, and forgetting old checks."""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs import Progress, daily, job
from niangjia.membership.cards import queries
from niangjia.membership.cards.models import CardCheck
from niangjia.membership.cards.queries import Standing, Verdict
from niangjia.membership.models import Member

KEPT = timedelta(days=30)
CHUNK = 1000


def check(text: str, *, actor: Actor | None) -> Verdict:
    """What a second phone is told of the code it read. The holder sees later that somebody looked."""
    code = queries.code_within(text)
    reading = queries.reading_of(code)
    if reading is None:
        return Verdict(Standing.UNKNOWN, clock.now())
    if reading.is_expired:
        return Verdict(Standing.EXPIRED, clock.now())
    member = Member.objects.select_related("person", "unit").get(pk=reading.member_id)
    _write_down(member, code, actor)
    return queries.verdict_of(member)


def _write_down(member: Member, code: str, actor: Actor | None) -> None:
    """Once per code; whoever looks again is counted, so that a passed-on picture is noticed."""
    if actor is not None and actor.user_id == member.person.user_id:
        return
    digest = hashlib.sha256(code.encode()).hexdigest()
    unit_id = actor.grants[0].unit_id if actor is not None and actor.grants else None
    with transaction.atomic():
        _row, is_first = CardCheck.objects.get_or_create(
            code_digest=digest, defaults={"member": member, "at": clock.now(), "unit_id": unit_id}
        )
        if not is_first:
            CardCheck.objects.filter(code_digest=digest).update(times=F("times") + 1)


@job(label=_("清理会员证核验记录"), every=daily("03:40"), name="membership.cards.prune")
def prune(progress: Progress) -> dict[str, int]:
    old = CardCheck.objects.filter(at__lt=clock.now() - KEPT)
    removed = 0
    while chunk := list(old.values_list("pk", flat=True)[:CHUNK]):
        removed += CardCheck.objects.filter(pk__in=chunk).delete()[0]
        progress.advance(len(chunk))
    return {"removed": removed}
