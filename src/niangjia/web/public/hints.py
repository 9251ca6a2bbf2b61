"""我们单位想建工会: anybody tells the union of the district, with or without a name. The answer is always the same.

Somebody signed in by phone code sees afterwards how far it came; nobody learns whether the unit was known before.
"""

import uuid
from typing import cast

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.once import fingerprint_of
from niangjia.organisation.building import actions, queries
from niangjia.organisation.building.forms import HintForm
from niangjia.organisation.building.kinds import State
from niangjia.web.shell.acts import dressed, explained
from niangjia.web.shell.limits import spend_hint
from niangjia.web.shell.middleware import ActorRequest

# A resend of the same words within this time is the same hint.
SAME_SECONDS = 3600

# How far a hint came, in words that give nothing of the case away.
PROGRESS = {
    State.LEAD: _("已收到，工会会上门了解"),
    State.MET: _("工会正在了解情况"),
    State.URGED: _("工会正在了解情况"),
    State.VERIFIED: _("工会正在了解情况"),
    State.PREPARING: _("正在筹备建会"),
    State.ELECTED: _("正在筹备建会"),
    State.CONTESTED: _("正在筹备建会"),
    State.RATIFIED: _("工会即将成立"),
    State.FOUNDED: _("工会已经成立"),
    State.PUT_OFF: _("暂缓，工会会继续跟进"),
    State.GIVEN_UP: _("已了解，这次没有建成"),
    State.ABSORBED: _("工会正在了解情况"),
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hint(request: HttpRequest) -> HttpResponse:
    actor = cast(ActorRequest, request).actor
    form, status = HintForm(), 200
    if request.method == "POST":
        try:
            _take(request, actor)
        except Invalid as problem:
            form, status = explained(HintForm(request.POST), problem), 422  # type: ignore[assignment]
        else:
            return redirect("hint_thanks")
    context = {"form": dressed(form), "key": request.POST.get("key") or uuid.uuid4()}
    return render(request, "public/hint.html", context, status=status)


@login_not_required
@require_safe
def hint_thanks(request: HttpRequest) -> HttpResponse:
    actor = cast(ActorRequest, request).actor
    url = reverse("portal_hints") if actor else ""
    return render(request, "public/hint_thanks.html", {"hints_url": url})


@require_safe
def own_hints(request: ActorRequest) -> HttpResponse:
    assert request.actor is not None
    rows = [(row, PROGRESS[State(row.state)]) for row in queries.own_hints(request.actor)[:50]]
    return render(request, "portal/hints.html", {"hints": rows})


def _take(request: HttpRequest, actor: Actor | None) -> None:
    """Sent twice, it is taken once, whoever is at the other end."""
    address = get_adapter().get_client_ip(request)
    spend_hint(actor, address)
    data = {name: request.POST[name] for name in HintForm.base_fields if name in request.POST}
    mark = f"hint:{fingerprint_of(address, request.POST.get('key', ''), repr(sorted(data.items())))}"
    if not cache.add(mark, 1, SAME_SECONDS):
        return
    try:
        actions.leave_hint(reporter=actor, **data)
    except Invalid:
        cache.delete(mark)
        raise
