"""What a worker types at the door."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.kinds import PaperKind
from niangjia.kernel.errors import Invalid
from niangjia.kernel.logins import DIGITS
from niangjia.organisation.phones import check_phone


class Photos(forms.ClearableFileInput):
    """Several photos at once, straight from the camera, made smaller on the phone."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*,.pdf", "multiple": True, "data-shrink": True})


class PhotosField(forms.FileField):
    """Cleans to the list of uploads; what each may be is the files' own business."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Photos(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not uploads:
            raise forms.ValidationError(_("请先拍照或选择文件。"))
        return [super(PhotosField, self).clean(upload, initial) for upload in uploads]


class PhotosForm(forms.Form):
    """What goes with an application, a field per kind of paper; all may follow later."""

    identity = PhotosField(label=_("身份证正反面"), required=False)
    income = PhotosField(label=_("收入证明或工资条"), required=False)
    medical = PhotosField(label=_("病历或医疗费单据"), required=False, help_text=_("家里没有病人可以不传。"))
    school = PhotosField(label=_("学费单据或录取通知"), required=False)


class PaperForm(forms.Form):
    """One more paper for a matter under way."""

    kind = forms.ChoiceField(
        label=_("是什么材料"),
        choices=[
            ("", _("请选择")),
            *(choice for choice in PaperKind.choices if choice[0] != PaperKind.VISIT),
        ],
    )
    uploads = PhotosField(label=_("照片或文件"))


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
