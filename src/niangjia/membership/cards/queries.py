"""Reads around the card: whose it is, where the membership stands, who looked."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing
from niangjia.kernel.fields import mask_name
from niangjia.membership import queries
from niangjia.membership.cards import codes
from niangjia.membership.cards.models import CardCheck
from niangjia.membership.kinds import MemberState
from niangjia.membership.models import Member


class Standing(TextChoices):
    """What a second phone is told."""

    VALID = "valid", _("有效会员")
    RETAINED = "retained", _("保留会籍")
    LEFT = "left", _("已不是会员")
    EXPIRED = "expired", _("会员码已过期")
    UNKNOWN = "unknown", _("不是会员码")


@dataclass(frozen=True)
class Verdict:
    """`name` is the surname with stars; empty, as is `union`, where there is nobody to name."""

    standing: Standing
    at: datetime
    name: str = ""
    union: str = ""


def own_card(actor: Actor) -> Member:
    """The membership that the actor's card is for; Missing for whoever is no member."""
    person = queries.person_of(actor)
    member = queries.current_membership(person) if person else None
    if member is None:
        raise Missing(_("您的账号没有在册会籍，所以没有会员证。请向所属工会询问，或先申请入会。"))
    return member


def own_checks(actor: Actor) -> "QuerySet[CardCheck]":
    """When the actor's card was looked at, newest first."""
    return CardCheck.objects.filter(member__person__user=actor.user_id).select_related("unit").order_by("-at")


def standing_of(member: Member) -> Standing:
    if member.state == MemberState.LEFT:
        return Standing.LEFT
    return Standing.RETAINED if member.state == MemberState.RETAINED else Standing.VALID


def verdict_of(member: Member) -> Verdict:
    return Verdict(standing_of(member), clock.now(), mask_name(member.person.name), member.unit.name)


def code_within(text: str) -> str:
    """The code itself, from what a scanner read: the code, or the address it stands at the end of."""
    found = re.search(r"([^/?#\s]+)/?\s*$", text)
    return found[1] if found else ""


def reading_of(text: str) -> codes.Reading | None:
    try:
        return codes.read(text)
    except codes.NoCode:
        return None
