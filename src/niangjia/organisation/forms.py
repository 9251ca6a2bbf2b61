"""Input to the organisation's actions, checked the same way for pages and API.

Rows are named as people quote them: a union by public id, a region by code, a user by login name.
A row out of the actor's sight is answered like one that does not exist.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import access, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.forms import cleaned
from niangjia.kernel.users import User
from niangjia.organisation import parameters, queries, regions, uscc
from niangjia.organisation.kinds import EmployerKind, Evidence, Industry, UnionKind, UnionLevel
from niangjia.organisation.models import Region, UnionBody

NUMBER = RegexValidator(r"^[0-9A-Za-z-]{3,30}$", _("编号用 3 至 30 位数字、字母或短横线，请改正。"))
LOGIN = RegexValidator(
    r"^[a-z][a-z0-9.-]{2,30}$", _("登录名以小写字母开头，用 3 至 31 位小写字母、数字、点或短横线。")
)
NO_UNION = _("没有这个工会，或您的岗位看不到它。请从列表中选择。")
NO_REGION = _("没有这个现行区划代码，请从列表中选择。")
NO_ACCOUNT = _("没有这个账号，或它已停用。请先开通账号。")


class ActionForm(forms.Form):
    """Knows who acts, and on which row if there is one; limits the choices to what that actor sees."""

    def __init__(self, *args: Any, actor: Actor, row: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.row = row
        self.limit_choices()

    def limit_choices(self) -> None:
        """Overridden where a field offers rows of the database."""

    def choose_among(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, RowField)
        field.queryset = rows


def checked(
    form: type[ActionForm], data: Mapping[str, Any], *, actor: Actor, row: Any = None, **options: Any
) -> dict[str, Any]:
    """The cleaned input, or Invalid with a sentence for each field that does not hold."""
    return cleaned(form(data=data, actor=actor, row=row, **options))


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row, given itself or as people quote it: the code, perhaps behind the name (`青禾纺织厂工会 GH-000012`).

    `known` answers long lists without asking the database.
    """

    known: Mapping[str, Model] | None = None

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        if self.known is not None:
            quoted = str(getattr(value, str(self.to_field_name), value))
            found = self.known.get(quoted)
        else:
            found = self._asked(value)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found

    def _asked(self, value: Any) -> Model | None:
        if isinstance(value, str):
            value = value.strip().rpartition(" ")[2]
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class UnionField(RowField):
    """A union by public id, number or, where only one bears it, name."""

    def _asked(self, value: Any) -> Model | None:
        if not isinstance(value, str) or _is_uuid(value):
            return super()._asked(value)
        text = value.strip()
        assert self.queryset is not None
        found = list(self.queryset.filter(Q(number=text.rpartition(" ")[2]) | Q(name=text))[:2])
        return found[0] if len(found) == 1 else None


def _unions(label: Any, *, required: bool = True) -> UnionField:
    return UnionField(
        UnionBody.objects.none(),
        label=label,
        required=required,
        to_field_name="public_id",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_UNION},
    )


def _regions(label: Any, *, required: bool = True) -> RowField:
    return RowField(
        regions.current_regions(),
        label=label,
        required=required,
        to_field_name="code",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_REGION},
    )


def _users(label: Any) -> RowField:
    return RowField(
        User.objects.filter(is_active=True),
        label=label,
        to_field_name="username",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_ACCOUNT},
    )


def _not_later_than_today(day: date) -> date:
    if day > clock.today():
        raise forms.ValidationError(_("日期不能晚于今天，请改正。"))
    return day


class UnionForm(ActionForm):
    name = forms.CharField(label=_("名称"), min_length=2, max_length=100)
    number = forms.CharField(label=_("编号"), max_length=30, validators=[NUMBER])
    kind = forms.ChoiceField(label=_("类型"), choices=UnionKind.choices)
    level = forms.ChoiceField(label=_("层级"), choices=UnionLevel.choices)
    region = _regions(_("所在区划"))
    founded_on = forms.DateField(label=_("成立日期"))

    def clean_founded_on(self) -> date:
        return _not_later_than_today(self.cleaned_data["founded_on"])

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if UnionBody.objects.filter(number=number).exists():
            raise forms.ValidationError(_("编号“%s”已被使用，请换一个。") % number)
        return number


class FoundUnionForm(UnionForm):
    parent = _unions(_("上级工会"))
    industry_parent = _unions(_("产业上级工会"), required=False)
    field_order = ["parent"]

    def limit_choices(self) -> None:
        self.choose_among("parent", queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True))
        # Only a label, so any industry union may be named.
        industry = UnionBody.objects.filter(kind=UnionKind.INDUSTRY_UNION, dissolved_on__isnull=True)
        self.choose_among("industry_parent", industry)

    def clean(self) -> dict[str, Any]:
        parent, level = self.cleaned_data.get("parent"), self.cleaned_data.get("level")
        order = list(UnionLevel.values)
        if parent and level and order.index(level) < order.index(parent.level):
            self.add_error("level", _("下级工会的层级不能高于上级工会“%s”，请改正。") % parent.name)
        return self.cleaned_data


class RenameUnionForm(ActionForm):
    name = forms.CharField(label=_("新名称"), min_length=2, max_length=100)


class MoveUnionForm(ActionForm):
    new_parent = _unions(_("新的上级工会"))

    def limit_choices(self) -> None:
        self.choose_among(
            "new_parent", queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True)
        )


class DissolveUnionForm(ActionForm):
    dissolved_on = forms.DateField(label=_("撤销日期"))
    remark = forms.CharField(label=_("撤销理由"), min_length=4, max_length=1000)

    def clean_dissolved_on(self) -> date:
        return _not_later_than_today(self.cleaned_data["dissolved_on"])


@dataclass(frozen=True)
class Known:
    """Unions by public id and regions by code, read once for a list of rows."""

    unions: Mapping[str, UnionBody]
    regions: Mapping[str, Region]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], actor: Actor) -> "Known":
        def quoted(attribute: str, *names: str) -> set[str]:
            given = (row.get(name) for row in rows for name in names)
            return {str(getattr(value, attribute, value)) for value in given if value}

        ids = {text for text in quoted("public_id", "unit", "union") if _is_uuid(text)}
        unions = queries.unions_visible_to(actor).filter(dissolved_on__isnull=True, public_id__in=ids)
        found = regions.current_regions().filter(code__in=quoted("code", "region"))
        return cls(
            {str(union.public_id): union for union in unions}, {region.code: region for region in found}
        )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class EmployerForm(ActionForm):
    name = forms.CharField(label=_("单位名称"), min_length=2, max_length=120)
    uscc = forms.CharField(label=_("统一社会信用代码"))
    unit = _unions(_("归口工会"))
    union = _unions(_("所建工会"), required=False)
    region = _regions(_("所在区划"))
    industry = forms.ChoiceField(label=_("行业"), choices=Industry.choices)
    kind = forms.ChoiceField(label=_("单位性质"), choices=EmployerKind.choices)
    staff_count = forms.IntegerField(label=_("职工人数"), min_value=0, max_value=5_000_000)
    is_operating = forms.NullBooleanField(label=_("正常经营"), required=False, initial=True)

    def __init__(self, *args: Any, known: "Known | None" = None, **options: Any) -> None:
        self.known = known
        super().__init__(*args, **options)

    def limit_choices(self) -> None:
        if self.known is None:
            visible = queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True)
            self.choose_among("unit", visible)
            self.choose_among("union", visible)
        else:
            self.fields["unit"].known = self.fields["union"].known = self.known.unions  # type: ignore[attr-defined]
            self.fields["region"].known = self.known.regions  # type: ignore[attr-defined]

    def clean_is_operating(self) -> bool:
        """Who does not say otherwise reports a business in operation."""
        return self.cleaned_data["is_operating"] is not False

    def clean_uscc(self) -> str:
        try:
            code: str = uscc.check(self.cleaned_data["uscc"])
        except Invalid as error:
            raise forms.ValidationError(str(error)) from None
        return code


class AppointForm(ActionForm):
    user = _users(_("账号"))
    unit = _unions(_("任职工会"))
    duty = forms.ChoiceField(label=_("岗位职责"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    from_on = forms.DateField(label=_("任职起"))
    until_on = forms.DateField(label=_("任职止"), required=False)

    def limit_choices(self) -> None:
        self.choose_among("unit", queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True))
        _offer_duties(self)

    def clean(self) -> dict[str, Any]:
        _order(self, "from_on", "until_on")
        return self.cleaned_data


class AccountForm(ActionForm):
    username = forms.CharField(
        label=_("登录名"), validators=[LOGIN], help_text=_("用小写字母和数字，例如姓名拼音。")
    )
    name = forms.CharField(label=_("姓名"), min_length=2, max_length=50)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("登录名“%s”已被使用，请换一个。") % username)
        return username


class EngageForm(AccountForm):
    unit = _unions(_("任职工会"))
    duty = forms.ChoiceField(label=_("岗位职责"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False)

    def limit_choices(self) -> None:
        self.choose_among("unit", queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True))
        _offer_duties(self)


class EndPostForm(ActionForm):
    until_on = forms.DateField(label=_("任职止"), required=False, help_text=_("不填则立即终止。"))

    def clean_until_on(self) -> date | None:
        day: date | None = self.cleaned_data["until_on"]
        if day and day < self.row.from_on:
            raise forms.ValidationError(_("任职止不能早于任职起（%s），请改正。") % self.row.from_on)
        return day


class DelegateForm(ActionForm):
    delegate = _users(_("代办人"))
    from_on = forms.DateField(label=_("代办起"))
    until_on = forms.DateField(label=_("代办止"))
    reason = forms.CharField(label=_("事由"), min_length=2, max_length=200)

    def clean_from_on(self) -> date:
        day: date = self.cleaned_data["from_on"]
        if day < clock.today():
            raise forms.ValidationError(_("代办不能从过去开始，请改为今天或以后。"))
        return day

    def clean(self) -> dict[str, Any]:
        _order(self, "from_on", "until_on")
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("until_on")
        if first and last:
            longest = parameters.value("organisation.delegation_days", self.row.unit, first)
            if (last - first).days + 1 > longest:
                self.add_error("until_on", _("代办一次最长 %s 天，请缩短，到期可再设。") % longest)
        return self.cleaned_data


class ParameterForm(ActionForm):
    name = forms.ChoiceField(label=_("参数"))
    region = _regions(_("适用区划"), required=False)
    value = forms.CharField(label=_("数值"))
    valid_from = forms.DateField(label=_("生效日期"))
    source = forms.CharField(label=_("依据"), min_length=2, max_length=200)
    evidence = forms.ChoiceField(label=_("依据类别"), choices=Evidence.choices)

    def limit_choices(self) -> None:
        name = self.fields["name"]
        assert isinstance(name, forms.ChoiceField)
        name.choices = [(known.name, known.label) for known in parameters.PARAMETERS.values()]

    def clean(self) -> dict[str, Any]:
        if "name" in self.cleaned_data and "value" in self.cleaned_data:
            parameter = parameters.declared(self.cleaned_data["name"])
            try:
                self.cleaned_data["value"] = parameter.read(self.cleaned_data["value"])
            except Invalid as error:
                self.add_error("value", str(error))
        return self.cleaned_data


class RegionForm(ActionForm):
    code = forms.CharField(
        label=_("区划代码"),
        validators=[RegexValidator(r"^99\d{10}$", _("自定区划的代码是 99 开头的 12 位数字，请改正。"))],
    )
    name = forms.CharField(label=_("名称"), min_length=2, max_length=60)
    parent = _regions(_("上级区划"))


def _offer_duties(form: ActionForm) -> None:
    duty = form.fields["duty"]
    assert isinstance(duty, forms.ChoiceField)
    duty.choices = [("", _("请选择")), *((known.name, known.label) for known in access.DUTIES.values())]


def _order(form: ActionForm, first: str, last: str) -> None:
    begin, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if begin and end and end < begin:
        form.add_error(last, _("结束日期不能早于开始日期，请改正。"))
