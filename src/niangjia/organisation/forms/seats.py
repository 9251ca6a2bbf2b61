"""Taking and leaving a seat, the same in every body."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.organisation.forms.fields import ActionForm, PhoneField, account, not_later_than_today
from niangjia.organisation.kinds import SeatEnd


class SeatForm(ActionForm):
    name = forms.CharField(label=_("姓名"), min_length=2, max_length=50)
    from_on = forms.DateField(label=_("任职起"))
    phone = PhoneField(required=False, help_text=_("加密保存，可不填。"))
    user = account(_("账号"))

    def clean_from_on(self) -> date:
        return not_later_than_today(self.cleaned_data["from_on"])


class EndSeatForm(ActionForm):
    until_on = forms.DateField(label=_("任职止"))
    end_reason = forms.ChoiceField(label=_("离任原因"), choices=SeatEnd.choices)
    remark = forms.CharField(label=_("说明"), max_length=500, required=False)

    def clean_until_on(self) -> date:
        day = not_later_than_today(self.cleaned_data["until_on"])
        if day < self.row.from_on:
            raise forms.ValidationError(_("任职止不能早于任职起（%s），请改正。") % self.row.from_on)
        return day

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("end_reason") == SeatEnd.OTHER and not self.cleaned_data.get("remark"):
            self.add_error("remark", _("请说明原因。"))
        return self.cleaned_data


class CorrectPhoneForm(ActionForm):
    phone = PhoneField(required=False)
