"""What pages and API accept about spot checks."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.plans.forms import FileForm, text
from niangjia.assistance.spot_checks import queries
from niangjia.assistance.spot_checks.kinds import Discrepancy, Result
from niangjia.kernel.workflow import RemarkForm
from niangjia.organisation import queries as organisation
from niangjia.organisation.building.forms import choice, day
from niangjia.organisation.forms import RowField
from niangjia.organisation.forms.fields import not_later_than_today, unions


class DrawForm(RemarkForm):
    """抽取."""

    district = unions(_("被抽查的工会"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["district"]
        assert isinstance(field, RowField)
        field.help_text = _("填工会编号。由它的上一级工会抽查；比例按本地区的参数，抽中哪些由系统随机决定。")
        field.queryset = organisation.unions_visible_to(self.actor).filter(
            parent__isnull=False, dissolved_on=None
        )


class ResultForm(FileForm):
    """登记抽查结果: one drawn file."""

    remark = None  # type: ignore[assignment]
    result = choice(_("抽查结果"), Result.choices)
    discrepancy = forms.ChoiceField(
        label=_("不符之处"),
        choices=[("", _("没有")), *Discrepancy.choices],
        required=False,
        help_text=_("与档案不符的必选，选最要紧的一项，其他写在核实情况里。"),
    )
    checked_on = day(_("核实日期"))
    findings = text(
        _("核实情况"), rows=4, minimum=6, help_text=_("怎样核实的、看到什么；不符的写清差在哪里。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        assert isinstance(field, RowField)
        field.error_messages["invalid_choice"] = _("这份档案没有被抽中。请填抽中名单里的档案编号。")
        if self.row is not None:
            field.queryset = queries.sampled_visible_to(self.actor, self.row)

    def clean_checked_on(self) -> date:
        checked_on = not_later_than_today(self.cleaned_data["checked_on"])
        if self.row is not None and checked_on < self.row.drawn_on:
            raise forms.ValidationError(_("核实日期不能早于抽取日期，请改正。"))
        return checked_on

    def clean(self) -> dict[str, Any]:
        result, discrepancy = (self.cleaned_data.get(name) for name in ("result", "discrepancy"))
        if result == Result.DISCREPANT and not discrepancy:
            self.add_error("discrepancy", _("请选哪里不符。"))
        if result == Result.CONSISTENT and discrepancy:
            self.add_error("discrepancy", _("结果是“与档案一致”，这里请选“没有”。"))
        return self.cleaned_data
