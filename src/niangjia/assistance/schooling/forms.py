"""What pages and API accept about a child who left school."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.plans.forms import text
from niangjia.assistance.schooling.kinds import Answer, EndReason, Grade, SupportKind
from niangjia.kernel import clock
from niangjia.kernel.money import MoneyFormField
from niangjia.kernel.workflow import RemarkForm
from niangjia.membership.forms import IdNumberField
from niangjia.organisation.building.forms import choice, day
from niangjia.organisation.forms.fields import not_later_than_today

GROWN_AT = 18


class FindForm(RemarkForm):
    """登记辍学学生."""

    id_number = IdNumberField(label=_("监护人证件号码"))
    child = forms.CharField(
        label=_("学生姓名"), max_length=50, help_text=_("与监护人同一家庭、已登记的未成年人。")
    )
    school = forms.CharField(label=_("学校"), min_length=2, max_length=60)
    grade = choice(_("年级"), Grade.choices)
    left_on = day(_("离校日期"))
    circumstances = text(_("离校情况"), minimum=6)

    def clean_left_on(self) -> date:
        return not_later_than_today(self.cleaned_data["left_on"])


class PersuadeForm(RemarkForm):
    """登记走访."""

    visited_on = day(_("走访日期"))
    team = forms.CharField(
        label=_("劝学小分队"), min_length=2, max_length=100, help_text=_("同去的人，例如老师、村干部、邻居。")
    )
    answer = choice(_("结果"), Answer.choices)
    said = text(_("走访情况"), minimum=6)
    consented_on = day(
        _("监护人同意日期"), required=False, help_text=_("监护人签了同意书的填；复学前必须有。")
    )
    consent_paper = forms.CharField(label=_("同意书存放处"), required=False, max_length=60)

    def clean_visited_on(self) -> date:
        visited_on = not_later_than_today(self.cleaned_data["visited_on"])
        if self.row is not None and visited_on < self.row.left_on:
            raise forms.ValidationError(_("走访日期不能早于离校日期，请改正。"))
        return visited_on

    def clean(self) -> dict[str, Any]:
        consented_on, paper = (self.cleaned_data.get(name) for name in ("consented_on", "consent_paper"))
        if consented_on and consented_on > clock.today():
            self.add_error("consented_on", _("日期不能晚于今天，请改正。"))
        if consented_on and not paper:
            self.add_error("consent_paper", _("请写明监护人签字的同意书放在哪里。"))
        if paper and not consented_on and "consented_on" not in self.errors:
            self.add_error("consented_on", _("请填监护人签同意书的日期。"))
        return self.cleaned_data


class ReturnForm(RemarkForm):
    """登记复学."""

    returned_on = day(_("复学日期"))
    school = forms.CharField(label=_("学校"), min_length=2, max_length=60)
    grade = choice(_("年级"), Grade.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            self.initial.setdefault("school", self.row.school)
            self.initial.setdefault("grade", self.row.grade)

    def clean_returned_on(self) -> date:
        returned_on = not_later_than_today(self.cleaned_data["returned_on"])
        if self.row is not None and returned_on < self.row.left_on:
            raise forms.ValidationError(_("复学日期不能早于离校日期，请改正。"))
        return returned_on


class DropOutAgainForm(RemarkForm):
    """再次离校."""

    left_on = day(_("离校日期"))
    circumstances = text(_("离校情况"), minimum=6)

    def clean_left_on(self) -> date:
        left_on = not_later_than_today(self.cleaned_data["left_on"])
        if self.row is not None and self.row.returned_on and left_on < self.row.returned_on:
            raise forms.ValidationError(_("离校日期不能早于上次复学日期，请改正。"))
        return left_on


class SupportForm(RemarkForm):
    """专项帮扶."""

    kind = choice(_("帮扶类别"), SupportKind.choices)
    amount = MoneyFormField(label=_("金额"), help_text=_("单位：元。"))
    source = forms.CharField(label=_("资金来源"), min_length=2, max_length=60)
    from_on = day(_("开始日期"))
    until_on = day(_("截止日期"))

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(_("金额要大于零，请改正。"))
        return amount

    def clean(self) -> dict[str, Any]:
        first, last = (self.cleaned_data.get(name) for name in ("from_on", "until_on"))
        if first and last and last < first:
            self.add_error("until_on", _("截止日期不能早于开始日期，请改正。"))
        return self.cleaned_data


class FollowUpForm(RemarkForm):
    """回访."""

    is_at_school = forms.BooleanField(
        label=_("已向学校核实，学生在校"),
        error_messages={"required": _("学生不在校的，请办理“再次离校”，不能办结。")},
    )
    remark = text(_("回访情况"))


class EndForm(RemarkForm):
    """终止."""

    reason = choice(_("终止原因"), EndReason.choices)
    remark = text(_("说明"))
