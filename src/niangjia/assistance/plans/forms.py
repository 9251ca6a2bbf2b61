"""What pages and API accept about plans and measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance import queries as files
from niangjia.assistance.models import AidPlan, HardshipFile
from niangjia.assistance.plans import queries
from niangjia.assistance.plans.kinds import AidKind, EvidenceKind, Intensity, PlanResult
from niangjia.kernel.money import MoneyFormField
from niangjia.kernel.workflow import RemarkForm
from niangjia.membership import queries as membership
from niangjia.organisation.building.forms import choice, day
from niangjia.organisation.forms import ActionForm, RowField
from niangjia.organisation.forms.fields import not_later_than_today

NO_FILE = _("没有这份档案，或您的岗位看不到它。请填档案编号，例如 KN2026000012。")
NO_PLAN = _("没有这份方案，或您的岗位看不到它。请填方案编号，例如 FA2026000012。")


def file_field() -> RowField:
    return RowField(
        HardshipFile.objects.none(),
        label=_("档案编号"),
        to_field_name="number",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_FILE},
    )


def text(label: Any, *, rows: int = 3, minimum: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=minimum,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


class FileForm(RemarkForm):
    """Begins something for one hardship file that the actor sees."""

    file = file_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        assert isinstance(field, RowField)
        field.queryset = files.files_visible_to(self.actor)


class DraftForm(FileForm):
    """拟定方案."""

    goal = text(
        _("帮扶目标"), minimum=10, help_text=_("这一家到什么时候、达到什么样子算帮到位，用一两句话写。")
    )


class AgreeForm(RemarkForm):
    """家庭确认: on the phone by the worker, or on paper through the clerk."""

    signed_paper = forms.CharField(
        label=_("签字件存放处"),
        required=False,
        max_length=60,
        help_text=_("本人在手机上确认的不填；纸质签字的，写明原件放在哪里。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None and self.actor.user_id == self.row.file.person.user_id:
            del self.fields["signed_paper"]

    def clean_signed_paper(self) -> str:
        place: str = self.cleaned_data["signed_paper"]
        if not place:
            raise forms.ValidationError(_("代为登记要有家庭签字的方案，请写明签字件放在哪里。"))
        return place


class IncomeForm(ActionForm):
    """收入记录."""

    as_of = day(_("截至日期"))
    household_size = forms.IntegerField(label=_("共同生活人数"), min_value=1, max_value=30)
    yearly_income_amount = MoneyFormField(label=_("家庭年收入"), min_value=0)
    source = forms.CharField(
        label=_("依据"), min_length=2, max_length=60, help_text=_("例如：工资流水、入户核实。")
    )

    def clean_as_of(self) -> Any:
        return not_later_than_today(self.cleaned_data["as_of"])


class ReviewPlanForm(RemarkForm):
    """年度复核: how the household stands, and what the reviewer thinks of it."""

    household_size = IncomeForm.base_fields["household_size"]
    yearly_income_amount = IncomeForm.base_fields["yearly_income_amount"]
    source = IncomeForm.base_fields["source"]
    remark = text(_("复核情况"), help_text=_("措施落实得怎样、家里有什么变化、下一步怎么帮。"))


class ConcludeForm(RemarkForm):
    """办结."""

    result = choice(_("结果"), PlanResult.choices)
    remark = text(_("总结"), help_text=_("帮了什么、现在怎样，会原样告诉这一家。"))


class NeedForm(ActionForm):
    """登记需求."""

    kind = choice(_("需求类别"), AidKind.choices)
    intensity = forms.TypedChoiceField(
        label=_("紧急程度"), choices=[("", _("请选择")), *Intensity.choices], coerce=int
    )
    note = text(_("说明"), minimum=0, required=False)


class MeasureForm(RemarkForm):
    """拟定措施."""

    plan = RowField(
        AidPlan.objects.none(),
        label=_("方案编号"),
        to_field_name="number",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_PLAN},
    )
    kind = choice(_("帮扶类别"), AidKind.choices)
    detail = text(_("具体做法"), help_text=_("做什么、做到什么程度，这一家看得懂的话。"))
    beneficiary = forms.CharField(
        label=_("受帮扶人"), required=False, max_length=50, help_text=_("家里哪一位；帮全家的不填。")
    )
    provider = forms.CharField(label=_("落实单位"), min_length=2, max_length=60)
    begins_on = day(_("计划开始"))
    ends_on = day(_("计划完成"))
    amount = MoneyFormField(label=_("金额"), required=False, help_text=_("要花钱的才填，单位：元。"))
    source = forms.CharField(label=_("资金来源"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["plan"]
        assert isinstance(field, RowField)
        field.queryset = queries.plans_visible_to(self.actor)

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount is not None and amount <= 0:
            raise forms.ValidationError(_("金额要大于零；不花钱的措施请留空。"))
        return amount

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("begins_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("计划完成不能早于计划开始，请改正。"))
        if data.get("amount") and not data.get("source"):
            self.add_error("source", _("填了金额，请写明钱从哪里来，例如“中央财政专项帮扶资金”。"))
        self._find_beneficiary()
        return data

    def _find_beneficiary(self) -> None:
        """By name within the household: nobody else can be meant."""
        plan, name = self.cleaned_data.get("plan"), self.cleaned_data.get("beneficiary")
        self.cleaned_data["beneficiary"] = None
        if plan and name:
            family = membership.current_members(plan.file.household_id)
            found = next((one.person for one in family if one.person.name == name), None)
            if found is None:
                self.add_error("beneficiary", _("这一家没有登记这个人，请按家庭成员的姓名填写。"))
            self.cleaned_data["beneficiary"] = found


class StartForm(RemarkForm):
    """开始实施."""

    begun_on = day(_("开始日期"))

    def clean_begun_on(self) -> Any:
        return not_later_than_today(self.cleaned_data["begun_on"])


class FinishForm(RemarkForm):
    """登记完成: what came of it, and what shows it."""

    done_on = day(_("完成日期"))
    result = text(_("落实结果"))
    evidence = forms.CharField(
        label=_("凭证说明"),
        required=False,
        max_length=100,
        help_text=_("已上传凭证的不填；没有电子件的，写明凭证放在哪里。"),
    )

    def clean_done_on(self) -> Any:
        done_on = not_later_than_today(self.cleaned_data["done_on"])
        if self.row is not None and self.row.begun_on and done_on < self.row.begun_on:
            raise forms.ValidationError(_("完成日期不能早于开始日期，请改正。"))
        return done_on

    def clean_evidence(self) -> str:
        said: str = self.cleaned_data["evidence"]
        if not said and self.row is not None and not queries.evidence(self.row).exists():
            raise forms.ValidationError(_("请先上传凭证，或在这里写明凭证放在哪里。"))
        return said


class EvidenceForm(forms.Form):
    """措施凭证: one photo or document."""

    kind = choice(_("凭证类别"), EvidenceKind.choices)
    upload = forms.FileField(label=_("照片或文件"), help_text=_("照片、PDF、Word 或 Excel，不超过 10 MB。"))
