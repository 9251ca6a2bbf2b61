"""How often one account may ask what could be pieced together from the answers."""

from django.core.cache import cache
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused

WINDOW_SECONDS = 600
# Enough for a clerk with a pile of forms, too few to read out a register.
MOST_IDENTITY_CHECKS = 60


class TooOften(Refused):
    status = 429


def spend_identity_check(actor: Actor) -> None:
    """Before an answer that tells whether an ID number is registered anywhere."""
    spend(actor, "identity", MOST_IDENTITY_CHECKS)


def spend(actor: Actor, what: str, most: int) -> None:
    """One more of so many questions in ten minutes; raises TooOften beyond."""
    window = int(clock.now().timestamp()) // WINDOW_SECONDS
    key = f"spent:{what}:{actor.user_id}:{window}"
    count = cache.get(key, 0) + 1
    if count > most:
        raise TooOften(_("查询太频繁，请过 10 分钟再试。"))
    cache.set(key, count, WINDOW_SECONDS)
