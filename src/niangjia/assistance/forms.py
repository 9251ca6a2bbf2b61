"""What pages and API accept about hardship files, in the order of the paper form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.category import offered
from niangjia.assistance.kinds import EXITS, STRIKE_OFFS, Category, Cause, PaperKind
from niangjia.kernel import clock
from niangjia.kernel.money import MoneyFormField
from niangjia.kernel.workflow import ReasonForm, RemarkForm
from niangjia.membership.forms import IdNumberField


def _choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """Nothing is chosen beforehand: a decision is made, not left standing."""
    return forms.ChoiceField(label=label, choices=[("", _("请选择")), *choices], **kwargs)


def _grounds() -> forms.CharField:
    """Why a family leaves: somebody else decides on it, nobody mends anything."""
    return forms.CharField(
        label=_("理由"),
        min_length=4,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清家里有什么变化、从哪里知道，审批人据此决定。"),
        error_messages={
            "required": _("请写明理由，审批人要据此决定。"),
            "min_length": _("理由太短，请写清有什么变化。"),
        },
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class ApplyForm(RemarkForm):
    """申请: what a worker says about their family."""

    remark = None  # type: ignore[assignment]
    cause = _choice(_("主要致困原因"), Cause.choices)
    second_cause = _choice(_("次要致困原因（没有可不选）"), Cause.choices, required=False)
    household_size = forms.IntegerField(
        label=_("一起生活的有几口人"), min_value=1, max_value=30, help_text=_("包括您自己。")
    )
    yearly_income_amount = MoneyFormField(
        label=_("全家去年一年的收入"),
        min_value=0,
        help_text=_("工资、养老金、低保金、经营收入都算，单位：元。"),
    )
    rigid_spending_amount = MoneyFormField(
        label=_("去年一年必须的开支"),
        min_value=0,
        help_text=_("自己付的医药费、学费等，不算日常吃穿，单位：元。"),
    )
    statement = forms.CharField(
        label=_("家里的困难情况"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("怎么困难的、从什么时候开始、最需要什么帮助，用自己的话写。"),
        error_messages={"min_length": _("请再多写几句，至少 10 个字，工会才好帮您。")},
    )
    consents_to_check = forms.BooleanField(
        label=_("我授权工会核对我家的经济状况"),
        error_messages={"required": _("没有这项授权，工会无法核对，申请就不能往下走。")},
    )
    consents_to_notice = forms.BooleanField(
        label=_("我同意公示"),
        help_text=_("只公示姓和*、单位、困难类别，公示期满自动撤下。"),
        error_messages={"required": _("按规定建档前要公示；不同意公示就不能建档。")},
    )
    shares_health_with_unit = forms.BooleanField(
        label=_("我同意本单位工会查看病情材料"),
        required=False,
        help_text=_("不勾选也可以申请：病情材料只给帮扶中心看。"),
    )


class TakeInForm(ApplyForm):
    """受理纸质申请: the clerk types in a worker's signed paper."""

    id_number = IdNumberField(label=_("申请人证件号码"))


class FoundForm(RemarkForm):
    """主动发现: who may be in hardship and how the union came to know; the worker says the rest."""

    remark = None  # type: ignore[assignment]
    id_number = IdNumberField(label=_("职工证件号码"))
    cause = _choice(_("看来因为什么"), Cause.choices)
    statement = forms.CharField(
        label=_("怎样发现、了解到什么"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("本人确认时会看到，并可以改成自己的话。"),
    )
    household_size = forms.IntegerField(label=_("共同生活人数"), min_value=1, max_value=30)
    yearly_income_amount = MoneyFormField(label=_("已知的家庭年收入"), min_value=0)
    rigid_spending_amount = MoneyFormField(label=_("已知的年刚性支出"), min_value=0)


class ResubmitForm(ApplyForm):
    """补正: the application once more, with what it said before filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(self.row, name))


class CategoryForm(RemarkForm):
    """困难类别: of the two generations of them, the one of the place and the day."""

    category = _choice(_("困难类别"), Category.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            field: Any = self.fields["category"]
            there = offered(self.row.unit, clock.today())
            field.choices = [("", _("请选择")), *((one.value, one.label) for one in there)]
            if self.row.category in there:
                self.initial.setdefault("category", self.row.category)


class ReviewForm(CategoryForm):
    """初审."""

    category = _choice(_("拟定困难类别"), Category.choices, help_text=_("供核查参考，以审批为准。"))
    accepts_missing = forms.BooleanField(
        label=_("容缺受理"),
        required=False,
        help_text=_("缺的材料随后补交，先转入户核查；请在意见里写明原因。"),
    )


class CheckForm(RemarkForm):
    """家庭经济状况核对: what the checking office answered."""

    checked_on = _day(_("核对日期"))
    yearly_income_amount = MoneyFormField(label=_("核对的家庭年收入"), min_value=0)
    deposits_amount = MoneyFormField(label=_("存款合计"), min_value=0)
    investments_amount = MoneyFormField(label=_("投资净值"), min_value=0)
    homes = forms.IntegerField(label=_("住房套数"), min_value=0, max_value=99)
    has_car = forms.BooleanField(label=_("有非营运汽车"), required=False)
    has_business = forms.BooleanField(label=_("有商铺或雇工"), required=False)
    receives_relief = forms.BooleanField(label=_("正享受政府救助"), required=False)
    note = forms.CharField(
        label=_("核对说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day > clock.today():
            raise forms.ValidationError(_("核对日期不能晚于今天。"))
        if self.row is not None and day < self.row.applied_on:
            raise forms.ValidationError(_("核对日期不能早于申请日期。"))
        return day


class ApproveForm(CategoryForm):
    """审批."""

    category_reason = forms.CharField(
        label=_("与测算不同的理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("所定类别与政策测算不一致时必填，会留在档案里。"),
    )


class FileAwayForm(RemarkForm):
    """归档."""

    shelf_mark = forms.CharField(
        label=_("档案盒号"), max_length=40, help_text=_("纸质档案放在哪里，例如 A-03-12。")
    )
    page_count = forms.IntegerField(
        label=_("纸质页数"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=_("装订成册后的总页数，用来与电子档案核对。"),
    )


class RenewForm(ApproveForm):
    """复核续档: how the family lives now."""

    field_order = [
        "household_size",
        "yearly_income_amount",
        "rigid_spending_amount",
        "category",
        "category_reason",
    ]

    household_size = forms.IntegerField(label=_("现在共同生活人数"), min_value=1, max_value=30)
    yearly_income_amount = MoneyFormField(label=_("现在的家庭年收入"), min_value=0)
    rigid_spending_amount = MoneyFormField(label=_("现在的年刚性支出"), min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            for name in ("household_size", "yearly_income_amount", "rigid_spending_amount"):
                self.initial.setdefault(name, getattr(self.row, name))


class ProposeExitForm(ReasonForm):
    """提出脱困."""

    leaving_reason = _choice(_("脱困原因"), [(one.value, one.label) for one in EXITS])
    remark = _grounds()


class ProposeStrikeOffForm(ReasonForm):
    """提出注销."""

    leaving_reason = _choice(_("注销原因"), [(one.value, one.label) for one in STRIKE_OFFS])
    remark = _grounds()


class AttachForm(forms.Form):
    """添附件: one photo or document."""

    kind = _choice(_("材料类别"), PaperKind.choices)
    upload = forms.FileField(label=_("照片或文件"), help_text=_("照片、PDF、Word 或 Excel，不超过 10 MB。"))
