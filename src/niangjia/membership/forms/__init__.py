"""What pages and API accept about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.membership import identity
from niangjia.membership.models import HouseholdMembership
from niangjia.organisation.forms import NO_UNION, PhoneField, RowField
from niangjia.organisation.models import Employer, UnionBody

NO_EMPLOYER = _("没有登记过这个单位。请从列表中选择，或先登记单位。")


class IdNumberField(forms.CharField):
    """Cleans to an `IdentityNumber`: what the number says about birth, sex and region comes with it."""

    default_error_messages = {"required": _("请填写证件号码，共 18 位。")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("证件号码"))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "maxlength": 24})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return identity.parse(text)
        except Invalid as problem:
            raise forms.ValidationError(str(problem)) from None


class EnrolForm(forms.Form):
    """入会: a person, new or already known by their ID number, joins a union."""

    name = forms.CharField(label=_("姓名"), max_length=50)
    id_number = IdNumberField()
    phone = PhoneField(required=False)
    unit = RowField(
        UnionBody.objects.filter(dissolved_on=None),
        label=_("所属工会"),
        to_field_name="number",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_UNION},
    )
    employer = RowField(
        Employer.objects.all(),
        label=_("工作单位"),
        required=False,
        to_field_name="uscc",
        widget=forms.TextInput,
        help_text=_("没有单位的职工可以不填。"),
        error_messages={"invalid_choice": NO_EMPLOYER},
    )
    joined_on = forms.DateField(
        label=_("入会日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def clean_joined_on(self) -> Any:
        if self.cleaned_data["joined_on"] > clock.today():
            raise forms.ValidationError(_("入会日期不能晚于今天，请改正。"))
        return self.cleaned_data["joined_on"]


class HouseholdMemberForm(forms.Form):
    """One more person in a household."""

    name = forms.CharField(label=_("姓名"), max_length=50)
    id_number = IdNumberField()
    relation = forms.ChoiceField(
        label=_("与户主关系"),
        choices=[choice for choice in HouseholdMembership.Relation.choices if choice[0] != "head"],
    )


class CorrectPersonForm(forms.Form):
    """更正: name and phone may be corrected; an ID number only by a new registration."""

    name = forms.CharField(label=_("姓名"), max_length=50)
    phone = PhoneField(required=False)


class HouseholdForm(forms.Form):
    """A household is opened around a person who has none."""

    address = forms.CharField(label=_("住址"), max_length=200, required=False)
