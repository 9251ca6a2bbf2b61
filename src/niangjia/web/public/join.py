"""扫码入会: the door that a union's code opens. It says which union this is; everything else comes after the login."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.membership.queries import cases


@login_not_required
@require_safe
def join(request: HttpRequest, number: str) -> HttpResponse:
    return render(request, "public/join.html", {"union": cases.union_to_join(number)})


@login_not_required
@require_safe
def join_anywhere(request: HttpRequest) -> HttpResponse:
    return render(request, "public/join.html", {"union": None})
