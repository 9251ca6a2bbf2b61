"""核验会员证: what anybody learns who scans a member's code. No account, no cookie, nothing indexed, nothing kept."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from niangjia.membership.cards import actions
from niangjia.membership.cards.queries import Standing
from niangjia.web.public.discretion import discreet
from niangjia.web.shell.limits import spend_card_check
from niangjia.web.shell.parts import Tone

TONES: dict[str, Tone] = {
    Standing.VALID: "good",
    Standing.RETAINED: "waiting",
    Standing.LEFT: "bad",
    Standing.EXPIRED: "waiting",
    Standing.UNKNOWN: "bad",
}


@login_not_required
@require_GET
def card_check(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    spend_card_check(actor, get_adapter().get_client_ip(request))
    verdict = actions.check(code, actor=actor)
    context = {"verdict": verdict, "tone": TONES[verdict.standing], "Standing": Standing}
    status = 404 if verdict.standing == Standing.UNKNOWN else 200
    return discreet(render(request, "public/card_check.html", context, status=status))
