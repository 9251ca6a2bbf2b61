"""我的授权: what I agreed to, when and how, what it means, taking it back, and to whom my data went."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from niangjia.assistance.provisions import queries as provisions
from niangjia.kernel.errors import Missing
from niangjia.membership.consents import actions, queries
from niangjia.membership.consents.purposes import purpose_named
from niangjia.membership.queries import person_of
from niangjia.web.shell.middleware import ActorRequest


@require_safe
def consents(request: ActorRequest) -> HttpResponse:
    person = _person(request)
    context = {"answers": queries.answers(person), "provided": provisions.about(person)}
    return render(request, "portal/consents.html", context)


@require_POST
def consent_give(request: ActorRequest, name: str) -> HttpResponse:
    purpose = purpose_named(name)
    actions.give(_person(request), purpose, actor=_actor(request))
    messages.success(request, _("已同意“%s”。") % purpose.label)
    return redirect("portal_consents")


@require_POST
def consent_withdraw(request: ActorRequest, name: str) -> HttpResponse:
    purpose = purpose_named(name)
    actions.withdraw(_person(request), purpose, actor=_actor(request))
    messages.success(request, _("已撤回“%s”。") % purpose.label)
    return redirect("portal_consents")


def _person(request: ActorRequest) -> Any:
    person = person_of(_actor(request))
    if person is None:
        raise Missing(_("您的账号没有对应的职工登记，请先到所属工会登记。"))
    return person


def _actor(request: ActorRequest) -> Any:
    return request.actor
