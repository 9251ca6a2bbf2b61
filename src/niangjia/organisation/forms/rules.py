"""Parameters, and regions that the national list does not have."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid
from niangjia.organisation import parameters
from niangjia.organisation.forms.fields import ActionForm, places
from niangjia.organisation.kinds import Evidence


class ParameterForm(ActionForm):
    name = forms.ChoiceField(label=_("参数"))
    region = places(_("适用区划"), required=False)
    value = forms.CharField(label=_("数值"))
    valid_from = forms.DateField(label=_("生效日期"))
    source = forms.CharField(label=_("依据"), min_length=2, max_length=200)
    evidence = forms.ChoiceField(label=_("依据类别"), choices=Evidence.choices)

    def limit_choices(self) -> None:
        name = self.fields["name"]
        assert isinstance(name, forms.ChoiceField)
        name.choices = [(known.name, known.label) for known in parameters.PARAMETERS.values()]

    def clean(self) -> dict[str, Any]:
        if "name" in self.cleaned_data and "value" in self.cleaned_data:
            parameter = parameters.declared(self.cleaned_data["name"])
            try:
                self.cleaned_data["value"] = parameter.read(self.cleaned_data["value"])
            except Invalid as error:
                self.add_error("value", str(error))
        return self.cleaned_data


class RegionForm(ActionForm):
    code = forms.CharField(
        label=_("区划代码"),
        validators=[RegexValidator(r"^99\d{10}$", _("自定区划的代码是 99 开头的 12 位数字，请改正。"))],
    )
    name = forms.CharField(label=_("名称"), min_length=2, max_length=60)
    parent = places(_("上级区划"))
