"""The API itself: who comes in (session or token), repeated requests, lists."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.security import HttpBearer, django_auth

from niangjia.kernel import tokens
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.once import fingerprint_of, once
from niangjia.web.shell.identity import must_add_second_factor
from niangjia.web.shell.keyset import Page
from niangjia.web.shell.middleware import NEEDS_SECOND_FACTOR

LARGEST_PAGE = 200


class Token(HttpBearer):
    """`Authorization: Bearer nj_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        user = tokens.user_of(token)
        if user is None:
            return None
        actor = Actor.of(user)
        if must_add_second_factor(actor):
            raise NotAllowed(NEEDS_SECOND_FACTOR)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


api = NinjaAPI(
    title="Niangjia 娘家",
    version="1",
    description=str(_("每个流程步骤一个地址。先看 GET，再 POST；带上 Idempotency-Key，重发不会办两次。")),
    auth=[Token(), django_auth],
    docs_url=None,
    urls_namespace="api",
)


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def do_once(request: HttpRequest, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Carry out a write; with an `Idempotency-Key` the same request again gets the same answer and does nothing."""
    key = request.headers.get("Idempotency-Key")
    if not key:
        return run()
    fingerprint = fingerprint_of(request.method or "", request.path, request.body)
    return once(key, actor_of(request), fingerprint, run)


def listed(page: Page[Any], write: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    return {"rows": [write(row) for row in page.rows], "after": page.after}
