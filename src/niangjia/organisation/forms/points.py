"""Service points and grid cells: what is asked before the public relies on it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid
from niangjia.organisation import hours, queries
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.forms.fields import (
    ActionForm,
    RowField,
    in_order,
    not_later_than_today,
    places,
    unions,
)
from niangjia.organisation.forms.seats import SeatForm
from niangjia.organisation.kinds import Facility, GridRole, PointKind
from niangjia.organisation.models import GridCell, GridWorker, ServicePoint

NO_POINT = _("没有这个服务阵地，或您的岗位看不到它。请从列表中选择。")
PHONE = re.compile(r"[0-9+][0-9 -]{2,28}[0-9]")
DAY_LABELS = {
    "monday": _("周一"),
    "tuesday": _("周二"),
    "wednesday": _("周三"),
    "thursday": _("周四"),
    "friday": _("周五"),
    "saturday": _("周六"),
    "sunday": _("周日"),
    "holiday": _("节假日"),
}


def points(label: Any) -> RowField:
    return RowField(
        ServicePoint.objects.none(),
        label=label,
        required=False,
        to_field_name="public_id",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_POINT},
    )


class HoursField(forms.CharField):
    """Hours of one day, as people write them; empty: closed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, required=False, **options)

    def clean(self, value: Any) -> str:
        try:
            return hours.normalise(super().clean(value))
        except Invalid as problem:
            raise forms.ValidationError(str(problem)) from None


class PointForm(ActionForm):
    """`row` is the point that changes, or None. Facilities are a tick box each, hours a box a day."""

    name = forms.CharField(label=_("名称"), min_length=2, max_length=80)
    kind = forms.ChoiceField(label=_("类型"), choices=PointKind.choices)
    unit = unions(_("主管工会"))
    parent = points(_("上级站点"))
    region = places(_("所在区划"))
    address = forms.CharField(label=_("地址"), min_length=4, max_length=120)
    phone = forms.CharField(label=_("公开电话"), max_length=30, required=False)
    latitude = forms.DecimalField(
        label=_("纬度"), min_value=3, max_value=54, max_digits=9, decimal_places=6, required=False
    )
    longitude = forms.DecimalField(
        label=_("经度"), min_value=73, max_value=136, max_digits=9, decimal_places=6, required=False
    )
    opened_on = forms.DateField(label=_("启用日期"))

    def limit_choices(self) -> None:
        visible = queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True)
        self.choose_among("unit", visible)
        scopes = queries.scopes_beneath(self.actor, PURPOSE, None)
        open_points = ServicePoint.objects.filter(closed_on__isnull=True)
        self.choose_among("parent", queries.in_scopes(open_points, scopes))

    def clean_opened_on(self) -> date:
        return not_later_than_today(self.cleaned_data["opened_on"])

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(_("公开电话只用数字、空格和短横线，例如 0990-1234567。"))
        return phone

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        whole = not {"latitude", "longitude"} & set(self.errors)
        if whole and (given.get("latitude") is None) != (given.get("longitude") is None):
            self.add_error("longitude", _("经度和纬度要一起填，或都不填。"))
        given["hours"] = {day: given.pop(day) for day in hours.DAYS if day in given}
        given["facilities"] = [kind for kind in Facility.values if given.pop(f"has_{kind}", False)]
        self._check_parent(given.get("parent"), given.get("kind"))
        same = ServicePoint.objects.filter(
            unit=given.get("unit"), name=given.get("name"), closed_on__isnull=True
        )
        if same.exclude(pk=self.row.pk if self.row else 0).exists():
            self.add_error("name", _("这个工会已有同名的服务阵地，请换一个名称或直接修改它。"))
        return given

    def _check_parent(self, parent: ServicePoint | None, kind: str | None) -> None:
        if parent is None:
            return
        if kind != PointKind.GRID_STATION or parent.kind != PointKind.GRID_MAIN_STATION:
            self.add_error("parent", _("只有网格工作站可以有上级站点，上级须是网格工作总站。"))


PointForm.base_fields.update({day: HoursField(label=label) for day, label in DAY_LABELS.items()})
PointForm.base_fields.update(
    {f"has_{one.value}": forms.BooleanField(label=one.label, required=False) for one in Facility}
)


class ClosePointForm(ActionForm):
    closed_on = forms.DateField(label=_("停用日期"))
    remark = forms.CharField(label=_("停用原因"), min_length=2, max_length=200)

    def clean_closed_on(self) -> date:
        day = not_later_than_today(self.cleaned_data["closed_on"])
        if day < self.row.opened_on:
            raise forms.ValidationError(_("不能早于启用日期（%s），请改正。") % self.row.opened_on)
        return day


class ReopenPointForm(ActionForm):
    remark = forms.CharField(label=_("恢复原因"), min_length=2, max_length=200)


class SpecialHoursForm(ActionForm):
    from_on = forms.DateField(label=_("开始日期"))
    until_on = forms.DateField(label=_("结束日期"), required=False, help_text=_("没有期限请留空。"))
    hours = HoursField(label=_("开放时间"), help_text=_("不开放请留空。"))
    reason = forms.CharField(label=_("原因"), min_length=2, max_length=60)

    def clean(self) -> dict[str, Any]:
        in_order(self, "from_on", "until_on")
        return self.cleaned_data


class CellForm(ActionForm):
    number = forms.CharField(label=_("网格编号"), min_length=2, max_length=30)
    name = forms.CharField(label=_("网格名称"), min_length=2, max_length=60)
    unit = unions(_("所属工会"))
    region = places(_("所在区划"))
    station = points(_("网格工作站"))
    boundary = forms.CharField(label=_("四至范围"), max_length=200, required=False)
    from_on = forms.DateField(label=_("划定日期"))

    def limit_choices(self) -> None:
        visible = queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True)
        self.choose_among("unit", visible)
        scopes = queries.scopes_beneath(self.actor, PURPOSE, None)
        stations = ServicePoint.objects.filter(kind__in=PointKind.of_the_grid(), closed_on__isnull=True)
        self.choose_among("station", queries.in_scopes(stations, scopes))

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip().upper()
        if GridCell.objects.filter(number=number).exclude(pk=self.row.pk if self.row else 0).exists():
            raise forms.ValidationError(_("网格编号“%s”已被使用，请换一个。") % number)
        return number

    def clean_from_on(self) -> date:
        return not_later_than_today(self.cleaned_data["from_on"])


class EndCellForm(ActionForm):
    ended_on = forms.DateField(label=_("撤销日期"))
    remark = forms.CharField(label=_("撤销理由"), min_length=2, max_length=200)

    def clean_ended_on(self) -> date:
        day = not_later_than_today(self.cleaned_data["ended_on"])
        if day < self.row.from_on:
            raise forms.ValidationError(_("不能早于划定日期（%s），请改正。") % self.row.from_on)
        return day


class GridWorkerForm(SeatForm):
    """`row` is the cell."""

    role = forms.ChoiceField(label=_("职责"), choices=GridRole.choices)
    field_order = ["name", "role", "from_on", "phone", "user"]

    def clean_from_on(self) -> date:
        day = super().clean_from_on()
        if day < self.row.from_on:
            raise forms.ValidationError(_("不能早于划定日期（%s），请改正。") % self.row.from_on)
        return day

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        serving = GridWorker.objects.filter(cell=self.row, until_on__isnull=True, role=GridRole.HEAD).first()
        if role == GridRole.HEAD and serving:
            raise forms.ValidationError(_("网格长现为“%s”，请先登记离任。") % serving.name)
        return role
