"""待遇项目: how a scheme is set up."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits import policies
from niangjia.benefits.access import SCHEME_KEEPER
from niangjia.benefits.facts import fact_named
from niangjia.benefits.forms.fields import PairsField, WordsField
from niangjia.benefits.kinds import Basis, FundSource, PaperKind, PeriodRule, Publicity
from niangjia.benefits.policies import Program, Reading
from niangjia.kernel import clock
from niangjia.kernel.access import within
from niangjia.kernel.errors import Invalid
from niangjia.kernel.money import MoneyFormField
from niangjia.kernel.workflow import RemarkForm
from niangjia.organisation.forms.fields import UnionField, unions
from niangjia.organisation.models import UnionBody


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        **kwargs,
    )


class SchemeForm(RemarkForm):
    """What a scheme is. A template fills it in; the union says where its own money comes from."""

    remark = None  # type: ignore[assignment]
    unit = unions(_("承办工会"))
    title = forms.CharField(label=_("名称"), max_length=80)
    title_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    policy = forms.CharField(
        label=_("政策"), max_length=80, help_text=_("地区代码/名称，如 350600/serious_illness。")
    )
    basis = forms.ChoiceField(label=_("核定对象"), choices=Basis.choices)
    period_rule = forms.ChoiceField(label=_("享受次数"), choices=PeriodRule.choices)
    opens_on = _day(_("申请开始"), help_text=_("常年开办的不填。"))
    closes_on = _day(_("申请截止"))
    fund = forms.ChoiceField(label=_("资金来源"), choices=FundSource.choices)
    budget_amount = MoneyFormField(
        label=_("预算"), required=False, min_value=0, help_text=_("批准的总额不会超过它；不限的不填。")
    )
    output = forms.CharField(
        label=_("金额取自"), max_length=60, help_text=_("政策里作为发放金额的步骤；建档规则是定类别的步骤。")
    )
    notice = forms.ChoiceField(label=_("公示"), choices=Publicity.choices, required=False)
    parameters = PairsField(
        label=_("参数"),
        required=False,
        help_text=_("政策有两种读法，或把标准留给本地定的，一行一个：名称=值。"),
    )
    order = forms.CharField(label=_("层次顺序"), max_length=60, required=False)
    mapping = PairsField(
        label=_("事实对应"), required=False, help_text=_("政策里的输入=系统里的事实；同名的不用写。")
    )
    near = PairsField(
        label=_("接近的幅度"),
        required=False,
        help_text=_("政策找人时，差这么多以内也列为“只差一项”，一行一个：名称=值。"),
    )
    papers = WordsField(PaperKind.choices, label=_("所需材料"), required=False, help_text=_("用顿号隔开。"))
    is_medical = forms.BooleanField(
        label=_("涉及病情"), required=False, help_text=_("申请不经过申请人所在单位，除非本人同意。")
    )
    legal_source = forms.CharField(label=_("依据"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnionField)
        paths = (
            [grant.path for grant in self.actor.grants if grant.duty == SCHEME_KEEPER] if self.actor else []
        )
        unit.queryset = UnionBody.objects.filter(within(paths, ""), dissolved_on=None)
        if self.row is not None:
            for name in self.fields:
                value = getattr(self.row, name)
                self.initial.setdefault(name, value.number if name == "unit" else value)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            self._match_policy(data)
        if data.get("period_rule") == PeriodRule.SEASON and not data.get("opens_on"):
            self.add_error("opens_on", _("按季活动的项目要写明开始日期。"))
        if data.get("opens_on") and data.get("closes_on") and data["closes_on"] < data["opens_on"]:
            self.add_error("closes_on", _("截止日期不能早于开始日期。"))
        return data

    def _match_policy(self, data: dict[str, Any]) -> None:
        """The policy is there, takes the parameters, and has the step that is to be paid."""
        try:
            reading = Reading(data["parameters"] or {}, data["order"])
            program = policies.shelf().program(data["policy"], data["opens_on"] or clock.today(), reading)
        except Invalid as problem:
            self.add_error("policy", str(problem))
            return
        except (ArithmeticError, ValueError):
            self.add_error("parameters", _("参数的值写法不对：数字写成 1000，日期写成 2026-01-01。"))
            return
        if data["basis"] != Basis.FILE and (lists := _unanswered_lists(program, data["mapping"] or {})):
            self.add_error(
                "policy",
                _(
                    "政策要名单“%s”，系统里没有登记，申请时也填不了。请换一份政策，或在“事实对应”里指到已有的名单。"
                )
                % _("、").join(lists),
            )
        wanted = "choice" if data["basis"] == Basis.FILE else "money"
        there = [o.name for o in program.compiled.program.outputs if o.shape.type == wanted]
        if data["output"] not in there:
            self.add_error("output", _("政策没有这个步骤。可以写：%s。") % ("、".join(there) or _("无")))


def _unanswered_lists(program: Program, mapping: Mapping[str, str]) -> list[str]:
    """Lists of the policy that no register answers: an application asks people for single answers only."""
    asked = (rows.name for rows in program.compiled.program.relations)
    return [name for name in asked if (fact := fact_named(name, mapping)) is None or fact.type != "list"]


class ReviseForm(SchemeForm):
    """改正: before it opens, everything may still change but the union."""

    unit = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        RemarkForm.__init__(self, *args, **kwargs)
        if self.row is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(self.row, name))


class ExcludeForm(forms.Form):
    """不得兼得: another scheme whose aid and this one's exclude each other."""

    number = forms.CharField(label=_("另一个待遇项目的编号"), max_length=30)
