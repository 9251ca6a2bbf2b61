"""What is asked about a family, one short form a topic, in the order of the paper."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.circumstances import kinds
from niangjia.kernel import clock
from niangjia.kernel.money import MoneyFormField
from niangjia.membership.forms import IdNumberField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YES_NO = [("", _("请选择")), ("yes", _("是")), ("no", _("否"))]


def _choice(label: "StrOrPromise", choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("请选择")), *choices], required=False, **kwargs)


def _yuan(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> MoneyFormField:
    return MoneyFormField(label=label, min_value=0, required=False, help_text=help_text)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said yet."""

    def __init__(self, label: "StrOrPromise", **kwargs: Any) -> None:
        super().__init__(
            label=label,
            choices=YES_NO,
            coerce=lambda said: {"yes": True, "no": False}[said],
            empty_value=None,
            required=False,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if value is not None else ""


class TopicForm(forms.Form):
    """Shows what was said last; whatever is left empty stays not said."""

    def __init__(self, data: Any = None, *, said: Any = None) -> None:
        super().__init__(data)
        if said is not None:
            self.initial = {name: getattr(said, name) for name in self.fields}


class HealthForm(TopicForm):
    health = _choice(_("健康状况"), kinds.Health.choices)
    disability = _choice(_("残疾类别"), kinds.Disability.choices)
    disability_level = _choice(_("残疾级别"), kinds.DisabilityLevel.choices)
    insurance = _choice(_("医保状况"), kinds.Insurance.choices)


class WorkForm(TopicForm):
    work_state = _choice(_("工作状态"), kinds.WorkState.choices)
    unit_state = _choice(_("单位现在怎么样"), kinds.UnitState.choices)
    model_worker = _choice(_("是不是劳模"), kinds.ModelWorker.choices)
    employed_on = forms.DateField(
        label=_("在现单位从哪天开始工作"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    own_monthly_amount = _yuan(_("您自己每月的收入"), _("去年的平均数，单位：元。"))
    other_income_amount = _yuan(_("家里一年的其他收入"), _("房租、补贴、亲友资助等，单位：元。"))
    self_help = _choice(_("自救能力"), kinds.SelfHelp.choices)
    no_one_works = YesNoField(_("全家没有一个人就业"))

    def clean_employed_on(self) -> Any:
        day = self.cleaned_data["employed_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("这一天还没有到，请核对。"))
        return day


class HomeForm(TopicForm):
    tenure = _choice(_("住的房子"), kinds.Tenure.choices)
    area = _choice(_("住房面积"), kinds.Area.choices)
    homes = forms.IntegerField(label=_("家里一共有几套房"), min_value=0, max_value=99, required=False)
    lives_in_city = YesNoField(_("全家住在城镇"))
    has_car = YesNoField(_("有自用的汽车"), help_text=_("跑运输、网约车等营运的不算。"))
    has_business = YesNoField(_("有商铺或雇人经营"))


class ChildrenForm(TopicForm):
    single_parent = YesNoField(_("单亲家庭"))
    private_school = YesNoField(_("孩子上私立学校"))
    private_fee_amount = _yuan(_("私立学校一年学费"))
    public_fee_amount = _yuan(_("当地同级公办学校一年学费"))
    studies_abroad = YesNoField(_("孩子自费出国留学"))


class ReliefForm(TopicForm):
    receives_relief = YesNoField(_("正在领低保等政府救助"))
    still_poor = YesNoField(_("领了救助还是很困难"))
    months_below_line = forms.IntegerField(
        label=_("收入低于当地低保线多少个月"), min_value=0, max_value=600, required=False
    )
    struck_by_disaster = YesNoField(_("家人因灾害或事故伤亡"))
    sudden_illness = YesNoField(_("突然发生意外或重病"))
    accident_cost_amount = _yuan(_("一年里为意外或重病自付多少"), _("报销以后自己付的，单位：元。"))


class BankForm(TopicForm):
    bank = forms.CharField(label=_("开户银行"), max_length=50, required=False)
    branch = forms.CharField(label=_("开户支行"), max_length=80, required=False)
    card_number = forms.CharField(
        label=_("本人银行卡号"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("救助款只打到本人卡上。已填过的不再显示，不改就留空。"),
    )

    def __init__(self, data: Any = None, *, said: Any = None) -> None:
        super().__init__(data, said=said)
        self.initial.pop("card_number", None)

    def clean_card_number(self) -> str:
        digits = re.sub(r"[\s-]", "", self.cleaned_data["card_number"])
        if digits and not passes_check(digits):
            raise forms.ValidationError(_("卡号校验位不对，请对照银行卡再输一遍。"))
        return digits


def passes_check(digits: str) -> bool:
    """13 to 19 digits whose last place fits (Luhn)."""
    if not re.fullmatch(r"[0-9]{13,19}", digits):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


TOPICS: dict[str, tuple["StrOrPromise", type[TopicForm]]] = {
    "health": (_("健康与医保"), HealthForm),
    "work": (_("工作与收入"), WorkForm),
    "home": (_("住房与财产"), HomeForm),
    "children": (_("子女与抚养"), ChildrenForm),
    "relief": (_("救助与变故"), ReliefForm),
    "bank": (_("收款银行卡"), BankForm),
}


class MemberForm(forms.Form):
    """家庭成员: one at a time."""

    name = forms.CharField(label=_("姓名"), max_length=50)
    relation = forms.ChoiceField(label=_("是您的什么人"), choices=[("", _("请选择")), *kinds.Kin.choices])
    id_number = IdNumberField(label=_("证件号码"), required=False)
    identity = forms.ChoiceField(label=_("身份"), choices=[("", _("请选择")), *kinds.Identity.choices])
    monthly_amount = MoneyFormField(label=_("每月收入"), min_value=0, help_text=_("没有收入填 0。"))
    school = forms.CharField(label=_("就读学校"), max_length=80, required=False)
