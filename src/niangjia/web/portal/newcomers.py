"""Newcomers: whoever came to join, has proven to hold a phone, and is not in the register yet.

They have no account until their application is sent. Until then the session holds the phone, sealed.
"""

import base64
from datetime import timedelta

from django.http import HttpRequest

from niangjia.kernel import clock
from niangjia.kernel.fields import envelope

SESSION = "newcomer"
PLACE = b"session.newcomer"
VALID_FOR = timedelta(minutes=30)


def sealed(phone: str) -> str:
    return base64.b64encode(envelope.seal(phone, PLACE)).decode()


def let_in(request: HttpRequest, sealed_phone: str) -> None:
    until = clock.now() + VALID_FOR
    request.session[SESSION] = {"phone": sealed_phone, "until": int(until.timestamp())}


def phone_of(request: HttpRequest) -> str:
    """The phone that was proven; empty for nobody, and after half an hour."""
    given = request.session.get(SESSION)
    if not given or given["until"] < clock.now().timestamp():
        return ""
    return envelope.unseal(base64.b64decode(given["phone"]), PLACE)
