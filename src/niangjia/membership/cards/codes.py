"""The code of a card: who and when, sealed, so that it says nothing by itself and two codes cannot be told to be one's.

Only the server's clock counts, when it is made and when it is read; the phone's may be as wrong as it likes.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from niangjia.kernel import clock, keys
from niangjia.kernel.fields import Unreadable, envelope

PURPOSE = "cards"
PLACE = b"membership card"
VALID_FOR = timedelta(seconds=60)
# Of several servers one may be a little ahead.
TOLERANCE = timedelta(seconds=5)
WRITTEN = re.compile(r"[A-Za-z0-9_-]{40,120}")


class NoCode(Exception):
    """Not a code of ours, or one that was tampered with."""


@dataclass(frozen=True)
class Code:
    """`text` goes into the picture; it holds until `expires_at`."""

    text: str
    expires_at: datetime


@dataclass(frozen=True)
class Reading:
    member_id: int
    made_at: datetime

    @property
    def is_expired(self) -> bool:
        return not -TOLERANCE <= clock.now() - self.made_at <= VALID_FOR


def make(member_id: int) -> Code:
    now = clock.now()
    sealed = envelope.seal(f"{member_id} {now.timestamp():.3f}", PLACE, PURPOSE)
    return Code(base64.urlsafe_b64encode(sealed).decode().rstrip("="), now + VALID_FOR)


def read(text: str) -> Reading:
    """Who and when; raises NoCode. Whether it still holds is for the caller to ask."""
    if not WRITTEN.fullmatch(text):
        raise NoCode
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        member_id, made_at = envelope.unseal(sealed, PLACE, PURPOSE).split()
    except (binascii.Error, Unreadable, keys.KeyProblem):
        # A key that nobody has is what a forger writes.
        raise NoCode from None
    return Reading(int(member_id), datetime.fromtimestamp(float(made_at), UTC))
