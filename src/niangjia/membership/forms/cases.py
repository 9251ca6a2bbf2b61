"""What pages and API accept about joining, keeping, moving and ending a membership."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import calendar, clock
from niangjia.kernel.workflow import RemarkForm
from niangjia.membership import parameters, queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.forms import NO_EMPLOYER, IdNumberField
from niangjia.membership.kinds import Employment, LeavingReason, NewEmployment, RetentionReason
from niangjia.membership.models import Person
from niangjia.membership.queries import cases
from niangjia.organisation import regions
from niangjia.organisation.forms import RowField, UnionField
from niangjia.organisation.models import Employer, UnionBody
from niangjia.organisation.parameters import value

NO_SUCH_UNION = _("没有找到这个工会。请填写完整名称或编号，或从列表中选择。")
NO_SUCH_PLACE = _("没有找到这个地方，或有几处同名。请连区县一起写，例如“东桥区柳塘街道”。")
NOT_LATER = _("日期不能晚于今天，请改正。")


def _choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("请选择")), *choices], **kwargs)


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    kwargs.setdefault("initial", clock.today)
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs
    )


def _union(label: Any, **kwargs: Any) -> UnionField:
    """Any living union of the tree: whoever names it learns nothing but that it is there."""
    return UnionField(
        UnionBody.objects.filter(dissolved_on=None),
        label=label,
        to_field_name="number",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_SUCH_UNION},
        **kwargs,
    )


class PlaceField(RowField):
    """A region as people say it: 柳塘街道, or with what lies above it where the name is common; a code too."""

    def _asked(self, value: Any) -> Any:
        found = super()._asked(value)
        if found is not None or not isinstance(value, str):
            return found
        text = "".join(value.split())[:60]
        rows = regions.current_regions().filter(name__in=[text[start:] for start in range(len(text))])
        near = [
            row
            for row in rows.select_related("parent")
            if len(text) == len(row.name) or _names(row.parent, text.removesuffix(row.name))
        ]
        # Of places with the same name, the one whose unions are in this tree.
        here = near if len(near) < 2 else [row for row in near if cases.is_in_the_tree(row)]
        return here[0] if len(here) == 1 else None


def _names(region: Any, said: str) -> bool:
    return region is not None and (said.endswith(region.name) or region.name.startswith(said))


def _region(label: Any, **kwargs: Any) -> PlaceField:
    return PlaceField(
        regions.current_regions(),
        label=label,
        to_field_name="code",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_SUCH_PLACE},
        **kwargs,
    )


def _employer(label: Any) -> RowField:
    return RowField(
        Employer.objects.all(),
        label=label,
        required=False,
        to_field_name="uscc",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_EMPLOYER},
    )


class WorkForm(RemarkForm):
    """As what somebody works: the same questions for whoever joins."""

    workplace = forms.CharField(label=_("工作单位或站点"), max_length=120, required=False)
    occupation = forms.CharField(label=_("工种或职务"), max_length=40, required=False)
    employment = _choice(_("用工形式"), Employment.choices, required=False)
    new_employment = _choice(
        _("新就业形态"),
        NewEmployment.choices,
        required=False,
        help_text=_("跑单、开车、送货等，不是就不选。"),
    )
    is_migrant = forms.BooleanField(label=_("我是进城务工的农村户籍职工"), required=False)


class ApplyForm(WorkForm):
    """入会申请. Who is not yet in the register says who they are; of others it is known."""

    remark = None  # type: ignore[assignment]
    name = forms.CharField(label=_("姓名"), max_length=50, required=False, help_text=_("和身份证上一致。"))
    id_number = IdNumberField(required=False)
    unit = _union(_("申请加入的工会"))
    consents_to_register = forms.BooleanField(
        label=_("我自愿加入中华全国总工会，同意工会实名登记以上信息"),
        error_messages={"required": _("入会实行实名登记；不同意登记就不能入会。")},
    )
    field_order = ("unit", "region", "name", "id_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.field_order if name in self.fields])
        self.person: Person | None = queries.person_of(self.actor) if self.actor else None
        for name in ("name", "id_number"):
            self.fields[name].required = self.person is None
            if self.person is not None:
                del self.fields[name]


class ApplyToPoolForm(ApplyForm):
    """没有工会的人: the county of the place of work finds them one."""

    unit = None  # type: ignore[assignment]
    region = _region(_("工作的街道、乡镇或区县"), help_text=_("没有固定单位就填常接单或居住的地方。"))


class ResubmitForm(WorkForm):
    """补正."""

    remark = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(self.row, name))


class AdmitForm(RemarkForm):
    """同意入会."""

    employer = _employer(_("工作单位"))
    joined_on = _day(_("入会日期"), required=False, help_text=_("不填就是今天。"))

    def clean_joined_on(self) -> date:
        day: date = self.cleaned_data["joined_on"] or clock.today()
        if day > clock.today():
            raise forms.ValidationError(NOT_LATER)
        if self.row is not None and day < self.row.applied_on:
            raise forms.ValidationError(_("入会日期不能早于申请日期。"))
        return day


class AssignForm(RemarkForm):
    """分配工会: one beneath the county whose pool it is."""

    unit = _union(_("分配给"))

    def clean_unit(self) -> UnionBody:
        unit: UnionBody = self.cleaned_data["unit"]
        if self.row is not None and not unit.path.startswith(self.row.pool.path):
            raise forms.ValidationError(_("只能分配给本级周转库辖区内的工会，请另选。"))
        return unit


class KeepForm(AssignForm):
    """直接吸收: the county or a street keeps the membership itself."""

    unit = _union(_("会籍放在"), help_text=_("本级总工会，或下属的乡镇街道总工会。"))

    def clean_unit(self) -> UnionBody:
        unit = super().clean_unit()
        if unit.kind not in cases.FEDERATIONS:
            raise forms.ValidationError(_("直接吸收的会籍放在总工会；分给基层工会请用“分配工会”。"))
        return unit


class RetainForm(RemarkForm):
    """保留会籍."""

    reason = _choice(_("保留原因"), RetentionReason.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None and self.row.reason in RetentionReason.values:
            self.initial.setdefault("reason", self.row.reason)


class WarnForm(RemarkForm):
    """催告."""

    inactive_since = _day(_("从哪天起没有缴会费、参加活动"), initial=None)

    def clean_inactive_since(self) -> date:
        since: date = self.cleaned_data["inactive_since"]
        if self.row is None:
            return since
        months = value(parameters.LAPSE_MONTHS, self.row.unit, clock.today())
        if not months:
            raise forms.ValidationError(_("本地区不实行自动退会。"))
        if calendar.add_months(since, months) > clock.today():
            raise forms.ValidationError(_("还没有满 %d 个月，不能催告。") % months)
        return since


class ResignForm(RemarkForm):
    """本人退会: said twice, since it takes effect at once."""

    is_certain = forms.BooleanField(
        label=_("我确认退出工会"),
        error_messages={"required": _("退会立即生效，请勾选确认；不想退会请返回。")},
    )


class EndForm(RemarkForm):
    """办理离会."""

    reason = _choice(
        _("离会原因"),
        [
            (kind.value, kind.label)
            for kind in LeavingReason
            if kind not in (LeavingReason.LAPSED, LeavingReason.TRANSFERRED)
        ],
    )
    left_on = _day(_("离会日期"), required=False, help_text=_("不填就是今天。"))

    def clean_left_on(self) -> date:
        day: date = self.cleaned_data["left_on"] or clock.today()
        if day > clock.today():
            raise forms.ValidationError(NOT_LATER)
        if self.row is not None and day < self.row.joined_on:
            raise forms.ValidationError(_("离会日期不能早于入会日期。"))
        return day

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("reason") == LeavingReason.EXPELLED and len(given.get("remark", "")) < 4:
            self.add_error("remark", _("开除会籍请写明会员大会或代表大会的决定。"))
        return given


class AskTransferForm(RemarkForm):
    """申请转会: to the union of the new employer, or to that of the place of residence while there is none."""

    remark = None  # type: ignore[assignment]
    to_unit = _union(
        _("新单位的工会"), required=False, help_text=_("名称或编号。新单位没有工会就不填，填下面的居住地。")
    )
    residence = _region(
        _("居住的街道或乡镇"), required=False, help_text=_("新单位没有工会时填：会籍先放在居住地的工会。")
    )
    workplace = forms.CharField(label=_("新的工作单位"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            self.initial.setdefault("workplace", self.row.workplace)
            if not self.row.is_at_residence:
                self.initial.setdefault("to_unit", f"{self.row.to_unit.name} {self.row.to_unit.number}")

    def clean(self) -> dict[str, Any]:
        """`to_unit` is where it goes; `is_at_residence` says that it only waits there."""
        given = self.cleaned_data
        if "to_unit" not in given or "residence" not in given:
            return given
        named, residence = given["to_unit"], given.pop("residence")
        if (named is None) == (residence is None):
            raise forms.ValidationError(_("新单位的工会和居住地，请填一项，也只填一项。"))
        given["is_at_residence"] = named is None
        if residence is not None:
            given["to_unit"] = cases.federation_of(residence)
            if given["to_unit"] is None:
                raise forms.ValidationError(_("居住地还没有建立总工会，请填区县，或向现在的工会询问。"))
        return given


class SendOutForm(AskTransferForm):
    """录入转出: the present union asks on paper of the worker."""

    id_number = IdNumberField(label=_("会员证件号码"))


class CallInForm(RemarkForm):
    """申请转入: the new union has the worker with it, and their card."""

    name = forms.CharField(label=_("姓名"), max_length=50)
    id_number = IdNumberField()
    to_unit = _union(_("转入工会"))
    employer = _employer(_("工作单位"))

    def clean_to_unit(self) -> UnionBody:
        unit: UnionBody = self.cleaned_data["to_unit"]
        if self.actor is not None and not self.actor.grants_for(MEMBERSHIP_CLERK, unit.path):
            raise forms.ValidationError(_("只能转入您管理会员的工会，请从列表中选择。"))
        return unit


class ReceiveForm(RemarkForm):
    """接收."""

    employer = _employer(_("工作单位"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None and self.row.employer is not None:
            self.initial.setdefault("employer", f"{self.row.employer.name} {self.row.employer.uscc}")
