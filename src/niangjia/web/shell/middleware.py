"""Closed by default: every page asks who you are, unless its view is marked `login_not_required`."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed
from niangjia.web.shell import refusals
from niangjia.web.shell.identity import actor_of, came_by_phone, must_add_second_factor

PORTAL_PREFIX = "/m/"
NEEDS_SECOND_FACTOR = _("您的岗位须启用第二因素。请先在网页上登录并完成设置，再使用接口。")
STAFF_ONLY = _("您是用手机验证码登录的，密码和第二因素须用登录名登录后设置。请先退出，再从工作人员入口登录。")
# Pages about passwords, authenticators and passkeys.
KEYS = ("account_", "mfa_")
# Pages that stay open while a second factor is being set up.
SETTING_UP = ("account_", "mfa_", "set_language", "type_size")


class ActorRequest(HttpRequest):
    """What views receive: `actor` is None only where a view is marked `login_not_required`."""

    actor: Actor | None


class ActorMiddleware:
    """Sets `request.actor` and sends strangers to the right door: workers to theirs, staff to theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        is_personal = request.actor is not None or refusals.is_api(request)  # type: ignore[attr-defined]
        if is_personal and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        actor = request.actor = actor_of(request)  # type: ignore[attr-defined]
        if actor is None:
            # The API answers strangers itself, with 401.
            is_open = not getattr(view, "login_required", True) or refusals.is_api(request)
            return None if is_open else to_the_door(request)
        if came_by_phone(request) and _is_for_staff(request):
            return refusals.answer(request, NotAllowed(STAFF_ONLY))
        if _is_setting_up(request) or not must_add_second_factor(actor):
            return None
        if refusals.is_api(request):
            return refusals.answer(request, NotAllowed(NEEDS_SECOND_FACTOR))
        return _go(request, reverse("mfa_index"))


def to_the_door(request: HttpRequest) -> HttpResponse:
    """To the login that fits the page, and back to the page afterwards."""
    door = reverse("portal_login" if request.path.startswith(PORTAL_PREFIX) else "account_login")
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(door)
    return redirect_to_login(request.get_full_path(), door)


def _is_setting_up(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.url_name and match.url_name.startswith(SETTING_UP))


def _is_for_staff(request: HttpRequest) -> bool:
    """A phone code must not become a password or a passkey, by which its owner's posts would open."""
    match = request.resolver_match
    return bool(
        match and match.url_name and match.url_name.startswith(KEYS) and match.url_name != "account_logout"
    )


def _go(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if getattr(request, "htmx", False) else redirect(url)
