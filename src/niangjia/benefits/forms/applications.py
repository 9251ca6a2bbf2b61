"""待遇申请: what applicants and clerks fill in."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits import asking
from niangjia.benefits.forms.fields import PairsField
from niangjia.benefits.kinds import SchemeState
from niangjia.benefits.models import Scheme
from niangjia.kernel import clock
from niangjia.kernel.workflow import RemarkForm
from niangjia.membership.forms import IdNumberField
from niangjia.organisation.forms.fields import RowField

NO_SCHEME = _("没有这个待遇项目，或它没有开办。请从列表中选择。")


class ApplyForm(RemarkForm):
    """申请: which scheme, for whom, on what day, and what the system does not know yet."""

    remark = None  # type: ignore[assignment]
    scheme = RowField(
        Scheme.objects.filter(state=SchemeState.OPEN),
        label=_("待遇项目"),
        to_field_name="number",
        widget=forms.TextInput,
        help_text=_("填项目编号。"),
        error_messages={"invalid_choice": NO_SCHEME},
    )
    beneficiary = forms.UUIDField(label=_("受益子女"), required=False, help_text=_("给子女申请时填写。"))
    on = forms.DateField(
        label=_("事由日期"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("看病、取证等是哪一天；不填就是今天。"),
    )
    said = PairsField(
        label=_("情况"), required=False, help_text=_("系统不知道、政策又需要的：政策里的名称和值。")
    )
    consents_to_decide = forms.BooleanField(
        label=_("我授权工会为这次申请核对有关情况"),
        error_messages={"required": _("没有这项授权，工会无法核定，申请就不能往下走。")},
    )
    consents_to_notice = forms.BooleanField(
        label=_("我同意公示"),
        required=False,
        help_text=_("要公示的项目必须同意：只公示姓和*、单位、类别，政策要求时加金额，期满自动撤下。"),
    )
    shares_with_unit = forms.BooleanField(
        label=_("我同意本单位工会查看病情材料"),
        required=False,
        help_text=_("不勾选也可以申请：涉及病情的申请直接交给承办工会。"),
    )

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"] or clock.today()
        if day > clock.today():
            raise forms.ValidationError(_("事由日期不能晚于今天。"))
        return day


class TakeInForm(ApplyForm):
    """录入纸质申请."""

    id_number = IdNumberField(label=_("申请人证件号码"))


class AnswersForm(RemarkForm):
    """What was said, once more: a field for each input of the policy that was asked, in its words and limits.

    A program may send them as one object in the field named `together`; what nobody sends stays as it was said.
    """

    together: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: dict[str, forms.Field] = {}
        if self.row is None:
            return
        told = self._sent_together()
        if told is None:
            return
        self.questions = asking.questions_of(self.row, told=told)
        before = {name: _as_text(value) for name, value in asking.said_of(self.row).items()}
        if self.is_bound:
            self.data = {**before, **{name: self.data[name] for name in self.data}, **told}
        for name, field in self.questions.items():
            self.initial.setdefault(name, before.get(name))
            field.required = field.required and (name in self.data or not self.is_bound)
        self.fields = {**self.questions, **self.fields}
        self.unknown = [name for name in told if name not in self.questions]

    def _sent_together(self) -> dict[str, Any] | None:
        """The object as texts; None where it cannot be read, and then its own field says why."""
        if not self.data.get(self.together):
            del self.fields[self.together]
            return {}
        try:
            told = self.fields[self.together].clean(self.data[self.together])
        except forms.ValidationError:
            return None
        return {name: _as_text(value) for name, value in told.items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.questions and self.unknown:
            self.add_error(self.together, _("这项待遇不问“%s”。请核对名称。") % self.unknown[0][:40])
        rest = {name: value for name, value in data.items() if name not in self.questions}
        return {**rest, self.together: asking.answered(data, self.questions)}


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class ResubmitForm(AnswersForm):
    """补正: what was said once more."""

    together = "said"
    said = PairsField(label=_("情况"), required=False)


class AssessForm(AnswersForm):
    """核定: what the papers say goes before what the applicant wrote."""

    together = "verified"
    verified = PairsField(
        label=_("核实后的情况"),
        required=False,
        help_text=_("票据、证明与填写的不一致时改正：政策里的名称和值。"),
    )


def _text(label: Any, **kwargs: Any) -> forms.CharField:
    """A reason of one's own: it is sealed with the case, so it is no remark of the trail."""
    return forms.CharField(
        label=label,
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"min_length": _("请再多写几句，至少 10 个字。")},
        **kwargs,
    )


class LiftForm(RemarkForm):
    """请求放开上限: which cap in principle, and why."""

    remark = None  # type: ignore[assignment]
    step = forms.ChoiceField(label=_("哪一项上限"))
    reason = _text(_("理由"), help_text=_("写清为什么这一例应当放开，审批人据此签字。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        decision = self.row.decision if self.row is not None else None
        found = asking.ceilings(decision) if decision is not None else []
        field.choices = [
            (one.step, _("%(label)s：上限 %(at)s，放开后 %(before)s") % vars(one)) for one in found
        ]


class AppealForm(RemarkForm):
    """申请复议."""

    remark = None  # type: ignore[assignment]
    grounds = _text(
        _("为什么不同意"),
        help_text=_("哪一条不对、有什么新的材料，用自己的话写。由没有办过这件事的人答复。"),
    )


class AnswerForm(RemarkForm):
    """答复复议: the answer is read out to the applicant as it stands."""

    remark = None  # type: ignore[assignment]
    answer = _text(_("答复"), help_text=_("把理由写清楚，申请人会原样看到。"))
