"""What may change about an employer, from which day, and why."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.organisation import queries
from niangjia.organisation.forms.fields import (
    ActionForm,
    PhoneField,
    RowField,
    not_later_than_today,
    places,
)
from niangjia.organisation.kinds import EmployerKind, Industry
from niangjia.organisation.models import Employer, EmployerPeriod

NO_EMPLOYER = _("没有这个单位，或您的岗位看不到它。请输入统一社会信用代码。")


class ReasonedForm(ActionForm):
    """`row` is the employer."""

    from_on = forms.DateField(label=_("变更日期"))
    reason = forms.CharField(label=_("变更事由"), min_length=2, max_length=200)

    def clean_from_on(self) -> date:
        return not_later_than_today(self.cleaned_data["from_on"])


class ChangeEmployerForm(ReasonedForm):
    name = forms.CharField(label=_("单位名称"), min_length=2, max_length=120, required=False)
    region = places(_("所在区划"), required=False)
    industry = forms.ChoiceField(label=_("行业"), choices=Industry.choices, required=False)
    kind = forms.ChoiceField(label=_("单位性质"), choices=EmployerKind.choices, required=False)
    head = forms.CharField(label=_("负责人"), max_length=50, required=False)
    staff_count = forms.IntegerField(label=_("职工人数"), min_value=0, max_value=5_000_000, required=False)

    def clean(self) -> dict[str, Any]:
        """What was left empty stays as it is."""
        for name in EmployerPeriod.FACTS:
            if name in self.fields and self.cleaned_data.get(name) in (None, ""):
                self.cleaned_data[name] = getattr(self.row, name)
        return self.cleaned_data


class CloseEmployerForm(ReasonedForm):
    def clean(self) -> dict[str, Any]:
        if not self.row.is_operating:
            raise forms.ValidationError(_("“%s”已登记为停业、注销。") % self.row.name)
        return self.cleaned_data | {"is_operating": False}


class ReopenEmployerForm(ReasonedForm):
    def clean(self) -> dict[str, Any]:
        if self.row.is_operating:
            raise forms.ValidationError(_("“%s”正在正常经营，不用恢复。") % self.row.name)
        if self.row.successor_id:
            raise forms.ValidationError(_("“%s”已并入其他单位，不能恢复。请在承继单位登记。") % self.row.name)
        return self.cleaned_data | {"is_operating": True}


class MergeEmployerForm(CloseEmployerForm):
    successor = RowField(
        Employer.objects.none(),
        label=_("承继单位"),
        to_field_name="uscc",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_EMPLOYER},
    )
    field_order = ["successor", "from_on", "reason"]

    def limit_choices(self) -> None:
        self.choose_among("successor", queries.employers_visible_to(self.actor))

    def clean_successor(self) -> Employer:
        successor: Employer = self.cleaned_data["successor"]
        if successor.pk == self.row.pk:
            raise forms.ValidationError(_("不能并入自己，请另选承继单位。"))
        if not successor.is_operating:
            raise forms.ValidationError(_("“%s”已停业、注销，请选正常经营的承继单位。") % successor.name)
        return successor


class ContactForm(ActionForm):
    contact = forms.CharField(label=_("联系人"), max_length=50, required=False)
    contact_phone = PhoneField(label=_("联系电话"), required=False)
