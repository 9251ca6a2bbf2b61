"""What a second system sends when it read a code."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    code = forms.CharField(
        label=_("会员码"), max_length=400, help_text=_("扫到的网址，或网址末尾的那一段。一分钟内有效。")
    )
