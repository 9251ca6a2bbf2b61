"""What pages, phones and workbooks answer about a visit, in the order of the printed form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.visits.kinds import BELONGINGS, NO_BELONGINGS, Conclusion, Housing, Way
from niangjia.kernel import clock
from niangjia.kernel.money import MoneyFormField
from niangjia.kernel.workflow import RemarkForm


def _choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """Nothing is chosen beforehand: what was seen is said, not left standing."""
    return forms.ChoiceField(label=label, choices=[("", _("请选择")), *choices], **kwargs)


class VisitForm(RemarkForm):
    """入户核查记录."""

    visited_on = forms.DateField(
        label=_("入户日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    companion = forms.CharField(label=_("同行人"), max_length=50, help_text=_("入户须两人同行。"))
    household_size = forms.IntegerField(label=_("核实的共同生活人数"), min_value=1, max_value=30)
    yearly_income_amount = MoneyFormField(label=_("核实的家庭年收入"), min_value=0)
    housing = _choice(_("住房情况"), Housing.choices)
    has_spare_home = forms.BooleanField(label=BELONGINGS["has_spare_home"], required=False)
    has_vehicle = forms.BooleanField(label=BELONGINGS["has_vehicle"], required=False)
    has_business = forms.BooleanField(label=BELONGINGS["has_business"], required=False)
    has_large_savings = forms.BooleanField(label=BELONGINGS["has_large_savings"], required=False)
    has_none = forms.BooleanField(
        label=_("以上财产均无"), required=False, help_text=_("主要财产要么逐项勾选，要么勾“均无”。")
    )
    findings = forms.CharField(
        label=_("核查情况"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"min_length": _("请再多写几句，至少 10 个字：看到了什么、和谁谈的。")},
    )
    conclusion = _choice(_("核查结论"), Conclusion.choices)
    came_by = forms.ChoiceField(
        label=_("记录方式"),
        choices=Way.choices,
        required=False,
        initial=Way.ONLINE,
        help_text=_("照纸质核查表录入的，请选“照纸质表录入”。"),
    )
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_visited_on(self) -> Any:
        day = self.cleaned_data["visited_on"]
        if day > clock.today():
            raise forms.ValidationError(_("入户日期不能晚于今天。"))
        if self.row is not None and day < self.row.applied_on:
            raise forms.ValidationError(_("入户日期不能早于申请日期。"))
        return day

    def clean_came_by(self) -> Any:
        return self.cleaned_data["came_by"] or Way.ONLINE

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        has_any = any(cleaned.get(name) for name in BELONGINGS)
        has_none = cleaned.pop("has_none", False)
        if has_any and has_none:
            self.add_error("has_none", _("“%s”和已勾选的财产矛盾，请去掉其中一边。") % NO_BELONGINGS)
        if not has_any and not has_none:
            self.add_error("has_none", _("请勾选看到的主要财产；都没有的，勾“均无”。"))
        return cleaned


class AddVisitForm(VisitForm):
    """补充入户核查: a second record beside the one that moved the file on."""
