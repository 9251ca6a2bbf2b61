"""Who is at the other end: the actor, the door they came by, and whether a second factor is due."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from niangjia.kernel.access import Actor

DOOR = "door"
PHONE = "phone"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor, or None for a stranger.

    A phone code opens one's own matters only: by that door nobody holds a post, whatever the account holds.
    """
    if not request.user.is_authenticated:
        return None
    return Actor(request.user) if came_by_phone(request) else Actor.of(request.user)


def came_by_phone(request: HttpRequest) -> bool:
    return request.session.get(DOOR) == PHONE


def lacks_second_factor(actor: Actor) -> bool:
    """A duty held, own or delegated, asks for a second factor and the account has none."""
    return any(grant.duty.strong for grant in actor.grants) and not is_mfa_enabled(actor.user, FACTORS)


def must_add_second_factor(actor: Actor) -> bool:
    """Demo accounts are shared by name and password, so the demo only shows a banner."""
    return not settings.DEMO and lacks_second_factor(actor)
