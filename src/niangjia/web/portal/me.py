"""我: who I am signed in as, how large the type is, whether I am texted, and the way out."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from niangjia.kernel.fields import mask_phone
from niangjia.membership import actions, queries
from niangjia.membership.realname import own_facts
from niangjia.web.shell.middleware import ActorRequest


def me(request: HttpRequest) -> HttpResponse:
    actor = cast(ActorRequest, request).actor
    assert actor is not None
    person = queries.person_of(actor)
    if request.method == "POST" and person:
        actions.choose_messages(person, actor=actor, accepts="accepts" in request.POST)
        messages.success(request, _("已记下您的选择。"))
        return redirect("portal_me")
    phone = mask_phone(person.phone) if person and person.phone else ""
    memberships = queries.memberships_of(person) if person else []
    member = queries.current_membership(person) if person else None
    context = {
        "person": person,
        "phone": phone,
        "memberships": memberships,
        "asked": own_facts(member) if member else [],
    }
    return render(request, "portal/me.html", context)
