"""What pages and API accept about union building, in the order of the paper forms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import calendar, clock
from niangjia.kernel.workflow import ReasonForm, RemarkForm
from niangjia.organisation import parameters, queries
from niangjia.organisation.access import BUILDING, UNION_ORGANISER
from niangjia.organisation.building import queries as building_queries
from niangjia.organisation.building.kinds import BUILDABLE_CHOICES, GivingUp, Source, Willingness
from niangjia.organisation.building.parameters import PUT_OFF_MONTHS
from niangjia.organisation.forms import NO_UNION, RowField, UnionField
from niangjia.organisation.forms.unions import NUMBER
from niangjia.organisation.kinds import UnionLevel
from niangjia.organisation.models import Employer, UnionBody, UnionBuilding

NO_EMPLOYER = _("没有登记过这个单位，或您的岗位看不到它。请填 18 位统一社会信用代码，或先登记单位。")
MOST_EMPLOYERS = 200


def choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """Nothing is chosen beforehand: a decision is made, not left standing."""
    return forms.ChoiceField(label=label, choices=[("", _("请选择")), *choices], **kwargs)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    # Browsers want what is filled in beforehand as ISO writes it.
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **kwargs)


def count(label: Any, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, **{"min_value": 0, "max_value": 5_000_000, **kwargs})


def union_field(label: Any, **kwargs: Any) -> UnionField:
    return UnionField(
        UnionBody.objects.none(),
        label=label,
        to_field_name="public_id",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_UNION},
        **kwargs,
    )


def employer_field(label: Any, **kwargs: Any) -> RowField:
    return RowField(
        Employer.objects.none(),
        label=label,
        to_field_name="uscc",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_EMPLOYER},
        **kwargs,
    )


def not_later_than_today(given: date | None) -> date | None:
    if given and given > clock.today():
        raise forms.ValidationError(_("日期不能晚于今天，请改正。"))
    return given


class EmployersField(forms.CharField):
    """One employer a line, by credit code; the name may stand before it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=20_000,
            help_text=_("每行一个统一社会信用代码；多家单位联合建会就写多行。没有单位的楼区、市场可不填。"),
            **kwargs,
        )


class BeginForm(RemarkForm):
    """立项."""

    source = choice(
        _("线索来源"),
        [(kind.value, kind.label) for kind in (Source.VISIT, Source.EMPLOYER, Source.JOINT, Source.WORKER)],
    )
    kind = choice(_("拟建类型"), BUILDABLE_CHOICES)
    employers = EmployersField(label=_("单位"), required=False)
    name = forms.CharField(
        label=_("单位或地点名称"),
        max_length=100,
        required=False,
        help_text=_("填了单位可不填；楼区、市场、一条街写地点名称。"),
    )
    unit = union_field(
        _("承办工会"), required=False, help_text=_("直接指导的上一级工会；不填则为单位的归口工会。")
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    operating_since = day(_("开业日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None:
            alive = queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True)
            self.fields["unit"].queryset = alive  # type: ignore[attr-defined]

    def clean_operating_since(self) -> date | None:
        return not_later_than_today(self.cleaned_data["operating_since"])

    def clean_employers(self) -> list[Employer]:
        lines = [
            line.split()[-1].upper() for line in self.cleaned_data["employers"].splitlines() if line.split()
        ]
        codes = list(dict.fromkeys(lines))
        if len(codes) > MOST_EMPLOYERS:
            raise forms.ValidationError(_("一次最多 %d 家单位，请分开立项。") % MOST_EMPLOYERS)
        seen = queries.employers_visible_to(self.actor).order_by().filter(uscc__in=codes)
        found = {employer.uscc: employer for employer in seen}
        if missing := [code for code in codes if code not in found]:
            raise forms.ValidationError(
                _("没有登记过这些代码，或您的岗位看不到：%s。请核对，或先登记单位。")
                % _("、").join(missing[:5])
            )
        return [found[code] for code in codes]

    def clean(self) -> dict[str, Any]:
        employers = self.cleaned_data.get("employers")
        if not employers and "employers" in self.cleaned_data:
            for name in ("name", "unit"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("没有单位时，请写明地点名称和承办工会。"))
        return self.cleaned_data


class HintForm(RemarkForm):
    """我们单位想建工会: what a worker, or the head of a unit, says at the public door."""

    remark = None  # type: ignore[assignment]
    source = choice(
        _("您是"), [(Source.WORKER.value, _("职工")), (Source.EMPLOYER.value, _("单位负责人或经办人"))]
    )
    name = forms.CharField(label=_("单位名称"), min_length=2, max_length=100)
    unit = UnionField(
        UnionBody.objects.none(),
        label=_("所在区县"),
        to_field_name="public_id",
        empty_label=_("请选择"),
        error_messages={"invalid_choice": _("请从列表中选择单位所在的区县。")},
    )
    address = forms.CharField(
        label=_("地址"), max_length=200, required=False, help_text=_("街道、门牌或楼名，工会好上门。")
    )
    message = forms.CharField(
        label=_("想说的话"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("大约多少人、为什么想建工会、单位什么态度，知道多少写多少。"),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=50,
        required=False,
        help_text=_("可以不留。留下的只有指导建会的上级工会看得到，不会告诉您的单位。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = answering_unions()  # type: ignore[attr-defined]


def answering_unions() -> Any:
    """Who takes hints from the public: the federations of districts, where there are none those above."""
    alive = UnionBody.objects.filter(dissolved_on__isnull=True).order_by("path")
    counties = alive.filter(level=UnionLevel.COUNTY)
    return counties if counties.exists() else alive.filter(parent__isnull=True)


class ListedForm(RemarkForm):
    """列入名单: an employer that the monthly list found without a union."""

    remark = None  # type: ignore[assignment]
    employer = employer_field(_("用人单位"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].queryset = Employer.objects.select_related("unit")  # type: ignore[attr-defined]


class VisitForm(RemarkForm):
    """走访记录."""

    visited_on = day(_("走访日期"))
    spoke_to = forms.CharField(label=_("接待人"), max_length=50, help_text=_("姓名和职务。"))
    willingness = choice(_("意愿"), Willingness.choices)
    findings = forms.CharField(
        label=_("走访情况"), min_length=4, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    operating_since = day(_("开业日期"), required=False, help_text=_("按营业执照，建会期限从这天算。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            self.initial.setdefault("operating_since", self.row.operating_since)

    def clean_visited_on(self) -> date:
        given: date = self.cleaned_data["visited_on"]
        not_later_than_today(given)
        if self.row is not None and given < self.row.begun_on:
            raise forms.ValidationError(_("走访日期不能早于立项日期。"))
        return given

    def clean_operating_since(self) -> date | None:
        return not_later_than_today(self.cleaned_data["operating_since"])


class VerifyForm(RemarkForm):
    """核实."""

    name = forms.CharField(label=_("单位或地点名称"), min_length=2, max_length=100)
    kind = choice(_("拟建类型"), BUILDABLE_CHOICES)
    staff_count = count(_("核实的职工人数"), min_value=1)
    women_count = count(_("其中女职工"))
    operating_since = day(_("开业日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(self.row, name, None))

    def clean_operating_since(self) -> date | None:
        return not_later_than_today(self.cleaned_data["operating_since"])

    def clean(self) -> dict[str, Any]:
        women, staff = self.cleaned_data.get("women_count"), self.cleaned_data.get("staff_count")
        if women is not None and staff is not None and women > staff:
            self.add_error("women_count", _("女职工不能多于职工人数，请改正。"))
        return self.cleaned_data


class PreparationForm(RemarkForm):
    """批准成立筹备组."""

    prepared_on = day(_("筹备组成立日期"))

    def clean_prepared_on(self) -> date:
        given: date = self.cleaned_data["prepared_on"]
        not_later_than_today(given)
        if self.row is not None and given < self.row.begun_on:
            raise forms.ValidationError(_("筹备组成立不能早于立项（%s）。") % self.row.begun_on)
        return given


class AssemblyForm(RemarkForm):
    """会员大会."""

    held_on = day(_("召开日期"))
    is_of_delegates = forms.BooleanField(label=_("是会员代表大会"), required=False)
    entitled_count = count(_("应到人数"), min_value=1, help_text=_("全体会员人数；代表大会为全体代表人数。"))
    present_count = count(_("实到人数"), min_value=1)
    term_years = count(
        _("任期（年）"), min_value=1, max_value=10, help_text=_("工会法第十六条：三年或五年。")
    )
    has_no_relatives = forms.BooleanField(
        label=_("已核对：当选人中没有单位主要负责人的近亲属"),
        help_text=_("工会法第十条：企业主要负责人的近亲属不得作为本企业基层工会委员会成员的人选。"),
        error_messages={"required": _("请核对当选人；有近亲属的要先调整人选。")},
    )

    def clean_term_years(self) -> int:
        years: int = self.cleaned_data["term_years"]
        if self.row is not None:
            terms = (parameters.SHORT_TERM_YEARS, parameters.LONG_TERM_YEARS)
            allowed = sorted({parameters.value(term.name, self.row.unit, clock.today()) for term in terms})
            if years not in allowed:
                said = str(_("、")).join(map(str, allowed))
                raise forms.ValidationError(_("基层工会的任期应为 %s 年（工会法第十六条），请改正。") % said)
        return years

    def clean_held_on(self) -> date:
        given: date = self.cleaned_data["held_on"]
        not_later_than_today(given)
        if self.row is not None and self.row.prepared_on and given < self.row.prepared_on:
            raise forms.ValidationError(_("大会不能早于筹备组成立（%s）。") % self.row.prepared_on)
        return given

    def clean(self) -> dict[str, Any]:
        present, entitled = self.cleaned_data.get("present_count"), self.cleaned_data.get("entitled_count")
        if present is not None and entitled is not None and present > entitled:
            self.add_error("present_count", _("实到人数不能多于应到人数，请改正。"))
        return self.cleaned_data


class ContestForm(ReasonForm):
    """登记异议."""

    remark = forms.CharField(
        label=_("异议内容"),
        min_length=4,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写清对什么有异议、理由是什么；提出人的姓名不必写。"),
        error_messages={"required": _("请写明异议内容。")},
    )


class FoundForm(RemarkForm):
    """建会."""

    union_name = forms.CharField(label=_("工会名称"), min_length=2, max_length=100)
    number = forms.CharField(label=_("工会编号"), max_length=30, validators=[NUMBER])
    founded_on = day(_("成立日期"), help_text=_("一般为批复日期。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            self.initial.setdefault("founded_on", self.row.approved_on)
            self.initial.setdefault("union_name", self.row.proposed_union_name)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].upper()
        if UnionBody.objects.filter(number=number).exists():
            raise forms.ValidationError(_("编号“%s”已被使用，请换一个。") % number)
        return number

    def clean_founded_on(self) -> date:
        given: date = self.cleaned_data["founded_on"]
        not_later_than_today(given)
        if self.row is not None and self.row.prepared_on and given < self.row.prepared_on:
            raise forms.ValidationError(_("成立日期不能早于筹备组成立（%s）。") % self.row.prepared_on)
        return given


class PutOffForm(ReasonForm):
    """暂缓."""

    put_off_until = day(_("暂缓至"), help_text=_("过了这一天，系统自动转回待走访。"))
    field_order = ["put_off_until", "remark"]

    def clean_put_off_until(self) -> date:
        given: date = self.cleaned_data["put_off_until"]
        if given <= clock.today():
            raise forms.ValidationError(_("请填以后的日期。"))
        if self.row is not None:
            months = parameters.value(PUT_OFF_MONTHS, self.row.unit, clock.today())
            if given > calendar.add_months(clock.today(), months):
                raise forms.ValidationError(_("一次最长暂缓 %d 个月，到期可再暂缓。") % months)
        return given


class GiveUpForm(ReasonForm):
    """放弃."""

    given_up_for = choice(_("放弃原因"), GivingUp.choices)


class AbsorbForm(RemarkForm):
    """并入."""

    into = RowField(
        UnionBuilding.objects.none(),
        label=_("并入哪一件"),
        to_field_name="number",
        widget=forms.TextInput,
        help_text=_("填那一件的编号，例如 JH2026000012。"),
        error_messages={"invalid_choice": _("没有这个编号，或您的岗位看不到它。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None and self.row is not None:
            others = building_queries.buildings_visible_to(self.actor).exclude(pk=self.row.pk)
            self.fields["into"].queryset = others  # type: ignore[attr-defined]


class HandOnForm(RemarkForm):
    """转交."""

    unit = union_field(_("转交给"), help_text=_("本辖区内的工会。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None:
            within = queries.in_scopes(
                UnionBody.objects.filter(dissolved_on__isnull=True), self.actor.scopes(BUILDING), unit=""
            )
            self.fields["unit"].queryset = within  # type: ignore[attr-defined]

    def clean_unit(self) -> UnionBody:
        unit: UnionBody = self.cleaned_data["unit"]
        if self.actor is not None and not self.actor.grants_for(UNION_ORGANISER, unit.path):
            raise forms.ValidationError(_("只能转交给您辖区内的工会。"))
        if self.row is not None and unit.pk == self.row.unit_id:
            raise forms.ValidationError(_("已经由这个工会承办，无需转交。"))
        return unit
