"""What pages and API accept about twinning."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.models import Twinning
from niangjia.assistance.plans.forms import text
from niangjia.assistance.twinning import queries
from niangjia.assistance.twinning.kinds import (
    MILESTONES,
    FundingKind,
    HelpKind,
    HelpPaperKind,
    ProjectKind,
    ProjectPaperKind,
    Purpose,
    TwinningState,
)
from niangjia.kernel import clock
from niangjia.kernel.money import MoneyFormField, formatted
from niangjia.kernel.workflow import ReasonForm, RemarkForm
from niangjia.organisation.building.forms import choice, day
from niangjia.organisation.forms import RowField
from niangjia.organisation.forms.fields import not_later_than_today, unions

NO_COUNTY = _("没有这个区县级工会，或您的岗位看不到它。请填工会编号或全称。")
NO_TWINNING = _("没有这样一对正在结对的工会，或您的岗位看不到它。请填县区结对编号，例如 XJ2026000003。")
NOT_KEY = _("这个县今天不在重点县名单里。是重点县的，请先在“参数”里登记“扶贫开发重点县”和文件依据。")


def county(label: Any) -> Any:
    field = unions(label)
    field.help_text = _("填工会编号或全称，区县级。")
    field.error_messages["invalid_choice"] = NO_COUNTY
    return field


def twinning_field(**kwargs: Any) -> RowField:
    return RowField(
        Twinning.objects.none(),
        label=_("县区结对编号"),
        to_field_name="number",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_TWINNING},
        **kwargs,
    )


class CountyForm(RemarkForm):
    """Begins something between county unions that the actor sees."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("helper", "helped", "county"):
            if isinstance(field := self.fields.get(name), RowField):
                field.queryset = queries.counties_visible_to(self.actor)
        if isinstance(field := self.fields.get("twinning"), RowField):
            field.queryset = self.twinnings()

    def twinnings(self) -> Any:
        return queries.twinnings_visible_to(self.actor).filter(state=TwinningState.TWINNED)


class ProposeForm(CountyForm):
    """提出结对."""

    helper = county(_("帮扶工会"))
    helped = county(_("受助工会"))
    basis = forms.CharField(
        label=_("文件依据"), min_length=4, max_length=100, help_text=_("结对安排的文件名称和文号。")
    )
    from_on = day(_("结对开始"))
    until_on = day(_("结对到期"))

    def clean_helper(self) -> Any:
        helper = self.cleaned_data["helper"]
        if queries.is_key(helper, clock.today()):
            raise forms.ValidationError(_("重点县是受助的一方，不能帮扶别人。请选一个不是重点县的工会。"))
        return helper

    def clean_helped(self) -> Any:
        helped = self.cleaned_data["helped"]
        if not queries.is_key(helped, clock.today()):
            raise forms.ValidationError(NOT_KEY)
        return helped

    def clean(self) -> dict[str, Any]:
        from_on, until_on = (self.cleaned_data.get(name) for name in ("from_on", "until_on"))
        if from_on and until_on and until_on < from_on:
            self.add_error("until_on", _("结束日期不能早于开始日期，请改正。"))
        return self.cleaned_data


class PromiseForm(CountyForm):
    """登记帮助."""

    twinning = twinning_field()
    kind = choice(_("帮扶方式"), HelpKind.choices)
    purpose = choice(_("用途"), Purpose.choices)
    detail = text(_("具体内容"), help_text=_("给谁、做什么；指门路的写清岗位、销路或培训。"))
    planned_on = day(_("计划日期"))
    amount = MoneyFormField(
        label=_("计划金额"),
        required=False,
        min_value=Decimal("0.01"),
        help_text=_("送资金必填，指门路不填。"),
    )

    def clean(self) -> dict[str, Any]:
        kind, amount = (self.cleaned_data.get(name) for name in ("kind", "amount"))
        if "amount" in self.errors:
            return self.cleaned_data
        if kind == HelpKind.MONEY and amount is None:
            self.add_error("amount", _("送资金请填金额，精确到分。"))
        if kind == HelpKind.ADVICE and amount is not None:
            self.add_error("amount", _("指门路不涉及拨款，请把金额留空；有拨款的，另登记一件送资金。"))
        return self.cleaned_data


class GiveForm(RemarkForm):
    """登记拨付或落实."""

    given_on = day(_("拨付或落实日期"))

    def clean_given_on(self) -> date:
        return not_later_than_today(self.cleaned_data["given_on"])


class ConfirmForm(RemarkForm):
    """受助工会确认."""

    confirmed_on = day(_("到账或落实日期"))
    arrived_amount = MoneyFormField(
        label=_("到账金额"),
        required=False,
        min_value=Decimal("0.01"),
        help_text=_("送资金必填。少于拨付的，请在意见里写明原因。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None and self.row.kind == HelpKind.ADVICE:
            del self.fields["arrived_amount"]

    def clean_confirmed_on(self) -> date:
        confirmed_on = not_later_than_today(self.cleaned_data["confirmed_on"])
        if self.row is not None and confirmed_on < self.row.given_on:
            raise forms.ValidationError(_("不能早于对方拨付或落实的日期，请改正。"))
        return confirmed_on

    def clean(self) -> dict[str, Any]:
        arrived, sent = self.cleaned_data.get("arrived_amount"), self.row and self.row.amount
        if sent is None or "arrived_amount" in self.errors:
            return self.cleaned_data
        if arrived is None:
            self.add_error("arrived_amount", _("请填实际到账的金额，精确到分。"))
        elif arrived > sent:
            self.add_error(
                "arrived_amount",
                _("对方登记拨付 %s，到账不会更多。请核对；对方记少了的，请退回更正。") % formatted(sent),
            )
        elif arrived < sent and not self.cleaned_data.get("remark"):
            self.add_error("remark", _("到账比拨付少，请写明少在哪里。"))
        return self.cleaned_data


class DraftProjectForm(CountyForm):
    """编制项目."""

    county = county(_("重点县工会"))
    name = forms.CharField(label=_("项目名称"), min_length=4, max_length=60)
    kind = choice(_("项目类别"), ProjectKind.choices)
    place = forms.CharField(label=_("建设地点"), min_length=2, max_length=100)
    total_amount = MoneyFormField(label=_("总投资"), min_value=Decimal("0.01"))
    plan_by = day(_("计划编制期限"))
    fund_by = day(_("资金安排期限"))
    start_by = day(_("开工期限"))
    finish_by = day(_("竣工期限"))

    def clean_county(self) -> Any:
        found = self.cleaned_data["county"]
        if not queries.is_key(found, clock.today()):
            raise forms.ValidationError(NOT_KEY)
        return found

    def clean(self) -> dict[str, Any]:
        days = [planned for _label, planned, _reached in MILESTONES]
        for earlier, later in pairwise(days):
            first, second = self.cleaned_data.get(earlier), self.cleaned_data.get(later)
            if first and second and second < first:
                self.add_error(later, _("不能早于前一个节点的期限，请改正。"))
        return self.cleaned_data


class FundingForm(CountyForm):
    """登记资金来源: recorded again for the same payer, it corrects; nothing strikes the line."""

    remark = None  # type: ignore[assignment]
    kind = choice(_("资金来源"), FundingKind.choices)
    payer = forms.CharField(
        label=_("出资单位"), max_length=100, required=False, help_text=_("结对工会出资的不填，填下面的编号。")
    )
    twinning = twinning_field(required=False, help_text=_("结对工会出资（送项目）的必填。"))
    amount = MoneyFormField(
        label=_("金额"), min_value=0, help_text=_("同一出资单位再登记一次就是更正；填 0 撤下这一笔。")
    )

    def twinnings(self) -> Any:
        rows = super().twinnings()
        return rows.filter(helped=self.row.unit) if self.row is not None else rows

    def clean(self) -> dict[str, Any]:
        kind, twinning = (self.cleaned_data.get(name) for name in ("kind", "twinning"))
        if kind == FundingKind.TWIN and not twinning and "twinning" not in self.errors:
            self.add_error("twinning", _("请填这家结对工会的县区结对编号。"))
        if kind and kind != FundingKind.TWIN:
            if twinning:
                self.add_error("twinning", _("不是结对工会出资，请把编号留空，或改选“结对工会”。"))
            if not self.cleaned_data.get("payer"):
                self.add_error("payer", _("请写明谁出这笔钱。"))
        return self.cleaned_data


class PutOffForm(ReasonForm):
    """推迟下一个节点."""

    put_off_to = day(_("推迟到"), help_text=_("其后的节点顺延同样天数。"))

    def clean_put_off_to(self) -> date:
        put_off_to: date = self.cleaned_data["put_off_to"]
        if self.row is not None and put_off_to <= max(self.row.due_on, clock.today()):
            raise forms.ValidationError(_("要晚于今天和现在的期限，请改正。"))
        return put_off_to


class StartForm(RemarkForm):
    """登记开工."""

    started_on = day(_("开工日期"))

    def clean_started_on(self) -> date:
        started_on = not_later_than_today(self.cleaned_data["started_on"])
        if self.row is not None and started_on < self.row.funded_on:
            raise forms.ValidationError(_("资金安排好才能开工，开工日期不能早于资金安排日期。请改正。"))
        return started_on


class FinishForm(RemarkForm):
    """登记竣工."""

    finished_on = day(_("竣工日期"))

    def clean_finished_on(self) -> date:
        finished_on = not_later_than_today(self.cleaned_data["finished_on"])
        if self.row is not None and finished_on < self.row.started_on:
            raise forms.ValidationError(_("竣工日期不能早于开工日期，请改正。"))
        return finished_on


def _paper_form(kinds: Any) -> type[forms.Form]:
    class PaperForm(forms.Form):
        kind = choice(_("材料类别"), kinds)
        upload = forms.FileField(
            label=_("照片或文件"), help_text=_("照片、PDF、Word 或 Excel，不超过 10 MB。")
        )

    return PaperForm


HelpPaperForm = _paper_form(HelpPaperKind.choices)
ProjectPaperForm = _paper_form(ProjectPaperKind.choices)
