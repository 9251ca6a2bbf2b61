"""A worker signs in: phone, then the code sent to it. Whether a phone is known is never told.

The session carries the code's number and the masked phone only. Whoever comes to join may be unknown: their phone
travels sealed until the application is sent, and no longer than half an hour.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from niangjia.kernel import logins
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Refused
from niangjia.kernel.fields import mask_phone
from niangjia.kernel.messages import MessageTemplate, send
from niangjia.membership import actions, queries
from niangjia.web.portal import newcomers
from niangjia.web.portal.forms import CodeForm, PhoneForm
from niangjia.web.shell.identity import DOOR, PHONE
from niangjia.web.shell.middleware import PORTAL_PREFIX

PENDING = "login_code"
# Beneath this address people apply for membership, known or not.
JOIN_PREFIX = f"{PORTAL_PREFIX}join/"
LOGIN_CODE = MessageTemplate(
    name="login-code",
    label=gettext_lazy("登录验证码"),
    body=gettext_lazy(
        "您的登录验证码是 {code}，{minutes} 分钟内有效。工会不会向您索要验证码，请勿告诉他人。"
    ),
    purpose="login",
    essential=True,
    secret=True,
    valid=logins.VALID_FOR,
)


@login_not_required
@never_cache
@sensitive_post_parameters("phone")
def ask_phone(request: HttpRequest) -> HttpResponse:
    form = PhoneForm(request.POST or None)
    answer, status = _answered(request, form, lambda: _send_code(request, form.cleaned_data["phone"]))
    there = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "next": there}
    return answer or render(request, "portal/login_phone.html", context, status=status)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def ask_code(request: HttpRequest) -> HttpResponse:
    pending = request.session.get(PENDING)
    if not pending:
        return redirect("portal_login")
    form = CodeForm(request.POST or None)
    answer, status = _answered(request, form, lambda: _let_in(request, pending, form.cleaned_data["code"]))
    context = {"form": form, "phone": pending["phone"]}
    return answer or render(request, "portal/login_code.html", context, status=status)


def _answered(
    request: HttpRequest, form: Form, act: Callable[[], HttpResponse]
) -> tuple[HttpResponse | None, int]:
    """The response of a form that held, else None and the status with which to show the form again."""
    if request.method != "POST":
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        return act(), 200
    except Refused as refusal:
        form.add_error(next(iter(form.fields)), str(refusal))
        return None, refusal.status


def _send_code(request: HttpRequest, phone: str) -> HttpResponse:
    person = queries.person_by_phone(phone)
    address = get_adapter().get_client_ip(request)
    there = request.POST.get("next", "")
    joins = there.startswith(JOIN_PREFIX)
    code_id, digits = logins.issue(
        phone=phone, address=address, subject_id=person.pk if person else None, for_newcomers=joins
    )
    if person is not None or joins:
        minutes = int(logins.VALID_FOR.total_seconds() // 60)
        send(phone, LOGIN_CODE, actor=CLOCK, language=get_language() or "", code=digits, minutes=minutes)
    pending = {"code": code_id, "phone": mask_phone(phone), "next": there}
    request.session[PENDING] = pending | ({"sealed": newcomers.sealed(phone)} if joins else {})
    return redirect("portal_login_code")


def _let_in(request: HttpRequest, pending: dict[str, Any], digits: str) -> HttpResponse:
    subject = logins.redeem(pending["code"], digits)
    if subject is None:
        request.session.flush()
        newcomers.let_in(request, pending["sealed"])
        return redirect(pending["next"])
    person = queries.person_signing_in(subject)
    if person is None:
        raise Refused(_("登录信息已变化。请返回上一步，重新获取验证码。"))
    sign_in(request, person)
    return redirect(pending["next"] if _is_ours(request, pending["next"]) else "home")


def sign_in(request: HttpRequest, person: Any) -> None:
    """Into a fresh session: nothing that was known before the login counts after it."""
    user = actions.open_account(person, actor=CLOCK)
    if not user.is_active:
        raise Refused(_("这个账号已停用。请联系您所在单位的工会。"))
    request.session.flush()
    login(request, user)
    request.session[DOOR] = PHONE


def _is_ours(request: HttpRequest, there: str) -> bool:
    is_safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return is_safe and there.startswith(PORTAL_PREFIX)
