"""Founding, renaming, moving and dissolving unions."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from niangjia.organisation import queries
from niangjia.organisation.containment import may_stand_below
from niangjia.organisation.forms.fields import ActionForm, not_later_than_today, places, unions
from niangjia.organisation.kinds import UnionKind, UnionLevel
from niangjia.organisation.models import UnionBody

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NUMBER = RegexValidator(r"^[0-9A-Za-z-]{3,30}$", _("编号用 3 至 30 位数字、字母或短横线，请改正。"))


class UnionForm(ActionForm):
    name = forms.CharField(label=_("名称"), min_length=2, max_length=100)
    number = forms.CharField(label=_("编号"), max_length=30, validators=[NUMBER])
    kind = forms.ChoiceField(label=_("类型"), choices=UnionKind.choices)
    level = forms.ChoiceField(label=_("层级"), choices=UnionLevel.choices)
    region = places(_("所在区划"))
    founded_on = forms.DateField(label=_("成立日期"))

    def clean_founded_on(self) -> date:
        return not_later_than_today(self.cleaned_data["founded_on"])

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if UnionBody.objects.filter(number=number).exists():
            raise forms.ValidationError(_("编号“%s”已被使用，请换一个。") % number)
        return number


class FoundUnionForm(UnionForm):
    parent = unions(_("上级工会"))
    industry_parent = unions(_("产业上级工会"), required=False)
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
        kind = self.cleaned_data.get("kind")
        if parent and kind and not may_stand_below(kind, parent.kind):
            self.add_error("kind", not_below(UnionKind(kind).label, parent))
        return self.cleaned_data


def not_below(kind: "StrOrPromise", parent: UnionBody) -> str:
    return _("“%(parent)s”是%(parent_kind)s，其下不设%(kind)s。请改正类型，或另选上级工会。") % {
        "parent": parent.name,
        "parent_kind": parent.get_kind_display(),
        "kind": kind,
    }


class RenameUnionForm(ActionForm):
    name = forms.CharField(label=_("新名称"), min_length=2, max_length=100)


class MarkUnionForm(ActionForm):
    document_mark = forms.RegexField(
        r"^[\u4e00-\u9fff]{1,10}$",
        label=_("发文代字"),
        required=False,
        help_text=_("发文字号开头的汉字，例如“南工介〔2026〕12号”里的“南工”。没有的留空。"),
        error_messages={"invalid": _("发文代字是 1 到 10 个汉字，不写年份和序号，请改正。")},
    )


class MoveUnionForm(ActionForm):
    new_parent = unions(_("新的上级工会"))

    def limit_choices(self) -> None:
        self.choose_among(
            "new_parent", queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True)
        )

    def clean_new_parent(self) -> UnionBody:
        parent: UnionBody = self.cleaned_data["new_parent"]
        # Into itself is said better where the paths are known.
        if not may_stand_below(self.row.kind, parent.kind) and not parent.path.startswith(self.row.path):
            raise forms.ValidationError(not_below(self.row.get_kind_display(), parent))
        return parent


class DissolveUnionForm(ActionForm):
    dissolved_on = forms.DateField(label=_("撤销日期"))
    remark = forms.CharField(label=_("撤销理由"), min_length=4, max_length=1000)

    def clean_dissolved_on(self) -> date:
        return not_later_than_today(self.cleaned_data["dissolved_on"])
