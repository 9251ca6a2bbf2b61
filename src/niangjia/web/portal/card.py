"""会员证: the card on the phone, with a code that changes, and who looked at it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from niangjia.kernel.errors import Missing
from niangjia.membership.cards import codes, queries
from niangjia.web.shell.limits import spend_card_code
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.qr import qr

MOST_CHECKS_SHOWN = 10


@require_safe
def card(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    assert actor is not None
    try:
        member = queries.own_card(actor)
    except Missing as nothing:
        return render(request, "portal/no_card.html", {"sentence": str(nothing)})
    context = {
        "member": member,
        "standing": queries.standing_of(member),
        "checks": queries.own_checks(actor)[:MOST_CHECKS_SHOWN],
        **_code(request, member),
    }
    return _unkept(render(request, "portal/card.html", context))


@require_safe
def card_code(request: ActorRequest) -> HttpResponse:
    """The code alone, for the page that renews it quietly."""
    assert request.actor is not None
    member = queries.own_card(request.actor)
    return _unkept(render(request, "portal/card_code.html", _code(request, member)))


def _code(request: ActorRequest, member: Any) -> dict[str, Any]:
    assert request.actor is not None
    spend_card_code(request.actor)
    code = codes.make(member.pk)
    url = request.build_absolute_uri(reverse("card_check", args=[code.text]))
    return {"code": code, "picture": qr(url), "url": url}


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
