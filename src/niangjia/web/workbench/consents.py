"""授权 of one person: recorded from a signed paper, or taken back by one."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from niangjia.membership import queries
from niangjia.membership.consents import actions
from niangjia.membership.consents.purposes import purpose_named
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened


@require_POST
def person_consent(request: ActorRequest, public_id: uuid.UUID, name: str) -> HttpResponse:
    """With `withdraw` in the form it is taken back, else given. The signed paper stays with the clerk."""
    actor = opened(request, queries.PURPOSE)
    person, purpose = queries.person_visible_to(actor, public_id), purpose_named(name)
    if "withdraw" in request.POST:
        actions.withdraw(person, purpose, actor=actor)
        messages.success(request, _("已记录撤回“%s”。") % purpose.label)
    else:
        actions.give(person, purpose, actor=actor)
        messages.success(request, _("已记录同意“%s”。") % purpose.label)
    return redirect("person", public_id)
