"""我: who I am signed in as, how large the type is, which language, and the way out."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.kernel.fields import mask_phone
from niangjia.membership import queries
from niangjia.web.shell.middleware import ActorRequest


def me(request: HttpRequest) -> HttpResponse:
    actor = cast(ActorRequest, request).actor
    assert actor is not None
    person = queries.person_of(actor)
    phone = mask_phone(person.phone) if person and person.phone else ""
    return render(request, "portal/me.html", {"person": person, "phone": phone})
