"""What pages and API accept about pairing."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.pairing.kinds import Manner
from niangjia.assistance.plans.forms import FileForm, text
from niangjia.kernel.workflow import RemarkForm
from niangjia.organisation.building.forms import choice, day
from niangjia.organisation.forms.fields import not_later_than_today, users

OFFICE = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?|1\d{2}|12351")
MOBILE = re.compile(r"1[3-9]\d{9}")


class OfficePhoneField(forms.CharField):
    """The worker reads it: a line of the office, never a colleague's own phone."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value).replace(" ", "")
        if MOBILE.fullmatch(text):
            raise forms.ValidationError(_("请填办公电话，不填个人手机：这个号码会给结对家庭看到。"))
        if not OFFICE.fullmatch(text):
            raise forms.ValidationError(_("办公电话写作“区号-号码”，例如 0599-8123456，可加分机。"))
        return text


def cadre_field(label: Any) -> Any:
    field = users(label)
    field.help_text = _("填同事的登录名。同事要有“挂钩领导”或“结对干部”岗位。")
    return field


class PairForm(FileForm):
    """结对."""

    cadre = cadre_field(_("结对人"))
    office_phone = OfficePhoneField(label=_("办公电话"), max_length=20)


class HandOverForm(RemarkForm):
    """交接."""

    cadre = cadre_field(_("接手的同事"))
    office_phone = OfficePhoneField(label=_("办公电话"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            self.initial.setdefault("office_phone", self.row.office_phone)

    def clean_cadre(self) -> Any:
        cadre = self.cleaned_data["cadre"]
        if self.row is not None and cadre.pk == self.row.cadre_id:
            raise forms.ValidationError(_("这一户现在就由这位同事结对，请选另一位。"))
        return cadre


class PairVisitForm(RemarkForm):
    """看望记录."""

    visited_on = day(_("看望日期"))
    manner = choice(_("方式"), Manner.choices)
    discussed = text(_("谈了什么"), rows=4, minimum=6)
    next_steps = text(_("下一步"), minimum=0, required=False, help_text=_("答应了什么、要去办什么。"))

    def clean_visited_on(self) -> date:
        visited_on = not_later_than_today(self.cleaned_data["visited_on"])
        if self.row is not None and visited_on < self.row.paired_on:
            raise forms.ValidationError(_("看望日期不能早于结对日期，请改正。"))
        return visited_on
