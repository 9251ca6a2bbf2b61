"""申请入会 on the phone: at a union's door, or without any union. Known people need not say who they are."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from niangjia.kernel.errors import Invalid
from niangjia.kernel.workflow import Opening
from niangjia.membership import queries
from niangjia.membership.queries import cases
from niangjia.membership.workflow.applications import apply, apply_to_pool, arrive
from niangjia.web.portal import newcomers
from niangjia.web.portal.login import sign_in
from niangjia.web.shell.acts import do_once
from niangjia.web.shell.limits import spend_as, spend_identity_check
from niangjia.web.shell.middleware import ActorRequest, to_the_door

MOST_TRIES = 10


@login_not_required
def join_union(request: ActorRequest, number: str) -> HttpResponse:
    return _join(request, apply, cases.union_to_join(number))


@login_not_required
def join_pool(request: ActorRequest) -> HttpResponse:
    return _join(request, apply_to_pool, None)


def _join(request: ActorRequest, opening: Opening, union: Any) -> HttpResponse:
    phone = "" if request.actor else newcomers.phone_of(request)
    if request.actor is None and not phone:
        return to_the_door(request)
    person = queries.person_of(request.actor) if request.actor else None
    if person and (there := _already(request, person, union)):
        return there
    form, status = _form(request, opening, union), 200
    if request.method == "POST":
        try:
            return _send(request, opening, union, phone)
        except Invalid as problem:
            if phone and (known := queries.person_by_phone(phone)):
                # Sent twice: the first brought them into the register.
                sign_in(request, known)
                return redirect("portal_membership")
            form, status = _form(request, opening, union, problem), 422
    context = {"form": form, "union": union, "key": request.POST.get("key") or uuid.uuid4()}
    return render(request, "portal/join.html", context, status=status)


def _already(request: ActorRequest, person: Any, union: Any) -> HttpResponse | None:
    """Who is a member or waits to be one is shown that; a member may move to the union at whose door they are."""
    if running := cases.running_application(person):
        messages.info(request, _("您已有一份入会申请正在办理，进度如下。"))
        return redirect("portal_case", "membership-application", running.public_id)
    if member := queries.current_membership(person):
        context = {"member": member, "union": union if union and union.pk != member.unit_id else None}
        return render(request, "portal/join_member.html", context)
    return None


def _form(request: ActorRequest, opening: Opening, union: Any, problem: Invalid | None = None) -> Any:
    data = _data(request, opening, union) if problem else None
    form = opening.form(data, actor=request.actor)
    if problem and form.is_valid():
        form.add_error(None, str(problem))
    form.fields.pop("unit", None)
    return form


def _data(request: ActorRequest, opening: Opening, union: Any) -> dict[str, Any]:
    given = {name: request.POST[name] for name in opening.form.base_fields if name in request.POST}
    return given | ({"unit": union.number} if union else {})


def _send(request: ActorRequest, opening: Opening, union: Any, phone: str) -> HttpResponse:
    data = _data(request, opening, union)
    actor = request.actor
    if actor is None:
        spend_as(phone, "joining", MOST_TRIES)
        with transaction.atomic():
            row = arrive(opening, phone=phone, **data)
            sign_in(request, row.person)
        public_id, number = str(row.public_id), row.number
    else:
        spend_identity_check(actor)

        def run() -> dict[str, Any]:
            row = opening(actor=actor, **data)
            return {"public_id": str(row.public_id), "number": row.number}

        done = do_once(request, run)
        public_id, number = done["public_id"], done["number"]
    messages.success(request, _("申请已提交，编号%s。") % number, extra_tags="join")
    return redirect("portal_case", "membership-application", public_id)
