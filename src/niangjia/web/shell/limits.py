"""How often one account may ask what could be pieced together from the answers."""

from django.core.cache import cache
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused

WINDOW_SECONDS = 600
# Enough for a clerk with a pile of forms, too few to read out a register.
MOST_IDENTITY_CHECKS = 60
# A shop's till or a gate stands behind one address; guessing a sealed code is hopeless anyway.
MOST_CARD_CHECKS = 200
# A code is renewed every 40 seconds, and each time the page comes back to the front.
MOST_CARD_CODES = 120


# A family at one router has as many workplaces at most; a workplace behind one has a few who dare.
MOST_HINTS = 6
MOST_OBJECTIONS = 6
# From anywhere: a list that a crowd objects to is stopped already.
MOST_OBJECTIONS_TO_ONE = 30
MOST_RECEIPTS = 60


class TooOften(Refused):
    status = 429


def spend_identity_check(actor: Actor) -> None:
    """Before an answer that tells whether an ID number is registered anywhere."""
    spend(actor, "identity", MOST_IDENTITY_CHECKS)


def spend_card_check(actor: Actor | None, address: str) -> None:
    """Before an answer that tells whether somebody is a member."""
    spend_as(f"account {actor.user_id}" if actor else address, "card check", MOST_CARD_CHECKS)


def spend_card_code(actor: Actor) -> None:
    spend(actor, "card code", MOST_CARD_CODES)


def spend_hint(actor: Actor | None, address: str) -> None:
    """Before a hint at the public door becomes somebody's work."""
    spend_as(f"account {actor.user_id}" if actor else address, "hint", MOST_HINTS)


def spend_objection(actor: Actor | None, address: str, notice: str) -> None:
    """Before an objection at the public door stops somebody's case."""
    spend_as(f"account {actor.user_id}" if actor else address, "objection", MOST_OBJECTIONS)
    spend_as(notice, "objection to one", MOST_OBJECTIONS_TO_ONE)


def spend_receipt(address: str) -> None:
    """Before an answer to a receipt, so that nobody tries them all."""
    spend_as(address, "receipt", MOST_RECEIPTS)


def spend(actor: Actor, what: str, most: int) -> None:
    """One more of so many questions in ten minutes; raises TooOften beyond."""
    spend_as(str(actor.user_id), what, most)


def spend_as(who: str, what: str, most: int) -> None:
    """The same for somebody known only by a network address; the cache keeps a keyed digest of it."""
    window = int(clock.now().timestamp()) // WINDOW_SECONDS
    key = f"spent:{what}:{who}:{window}"
    count = cache.get(key, 0) + 1
    if count > most:
        raise TooOften(_("查询太频繁，请过 10 分钟再试。"))
    cache.set(key, count, WINDOW_SECONDS)
