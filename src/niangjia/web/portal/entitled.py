"""我能享受什么: what the rules find for the worker before they ask, with why, how much and what is still wanting."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from niangjia.benefits.proposals import actions, queries
from niangjia.policy import rendering
from niangjia.web.shell.middleware import ActorRequest


@require_safe
def entitled(request: ActorRequest) -> HttpResponse:
    actor: Any = request.actor
    found = [
        {
            "row": row,
            "wanting": queries.wanting_label(row),
            "why": mark_safe(rendering.html(queries.assessment_of(row).explanation())),
        }
        for row in queries.own_proposals(actor)
    ]
    return render(request, "portal/entitled.html", {"found": found})


@require_POST
def decline(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """Not this time: it is not offered again in this period, and may be taken back at once."""
    actor: Any = request.actor
    row = queries.proposal(public_id, actor)
    if "again" in request.POST:
        actions.reconsider(row, actor=actor)
        messages.success(request, _("“%s”又列出来了。") % row.scheme)
    else:
        actions.decline(row, actor=actor)
        messages.success(
            request, _("好的，这一期不再提示“%s”。以后想申请，仍可以在“申请待遇”里办。") % row.scheme
        )
    return redirect("portal_entitled")
