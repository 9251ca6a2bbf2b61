"""The front door: strangers see the public front, workers their portal, staff their inbox."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from niangjia.web.shell import navigation
from niangjia.web.shell.context import LARGE, TYPE_COOKIE
from niangjia.web.shell.identity import came_by_phone
from niangjia.web.shell.middleware import ActorRequest

A_YEAR = 365 * 24 * 3600


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    actor = cast(ActorRequest, request).actor
    if actor is None:
        return render(request, "web/front.html")
    if came_by_phone(request):
        return redirect(navigation.address("portal_home") or "portal_login")
    pages = navigation.workbench(request, actor)
    return redirect(pages[0].url) if pages else render(request, "web/no_post.html")


@login_not_required
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Big type on or off, remembered in a cookie of its own: no account needed, no data about anybody."""
    there = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        there = "/"
    response = HttpResponseRedirect(there)
    if request.COOKIES.get(TYPE_COOKIE) == LARGE:
        response.delete_cookie(TYPE_COOKIE)
    else:
        response.set_cookie(
            TYPE_COOKIE, LARGE, max_age=A_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    return response


@login_not_required
def style(request: HttpRequest, house: str = "workbench") -> HttpResponse:
    """Every component with plausible content, to be looked at; for makers, so not on a production site."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    from niangjia.web.shell import style as samples

    return render(request, f"web/style/{house}.html", samples.context(request, house))
