"""How allauth behaves here: no sign-up, our own words, sealed secrets, a clean browser after logout."""

import base64
from io import BytesIO
from typing import Any, cast

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.views import LogoutView, PasswordChangeView
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Refused
from niangjia.kernel.fields import envelope
from niangjia.kernel.users import User, account

# Bound into every sealed secret, so that it opens nowhere else.
PLACE = b"mfa_authenticator.data"
# Half of the key to a visitor's phone, and the only pages that get it.
FIELD_KEY, FIELD_PATH = "field_key", "/field/"


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        """Who a session belongs to: asked on every request."""
        user = account(user_id)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("这个账号已停用。请联系本单位管理员。"),
        "enter_current_password": _("当前密码不对，请重新输入。"),
        "incorrect_code": _("验证码不对。请核对身份验证器上显示的最新 6 位数字；手机时间不准也会这样。"),
        "incorrect_password": _("密码不对，请重新输入。"),
        "too_many_login_attempts": _("连续输错次数太多，已暂停登录。请 5 分钟后再试，或联系管理员重设密码。"),
        "username_password_mismatch": _("登录名或密码不对。请检查大小写；忘记密码请联系本单位管理员重设。"),
        "rate_limited": _("操作太频繁，请稍等片刻再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts of staff are opened by administrators, those of workers by their union."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("您的岗位须启用第二因素，不能停用最后一种方式。"),
        "cannot_generate_recovery_codes": _("请先启用身份验证器或通行密钥，再生成恢复码。"),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def build_totp_svg(self, url: str) -> str:
        picture = BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", xmldecl=False, border=2, dark="#25211d")
        return picture.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return base64.b64encode(envelope.seal(text, PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return envelope.unseal(base64.b64decode(encrypted_text), PLACE)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        count = user.authenticator_set.filter(type=type).count()  # type: ignore[attr-defined]
        return gettext("我的通行密钥 %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": gettext("娘家")}


def password_change(request: HttpRequest) -> HttpResponse:
    """Only for accounts that have one: the page that would set a first password is not open here."""
    if not cast(AbstractBaseUser, request.user).has_usable_password():
        raise Refused(gettext("这个账号没有设密码。需要用密码登录，请联系本单位管理员。"))
    response: HttpResponse = PasswordChangeView.as_view()(request)
    return response


@login_not_required
def logout(request: HttpRequest) -> HttpResponse:
    """Asks on GET; on POST also tells the browser to forget drafts and pages kept for off-line reading."""
    response: HttpResponse = LogoutView.as_view()(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        # Half of the key to what the phone keeps of home visits: what lies there cannot be read any more.
        response.delete_cookie(FIELD_KEY, path=FIELD_PATH, samesite="Strict")
    return response
