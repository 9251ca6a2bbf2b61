"""What a worker types at the door."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid
from niangjia.kernel.logins import DIGITS
from niangjia.membership.phones import check_phone


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("手机号"),
        help_text=_("填写您在工会登记的手机号。"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("请填写手机号。")},
    )

    def clean_phone(self) -> str:
        try:
            return check_phone(self.cleaned_data["phone"])
        except Invalid as error:
            raise forms.ValidationError(str(error)) from None


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("短信验证码"),
        help_text=_("6 位数字，5 分钟内有效。"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("请填写短信里的 6 位验证码。")},
    )

    def clean_code(self) -> Any:
        digits = re.sub(r"\s", "", self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits):
            raise forms.ValidationError(_("验证码是 6 位数字，请按短信填写。"))
        return digits
